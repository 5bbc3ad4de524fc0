"""Triggers that protect the file: the journal can only grow, and no record is deleted or renumbered.

Triggers, like views, contain no data, so `migrate` drops them and creates them again.
Somebody with an SQLite shell can drop these triggers, but `journal verify` then finds that the
schema was changed.
"""

import sqlite3

from partyctl.ledger.file.names import quoted, quoted_text

JOURNAL = {
    "keep_journal_entry": "BEFORE DELETE ON journal_entry",
    "fix_journal_entry": "BEFORE UPDATE ON journal_entry",
    "fix_journal_detail": "BEFORE UPDATE ON journal_detail",
}

RECORDS = """
SELECT m.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS p
WHERE m.type = 'table' AND p.name = 'voided_at' ORDER BY m.name
"""


def guards(ledger: sqlite3.Connection) -> dict[str, str]:
    """The SQL of the triggers that a ledger should have, keyed by the trigger's name."""
    wanted = dict(JOURNAL)
    for (table,) in ledger.execute(RECORDS):
        wanted[f"keep_{table}"] = f"BEFORE DELETE ON {quoted(table)}"
        wanted[f"fix_{table}"] = f"BEFORE UPDATE OF id ON {quoted(table)} WHEN NEW.id <> OLD.id"
    return {
        name: f"CREATE TRIGGER {quoted(name)} {when} BEGIN SELECT raise(ABORT, {quoted_text(name)}); END"
        for name, when in wanted.items()
    }


def renew(ledger: sqlite3.Connection) -> None:
    """Drop every trigger in the file, and create those that a ledger should have."""
    names = ledger.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        ledger.execute(f"DROP TRIGGER {quoted(name)}")
    for sql in guards(ledger).values():
        ledger.execute(sql)
