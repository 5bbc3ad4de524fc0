"""Obligations that a clerk can meet with one command are grouped under this command."""

from datetime import date

from partyctl.calendar import period_named
from partyctl.law.catalogue import rule_named
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.rule import Obligation
from partyctl.law.questions.grouping import Group, grouped
from partyctl.law.questions.remedies import Bundle, amounts, bundled, short_months
from partyctl.law.questions.scoreboard import Item
from partyctl.terms import Status

NOBODY: frozenset[str] = frozenset()
BRANCH = Subject("branch", 1, "机关支部")


def member(number: int, name: str | None = None) -> Subject:
    return Subject("member", number, name or f"党员{number}")


def item(
    rule: str, who: Subject, period: str, status: Status = Status.OVERDUE, remedy: str = ""
) -> Item:
    of = period_named(period)
    head = (rule_named(rule), who, period, of.first, of.last, status)
    return Item(Obligation(*head, None, remedy or None), "机关支部", carried_over=False)


def dues(number: int, month: str, status: Status = Status.OVERDUE, yuan: str = "50.00") -> Item:
    who = member(number)
    remedy = f"partyctl dues pay {who.name} --month {month} --amount {yuan} --consent …"
    return item("dues-monthly", who, month, status, "" if status is Status.MET else remedy)


def told(groups: list[Group]) -> list[tuple[list[int], list[str]]]:
    return [([each.id for each in group.subjects], group.periods) for group in groups]


def test_the_same_people_through_several_months_are_one_group_other_people_another():
    items = [dues(2, "2026-02"), dues(1, "2026-02"), dues(1, "2026-01"), dues(2, "2026-01")]
    assert told(grouped([dues(1, "2026-03"), *items])) == [
        ([1, 2], ["2026-01", "2026-02"]),
        ([1], ["2026-03"]),
    ]


def test_advice_and_what_is_settled_is_one_group_a_rule():
    cells = [Subject("cell", 1, "一组"), Subject("cell", 2, "二组")]
    advised = [
        item("cell-meeting", cells[0], "2026-01", Status.ADVISED),
        item("cell-meeting", cells[1], "2026-02", Status.ADVISED),
    ]
    settled = [dues(1, "2026-01", Status.MET), dues(2, "2026-02", Status.MET)]
    assert told(grouped(advised)) == [([1, 2], ["2026-01", "2026-02"])]
    assert told(grouped(settled)) == [([1, 2], ["2026-01", "2026-02"])]
    assert grouped([dues(1, "2026-01")])[0].names_everybody
    assert not grouped(settled)[0].names_everybody
    assert not grouped(advised)[0].names_everybody


def test_what_must_be_done_and_is_done_is_one_group_though_the_people_differ():
    settled = [dues(1, "2026-01", Status.MET), dues(1, "2026-02", Status.MET)]
    assert len(grouped([*settled, dues(2, "2026-03", Status.MET)])) == 1
    advice = [
        item("talk-coverage", member(n), period, Status.ADVISED)
        for n, period in ((2, "2026-Q1"), (1, "2026-Q2"))
    ]
    (group,) = grouped(advice[::-1])
    assert [each.obligation.period for each in group.items] == ["2026-Q1", "2026-Q2"]


def test_what_has_no_period_goes_by_its_day():
    def letter(number: int, day: date) -> Item:
        subject = Subject("warning", number, f"案件 #{number}")
        head = (rule_named("warning-inquiry-reply"), subject, None, day, day, Status.OVERDUE)
        return Item(Obligation(*head), "机关支部", carried_over=False)

    late, early = letter(1, date(2026, 3, 2)), letter(2, date(2026, 3, 1))
    (group,) = grouped([late, early])
    assert [each.obligation.subject.id for each in group.items] == [2, 1]

    def due_on(number: int, opens: date, due: date | None) -> Item:
        found = letter(number, opens)
        return found._replace(obligation=found.obligation._replace(due=due))

    begun_first = due_on(1, date(2026, 3, 1), date(2026, 3, 20))
    due_first = due_on(2, date(2026, 3, 2), date(2026, 3, 10))
    never_due = due_on(3, date(2026, 3, 15), None)
    (group,) = grouped([never_due, begun_first, due_first])
    assert [each.obligation.subject.id for each in group.items] == [2, 3, 1]


