"""The questions of `check --month` and `dues status`, asked in hand-written SQL.

`python benchmarks/by_hand.py check LEDGER 2026-06 2026-07-05` and `… dues LEDGER 2026-07-01` fetch all rows
and print counts. partyctl is compared with it, in time and in results. The SQL assumes the ledgers of
`ledgers.py`: the month has ended, nobody is on the roll twice, every branch has a secretary, and assessments
start with a member's first month.
"""

import json
import sqlite3
import sys
from collections import Counter
from urllib.parse import quote

from sql_of_dues import DUES, DUES_STATUS, PAID_UP_TO, STATUS_TABLES
from sql_of_meetings import MEETINGS, PERIODS

Values = dict[str, str]


def open_ledger(path: str) -> sqlite3.Connection:
    """Open the ledger for reading."""
    ledger = sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)
    ledger.execute("PRAGMA temp_store = MEMORY").close()
    return ledger


def answer_check(ledger: sqlite3.Connection, month: str, on: str) -> dict[str, list[int]]:
    """For each rule, how many of the month's items are open and how many are carried over."""
    first, last = ledger.execute(
        "SELECT :month || '-01', date(:month || '-01', '+1 month', '-1 day')", {"month": month}
    ).fetchone()
    since = ledger.execute("SELECT since FROM organ").fetchone()[0]
    values = {"since": since, "month": month, "last": last, "on": on}
    prepare(ledger, (*PERIODS, *PAID_UP_TO), values)
    counts: dict[str, list[int]] = {}
    for rule, sql in (MEETINGS | DUES).items():
        rows = ledger.execute(sql, values).fetchall()
        found = Counter("now" if due is None or due >= first else "before" for *_, due in rows)
        counts[rule] = [found["now"], found["before"]]
    return counts


def answer_dues(ledger: sqlite3.Connection, on: str) -> dict[str, int]:
    """The totals of dues owed and paid, and the numbers of unpaid and underpaid months."""
    since = ledger.execute("SELECT since FROM organ").fetchone()[0]
    sql = "SELECT strftime('%Y-%m', :on, 'start of month', '-1 day')"
    values = {"since": since, "month": ledger.execute(sql, {"on": on}).fetchone()[0], "on": on}
    prepare(ledger, (PERIODS[0], *PAID_UP_TO, *STATUS_TABLES), values)
    found = {name: ledger.execute(sql, values).fetchall() for name, sql in DUES_STATUS.items()}
    return {
        "members": len(found["sums"]),
        "owed": sum(owed for _, _, owed, _ in found["sums"]),
        "paid": sum(paid for _, _, _, paid in found["sums"]),
        "unpaid months": len(found["unpaid"]),
        "longest runs": sum(length for _, length in found["runs"]),
        "underpaid months": len(found["underpaid"]),
    }


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
