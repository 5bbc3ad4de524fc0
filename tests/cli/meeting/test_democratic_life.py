"""What `check` answers shortly before and after each deadline of a democratic-life meeting.

Some of the tests move the meeting to another day.
"""

import pytest

from tests.cli.conftest import Owed
from tests.conftest import Run

MEETING = "民主生活会 2026-03-20"
PARTS = ("report", "minutes", "outlines", "opinions", "measures")
GROUP = ("张三", "李四", "王五")


def each(status: str) -> dict[str, str]:
    return dict.fromkeys(GROUP, status)


@pytest.fixture
def planned(leading: Run) -> Run:
    """A meeting planned for 20 March 2026; the day of planning is not recorded."""
    leading("meeting plan 民主生活会 --on 2026-03-20 --theme 对照检查")
    return leading


@pytest.fixture
def held(leading: Run) -> Run:
    """A meeting that was held on 20 March 2026; the ledger has no plan for it."""
    leading("meeting add democratic-life --on 2026-03-20 --chair 张三")
    return leading


def test_one_a_year_is_met_by_one_that_was_held_not_by_a_plan(planned: Run, standing):
    assert standing("democratic-life", "2026-12-31") == {(1, "2026"): "due"}
    assert standing("democratic-life", "2027-01-01")[1, "2026"] == "overdue"

    planned("meeting hold 1 --on 2026-03-20 --chair 张三")

    assert standing("democratic-life", "2026-03-19") == {(1, "2026"): "due"}
    assert standing("democratic-life", "2026-03-20") == {(1, "2026"): "met"}


def test_what_is_advised_is_to_plan_one_and_to_hold_the_one_that_is_planned(leading: Run):
    def remedies() -> dict[str, str]:
        found = leading("check --rule democratic-life --json --as-of 2027-02-01", code=3).json
        return {each["period"]: each["remedy"] for each in found["obligations"]}

    plan = "partyctl meeting plan democratic-life --on …"
    assert remedies() == {"2026": f"{plan} --makes-up 2026", "2027": plan}

    leading("meeting plan 民主生活会 --on 2027-03-20")
    hold = "partyctl meeting hold {} --on … --chair …"
    assert remedies() == {"2026": f"{plan} --makes-up 2026", "2027": hold.format(1)}

    leading("meeting plan 民主生活会 --on 2027-02-20 --makes-up 2026")
    assert remedies() == {"2026": hold.format(2), "2027": hold.format(1)}


@pytest.mark.parametrize(("left", "owing"), [("2026-03-20", GROUP[:2]), ("2026-03-21", GROUP)])
def test_on_the_day_of_leaving_one_is_no_longer_of_the_leading_group(
    leading: Run, owed: Owed, left: str, owing: tuple[str, ...]
):
    leading(f"member leave 王五 --on {left}")
    leading("meeting add democratic-life --on 2026-03-20 --chair 张三")

    assert set(owed("dl-outline", "2026-03-21")) == set(owing)
    assert set(owed("dl-criticism", "2026-03-21")) == set(owing)


def test_one_held_without_a_plan_counts_too(held: Run, standing):
    assert standing("democratic-life", "2026-03-20") == {(1, "2026"): "met"}


BEFORE = [
    ("dl-prior-report", "prior-report", "2026-03-05"),
    ("dl-notice", "notice", "2026-03-19"),
    ("dl-study", "study", "2026-03-20"),
]


@pytest.mark.parametrize(("rule", "step", "due"), BEFORE)
def test_what_comes_before_the_meeting_is_open_from_the_plan_on_and_overdue_the_day_after(
    planned: Run, owed: Owed, rule: str, step: str, due: str
):
    after = f"{due[:8]}{int(due[8:]) + 1:02d}"
    assert owed(rule, "2026-01-01") == {MEETING: "due"}
    assert owed(rule, due) == {MEETING: "due"}
    assert owed(rule, after) == {MEETING: "overdue"}

    planned(f"meeting step 1 {step} --on {after}")
    assert owed(rule, due) == {MEETING: "due"}
    assert owed(rule, after) == {MEETING: "late"}

    planned(f"meeting step 1 {step} --void 日期写错")
    planned(f"meeting step 1 {step} --on {due}")
    assert owed(rule, due) == {MEETING: "met"}
    assert owed(rule, "2027-03-20") == {MEETING: "met"}


@pytest.mark.parametrize(
    ("on", "due"),
    [
        ("2024-03-10", "2024-02-24"),  # across 29 February
        ("2024-03-15", "2024-02-29"),
        ("2024-02-29", "2024-02-14"),
        ("2026-03-31", "2026-03-16"),
        ("2026-03-01", "2026-02-14"),
        ("2025-01-05", "2024-12-21"),  # across the end of a year
    ],
)
def test_fifteen_days_are_counted_over_ends_of_months_and_a_leap_day(
    run: Run, owed: Owed, on: str, due: str
):
    run("init --organ 局党组 --branch 支部 --since 2024-01-01")
    run(f"meeting plan democratic-life --on {on}")
    found = run(f"check --json --rule dl-prior-report --as-of {due}").json["obligations"]
    assert [(each["due"], each["status"], each["days_left"]) for each in found] == [(due, "due", 0)]


