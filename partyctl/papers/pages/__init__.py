"""Report pages: HTML without script, in one file."""
