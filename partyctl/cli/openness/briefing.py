"""The quarterly briefing on openness: on the screen, as JSON, or as a Word document."""

import typer

from partyctl.calendar import Period
from partyctl.cli.output.documents import Wanted, at_hand, write_document
from partyctl.cli.session.reading import Reading
from partyctl.language import say
from partyctl.ledger.reading.briefings import recorded
from partyctl.papers.forms.briefings import briefing_values, quarter_in_chinese, sections
from partyctl.show.tables import print_json
from partyctl.text import printable


def print_briefing(reading: Reading, quarter: Period, *, as_json: bool) -> None:
    """Print what a briefing of the quarter would say, from what is on record."""
    found = recorded(reading.ledger, reading.on, quarter)
    if as_json:
        print_json(found)
        return
    typer.echo(f"{quarter_in_chinese(quarter)} · {reading.organ.name}")
    parts = sections(found)
    if not parts:
        typer.echo(say("没有登记。", "Nothing is on record."))
    for part in parts:
        typer.echo(f"\n{part['标题']}")
        for text in part["内容"]:
            typer.echo(f"  {printable(text, lines=False)}")


def write_briefing(reading: Reading, quarter: Period, wanted: Wanted, *, as_json: bool) -> None:
    """Write the briefing as a Word document."""
    path = wanted.target(f"党务公开情况通报-{quarter}.docx")
    chosen = at_hand("briefing.docx", wanted.template)
    found = recorded(reading.ledger, reading.on, quarter)
    values = briefing_values(found, reading.organ.name, reading.on)
    write_document(chosen, values, path, wanted, as_json=as_json)
