"""Record disclosures, and opinions received."""
