"""Show one record; users may also ask for its history, or reveal masked fields if they give a reason."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from partyctl.cli.input.dates import today
from partyctl.cli.output.answers import find
from partyctl.cli.session import current
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.ledger.reading.nouns import NOUNS
from partyctl.light import NamedTuple
from partyctl.show.tables import print_json
from partyctl.terms import Noun

if TYPE_CHECKING:
    from partyctl.cli.session.reading import Reading

Object = Mapping[str, Any]

History = Annotated[
    bool,
    typer.Option("--history", help=say("连同改动经过", "also show the history of its changes")),
]


def fields_to_reveal(noun: Noun) -> Any:  # noqa: ANN401 - what typer.Option returns has no public name
    """Declare the option that reveals masked fields of a noun's records."""
    return typer.Option(
        "--reveal",
        metavar="|".join(NOUNS[noun].revealed),
        help=say(
            "显示隐藏项（记入日志）", "show a masked field; the journal records that it was shown"
        ),
    )


RevealReason = Annotated[
    str | None,
    typer.Option("--reason", help=say("查看隐藏项的原因", "why the field is shown")),
]


def nothing() -> None:
    """Print nothing."""


class Shown(NamedTuple):
    """A record to show: its fields, further fields for JSON, and a text below it."""

    record: Object
    only_json: Object = MappingProxyType({})
    below: Callable[[], None] = nothing
    drawn: Callable[[], None] | None = None
    """A function that prints the record in a special layout, or None to print the record field by
    field."""


More = Callable[["Reading", Object], Shown]
"""A function that adds data to a record before the record is shown. `as_it_is` adds nothing."""


def as_it_is(_reading: "Reading", record: Object) -> Shown:
    """Return the record without additions."""
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
    """Print the record that the user named, as JSON or as text.

    Raises NoSuchRecord. Raises MissingFact if a field is revealed without a reason, and BadUsage if a
    reason is given but no field is revealed.
    """
    # Imported only here, because commands that change a record import this module but do not show
    # the record.
    from partyctl.cli.output.changes import print_story
    from partyctl.ledger.journal.history import story
    from partyctl.ledger.journal.naming import names_of
    from partyctl.ledger.reading.records import OPENED
    from partyctl.show.records import print_record

    on = as_of or today()
    with current.reading(on) as reading:
        number = current.number_meant(reading, noun, text)
        shown = more(reading, find(reading, noun, number))
        changes = story(reading.ledger, f"{noun}#{number}") if history else []
        names = names_of(reading.ledger) if history else {}
    why = reason_to_reveal(reveal, reason)
    if why is not None:
        shown = _revealed(noun, number, reveal, why, shown)
    opened = OPENED.get(noun)
    if why is not None and opened is not None:
        with current.reading(on) as reading:
            shown = more(reading, opened(reading.ledger, on, number, frozenset(reveal)))
    if as_json:
        added = {"history": changes} if history else {}
        print_json({**shown.record, **shown.only_json, **added})
        return
    if shown.drawn is not None:
        shown.drawn()
    else:
        print_record(_on_the_wall(dict(shown.record)), as_json=False, noun=noun)
    shown.below()
    if history:
        print_story(changes, names)


def reason_to_reveal(fields: Sequence[str], reason: str | None) -> str | None:
    """Return the reason for revealing masked fields. Return None if no field is revealed.

    Raises MissingFact, BadUsage.
    """
    if fields and reason is None:
        raise MissingFact(Question("--reason", say("查看隐藏项的原因", "why the field is shown")))
    if not fields and reason is not None:
        raise BadUsage(
            say("--reason 只和 --reveal 一起用。", "--reason needs --reveal."), "--reveal …"
        )
    return reason


def _revealed(noun: Noun, number: int, fields: Sequence[str], reason: str, shown: Shown) -> Shown:
    """Record the reason in the journal, and return the record with the fields revealed.

    If `OPENED` has a function for the noun, return the record unchanged, because the caller reads
    the revealed fields with this function.
    """
    with current.writing() as session:
        from partyctl.ledger.reading.records import OPENED
        from partyctl.records.undo import revealing

        if noun in OPENED:
            revealing.allow(session, noun, [number], fields, reason)
            return shown
        values = revealing.reveal(session, noun, number, fields, reason)
    return shown._replace(record={**shown.record, **values})


MOMENTS = ("recorded_at", "voided_at")


def _on_the_wall(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record with its times in the bureau's time zone, as in the printed journal."""
    from partyctl.cli.output.histories import clock

    return record | {field: clock(record[field]) for field in MOMENTS if record.get(field)}
