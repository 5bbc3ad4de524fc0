"""The SQL views that reading commands use."""
