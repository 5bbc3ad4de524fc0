"""Quote texts and names of tables, columns, views and triggers for SQL."""


def quoted(name: str) -> str:
    """A name in double quotes, for SQL. Quotes within the name, as in a" b, are doubled."""
    return '"' + name.replace('"', '""') + '"'


def quoted_text(value: str) -> str:
    """A text in single quotes, for SQL that takes no parameters, such as the SQL of a trigger."""
    return "'" + value.replace("'", "''") + "'"
