"""Erasing a person's private values, in the ledger and in its journal, at their request or by rule.

个人信息保护法 47. The name, the days of membership and the sums paid stay: the branch must keep
them. The chain of the journal verifies as before, and says how many details were erased.
"""

from typing import NamedTuple

from sqlmodel import Session

from partyctl.language import say
from partyctl.ledger.journal.commands import Event
from partyctl.ledger.reader import member_number
from partyctl.ledger.writing import driver_of, note, restate
from partyctl.records.words import clean_text


class Erased(NamedTuple):
    """Whose values, how many of them, and which entries of the journal lost their details."""

    member: int
    values: int
    entries: list[int]


DETAILS = """
SELECT seq FROM journal_detail JOIN journal_entry USING (seq)
WHERE (row_table = 'member' AND row_key = CAST(?1 AS TEXT)) OR (row_table = 'dues_assessment'
    AND record IN (SELECT 'dues#' || id FROM dues_entry WHERE member_id = ?1))
ORDER BY seq
"""
"""What the journal knows of the rows that hold, or held, a private value of somebody."""

VALUES = (
    ("member", "id_number", "id", None),
    ("member", "phone", "id", None),
    ("dues_assessment", "base", "member_id", None),
    ("dues_assessment", "working", "member_id", "—"),
)
"""Table and column, the column that says whose it is, and what is left in its place."""


def redact(session: Session, name: str, reason: str) -> Erased:
    """Erase a member's identity number, telephone and incomes, now and in the journal."""
    why = clean_text(reason, say("原因", "the reason"))
    ledger = driver_of(session)
    member = member_number(ledger, name)  # those who left, and voided ones by #number, too
    entries = [seq for (seq,) in ledger.execute(DETAILS, (member,))]
    values = sum(
        ledger.execute(
            f"UPDATE {table} SET {column} = ?1 WHERE {whose} = ?2 AND {column} IS NOT ?1",
            (left, member),
        ).rowcount
        for table, column, whose, left in VALUES
    )
    for table, whose in {table: whose for table, _, whose, _ in VALUES}.items():
        restate(session, table, f"{whose} = {member}")
    ledger.executemany("DELETE FROM journal_detail WHERE seq = ?", [(seq,) for seq in entries])
    note(session, Event("redact", f"member#{member}", {"entries": entries, "reason": why}))
    return Erased(member, values, entries)
