"""Print and save what commands answer: records, histories, documents, files."""
