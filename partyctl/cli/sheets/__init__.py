"""Import sheets for any noun, and write the entry sheets to fill in."""
