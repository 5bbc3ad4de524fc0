"""Reminder ladders (the days on which reminders of a duty go out): parsed, printed, followed day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyctl.errors import BadUsage
from partyctl.law.catalogue import CATALOGUE, rule_named
from partyctl.law.changes.ladders import Ladder, ladder_of, read_ladder, rung_of, usual_ladder
from partyctl.law.changes.rulebook import duty_in_words
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.rule import Obligation
from partyctl.terms import Status, Strength

DUE = date(2026, 3, 31)
WEEKLY = read_ladder("7,2,0,+1,+7w")


def rungs_of(ladder: Ladder, first: int, last: int) -> list[int | None]:
    """For each day in a range, the latest reminder day (a rung of the ladder) up to that day."""
    return [ladder.passed(day) for day in range(first, last + 1)]


def test_a_monthly_duty_is_spoken_of_a_week_and_two_days_before_on_the_day_and_over():
    ladder = usual_ladder(rule_named("members-meeting"))
    assert ladder.passed(-8) is None
    assert rungs_of(ladder, -7, 2) == [-7, -7, -7, -7, -7, -2, -2, 0, 1, 1]
    assert rungs_of(ladder, 6, 15) == [1, 7, 7, 7, 7, 7, 7, 7, 14, 14]


def test_a_report_is_spoken_of_five_and_two_days_before_on_the_day_then_daily():
    ladder = usual_ladder(rule_named("dl-package"))
    assert rungs_of(ladder, -6, 3) == [None, -5, -5, -5, -2, -2, 0, 1, 2, 3]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("members-meeting", "7,2,0,+1,+7w"),
        ("party-lecture", "14,7,2,0,+1,+7w"),
        ("org-life", "30,14,7,2,0,+1,+7w"),
        ("work-plan", "30,14,7,2,0,+1,+7w"),
        ("dl-prior-report", "5,2,0,+1d"),
        ("rectification-item", "7,2,0,+1,+7w"),
        ("review-study", "30,14,7,2,0,+1,+7w"),
        ("members-meeting-chair", "0,+7w"),
        ("dl-criticism", "0,+7w"),
        ("dues-full-amount", "0,+7w"),
        ("review-unqualified-vote", "0,+28/28"),
        ("dues-lapse", "0,+28/28"),
        ("conversion-request", "7,2,0,+1,+7w"),
        ("activist-filing", "7,2,0,+1,+7w"),
        ("applicant-talk", "7,2,0,+1,+28/28"),
        ("oath", "0,+28/28"),
        ("admission-vote", "0,+7w"),
        ("branch-size", "0,+1,+28/28"),
        ("branch-term", "180,90,30,14,7,2,0,+1,+28/28"),
        ("study-hours", "30,14,7,2,0,+1,+28/28"),
        ("cell-meeting", "7,2,0,+1,+28/28"),
        ("talk-coverage", "14,7,2,0,+1,+28/28"),
    ],
)
def test_the_ladder_of_each_shape(rule: str, said: str):
    assert str(usual_ladder(rule_named(rule))) == said


def test_every_duty_with_a_due_day_of_its_own_is_spoken_of_before_that_day():
    due_at_once, undated = "每条记录都须符合", "办结为止"
    for rule in CATALOGUE:
        said = duty_in_words(rule).chinese
        at_once = said.startswith(due_at_once) or rule.id in ("dues-full-amount", "branch-size")
        before = [rung for rung in usual_ladder(rule).rungs if rung < 0]
        assert bool(before) is not (at_once or undated in said), (rule.id, said)


def test_every_rule_is_spoken_of_at_last_and_again():
    for rule in CATALOGUE:
        ladder = usual_ladder(rule)
        assert ladder.passed(28) is not None, rule.id
        assert ladder.again_from is not None, rule.id
        if rule.strength is Strength.SHOULD:
            assert ladder.every >= 28, rule.id


rungs = st.lists(st.integers(-366, 366), unique=True, max_size=6).map(sorted).map(tuple)


@given(rungs, st.integers(1, 366), st.integers(1, 60), st.integers(-400, 400))
def test_a_ladder_reads_as_it_prints_and_never_speaks_of_a_day_to_come(
    before: tuple[int, ...], after: int, every: int, day: int
):
    again = after if not before or after > before[-1] else None
    ladder = Ladder(before, again, every if again else 7)
    if before or again:
        assert read_ladder(str(ladder)) == ladder
    passed = ladder.passed(day)
    assert passed is None or passed <= day
    # The oracle goes through the days one by one.
    days = [*before, *(range(again, day + 1, every) if again else ())]
    assert passed == max((each for each in days if each <= day), default=None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7,2,x",
        "2,7",
        "7,7",
        "+7w,0",
        "7w",
        "+0/0",
        "+1/",
        "400",
        "+1,+400w",
        "+3,+2w",
        "7,+3,+2w",
        "+7,+7w",
        "７",
        "-1",
    ],
)
def test_what_is_no_ladder_is_refused(text: str):
    with pytest.raises(BadUsage):
        read_ladder(text)


def test_none_says_nothing_at_all():
    assert read_ladder("无").passed(100) is None
    assert str(read_ladder("none")) == "none"


def owed(**changed: object) -> Obligation:
    rule = rule_named("members-meeting")
    values = {"subject": Subject("branch", 1, "机关支部"), "period": "2026-03"}
    values |= {"opens": date(2026, 3, 1), "due": DUE, "status": Status.DUE}
    return Obligation(rule, **(values | changed))


def test_a_ladder_that_was_set_takes_the_place_of_the_usual_one():
    rule = rule_named("members-meeting")
    assert ladder_of(rule) == usual_ladder(rule)
    ladder = ladder_of(rule.changed(remind="3"))
    assert rung_of(owed(), DUE - timedelta(days=2), ladder) == -3
    assert rung_of(owed(), DUE - timedelta(days=4), ladder) is None
    assert ladder_of(rule.changed(remind="none")) == Ladder(())


def test_what_is_settled_has_no_rung():
    for status in (Status.MET, Status.LATE, Status.WAIVED):
        assert rung_of(owed(status=status), DUE, WEEKLY) is None
    assert rung_of(owed(status=Status.OVERDUE), DUE + timedelta(days=9), WEEKLY) == 7


def test_without_a_due_date_it_is_counted_from_the_day_it_opened():
    vote = Obligation(
        rule_named("review-unqualified-vote"),
        Subject("member", 3, "王五"),
        None,
        date(2026, 3, 1),
        None,
        Status.DUE,
    )
    assert [
        rung_of(vote, date(2026, 3, 1) + timedelta(days=n), ladder_of(vote.rule))
        for n in (0, 27, 28, 57)
    ] == [0, 0, 28, 56]


def test_the_name_of_an_obligation_does_not_depend_on_its_due_date_or_status():
    assert owed().key == "members-meeting|branch#1|2026-03"
    assert owed(due=date(2026, 4, 2), status=Status.MET).key == owed().key
    assert owed(period="2026-04").key != owed().key
    pair = Subject("member", 3, "张三、王五", 1)
    assert owed(period=None, subject=pair, case=4).key == "members-meeting|member#1,3|#4"
    assert owed(period=None, due=None).key == "members-meeting|branch#1|2026-03-01"
    assert owed(period=None).key == "members-meeting|branch#1"
    talks = [owed(period=None, case=4, due=None, opens=date(2026, 3, day)) for day in (1, 9)]
    assert [each.key for each in talks] == [
        "members-meeting|branch#1|#4|2026-03-01",
        "members-meeting|branch#1|#4|2026-03-09",
    ]
    assert owed(due=None).key == owed().key
    assert not owed().provisional


@pytest.mark.parametrize(
    ("changes", "missed"),
    [
        ({"status": Status.OVERDUE}, True),
        ({"status": Status.DUE}, False),
        ({"status": Status.BREACH}, False),
        ({"status": Status.ADVISED}, True),
        ({"status": Status.ADVISED, "period": None}, True),
        ({"status": Status.ADVISED, "period": None, "due": date(2026, 3, 1)}, False),
        ({"status": Status.ADVISED, "period": None, "due": None}, False),
    ],
)
def test_a_duty_is_missed_once_its_time_is_over_a_condition_never_is(
    changes: dict[str, object], missed: bool
):
    assert owed(**changes).is_missed is missed