@pytest.mark.parametrize(
    ("on", "due"),
    [
        ("2024-02-14", "2024-02-29"),
        ("2024-02-15", "2024-03-01"),
        ("2026-02-14", "2026-03-01"),
        ("2026-03-31", "2026-04-15"),
        ("2025-12-20", "2026-01-04"),
    ],
)
def test_and_after_it(run: Run, owed: Owed, on: str, due: str):
    run("init --organ 局党组 --branch 支部 --since 2024-01-01")
    run("member add 张三 --joined 2010-07-01 --post leading-secretary")
    run(f"meeting add democratic-life --on {on} --chair 张三")
    for rule in ("dl-package", "dl-rectification", "dl-briefing"):
        found = run(f"check --json --rule {rule} --as-of {due}").json["obligations"]
        assert [(each["due"], each["status"]) for each in found] == [(due, "due")]


def test_what_fell_due_before_the_ledgers_start_is_not_owed(leading: Run, owed: Owed):
    leading("meeting plan democratic-life --on 2026-01-10")

    # the report was due before the ledger's start
    assert owed("dl-prior-report", "2026-01-01") == {}
    assert owed("dl-notice", "2026-01-01") == {"民主生活会 2026-01-10": "due"}


def test_a_plan_is_known_from_the_day_on_which_it_was_made(leading: Run, owed: Owed):
    leading("meeting plan democratic-life --on 2026-03-20 --planned-on 2026-03-07")

    assert owed("dl-prior-report", "2026-03-06") == {}
    assert owed("dl-prior-report", "2026-03-07") == {MEETING: "overdue"}
    assert owed("dl-notice", "2026-03-07") == {MEETING: "due"}


def test_opinions_are_asked_for_and_passed_on_by_the_day_before(planned: Run, owed: Owed):
    planned("meeting step 1 opinions --on 2026-03-10")
    found = planned("check --json --rule dl-opinions --as-of 2026-03-19").json["obligations"][0]
    assert (found["status"], found["note"]) == ("due", "缺：反馈意见")
    assert found["remedy"] == "partyctl meeting step 1 feedback --on …"
    assert owed("dl-opinions", "2026-03-20") == {MEETING: "overdue"}

    planned("meeting step 1 feedback --on 2026-03-19 --with 李四")

    assert owed("dl-opinions", "2026-03-19") == {MEETING: "met"}


def test_study_adds_up_to_a_day(planned: Run, owed: Owed):
    planned("meeting step 1 study --days 0.5 --on 2026-03-10")
    assert owed("dl-study", "2026-03-20") == {MEETING: "due"}
    assert owed("dl-study", "2026-03-21") == {MEETING: "overdue"}

    planned("meeting step 1 study --days 0.5 --on 2026-03-20")

    assert owed("dl-study", "2026-03-19") == {MEETING: "due"}
    assert owed("dl-study", "2026-03-20") == {MEETING: "met"}


def test_every_member_of_the_leading_group_writes_an_outline_by_the_day(planned: Run, owed: Owed):
    planned("meeting step 1 outline --with 张三,李四 --on 2026-03-20")
    planned("meeting step 1 outline --with 王五 --on 2026-03-21")

    assert owed("dl-outline", "2026-03-19") == each("due")
    assert owed("dl-outline", "2026-03-20") == each("met") | {"王五": "due"}
    assert owed("dl-outline", "2026-03-21") == each("met") | {"王五": "late"}


def test_who_owes_an_outline_is_who_sits_in_the_group_on_the_day(planned: Run, owed: Owed):
    planned("member post 王五 leading-member --from 2026-01-01 --to 2026-03-19")
    planned("member post 赵六 leading-member --from 2026-03-20")

    assert set(owed("dl-outline", "2026-03-01")) == set(GROUP)
    assert set(owed("dl-outline", "2026-03-20")) == {"张三", "李四", "赵六"}


def test_criticism_is_owed_once_the_meeting_was_held(planned: Run, owed: Owed):
    assert owed("dl-criticism", "2026-03-20") == {}

    planned("meeting hold 1 --on 2026-03-20 --chair 张三")
    assert owed("dl-criticism", "2026-03-19") == {}
    assert owed("dl-criticism", "2026-03-20") == each("breach")
    # without --on, the step is dated on the meeting's day
    planned("meeting step 1 criticism --with 张三,王五")

    assert owed("dl-criticism", "2026-03-20") == each("met") | {"李四": "breach"}


