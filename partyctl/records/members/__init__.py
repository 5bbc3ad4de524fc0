"""Record branches, cells, staff, and members with their posts, absences, sanctions and reports."""
