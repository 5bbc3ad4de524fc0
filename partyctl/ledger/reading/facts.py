"""Read facts for the rules (`partyctl.law`) from the views, with plain SQL instead of an ORM."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from partyctl.calendar import RestDays
from partyctl.law.engine.facts import Fact, Spell
from partyctl.law.engine.rest_days import with_own
from partyctl.ledger.reading.known.admitted import admitted
from partyctl.ledger.reading.known.review_lines import OF_REVIEWS
from partyctl.ledger.reading.known.typed import read_day, typed_facts
from partyctl.ledger.views.sources import BRANCH_ROLES, BRANCH_SOURCES, NEEDS, TALKS
from partyctl.light import Any


def facts(
    ledger: sqlite3.Connection, where: str, values: Sequence[Any] | Mapping[str, Any], view: str
) -> Iterator[Fact]:
    """Facts from one view, filtered by a WHERE clause."""
    return typed_facts(ledger, view, where, values)


MANY = ("payment_fact", "assessment_fact", "meeting_fact", *TALKS, *OF_REVIEWS)
"""The views with most of a branch's facts: dues, meetings, talks and reviews."""


def facts_of(ledger: sqlite3.Connection, branch: int, views: Iterable[str]) -> Iterator[Fact]:
    """Every fact of a branch from the given views."""
    for view in views:
        yield from facts(ledger, "branch_id = ?", (branch,), view)


FEW = tuple(view for view in BRANCH_SOURCES if view not in MANY)
"""The views of a branch's facts that are not in `MANY`. If a command needs such a view, it reads
all facts of the branch in this view."""


def empty_views(ledger: sqlite3.Connection) -> frozenset[str]:
    """The views that are empty because the ledger has none of the rows they need (see `NEEDS`).

    One query about the rows of all views takes less time than preparing the query of one view.
    """
    has = ", ".join(f"EXISTS (SELECT 1 FROM {rows})" for rows in NEEDS.values())
    [found] = ledger.execute(f"SELECT {has}")
    return frozenset(view for view, has_rows in zip(NEEDS, found, strict=True) if not has_rows)


def group_facts(ledger: sqlite3.Connection, views: Iterable[str]) -> Iterator[Fact]:
    """The facts of the leading group from the given views; these facts belong to no branch."""
    for view in views:
        yield from facts(ledger, "true", (), view)


def waivers(ledger: sqlite3.Connection) -> list[Fact]:
    """The waivers as facts. The `what` of each fact is the name of the waived rule."""
    rows = ledger.execute(
        "SELECT rule, decided_on, subject_kind, subject_id, id, period FROM waiver "
        "WHERE voided_at IS NULL"
    )
    return [
        Fact(
            what=rule,
            on=read_day(on),
            subject_kind=kind,
            subject_id=number,
            branch_id=None,
            record_kind="waive",
            record_id=waiver,
            period=period,
        )
        for rule, on, kind, number, waiver, period in rows
    ]


def rest_days(ledger: sqlite3.Connection) -> RestDays:
    """Public holidays and make-up working days: those shipped with partyctl, and the bureau's own."""
    days: dict[bool, list[date]] = {False: [], True: []}
    for day, works in ledger.execute("SELECT day, works FROM holiday WHERE voided_at IS NULL"):
        days[bool(works)].append(read_day(day))
    years = ledger.execute("SELECT year FROM announced_year WHERE voided_at IS NULL")
    return with_own([year for (year,) in years], days[False], days[True])


def dues_of_months(
    ledger: sqlite3.Connection, branch: int, months: tuple[str, str]
) -> Iterator[Fact]:
    """A branch's payments for several months, and the assessments that apply to these months.

    `months`: the first and the last month. An assessment is left out if the member's next
    assessment, even a voided one, applies from the first month or earlier.
    """
    values = (branch, *months)
    yield from facts(ledger, "branch_id = ? AND period BETWEEN ? AND ?", values, "payment_fact")
    hold = "branch_id = ? AND coalesce(next_month, '9999') > ? AND period <= ?"
    yield from facts(ledger, hold, values, "assessment_fact")


def dues_of_other_months(
    ledger: sqlite3.Connection,
    branch: int,
    member: int,
    months: tuple[str, str],
    without: Iterable[str],
) -> Iterator[Fact]:
    """One member's payments and assessments that `dues_of_months` leaves out.

    `without`: months whose payments are not read.
    """
    # If the condition names the branch, SQLite reads only the branch's members instead of the whole table.
    of_member, values = "branch_id = ? AND subject_id = ?", (branch, member, *months)
    other = f"{of_member} AND period NOT BETWEEN ? AND ? AND NOT instr(?, period)"
    yield from facts(ledger, other, (*values, " ".join(without)), "payment_fact")
    do_not_hold = f"{of_member} AND (coalesce(next_month, '9999') <= ? OR period > ?)"
    yield from facts(ledger, do_not_hold, values, "assessment_fact")


def spells(
    ledger: sqlite3.Connection, branch: int, views: Iterable[str] = BRANCH_ROLES
) -> Iterator[Spell]:
    """The roles of a branch, its cells and its people, each with its first and last day."""
    found = chain.from_iterable(_spells(ledger, view, branch) for view in views)
    by_member = admitted(ledger, "member.branch_id = ?", (branch,))
    if not by_member:
        return found
    # Imported here, because few ledgers have admissions.
    from partyctl.law.admission.outcomes import BY_ADMISSION, on_the_roll

    def as_admitted(spell: Spell) -> Spell:
        own = by_member.get(spell.subject_id) if spell.role in BY_ADMISSION else None
        return on_the_roll(spell, own.standing) if own else spell

    return map(as_admitted, found)


def group_spells(ledger: sqlite3.Connection) -> Iterator[Spell]:
    """The roles of the leading group itself, of its members and of its contact points."""
    return _spells(ledger, "group_scope")


def _spells(ledger: sqlite3.Connection, view: str, branch: int | None = None) -> Iterator[Spell]:
    where, values = ("", ()) if branch is None else (" WHERE branch_id = ?", (branch,))
    for row in ledger.execute(f"SELECT * FROM {view}{where}", values):
        from_on, to_on = row[5], row[6]
        days = from_on and read_day(from_on), to_on and read_day(to_on)
        yield Spell._make((*row[:5], *days, *row[7:], None))
