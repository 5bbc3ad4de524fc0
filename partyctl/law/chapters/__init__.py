"""The rules, a file a chapter, each with its cases beside it."""
