"""The missing preconditions of an admission step on days shortly before and after the first possible day."""

from datetime import date

import pytest

from partyctl.law.admission.ahead import Agenda, Following, agendas, following
from partyctl.law.admission.journey import Journey, journeys
from partyctl.law.admission.needs import missing
from partyctl.law.admission.outcomes import kind_of
from partyctl.law.admission.steps import STEP_OF, lacking
from partyctl.law.catalogue import rule_named
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.obligations import obligations
from partyctl.law.engine.rule import Obligation
from partyctl.law.engine.values import AdmissionAct
from partyctl.terms import AdmissionStep, Stage, Status
from tests.law.chapters.test_cases import History
from tests.support.facts import fact

S = AdmissionStep
VOTED = {"on": date(2025, 5, 20), "what": "发展·接收预备党员大会"}
APPROVED = {"on": date(2025, 6, 15), "what": "发展·上级批准"}
ASKED = {"on": date(2026, 5, 15), "what": "发展·转正申请"}
NOTICED = {"on": date(2026, 5, 18), "what": "发展·转正公示"}
CONVERTED = {"on": date(2026, 5, 26), "what": "发展·转正大会"}
REFUSED = {"on": date(2026, 6, 20), "what": "发展·转正审批", "result": "未通过"}
AGREED = {"on": date(2026, 6, 20), "what": "发展·转正审批"}
SWORN = {"on": date(2025, 6, 20), "what": "发展·入党宣誓"}
ON_PROBATION = (VOTED, APPROVED, ASKED, NOTICED)


def way(*steps: dict, on: date = date(2026, 12, 31)) -> Journey:
    """The admission of an applicant who applied in January 2024, as known on a day."""
    applied = {"on": date(2024, 1, 10), "what": "事项·发展党员"}
    case = {
        "rule": "conversion-vote",
        "since": date(2024, 1, 1),
        "scope": [{"role": "党员", "who": "周八", "from": date(2025, 5, 20)}],
        "facts": [each | {"who": "周八"} for each in (applied, *steps)],
    }
    (found,) = journeys(History(case).known(on))
    return found


def lacks(step: S, on: str, *steps: dict) -> list[S]:
    """The steps that are still missing if a given step is taken on a given day."""
    applicant = ("applicant", 1)
    taken = fact(step, date.fromisoformat(on), applicant, applicant, AdmissionAct(line_id=99))
    found = lacking(STEP_OF[step].requirements, way(*steps), taken)
    return [each.step for each in found]


def test_conversion_is_decided_from_the_anniversary_of_the_vote_on():
    assert lacks(S.CONVERSION_VOTE, "2026-05-19", *ON_PROBATION) == [S.CONVERSION_VOTE]
    assert lacks(S.CONVERSION_VOTE, "2026-05-20", *ON_PROBATION) == []


def test_it_is_decided_once_and_anew_where_the_superior_said_no():
    again = lacks(S.CONVERSION_VOTE, "2026-07-01", *ON_PROBATION, CONVERTED)
    assert again == [S.CONVERSION_VOTE]
    assert lacks(S.CANCELLATION, "2026-07-01", *ON_PROBATION, CONVERTED) == [S.CONVERSION_VOTE]
    assert lacks(S.CONVERSION_VOTE, "2026-07-01", *ON_PROBATION, CONVERTED, REFUSED) == []
    on_its_day = REFUSED | {"on": CONVERTED["on"]}
    assert lacks(S.CONVERSION_VOTE, "2026-07-01", *ON_PROBATION, CONVERTED, on_its_day) == []


def test_a_question_that_failed_leaves_the_other_two_open():
    failed = CONVERTED | {"result": "未通过"}
    assert lacks(S.CANCELLATION, "2026-05-26", *ON_PROBATION, failed) == []
    assert lacks(S.CONVERSION_VOTE, "2026-05-26", *ON_PROBATION, failed) == [S.CONVERSION_VOTE]


def test_a_vote_that_failed_is_still_valid_after_the_next_vote():
    failed = CONVERTED | {"result": "未通过"}
    extended = {"on": date(2026, 5, 27), "what": "发展·延长预备期", "until": date(2026, 11, 19)}
    whole = way(*ON_PROBATION, failed, extended)
    assert [lacking(STEP_OF[kind_of(each)].firm, whole, each) for each in whole.steps[-2:]] == [
        [],
        [],
    ]
    assert lacks(S.CANCELLATION, "2026-05-28", *ON_PROBATION, failed, extended) == [S.EXTENSION]


