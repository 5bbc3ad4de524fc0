"""The commands that partyctl suggests for a duty, in cases where they depend on records."""

from datetime import date

import pytest

from partyctl.law.catalogue import rule_named
from partyctl.law.engine.obligations import obligations
from tests.law.chapters.test_cases import History

ROLL = [{"role": "党员", "who": "张三"}]
ASSESSED = {"what": "党费核定", "who": "张三", "month": "2026-01", "yuan": "50"}


def paid(yuan: str) -> dict:
    told = {"on": date(2026, 1, 20), "what": "党费交纳", "who": "张三", "month": "2026-01"}
    return told | {"yuan": yuan}


def commands(rule: str, on: str, *facts: dict, scope: list[dict] | None = None) -> list[str | None]:
    since = date(2026, 1, 1)
    case = {"rule": rule, "since": since, "scope": scope or ROLL, "facts": facts}
    known = History(case).known(date.fromisoformat(on))
    return [each.remedy for each in obligations([rule_named(rule)], known, None)]


def test_dues_are_paid_to_what_is_assessed_with_consent_once_the_month_is_over():
    pay = "partyctl dues pay 张三 --month 2026-01 --amount"
    assert commands("dues-monthly", "2026-01-31", ASSESSED) == [f"{pay} 50.00"]
    assert commands("dues-monthly", "2026-01-31") == [f"{pay} …"]
    assert commands("dues-monthly", "2026-02-01", ASSESSED)[0] == f"{pay} 50.00 --consent …"
    assert commands("dues-full-amount", "2026-01-31", ASSESSED, paid("49.99")) == [f"{pay} 0.01"]
    assert commands("dues-full-amount", "2026-01-31", ASSESSED, paid("50")) == [None]


@pytest.mark.parametrize(
    ("steps", "following"),
    [([], "education"), (["教育"], "meeting"), (["教育", "党员大会决定"], "superior")],
)
def test_a_lapse_goes_on_with_the_step_that_is_missing(steps: list[str], following: str):
    on = date(2026, 7, 2)
    facts = [{"on": on, "what": "自行脱党处置", "who": "张三", "step": step} for step in steps]
    (remedy,) = commands("dues-lapse", "2026-07-02", *facts)
    assert remedy == f"partyctl dues lapse 张三 --step {following} --on …"


def lapse_remedies(on: str, *facts: dict) -> list[str | None]:
    found = commands("dues-lapse", on, *facts)
    start = "partyctl dues lapse 张三 --step "
    return [each and each.removeprefix(start).removesuffix(" --on …") for each in found]


def taken(on: date, step: str) -> dict:
    return {"on": on, "what": "自行脱党处置", "who": "张三", "step": step}


def test_a_second_lapse_begins_with_education_whatever_was_done_in_the_first():
    paid_all = {"on": date(2026, 8, 1), "what": "党费交纳", "who": "张三", "month": "2026-01"}
    paid_all |= {"until": "2026-07", "yuan": "10"}
    before = (taken(date(2026, 7, 5), "教育"), taken(date(2026, 7, 6), "党员大会决定"), paid_all)
    assert lapse_remedies("2026-07-31", *before) == ["superior"]
    assert lapse_remedies("2027-01-31", *before) == [None]
    assert lapse_remedies("2027-02-01", *before) == [None, "education"]
    again = taken(date(2027, 2, 1), "教育")
    assert lapse_remedies("2027-02-01", *before, again) == [None, "meeting"]
    too_early = taken(date(2027, 1, 31), "教育")
    assert lapse_remedies("2027-02-01", *before, too_early) == [None, "education"]


def test_two_lapses_that_are_open_at_once_go_on_with_their_own_steps():
    july = {"on": date(2026, 7, 31), "what": "党费交纳", "who": "张三", "month": "2026-07"}
    before = (taken(date(2026, 7, 5), "教育"), july | {"yuan": "10"})
    assert lapse_remedies("2027-02-01", *before) == ["meeting", "education"]


@pytest.mark.parametrize(
    ("level", "option"),
    [("询问函", "--promise …"), ("警示诫勉", "--demand …"), ("责令纠错", "--demand …")],
)
def test_the_form_of_a_talk_holds_a_promise_or_a_demand(level: str, option: str):
    talk = {"on": date(2026, 3, 2), "what": "事项·防范谈话", "case": 1, "level": level}
    (remedy,) = commands("talk-register", "2026-03-02", talk)
    assert remedy == f"partyctl warning register 1 --on … {option}"


