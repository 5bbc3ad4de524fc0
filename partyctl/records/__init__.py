"""Write records, and check the conditions that a record must meet. Each area has its own package."""
