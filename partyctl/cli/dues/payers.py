"""Find the member whom a row of a dues sheet is about, even if the member left the roll."""

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from partyctl.cli.member.sheet_matching import among, match, numbered
from partyctl.cli.sheets.judging import Wanted
from partyctl.papers.sheets.forms.dues import MONTHS, month_field
from partyctl.papers.sheets.forms.months import months_of
from partyctl.papers.sheets.lines import Entry
from partyctl.text import plain_name

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.people import Member
    from partyctl.records.dues.pages import Pages
    from partyctl.records.members.people import People


class Payers:
    """The members whom the rows of a dues sheet can mean: those on the roll, and former members.

    A row without a member's ID can mean a former member only if this person owed dues for a month
    of the row.
    """

    def __init__(self, session: "Session", wanted: Wanted) -> None:
        from partyctl.records.members.people import people

        self._session = session
        self._wanted = wanted
        self._on_roll = people(session, wanted.today)

    def of(self, entry: Entry) -> "Member | None":
        """Return the member whom a row is about, or None if nobody matches the row.

        Raises Unmatched if the row does not clearly identify one member. For example, a row can
        give the name of a member on the roll, but a former member of the same name still has to pay
        for a month of the row.
        """
        number = entry.values.get("number")
        is_unknown = number is not None and number not in self._on_roll.members
        if is_unknown and number in self._former.members:
            return numbered(entry, number, self._former)
        found = match(entry, self._on_roll, self._wanted)
        if found is None:
            return match(entry, self._owing(entry), self._wanted)
        if {"number", "id_number"} & entry.values.keys():
            return found
        alike = [
            member
            for member in self._owing(entry).named(entry.values["name"])
            if entry.values.get("joined_on") in (None, member.joined_on)
            and any(self._is_open(member, month) for month in _months(entry))
        ]
        return among(entry, [found, *alike], self._wanted) if alike else found

    @cached_property
    def _former(self) -> "People":
        from partyctl.records.members.people import former_members

        return former_members(self._session, self._wanted.today)

    @cached_property
    def _pages(self) -> "Pages":
        from partyctl.records.dues.pages import pages_of

        return pages_of(self._session, {each.branch_id for each in self._former.members.values()})

    def _owing(self, entry: Entry) -> "People":
        """Return the former members with the row's name who owed dues for a month of the row."""
        months = _months(entry)
        named = [
            member
            for member in self._former.named(entry.values["name"])
            if (page := self._pages.get(member.number))
            and any(page.owes(month) for month in months)
        ]
        owners = {each.id_number: each for each in named if each.id_number}
        by_name = {plain_name(entry.values["name"]): named}
        return replace(self._former, by_name=by_name, by_identity=owners)

    def _is_open(self, member: "Member", month: str) -> bool:
        """Whether a member owes dues for a month and has not paid all of them."""
        page = self._pages[member.number]
        assessed = page.assessed(month)
        is_paid = assessed is not None and page.paid(month) >= assessed
        return page.owes(month) and month not in page.excused and not is_paid


def _months(entry: Entry) -> set[str]:
    """Return the months that a row names."""
    values, year = entry.values, entry.values.get("year")
    months = {values[name] for name in ("month", "from_month") if name in values}
    if "months" in values:
        months.update(months_of(values["months"], year) or ())
    months |= {f"{year}-{n:02d}" for n in MONTHS if year and month_field(n) in values}
    return months