def test_people_of_two_branches_are_two_groups_of_what_must_be_done_and_one_of_advice():
    def of_both(rule: str, period: str, status: Status) -> list[Item]:
        first, second = (item(rule, member(n), period, status) for n in (1, 2))
        return [first, second._replace(branch="第二支部")]

    assert told(grouped(of_both("dues-monthly", "2026-01", Status.OVERDUE))) == [
        ([1], ["2026-01"]),
        ([2], ["2026-01"]),
    ]
    advice = of_both("talk-coverage", "2026-Q1", Status.ADVISED)
    assert told(grouped(advice)) == [([1, 2], ["2026-Q1"])]
    bodies = [
        item("members-meeting", Subject("branch", n, name), "2026-01")._replace(branch=name)
        for n, name in ((1, "机关支部"), (2, "第二支部"))
    ]
    assert told(grouped(bodies)) == [([1, 2], ["2026-01"])]


def bundles(*items: Item, shared: frozenset[str] = NOBODY) -> list[Bundle]:
    return bundled(grouped(items), shared, short_months(items))


def test_one_command_names_everybody_and_every_month():
    (bundle,) = bundles(*(dues(n, month) for n in (1, 2) for month in ("2026-01", "2026-02")))
    assert bundle.remedy == "partyctl dues pay 党员1,党员2 --month 2026-01..2026-02 --consent …"
    assert not bundle.one_by_one
    assert amounts(bundle.groups[0]) == [5000] * 4


def test_what_is_still_missing_of_a_month_is_one_command_too():
    def short(number: int) -> Item:
        who = member(number)
        remedy = f"partyctl dues pay {who.name} --month 2026-01 --amount 4.00"
        return item("dues-full-amount", who, "2026-01", Status.BREACH, remedy)

    (bundle,) = bundles(short(1), short(2))
    assert bundle.remedy == "partyctl dues pay 党员1,党员2 --month 2026-01"
    assert amounts(bundle.groups[0]) == [400, 400]


def test_eight_are_named_of_more_it_is_everybody_who_owes_it():
    eight = [dues(n, "2026-01") for n in range(1, 9)]
    names = ",".join(f"党员{n}" for n in range(1, 9))
    assert bundles(*eight)[0].remedy == f"partyctl dues pay {names} --month 2026-01 --consent …"
    everybody = "partyctl dues pay --all --month 2026-01 --consent …"
    assert bundles(*eight, dues(9, "2026-01"))[0].remedy == everybody


def test_months_with_a_gap_are_paid_one_after_the_other():
    gap = [dues(1, "2026-01"), dues(1, "2026-03")]
    (bundle,) = bundles(*gap)
    assert bundle == Bundle(bundle.groups, gap[0].obligation.remedy, one_by_one=True)


def test_an_amount_that_nobody_knows_is_filled_in_one_by_one():
    (bundle,) = bundles(dues(1, "2026-01", yuan="…"), dues(2, "2026-01"))
    assert bundle.one_by_one
    assert amounts(bundle.groups[0]) is None


def test_names_that_are_shared_go_by_number_and_one_with_a_comma_goes_alone():
    shared = frozenset({"党员2"})
    remedy = "partyctl dues pay '#2' --month 2026-01 --amount 50.00 --consent …"
    items = dues(1, "2026-01"), item("dues-monthly", member(2), "2026-01", remedy=remedy)
    joined = "partyctl dues pay 党员1,'#2' --month 2026-01 --consent …"
    assert bundles(*items, shared=shared)[0].remedy == joined
    odd = member(3, "甲,乙")
    remedy = "partyctl dues pay 甲,乙 --month 2026-01 --amount 50.00 --consent …"
    assert bundles(dues(1, "2026-01"), item("dues-monthly", odd, "2026-01", remedy=remedy))[
        0
    ].one_by_one


def test_what_takes_one_at_a_time_is_the_first_of_several_commands():
    items = [
        item("leader-lecture", member(n), "2026", remedy=f"partyctl meeting add lecture --{n}")
        for n in (1, 2)
    ]
    (bundle,) = bundles(*items)
    assert (bundle.remedy, bundle.one_by_one) == ("partyctl meeting add lecture --1", True)
    same = [item("leader-lecture", member(n), "2026", remedy="partyctl x") for n in (1, 2)]
    (bundle,) = bundles(*same)
    assert (bundle.remedy, bundle.one_by_one) == ("partyctl x", False)
    (bundle,) = bundles(dues(1, "2026-01", Status.MET), dues(2, "2026-01", Status.MET))
    assert (bundle.remedy, bundle.one_by_one) == (None, False)


MEETING = "partyctl meeting add members --on … --chair …"
LECTURE = "partyctl meeting add lecture --on … --chair … --lecturer …"


