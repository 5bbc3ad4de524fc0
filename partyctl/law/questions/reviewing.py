"""The state of a yearly review: what must be done before it can be closed, and each member's entries.

The rules in `organisation_life` decide which steps of a review are done.
"""

from collections.abc import Iterable
from copy import copy
from datetime import date

from partyctl.bilingual import (
    ENUMERATION,
    NOTHING,
    SEMICOLON,
    Told,
    alike,
    in_brackets,
    joined,
)
from partyctl.law.chapters.national.branches import EXCELLENT_SHARE
from partyctl.law.chapters.organisation_life import (
    REVIEW_STEPS,
    first_of,
    reviewed,
    still_to_do,
    to_be_rated,
    voted_on,
)
from partyctl.law.engine.facts import Fact, Subject, what
from partyctl.law.engine.known import Known
from partyctl.law.engine.obligations import Versions, obligations
from partyctl.law.engine.owed import ONLY_OPEN
from partyctl.law.engine.rule import Obligation
from partyctl.law.engine.values import Outcome
from partyctl.light import NamedTuple
from partyctl.terms import Case, Grade, OutcomeAct, ReviewStep


class Standing(NamedTuple):
    """One member's entries in a review. `wanted`: what the branch must still do for the member."""

    member: Subject
    is_probationary: bool
    is_rated: bool
    summed_up: date | None
    grade: Grade | None
    outcome: Fact[Outcome] | None
    voted: date | None
    wanted: ReviewStep | OutcomeAct | None

    @property
    def waits_for_vote(self) -> bool:
        """Whether the members' meeting still has to vote on how to handle the member."""
        return self.grade is Grade.UNQUALIFIED and self.voted is None


def case_of(review: int, known: Known) -> Fact | None:
    """The opening of a review, or None if the review had not been opened by the day of `known`."""
    return next((f for f in known.facts[what(Case.REVIEW)] if f.record_id == review), None)


def outstanding(review: int, known: Known, rulebook: Versions | None) -> list[Obligation]:
    """The steps that must be done before a review can be closed.

    A review of a year before the ledger's start needs the same steps as any other review.
    """
    whole = copy(known)
    whole.since = date.min
    found = obligations(REVIEW_STEPS, whole, rulebook, ONLY_OPEN)
    return [each for each in found if each.case == review]


def told(found: Iterable[Obligation]) -> Told:
    """One sentence that lists each step still to be done, with the missing people or records."""
    parts: dict[Told, list[Told]] = {}
    for each in found:
        lacking = each.note
        if each.subject.kind == "member":
            lacking = alike(each.subject.name)
        of_step = parts.setdefault(Told(each.rule.title, each.rule.english), [])
        of_step += [lacking] if lacking else []
    return joined(
        (
            joined((title, in_brackets(joined(lacking, ENUMERATION))), NOTHING)
            if lacking
            else title
            for title, lacking in parts.items()
        ),
        SEMICOLON,
    )


def standings(case: Fact, known: Known) -> list[Standing]:
    """Everybody who takes part in a review, with recorded and missing entries."""
    meeting = first_of(ReviewStep.MEETING, case, known)
    day = meeting.on if meeting else known.on
    rated = {member.id for member in to_be_rated(case, known)}
    summaries = _firsts(ReviewStep.SELF, case, known)
    ratings = _firsts(ReviewStep.RATING, case, known)
    outcomes = _firsts(ReviewStep.OUTCOME, case, known)
    wanted = {member.id: wanted for member, wanted in still_to_do(case, known)}
    found = []
    for member in reviewed(case, known):
        summary, rating = summaries.get(member.id), ratings.get(member.id)
        grade: Grade | None = None
        if rating is not None and member.id in rated:
            grade = rating.of.grade
        vote = voted_on(rating, member, known) if rating else None
        found.append(
            Standing(
                member,
                known.holds(member.id, "probationary", day),
                member.id in rated,
                summary.on if summary else None,
                grade,
                outcomes.get(member.id) if grade else None,
                vote.on if vote else None,
                wanted.get(member.id),
            )
        )
    return found


def _firsts(step: ReviewStep, case: Fact, known: Known) -> dict[int, Fact]:
    """The first record of a step for each member."""
    found: dict[int, Fact] = {}
    for fact in known.of_case(step, case):
        found.setdefault(fact.subject_id, fact)
    return found


def tally(found: Iterable[Standing]) -> dict[Grade | None, int]:
    """The number of members for each grade. The key None has the number of members not rated yet."""
    counts: dict[Grade | None, int] = dict.fromkeys([*Grade, None], 0)
    for standing in found:
        if standing.is_rated:
            counts[standing.grade] += 1
    return counts


def too_many_excellent(counts: dict[Grade | None, int]) -> bool:
    """Whether more than a third of the members to be rated are rated 优秀."""
    return counts[Grade.EXCELLENT] * EXCELLENT_SHARE > sum(counts.values())
