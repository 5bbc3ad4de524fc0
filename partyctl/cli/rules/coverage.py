"""`partyctl rules coverage` (what covers each clause) and `compare` (with the national rules)."""

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from partyctl.cli.input.dates import today
from partyctl.cli.input.options import AsJson, AsOf, unused_day
from partyctl.cli.input.useless import refuse_beside
from partyctl.cli.output.answers import tell
from partyctl.cli.output.to_file import to_file
from partyctl.cli.rules.exchange import rulebook_on
from partyctl.language import say, worded
from partyctl.law.questions.comparison import Compared, compared

if TYPE_CHECKING:
    from partyctl.law.questions.coverage import Covered
from partyctl.contract import rules as shapes
from partyctl.show.tables import Line, is_kept, print_json, print_table, speak_utf_8


@to_file("条款对照", "Coverage of the clauses")
def coverage(
    markdown: Annotated[
        bool, typer.Option("--markdown", help=say("写成 Markdown", "write a Markdown page"))
    ] = False,
    as_of: Annotated[
        date | None,
        unused_day("对照不随日期变化", "the coverage is the same on every day"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show for every clause which rule or record covers it, or why the clause cannot be computed."""
    from partyctl.law.questions import coverage as law
    from partyctl.show.coverage import page, print_coverage, told

    for option in filter(None, ("--json" if as_json else "", "-o" if is_kept() else "")):
        refuse_beside(option, markdown=markdown)
    found = law.coverage()
    if as_json:
        print_json([_covered(each) for each in found])
    elif markdown:
        speak_utf_8()
        sys.stdout.write(page(found))
    else:
        print_coverage(found)
        tell(told(found))


def _covered(each: "Covered") -> shapes.Covered:
    return {
        "clause": each.clause,
        "kind": each.kind,
        "rules": list(each.rules),
        "commands": list(each.commands),
        "words": worded(each.words),
    }


@to_file("本局与全国规定对照", "Bureau and national rules")
def compare(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Show the bureau's rules and the national rules side by side."""
    on = as_of or today()
    found = compared(rulebook_on(on), on)
    if as_json:
        print_json([_plainly(each) for each in found])
        return
    headings = (
        say("事项", "topic"),
        say("本局", "bureau"),
        say("全国规定", "national"),
        say("依据", "text"),
        say("比较", "verdict"),
    )
    print_table(headings, [_line(each) for each in found])


def _line(each: Compared) -> Line:
    topic = each.topic
    name, asks = worded(topic.name), worded(topic.asks)
    return Line(
        (
            name,
            worded(each.bureau) if each.bureau else "—",
            asks,
            str(topic.text),
            each.verdict.label,
        )
    )


def _plainly(each: Compared) -> shapes.Compared:
    topic = each.topic
    return {
        "topic": worded(topic.name),
        "bureau": {
            "rule": each.rule.id,
            "article": each.rule.article,
            "asks": each.bureau and worded(each.bureau),
        }
        if each.rule
        else None,
        "national": {"rule": each.national, "text": str(topic.text), "asks": worded(topic.asks)},
        "verdict": each.verdict,
    }
