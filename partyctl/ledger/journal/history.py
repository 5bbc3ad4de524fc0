"""Read the journal: the commands that wrote to the ledger, their changes, and a record's history."""

import json
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from partyctl.errors import NoSuchRecord
from partyctl.language import say
from partyctl.ledger.reading.privacy import HIDDEN, masked

if TYPE_CHECKING:
    from partyctl.contract.maintenance import Cell, JournalChange, JournalRun

Object = dict[str, Any]

RUNS = """
WITH undone (run, by) AS (SELECT CAST(row_key AS INTEGER), run FROM journal_entry
    WHERE act = 'undo' AND row_table = 'run' AND at < :until)
SELECT entry.run AS run, min(at) AS at, actor, host, command, count(*) AS entries,
    group_concat(DISTINCT nullif(record, '')) AS records, max(seq) AS seq,
    undone.by AS undone_by
FROM journal_entry AS entry LEFT JOIN undone ON undone.run = entry.run
"""

ENTRIES = """
SELECT entry.seq, entry.run, entry.at, entry.actor, entry.command, entry.act, entry.record,
    entry.row_table, entry.row_key, substr(entry.hash, 1, 16) AS hash, detail.detail
FROM journal_entry AS entry LEFT JOIN journal_detail AS detail ON detail.seq = entry.seq
"""


LATER = "9999"
"""Sorts after the time of every entry."""


def runs(
    ledger: sqlite3.Connection,
    *,
    last: int | None = None,
    record: str | None = None,
    until: datetime | None = None,
) -> "list[JournalRun]":
    """The commands that wrote to the ledger, oldest first.

    `last`: return only the newest commands, at most this many. `record`: return only the commands
    that wrote to this record. `until`: leave out everything that was written at this time or later.
    """
    rows = ledger.execute(
        f"{RUNS} WHERE :record IS NULL "
        "OR entry.run IN (SELECT run FROM journal_entry WHERE record = :record) "
        "GROUP BY entry.run HAVING min(at) < :until ORDER BY entry.run DESC LIMIT :last",
        {"record": record, "last": -1 if last is None else last, "until": _stored(until)},
    )
    return [_run(row) for row in _objects(rows)][::-1]


def _stored(moment: datetime | None) -> str:
    """A moment as the journal stores it, or `LATER` for None."""
    return LATER if moment is None else moment.astimezone(UTC).isoformat(timespec="microseconds")


def run(ledger: sqlite3.Connection, number: int, *, until: datetime | None = None) -> "JournalRun":
    """A command with all rows that it changed; personal values are masked. Raises NoSuchRecord.

    `until`: as in `runs`.
    """
    sql = f"{RUNS} WHERE entry.run = :run GROUP BY entry.run HAVING min(at) < :until"
    found = _objects(ledger.execute(sql, {"run": number, "until": _stored(until)}))
    if not found:
        raise NoSuchRecord(
            say(
                f"日志里没有第 {number} 次命令。",
                f"The journal has no command with the number {number}.",
            ),
            "partyctl journal list",
        )
    entries = ledger.execute(f"{ENTRIES} WHERE entry.run = ? ORDER BY entry.seq", (number,))
    return {**_run(found[0]), "changes": [_change(row) for row in _objects(entries)]}


def story(ledger: sqlite3.Connection, record: str) -> "list[JournalChange]":
    """All changes of a record (such as meeting#7); personal values are masked."""
    entries = ledger.execute(f"{ENTRIES} WHERE entry.record = ? ORDER BY entry.seq", (record,))
    return [_change(row) for row in _objects(entries)]


def of_run(ledger: sqlite3.Connection, entry: int) -> "list[JournalChange]":
    """All changes by the command that wrote this entry; personal values are masked."""
    entries = ledger.execute(
        f"{ENTRIES} WHERE entry.run = (SELECT run FROM journal_entry WHERE seq = ?) "
        "ORDER BY entry.seq",
        (entry,),
    )
    return [_change(row) for row in _objects(entries)]


def _objects(rows: sqlite3.Cursor) -> list[Object]:
    names = [column[0] for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows]


def _run(row: Object) -> "JournalRun":
    records = row["records"].split(",") if row["records"] else []
    return cast("JournalRun", row | {"records": sorted(records, key=_by_number)})


def _by_number(record: str) -> tuple[str, int, str]:
    noun, _, number = record.partition("#")
    return noun, int(number) if number.isdecimal() else 0, number


TOOK_PART = {"warning": ("approver_id",), "warning_talker": ("member_id", "staff_id")}
"""The columns that name who approved a warning letter or held the talk about it, keyed by table.

The values in these columns are hidden, because in a small branch the names would reveal who
received the letter.
"""


def _change(entry: Object) -> "JournalChange":
    """An entry as an object, with personal values masked.

    The field `erased` says whether the entry's values were erased.
    """
    detail = entry.pop("detail")
    said = {} if detail is None else json.loads(detail)
    old, new = (_told(entry["row_table"], said.pop(side, {})) for side in ("old", "new"))
    values = {"erased": detail is None, "old": old, "new": new, "said": said}
    return cast("JournalChange", entry | values)


def _told(table: str, row: Object) -> "dict[str, Cell]":
    """A row in which personal values are masked, and the columns in TOOK_PART are hidden."""
    hidden = TOOK_PART.get(table, ())
    return {
        column: HIDDEN if column in hidden and value is not None else value
        for column, value in masked(table, row).items()
    }
