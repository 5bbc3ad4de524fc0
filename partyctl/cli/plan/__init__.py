"""Yearly plans and rectification."""
