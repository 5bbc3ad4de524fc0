"""The kinds of sheets that can be imported: their columns and column names."""
