"""Undo a whole command: void the records that the command added, and reverse its changes.

A row that the command added is voided if its table has a column `voided_at`. Any other row that the
command added to an older record is deleted. The journal records the undo, too.
"""

import json
from sqlite3 import Connection

from sqlmodel import Session

from partyctl.errors import NoSuchRecord, Refused
from partyctl.language import comma_list, say
from partyctl.ledger.file.failures import sqlite_errors
from partyctl.ledger.file.names import quoted
from partyctl.ledger.journal.acts import Act
from partyctl.ledger.journal.capture import (
    Row,
    Shape,
    read_row,
    record_of,
    row_object,
    shapes,
)
from partyctl.ledger.journal.chain import canonical, digest
from partyctl.ledger.journal.commands import Event, actor
from partyctl.ledger.journal.owners import OWNERS
from partyctl.ledger.reading.nouns import split, void_command
from partyctl.ledger.tables.base import now
from partyctl.ledger.writing.session import driver_of, note
from partyctl.light import NamedTuple
from partyctl.records.undo.dependents import Shapes, pointing_to
from partyctl.records.undo.soundness import unsound
from partyctl.terms import UNDO, Noun

NEVER_UNDONE = ("init", "migrate", "restore", "encrypt", "decrypt", "rekey", "journal redact")
"""Commands that change no record, or whose changes can be reversed only by restoring a backup."""

CONTENT = ("minutes_file",)
"""Tables that store files. An undo keeps these files, because other records can refer to them."""

DECISIVE = ("_on", "_at", "_id", "kind", "year")
"""If a column's name ends with one of these texts, other records can depend on the column."""

SECRET = (Noun.WARNING,)
"""A refused undo does not list records of these nouns: they could reveal the person of a case."""

SHOWN = 5
"""A message names at most this many records. If there are more records, the list ends with “…”."""


class Change(NamedTuple):
    """A change that the command made to one row, according to the journal."""

    act: str
    record: str
    table: str
    key: str
    old: Row
    new: Row


class Undone(NamedTuple):
    """The result of an undo: the number, command and time of the undone run, and the affected records."""

    run: int
    command: str
    at: str
    records: list[str]


LAST = """
SELECT run, command, min(at) FROM journal_entry
WHERE actor = ? AND act IN ('add', 'change', 'remove') AND command <> 'undo'
    AND run NOT IN (SELECT CAST(row_key AS INTEGER) FROM journal_entry
        WHERE act = 'undo' AND row_table = 'run')
GROUP BY run ORDER BY run DESC LIMIT 1
"""
CHANGES = """
SELECT act, record, row_table, row_key, row_digest, salt, detail FROM journal_entry
LEFT JOIN journal_detail USING (seq) WHERE run = ? ORDER BY seq DESC
"""
LATER = """
SELECT run, command FROM journal_entry
WHERE record = ? AND row_table = ? AND row_key = ? AND run > ? ORDER BY run LIMIT 1
"""


def undo(session: Session) -> Undone:
    """Undo this user's last command that is not undone yet. Raises NoSuchRecord, Refused."""
    ledger = driver_of(session)
    found = ledger.execute(LAST, (actor(),)).fetchone()
    if found is None:
        raise NoSuchRecord(
            say("没有可以撤销的命令。", "There is no command to undo."), "partyctl journal list"
        )
    run, command, at = found
    if command in NEVER_UNDONE:
        raise Refused(
            say(f"“{command}”不能撤销。", f"“{command}” cannot be undone."),
            "partyctl backup list",
        )
    tables = shapes(ledger)
    changes = _changes(ledger, tables, run, command)
    added = {change.record for change in changes if change.act == "add" and _is_whole(change)}
    _require_independent(ledger, tables, changes, added, command)
    concerned = _concerned(ledger, tables, changes)
    before = unsound(session, concerned)
    for change in changes:
        try:
            _take_back(ledger, tables, change, added, command)
        except sqlite_errors("IntegrityError") as error:
            raise _taken(ledger, tables, change, str(error), command) from error
    for record, why in unsound(session, concerned).items():
        if record not in before:
            raise Refused(
                say(
                    f"没有“{command}”，{record} 就不成立：{why.sentence}",
                    f"Without “{command}”, {record} would not be valid: {why.sentence}",
                ),
                why.remedy,
            )
    note(session, Event(Act.UNDO, "", {"command": command}, "run", str(run)))
    records = list(dict.fromkeys(change.record for change in reversed(changes)))
    return Undone(run, command, at, records)


def _changes(ledger: Connection, tables: Shapes, run: int, command: str) -> list[Change]:
    """The changes of a run, the last change first. Raises Refused if a row was changed again later."""
    changes = []
    for act, record, table, key, left_as, salt, text in ledger.execute(CHANGES, (run,)).fetchall():
        if act not in ("add", "change", "remove"):
            continue
        if text is None:
            raise Refused(
                say(
                    f"“{command}”的明细已经脱敏，不能撤销。",
                    f"The details of “{command}” were erased, so it cannot be undone.",
                ),
                f"partyctl journal show {run}",
            )
        detail = json.loads(text)
        change = Change(act, record, table, key, detail["old"], detail["new"])
        present = _present(ledger, tables[table], change)
        as_it_is = (
            None if present is None else digest(bytes.fromhex(salt), "row", canonical(present))
        )
        if as_it_is != left_as:
            later = ledger.execute(LATER, (record, table, key, run)).fetchone()
            since, by = later or (run, command)
            raise Refused(
                say(
                    f"{record} 后来又被“{by}”（日志第 {since} 次）改过，不能撤销“{command}”。",
                    f"{record} was changed later by “{by}” (run {since}): “{command}” cannot be undone.",
                ),
                f"partyctl journal show {since}",
            )
        changes.append(change)
    return changes


