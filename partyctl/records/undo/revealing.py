"""Showing a masked value to whoever has a reason, which the journal keeps."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session

from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.ledger.journal.commands import Event
from partyctl.ledger.reading.privacy import REVEALED
from partyctl.ledger.writing.session import driver_of, note
from partyctl.records.common.words import clean_text
from partyctl.terms import Noun

OWNED_BY = {"member": "id", "dues_assessment": "entry_id", "opinion": "id"}
"""The column that holds the record's number, in each table of which single values are shown."""


def reveal(
    session: Session, noun: Noun, number: int, fields: list[str], reason: str
) -> dict[str, Any]:
    """The values of masked fields of a record, by column. Raises BadUsage for other fields."""
    allow(session, noun, [number], fields, reason)
    ledger = driver_of(session)
    values: dict[str, Any] = {}
    for name in fields:
        for field in REVEALED[noun][name]:
            found = ledger.execute(
                f"SELECT {field.column} FROM {field.table} WHERE {OWNED_BY[field.table]} = ?",
                (number,),
            ).fetchone()
            values[field.column] = found[0] if found else None
    return values


def allow(
    session: Session, noun: Noun, numbers: Iterable[int], fields: list[str], reason: str
) -> None:
    """Have the journal keep that masked fields of records were shown, and why. Raises BadUsage."""
    known = REVEALED[noun]
    if unknown := [field for field in fields if field not in known]:
        listed = "、".join(known)
        raise BadUsage(
            say(
                f"没有“{unknown[0]}”这个隐藏项；有：{listed}。",
                f"No masked field “{unknown[0]}”; there are: {listed}.",
            ),
            f"--reveal {next(iter(known))} --reason …",
        )
    why = clean_text(reason, say("原因", "the reason"))
    for number in numbers:
        note(session, Event("reveal", f"{noun}#{number}", {"fields": fields, "reason": why}))
