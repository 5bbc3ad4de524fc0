"""The command line: one folder per noun.

Each command reads its options, makes one call and shows the result.
"""
