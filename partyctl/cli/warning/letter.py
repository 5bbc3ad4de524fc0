"""`partyctl warning letter`: write a letter, a notice or the form of a case as a Word document."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer

from partyctl.cli.output.answers import find, require_standing
from partyctl.cli.output.documents import Wanted, Written, at_hand, read_fields, write_document
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.cli.warning.showing import clocks_of
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.law.engine.deadlines import Within
from partyctl.law.engine.rule import Rule
from partyctl.ledger.reading import warnings as warning_lists
from partyctl.papers.forms.letters import REPLY, case_values, term_in_words
from partyctl.show.papers import printed_foot
from partyctl.terms import Noun, Paper, WarningLevel, read_term, stored_term

Object = dict[str, Any]

SHOWN = {
    Paper.TALK_NOTICE: (warning_lists.NAME,),
    Paper.REGISTER: warning_lists.PROTECTED,
}
"""For some kinds of document, the fields to print unmasked. All other documents print the name and
the facts unmasked."""


def read_paper(text: str) -> Paper:
    """Parse a kind of document."""
    return read_term(Paper, text, of=say("文书", "document"))


KIND = "|".join(Paper)
Kind = Annotated[
    Paper | None,
    typer.Option(
        "--kind",
        parser=read_paper,
        metavar=KIND,
        help=say(
            "哪种文书（默认案件的通知书）", "which document (default: the letter of the case)"
        ),
    ),
]


def write_letter(
    number: int,
    kind: Paper | None,
    wanted: Wanted,
    on: date,
) -> Written:
    """Write a document about a case. The journal records which fields are shown unmasked."""
    read_fields(wanted.fill)  # refuse a wrong --fill before the journal is written
    with current.reading(on) as reading:
        case = find(reading, Noun.WARNING, number)
        require_standing(Noun.WARNING, case)
        level = stored_term(WarningLevel, case["level"])
    paper = kind or stored_term(Paper, level.value)
    if paper.value in set(WarningLevel) and paper.value != level.value:
        raise BadUsage(
            say(
                f"案件 #{number} 是{level.chinese}，不发{paper.chinese}。",
                f"Case #{number} is an {level}: it has no {paper}.",
            ),
            f"partyctl warning letter {number}",
        )
    target = wanted.target(f"{paper.label}-{number}.docx")
    chosen = at_hand(f"{paper}.docx", wanted.template)
    shown = SHOWN.get(paper, (warning_lists.NAME, warning_lists.FACTS))
    with current.reading(on) as reading:
        values = values_of(reading, number, frozenset(shown))

    def note() -> None:
        with current.writing() as session:
            from partyctl.records.undo import revealing

            revealing.allow(session, Noun.WARNING, [number], list(shown), paper.chinese)

    return write_document(chosen, values, target, wanted, note)


def values_of(reading: Reading, number: int, shown: frozenset[str]) -> Object:
    """Return the fields of a case for a document, such as the time allowed for a reply."""
    case = warning_lists.warning(reading.ledger, reading.on, number, shown)
    assert case is not None
    rule = REPLY[stored_term(WarningLevel, case["level"])]
    clock = next((owed for owed in clocks_of(reading, number) if owed.rule.id == rule.id), None)
    duty = clock.rule.duty if clock else _as_issued(rule, case, reading).duty
    assert isinstance(duty, Within)
    return {"页脚": printed_foot(reading.ledger)} | case_values(
        case,
        organ=reading.organ.name,
        term=term_in_words(duty),
        due=clock.due if clock else None,
        standing=warning_lists.party_standing(reading.ledger, number),
    )


def _as_issued(rule: Rule, case: Mapping[str, Any], reading: Reading) -> Rule:
    """Return the rule with the numbers that it had on the day of the letter.

    This function is used if no obligation under the rule was computed for the case.
    """
    if reading.rulebook is None:
        return rule
    return reading.rulebook.as_set(rule, date.fromisoformat(case["issued_on"]))