def test_one_gathering_serves_several_kinds_that_are_due_on_one_day():
    meeting = item("members-meeting", BRANCH, "2026-03", Status.DUE, MEETING)
    lecture = item("party-lecture", BRANCH, "2026-Q1", Status.DUE, LECTURE)
    (bundle,) = bundles(meeting, lecture)
    both = "partyctl meeting add members,lecture --lecturer … --on … --chair …"
    assert (bundle.remedy, len(bundle.groups)) == (both, 2)
    assert [each.remedy for each in bundles(lecture)] == [LECTURE]
    # Duties with a different day, body or lecturer are separate tasks
    april = item("members-meeting", BRANCH, "2026-04", Status.DUE, MEETING)
    other = Subject("branch", 2, "第二支部")
    theirs = item("members-meeting", other, "2026-03", Status.DUE, MEETING)
    own = item("leader-lecture", member(1), "2026-Q1", Status.DUE, "partyctl own")
    assert [each.remedy for each in bundles(lecture, april)] == [LECTURE, MEETING]
    assert [each.remedy for each in bundles(lecture, theirs)] == [LECTURE, MEETING]
    assert [each.remedy for each in bundles(lecture, own)] == [LECTURE, "partyctl own"]


def test_what_makes_up_a_period_is_a_gathering_of_its_own():
    march = [
        item("members-meeting", BRANCH, "2026-03", remedy=f"{MEETING} --makes-up 2026-03"),
        item(
            "study-session",
            BRANCH,
            "2026-03",
            remedy="partyctl meeting add study --on … --chair … --makes-up 2026-03",
        ),
    ]
    april = item("theme-day", BRANCH, "2026-04", Status.OVERDUE, "partyctl meeting add theme-day")
    first, second = bundles(*march, april)
    assert first.remedy == (
        "partyctl meeting add members,study --on … --chair … --makes-up 2026-03"
    )
    assert second.remedy == "partyctl meeting add theme-day"


def test_two_groups_with_one_command_are_brought_together():
    command = "partyctl talk add --on … --with …"
    items = [
        item("talk-committee", BRANCH, "2026-Q1", remedy=command),
        item("talk-members", BRANCH, "2026-Q1", remedy=command),
    ]
    (bundle,) = bundles(*items)
    assert (bundle.remedy, len(bundle.groups)) == (command, 2)


def test_a_gathering_without_a_lecture_asks_for_no_lecturer():
    meeting = item("members-meeting", BRANCH, "2026-03", Status.DUE, MEETING)
    study = "partyctl meeting add study --on … --chair …"
    (bundle,) = bundles(meeting, item("study-session", BRANCH, "2026-03", Status.DUE, study))
    assert bundle.remedy == "partyctl meeting add members,study --on … --chair …"


def short(number: int, month: str, status: Status = Status.BREACH) -> Item:
    """The obligation of a member who paid too little for a month."""
    return item("dues-full-amount", member(number), month, status, "partyctl dues pay 其他 --month")


def test_everybody_is_only_those_who_paid_nothing_where_somebody_paid_too_little():
    nine = [dues(n, "2026-01") for n in range(1, 10)]
    everybody = "partyctl dues pay --all --month 2026-01 --consent …"
    assert bundles(*nine, short(10, "2026-01"))[0].remedy == f"{everybody} --unpaid"
    # If the low payment is for another month, or the missing sum was paid later, `--unpaid` is not
    # needed.
    assert bundles(*nine, short(10, "2026-02"))[0].remedy == everybody
    assert bundles(*nine, short(10, "2026-01", Status.LATE))[0].remedy == everybody
    # If the months of too low payments were not computed (`short` is None), the command has
    # `--unpaid`.
    (bundle,) = bundled(grouped(nine), NOBODY)
    assert bundle.remedy == f"{everybody} --unpaid"
    # A command that names members needs no `--unpaid`: it records payments of these members only.
    first = bundles(*nine[:8], short(10, "2026-01"))[0]
    assert "--unpaid" not in str(first.remedy)


def test_everybody_who_has_not_summed_up_is_asked_as_before():
    nine = [
        item("review-self", member(n), "2026", remedy=f"partyctl review self 2026 党员{n} --on …")
        for n in range(1, 10)
    ]
    (bundle,) = bundled(grouped(nine), NOBODY)
    assert bundle.remedy == "partyctl review self 2026 --all --on …"


def test_the_months_for_which_somebody_paid_too_little():
    items = [short(1, "2026-01"), short(2, "2026-03", Status.ADVISED), dues(3, "2026-02")]
    assert short_months([*items, short(4, "2026-04", Status.MET)]) == {"2026-01", "2026-03"}
