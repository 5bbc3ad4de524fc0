"""The dues book and the tariff."""
