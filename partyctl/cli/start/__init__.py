"""The entry point, the list of commands, `batch` and `status`, and a cache of printed answers."""
