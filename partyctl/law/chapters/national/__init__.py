"""National rules on matters that the bureau's regulation does not cover."""
