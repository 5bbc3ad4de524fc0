"""What a command answers: one line with the record's number, or the record as JSON."""

from typing import Any

import typer

from partyctl.cli import here
from partyctl.cli.dates import today
from partyctl.cli.reading import Reading
from partyctl.errors import NoSuchRecord
from partyctl.language import say
from partyctl.ledger import lists
from partyctl.show.tables import print_json
from partyctl.terms import Noun
from partyctl.text import printable

Object = dict[str, Any]


def tell(sentence: str, *, err: bool = False) -> None:
    """A line for the person at the keyboard, whatever names and paths it holds."""
    typer.echo(printable(sentence, lines=False), err=err)


def acknowledge(noun: Noun, number: int, sentence: str, *, as_json: bool) -> None:
    """Say that a record was written."""
    if not as_json:
        typer.echo(printable(sentence, lines=False))
        return
    with here.reading(today()) as reading:
        print_json(find(reading, noun, number))


def find(reading: Reading, noun: Noun, number: int) -> Object:
    """A record by its number, voided or not. Raises NoSuchRecord."""
    ledger, on = reading.ledger, reading.on
    found: Object | None
    match noun:
        case Noun.MEMBER:
            found = lists.member(ledger, number, on)
        case Noun.MEETING:
            found = lists.meeting(ledger, number)
        case Noun.DUES:
            found = lists.dues_entry(ledger, number)
        case Noun.PLAN:
            found = next(iter(lists.plans(ledger, on, number)), None)
        case Noun.BRANCH:
            found = _numbered(lists.branches(ledger), number)
        case Noun.CELL:
            found = _numbered(lists.cells(ledger, None), number)
        case _:
            found = _numbered(lists.staff(ledger), number)
    if found is None:
        raise NoSuchRecord(
            say(f"没有 {noun.chinese} #{number}。", f"There is no {noun} #{number}."),
            f"partyctl {noun} list",
        )
    return found


def _numbered(rows: list[Object], number: int) -> Object | None:
    return next((row for row in rows if row["id"] == number), None)
