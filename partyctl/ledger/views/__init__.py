"""The SQL views from which commands read facts and roles."""
