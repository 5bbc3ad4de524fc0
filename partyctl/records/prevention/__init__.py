"""Record integrity-risk cases and preventive talks."""
