"""Answers of commands that change records: a line with the record's number, or JSON."""

from collections.abc import Mapping, Sequence
from datetime import date

import typer

from partyctl.cli.input.dates import today
from partyctl.cli.session import current
from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.reading.nouns import history_command, no_such
from partyctl.light import TYPE_CHECKING, Any
from partyctl.show.tables import print_json
from partyctl.terms import Noun, reason_of_void
from partyctl.text import printable

if TYPE_CHECKING:
    from partyctl.cli.session.reading import Reading

Object = Mapping[str, Any]


def tell(sentence: str, *, err: bool = False) -> None:
    """Print a line, and escape control characters in names and paths."""
    typer.echo(printable(sentence, lines=False), err=err)


def tell_unused_day(as_of: date | None, why: str) -> None:
    """If the user gave --as-of, say that the option has no effect, and why."""
    if as_of is not None:
        tell(say(f"--as-of 不起作用：{why}。", f"--as-of has no effect: {why}."), err=True)


def acknowledge(noun: Noun, number: int, sentence: str, *, as_json: bool) -> None:
    """Confirm that a record was written."""
    if not as_json:
        typer.echo(printable(sentence, lines=False))
        return
    with current.reading(today()) as reading:
        print_json(find(reading, noun, number))


def acknowledge_correction(noun: Noun, number: int, sentence: str, *, as_json: bool) -> None:
    """Confirm that a record was corrected; without --json, also print each changed field."""
    acknowledge(noun, number, sentence, as_json=as_json)
    tell_corrections(as_json=as_json)


def tell_corrections(*, as_json: bool) -> None:
    """Print each field that the command changed.

    With --json, print nothing, because the command prints the whole record as JSON.
    """
    if not as_json:
        from partyctl.cli.output.changes import print_corrections

        print_corrections()


def acknowledge_each(
    noun: Noun, written: Sequence[tuple[int, str]], *, as_json: bool, total: str | None = None
) -> None:
    """Confirm that several records were written; print one line for each, or one JSON array.

    `total` is a line printed below the records.
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


def find(reading: "Reading", noun: Noun, number: int) -> Object:
    """Return a record by its number, even if it is voided. Raises NoSuchRecord."""
    from partyctl.ledger.reading.records import READERS  # slow: imports the readers of all nouns

    read = READERS.get(noun)
    found = read(reading.ledger, reading.on, number) if read else None
    if found is None:
        raise no_such(noun, number)
    return found


def require_standing(noun: Noun, record: Object) -> None:
    """Raise Refused if the record is voided: no papers are written about voided records."""
    if record["voided_at"] is not None:
        number, why = record["id"], reason_of_void(record["void_reason"])
        raise Refused(
            say(
                f"{noun.chinese} #{number} 已作废（{why}），不出文书。",
                f"{noun} #{number} is void ({why}): no paper can be written about it.",
            ),
            history_command(noun, number),
        )
