"""Write records, and check the conditions that a record must meet, in a package for each area."""
