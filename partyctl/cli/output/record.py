"""The `show` and `void` commands, written once for many nouns (kinds of record, such as `talk`).

The dict NOUNS says which fields of a noun can be revealed. A help page lists the commands in the
order in which they are added. Therefore each noun's module itself calls `add_show` and `add_void`,
at the right place in this order.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from partyctl.bilingual import many
from partyctl.cli.input.options import (
    AS_OF,
    NAME,
    NUMBER,
    AsJson,
    Reason,
    read_number,
    unused_day,
)
from partyctl.cli.output.answers import acknowledge
from partyctl.cli.output.showing import (
    History,
    More,
    RevealReason,
    as_it_is,
    fields_to_reveal,
    show_record,
)
from partyctl.cli.session import current
from partyctl.language import say
from partyctl.ledger.reading.nouns import NOUNS, called
from partyctl.terms import Noun

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.base import Record

Answer = Callable[..., None]
"""A function that confirms that a record was written, such as `acknowledge`."""


def by_number() -> Any:  # noqa: ANN401 - what typer.Argument returns has no public name
    """Declare an argument that takes a record's number only."""
    return typer.Argument(
        parser=lambda text: f"#{read_number(text)}", metavar=NUMBER, help=say("编号", "number")
    )


def by_name(
    chinese: str = "姓名，或 #编号", english: str = "a name, or #ID", *, metavar: str = NAME
) -> Any:  # noqa: ANN401 - as above
    """Declare an argument that takes a record's name or number."""
    return typer.Argument(metavar=metavar, help=say(chinese, english))


def add_void(
    app: typer.Typer,
    noun: Noun,
    chinese: str,
    english: str,
    *,
    named: Any = None,  # noqa: ANN401 - as above
    command: str = "void",
    answer: Answer = acknowledge,
) -> None:
    """Add the `void` command to a noun; `named` declares the command's argument."""
    argument = named or by_number()

    @app.command(command, help=say(chinese, english))
    def void(record: Annotated[str, argument], reason: Reason, as_json: AsJson = False) -> None:
        void_record(noun, record, reason, as_json=as_json, answer=answer)


def void_record(
    noun: Noun, text: str, reason: str, *, as_json: bool, answer: Answer = acknowledge
) -> None:
    """Void the record that the user named, and print a confirmation.

    Raises NoSuchRecord, Refused.
    """
    with current.writing() as session:
        from partyctl.ledger.reading import lookup
        from partyctl.records.common import finding
        from partyctl.records.undo import voiding

        number = finding.number(session, noun, text)
        voided = voiding.void(session, noun, number, reason)
    one = called(noun)
    name = f" {voided.name}" if noun in lookup.KINDS else ""
    with_it = "".join(
        say(f"，连同 {count} 项{called(other)}", f", with {many(count, called(other))}")
        for other, count in voided.with_it.items()
    )
    line = say(
        f"已作废{one} #{number}{name}{with_it}",
        f"{one[:1].upper()}{one[1:]} #{number} voided{with_it}",
    )
    answer(noun, number, line, as_json=as_json)


def void_line(
    noun: Noun, find: Callable[["Session"], "Record"], told: str, reason: str, *, as_json: bool
) -> None:
    """Void one line of a record, such as a visit to a contact point, and print a confirmation.

    `told`: a description of the line, in which {} is replaced by the record's number. Raises
    NoSuchRecord, Refused.
    """
    with current.writing() as session:
        from partyctl.records.undo import voiding

        number = voiding.void_line(session, find(session), reason)
    one = told.format(number)
    line = say(f"已作废{one}", f"{one[:1].upper()}{one[1:]} voided")
    acknowledge(noun, number, line, as_json=as_json)


OF_NO_DAY = (Noun.DUES, Noun.WAIVER)
"""The nouns whose records are the same on every day. A record of another noun can grow: a talk's
follow-up is done later, and a review has one step after the other."""


def add_show(
    app: typer.Typer,
    noun: Noun,
    chinese: str,
    english: str,
    *,
    named: Any = None,  # noqa: ANN401 - as above
    more: More = as_it_is,
) -> None:
    """Add the `show` command to a noun, with --reveal if some of its fields are masked."""
    argument = named or by_number()
    if NOUNS[noun].revealed:
        _add_revealing(app, noun, say(chinese, english), argument, more)
        return
    day = _day_of(noun)

    @app.command(help=say(chinese, english))
    def show(
        record: Annotated[str, argument],
        history: History = False,
        as_of: Annotated[date | None, day] = None,
        as_json: AsJson = False,
    ) -> None:
        show_record(noun, record, as_of, as_json=as_json, history=history, more=more)


def _day_of(noun: Noun) -> Any:  # noqa: ANN401 - as above
    """Declare the --as-of option of a noun's `show` command."""
    if noun in OF_NO_DAY:
        return unused_day("这种记录不随日期变化", "the record is the same on every day")
    return AS_OF


def _add_revealing(
    app: typer.Typer,
    noun: Noun,
    told: str,
    argument: Any,  # noqa: ANN401 - as above
    more: More,
) -> None:
    masked, day = fields_to_reveal(noun), _day_of(noun)

    @app.command(help=told)
    def show(
        record: Annotated[str, argument],
        history: History = False,
        reveal: Annotated[list[str] | None, masked] = None,
        reason: RevealReason = None,
        as_of: Annotated[date | None, day] = None,
        as_json: AsJson = False,
    ) -> None:
        show_record(
            noun,
            record,
            as_of,
            as_json=as_json,
            history=history,
            reveal=reveal or (),
            reason=reason,
            more=more,
        )
