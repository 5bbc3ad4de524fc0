"""The entry sheet of a month's dues: members, their dues, and payments for the month."""

from collections.abc import Mapping
from datetime import date
from sqlite3 import Connection

from partyctl.cli.sheets.filling import EntrySheet
from partyctl.cli.sheets.known import known_of_each
from partyctl.language import say
from partyctl.law.chapters.dues import DUES_MONTHLY
from partyctl.law.dues.book import DuesBook, books
from partyctl.ledger.reading import lists
from partyctl.ledger.views.sources import DUES as VIEWS
from partyctl.papers.sheets.forms.dues import DUES
from partyctl.terms import Category, Noun, stored_term

FIELDS = (
    "number",
    "name",
    "category",
    "owed",
    "so_far",
    "paid",
    "paid_on",
    "by",
    "receipt",
    "standing",
)


def fill(ledger: Connection, what: str, on: date, branch: int | None) -> EntrySheet:
    """Fill the sheet with the members on the roll, and former members who owe dues for the month.

    The roll is that of the day `on`; the former members left it after the month `what` began. Add
    what each member owes and has paid so far for this month, and say who need not pay.
    """
    pages = _pages(ledger, branch)
    rows = [
        {
            "number": row["id"],
            "name": row["name"],
            "category": stored_term(Category, row["category"]),
            "owed": _owed(page, what),
            "so_far": page.paid(what) or None,
            "standing": _standing(page, what),
        }
        for row in lists.members(ledger, on, branch, everyone=True)
        for page in [pages.get(row["id"])]
        if page is not None and (_is_on_roll(page, on) or page.owes(what))
    ]
    note = say(
        "填“实交”“交纳日期”两列；没交的空着。台账编号和姓名不要改。",
        "Fill in the amount and the day of each payment. If a member has not paid, leave both "
        "cells empty. Do not change IDs or names.",
    )
    title = say(f"{what[:4]}年{int(what[5:])}月党费填报表", f"dues of {what}")
    return EntrySheet(DUES, what, title, FIELDS, rows, (note,))


def _is_on_roll(page: DuesBook, on: date) -> bool:
    return any(spell.covers(on) for spell in page.spells)


def _pages(ledger: Connection, branch: int | None) -> Mapping[int, DuesBook]:
    """Return the dues book of each member of one branch, or of all branches."""
    pages: dict[int, DuesBook] = {}
    # The month can be in the future, so all recorded facts are read.
    for known in known_of_each(ledger, branch, date.max, VIEWS):
        pages |= books(known)
    return pages


def _owed(page: DuesBook, month: str) -> int | None:
    """Return the dues that a member owes for the month, as `dues status` does; 0 if exempt.

    Return None if no dues are owed for the month, or if they were not assessed.
    """
    if not page.owes(month):
        return None
    return 0 if month in page.excused else page.assessed(month)


def _standing(page: DuesBook, month: str) -> str | None:
    """Say why a member need not pay for the month, or that a part is paid; otherwise return None."""
    if not page.owes(month):
        return say("不在本支部交", "not owed here")
    if month in page.excused:
        return say("免交", "exempt")
    assessed, paid = page.assessed(month), page.paid(month)
    if assessed is not None and paid >= assessed:
        return say("已交足", "paid in full")
    if (Noun.MEMBER, page.subject.id, month) in page.known.waivers[DUES_MONTHLY.id]:
        return say("已免除", "waived")
    return say("已交过一部分", "paid in part") if paid else None
