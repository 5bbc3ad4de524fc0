"""The command line: one module per noun; each command reads its options, makes a call, shows."""
