"""Answers kept in the ledger, in a transaction of their own; nothing waits for it, nothing fails by it.

An answer belongs to the file as it was when it was computed. So it is written only if the file is
still the same, while nobody else can write; then it is noted, outside of the ledger, what the file
looks like from now on (`file.untouched`). Whoever changes it afterwards changes that.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from partyctl.ledger.answers import untouched
from partyctl.ledger.file.connecting import (
    WRITING,
    Connection,
    begin,
    connect,
    opens_unasked,
)
from partyctl.ledger.file.files import create_folder
from partyctl.ledger.file.flags import NO_LINK
from partyctl.ledger.journal import heads

MOST_ANSWERS = 8
MOST_BYTES = 256 * 1024
"""The largest packed answer that is kept: some thousand duties as JSON."""

FORGOTTEN_DAYS = 7
"""A question that is not asked anew for so long is not answered again."""

CHANGED: set[Path] = set()
"""The ledgers that this process has written to, and of which something was asked before."""

HEAD = """
SELECT (SELECT substr(hash, 1, 16) FROM journal_entry WHERE seq = 1), hash
FROM journal_entry ORDER BY seq DESC LIMIT 1
"""
KEEP = """
INSERT OR REPLACE INTO answer (question, asked_on, day, program, head, code, said)
VALUES (:question, coalesce(:asked_on, :day), :day, :program, :head, :code, :said)
"""
FIND = """
SELECT said FROM answer WHERE question = ? AND day = ? AND program = ? AND said IS NOT NULL
    AND head = (SELECT hash FROM journal_entry ORDER BY seq DESC LIMIT 1)
"""
OVERTAKEN = """
UPDATE answer SET code = NULL, said = NULL
WHERE said IS NOT NULL AND NOT (day = ? AND program = ? AND head = ?)
"""
TOO_MANY = """
DELETE FROM answer WHERE question NOT IN (
    SELECT question FROM answer ORDER BY asked_on DESC, said IS NULL, rowid DESC LIMIT ?)
"""


class Answer(NamedTuple):
    """A question as it is stored, and what was printed, packed; `asked_on` if not today."""

    question: str
    day: str
    program: str
    code: int
    said: bytes
    asked_on: str | None = None


def keep(ledger: Path, answers: Iterable[Answer], seen: str) -> None:
    """Keep answers that were computed while the file looked as `seen`; at once, or not at all.

    Raises whatever opening or writing raises: without effect, and of no interest to anybody.
    """
    ours = heads.marks_at(ledger)
    if not ours or not os.access(ledger, os.W_OK) or not opens_unasked(ledger):
        return
    descriptor = untouched.opened(str(ledger))
    try:
        _keep(ledger, descriptor, list(answers), seen, ours)
    finally:
        os.close(descriptor)  # after SQLite has closed the file: see `untouched.opened`


def _keep(ledger: Path, descriptor: int, answers: list[Answer], seen: str, ours: set[str]) -> None:
    connection = connect(ledger, "rw", WRITING, seconds=0)
    try:
        connection.execute("BEGIN IMMEDIATE").close()
        if untouched.look(descriptor) != seen:
            return
        mark, head = connection.execute(HEAD).fetchone()
        if mark not in ours:
            return
        if not _is_noted(ledger, seen):
            overtake(connection)  # whoever wrote them
        for each in answers:
            connection.execute(KEEP, {**each._asdict(), "head": head}).close()
            connection.execute(OVERTAKEN, (each.day, each.program, head)).close()
        connection.execute(TOO_MANY, (MOST_ANSWERS,)).close()
        version = _data_version(connection)
        connection.execute("COMMIT").close()
        with _nobody_writes(connection):
            if _data_version(connection) == version:
                _note(ledger, untouched.look(descriptor))
    finally:
        connection.close()


def _is_noted(ledger: Path, seen: str | None) -> bool:
    with suppress(OSError):
        return seen is not None and untouched.noted(str(ledger)) == seen
    return False


@contextmanager
def _nobody_writes(connection: Connection) -> Iterator[None]:
    connection.execute("BEGIN").close()
    try:
        connection.execute("SELECT count(*) FROM answer").fetchone()
        yield
    finally:
        connection.execute("COMMIT").close()


def _data_version(connection: Connection) -> int:
    """A number that only another connection's commit changes."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _note(ledger: Path, seen: str | None) -> None:
    note = Path(untouched.note_of(str(ledger)))
    create_folder(note.parent)
    flags = os.O_CREAT | os.O_TRUNC | os.O_WRONLY | NO_LINK
    descriptor = os.open(note, flags, 0o600)
    try:
        os.write(descriptor, (seen or "").encode())
    finally:
        os.close(descriptor)


