"""The state of a review: the people to rate, what is missing for each, and how many are rated excellent."""

from datetime import date, timedelta

import pytest

from partyctl.law.questions import reviewing
from partyctl.terms import Grade, OutcomeAct, ReviewStep
from tests.law.chapters.test_cases import History

OPENED = {"on": date(2026, 12, 1), "what": "事项·民主评议", "year": "2026", "id": 1}
HELD = {"on": date(2026, 12, 20), "what": "评议·民主评议会", "year": "2026", "case": 1}


def rated(who: str, grade: str) -> dict:
    told = {"on": date(2026, 12, 20), "what": "评议·评定等次", "who": who, "case": 1}
    return told | {"grade": grade}


def handled(who: str, on: str, meeting: int | None = None) -> dict:
    told = {"on": date.fromisoformat(on), "what": "评议·表彰和处理", "who": who, "case": 1}
    return told | {"act": "处理"} | ({"meeting": meeting} if meeting else {})


def standing_of(
    *facts: dict, on: str = "2026-12-31", full_from: date | None = None
) -> dict[str, reviewing.Standing]:
    probation = {} if full_from is None else {"to": full_from - timedelta(days=1)}
    case = {
        "rule": "review-outcome",
        "since": date(2026, 1, 1),
        "scope": [
            *({"role": "党员", "who": who} for who in ("张三", "李四", "王五")),
            {"role": "预备党员", "who": "王五"} | probation,
        ],
        "facts": [OPENED, *facts],
    }
    known = History(case).known(date.fromisoformat(on))
    review = reviewing.case_of(1, known)
    assert review is not None
    assert reviewing.case_of(2, known) is None
    return {each.member.name: each for each in reviewing.standings(review, known)}


def test_a_full_member_is_rated_a_probationary_one_takes_part():
    found = standing_of(HELD, rated("张三", "优秀"), rated("王五", "合格"))
    assert [each.is_rated for each in found.values()] == [True, True, False]
    assert [each.is_probationary for each in found.values()] == [False, False, True]
    assert [each.grade for each in found.values()] == [Grade.EXCELLENT, None, None]
    assert [each.wanted for each in found.values()] == [OutcomeAct.COMMEND, ReviewStep.RATING, None]
    assert reviewing.tally(found.values()) == {
        **dict.fromkeys(Grade, 0),
        Grade.EXCELLENT: 1,
        None: 1,
    }


def test_who_is_rated_follows_from_the_meetings_day_and_before_it_from_today():
    full_from = date(2026, 12, 25)
    before = standing_of(on="2026-12-24", full_from=full_from)
    assert [each.is_rated for each in before.values()] == [True, True, False]
    assert all(standing_of(on="2026-12-25", full_from=full_from)[who].is_rated for who in before)
    held = standing_of(HELD, on="2026-12-31", full_from=full_from)
    assert [each.is_rated for each in held.values()] == [True, True, False]


def test_whoever_was_rated_unqualified_waits_for_the_vote_of_a_members_meeting():
    found = standing_of(HELD, rated("李四", "不合格"))
    assert found["李四"].wanted is OutcomeAct.HANDLE
    assert found["李四"].waits_for_vote
    assert found["张三"].voted is None
    assert not found["张三"].waits_for_vote

    found = standing_of(HELD, rated("李四", "不合格"), handled("李四", "2026-12-22"))
    assert found["李四"].wanted is None
    assert found["李四"].waits_for_vote
    assert found["李四"].outcome is not None
    assert found["李四"].outcome.on == date(2026, 12, 22)
    assert standing_of(HELD, handled("李四", "2026-12-22"))["李四"].outcome is None

    voted = handled("李四", "2026-12-24", meeting=9)
    found = standing_of(HELD, rated("李四", "不合格"), handled("李四", "2026-12-22"), voted)
    assert (found["李四"].voted, found["李四"].waits_for_vote) == (date(2026, 12, 24), False)


@pytest.mark.parametrize(
    ("excellent", "others", "too_many"),
    [(1, 2, False), (1, 1, True), (2, 4, False), (3, 5, True), (0, 0, False)],
)
def test_a_third_may_be_excellent_and_no_more(excellent: int, others: int, too_many: bool):
    counts = dict.fromkeys([*Grade, None], 0)
    counts[Grade.EXCELLENT], counts[None] = excellent, others
    assert reviewing.too_many_excellent(counts) is too_many


def lacking(*facts: dict, on: str = "2026-12-31") -> str:
    case = {
        "rule": "review-outcome",
        "since": date(2026, 1, 1),
        "scope": [{"role": "党员", "who": who} for who in ("张三", "李四")],
        "facts": [OPENED, *facts],
    }
    return reviewing.told(
        reviewing.outstanding(1, History(case).known(date.fromisoformat(on)), None)
    ).chinese


STUDIED = {"on": date(2026, 12, 5), "what": "评议·学习教育", "year": "2026", "case": 1}


def summed_up(who: str) -> dict:
    return {"on": date(2026, 12, 10), "what": "评议·自我总结", "who": who, "case": 1}


def test_what_keeps_a_review_from_being_closed_is_told_step_by_step():
    assert lacking() == (
        "评议前学习教育；党员自我总结（张三、李四）；召开民主评议会；评定等次、表彰和处理"
    )
    assert lacking(STUDIED, summed_up("张三"), HELD, rated("张三", "优秀")) == (
        "党员自我总结（李四）；评定等次、表彰和处理（张三未表彰；李四未评定等次）"
    )
