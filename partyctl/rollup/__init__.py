"""The superior's view of many ledgers: a hub collects extracts of their results and answers questions."""
