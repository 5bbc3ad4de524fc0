"""The kinds of sheets: their columns and column names."""
