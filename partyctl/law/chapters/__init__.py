"""The rules, by chapter. Each rule module has its test cases in a .toml file of the same name."""
