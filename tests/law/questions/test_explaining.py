"""Every answer can be explained; if any single fact is removed, the new answer can be explained too."""

from datetime import date

import pytest

from partyctl.law.catalogue import rule_named
from partyctl.law.engine.deadlines import By
from partyctl.law.engine.facts import Fact, what
from partyctl.law.engine.obligations import obligations
from partyctl.law.questions.explaining import Explanation, explain
from partyctl.terms import DuesAct
from tests.law.chapters.test_cases import EVERY_CASE, History

SEVERAL_FACTS = ("talk", "dues")
"""Kinds of records with several facts each; an explanation lists such a record only once."""


def explanations(case: dict, on: date) -> list[Explanation]:
    history = History(case)
    known = history.known(on)
    owed = obligations([rule_named(case["rule"])], known, history.rulebook)
    return [explain(each, known) for each in owed]


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=f"{path.stem}: {case['name']}") for path, case in EVERY_CASE],
)
def test_every_answer_of_every_case_can_be_explained(case: dict):
    for day in case["at"]:
        for told in explanations(case, date.fromisoformat(day)):
            records = [(each.fact.record_kind, each.fact.record_id) for each in told.considered]
            several = [each for each in records if each[0] in SEVERAL_FACTS]
            assert len(several) == len(set(several))


TWO_PAYERS = {
    "rule": "dues-monthly",
    "since": date(2026, 1, 1),
    "scope": [{"role": "党员", "who": "张三"}, {"role": "党员", "who": "李四"}],
    "facts": [
        {
            "on": date(2026, 1, 20),
            "what": "党费交纳",
            "who": "张三",
            "month": "2026-01",
            "until": "2026-03",
            "yuan": "30",
        },
        {
            "on": date(2026, 2, 20),
            "what": "党费交纳",
            "who": "李四",
            "month": "2026-02",
            "yuan": "10",
        },
    ],
}


def test_the_payments_of_somebody_else_are_no_reason():
    told = explanations(TWO_PAYERS, date(2026, 2, 28))
    mine = next(
        each for each in told if (each.owed.subject.name, each.owed.period) == ("张三", "2026-02")
    )
    (considered,) = mine.considered
    assert (considered.fact.record_id, considered.counts) == (1, True)


def test_a_payment_for_several_months_is_weighed_once_and_counts():
    assert what(DuesAct.PAYMENT) == "dues:payment"
    for told in explanations(TWO_PAYERS, date(2026, 2, 28)):
        facts: list[Fact] = [each.fact for each in told.considered]
        assert len({fact.record_id for fact in facts}) == len(facts)


def test_a_payment_for_several_months_is_told_by_the_month_that_is_asked_for():
    first = {"on": date(2026, 1, 20), "what": "党费交纳", "who": "张三", "month": "2026-02"}
    longer = {**first, "on": date(2026, 2, 20), "month": "2026-01", "until": "2026-03"}
    case = {
        "rule": "dues-monthly",
        "since": date(2026, 1, 1),
        "scope": [{"role": "党员", "who": "张三"}],
        "facts": [first | {"yuan": "30"}, longer | {"yuan": "90"}],
    }
    assert verdicts(told_of(case, date(2026, 2, 28), "2026-02")) == [
        (1, True, "在本期内"),
        (2, False, "本期已有另一条记录"),
    ]


def told_of(case: dict, on: date, period: str | None = None) -> Explanation:
    found = [each for each in explanations(case, on) if each.owed.period == period or not period]
    return found[0]


def verdicts(told: Explanation) -> list[tuple[int, bool, str]]:
    return [(each.fact.record_id, each.counts, each.why.chinese) for each in told.considered]


YEAR = {"rule": "study-plan", "since": date(2026, 1, 1)}


@pytest.mark.parametrize(
    ("on", "why"),
    [(date(2026, 1, 31), "在本期内"), (date(2026, 2, 1), "为本期办的，已过期限")],
)
def test_a_record_of_the_last_day_is_in_time_one_of_the_next_is_not(on: date, why: str):
    case = YEAR | {"facts": [{"on": on, "what": "学习计划", "year": "2026"}]}
    assert verdicts(told_of(case, date(2026, 3, 1), "2026")) == [(1, True, why)]


