"""Functions that modules for several kinds of records use, such as finding and voiding a record."""
