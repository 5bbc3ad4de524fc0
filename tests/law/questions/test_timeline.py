"""The steps of a democratic-life meeting, of the meetings before it, and of the next one."""

from datetime import date

from partyctl.law.questions.timeline import Way, way
from partyctl.terms import Status
from tests.law.chapters.test_cases import History


def meeting(number: int, day: str, *, held: bool = False) -> dict:
    on = date.fromisoformat(day)
    told = {"on": date(2026, 1, 10), "what": "事项·民主生活会", "due": on, "id": number}
    return told | ({"done": on} if held else {})


def measure(number: int, of: int | None, closed: str | None = None) -> dict:
    told = {
        "on": date(2026, 3, 25),
        "what": "事项·整改事项",
        "due": date(2026, 12, 31),
        "id": number,
    }
    told |= {"case": of} if of else {}
    return told | ({"done": date.fromisoformat(closed)} if closed else {})


STEP = {"on": date(2027, 1, 20), "what": "步骤·会前报告", "case": 3}
STUDY = {"on": date(2027, 2, 1), "what": "步骤·集中学习", "case": 3, "half_days": 2}
TALK = {"on": date(2027, 2, 2), "what": "谈话·党组成员之间", "who": "张三", "with": "李四"}
PAST = (meeting(1, "2026-03-20", held=True), meeting(2, "2026-12-20", held=True))
GROUP = [{"role": "党组书记", "who": "张三"}, {"role": "党组成员", "who": "李四"}]


def on_the_way(on: str, *facts: dict, number: int = 3) -> Way | None:
    case = {"rule": "dl-study", "since": date(2026, 1, 1), "scope": GROUP, "facts": facts}
    return way(number, History(case).known(date.fromisoformat(on)), None)


def statuses(found: Way) -> dict[str, Status]:
    return {each.rule.id: each.status for each in found.owed}


def test_what_is_owed_and_what_will_be_once_it_is_held_stand_in_the_order_of_their_days():
    found = on_the_way("2027-02-10", *PAST, meeting(3, "2027-03-20"), STEP, STUDY, TALK)
    assert found is not None
    assert (found.day, found.is_held) == (date(2027, 3, 20), False)
    assert [each.name for each in found.leading] == ["张三", "李四"]
    assert found.heads == 1
    assert [each.rule.id for each in found.talks] == ["dl-talks"]
    assert statuses(found) == {
        "dl-prior-report": Status.MET,
        "dl-notice": Status.DUE,
        "dl-opinions": Status.DUE,
        "dl-study": Status.MET,
        "dl-outline": Status.DUE,
        "dl-talks": Status.MET,
        "dl-criticism": Status.DUE,
        "dl-previous-rectification": Status.DUE,
        "dl-package": Status.DUE,
        "dl-rectification": Status.DUE,
        "dl-briefing": Status.DUE,
    }
    days = [each.due for each in found.owed]
    assert days == sorted(days)
    assert found.following is not None
    assert found.following.rule.id == "dl-notice"


def test_after_it_was_held_nothing_is_foreseen():
    found = on_the_way("2027-03-21", meeting(3, "2027-03-20", held=True), STEP, STUDY)
    assert found is not None
    assert found.is_held
    assert statuses(found)["dl-criticism"] is Status.BREACH
    assert statuses(found)["dl-package"] is Status.DUE
    assert "dl-previous-rectification" not in statuses(found)


def test_a_plan_that_went_by_unheld_foresees_nothing_more():
    found = on_the_way("2027-03-21", meeting(3, "2027-03-20"), STEP, STUDY)
    assert found is not None
    assert "dl-criticism" not in statuses(found)
    assert statuses(found)["dl-notice"] is Status.OVERDUE
    on_its_day = on_the_way("2027-03-20", meeting(3, "2027-03-20"), STEP, STUDY)
    assert on_its_day is not None
    assert "dl-criticism" in statuses(on_its_day)


def test_measures_belong_to_their_own_meeting_and_the_last_ones_are_looked_at():
    old = measure(11, 1), measure(12, 1, closed="2026-06-01")
    last = measure(21, 2), measure(22, 2, closed="2027-01-05")
    found = on_the_way(
        "2027-02-10",
        *PAST,
        meeting(3, "2027-03-20"),
        *old,
        *last,
        measure(31, 3),
        measure(41, None),
    )
    assert found is not None
    assert [e.subject.id for e in found.owed if e.rule.id == "rectification-item"] == [31]
    assert sorted(each.subject.id for each in found.earlier) == [11, 21, 22]


def test_the_first_of_all_looks_back_on_nothing():
    found = on_the_way("2026-03-01", meeting(1, "2026-03-20"), measure(11, 1), number=1)
    assert found is not None
    assert found.earlier == []
    assert on_the_way("2026-03-01", meeting(1, "2026-03-20"), number=7) is None


def test_a_meeting_that_nobody_knows_of_has_no_way():
    assert on_the_way("2027-02-10", *PAST, number=9) is None
    assert on_the_way("2026-03-19", *PAST, number=3) is None