def meeting(day: date, **said: object) -> dict:
    return {"on": day, "what": "党员大会"} | said


def test_of_two_meetings_of_a_month_the_first_counts_and_those_beside_it_do_not():
    case = {
        "rule": "members-meeting",
        "since": date(2026, 1, 1),
        "facts": [
            meeting(date(2026, 2, 10)),
            meeting(date(2026, 3, 10)),
            meeting(date(2026, 3, 20)),
            meeting(date(2026, 4, 2), makes_up="2026-02"),
            meeting(date(2026, 4, 20)),
            meeting(date(2026, 5, 20)),
        ],
    }
    assert verdicts(told_of(case, date(2026, 5, 31), "2026-03")) == [
        (1, False, "属于 2026-02；记录只算在自己日期所在的期间"),
        (2, True, "在本期内"),
        (3, False, "本期已有另一条记录"),
        (4, False, "补的是 2026-02"),
        (5, False, "属于 2026-04；记录只算在自己日期所在的期间"),
    ]


def test_of_two_that_are_wanted_one_is_told_that_it_is_one_of_them():
    case = {
        "rule": "committee-meeting",
        "since": date(2027, 1, 1),
        "facts": [{"on": date(2027, 2, 10), "what": "支委会"}],
        "changes": [{"from": date(2027, 1, 1), "count": 2}],
    }
    told = told_of(case, date(2027, 2, 28), "2027-02")
    assert verdicts(told) == [(1, False, "在本期内，须 2 次")]
    plain = {"rule": "committee-meeting", "since": date(2027, 1, 1), "facts": case["facts"]}
    assert verdicts(told_of(plain, date(2027, 2, 28), "2027-02")) == [(1, True, "在本期内")]


def test_a_condition_is_told_with_the_fields_that_it_reads_and_no_others():
    facts = [meeting(date(2026, 3, 10), notified=date(2026, 3, 9)), meeting(date(2026, 3, 11))]
    case = {"rule": "members-meeting-notice", "since": date(2026, 1, 1), "facts": facts}
    found = explanations(case, date(2026, 3, 31))
    assert [verdicts(each) for each in found] == [
        [(1, True, "通知日期：2026-03-09，日期：2026-03-10；符合")],
        [(2, False, "通知日期：未登记；不符合")],
    ]
    assert found[0].would == ("已经满足", "it is satisfied")
    assert found[1].would == "partyctl meeting edit 2 --notified …"


LETTER = {"on": date(2026, 3, 1), "what": "事项·防范案件", "id": 1, "level": "询问函"}
DELIVERED = {"on": date(2026, 3, 2), "what": "防范·送达", "case": 1, "level": "询问函"}
REPLIED = {"on": date(2026, 3, 9), "what": "防范·书面回复", "case": 1, "level": "询问函"}
AGAIN = REPLIED | {"on": date(2026, 3, 10)}


def test_each_record_of_a_case_is_worth_what_the_answer_is_without_it():
    case = {"rule": "warning-inquiry-reply", "since": date(2026, 1, 1)}
    told = told_of(case | {"facts": [LETTER, DELIVERED, REPLIED, AGAIN]}, date(2026, 3, 31))
    assert [(each.fact.what, each.counts, each.why.chinese) for each in told.considered] == [
        ("case:warning", True, "这项义务由它而来"),
        ("warning:deliver", True, "这项义务由它而来"),
        ("warning:reply", True, "靠它满足"),
        ("warning:reply", False, "没有它也一样"),
    ]
    told = told_of(case | {"facts": [LETTER, DELIVERED]}, date(2026, 3, 31))
    assert [each.counts for each in told.considered] == [True, True]
    assert told.would == "partyctl warning reply 1 --on …"


def reasons(told: Explanation) -> list[tuple[str, date, str]]:
    return [(each.fact.what, each.fact.on, each.why.chinese) for each in told.considered]


