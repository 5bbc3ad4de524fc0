"""Show integrity-risk cases. Fields are masked; whoever reveals one must give a reason for the journal."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

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
from partyctl.show.tables import Line, print_json, print_table
from partyctl.show.wording import label
from partyctl.terms import Noun

Object = dict[str, Any]


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
            say("列表只能显示姓名。", "A list can reveal names only."), "--reveal name --reason …"
        )
    with current.reading(as_of or today()) as reading:
        rows = warning_lists.warnings(reading.ledger, reading.on)
    if _is_allowed([row["id"] for row in rows], reveal, reason):
        with current.reading(as_of or today()) as reading:
            rows = warning_lists.warnings(reading.ledger, reading.on, frozenset(reveal))
    if as_json:
        print_json(rows)
        return
    headings = (
        "#",
        say("方式", "letter"),
        say("内容", "category"),
        say("对象", "person"),
        say("发出", "issued"),
        say("送达", "delivered"),
        say("回复", "replied"),
        say("结案", "closed"),
        say("归档", "archived"),
        say("卷号", "volume"),
    )
    print_table(headings, [_line(row) for row in rows])


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


def _line(row: Mapping[str, Any]) -> Line:
    days = ("issued_on", "delivered_on", "replied_on", "closed_on", "archived_on", "volume")
    return Line(
        (
            str(row["id"]),
            label("level", row["level"]),
            str(row["category"]),
            row["name"],
            *(row[day] or "" for day in days),
        )
    )
