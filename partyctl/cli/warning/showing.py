"""Show integrity-risk cases.

Names and other personal fields of a case are masked. To reveal masked fields, the user must give a
reason, and the journal records the reason.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from partyctl.bilingual import Told
from partyctl.cli.input.dates import today
from partyctl.cli.output.showing import Shown, reason_to_reveal
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.contract.openness import WarningCase
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.law.chapters.warnings import RULES
from partyctl.law.engine.obligations import obligations
from partyctl.law.engine.rule import Obligation
from partyctl.ledger.reading import warnings as warning_lists
from partyctl.show.cases import case_as_json, print_case
from partyctl.show.listing import ID, Column, field_column, print_list
from partyctl.terms import Noun

COLUMNS = (
    ID,
    Column(Told("方式", "letter"), "level"),
    Column(Told("内容", "category"), lambda row: str(row["category"])),
    Column(Told("对象", "person"), "name"),
    field_column("issued_on"),
    Column(Told("送达", "delivered"), "delivered_on"),
    Column(Told("回复", "replied"), "replied_on"),
    Column(Told("结案", "closed"), "closed_on"),
    Column(Told("归档", "archived"), "archived_on"),
    field_column("volume"),
)


def with_deadlines(reading: Reading, case: Mapping[str, Any]) -> Shown:
    """Return a case as a timeline with its deadlines."""
    known = cast("WarningCase", case)
    clocks = clocks_of(reading, known["id"])
    return Shown(
        case_as_json(known, clocks, reading.on),
        drawn=lambda: print_case(known, clocks, reading.on),
    )


def show_cases(as_of: date | None, *, as_json: bool, reveal: list[str], reason: str | None) -> None:
    """Print the cases, one per line. Raises MissingFact if names are revealed without a reason."""
    if set(reveal) - {warning_lists.NAME}:
        raise BadUsage(
            say(
                "列表只能显示姓名。",
                "In a list, only names can be revealed, no other masked fields.",
            ),
            "--reveal name --reason …",
        )
    with current.reading(as_of or today()) as reading:
        rows = warning_lists.warnings(reading.ledger, reading.on)
    if _is_allowed([row["id"] for row in rows], reveal, reason):
        with current.reading(as_of or today()) as reading:
            rows = warning_lists.warnings(reading.ledger, reading.on, frozenset(reveal))
    print_list(rows, COLUMNS, as_json=as_json)


def clocks_of(reading: Reading, number: int) -> list[Obligation]:
    """Return the obligations that follow from a case."""
    known = reading.known(reading.group)
    return [owed for owed in obligations(RULES, known, reading.rulebook) if owed.case == number]


def _is_allowed(numbers: Iterable[int], fields: list[str], reason: str | None) -> bool:
    """Whether masked fields may be shown; if so, the reason is recorded in the journal first."""
    why = reason_to_reveal(fields, reason)
    if why is None:
        return False
    with current.writing() as session:
        from partyctl.records.undo import revealing

        revealing.allow(session, Noun.WARNING, numbers, fields, why)
    return True
