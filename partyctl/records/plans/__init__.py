"""Plans, targets, roles, rectifications."""
