"""Showing one record: as it is, with its story, with a masked field revealed for a reason."""

from datetime import date
from typing import Annotated, Any

import typer

from partyctl.cli.input.dates import today
from partyctl.cli.output.answers import find
from partyctl.cli.output.histories import print_story
from partyctl.cli.session import current
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.ledger.journal.history import story
from partyctl.show.records import print_record
from partyctl.show.tables import print_json
from partyctl.terms import Noun

History = Annotated[
    bool, typer.Option("--history", help=say("连同改动经过", "with all its changes"))
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


def show_record(
    noun: Noun,
    number: int,
    as_of: date | None,
    *,
    as_json: bool,
    history: bool = False,
    reveal: list[str] | None = None,
    reason: str | None = None,
    extra: dict[str, Any] | None = None,
) -> None:
    """Print a record, as JSON with what is `extra`.

    Raises NoSuchRecord, and MissingFact for a reveal without a reason.
    """
    with current.reading(as_of or today()) as reading:
        record = find(reading, noun, number)
        changes = story(reading.ledger, f"{noun}#{number}") if history else []
    if reveal:
        record |= _revealed(noun, number, reveal, reason)
    elif reason is not None:
        raise BadUsage(
            say("--reason 只和 --reveal 一起用。", "--reason goes with --reveal."), "--reveal …"
        )
    if as_json:
        print_json(record | (extra or {}) | ({"history": changes} if history else {}))
        return
    print_record(record, as_json=False, noun=noun)
    if history:
        print_story(changes)


def _revealed(noun: Noun, number: int, fields: list[str], reason: str | None) -> dict[str, Any]:
    if reason is None:
        raise MissingFact(Question("--reason", say("查看隐藏项的原因", "why it is revealed")))
    with current.writing() as session:
        from partyctl.records.undo import revealing

        return revealing.reveal(session, noun, number, fields, reason)
