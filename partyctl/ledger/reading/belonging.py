"""Which branches a record belongs to. With --branch, records of other branches are refused."""

import sqlite3

from partyctl.errors import NoSuchRecord
from partyctl.language import say
from partyctl.ledger.reading.bodies import Branch
from partyctl.ledger.reading.nouns import NOUNS, called
from partyctl.terms import Noun, stored_term

OWN = "SELECT branch_id FROM {table} WHERE id = :number"
PARTIES = """SELECT member.branch_id FROM talk_party AS party
    JOIN member ON member.id = party.member_id WHERE party.talk_id = :number"""
PAYER = """SELECT member.branch_id FROM dues_entry AS entry
    JOIN member ON member.id = entry.member_id WHERE entry.id = :number"""
ITSELF = "SELECT :number"
OF = {
    Noun.BRANCH: ITSELF,
    **dict.fromkeys(
        (
            Noun.CELL,
            Noun.MEMBER,
            Noun.APPLICANT,
            Noun.MEETING,
            Noun.REVIEW,
            Noun.PLAN,
            Noun.REMITTANCE,
        ),
        OWN,
    ),
    Noun.TALK: PARTIES,
    Noun.DUES: PAYER,
}
"""The SQL that finds a record's branches, keyed by noun. For waivers, see `branches_of`; records of
all other nouns belong to no branch."""


def branches_of(ledger: sqlite3.Connection, noun: Noun, number: int) -> list[Branch]:
    """The branches to which a record belongs; empty for a record that belongs to no branch.

    A talk between people of two branches belongs to both branches. A waiver belongs to the branch of its
    subject.
    """
    if noun is Noun.WAIVER:
        found = ledger.execute(
            "SELECT subject_kind, subject_id FROM waiver WHERE id = ?", (number,)
        )
        return [
            each for kind, of in found for each in branches_of(ledger, stored_term(Noun, kind), of)
        ]
    if noun not in OF:
        return []
    query = OF[noun].format(table=NOUNS[noun].table)
    rows = ledger.execute(
        f"SELECT id, name FROM branch WHERE id IN ({query}) ORDER BY id", {"number": number}
    )
    return [Branch(*row) for row in rows]


def require_own(ledger: sqlite3.Connection, noun: Noun, number: int, branch: int | None) -> None:
    """Refuse a record that belongs only to other branches. Raises NoSuchRecord."""
    found = branches_of(ledger, noun, number) if branch is not None else []
    if not found or branch in {each.id for each in found}:
        return
    kind = NOUNS[noun]
    name = ""
    if kind.named == "name":
        (name,) = ledger.execute(
            f"SELECT name FROM {kind.table} WHERE id = ?", (number,)
        ).fetchone()
    what = " ".join(filter(None, (called(noun), f"#{number}", name)))
    of = "、".join(each.name for each in found)
    raise NoSuchRecord(
        say(f"{what} 是{of}的。", f"{what} belongs to {of}."), f"partyctl --branch {found[0].id} …"
    )
