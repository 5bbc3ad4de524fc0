"""The everyday names of meetings, posts and categories are known; a small spelling mistake gets a
suggestion.
"""

import pytest

from partyctl.errors import BadUsage
from partyctl.terms import (
    ALSO,
    AdmissionStep,
    Category,
    MeetingKind,
    OpinionClass,
    PlanKind,
    Post,
    ReferredTo,
    Role,
    Term,
    VisitKind,
    WarningLevel,
    nearest_words,
    read_term,
)


@pytest.mark.parametrize(
    ("terms", "typed", "term"),
    [
        (MeetingKind, "支部党员大会", MeetingKind.MEMBERS),
        (MeetingKind, "支部大会", MeetingKind.MEMBERS),
        (MeetingKind, "支部委员会会议", MeetingKind.COMMITTEE),
        (MeetingKind, "支委会", MeetingKind.COMMITTEE),
        (MeetingKind, "主题党日活动", MeetingKind.THEME_DAY),
        (MeetingKind, "专题组织生活会", MeetingKind.ORG_LIFE),
        (Post, "书记", Post.BRANCH_SECRETARY),
        (Post, "支委", Post.COMMITTEE),
        (Role, "书记", Role.SECRETARY),
        (Role, "负责人", Role.PERSON_IN_CHARGE),
        (Role, "分管领导", Role.LEADER_IN_CHARGE),
        (PlanKind, "责任主体", PlanKind.ROLES),
        (PlanKind, "工作安排", PlanKind.WORK),
        (Category, "退休", Category.RETIRED),
        (Category, " 退休 ", Category.RETIRED),
    ],
)
def test_an_everyday_name_is_the_term(terms: type[Term], typed: str, term: Term):
    assert read_term(terms, typed, of="…") is term


def test_no_everyday_name_means_two_things():
    for terms, also in ALSO.items():
        names = [name for each in also.values() for name in each]
        names += [name for term in terms for name in (term.value, term.chinese)]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("typed", "guess"),
    [("membrs", "members"), ("党员大", "党员大会"), ("联欢会", None), ("开会", None), ("x", None)],
)
def test_a_guess_is_offered_only_where_it_is_close_and_every_word_is_shown(
    typed: str, guess: str | None
):
    with pytest.raises(BadUsage) as refused:
        read_term(MeetingKind, typed, of="会议")
    sentence, remedy = refused.value.sentence, refused.value.remedy or ""
    assert ("是不是" in sentence) == (guess is not None)
    assert guess is None or guess in sentence
    assert all(kind.value in remedy and kind.chinese in remedy for kind in MeetingKind)


def test_a_vocabulary_does_not_take_the_names_of_another():
    for typed in ("培训", "委员会"):
        with pytest.raises(BadUsage):
            read_term(AdmissionStep, typed, of="步骤")


def test_the_branch_meeting_is_not_taken_for_the_committee():
    assert "支委会" not in nearest_words("支部大会", [kind.chinese for kind in MeetingKind])


def test_a_part_of_several_words_names_them_all():
    with pytest.raises(BadUsage) as refused:
        read_term(AdmissionStep, "公示", of="步骤")
    assert "是不是“积极分子公示”、“发展对象公示”、“转正公示”？" in refused.value.sentence


@pytest.mark.parametrize(
    ("terms", "typed", "term"),
    [
        (OpinionClass, "个别", OpinionClass.INDIVIDUAL),
        (ReferredTo, "支部", ReferredTo.BRANCH),
        (VisitKind, "走访", VisitKind.VISIT),
        (WarningLevel, "询问", WarningLevel.INQUIRY),
    ],
)
def test_an_office_says_the_shorter_word(terms: type[Term], typed: str, term: Term):
    assert read_term(terms, typed, of="…") is term
