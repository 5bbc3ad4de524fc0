"""Functions that change a ledger from outside and return what a check finds, for the tests of tampering.

The attacker has a SQLite shell and this repository, and so can drop and restore the triggers that
guard the ledger, and compute the hashes of the journal's entries again. The code here does not use
the program's own hashing.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from partyctl.cli.session.failures import explain
from partyctl.ledger.file.opening import open_for_verifying
from partyctl.ledger.journal.heads import Anchor
from partyctl.ledger.journal.verification import verify

Change = Callable[[sqlite3.Connection], object]

CONTENT = """seq, version, run, at, actor, host, command, act, record, row_table, row_key,
    row_digest, detail_digest"""


GUARDS = "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'"


class Told(NamedTuple):
    """A small ledger, and the journal heads that its commands stored outside it.

    A journal head is the number and hash of the entry that was the newest after a command.
    """

    path: Path
    anchors: list[Anchor]


@contextmanager
def without_guards(ledger: sqlite3.Connection) -> Iterator[None]:
    """Drop the guard triggers while some statements run. Afterwards, restore each trigger byte for
    byte, unless the statements removed the trigger's table.
    """
    guards = ledger.execute(GUARDS).fetchall()
    for name, _, _ in guards:
        ledger.execute(f"DROP TRIGGER {name}")
    yield
    left = {each for (each,) in ledger.execute("SELECT name FROM sqlite_schema").fetchall()}
    for _, table, sql in guards:
        if table in left:
            ledger.execute(sql)


def tamper(path: Path, change: Change) -> None:
    """Change a ledger as somebody with a SQLite shell could."""
    with closing(sqlite3.connect(path, isolation_level=None)) as ledger:
        ledger.execute("PRAGMA ignore_check_constraints = ON")
        ledger.execute("BEGIN")
        with without_guards(ledger):
            change(ledger)
        ledger.execute("COMMIT")


def statements(*each: str) -> Change:
    """A change that runs some SQL statements."""

    def change(ledger: sqlite3.Connection) -> None:
        for statement in each:
            ledger.execute(statement)

    return change


def kinds(
    path: Path,
    anchors: Sequence[Anchor] = (),
    *,
    against: tuple[int, str] | None = None,
    place: Path | None = None,
) -> list[str]:
    """The kinds of findings of a verification, or the exit code if the ledger is refused.

    An internal error (exit code 1) fails the test.
    """
    try:
        with open_for_verifying(path) as ledger:
            report = verify(ledger, anchors, against=against, place=place)
    except Exception as error:
        code = explain(error).exit_code
        if code == 1:
            raise
        return [str(code)]
    return sorted({finding.kind for finding in report.findings})


def chain_anew(ledger: sqlite3.Connection, first: int = 1) -> None:
    """Hash a given entry and all later entries again, with their present content."""
    before = ledger.execute("SELECT hash FROM journal_entry WHERE seq = ?", (first - 1,)).fetchone()
    previous = before[0] if before else "0" * 64
    for content in ledger.execute(
        f"SELECT {CONTENT} FROM journal_entry WHERE seq >= ? ORDER BY seq", (first,)
    ).fetchall():
        previous = hash_of(previous, content)
        ledger.execute("UPDATE journal_entry SET hash = ? WHERE seq = ?", (previous, content[0]))


def hash_of(previous: str, content: Sequence[Any]) -> str:
    said = json.dumps(list(content), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"partyctl-journal\0{previous}{said}".encode()).hexdigest()


def salted(salt: str, kind: str, text: str) -> str:
    return hashlib.sha256(bytes.fromhex(salt) + f"{kind}\0{text}".encode()).hexdigest()


def say_of_row(ledger: sqlite3.Connection, table: str, key: str, row: dict[str, Any]) -> int:
    """Make the newest entry about a row match the row's present content; return the entry's number."""
    seq, salt, text = ledger.execute(
        "SELECT seq, salt, detail FROM journal_entry JOIN journal_detail USING (seq) "
        "WHERE row_table = ? AND row_key = ? ORDER BY seq DESC",
        (table, key),
    ).fetchone()
    said = json.loads(text)
    detail = json.dumps(said | {"new": row}, ensure_ascii=False)
    whole = json.dumps(row, sort_keys=True, separators=(",", ":"))
    ledger.execute("UPDATE journal_detail SET detail = ? WHERE seq = ?", (detail, seq))
    ledger.execute(
        "UPDATE journal_entry SET row_digest = ?, detail_digest = ? WHERE seq = ?",
        (salted(salt, "row", whole), salted(salt, "detail", detail), seq),
    )
    return seq


def append(ledger: sqlite3.Connection, act: str, detail: str, row_key: str = "") -> None:
    """Add an event at the end of the chain, hashed correctly."""
    seq, run, previous = ledger.execute(
        "SELECT seq, run, hash FROM journal_entry ORDER BY seq DESC"
    ).fetchone()
    salt = "ab" * 16
    content = (
        seq + 1,
        1,
        run + 1,
        "2026-11-01T00:00:00.000000+00:00",
        "x",
        "x",
        "x",
        act,
        "",
        "",
        row_key,
        None,
        salted(salt, "detail", detail),
    )
    marks = ", ".join("?" * 14)
    ledger.execute(
        f"INSERT INTO journal_entry VALUES ({marks})", (*content, hash_of(previous, content))
    )
    ledger.execute("INSERT INTO journal_detail VALUES (?, ?, ?)", (seq + 1, salt, detail))


def dump(path: Path) -> list[Any]:
    """A ledger's schema and every value of every table, however the file is divided into pages."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as ledger:
        ledger.text_factory = bytes
        marks = [
            ledger.execute(f"PRAGMA {mark}").fetchone()
            for mark in ("application_id", "user_version")
        ]
        shape = ledger.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
        ).fetchall()
        tables = [name.decode() for kind, name, _, _ in shape if kind == b"table"]
        rows = [sorted(map(repr, ledger.execute(f'SELECT * FROM "{each}"'))) for each in tables]
    return [marks, shape, rows]
