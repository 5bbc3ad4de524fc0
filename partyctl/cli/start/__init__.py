"""The entry point, the list of commands, `batch` and `status`, and the storing of answers."""
