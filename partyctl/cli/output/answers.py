"""What a command answers: one line with the record's number, or the record as JSON."""

from collections.abc import Callable, Sequence
from datetime import date
from sqlite3 import Connection
from typing import Any

import typer

from partyctl.cli.input.dates import today
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.errors import NoSuchRecord, Refused
from partyctl.language import say
from partyctl.ledger.reading import applicants as applicant_lists
from partyctl.ledger.reading import contacts as contact_lists
from partyctl.ledger.reading import disclosures as disclosure_lists
from partyctl.ledger.reading import lists
from partyctl.ledger.reading import meetings as meeting_lists
from partyctl.ledger.reading import opinions as opinion_lists
from partyctl.ledger.reading import plans as plan_lists
from partyctl.ledger.reading import rectifications as rectify_lists
from partyctl.ledger.reading import reviews as review_lists
from partyctl.ledger.reading import talks as talk_lists
from partyctl.ledger.reading import warnings as warning_lists
from partyctl.ledger.reading.dues import remittances as remittance_lists
from partyctl.ledger.reading.dues.entries import dues_entry
from partyctl.ledger.reading.rules import changes as rule_lists
from partyctl.ledger.reading.rules import holidays as holiday_lists
from partyctl.ledger.reading.rules import waivers as waiver_lists
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
    with current.reading(today()) as reading:
        print_json(find(reading, noun, number))


def acknowledge_each(
    noun: Noun, written: Sequence[tuple[int, str]], *, as_json: bool, total: str | None = None
) -> None:
    """Say that several records were written: a line each, or an array of them.

    `total` is a line below several of them.
    """
    if as_json:
        with current.reading(today()) as reading:
            print_json([find(reading, noun, number) for number, _ in written])
        return
    for _, sentence in written:
        tell(sentence)
    if not written:
        tell(say("没有要登记的，什么都没有写入。", "Nothing to record; nothing was written."))
    elif total is not None:
        tell(total)


def find(reading: Reading, noun: Noun, number: int) -> Object:
    """A record by its number, voided or not. Raises NoSuchRecord."""
    found = FOUND_BY[noun](reading.ledger, reading.on, number)
    if found is None:
        raise no_such(noun, number)
    return found


def require_standing(noun: Noun, record: Object) -> None:
    """Refuse to write a paper about a record that is void."""
    if record["voided_at"] is not None:
        number, why = record["id"], record["void_reason"]
        raise Refused(
            say(
                f"{noun.chinese} #{number} 已作废（{why}），不出文书。",
                f"{noun} #{number} is void ({why}): no paper is written about it.",
            ),
            _list_command(noun),
        )


LISTED_BY = {Noun.PLAN_ITEM: "plan list", Noun.REMITTANCE: "dues book"}
"""The commands that list a noun and are not called by it."""


def no_such(noun: Noun, number: int) -> NoSuchRecord:
    """There is no record with that number."""
    return NoSuchRecord(
        say(f"没有 {noun.chinese} #{number}。", f"There is no {noun} #{number}."),
        _list_command(noun),
    )


def _list_command(noun: Noun) -> str:
    return f"partyctl {LISTED_BY.get(noun, f'{noun} list')}"


FOUND_BY: dict[Noun, Callable[[Connection, date, int], Object | None]] = {
    Noun.MEMBER: lambda ledger, on, number: lists.member(ledger, number, on),
    Noun.MEETING: lambda ledger, on, number: meeting_lists.meeting(ledger, number),
    Noun.DUES: lambda ledger, on, number: dues_entry(ledger, number),
    Noun.REMITTANCE: lambda ledger, on, number: remittance_lists.remittance(ledger, number),
    Noun.PLAN: plan_lists.plan,
    Noun.PLAN_ITEM: plan_lists.target,
    Noun.RECTIFY: rectify_lists.rectification,
    Noun.REVIEW: lambda ledger, on, number: review_lists.review(ledger, number),
    Noun.TALK: lambda ledger, on, number: talk_lists.talk(ledger, number),
    Noun.CONTACT: lambda ledger, on, number: contact_lists.contact(ledger, number),
    Noun.DISCLOSURE: disclosure_lists.disclosure,
    Noun.APPLICANT: applicant_lists.applicant,
    Noun.OPINION: opinion_lists.opinion,
    Noun.WARNING: warning_lists.warning,
    Noun.WAIVER: lambda ledger, on, number: waiver_lists.waiver(ledger, number),
    Noun.RULE_CHANGE: lambda ledger, on, number: rule_lists.change(ledger, number),
    Noun.HOLIDAY: lambda ledger, on, number: holiday_lists.holiday(ledger, number),
    Noun.BRANCH: lambda ledger, on, number: _numbered(lists.branches(ledger, on), number),
    Noun.CELL: lambda ledger, on, number: _numbered(lists.cells(ledger, None), number),
    Noun.STAFF: lambda ledger, on, number: _numbered(lists.staff(ledger), number),
}


def _numbered(rows: list[Object], number: int) -> Object | None:
    return next((row for row in rows if row["id"] == number), None)
