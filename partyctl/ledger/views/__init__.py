"""The SQL views of the read side."""
