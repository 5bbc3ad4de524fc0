"""National rules where the bureau's regulation is silent."""
