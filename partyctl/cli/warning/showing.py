"""Show integrity-risk cases: masked, or with requested fields for a reason kept in the journal."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from partyctl.cli.input.dates import today
from partyctl.cli.output.histories import print_story
from partyctl.cli.output.showing import reason_to_reveal
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.contract.openness import WarningCase
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.law.chapters.warnings import RULES
from partyctl.law.engine.obligations import obligations
from partyctl.law.engine.rule import Obligation
from partyctl.ledger.journal.history import story
from partyctl.ledger.reading import warnings as warning_lists
from partyctl.ledger.reading.nouns import no_such
from partyctl.show.cases import case_as_json, print_case
from partyctl.show.tables import Line, print_json, print_table
from partyctl.show.wording import label
from partyctl.terms import Noun

Object = dict[str, Any]


def show_case(
    number: int,
    as_of: date | None,
    *,
    as_json: bool,
    history: bool,
    reveal: list[str],
    reason: str | None,
) -> None:
    """Print a case as a timeline with deadlines. Raises NoSuchRecord, MissingFact."""
    with current.reading(as_of or today()) as reading:
        case = _case(reading, number, frozenset())
    if _is_allowed([number], reveal, reason):
        with current.reading(as_of or today()) as reading:
            case = _case(reading, number, frozenset(reveal))
    with current.reading(as_of or today()) as reading:
        clocks = clocks_of(reading, number)
        changes = story(reading.ledger, f"{Noun.WARNING}#{number}") if history else []
    if as_json:
        whole = case_as_json(case, clocks, reading.on)
        print_json(whole | ({"history": changes} if history else {}))
        return
    print_case(case, clocks, reading.on)
    if history:
        print_story(changes)


def show_cases(as_of: date | None, *, as_json: bool, reveal: list[str], reason: str | None) -> None:
    """Print the cases, one per line. Raises MissingFact for a reveal without a reason."""
    if set(reveal) - {warning_lists.NAME}:
        raise BadUsage(
            say("列表只能显示姓名。", "A list can show names only."), "--reveal name --reason …"
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
    """The obligations of a case."""
    known = reading.known(reading.group)
    return [owed for owed in obligations(RULES, known, reading.rulebook) if owed.case == number]


def _case(reading: Reading, number: int, shown: frozenset[str]) -> WarningCase:
    case = warning_lists.warning(reading.ledger, reading.on, number, shown)
    if case is None:
        raise no_such(Noun.WARNING, number)
    return case


def _is_allowed(numbers: Iterable[int], fields: list[str], reason: str | None) -> bool:
    """Whether masked fields are revealed; if so, the reason is entered in the journal first."""
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
