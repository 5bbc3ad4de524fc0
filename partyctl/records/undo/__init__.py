"""Taking back, revealing, erasing; what must hold of a record."""
