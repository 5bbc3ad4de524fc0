"""Read workbooks, and write workbooks, Word documents, lists, pages, calendars and the yearbook."""
