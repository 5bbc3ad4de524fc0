"""Output of commands: records, histories, documents, saved files."""
