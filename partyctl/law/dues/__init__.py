"""A member's months of dues and the tariff."""
