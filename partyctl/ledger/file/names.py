"""Names of tables, columns, views and triggers in SQL text: quoted here, and nowhere else."""


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever is in it: somebody may have called a table a" b."""
    return '"' + name.replace('"', '""') + '"'


def quoted_text(value: str) -> str:
    """A text as SQL takes it, where no value can be handed over: inside a trigger."""
    return "'" + value.replace("'", "''") + "'"
