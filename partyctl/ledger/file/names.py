"""Quote names of tables, columns, views and triggers in SQL: here and nowhere else."""


def quoted(name: str) -> str:
    """A quoted name, whatever it contains: a table may be called a" b."""
    return '"' + name.replace('"', '""') + '"'


def quoted_text(value: str) -> str:
    """A quoted text, for places without parameters: inside a trigger."""
    return "'" + value.replace("'", "''") + "'"
