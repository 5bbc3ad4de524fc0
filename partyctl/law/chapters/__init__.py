"""The rules, one file per chapter, each with its cases beside it."""
