"""The pairs of members who talked in a year, and the talks that the branch still owes."""

from datetime import date

from partyctl.calendar import period_named
from partyctl.law.questions.talking import YearOfTalks, year_of_talks
from partyctl.terms import Status
from tests.law.chapters.test_cases import History

ROLL = [
    *({"role": "党员", "who": who} for who in ("张三", "李四", "王五", "赵六")),
    {"role": "支部书记", "who": "张三"},
    {"role": "组织委员", "who": "李四", "to": date(2026, 6, 30)},
]
PART = {"on": date(2026, 2, 10), "what": "谈话·参加谈话"}
TALKED = {
    "2026-Q1": [
        ("talk:committee", 7, 1, "张三", 2, "李四"),
        ("talk:committee", 7, 1, "张三", 2, "李四"),
        ("talk:committee-member", 8, 3, "王五", 1, "张三"),
    ],
    "2026-Q2": [("talk:committee-member", 9, 1, "张三", 3, "王五")],
}


def year(on: str, *facts: dict, named: str = "2026") -> YearOfTalks:
    case = {"rule": "talk-coverage", "since": date(2026, 1, 1), "scope": ROLL, "facts": facts}
    known = History(case).known(date.fromisoformat(on))
    return year_of_talks(known, None, period_named(named), TALKED)


def test_a_pair_has_the_talks_of_each_quarter_whoever_is_named_first():
    found = year("2026-05-10")

    assert found.quarters == ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
    assert found.between(1, 2) == found.between(2, 1) == {"2026-Q1": (7,)}
    assert found.between(3, 1) == {"2026-Q1": (8,), "2026-Q2": (9,)}
    assert found.between(2, 3) == {}
    assert [each.subject.name for each in found.partners(1)] == ["李四", "王五"]
    assert found.partners(4) == []


def test_the_people_are_those_of_the_day_within_the_year():
    assert [each.subject.id for each in year("2026-05-10").people] == [1, 2, 3, 4]
    assert [each.subject.name for each in year("2026-06-30").committee] == ["张三", "李四"]
    assert [each.subject.name for each in year("2026-07-01").committee] == ["张三"]
    # For a past year, the answer is about its last day; for a future year, about its first day.
    assert [each.subject.name for each in year("2027-05-10").committee] == ["张三"]
    assert [each.subject.name for each in year("2026-05-10", named="2027").committee] == [
        "张三",
        "李四",
    ]


def test_the_committees_pairs_that_did_not_talk_are_named():
    found = year("2026-05-10")
    assert found.committee_missing("2026-Q1") == []
    assert found.committee_missing("2026-Q2") == [("张三", "李四")]


def test_whoever_did_not_talk_in_a_quarter_is_without_in_it():
    part = PART | {"who": "张三"}
    found = {each.subject.name: each.without for each in year("2026-05-10", part).people}
    assert found == {
        "张三": ("2026-Q2",),
        "李四": ("2026-Q1", "2026-Q2"),
        "王五": ("2026-Q1", "2026-Q2"),
        "赵六": ("2026-Q1", "2026-Q2"),
    }
    next_year = year("2027-05-10", part, named="2027").people[0]
    assert next_year.without == ("2027-Q1", "2027-Q2")


def test_each_kind_stands_quarter_by_quarter():
    talk = {"on": date(2026, 2, 10), "what": "谈话·党员之间"}
    kinds = {each.rule: each.statuses for each in year("2026-05-10", talk).kinds}
    assert kinds == {
        "talk-committee": {"2026-Q1": Status.OVERDUE, "2026-Q2": Status.DUE},
        "talk-committee-member": {"2026-Q1": Status.OVERDUE, "2026-Q2": Status.DUE},
        "talk-members": {"2026-Q1": Status.MET, "2026-Q2": Status.DUE},
    }
