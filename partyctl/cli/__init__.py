"""The command line: one folder per noun; each command reads its options, makes one call, shows the result."""
