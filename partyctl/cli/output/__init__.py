"""Print and save the answers of commands: records, histories, documents, files."""
