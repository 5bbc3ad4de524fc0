"""Reveal masked values, and record the reason in the journal."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import Session

from partyctl.errors import BadUsage
from partyctl.language import comma_list, say
from partyctl.ledger.journal.acts import Act
from partyctl.ledger.journal.commands import Event
from partyctl.ledger.journal.owners import OWNERS
from partyctl.ledger.reading.nouns import NOUNS
from partyctl.ledger.writing.session import driver_of, note
from partyctl.records.common.words import clean_text
from partyctl.terms import Noun


def reveal(
    session: Session, noun: Noun, number: int, fields: Sequence[str], reason: str
) -> dict[str, Any]:
    """The values of the given masked fields of a record, keyed by column.

    Raises BadUsage for a field that is not masked.
    """
    allow(session, noun, [number], fields, reason)
    ledger = driver_of(session)
    values: dict[str, Any] = {}
    for name in fields:
        for field in NOUNS[noun].revealed[name]:
            found = ledger.execute(
                f"SELECT {field.column} FROM {field.table} WHERE {OWNERS[field.table].column} = ?",
                (number,),
            ).fetchone()
            values[field.column] = found[0] if found else None
    return values


def allow(
    session: Session, noun: Noun, numbers: Iterable[int], fields: Sequence[str], reason: str
) -> None:
    """Check that the fields are masked, and record in the journal which fields are revealed and why.

    Raises BadUsage.
    """
    known = NOUNS[noun].revealed
    if unknown := [field for field in fields if field not in known]:
        listed = comma_list(known)
        raise BadUsage(
            say(
                f"没有“{unknown[0]}”这个隐藏项；有：{listed}。",
                f"There is no masked field “{unknown[0]}”; the masked fields are: {listed}.",
            ),
            f"--reveal {next(iter(known))} --reason …",
        )
    why = clean_text(reason, say("原因", "the reason"))
    for number in numbers:
        note(
            session, Event(Act.REVEAL, f"{noun}#{number}", {"fields": list(fields), "reason": why})
        )
