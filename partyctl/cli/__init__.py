"""The command line: a folder for each group of commands, and folders of shared code.

Each command reads its options, makes one call and shows the result.
"""
