"""Lists as files: Excel, CSV, HTML."""
