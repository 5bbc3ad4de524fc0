"""Store answers of commands in the ledger.

Storing an answer never makes a command wait or fail.

An answer is valid for one state of the ledger's file. A command stores its answer only if the file
has not changed since the answer was computed. While a command writes its answer, a transaction
keeps other writers out. Storing the answer changes the file, so the command then notes the file's
new state outside the ledger (`file.untouched`). If the file changes later, its state differs from
the noted state, and the answer is no longer used.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from partyctl.ledger.file import untouched
from partyctl.ledger.file.comparison import compared
from partyctl.ledger.file.connecting import (
    WRITING,
    Connection,
    begin,
    connect,
    opens_unasked,
)
from partyctl.ledger.journal import heads
from partyctl.light import NamedTuple

MOST_ANSWERS = 8
MOST_BYTES = 256 * 1024
"""The size limit of a compressed answer: about a thousand duties as JSON."""

FORGOTTEN_DAYS = 7
"""If a question was last asked more than this many days ago, no new answer is stored for it."""

CHANGED: set[Path] = set()
"""The ledgers that this process changed, if they contain stored questions."""

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
    """A stored question and its compressed output.

    `asked_on`: the day on which the question was last asked (None: the same day as `day`).
    """

    question: str
    day: str
    program: str
    code: int
    said: bytes
    asked_on: str | None = None


def keep(ledger: Path, answers: Iterable[Answer], seen: str) -> None:
    """Store answers that were computed while the file was in the state `seen`.

    Nothing is stored if the file is no longer in the state `seen`, or cannot be written. Nothing is
    stored if this user has never written to a ledger at this path, or if the user's last write at
    this path was to another ledger. Nothing is stored if the file is encrypted and its key is in
    the keyring or must be typed.

    Raises the errors of opening and writing the file, and an error if another process is writing to
    the file. The callers ignore all these errors.
    """
    ours = heads.mark_at(ledger)
    if ours is None or not os.access(ledger, os.W_OK) or not opens_unasked(ledger):
        return
    descriptor = untouched.opened(str(ledger))
    try:
        _keep(ledger, descriptor, list(answers), seen, ours)
    finally:
        os.close(descriptor)  # only after SQLite has closed the file: see `untouched.opened`


def _keep(ledger: Path, descriptor: int, answers: list[Answer], seen: str, ours: str) -> None:
    connection = connect(ledger, "rw", WRITING, seconds=0)
    try:
        connection.execute("BEGIN IMMEDIATE").close()
        if untouched.look(descriptor) != seen:
            return
        mark, head = connection.execute(HEAD).fetchone()
        if mark != ours:
            return
        if not _is_noted(ledger, seen):
            overtake(connection)  # the answers stored earlier may be out of date
        is_compared = compared.is_noted(ledger, seen)
        for each in answers:
            connection.execute(KEEP, {**each._asdict(), "head": head}).close()
            connection.execute(OVERTAKEN, (each.day, each.program, head)).close()
        connection.execute(TOO_MANY, (MOST_ANSWERS,)).close()
        version = _data_version(connection)
        is_compared = is_compared and untouched.look(descriptor) == seen
        connection.execute("COMMIT").close()
        with _nobody_writes(connection):
            if _data_version(connection) == version:
                now = untouched.settled(descriptor)
                untouched.note(str(ledger), now)
                if is_compared and now is not None:
                    compared.note(ledger, now)
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
    """SQLite's data version: a number that changes only when another connection commits."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def put(path: Path, ledger: sqlite3.Connection, answer: Answer) -> None:
    """Store an answer in the open transaction that fills the outbox (the reminders to send).

    Afterwards `Watch.end` notes the file's new state, so that the answer is valid.
    """
    mark, head = ledger.execute(HEAD).fetchone()
    if len(answer.said) <= MOST_BYTES and mark == heads.mark_at(path):
        ledger.execute(KEEP, {**answer._asdict(), "head": head}).close()
        ledger.execute(TOO_MANY, (MOST_ANSWERS,)).close()


def find(ledger: sqlite3.Connection, question: str, day: str, program: str) -> bytes | None:
    """The stored answer to a question, or None.

    Before using the answer, the caller must check that the file is unchanged (`Watch.is_valid`).
    """
    found = ledger.execute(FIND, (question, day, program)).fetchone()
    return None if found is None else bytes(found[0])


def is_asked(ledger: sqlite3.Connection) -> bool:
    """Whether the ledger has any stored question."""
    return ledger.execute("SELECT 1 FROM answer LIMIT 1").fetchone() is not None


def overtake(ledger: sqlite3.Connection) -> None:
    """Delete all answers but keep their questions, within the open transaction."""
    ledger.execute("UPDATE answer SET code = NULL, said = NULL WHERE said IS NOT NULL").close()


class Old(NamedTuple):
    """A question whose answer is out of date, and the day on which the question was last asked."""

    question: str
    asked_on: str


def overtaken(ledger: sqlite3.Connection, day: str, program: str) -> list[Old]:
    """The recently asked questions whose answer for `day` is missing or out of date."""
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
    """Keeps stored answers valid when a command writes only to the outbox of reminders."""

    def __init__(self, ledger: Path) -> None:
        self.ledger = ledger
        self.descriptor: int | None = None
        self.version: int | None = None

    @property
    def is_valid(self) -> bool:
        """Whether `begin` has checked the file. If so, all answers still stored are valid."""
        return self.version is not None

    def begin(self, connection: Connection) -> None:
        """Before the first write, delete the answers if the file is not in its noted state."""
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
        """After the last write, note the file's state, unless somebody else has written to it."""
        if self.descriptor is None or self.version is None:
            return
        with _nobody_writes(connection):
            if _data_version(connection) == self.version:
                untouched.note(str(self.ledger), untouched.settled(self.descriptor))


@contextmanager
def carried_over(ledger: Path) -> Iterator[Watch]:
    """Keep the answers valid while the caller writes to the outbox.

    Yields a Watch. The caller must call `begin` of the Watch before the first write, and `end`
    after the last write.
    """
    watch = Watch(ledger)
    with suppress(OSError):
        watch.descriptor = untouched.opened(str(ledger))
    try:
        yield watch
    finally:
        if watch.descriptor is not None:
            os.close(watch.descriptor)