def _present(ledger: Connection, shape: Shape, change: Change) -> Row | None:
    """The present values of a changed row, or None if the row no longer exists."""
    where = " AND ".join(f"{column} = ?" for column in shape.key)
    sql = f"SELECT {row_object(change.table, shape)} FROM {change.table} WHERE {where}"
    found = ledger.execute(sql, _key(change)).fetchone()
    return None if found is None else read_row(found[0])


def _key(change: Change) -> list[str]:
    return change.key.split("|")


def _is_record(tables: Shapes, change: Change) -> bool:
    """Whether a changed row has a column `voided_at`. Such a row is voided, not deleted."""
    return "voided_at" in tables[change.table].columns


def _is_whole(change: Change) -> bool:
    """Whether a changed row is a whole record (such as a meeting), not a part of a record."""
    return OWNERS[change.table].column == "id"


def _require_independent(
    ledger: Connection, tables: Shapes, changes: list[Change], added: set[str], command: str
) -> None:
    """Refuse the undo if other records refer to a record that the command added.

    Rows that the command itself wrote are ignored, because the undo takes them back, too.
    """
    own = {(change.table, change.key) for change in changes}
    names = [
        record for record in pointing_to(ledger, tables, added, but=own) if record not in added
    ]
    if names:
        told = [name for name in names if name.partition("#")[0] not in SECRET]
        listed = comma_list(told[:SHOWN]) + ("…" if len(told) > SHOWN else "")
        raise Refused(
            say(
                f"后来的记录用到它{listed and '：'}{listed}，不能撤销“{command}”。",
                f"“{command}” cannot be undone: later records depend on it"
                f"{listed and ': '}{listed}.",
            ),
            _void_command(told[0]) if told else "partyctl journal list",
        )


def _concerned(ledger: Connection, tables: Shapes, changes: list[Change]) -> list[str]:
    """The records that a command changed, and records that can depend on changed `DECISIVE` columns."""
    concerned = dict.fromkeys(change.record for change in changes)
    for change in changes:
        columns = change.old.keys() | change.new.keys()
        if any(name.endswith(DECISIVE) for name in columns):
            concerned |= dict.fromkeys(pointing_to(ledger, tables, {change.record}))
    return list(concerned)


def _taken(
    ledger: Connection, tables: Shapes, change: Change, failure: str, command: str
) -> Refused:
    """The error for an undo that would restore a unique value that another record now has."""
    later = change.record
    if failure.startswith("UNIQUE"):
        columns = [name.rpartition(".")[2] for name in failure.partition(": ")[2].split(", ")]
        restored = (_present(ledger, tables[change.table], change) or {}) | change.old
        table = change.table
        standing = ["voided_at IS NULL"] if _is_record(tables, change) else []
        where = " AND ".join([*(f"{name} IS ?" for name in columns), *standing])
        sql = f"SELECT {record_of(table, quoted(table))} FROM {quoted(table)} WHERE {where}"
        found = ledger.execute(sql, [restored.get(name) for name in columns]).fetchone()
        later = found[0] if found else later
    return Refused(
        say(
            f"后来的 {later} 占了 {change.record} 以前的位置，不能撤销“{command}”。",
            f"{later} has replaced {change.record}; “{command}” cannot be undone.",
        ),
        _void_command(later),
    )


def _void_command(record: str) -> str | None:
    """The command that voids a record such as meeting#7, or None if the record has no noun."""
    noun, number = split(record)
    return None if noun is None else void_command(noun, number)


def _take_back(
    ledger: Connection, tables: Shapes, change: Change, added: set[str], command: str
) -> None:
    """Reverse the change of one row, as the docstring of this module says."""
    table, where = (
        change.table,
        " AND ".join(f"{quoted(name)} = ?" for name in tables[change.table].key),
    )
    if change.act == "remove":
        marks = ", ".join("?" for _ in change.old)
        into = (
            f"INSERT INTO {quoted(table)} ({', '.join(map(quoted, change.old))}) VALUES ({marks})"
        )
        ledger.execute(into, list(change.old.values()))
    elif change.act == "change":
        names = sorted(change.old.keys() | change.new.keys())
        values = [change.old.get(name) for name in names]
        _update(ledger, table, dict(zip(names, values, strict=True)), where, _key(change))
    elif _is_record(tables, change):
        reason = f"{UNDO}{command}"
        _update(ledger, table, {"voided_at": now(), "void_reason": reason}, where, _key(change))
    elif change.record not in added and table not in CONTENT:
        ledger.execute(f"DELETE FROM {quoted(table)} WHERE {where}", _key(change))


def _update(ledger: Connection, table: str, values: Row, where: str, key: list[str]) -> None:
    assigned = ", ".join(f"{quoted(name)} = ?" for name in values)
    ledger.execute(f"UPDATE {quoted(table)} SET {assigned} WHERE {where}", [*values.values(), *key])
