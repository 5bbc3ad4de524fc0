"""The quarterly briefing on openness (党务公开): on the screen, as JSON, or as a Word document."""

from typing import Any

import typer

from partyctl.calendar import Period
from partyctl.cli.output.answers import tell
from partyctl.cli.output.documents import Wanted, at_hand, say_written, write_document
from partyctl.cli.session.reading import Reading
from partyctl.language import say
from partyctl.ledger.reading.briefings import recorded
from partyctl.papers.forms.briefings import briefing_values, quarter_in_words, sections
from partyctl.papers.forms.drafts import file_name
from partyctl.show.papers import printed_foot
from partyctl.show.tables import print_json
from partyctl.terms import PaperKind
from partyctl.text import printable


def print_briefing(reading: Reading, quarter: Period, *, as_json: bool) -> None:
    """Print the briefing of a quarter."""
    found = recorded(reading.ledger, reading.on, quarter)
    if as_json:
        print_json(found)
        return
    tell(f"{quarter_in_words(quarter)} · {reading.organ.name}")
    parts = sections(found)
    if not parts:
        typer.echo(say("没有登记。", "Nothing is on record."))
    for part in parts:
        typer.echo(f"\n{part['标题']}")
        for text in part["内容"]:
            typer.echo(f"  {printable(text, lines=False)}")


def briefing_fields(reading: Reading, quarter: Period) -> dict[str, Any]:
    """Return the values for the Word document of a briefing."""
    found = recorded(reading.ledger, reading.on, quarter)
    values = briefing_values(found, reading.organ.name, reading.on)
    return values | {"页脚": printed_foot(reading.ledger)}


def write_briefing(reading: Reading, quarter: Period, wanted: Wanted, *, as_json: bool) -> None:
    """Write the briefing as a Word document."""
    path = wanted.target(f"{file_name(PaperKind.BRIEFING.chinese, quarter)}.docx")
    chosen = at_hand("briefing.docx", wanted.template)
    written = write_document(chosen, briefing_fields(reading, quarter), path, wanted)
    say_written([written], as_json=as_json)
