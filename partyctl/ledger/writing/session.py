"""Sessions for writing: one command is one SQLModel transaction, including its journal entries.

BEGIN IMMEDIATE takes the write lock before anything is read. With SQLite's deferred BEGIN,
85 to 90 % of concurrent writes failed in a test, no matter how long the timeout was.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from partyctl.errors import Busy
from partyctl.language import say
from partyctl.ledger.answers import answers
from partyctl.ledger.file import connecting, leftovers
from partyctl.ledger.file.comparison.compared import Look
from partyctl.ledger.file.connecting import WRITING, begin, connect, module_for
from partyctl.ledger.file.opening import require_current
from partyctl.ledger.file.sealed_schema import require_as_sealed
from partyctl.ledger.journal import heads
from partyctl.ledger.journal.capture import rows_of, watch
from partyctl.ledger.journal.chain import seal
from partyctl.ledger.journal.commands import Event, new_command

COMMAND = "partyctl command"
"""The key under which a connection's `info` dictionary contains the running command."""

BEFORE_COMMIT = "before commit"
"""The key under which a connection's `info` dictionary contains the function to call before COMMIT."""

TRIES = 3

# If Ctrl-C interrupts the closing of a connection, SQLAlchemy logs a traceback and raises
# KeyboardInterrupt again. The command reports the interruption, so the log is discarded.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())


@contextmanager
def open_for_writing(path: Path, command: str) -> Iterator[Session]:
    """A session that holds the write lock.

    The session is committed at the end, or rolled back after an error. `command`: the command's
    name for the journal, such as `meeting add`. Raises the errors that `require_current` raises,
    Tampered if the schema was changed, NotPermitted if the file has a second name, and Busy if
    another process holds the lock too long.
    """
    made_by = new_command(command)
    session, look = _begun(path)
    with session:
        is_compared = look.is_compared
        session.connection().info[COMMAND] = made_by
        yield session
        is_asked = answers.is_asked(driver_of(session))
        # This check comes before the commit, because SQLite itself changes the file at the commit.
        is_compared = is_compared and look.is_unchanged
        session.commit()
    if made_by.head is not None:
        heads.keep(made_by.head, path)
        if is_compared:
            look.carry_over()
    if is_asked:
        answers.CHANGED.add(path)


def _begun(path: Path) -> tuple[Session, Look]:
    """Start a session that holds the write lock of the file at the ledger's path. Raises Busy."""
    for _ in range(TRIES):
        look = Look(path)
        require_current(path)
        file = path.stat().st_ino
        session = Session(engine_for(path), expire_on_commit=False)
        try:
            session.connection()
        except BaseException:
            session.close()
            raise
        if path.stat().st_ino == file:
            try:
                leftovers.require_one_name(path)
                require_as_sealed(driver_of(session))
            except BaseException:
                session.close()
                raise
            return session, look
        # Another file replaced the ledger while we waited for the lock (because of a restore or a new key).
        session.close()
    raise Busy(
        say(
            "台账刚被替换，没有写入。",
            "Somebody has just replaced the ledger, so nothing was written.",
        ),
        say("再执行一次同一条命令", "run the command again"),
    )


def note(session: Session, happened: Event) -> None:
    """Add an event to the command's journal entries. (An event changes no row.)"""
    session.connection().info[COMMAND].events.append(happened)


def before_commit(session: Session, read: Callable[[connecting.Connection, int], None]) -> None:
    """Call a function after the journal entries were written, and before the commit.

    The function gets the number of the last entry. It is not called if there is no entry. If it
    raises an error, nothing is committed.
    """
    session.connection().info[BEFORE_COMMIT] = read


def engine_for(path: Path, *, migrating: bool = False) -> Engine:
    """An engine whose transactions start with BEGIN IMMEDIATE, and write the journal before COMMIT.

    `migrating`: whether the engine is for a migration. In an engine for a migration, foreign keys
    are off, and transactions do not write the journal, because the migration itself writes it.
    """
    return _engine(path, module_for(path), migrating)


@lru_cache(maxsize=8)
def _engine(path: Path, driver: ModuleType, migrating: bool) -> Engine:
    def connection() -> connecting.Connection:
        if migrating:
            return connect(path, "rw", (*WRITING, "foreign_keys = OFF"))
        ledger = connect(path, "rw", WRITING)
        try:
            watch(ledger)
        except BaseException:
            ledger.close()  # the caller gets no connection, so close it here
            raise
        return ledger

    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=connection,
        poolclass=NullPool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    if not migrating:
        event.listen(engine, "commit", _seal)
    return engine


def _begin(connection: Connection) -> None:
    begin(_driver(connection))


def restate(session: Session, table: str, where: str) -> None:
    """Record rows in the journal with their current values but without their earlier values."""
    ledger = driver_of(session)
    session.connection().info[COMMAND].restated += rows_of(ledger, table, where)


def driver_of(session: Session) -> connecting.Connection:
    """The SQLite connection of a session, within the session's transaction."""
    return _driver(session.connection())


def _seal(connection: Connection) -> None:
    """Write the journal entries before every commit, whichever code made the changes."""
    ledger, made = _driver(connection), connection.info[COMMAND]
    seal(ledger, made)
    answers.overtake(ledger)
    read = connection.info.get(BEFORE_COMMIT)
    if read is not None and made.head is not None:
        read(ledger, made.head.seq)


def _driver(connection: Connection) -> connecting.Connection:
    return cast(connecting.Connection, connection.connection.driver_connection)
