"""Which kind of subject owes a rule's duty, and in which kind of period the duty recurs.

A waiver of the rule must have a subject of this kind and a period of this kind. If the duty does
not recur, a waiver has no period. But a member's duty in a review or a democratic-life meeting is
waived for a year (`excusing.is_of_a_year`).
"""

from partyctl.law.dues.duties import FullAmount
from partyctl.law.engine.case_duty import Deadline
from partyctl.law.engine.every import Every
from partyctl.law.engine.limits import Hours
from partyctl.law.engine.rule import Rule
from partyctl.law.engine.scope import Owing
from partyctl.terms import Case, DuesAct, MeetingKind, Noun, OpinionStep, ReviewStep, Term, VoteKind

RECORDS: dict[type[Term], Noun] = {
    MeetingKind: Noun.MEETING,
    DuesAct: Noun.DUES,
    ReviewStep: Noun.REVIEW,
    VoteKind: Noun.MEETING,
    OpinionStep: Noun.OPINION,
}
CASES: dict[Case, Noun] = {
    Case.DEMOCRATIC_LIFE: Noun.MEETING,
    Case.REVIEW: Noun.REVIEW,
    Case.PLAN_ITEM: Noun.PLAN_ITEM,
    Case.RECTIFICATION: Noun.RECTIFY,
    Case.FOLLOW_UP: Noun.TALK,
    Case.TERM: Noun.BRANCH,
    Case.APPLICANT: Noun.APPLICANT,
    Case.PROBATION: Noun.MEMBER,
    Case.PUBLICATION: Noun.DISCLOSURE,
    Case.OPINION: Noun.OPINION,
    Case.WARNING: Noun.WARNING,
    Case.PREVENTIVE_TALK: Noun.WARNING,
}


def whose(rule: Rule) -> Noun:
    """The kind of subject that owes a rule's duty: a body, a person, or a record."""
    if isinstance(rule.owed_by, Owing):
        return rule.owed_by.noun
    if isinstance(rule.duty, Deadline) and rule.duty.whose is not None:
        return rule.duty.whose
    if isinstance(rule.owed_by, Case):
        return CASES[rule.owed_by]
    return RECORDS[type(rule.owed_by)]


def cadence(rule: Rule) -> str | None:
    """The kind of period in which a duty recurs, or None if it does not recur."""
    if isinstance(rule.duty, Every):
        return rule.duty.period
    if isinstance(rule.duty, Hours):
        return "year"
    return "month" if isinstance(rule.duty, FullAmount) else None
