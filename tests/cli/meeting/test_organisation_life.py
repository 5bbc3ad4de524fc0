"""Organisation-life meetings: opinions, the committee members' attendance, and criticism."""

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Run

ADD = "meeting add org-life --on 2026-03-20 --chair 张三"
RULES = ("org-life-opinions", "org-life-committee", "org-life-criticism")
IT = (1, "2026-03-20")


def test_one_every_half_year(branch: Run, standing):
    branch("meeting add 组织生活会 --on 2026-06-30 --chair 张三")
    branch("meeting add org-life --on 2026-07-20 --chair 张三")

    assert standing("org-life", "2026-06-29") == {(1, "2026-H1"): "due"}
    assert standing("org-life", "2026-06-30") == {(1, "2026-H1"): "met"}
    assert standing("org-life", "2026-07-01") == {(1, "2026-H1"): "met", (1, "2026-H2"): "due"}
    assert standing("org-life", "2026-07-20") == {(1, "2026-H1"): "met", (1, "2026-H2"): "met"}


def test_a_half_year_without_one_is_overdue_until_it_is_made_up(branch: Run, standing):
    assert standing("org-life", "2026-07-01")[1, "2026-H1"] == "overdue"

    branch("meeting add org-life --on 2026-07-20 --chair 张三 --makes-up 2026-H1")

    assert standing("org-life", "2026-07-19")[1, "2026-H1"] == "overdue"
    assert standing("org-life", "2026-07-20") == {(1, "2026-H1"): "late", (1, "2026-H2"): "due"}


def test_one_of_which_nothing_else_is_recorded_is_in_breach_of_all_three(branch: Run, standing):
    branch(ADD)

    for rule in RULES:
        assert standing(rule, "2026-03-19") == {}
        assert standing(rule, "2026-03-20") == {IT: "breach"}


def test_one_that_was_well_held_meets_all_three(branch: Run, standing):
    branch(
        f"{ADD} --present all --criticism"
        " --opinions-inside 5 --opinions-outside 3 --opinions-on 2026-03-19"
    )

    for rule in RULES:
        assert standing(rule, "2026-03-20") == {IT: "met"}


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("--opinions-inside 5 --opinions-outside 3 --opinions-on 2026-03-19", "met"),
        ("--opinions-inside 5 --opinions-outside 0 --opinions-on 2026-03-01", "met"),
        ("--opinions-inside 5 --opinions-outside 3 --opinions-on 2026-03-20", "breach"),
        ("--opinions-inside 5 --opinions-on 2026-03-19", "breach"),
        ("--opinions-outside 3 --opinions-on 2026-03-19", "breach"),
        ("--opinions-inside 5 --opinions-outside 3", "breach"),
    ],
)
def test_opinions_are_asked_for_inside_and_outside_the_party_on_an_earlier_day(
    branch: Run, standing, said: str, status: str
):
    branch(f"{ADD} {said}")

    assert standing("org-life-opinions", "2026-03-20") == {IT: status}


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("--present all", "met"),
        ("--present 张三,李四", "met"),  # both members of the committee
        ("--present 张三,李四,王五", "met"),
        ("--present 张三,王五 --absent 李四:出差", "met"),
        ("--present all --absent 李四:出差", "met"),
        ("--present 张三,王五", "breach"),  # 李四 is named neither as present nor as absent
        ("--absent 李四:出差", "breach"),
        ("--present 3", "breach"),  # only a number of people, without names
        ("--present 2 --due-present 3 --absent 李四:出差", "breach"),
        ("", "breach"),
    ],
)
def test_every_member_of_the_committee_is_named_as_present_or_as_absent_with_a_reason(
    branch: Run, standing, said: str, status: str
):
    branch(f"{ADD} {said}")

    assert standing("org-life-committee", "2026-03-20") == {IT: status}


def test_the_committee_is_that_of_the_day(branch: Run, standing):
    branch("member post 王五 discipline --from 2026-03-21")
    branch("member post 李四 organization --from 2026-01-01 --to 2026-03-20")
    branch(f"{ADD} --present 张三,李四")
    branch("meeting add org-life --on 2026-03-21 --chair 张三 --present 张三,李四")
    branch("meeting add org-life --on 2026-03-22 --chair 张三 --present 张三,王五")

    assert standing("org-life-committee", "2026-03-31") == {
        IT: "met",
        (2, "2026-03-21"): "breach",
        (3, "2026-03-22"): "met",
    }


def test_a_breach_stays_until_the_record_is_corrected(branch: Run, standing):
    branch(f"{ADD} --present 3")
    remedies = [
        each["remedy"]
        for each in branch("check --json --as-of 2026-03-31", code=3).json["obligations"]
        if each["rule"] in RULES
    ]
    assert remedies == [
        "partyctl meeting edit 1 --opinions-on … --opinions-inside … --opinions-outside …",
        "partyctl meeting edit 1 --present … --absent …",
        "partyctl meeting edit 1 --criticism",
    ]

    branch("meeting edit 1 --opinions-on 2026-03-10 --opinions-inside 3 --opinions-outside 2")
    branch("meeting edit 1 --present 张三,王五 --absent 李四:病假")
    branch("meeting edit 1 --criticism")

    for rule in RULES:
        assert standing(rule, "2026-03-20") == {IT: "met"}
    branch("undo")
    assert standing("org-life-criticism", "2026-03-20") == {IT: "breach"}


def test_one_that_is_planned_is_judged_once_it_was_held(branch: Run, standing):
    branch("meeting plan org-life --on 2026-03-20 --chair 张三")
    for rule in RULES:
        assert standing(rule, "2026-03-31") == {}

    branch("meeting hold 1 --on 2026-03-25 --present all --criticism")

    assert standing("org-life-criticism", "2026-03-24") == {}
    assert standing("org-life-criticism", "2026-03-25") == {(1, "2026-03-25"): "met"}
    assert standing("org-life-committee", "2026-03-25") == {(1, "2026-03-25"): "met"}
    assert standing("org-life-opinions", "2026-03-25") == {(1, "2026-03-25"): "breach"}


def test_voided_nothing_of_it_is_judged(branch: Run, standing):
    branch(ADD)
    branch("meeting void 1 --reason 误登")

    for rule in RULES:
        assert standing(rule, "2026-03-31") == {}
    assert standing("org-life", "2026-03-31") == {(1, "2026-H1"): "due"}


def test_other_meetings_owe_none_of_this(branch: Run, standing):
    branch("meeting add members --on 2026-03-20 --chair 张三")

    for rule in RULES:
        assert standing(rule, "2026-03-31") == {}


@pytest.mark.parametrize(
    ("said", "code", "told"),
    [
        ("--opinions-on 2026-03-21", 5, "不能晚于开会"),  # after the meeting
        ("--present 张三,李四 --absent 李四:出差", 5, "李四不能既出席又缺席"),
        ("--present 没人", 4, "党员名册里没有“没人”"),
        ("--absent 李四", 2, "缺席“李四”应写成 姓名"),
        ("--opinions-inside 三", 2, "人数“三”读不出来"),
        ("--opinions-inside -1", 2, "人数“-1”读不出来"),
        ("--makes-up 2026-01", 5, "组织生活会不按这样的期间办理"),
        ("--makes-up 2026-H1", 5, "还没有结束"),
    ],
)
def test_bad_input_leaves_the_ledger_as_it_is(
    branch: Run, refused: Refused, said: str, code: int, told: str
):
    assert told in refused(f"{ADD} {said}", code)
