"""Report pages: each is one HTML file without script."""
