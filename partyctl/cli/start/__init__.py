"""The entry point, the list of commands, and the commands that run other commands."""