def test_of_two_talks_of_a_case_each_causes_its_own_duty():
    talk = {"what": "事项·防范谈话", "case": 1, "level": "询问函"}
    first, second = date(2026, 3, 1), date(2026, 3, 9)
    facts = [talk | {"on": first, "talkers": 1}, talk | {"on": second, "talkers": 2}]
    case = {"rule": "talk-two-people", "since": date(2026, 1, 1), "facts": facts}
    causes, changes_nothing = "这项义务由它而来", "没有它也一样"
    breach, met = (reasons(each) for each in explanations(case, date(2026, 3, 31)))
    assert [why for _, _, why in breach] == [causes, "单凭它还不够"]
    assert [why for _, _, why in met] == [changes_nothing, causes]
    same_day = case | {"facts": [each | {"on": first} for each in facts]}
    breach, met = (reasons(each) for each in explanations(same_day, date(2026, 3, 31)))
    assert [why for _, _, why in breach] == [causes, "单凭它还不够"]
    assert [why for _, _, why in met] == [changes_nothing, causes]


def test_an_unclear_talk_that_repeats_an_unclear_talk_causes_its_own_duty():
    talk = {"what": "事项·防范谈话", "case": 1, "level": "询问函", "marks": "unclear"}
    facts = [talk | {"on": date(2026, 3, 1)}, talk | {"on": date(2026, 3, 9)}]
    case = {"rule": "talk-repeat", "since": date(2026, 1, 1), "facts": facts}
    first, second = (reasons(each) for each in explanations(case, date(2026, 3, 31)))
    assert [why for _, _, why in first] == ["这项义务由它而来", "靠它满足"]
    assert [why for _, _, why in second] == ["单凭它还不够", "这项义务由它而来"]


def test_the_records_of_an_earlier_lapse_are_not_needed_for_the_second():
    paid = {"on": date(2026, 8, 1), "what": "党费交纳", "who": "张三", "month": "2026-01"}
    step = {"what": "自行脱党处置", "who": "张三"}
    facts = [
        step | {"on": date(2026, 7, 5), "step": "教育"},
        paid | {"until": "2026-07", "yuan": "10"},
        step | {"on": date(2027, 2, 2), "step": "教育"},
        step | {"on": date(2027, 2, 9), "step": "党员大会决定"},
        step | {"on": date(2027, 3, 2), "step": "上级批准"},
    ]
    roll = [{"role": "党员", "who": "张三"}]
    case = {"rule": "dues-lapse", "since": date(2026, 1, 1), "scope": roll, "facts": facts}
    first, second = explanations(case, date(2027, 3, 31))
    assert [why for what, _, why in reasons(first) if what == "dues:payment"] == ["靠它满足"]
    assert [(on, why) for what, on, why in reasons(second) if what == "dues:lapse"] == [
        (date(2026, 7, 5), "没有它也一样"),
        (date(2027, 2, 2), "没有它也一样"),
        (date(2027, 2, 9), "没有它也一样"),
        (date(2027, 3, 2), "靠它满足"),
    ]
    assert [why for what, _, why in reasons(second) if what == "dues:payment"] == [
        "这项义务由它而来"  # without the payment, the first series would go on
    ]


def test_what_is_not_enough_by_itself_is_said_to_be_so():
    parts = [
        {"on": date(2026, 3, 25), "what": "步骤·会后报告", "case": 1, "part": part}
        for part in ("情况报告", "整改措施")
    ]
    life = {"on": date(2026, 1, 10), "what": "事项·民主生活会", "due": date(2026, 3, 20), "id": 1}
    held = life | {"done": date(2026, 3, 20)}
    case = {"rule": "dl-package", "since": date(2026, 1, 1), "facts": [held, *parts]}
    told = told_of(case, date(2026, 3, 31))
    assert [(each.counts, each.why.chinese) for each in told.considered] == [
        (True, "这项义务由它而来"),
        (False, "单凭它还不够"),
        (False, "单凭它还不够"),
    ]


