"""The state of one run: which ledger and branch, and whether it runs on a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from partyctl.calendar import Period
from partyctl.cli.session import notices
from partyctl.ledger.file import places
from partyctl.ledger.file.opening import open_for_reading
from partyctl.ledger.file.places import AnyPath
from partyctl.light import TYPE_CHECKING
from partyctl.terms import Noun

if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection

    from sqlmodel import Session

    from partyctl.cli.session.reading import Reading
    from partyctl.contract.maintenance import JournalChange
    from partyctl.ledger.reading.bodies import Branch

    Corrected = tuple[list[JournalChange], dict[str, dict[int, str]]]


class Here:
    """The global options of the running command. None means that the option was not given.

    `ledger` can also come from PARTYCTL_LEDGER. `branch_of_batch`: the --branch of the batch in
    which the command runs. `corrected`: what the last use of `correcting` changed, or None if it
    changed nothing.
    """

    ledger: AnyPath | None = None
    branch: str | None = None
    in_batch: bool = False
    branch_of_batch: str | None = None
    corrected: "Corrected | None" = None


HERE = Here()

RUNNING: list[str] = []
"""The commands that are running, each followed by its subcommand: partyctl, partyctl meeting,
partyctl meeting add."""


def settle(ledger: AnyPath | None, branch: str | None) -> None:
    """Set the values of --ledger and --branch for the next command."""
    HERE.ledger = ledger
    HERE.branch = branch


def ledger_path() -> "Path":
    """Return the path of this run's ledger."""
    from pathlib import Path  # slow to load, and not needed to open the ledger

    return Path(ledger_file())


def ledger_file() -> AnyPath:
    """Return the path of this run's ledger as it was given, or the default path."""
    return places.default_ledger() if HERE.ledger is None else HERE.ledger


def branch() -> str | None:
    """Return the value of --branch as it was typed, or None if --branch was not given."""
    return HERE.branch


def branch_number(reading: "Reading") -> int | None:
    """Return the number of the branch that --branch names, or None without --branch.

    Raises NoSuchRecord.
    """
    meant = branch_meant(reading)
    return meant and meant.id


def branch_meant(reading: "Reading") -> "Branch | None":
    """Return the branch that --branch names, or None without --branch. Raises NoSuchRecord."""
    return reading.branches_named(HERE.branch)[0] if HERE.branch else None


def number_meant(reading: "Reading", noun: Noun, text: str) -> int:
    """Return the number of the record with the typed name or ID.

    If --branch is given, a name is searched first among the records of that branch, and the #number
    of another branch's record is refused. Raises NoSuchRecord, BadUsage.
    """
    from partyctl.ledger.reading.lookup import number_of

    return number_of(reading.ledger, noun, text, branch_meant(reading), reading.known)


def is_interactive() -> bool:
    """Whether somebody at a terminal can answer questions."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


@contextmanager
def reading(
    as_of: date, since_month: Period | None = None, until: date = date.max
) -> Iterator["Reading"]:
    """Open the ledger for reading, as of a day. For the other arguments, see the class Reading."""
    from partyctl.cli.session.reading import Reading  # slow to load, and not needed to write

    with open_for_reading(ledger_file()) as connection:
        notices.look(connection)
        yield Reading(connection, as_of, since_month, until)


@contextmanager
def writing() -> Iterator["Session"]:
    """Lock the ledger; at the end of the `with` block, commit the changes and journal entries."""
    from partyctl.ledger.writing.session import driver_of, open_for_writing

    with open_for_writing(ledger_path(), command()) as session:
        notices.look(driver_of(session))
        if HERE.branch is not None:
            from partyctl.records.common.finding import BRANCH_MEANT

            session.info[BRANCH_MEANT] = HERE.branch
        yield session


@contextmanager
def correcting() -> Iterator["Session"]:
    """Like `writing`, but also keep a list of the changes, which `corrected` returns.

    The changes are read before the commit: if they cannot be read, nothing is written.
    """
    from partyctl.ledger.writing.session import before_commit

    HERE.corrected = None
    with writing() as session:
        before_commit(session, _read_corrected)
        yield session


def _read_corrected(ledger: "Connection", entry: int) -> None:
    """Read what a command changed. `entry`: the number of one of its journal entries."""
    from partyctl.ledger.journal.history import of_run
    from partyctl.ledger.journal.naming import names_of

    HERE.corrected = of_run(ledger, entry), names_of(ledger)


def corrected() -> "Corrected | None":
    """Return what the last use of `correcting` changed, with the names of the records.

    Return None if it changed nothing.
    """
    return HERE.corrected


def command() -> str:
    """Return the words of the running command without its arguments, such as `meeting add`."""
    return RUNNING[-1].partition(" ")[2].strip()
