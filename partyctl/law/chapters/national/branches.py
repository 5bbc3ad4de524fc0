"""National rules about branches, on matters that the bureau's regulation does not cover.

The rules in this module only advise. Each act is judged by the text that is in force on the day of
the act. This module has no rules on matters that a text leaves to the superior (setting up a
branch, candidates for election), or on the wording of minutes. The national rules on admission are
in the module `admission`.
"""

from datetime import date

from partyctl.bilingual import NOTHING, Told, alike, in_brackets, joined
from partyctl.law.chapters.organisation_life import due_a_rating, first_of, the_review
from partyctl.law.engine.deadlines import OnTheDay
from partyctl.law.engine.every import Every
from partyctl.law.engine.facts import Fact, Subject
from partyctl.law.engine.known import Known
from partyctl.law.engine.limits import Hours, Size, TermOfOffice
from partyctl.law.engine.owed import Proof
from partyctl.law.engine.quorum import votes_by_roll
from partyctl.law.engine.requires import Requires
from partyctl.law.engine.rule import Rule
from partyctl.law.engine.scope import Each
from partyctl.law.engine.values import Vote
from partyctl.law.sources import texts
from partyctl.terms import (
    Case,
    DisclosureKind,
    Grade,
    Layer,
    MeetingKind,
    Noun,
    ReviewStep,
    Strength,
    StudyAct,
    VoteKind,
    dated,
)

EXCELLENT_SHARE = 3
"""优秀一般不超过党员总数的三分之一: at most one full member in three, rounded down."""


def meeting_name(vote: Fact[Vote], known: Known) -> Told:
    """The name of a vote: the meeting that voted, and the question."""
    question = in_brackets(alike(vote.of.topic))
    return joined((dated(MeetingKind.MEMBERS, vote.on), question), NOTHING)


def quorate(vote: Fact[Vote], known: Known) -> bool:
    """Whether at least half of the eligible voters were present."""
    votes = votes_by_roll(vote, known)
    return votes is None or votes.is_quorate


def quorate_to_elect(vote: Fact[Vote], known: Known) -> bool:
    """Whether at least four fifths of the eligible voters were present."""
    votes = votes_by_roll(vote, known)
    return votes is None or votes.is_quorate_to_elect


def rated_on(case: Fact, known: Known) -> date | None:
    """The day of the review's meeting, or None if no meeting or no rating is recorded."""
    meeting = first_of(ReviewStep.MEETING, case, known)
    return meeting.on if meeting and known.of_case(ReviewStep.RATING, case) else None


def excellent(case: Fact, known: Known) -> tuple[int, int]:
    """The number of members rated 优秀, and its limit: a third of the full members, rounded down."""
    due = {member.id for member in due_a_rating(case, known)}
    ratings = known.of_case(ReviewStep.RATING, case)
    rated = sum(fact.subject_id in due and fact.of.grade is Grade.EXCELLENT for fact in ratings)
    return rated, len(due) // EXCELLENT_SHARE