def test_each_of_several_parts_that_are_all_needed_counts():
    names = ("情况报告", "会议记录复印件", "个人发言提纲", "群众意见", "整改措施")
    parts = [
        {"on": date(2026, 3, 21 + day), "what": "步骤·会后报告", "case": 1, "part": part}
        for day, part in enumerate(names)
    ]
    life = {"on": date(2026, 1, 10), "what": "事项·民主生活会", "due": date(2026, 3, 20), "id": 1}
    held = life | {"done": date(2026, 3, 20)}
    case = {"rule": "dl-package", "since": date(2026, 1, 1), "facts": [held, *parts]}
    told = told_of(case, date(2026, 3, 31))
    first, *handed_in = told.considered
    assert (first.counts, first.why.chinese) == (True, "这项义务由它而来")
    assert [(each.counts, each.why.chinese) for each in handed_in] == [(True, "靠它满足")] * 5


def test_of_two_who_owe_a_talk_only_their_own_talks_are_weighed():
    people = ("张三", "李四", "王五")
    talk = {"on": date(2026, 3, 1), "what": "谈话·党组成员之间"}
    case = {
        "rule": "dl-peer-talks",
        "since": date(2026, 1, 1),
        "scope": [{"role": "党组成员", "who": who} for who in people],
        "facts": [
            {"on": date(2026, 1, 10), "what": "事项·民主生活会", "due": date(2026, 3, 20)},
            talk | {"who": "张三", "with": "李四"},
            talk | {"who": "李四", "with": "王五"},
        ],
    }
    found = {each.owed.subject.name: each for each in explanations(case, date(2026, 3, 10))}
    weighed = {
        name: [each.fact.record_id for each in told.considered] for name, told in found.items()
    }
    assert weighed == {"张三、李四": [1, 2], "张三、王五": [1], "李四、王五": [1, 3]}


@pytest.mark.parametrize(("rolls", "moved"), [(False, ""), (True, "，遇休息日顺延")])
def test_a_deadline_in_the_record_says_that_it_moved_only_if_it_does(rolls: bool, moved: str):
    item = {"on": date(2026, 4, 1), "what": "事项·整改事项", "due": date(2026, 5, 2)}
    case = {"rule": "rectification-item", "since": date(2026, 1, 1), "facts": [item]}
    known = History(case).known(date(2026, 4, 30))
    rule = rule_named("rectification-item").changed(duty=By(rolls=rolls))
    (owed,) = obligations([rule], known, None)
    _, due = explain(owed, known).counted
    assert (due.day, due.how.chinese) == (
        date(2026, 5, 6 if rolls else 2),
        f"记录自定的期限{moved}",
    )


def test_a_decision_that_excuses_is_named():
    case = {
        "rule": "members-meeting",
        "since": date(2026, 3, 1),
        "waivers": [
            {"on": date(2026, 4, 1), "subject": "branch", "id": 1, "period": "2026-03"},
        ],
    }
    assert told_of(case, date(2026, 4, 10), "2026-03").would == (
        "已有免除决定",
        "a waiver excuses it",
    )


def test_the_votes_and_those_who_were_not_counted_are_told():
    vote = {"on": date(2026, 3, 10), "what": "表决·表决", "votes": "2/2/2/0/0", "name": "评优"}
    roll = [{"role": "党员", "who": who} for who in ("张三", "李四", "王五")]
    case = {"rule": "quorum-ordinary", "since": date(2026, 1, 1), "scope": roll}
    told = told_of(case | {"facts": [vote | {"excluded": ["王五"]}]}, date(2026, 3, 31))
    ((_, counts, why),) = verdicts(told)
    assert counts
    assert "票数：2/2/2/0/0" in why
    assert "不计入应到：王五" in why
    told = told_of(case | {"facts": [vote]}, date(2026, 3, 31))
    assert "不计入应到：无" in verdicts(told)[0][2]


def test_who_chaired_is_told_by_name():
    roll = [{"role": role, "who": "李四"} for role in ("党员", "组织委员")]
    case = {"rule": "committee-meeting-chair", "since": date(2026, 1, 1), "scope": roll}
    met = {"on": date(2026, 3, 10), "what": "支委会"}
    told = told_of(case | {"facts": [met | {"chair": "李四"}]}, date(2026, 3, 31))
    assert verdicts(told)[0][1:] == (True, "主持人：李四，日期：2026-03-10；符合")
    told = told_of(case | {"facts": [met]}, date(2026, 3, 31))
    assert "主持人：未登记" in verdicts(told)[0][2]


