"""Functions that the modules for all kinds of records use, such as finding and voiding a record."""