def few_excellent(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """The meeting as proof, if at most a third of the full members are rated 优秀."""
    rated, most = excellent(case, known)
    return first_of(ReviewStep.MEETING, case, known) if rated <= most else None


def share_told(case: Fact, subject: Subject, known: Known) -> Told | None:
    """The number of members rated 优秀 and the limit, in words.

    The result is None if the number is within the limit.
    """
    rated, most = excellent(case, known)
    if rated <= most:
        return None
    return Told(
        f"优秀 {rated} 人，一般不超过 {most} 人",
        f"{rated} rated excellent, at most {most} is usual",
    )


QUORUM_ORDINARY = Rule(
    id="quorum-ordinary",
    title="党员大会表决须半数以上有表决权党员到会",
    english="Half of the eligible members are present at a vote",
    article=str(texts.BRANCH_WORK),
    area=Noun.MEETING,
    owed_by=VoteKind.ORDINARY,
    duty=Requires(quorate, named=meeting_name),
    remedy='meeting edit {id} --decision "…=…;…"',
    strength=Strength.SHOULD,
    layer=Layer.NATIONAL,
    since=texts.BRANCH_WORK.since,
)

QUORUM_ELECTION = Rule(
    id="quorum-election",
    title="选举须五分之四以上有选举权党员到会",
    english="Four fifths of the eligible members are present at an election",
    article=str(texts.ELECTIONS),
    area=Noun.MEETING,
    owed_by=VoteKind.ELECTION,
    duty=Requires(quorate_to_elect, named=meeting_name),
    remedy='meeting edit {id} --decision "…=…;…"',
    strength=Strength.SHOULD,
    layer=Layer.NATIONAL,
    since=texts.ELECTIONS.since,
)

REVIEW_EXCELLENT_SHARE = Rule(
    id="review-excellent-share",
    title="优秀一般不超过正式党员的三分之一",
    english="At most a third of the full members are rated excellent",
    article=str(texts.EDUCATION),
    area=Noun.REVIEW,
    owed_by=Case.REVIEW,
    duty=OnTheDay(day=rated_on, met=few_excellent, each=the_review, note=share_told),
    remedy="review status {period}",
    strength=Strength.SHOULD,
    layer=Layer.NATIONAL,
    since=texts.EDUCATION.since,
)

BRANCH_TERM = Rule(
    id="branch-term",
    title="党支部任期一般三年，提前六个月提醒换届",
    english="A committee's term is three years; a reminder comes six months before the end",
    article=str(texts.BRANCH_WORK),
    area=Noun.BRANCH,
    owed_by=Case.TERM,
    duty=TermOfOffice(),
    remedy="branch edit {name} --elected …",
    strength=Strength.SHOULD,
    layer=Layer.NATIONAL,
    since=texts.BRANCH_WORK.since,
)

BRANCH_SIZE = Rule(
    id="branch-size",
    title="正式党员三人以上成立支部，七人以上设支委会",
    english="A branch has three full members or more; with seven, it has a committee",
    article=str(texts.BRANCH_WORK),
    area=Noun.BRANCH,
    owed_by=Each.BRANCH,
    duty=Size(),
    remedy="branch edit {name} --committee --from {period}",
    strength=Strength.SHOULD,
    layer=Layer.NATIONAL,
    since=texts.BRANCH_WORK.since,
)

DUES_PUBLICATION = Rule(
    id="dues-publication",
    title="每年公布一次党费收缴情况",
    english="The dues collected are announced every year",
    article=str(texts.DUES),
    area=Noun.DISCLOSURE,
    owed_by=Each.ORGAN,
    duty=Every("year"),
    met_by=DisclosureKind.DUES,
    remedy="disclosure add dues --title … --scope … --approved-on … --on … --by …",
    strength=Strength.SHOULD,
    layer=Layer.NATIONAL,
    since=texts.DUES.since,
)

THEME_DAY = Rule(
    id="theme-day",
    title="主题党日每月一次",
    english="A theme day every month",
    article=str(texts.BRANCH_WORK),
    area=Noun.MEETING,
    owed_by=Each.BRANCH,
    duty=Every("month"),
    met_by=MeetingKind.THEME_DAY,
    remedy="meeting add theme-day --on … --chair …",
    strength=Strength.SHOULD,
    layer=Layer.NATIONAL,
    since=texts.BRANCH_WORK.since,
)

STUDY_HOURS = Rule(
    id="study-hours",
    title="党员每年集中学习不少于 32 学时，支委 56 学时",
    english="32 hours of study a year for a member, 56 for a committee member",
    article=str(texts.EDUCATION),
    area=Noun.MEETING,
    owed_by=Each.MEMBER,
    duty=Hours(of=StudyAct.HOURS),
    remedy="meeting add study --hours … --present {name},… --on … --chair …",
    strength=Strength.SHOULD,
    layer=Layer.NATIONAL,
    since=texts.EDUCATION.since,
)

RULES = (
    QUORUM_ORDINARY,
    QUORUM_ELECTION,
    REVIEW_EXCELLENT_SHARE,
    BRANCH_TERM,
    BRANCH_SIZE,
    DUES_PUBLICATION,
    THEME_DAY,
    STUDY_HOURS,
)
