"""The scoreboard of a period: its items, their counts, and their chapters."""

from datetime import date

import pytest

from partyctl.calendar import period_named
from partyctl.law.catalogue import rule_named
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.obligations import days_left, days_overdue
from partyctl.law.engine.owed import Proof
from partyctl.law.engine.rule import Obligation
from partyctl.law.questions.scoreboard import (
    Item,
    Scoreboard,
    heat_of,
    place_of_chapter,
    placed,
    summary,
)
from partyctl.law.sources.clauses import NATIONAL
from partyctl.terms import Status

BRANCH = Subject("branch", 1, "机关支部")
MARCH = period_named("2026-03")


def owed(rule: str, due: date | None, status: Status, opens: date = date(2026, 3, 1)) -> Obligation:
    return Obligation(rule_named(rule), BRANCH, None, opens, due, status)


def item(rule: str, status: Status, *, carried_over: bool = False) -> Item:
    return Item(owed(rule, date(2026, 3, 31), status), "机关支部", carried_over)


def test_what_is_due_in_the_period_is_its_own_what_was_due_before_is_carried_over():
    last = owed("study-session", date(2026, 3, 31), Status.MET)
    before = owed("study-session", date(2026, 2, 28), Status.OVERDUE)
    after = owed("study-session", date(2026, 4, 1), Status.DUE)
    done_before = owed("study-session", date(2026, 2, 28), Status.LATE)

    found = list(placed([last, before, after, done_before], "机关支部", MARCH))

    assert found == [
        Item(last, "机关支部", carried_over=False),
        Item(before, "机关支部", carried_over=True),
    ]
    every = list(placed([before, after], "机关支部", None))
    assert [each.carried_over for each in every] == [False, False]


@pytest.mark.parametrize("status", [Status.OVERDUE, Status.BREACH, Status.ADVISED])
def test_what_is_open_and_wrong_is_carried_over(status: Status):
    (found,) = placed([owed("study-session", date(2026, 2, 28), status)], "甲", MARCH)
    assert found.carried_over


def test_what_has_no_day_belongs_to_every_month_on_a_day_of_which_it_was_open():
    opened = owed("oath", None, Status.DUE, date(2026, 3, 31))
    proof = Proof("applicant", 1, date(2026, 3, 1))
    closed = owed("oath", None, Status.MET, date(2026, 1, 1))._replace(proof=proof)
    earlier = closed._replace(proof=proof._replace(on=date(2026, 2, 28)))
    later = owed("oath", None, Status.DUE, date(2026, 4, 1))

    found = [each.obligation for each in placed([opened, closed, earlier, later], "甲", MARCH)]

    assert found == [opened, closed]


def test_one_thing_that_is_wrong_makes_the_board_wrong_carried_over_or_not():
    met = item("study-session", Status.MET)
    for wrong in (Status.OVERDUE, Status.BREACH):
        for carried_over in (False, True):
            board = Scoreboard(MARCH, [met, item("oath", wrong, carried_over=carried_over)])
            assert board.is_wrong()
    advised = Scoreboard(MARCH, [met, item("cell-meeting", Status.ADVISED)])
    assert not advised.is_wrong()
    assert advised.is_wrong(strict=True)
    assert not Scoreboard(MARCH, [met]).is_wrong(strict=True)
    assert not Scoreboard(MARCH, []).is_wrong()


def test_what_is_carried_over_is_counted_apart():
    items = [
        item("study-session", Status.MET),
        item("members-meeting", Status.MET),
        item("members-meeting", Status.OVERDUE),
        item("members-meeting", Status.OVERDUE, carried_over=True),
    ]
    board = Scoreboard(MARCH, items)

    assert board.carried_over == 1
    assert board.counts == {**dict.fromkeys(Status, 0), Status.MET: 2, Status.OVERDUE: 1}
    heat = heat_of(items)
    study, meetings = place_of_chapter("支部·一"), place_of_chapter("支部·二(一)1")
    assert heat == {
        (study, "2026-03"): {Status.MET: 1},
        (meetings, "2026-03"): {Status.MET: 1, Status.OVERDUE: 1},
    }
    assert summary(heat) == {Status.MET: 2, Status.OVERDUE: 1}


def test_what_has_no_day_is_counted_under_no_month():
    heat = heat_of([Item(owed("oath", None, Status.DUE), "甲", carried_over=False)])
    assert heat == {(place_of_chapter("支部·六11"), ""): {Status.DUE: 1}}


def test_chapters_come_in_the_order_of_the_regulation_what_is_carried_over_last():
    items = [
        item("theme-day", Status.ADVISED),
        item("dues-monthly", Status.OVERDUE, carried_over=True),
        item("dues-monthly", Status.MET),
        item("study-session", Status.MET),
        item("dues-monthly", Status.DUE),
    ]

    parts = Scoreboard(MARCH, items).by_chapter()

    assert [(each.carried_over, each.chapter.title, len(each.items)) for each in parts] == [
        (False, "一、学习制度", 1),
        (False, "七、党费缴纳制度", 2),
        (False, NATIONAL.title, 1),
        (True, "七、党费缴纳制度", 1),
    ]


def test_days_are_counted_to_and_from_the_day_on_which_something_is_due():
    last = date(2026, 3, 31)
    due = owed("study-session", last, Status.DUE)._replace(period="2026-03")
    assert days_left(due, date(2026, 3, 30)) == 1
    assert days_left(due, last) == 0
    assert days_overdue(due, date(2026, 4, 1)) is None
    overdue = due._replace(status=Status.OVERDUE)
    assert days_overdue(overdue, date(2026, 4, 1)) == 1
    assert days_overdue(overdue, last) is None
    assert days_left(overdue, date(2026, 3, 30)) is None
    advised = due._replace(status=Status.ADVISED)
    assert days_overdue(advised, date(2026, 4, 3)) == 3
    assert days_overdue(due._replace(status=Status.LATE), date(2026, 4, 3)) is None
    without_day = owed("oath", None, Status.DUE)
    assert days_left(without_day, last) is None
    assert days_overdue(without_day, last) is None
