"""What a superior sees of many ledgers: extracts of results, collected and asked at a hub."""
