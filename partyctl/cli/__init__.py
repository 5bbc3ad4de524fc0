"""The command line: a folder for each group of commands, and folders that they share.

Each command reads its options, makes one call and shows the result.
"""
