"""A rule can change on a day: each version applies in its period, and earlier days are judged as before."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyctl.errors import BadUsage, Refused
from partyctl.law.catalogue import CATALOGUE, cadences, rule_named
from partyctl.law.changes.changes import LAYER, ROLL_FORWARD, Change, Numbers
from partyctl.law.changes.differences import differences
from partyctl.law.changes.rulebook import (
    Rulebook,
    can_roll,
    duty_in_words,
    satisfied_by,
    settable,
)
from partyctl.law.engine.deadlines import Within
from partyctl.law.engine.every import Every
from partyctl.law.engine.known import Known
from partyctl.law.engine.obligations import obligations
from partyctl.law.engine.rule import Obligation
from partyctl.law.questions.changing import require_sense
from partyctl.show.rules import satisfying
from partyctl.terms import Layer, MeetingKind, RuleAct, Strength
from tests.law.chapters.test_cases import EVERY_CASE, History, check
from tests.law.engine.test_properties import Story, histories, stories

FILE = Path(__file__).parent / "changed_rules.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
D = date(2027, 1, 1)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}: {case['name']}")
def test_case(case):
    check(case)


def set_to(rule: str, from_on: date = D, **numbers) -> Change:
    return Change(rule, RuleAct.SET, from_on, Numbers(**numbers))


def judged(story: Story, changes: list[Change]) -> list[Obligation]:
    known = Known(story.facts, story.spells, since=story.since, on=story.on)
    return list(obligations(CATALOGUE, known, Rulebook(changes)))


# After a change to a rule, earlier days are usually judged by the earlier rules

numbers = st.builds(
    Numbers,
    every=st.none() | st.sampled_from(["month", "quarter", "half-year", "year"]),
    count=st.none() | st.integers(1, 3),
    days=st.none() | st.integers(0, 40),
    months=st.none() | st.integers(0, 6),
    by=st.none() | st.sampled_from([(1, 15), (6, 30), (12, 1)]),
    working=st.none() | st.booleans(),
    strength=st.none() | st.sampled_from(list(Strength)),
)


@st.composite
def a_change(draw, since: date) -> Change:
    from_on = since + timedelta(days=draw(st.integers(-40, 760)))
    act = draw(st.sampled_from(list(RuleAct)))
    if act is not RuleAct.SET:
        names = [rule.id for rule in CATALOGUE] + [f"{LAYER}{each}" for each in Layer]
        return Change(draw(st.sampled_from([*names, ROLL_FORWARD])), act, from_on)
    rule = draw(st.sampled_from(CATALOGUE))
    can = settable(rule)
    said = {name: value for name, value in draw(numbers).given().items() if name in can}
    if said.get("every", "year") != "year":
        said.pop("by", None)
    return Change(rule.id, act, from_on, Numbers(**said))


def plainly(owed: Obligation) -> tuple:
    return owed._replace(rule=owed.rule.id), owed.rule.strength


@histories
@given(st.data(), stories())
def test_a_change_from_a_day_on_changes_nothing_that_ended_before_it(data, story):
    change = data.draw(a_change(story.since))

    def ended(found: list[Obligation]) -> list[tuple]:
        return [plainly(each) for each in found if (each.due or each.opens) < change.from_on]

    assert ended(judged(story, [change])) == ended(judged(story, []))


@histories
@given(st.data(), stories())
def test_no_changes_and_changes_to_come_are_as_if_there_were_none(data, story):
    change = data.draw(a_change(story.on + timedelta(days=41)))
    assert [plainly(each) for each in judged(story, [change])] == [
        plainly(each) for each in judged(story, [])
    ]


ORGANISED = [
    case for _, case in EVERY_CASE if case["rule"].startswith(("dl-", "review-", "talk-f"))
]


@pytest.mark.parametrize("case", ORGANISED, ids=lambda case: f"{case['rule']}: {case['name']}")
def test_so_it_is_with_deadlines_before_and_after_an_event(case):
    rule = rule_named(case["rule"])
    for day in case["at"]:
        history = History(case)
        known = history.known(date.fromisoformat(day))
        found = list(obligations([rule], known, history.rulebook))
        for from_on in {rule.duty.began(each) for each in found}:
            rulebook = Rulebook([Change(rule.id, RuleAct.DISABLE, from_on)])
            left = [each._replace(rule=rule) for each in obligations([rule], known, rulebook)]
            assert left == [each for each in found if rule.duty.began(each) < from_on]


# Settings of rules


def test_every_rule_says_what_can_be_set_of_it_and_takes_it():
    for rule in CATALOGUE:
        for name, value in settable(rule).items():
            other = {
                "every": "year" if value != "year" else "month",
                "strength": next(each for each in Strength if each != value),
                "by": (3, 3),
                "working": not value,
                "remind": "3,+9w",
            }.get(name) or (value + 1 if isinstance(value, int) else value)
            if name == "working":
                other = not value
            change = set_to(rule.id, **{name: other})
            require_sense(change, Rulebook([]))
            version = Rulebook([change]).on(rule, D)
            assert settable(version)[name] == other, (rule.id, name)
            assert Rulebook([change]).on(rule, D - timedelta(days=1)) == rule
            assert (version.title != rule.title) == (name not in ("strength", "remind"))


def test_days_take_the_place_of_months_and_months_of_days():
    rule = rule_named("dl-package").changed(duty=Within(months=1))
    in_days = Rulebook([set_to("dl-package", days=15)]).on(rule, D)
    assert (in_days.duty.days, in_days.duty.months) == (15, 0)
    in_months = Rulebook([set_to("dl-package", months=2)]).on(rule_named("dl-package"), D)
    assert (in_months.duty.days, in_months.duty.months) == (0, 2)


def test_the_words_of_a_term_of_office_say_when_the_reminder_comes():
    words = duty_in_words(rule_named("branch-term"))
    assert words == (
        "每 36 个月换届，提前 6 个月提醒",
        "every 36 months; a reminder comes 6 months before",
    )


def test_only_days_can_be_working_days():
    in_working_days = set_to("warning-correction-report", days=15, working=True)
    require_sense(in_working_days, Rulebook([]))
    rulebook = Rulebook([in_working_days, set_to("warning-correction-report", months=2)])
    in_months = rulebook.on(rule_named("warning-correction-report"), D)
    assert (in_months.duty.months, in_months.duty.working) == (2, False)
    assert "working" not in settable(in_months)
    for change in (
        set_to("warning-correction-report", working=True),
        set_to("warning-inquiry-reply", months=1, working=True),
    ):
        with pytest.raises(BadUsage, match="按月计算"):
            require_sense(change, Rulebook([]))
    with pytest.raises(BadUsage, match="可改"):
        require_sense(set_to("dl-prior-report", days=3, working=True), Rulebook([]))


@pytest.mark.parametrize(
    "change",
    [
        set_to("dues-monthly", every="quarter"),  # dues are recorded by month
        set_to("study-plan", every="month"),
        set_to("members-meeting", days=3),
        set_to("members-meeting", by=(1, 31)),
        set_to("leader-lecture", days=3),
        set_to("members-meeting", every="year", days=3),
        set_to("study-record", count=2),
        set_to("members-meeting"),
    ],
)
def test_a_number_that_a_rule_does_not_have_is_refused(change: Change):
    with pytest.raises(BadUsage):
        require_sense(change, Rulebook([]))


@pytest.mark.parametrize(
    "change",
    [
        set_to("leader-lecture", by=(6, 30)),  # a yearly rule without a due day
        set_to("members-meeting", every="year", by=(6, 30)),
    ],
)
def test_what_is_done_once_a_year_takes_a_day_of_the_year(change: Change):
    require_sense(change, Rulebook([]))
    assert Rulebook([change]).on(rule_named(change.rule), D).duty.by == (6, 30)


@pytest.mark.parametrize(
    "change",
    [
        set_to("members-meeting", every="month"),
        Change("members-meeting", RuleAct.ENABLE, D),
        Change("layer:bureau", RuleAct.ENABLE, D),
        Change(ROLL_FORWARD, RuleAct.DISABLE, D),
    ],
)
def test_a_change_that_changes_nothing_is_refused(change: Change):
    with pytest.raises(Refused):
        require_sense(change, Rulebook([]))


def test_a_period_can_be_made_up_by_the_cadence_of_any_day():
    book = Rulebook([set_to("members-meeting", every="quarter")])
    assert cadences(MeetingKind.MEMBERS, book) == {"month", "quarter"}


def test_a_changed_title_says_what_holds_now():
    rule = rule_named("members-meeting")
    changes = [set_to("members-meeting", every="quarter"), set_to("members-meeting", count=2)]
    version = Rulebook(changes).on(rule, D)
    assert version.title == "党员大会每月一次（改为每季度，2 次）"
    assert duty_in_words(version).chinese == "每季度，2 次"
    assert isinstance(version.duty, Every)


def test_differences_are_what_came_what_went_and_what_stands_otherwise():
    case = next(case for case in CASES if case["name"].startswith("advised from a month on"))
    history, rule = History(case), rule_named("study-session")
    known = history.known(date(2027, 3, 1))
    after = list(obligations([rule], known, history.rulebook))
    before = list(obligations([rule], known, None))
    (changed,) = differences(before, after)
    assert (changed.before.period, changed.before.status) == ("2027-02", "overdue")
    assert changed.after.status == "advised"
    assert changed.is_past(date(2027, 3, 1))
    assert not changed.is_past(date(2027, 2, 28))
    assert [each.after for each in differences(after, after[:-1])] == [None]


# State, and wording


def test_a_rule_stands_as_was_last_said_of_it_by_the_day():
    acts = (RuleAct.DISABLE, RuleAct.ENABLE, RuleAct.DISABLE)
    days = (date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1))
    book = Rulebook(
        [
            *(Change("study-record", act, day) for act, day in zip(acts, days, strict=True)),
            Change("study-plan", RuleAct.DISABLE, date(2027, 1, 1)),
            Change(ROLL_FORWARD, RuleAct.ENABLE, date(2027, 2, 1)),
            set_to("study-session", date(2027, 1, 1), every="quarter"),
        ]
    )
    asked = [date(2026, 12, 31), *days]
    assert [book.stands("study-record", day) for day in asked] == [True, False, True, False]
    assert [book.stands("study-session", day) for day in asked] == [True] * 4
    assert [book.stands(ROLL_FORWARD, day) for day in asked] == [False, False, True, True]


def test_a_yearly_duty_without_a_day_of_its_own_ends_with_the_year():
    assert settable(rule_named("contact-model"))["by"] == (12, 31)
    assert settable(rule_named("study-plan"))["by"] == (1, 31)
    assert "by" not in settable(rule_named("party-lecture"))
    assert "every" not in settable(rule_named("study-plan"))  # a study plan is always for one year


def test_which_due_dates_can_roll_off_a_rest_day():
    can = {rule.id for rule in CATALOGUE if can_roll(rule)}
    assert {"study-plan", "work-plan", "dl-package", "plan-item", "review-self"} <= can
    assert not {"members-meeting", "contact-model", "dl-prior-report", "study-record"} & can


def test_a_rule_that_was_changed_twice_says_its_last_numbers_alone():
    book = Rulebook(
        [set_to("dl-package", days=10), set_to("dl-package", date(2027, 6, 1), days=20)]
    )
    rule = book.on(rule_named("dl-package"), date(2027, 6, 1))
    assert rule is not None
    assert rule.title == "民主生活会后 15 日内上报五项材料（改为20 日）"
    assert rule.english.endswith(" (now 20 days)")


def test_what_satisfies_a_rule_is_a_record_or_a_command():
    meeting, record, opinions = (
        satisfied_by(rule_named(each))
        for each in ("members-meeting", "study-record", "dl-opinions")
    )
    assert meeting.kind is MeetingKind.MEMBERS
    assert meeting.command == "partyctl meeting add members --on … --chair …"
    assert satisfying(meeting) == "党员大会（partyctl meeting add 党员大会 --on … --chair …）"
    assert satisfying(record) == record.command == "partyctl meeting edit … --minutes …"
    assert satisfying(opinions) == "partyctl meeting step … …"


def test_a_title_says_the_numbers_that_were_set_last_in_both_languages():
    rule = rule_named("members-meeting")
    (_, quarterly), (_, yearly) = (
        (each, Rulebook([set_to(rule.id, every="quarter"), *more]).as_set(rule, D))
        for each, more in (("quarter", []), ("year", [set_to(rule.id, every="year")]))
    )
    assert quarterly.title == f"{rule.title}（改为每季度）"
    assert quarterly.english == f"{rule.english} (now every quarter)"
    assert yearly.title.count("改为") == 1
    assert yearly.title.startswith(f"{rule.title}（改为每年")
    assert yearly.english.startswith(f"{rule.english} (now every year")


def test_a_deadline_before_an_event_is_put_in_words():
    report = rule_named("dl-prior-report")
    assert duty_in_words(report).chinese == "事前 15 日"
    assert duty_in_words(rule_named("dl-study")).chinese == "最迟当天"


def test_a_change_has_no_number_until_it_is_stored():
    assert Change("study-plan", RuleAct.SET, date(2027, 1, 1)).id == 0