def test_the_report_is_whole_with_its_fifth_part(held: Run, owed: Owed):
    for part in PARTS[:4]:
        held(f"meeting step 1 package --part {part} --on 2026-03-25")
    assert owed("dl-package", "2026-03-20") == {MEETING: "due"}
    assert owed("dl-package", "2026-04-04") == {MEETING: "due"}
    assert owed("dl-package", "2026-04-05") == {MEETING: "overdue"}
    found = held("check --json --rule dl-package --as-of 2026-04-04").json["obligations"][0]
    assert found["note"] == "缺：整改措施"
    assert found["remedy"].endswith("meeting step 1 package --on … --part measures")

    held("meeting step 1 package --part measures --on 2026-04-04")
    assert owed("dl-package", "2026-04-04") == {MEETING: "met"}

    held("meeting step 1 package --part measures --void 晚了一天")
    held("meeting step 1 package --part measures --on 2026-04-05")
    assert owed("dl-package", "2026-04-05") == {MEETING: "late"}


def test_all_five_parts_in_one_command(held: Run, owed: Owed):
    held("meeting step 1 package --on 2026-03-25 " + " ".join(f"--part {part}" for part in PARTS))

    assert owed("dl-package", "2026-03-25") == {MEETING: "met"}


def test_the_outcome_is_made_known_within_fifteen_days_as_advice(held: Run, owed: Owed):
    assert owed("dl-briefing", "2026-04-04") == {MEETING: "due"}
    assert owed("dl-briefing", "2026-04-05") == {MEETING: "advised"}

    held("meeting step 1 briefing --on 2026-04-05")

    assert owed("dl-briefing", "2026-04-05") == {MEETING: "late"}


def test_measures_follow_within_fifteen_days(held: Run, owed: Owed):
    assert owed("dl-rectification", "2026-04-04") == {MEETING: "due"}
    assert owed("dl-rectification", "2026-04-05") == {MEETING: "overdue"}

    held("rectify add 学习不深入 --owner 李四 --due 2026-06-30 --meeting 1 --on 2026-04-04")

    assert owed("dl-rectification", "2026-04-04") == {MEETING: "met"}


def test_the_second_meeting_looks_back_at_the_first_ones_measures(held: Run, owed: Owed):
    assert owed("dl-previous-rectification", "2026-03-20") == {}
    held("meeting plan democratic-life --on 2026-09-10")
    assert owed("dl-previous-rectification", "2026-09-10") == {}

    held("meeting hold 2 --on 2026-09-10 --chair 张三")
    second = "民主生活会 2026-09-10"
    assert owed("dl-previous-rectification", "2026-09-09") == {}
    assert owed("dl-previous-rectification", "2026-09-10") == {second: "breach"}
    held("meeting step 2 previous-rectification")
    assert owed("dl-previous-rectification", "2026-09-10") == {second: "met"}

    held("meeting void 1 --reason 误登")  # meeting 2 now has no earlier meeting
    assert owed("dl-previous-rectification", "2026-09-10") == {}


def test_a_moved_plan_moves_its_deadlines_and_what_is_done_is_judged_anew(planned: Run, owed: Owed):
    planned("meeting step 1 prior-report --on 2026-03-06")
    assert owed("dl-prior-report", "2026-03-06") == {MEETING: "late"}

    planned("meeting edit 1 --on 2026-03-21")
    moved = "民主生活会 2026-03-21"
    assert owed("dl-prior-report", "2026-03-06") == {moved: "met"}
    assert owed("dl-notice", "2026-03-20") == {moved: "due"}

    planned("meeting edit 1 --on 2026-03-19")
    assert owed("dl-prior-report", "2026-03-06") == {"民主生活会 2026-03-19": "late"}
    assert owed("dl-notice", "2026-03-19") == {"民主生活会 2026-03-19": "overdue"}


def test_held_on_another_day_the_deadlines_run_from_the_plan_until_then(planned: Run, owed: Owed):
    planned("meeting step 1 prior-report --on 2026-03-06")
    planned("meeting hold 1 --on 2026-03-25 --chair 张三")
    held = "民主生活会 2026-03-25"

    assert owed("dl-prior-report", "2026-03-24") == {MEETING: "late"}
    assert owed("dl-prior-report", "2026-03-25") == {held: "met"}
    assert owed("dl-notice", "2026-03-24") == {MEETING: "overdue"}
    assert owed("dl-package", "2026-03-24") == {MEETING: "due"}  # 15 days from the planned day
    assert owed("dl-package", "2026-04-09") == {held: "due"}
    assert owed("dl-package", "2026-04-10") == {held: "overdue"}


def test_a_plan_that_is_not_held_leaves_its_steps_overdue_and_voided_they_vanish(
    planned: Run, owed: Owed
):
    rules = ("dl-prior-report", "dl-notice", "dl-study", "dl-opinions", "dl-package")
    for rule in rules:
        assert owed(rule, "2026-12-31") == {MEETING: "overdue"}
    assert owed("dl-outline", "2026-12-31") == each("overdue")

    planned("meeting void 1 --reason 改期另行通知")

    for rule in (*rules, "dl-outline", "dl-talks", "dl-peer-talks"):
        assert owed(rule, "2026-12-31") == {}


def test_a_corrected_day_of_the_meeting_takes_along_what_was_done_at_it(held: Run, owed: Owed):
    held("meeting step 1 criticism --with all")
    held("meeting edit 1 --on 2026-03-18")

    assert owed("dl-criticism", "2026-03-18") == each("met")
