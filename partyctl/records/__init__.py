"""Write records, and check the conditions that a record must meet; each noun has its own module."""
