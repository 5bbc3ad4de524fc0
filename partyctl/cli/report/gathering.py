"""Collect the values for the page of a month or a year."""

from partyctl.calendar import Period, month_of, months_between, period_named, period_of
from partyctl.cli.check.answering import board_of
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.cli.talk.year_matrix import found_in
from partyctl.language import say
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.dues.status import standings
from partyctl.law.engine.known import Known
from partyctl.law.questions.remedies import short_months
from partyctl.law.questions.scoreboard import Item, Scoreboard
from partyctl.ledger.reading.attendance import attended
from partyctl.ledger.reading.bodies import Branch
from partyctl.papers.pages.heatmap import heatmap
from partyctl.papers.pages.values import DuesMonth, OfBranch, OpenRow, Page
from partyctl.show.board_rows import Row, Spoken, grouped_rows, nameless_rows
from partyctl.show.papers import printed_foot
from partyctl.show.scoreboard import verdict, worst_first


def page_of(reading: Reading, period: Period, *, with_names: bool) -> Page:
    """Return all values of a period's page."""
    board = board_of(reading, list(CATALOGUE), period, everything=False)
    branches = [each for each in reading.judged(current.branch()) if each != reading.group]
    whose = branches[0].name if len(branches) == 1 else reading.organ.name
    year = period_of("year", period.first)
    return Page(
        title=say(f"党建工作一览 · {period}", f"Party work at a glance · {period}"),
        whose=whose,
        period=period.name,
        as_of=reading.on.isoformat(),
        verdict=verdict(board),
        heatmap=heatmap(board.items, period, month_of(reading.on)),
        carried_over=board.carried_over,
        branches=tuple(_of_branch(reading, each, period, year) for each in branches),
        open=tuple(_open(reading, board, len(branches) > 1, with_names=with_names)),
        foot=printed_foot(reading.ledger),
        with_names=with_names,
    )


def _of_branch(reading: Reading, branch: Branch, period: Period, year: Period) -> OfBranch:
    last = min(period.last, max(reading.on, period.first))
    months = months_between(month_of(year.first), month_of(last))
    known = reading.known(branch)
    return OfBranch(
        branch.name,
        tuple(_dues(known, period_named(month)) for month in months),
        attended(reading.ledger, period, reading.on, branch.id),
        found_in(reading, branch, year),
    )


def _dues(known: Known, month: Period) -> DuesMonth:
    """Return the dues of a month, with the same amounts as `dues status --month`.

    During `month`, a member who owes nothing for `month` may pay dues of earlier months. Such a
    member is listed by `dues status`, but is not counted here.
    """
    found = [each for each in standings(known, month, {}) if known.since <= month.last]
    amounts = [each.owed for each in found if each.owed is not None]
    return DuesMonth(
        month.name,
        sum(amounts) if amounts or not found else None,
        sum(each.paid for each in found),
        len(found),
        sum(bool(each.unpaid_months) for each in found),
        len(found) - len(amounts),
    )


def _open(reading: Reading, board: Scoreboard, several: bool, *, with_names: bool) -> list[OpenRow]:
    spoken = Spoken(reading.on, several, reading.shared_names, short_months(board.items))
    rows = grouped_rows if with_names else nameless_rows
    found: list[OpenRow] = []
    for carried_over in (False, True):
        items = [each for each in board.items if _is_open(each, carried_over)]
        found += [_as_open(row, carried_over) for row in rows(worst_first(items), spoken)]
    return found


def _is_open(item: Item, carried_over: bool) -> bool:
    return item.obligation.is_open and item.carried_over == carried_over


def _as_open(row: Row, carried_over: bool) -> OpenRow:
    cells = (row.state, row.due, row.duty, row.whose, row.clause)
    remedy = row.below.removeprefix("→ ")
    return OpenRow(row.status, *cells, row.people, remedy, carried_over)
