"""What `--json` prints: the fields of each record, typed."""