OPENED = {"on": date(2026, 11, 1), "what": "事项·民主评议", "year": "2026", "id": 1}


def test_a_review_is_opened_and_then_closed():
    assert commands("annual-review", "2026-11-30") == ["partyctl review open 2026 --on …"]
    assert commands("annual-review", "2026-11-30", OPENED) == ["partyctl review close 2026 --on …"]


VOTED = {"on": date(2025, 5, 20), "what": "发展·接收预备党员大会"}
STEPS = (
    VOTED,
    {"on": date(2026, 5, 15), "what": "发展·转正申请"},
    {"on": date(2026, 5, 18), "what": "发展·转正公示"},
    {"on": date(2026, 5, 26), "what": "发展·转正大会"},
    {"on": date(2026, 6, 20), "what": "发展·转正审批", "result": "未通过"},
)


@pytest.mark.parametrize(
    ("taken", "following"),
    [
        (2, "conversion-publicity"),
        (3, "conversion-vote"),
        (4, "conversion-approval"),  # The superior has not answered yet.
        (5, "conversion-vote"),  # The superior refused: the meeting decides again.
    ],
)
def test_a_conversion_goes_on_with_publicity_the_meeting_or_the_superior(
    taken: int, following: str
):
    applied = {"on": date(2024, 1, 10), "what": "事项·发展党员"}
    facts = [each | {"who": "周八"} for each in (applied, *STEPS[:taken])]
    roll = [{"role": "党员", "who": "周八", "from": date(2025, 5, 20)}]
    (remedy,) = commands("conversion-vote", "2026-06-30", *facts, scope=roll)
    assert remedy == f"partyctl applicant step 周八 {following} --on …"


def of_so_many(members: int, command: str = "partyctl") -> list[str | None]:
    """The commands suggested to a branch that has this many members and no committee."""
    case = {
        "rule": "branch-size",
        "since": date(2026, 1, 1),
        "committee": False,
        "scope": [
            {"role": "党员", "who": f"党员{n}", "from": date(2026, 1, 20)} for n in range(members)
        ],
    }
    known = History(case).known(date(2026, 2, 1))
    known.command = command
    return [each.remedy for each in obligations([rule_named("branch-size")], known, None)]


def test_a_branch_of_two_needs_one_more_and_one_of_seven_a_committee_from_that_day_on():
    assert of_so_many(2) == ["partyctl member add … --joined …"]
    assert of_so_many(2, "partyctl --branch 2") == ["partyctl --branch 2 member add … --joined …"]
    assert of_so_many(3) == of_so_many(6) == [None]
    assert of_so_many(7) == ["partyctl branch edit 机关党支部 --committee --from 2026-01-20"]


PLANNED = {"on": date(2026, 1, 10), "what": "事项·民主生活会", "due": date(2026, 12, 20), "id": 3}


def test_a_meeting_that_is_planned_for_the_year_is_held_not_entered_anew():
    hold = "partyctl meeting hold 3 --on … --chair …"
    assert commands("democratic-life", "2026-06-30", PLANNED) == [hold]
    assert commands("democratic-life", "2026-06-30")[0] != hold
    next_year = PLANNED | {"due": date(2027, 1, 20)}
    assert commands("democratic-life", "2026-06-30", next_year)[0] != hold
    for_this_year = next_year | {"makes_up": "2026"}
    assert commands("democratic-life", "2026-06-30", for_this_year) == [hold]


def test_opinions_are_asked_for_first_and_then_passed_on():
    asked = {"on": date(2026, 6, 10), "what": "步骤·征求意见", "case": 3}
    step = "partyctl meeting step 3"
    assert commands("dl-opinions", "2026-06-30", PLANNED) == [f"{step} opinions --on …"]
    assert commands("dl-opinions", "2026-06-30", PLANNED, asked) == [f"{step} feedback --on …"]


def test_a_record_is_a_make_up_from_the_day_after_the_due_day_on():
    plain = "partyctl meeting add members --on … --chair …"
    assert commands("members-meeting", "2026-01-31") == [plain]
    assert commands("members-meeting", "2026-02-01") == [f"{plain} --makes-up 2026-01", plain]
