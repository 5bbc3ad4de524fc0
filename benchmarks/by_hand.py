"""The answers of `check --month` and `dues status`, computed by hand-written SQL.

`python benchmarks/by_hand.py check LEDGER 2026-06 2026-07-05` and `… dues LEDGER 2026-07-01` print
all rows. `scale.py` compares these answers with partyctl's, row by row, and also compares the
times. The SQL assumes the ledgers of `ledgers.py`: the month has ended, nobody is on the roll
twice, every branch has a secretary, and assessments start with a member's first month.
"""

import json
import sqlite3
import sys
from typing import Any
from urllib.parse import quote

from sql_of_dues import DUES, DUES_STATUS, PAID_UP_TO, STATUS_TABLES
from sql_of_meetings import MEETINGS, PERIODS

Values = dict[str, str]
Row = tuple[int, str]
"""An open duty, or a record in breach: the number of its subject, and its due day or an empty text."""

Standing = list[Any]
"""A member's standing in dues: the sums owed and paid, the most unpaid months in a row, the unpaid
months, and the underpaid months."""


def open_ledger(path: str) -> sqlite3.Connection:
    """Open the ledger for reading."""
    ledger = sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)
    ledger.execute("PRAGMA temp_store = MEMORY").close()
    return ledger


def answer_check(ledger: sqlite3.Connection, month: str, on: str) -> dict[str, list[Row]]:
    """For each rule, its open items up to the month's end: the subject, and the due day."""
    (last,) = ledger.execute(
        "SELECT date(:month || '-01', '+1 month', '-1 day')", {"month": month}
    ).fetchone()
    since = ledger.execute("SELECT since FROM organ").fetchone()[0]
    values = {"since": since, "month": month, "last": last, "on": on}
    prepare(ledger, (*PERIODS, *PAID_UP_TO), values)
    return {
        rule: sorted((number, due or "") for number, *_, due in ledger.execute(sql, values))
        for rule, sql in (MEETINGS | DUES).items()
    }


def answer_dues(ledger: sqlite3.Connection, on: str) -> dict[str, Standing]:
    """Each member's standing in dues, keyed by the member's number."""
    since = ledger.execute("SELECT since FROM organ").fetchone()[0]
    sql = "SELECT strftime('%Y-%m', :on, 'start of month', '-1 day')"
    values = {"since": since, "month": ledger.execute(sql, {"on": on}).fetchone()[0], "on": on}
    prepare(ledger, (PERIODS[0], *PAID_UP_TO, *STATUS_TABLES), values)
    found: dict[str, Standing] = {
        str(member): [owed, paid, 0, [], []]
        for member, _, owed, paid in ledger.execute(DUES_STATUS["sums"])
    }
    for member, length in ledger.execute(DUES_STATUS["runs"]):
        found[str(member)][2] = length
    for place, name in ((3, "unpaid"), (4, "underpaid")):
        for member, month in ledger.execute(DUES_STATUS[name]):
            found[str(member)][place].append(month)
    return found


def prepare(ledger: sqlite3.Connection, tables: tuple[str, ...], values: Values) -> None:
    """Make the temporary tables that the questions share."""
    for sql in tables:
        ledger.execute(sql, values).close()


def main() -> None:
    """Print the answer as JSON."""
    question, path, *days = sys.argv[1:]
    ledger = open_ledger(path)
    answer: object = (answer_check if question == "check" else answer_dues)(ledger, *days)
    print(json.dumps(answer, indent=1))


if __name__ == "__main__":
    main()