def test_the_next_step_is_a_question_that_was_not_voted_down():
    answers = []
    votes = [
        CONVERTED | {"result": "未通过"},
        {"on": date(2026, 5, 27), "what": "发展·延长预备期", "result": "未通过"},
        {"on": date(2026, 5, 28), "what": "发展·取消预备党员资格", "result": "未通过"},
    ]
    for count in range(4):
        found = following(way(*ON_PROBATION, SWORN, *votes[:count]))
        answers.append(found and (found.row.step, found.instead, found.lacks))
    assert answers == [
        (S.CONVERSION_VOTE, (), []),
        (S.EXTENSION, (S.CANCELLATION,), []),
        (S.CANCELLATION, (), []),
        None,
    ]


def test_the_superior_answers_each_decision_once():
    assert lacks(S.CONVERSION_APPROVAL, "2026-07-01", *ON_PROBATION) == [S.CONVERSION_VOTE]
    assert lacks(S.CONVERSION_APPROVAL, "2026-07-01", *ON_PROBATION, CONVERTED) == []
    answered = lacks(S.CONVERSION_APPROVAL, "2026-07-01", *ON_PROBATION, CONVERTED, REFUSED)
    assert answered == [S.CONVERSION_VOTE]


def test_the_dossier_is_archived_once_the_way_has_come_to_its_end():
    assert lacks(S.ARCHIVE, "2026-07-01", *ON_PROBATION, CONVERTED) == [S.CONVERSION_APPROVAL]
    assert lacks(S.ARCHIVE, "2026-06-19", *ON_PROBATION, CONVERTED, AGREED) == [
        S.CONVERSION_APPROVAL
    ]
    assert lacks(S.ARCHIVE, "2026-06-20", *ON_PROBATION, CONVERTED, AGREED) == []


TARGET = {"on": date(2025, 3, 10), "what": "发展·确定发展对象"}
DECIDED = {"on": date(2024, 3, 4), "what": "发展·确定积极分子"}


@pytest.mark.parametrize(
    ("answered", "result", "stage"),
    [
        (date(2025, 3, 9), "未通过", Stage.TARGET),  # the answer is dated before the decision
        (date(2025, 3, 10), "未通过", Stage.ACTIVIST),
        (date(2025, 3, 11), "未通过", Stage.ACTIVIST),
        (date(2025, 3, 10), "通过", Stage.TARGET),
    ],
)
def test_a_target_with_whom_the_superior_does_not_agree_is_an_activist_again(
    answered: date, result: str, stage: Stage
):
    answer = {"on": answered, "what": "发展·发展对象审核", "result": result}
    assert way(DECIDED, TARGET, answer).reached.stage is stage


NEXT = [
    (("2024-02-01",), S.ACTIVIST, "2024-02-01", []),
    (("2024-03-05", DECIDED), S.FILING, "2024-03-05", []),
    (("2026-01-10", VOTED), S.APPROVAL, "2026-01-10", []),
    (("2026-01-10", VOTED, APPROVED), S.OATH, "2026-01-10", []),
    (
        (
            "2026-01-10",
            VOTED,
            APPROVED,
            {"on": date(2025, 7, 1), "what": "发展·入党宣誓"},
        ),
        S.CONVERSION_REQUEST,
        "2026-04-19",
        [],
    ),
    (("2026-06-01", *ON_PROBATION, CONVERTED), S.CONVERSION_APPROVAL, "2026-06-01", []),
    (("2026-07-01", *ON_PROBATION, CONVERTED, AGREED), S.ARCHIVE, "2026-07-01", []),
]


@pytest.mark.parametrize(("told", "step", "from_on", "lacking_steps"), NEXT)
def test_what_comes_next_and_from_when_on(
    told: tuple, step: S, from_on: str, lacking_steps: list[S]
):
    on, *steps = told
    after = following(way(*steps, on=date.fromisoformat(on)))
    assert after is not None
    assert after.row.step is step
    assert after.from_on == date.fromisoformat(from_on)
    if step is not S.APPROVAL:  # before the approval, a political review is missing
        assert [each.step for each in after.lacks] == lacking_steps


