"""The rules, one module per chapter, with test cases in a .toml file of the same name."""
