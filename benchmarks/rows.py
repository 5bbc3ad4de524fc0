"""Rows for a ledger: grouped by table, numbered, and written with `executemany`."""

import sqlite3
from collections import Counter, defaultdict

COLUMNS = {
    "organ": "id name since",
    "branch": "id recorded_at name founded_on has_committee elected_on",
    "cell": "id recorded_at branch_id name founded_on",
    "member": (
        "id recorded_at branch_id cell_id name joined_on full_on probationary on_roll_from"
        " dues_paid_to category left_on left_reason"
    ),
    "appointment": "recorded_at member_id post from_on to_on",
    "leadership": "recorded_at member_id from_on",
    "plan": "recorded_at branch_id kind year adopted_on",
    "meeting": (
        "id recorded_at branch_id cell_id held_on chair_id lecturer_id notified_on"
        " present_count due_present opinions_inside opinions_outside opinions_on"
        " criticism integrity makes_up minutes"
    ),
    "meeting_kind": "meeting_id kind",
    "agenda_item": "meeting_id place topic to_decide resolution",
    "attendance": "meeting_id member_id absent_because",
    "talk": "id recorded_at held_on",
    "talk_party": "talk_id member_id",
    "review": "id recorded_at branch_id year",
    "review_step": "review_id step taken_on",
    "review_self": "review_id member_id handed_on",
    "review_rating": "review_id member_id grade",
    "personal_report": "recorded_at member_id year reported_on",
    "dues_entry": "id recorded_at voided_at void_reason member_id act",
    "dues_assessment": "member_id from_month entry_id category base amount working",
    "dues_payment": (
        "entry_id paid_on amount first_month last_month payer payer_id consent_on receipt"
    ),
    "dues_payment_line": "member_id month entry_id amount",
    "dues_exemption": "entry_id from_month to_month decided_on reason approved_by",
    "dues_lapse": "entry_id step taken_on",
}
"""For each table, the columns that get values, in the order of the values."""

Value = str | int | None


def at(day: str) -> str:
    """A moment on the given day, in the format of the column `recorded_at`."""
    return f"{day}T02:00:00+00:00"


class Rows:
    """Rows not written yet, and the record numbers used so far."""

    def __init__(self) -> None:
        self.waiting: dict[str, list[tuple[Value, ...]]] = defaultdict(list)
        self.numbers: Counter[str] = Counter()

    def next_number(self, table: str) -> int:
        """The number of a new record of a table."""
        self.numbers[table] += 1
        return self.numbers[table]

    def add(self, table: str, *values: Value) -> None:
        """Add a row to a table."""
        self.waiting[table].append(values)

    def write(self, ledger: sqlite3.Connection) -> None:
        """Write the waiting rows, parents before children, in the order of COLUMNS."""
        for table, names in COLUMNS.items():
            rows = self.waiting.pop(table, None)
            if rows:
                columns = names.split()
                marks = ", ".join("?" * len(columns))
                ledger.executemany(
                    f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows
                )
