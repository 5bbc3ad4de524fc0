"""The command line: a folder for each group of commands, and folders of shared code.

Each command reads its options, calls the code that does the work, and shows the result.
"""