def test_after_a_refusal_the_meeting_decides_anew():
    after = following(way(*ON_PROBATION, CONVERTED, REFUSED, on=date(2026, 7, 1)))
    assert after is not None
    assert after.row.step is not S.CONVERSION_APPROVAL


def test_whoever_gave_up_has_nothing_ahead_and_whoever_was_cancelled_the_archive():
    cancelled = {"on": date(2026, 5, 26), "what": "发展·取消预备党员资格"}
    after = following(way(*ON_PROBATION, cancelled, AGREED))
    assert after is not None
    assert after.row.step is S.ARCHIVE
    failed = VOTED | {"result": "未通过"}
    assert following(way(failed)) is None


MADE_ACTIVIST = {"on": date(2024, 3, 4), "what": "发展·确定积极分子"}


def posted(day: str, result: str = "通过") -> dict:
    return {"on": date.fromisoformat(day), "what": "发展·积极分子公示", "result": result}


def form_lacks(on: str, *notices: dict) -> list[S]:
    return lacks(S.REGISTRATION_FORM, on, MADE_ACTIVIST, *notices)


def test_a_notice_is_up_for_seven_days_before_the_form():
    assert form_lacks("2024-03-12", posted("2024-03-05")) == [S.PUBLICITY]
    assert form_lacks("2024-03-13", posted("2024-03-05")) == []


def test_a_second_notice_does_not_undo_the_first():
    both = posted("2024-03-05"), posted("2024-03-10")
    assert form_lacks("2024-03-13", *both) == []


def test_an_objection_ends_the_notices_before_it_not_those_after_it():
    objection = posted("2024-03-08", "未通过")
    assert form_lacks("2024-03-13", posted("2024-03-05"), objection) == [S.PUBLICITY]
    again = posted("2024-03-05"), objection, posted("2024-03-09")
    assert form_lacks("2024-03-16", *again) == [S.PUBLICITY]
    assert form_lacks("2024-03-17", *again) == []


def test_an_objection_of_a_later_day_takes_nothing_back_before_it():
    later = posted("2024-03-05"), posted("2024-03-20", "未通过")
    assert form_lacks("2024-03-13", *later) == []
    assert form_lacks("2024-03-19", *later) == []
    assert form_lacks("2024-03-20", *later) == [S.PUBLICITY]


def test_of_an_objection_and_a_notice_of_one_day_the_later_record_counts():
    objection, notice = posted("2024-03-08", "未通过"), posted("2024-03-08")
    assert form_lacks("2024-03-16", objection, notice) == []
    assert form_lacks("2024-03-16", notice, objection) == [S.PUBLICITY]


def test_the_step_is_possible_once_the_last_of_its_conditions_is():
    oath = {"on": date(2025, 7, 1), "what": "发展·入党宣誓"}
    asked, noticed = (each | {"on": date(2026, 5, 10)} for each in (ASKED, NOTICED))
    # The public notice began on the 11th; probation ends on the 20th.
    after = following(way(VOTED, APPROVED, oath, asked, noticed, on=date(2026, 5, 10)))
    assert after is not None
    assert (after.row.step, after.from_on) == (S.CONVERSION_VOTE, date(2026, 5, 20))
    assert after.lacks == []


def owed(due: date | None, status: Status = Status.DUE) -> Obligation:
    subject = Subject("applicant", 1, "周八")
    return Obligation(rule_named("thought-report"), subject, None, date(2024, 1, 1), due, status)


def test_the_next_day_is_the_first_on_which_something_is_due_or_possible():
    on = date(2024, 2, 1)
    step = Following(STEP_OF[S.ACTIVIST], date(2024, 3, 5), [])
    dues = [owed(date(2024, 1, 31), Status.OVERDUE), owed(date(2024, 2, 10)), owed(None)]
    assert Agenda(way(on=on), step, dues).next_on == date(2024, 2, 10)
    assert Agenda(way(on=on), step, []).next_on == date(2024, 3, 5)
    assert Agenda(way(on=on), None, dues).next_on == date(2024, 2, 10)
    assert Agenda(way(on=on), None, [owed(on), owed(date(2024, 2, 10))]).next_on == on
    assert Agenda(way(on=on), None, []).next_on is None
    assert Agenda(way(on=on), step, dues).wrong == dues[:1]