def put(path: Path, ledger: sqlite3.Connection, answer: Answer) -> None:
    """Keep an answer within an open transaction of the outbox; the `Watch` notes the file."""
    mark, head = ledger.execute(HEAD).fetchone()
    if len(answer.said) <= MOST_BYTES and mark in heads.marks_at(path):
        ledger.execute(KEEP, {**answer._asdict(), "head": head}).close()
        ledger.execute(TOO_MANY, (MOST_ANSWERS,)).close()


def find(ledger: sqlite3.Connection, question: str, day: str, program: str) -> bytes | None:
    """A kept answer. The file must be known to be untouched (`Watch.is_valid`)."""
    found = ledger.execute(FIND, (question, day, program)).fetchone()
    return None if found is None else bytes(found[0])


def is_asked(ledger: sqlite3.Connection) -> bool:
    """Whether the ledger keeps any question."""
    return ledger.execute("SELECT 1 FROM answer LIMIT 1").fetchone() is not None


def overtake(ledger: sqlite3.Connection) -> None:
    """Empty every answer, within the transaction that changes the facts; the questions stay."""
    ledger.execute("UPDATE answer SET code = NULL, said = NULL WHERE said IS NOT NULL").close()


class Old(NamedTuple):
    """A question whose answer was overtaken, and the day it was last asked."""

    question: str
    asked_on: str


def overtaken(ledger: sqlite3.Connection, day: str, program: str) -> list[Old]:
    """The questions to answer again on a day: those without a valid answer, asked not long ago."""
    return [
        Old(*row)
        for row in ledger.execute(
            "SELECT question, asked_on FROM answer WHERE julianday(?) - julianday(asked_on) "
            "BETWEEN 0 AND ? AND (said IS NULL OR day <> ? OR program <> ?) "
            "ORDER BY asked_on DESC, rowid DESC LIMIT ?",
            (day, FORGOTTEN_DAYS, day, program, MOST_ANSWERS),
        )
    ]


class Watch:
    """A file that this process writes to without changing what is owed: its answers stay valid."""

    def __init__(self, ledger: Path) -> None:
        self.ledger = ledger
        self.descriptor: int | None = None
        self.version: int | None = None

    @property
    def is_valid(self) -> bool:
        """Whether the file was as partyctl left it, so that its answers hold."""
        return self.version is not None

    def begin(self, connection: Connection) -> None:
        """Before the first write: empty the answers of a file that is not as it was left."""
        if self.descriptor is None:
            return
        with _nobody_writes(connection):
            if _is_noted(self.ledger, untouched.look(self.descriptor)):
                self.version = _data_version(connection)
                return
        begin(connection)
        overtake(connection)
        self.version = _data_version(connection)
        connection.execute("COMMIT").close()

    def end(self, connection: Connection) -> None:
        """After the last: note what the file looks like, if nobody else has written to it."""
        if self.descriptor is None or self.version is None:
            return
        with _nobody_writes(connection):
            if _data_version(connection) == self.version:
                _note(self.ledger, untouched.look(self.descriptor))


@contextmanager
def carried_over(ledger: Path) -> Iterator[Watch]:
    """Keep the answers valid over writes of the outbox; `begin` and `end` stand around them."""
    watch = Watch(ledger)
    with suppress(OSError):
        watch.descriptor = untouched.opened(str(ledger))
    try:
        yield watch
    finally:
        if watch.descriptor is not None:
            os.close(watch.descriptor)
