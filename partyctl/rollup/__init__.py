"""What a superior sees of many ledgers: extracts of results, collected and queried at a hub."""