def test_what_is_there_or_not_is_told_so():
    case = {"rule": "study-record", "since": date(2026, 1, 1)}
    for minutes, said in ((True, "记录：有；符合"), (False, "记录：无；不符合")):
        study = {"on": date(2026, 3, 10), "what": "集中学习", "minutes": minutes}
        told = told_of(case | {"facts": [study]}, date(2026, 3, 31))
        assert verdicts(told)[0][2] == said


@pytest.mark.parametrize(
    ("level", "rule", "how"),
    [
        ("询问函", "warning-inquiry-reply", "数 10 个自然日"),
        ("责令纠错", "warning-correction-report", "1 个月后的对应日"),
    ],
)
def test_it_is_told_how_a_deadline_was_counted(level: str, rule: str, how: str):
    letter, delivered = LETTER | {"level": level}, DELIVERED | {"level": level}
    case = {"rule": rule, "since": date(2026, 1, 1), "facts": [letter, delivered]}
    told = told_of(case, date(2026, 3, 31))
    assert [each.how.chinese for each in told.counted] == ["起算之日，当日不计", how]
    three = case | {"changes": [{"from": date(2026, 1, 1), "days": 3, "working": True}]}
    assert "数 3 个工作日" in told_of(three, date(2026, 3, 31)).counted[-1].how.chinese


def test_the_records_of_another_years_review_are_no_reason():
    def review(number: int, year: str) -> list[dict]:
        own = {"year": year, "case": number}
        opened = {"on": date(int(year), 11, 1), "what": "事项·民主评议", "year": year}
        studied = {"on": date(int(year), 11, 20), "what": "评议·学习教育"} | own
        return [opened | {"id": number}, studied]

    facts = [*review(4, "2025"), *review(7, "2026")]
    case = {"rule": "review-study", "since": date(2025, 1, 1), "facts": facts}
    weighed = {
        each.owed.case: [considered.fact.record_id for considered in each.considered]
        for each in explanations(case, date(2026, 12, 31))
    }
    assert weighed == {4: [4, 4], 7: [7, 7]}


def test_what_others_did_at_the_same_meeting_is_no_reason_for_ones_own():
    outline = {"on": date(2026, 3, 1), "what": "步骤·发言提纲", "case": 1}
    case = {
        "rule": "dl-outline",
        "since": date(2026, 1, 1),
        "scope": [{"role": "党组成员", "who": who} for who in ("张三", "李四")],
        "facts": [
            {"on": date(2026, 1, 10), "what": "事项·民主生活会", "due": date(2026, 3, 20), "id": 1},
            outline | {"who": "张三"},
            outline | {"who": "李四", "on": date(2026, 3, 2)},
        ],
    }
    found = {each.owed.subject.name: each for each in explanations(case, date(2026, 3, 10))}
    days = {
        name: [(each.fact.what, each.fact.on.day) for each in told.considered]
        for name, told in found.items()
    }
    meeting = ("case:democratic-life", 10)
    assert days == {
        "张三": [meeting, ("step:outline", 1)],
        "李四": [meeting, ("step:outline", 2)],
    }


def test_what_the_members_did_is_a_reason_for_what_the_review_owes():
    facts = [
        {"on": date(2026, 11, 1), "what": "事项·民主评议", "year": "2026", "id": 1},
        {"on": date(2026, 12, 1), "what": "评议·民主评议会", "year": "2026", "case": 1},
        {
            "on": date(2026, 12, 2),
            "what": "评议·评定等次",
            "who": "张三",
            "grade": "合格",
            "case": 1,
        },
    ]
    scope = [{"role": "党员", "who": "张三"}]
    case = {"rule": "review-outcome", "since": date(2026, 1, 1), "scope": scope, "facts": facts}
    told = told_of(case, date(2026, 12, 31))
    assert [each.fact.what for each in told.considered][-1] == "review:rating"


def test_a_record_that_makes_the_period_up_counts_late():
    made_up = meeting(date(2026, 4, 2), makes_up="2026-02")
    case = {"rule": "members-meeting", "since": date(2026, 2, 1), "facts": [made_up]}
    told = told_of(case, date(2026, 4, 30), "2026-02")
    assert verdicts(told) == [(1, True, "补办本期，算逾期完成")]
