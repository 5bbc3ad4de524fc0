"""What commands answer: records, histories, documents, saved files."""
