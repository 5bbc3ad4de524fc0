"""The output of `--json`: the typed fields of each record."""
