"""Answers that a ledger keeps: the table, the program that they hold for, the file as it was left."""
