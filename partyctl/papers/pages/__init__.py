"""Pages to be looked at: HTML without script, whole in one file."""