def agenda(*steps: dict, on: str, rule: str, until: str | None = None, **said: object) -> Agenda:
    """The applicant's standing, and the obligations under one rule."""
    applied = {"on": date(2024, 1, 10), "what": "事项·发展党员"} | said
    case = {
        "rule": rule,
        "since": date(2024, 1, 1),
        "scope": [
            {"role": "党员", "who": "周八", "from": date(2025, 5, 20)},
            *([{"role": "预备党员", "who": "周八", "from": date(2025, 5, 20)}] if said else []),
        ],
        "facts": [each | {"who": "周八"} for each in (applied, *steps)],
    }
    known = History(case).known(date.fromisoformat(on))
    later = date.fromisoformat(until) if until else None
    (found,) = agendas(known, (rule_named(rule),), None, later)
    return found


def test_what_somebody_owes_as_a_member_is_on_the_agenda_too():
    found = agenda(VOTED, APPROVED, on="2026-01-10", rule="oath")
    assert [(each.rule.id, each.subject.kind) for each in found.owed] == [("oath", "member")]
    assert agenda(VOTED, on="2025-05-25", rule="oath").owed == []


def test_what_falls_due_until_a_later_day_is_still_to_do_on_this_one():
    asked = {"rule": "conversion-request", "on": "2026-05-10", "until": "2026-06-30"}
    (found,) = agenda(VOTED, APPROVED, **asked).owed
    assert (found.due, found.status) == (date(2026, 5, 19), Status.DUE)
    (late,) = agenda(VOTED, APPROVED, on="2026-05-20", rule="conversion-request").owed
    assert late.status is Status.OVERDUE


def test_whoever_came_on_probation_needs_neither_approval_nor_oath_here():
    found = agenda(on="2026-01-10", rule="oath", joined=date(2025, 5, 20))
    assert found.following is not None
    assert found.following.row.step is S.CONVERSION_REQUEST


def test_nobody_is_a_member_before_the_vote_nor_without_a_place_on_the_roll():
    assert way(on=date(2025, 5, 19)).member is None
    assert way(VOTED, on=date(2025, 5, 19)).member is None
    assert way(VOTED, on=date(2025, 5, 20)).member == Subject("member", 1, "周八")
    voted = way(VOTED)
    unlisted = voted.case._replace(of=voted.case.of.changed(member_id=None))
    assert Journey(unlisted, voted.steps, voted.known).member is None


def test_the_way_is_foretold_without_what_may_be_left_out_and_without_the_other_outcomes():
    others = {row.step for row in STEP_OF.values() if not row.is_main}
    assert others == {
        S.TALK,
        S.REPORT,
        S.EXAM,
        S.TARGET_PUBLICITY,
        S.EXTENSION,
        S.CANCELLATION,
    }


def test_what_is_counted_in_no_working_days_is_not_provisional():
    known = way(*ON_PROBATION).known
    owed = obligations([rule_named("conversion-request"), rule_named("oath")], known, None)
    assert owed
    assert not any(each.provisional for each in owed)


def test_decisions_and_papers_are_recorded_once_what_may_be_repeated_again_and_again():
    assert [row.step for row in STEP_OF.values() if row.single] == [
        S.ACTIVIST,
        S.REGISTRATION_FORM,
        S.TARGET,
        S.TARGET_APPROVAL,
        S.FORM_APPROVAL,
        S.APPLICATION_FORM,
        S.COMMITTEE_REVIEW,
        S.VOTE,
        S.APPROVAL,
        S.OATH,
        S.ARCHIVE,
    ]


@pytest.mark.parametrize(
    ("to", "lacking"),
    [([], "党总支、机关党委"), (["党总支"], "机关党委"), (["党总支", "机关党委"], None)],
)
def test_it_is_told_to_whom_a_decision_is_not_reported_yet(to: list[str], lacking: str | None):
    decided = {"on": date(2024, 3, 10), "what": "发展·确定积极分子"}
    reported = {"on": date(2024, 3, 10), "what": "发展·报备", "to": to}
    known = way(decided, *([reported] if to else [])).known
    (owed,) = obligations([rule_named("activist-filing")], known, None)
    assert (owed.note and owed.note.chinese) == lacking


def test_what_is_missing_is_said_in_whole_words():
    lack = missing(S.ACTIVIST, date(2026, 1, 1))
    assert lack.told.english == "no record of a passed step “activist” on or before 2026-01-01"
