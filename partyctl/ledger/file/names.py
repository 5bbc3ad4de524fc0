"""Quote names of tables, columns, views and triggers in SQL: here and nowhere else."""


def quoted(name: str) -> str:
    """A quoted name. The name may itself contain quotes, such as a" b."""
    return '"' + name.replace('"', '""') + '"'


def quoted_text(value: str) -> str:
    """A quoted text, for places without parameters: inside a trigger."""
    return "'" + value.replace("'", "''") + "'"
