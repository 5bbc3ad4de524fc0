"""The rules, by chapter. The test cases of each module of rules are in a .toml file of its name."""
