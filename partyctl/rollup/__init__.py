"""The superior's view of many ledgers: extracts of results, collected and queried at a hub."""
