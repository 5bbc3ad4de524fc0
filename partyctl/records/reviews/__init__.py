"""Record yearly reviews of members, and their ratings."""
