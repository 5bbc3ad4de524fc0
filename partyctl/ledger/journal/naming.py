"""What a record is called in the journal: whose it is, of what kind, of which day, which step.

Nothing here names a person under an integrity-risk case, nor who submitted an opinion.
"""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

Word = tuple[str, Any]
"""A field and its value, as the vocabularies know them."""

NAMES = {
    "organ": "SELECT name FROM organ WHERE id = ?",
    "branch": "SELECT name FROM branch WHERE id = ?",
    "cell": "SELECT name FROM cell WHERE id = ?",
    "member": "SELECT name FROM member WHERE id = ?",
    "staff": "SELECT name FROM staff WHERE id = ?",
    "meeting": "SELECT coalesce(held_on, planned_on) AS held_on, (SELECT group_concat(kind) "
    "FROM meeting_kind WHERE meeting_id = meeting.id) AS kinds FROM meeting WHERE id = ?",
    "dues": "SELECT member.name, act, coalesce(first_month, from_month, (SELECT from_month FROM "
    "dues_exemption WHERE entry_id = entry.id)) AS month, nullif(last_month, first_month) AS until, "
    "step FROM dues_entry AS entry JOIN member ON member.id = entry.member_id "
    "LEFT JOIN dues_payment AS paid ON paid.entry_id = entry.id "
    "LEFT JOIN dues_assessment AS assessed ON assessed.entry_id = entry.id "
    "LEFT JOIN dues_lapse AS lapse ON lapse.entry_id = entry.id WHERE entry.id = ?",
    "plan": "SELECT kind, year FROM plan WHERE id = ?",
    "plan-item": "SELECT target FROM plan_item WHERE id = ?",
    "rectify": "SELECT problem FROM rectification WHERE id = ?",
    "review": "SELECT year FROM review WHERE id = ?",
    "talk": "SELECT held_on, (SELECT group_concat(member.name, '、') FROM talk_party JOIN member "
    "ON member.id = member_id WHERE talk_id = talk.id) AS name FROM talk WHERE id = ?",
    "contact": "SELECT name FROM contact WHERE id = ?",
    "disclosure": "SELECT kind, title FROM disclosure WHERE id = ?",
    "opinion": "SELECT kind AS class, received_on FROM opinion WHERE id = ?",
    "warning": "SELECT level, issued_on FROM warning WHERE id = ?",
    "waive": "SELECT rule, period FROM waiver WHERE id = ?",
    "holiday": "SELECT day, name FROM holiday WHERE id = ?",
    "rule-change": "SELECT rule, from_on FROM rule_change WHERE id = ?",
    "remittance": "SELECT period, remitted_on FROM dues_remittance WHERE id = ?",
    "applicant": "SELECT name FROM applicant WHERE id = ?",
}
"""By noun: what says which record it is, without its number."""

STEPS = {
    "applicant_step": ("step", "taken_on"),
    "meeting_step": ("step", "part", "taken_on"),
    "warning_step": ("step", "taken_on"),
    "warning_talk": ("held_on",),
    "opinion_step": ("step", "taken_on"),
    "review_step": ("step", "taken_on"),
    "review_self": ("member_id", "handed_on"),
    "review_rating": ("member_id", "grade"),
    "review_outcome": ("member_id", "act", "taken_on"),
    "appointment": ("post", "from_on"),
    "leadership": ("from_on",),
    "sanction": ("from_on",),
    "personal_report": ("year", "reported_on"),
    "member_away": ("from_on",),
    "member_category": ("category", "from_month"),
    "contact_visit": ("kind", "visited_on"),
    "publication": ("form", "published_on"),
}
"""The tables whose rows are steps of a record, with what says which step."""


class Named(NamedTuple):
    """A record that a command touched: what it is called, and the steps of it that changed."""

    record: str
    name: tuple[Word, ...]
    steps: tuple[tuple[Word, ...], ...]


def named(ledger: sqlite3.Connection, run: int, records: Sequence[str]) -> list[Named]:
    """The records that a command touched, each with its name and steps, in their order."""
    steps: dict[str, dict[tuple[Word, ...], None]] = {}
    changed = ledger.execute(
        "SELECT entry.record, entry.row_table, entry.row_key, detail.detail FROM journal_entry "
        "AS entry LEFT JOIN journal_detail AS detail ON detail.seq = entry.seq "
        "WHERE entry.run = ? ORDER BY entry.seq",
        (run,),
    )
    for record, table, key, detail in changed.fetchall():
        if table in STEPS and detail is not None and (step := _step(ledger, table, key, detail)):
            steps.setdefault(record, {})[step] = None
    return [Named(each, _name(ledger, each), tuple(steps.get(each, ()))) for each in records]


def _name(ledger: sqlite3.Connection, record: str) -> tuple[Word, ...]:
    noun, _, number = record.partition("#")
    if noun not in NAMES:
        return ()
    row = ledger.execute(NAMES[noun], (number,))
    fields = [column[0] for column in row.description]
    found = row.fetchone() or ()
    return tuple(each for each in zip(fields, found, strict=False) if each[1] is not None)


def _step(ledger: sqlite3.Connection, table: str, key: str, detail: str) -> tuple[Word, ...]:
    """The step that a changed row is; what did not change is read from the row as it stands."""
    columns = STEPS[table]
    change = json.loads(detail)
    now = {}
    if key.isdecimal():
        row = ledger.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", (key,))
        now = dict(zip(columns, row.fetchone() or (), strict=False))
    was = now | change.get("old", {}) | change.get("new", {})
    return tuple(
        ("name", _member(ledger, was[column]))
        if column == "member_id"
        else (f"{table}.{column}", was[column])
        for column in columns
        if was.get(column) is not None
    )


def _member(ledger: sqlite3.Connection, number: int) -> str:
    return str(ledger.execute("SELECT name FROM member WHERE id = ?", (number,)).fetchone()[0])
