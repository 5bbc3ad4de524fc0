"""Show one record: current, with its history, or with a masked field revealed for a reason."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple

import typer

from partyctl.cli.input.dates import today
from partyctl.cli.output.answers import find
from partyctl.cli.output.histories import clock, print_story
from partyctl.cli.session import current
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.cli.session.reading import Reading
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.ledger.journal.history import story
from partyctl.show.records import print_record
from partyctl.show.tables import print_json
from partyctl.terms import Noun

Object = Mapping[str, Any]

History = Annotated[
    bool, typer.Option("--history", help=say("连同改动经过", "with the history of its changes"))
]
Reveal = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FIELD",
        help=say("显示一个隐藏项（记入日志）", "show a masked field; the journal keeps it"),
    ),
]
RevealReason = Annotated[
    str | None, typer.Option("--reason", help=say("查看隐藏项的原因", "why it is revealed"))
]


def nothing() -> None:
    """Print nothing."""


class Shown(NamedTuple):
    """A record to show: its fields, JSON-only fields, and text below it."""

    record: Object
    only_json: Object = MappingProxyType({})
    below: Callable[[], None] = nothing


More = Callable[[Reading, Object], Shown]
"""A function of a noun that completes a record after reading."""


def as_it_is(_reading: Reading, record: Object) -> Shown:
    """The record without additions."""
    return Shown(record)


def show_record(
    noun: Noun,
    text: str,
    as_of: date | None,
    *,
    as_json: bool,
    history: bool = False,
    reveal: Sequence[str] = (),
    reason: str | None = None,
    more: More = as_it_is,
) -> None:
    """Print the named record, as JSON or as text.

    Raises NoSuchRecord, and MissingFact for a reveal without a reason.
    """
    with current.reading(as_of or today()) as reading:
        number = current.number_meant(reading, noun, text)
        shown = more(reading, find(reading, noun, number))
        changes = story(reading.ledger, f"{noun}#{number}") if history else []
    why = reason_to_reveal(reveal, reason)
    record = dict(shown.record)
    if why is not None:
        record |= _revealed(noun, number, reveal, why)
    if as_json:
        print_json(record | dict(shown.only_json) | ({"history": changes} if history else {}))
        return
    print_record(_on_the_wall(record), as_json=False, noun=noun)
    shown.below()
    if history:
        print_story(changes)


def reason_to_reveal(fields: Sequence[str], reason: str | None) -> str | None:
    """The reason for revealing masked fields; None if there are none. Raises MissingFact, BadUsage."""
    if fields and reason is None:
        raise MissingFact(Question("--reason", say("查看隐藏项的原因", "why it is revealed")))
    if not fields and reason is not None:
        raise BadUsage(
            say("--reason 只和 --reveal 一起用。", "--reason goes with --reveal."), "--reveal …"
        )
    return reason


def _revealed(noun: Noun, number: int, fields: Sequence[str], reason: str) -> dict[str, Any]:
    with current.writing() as session:
        from partyctl.records.undo import revealing

        return revealing.reveal(session, noun, number, fields, reason)


MOMENTS = ("recorded_at", "voided_at")


def _on_the_wall(record: dict[str, Any]) -> dict[str, Any]:
    """A record with its times in local time, as in the journal."""
    return record | {field: clock(record[field]) for field in MOMENTS if record.get(field)}
