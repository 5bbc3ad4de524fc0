"""Integrity-risk cases and preventive talks."""
