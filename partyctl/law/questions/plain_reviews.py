"""Find the complete reviews of earlier years, because their facts need not be read again."""

from partyctl.law.chapters.national.branches import EXCELLENT_SHARE
from partyctl.law.engine.known import Known
from partyctl.law.engine.past import ReviewInShort
from partyctl.terms import Grade

RULES = frozenset(
    {
        "annual-review",
        "review-study",
        "review-self",
        "review-meeting",
        "review-outcome",
        "review-unqualified-vote",
        "review-excellent-share",
    }
)
"""The rules about reviews.

If a review does not satisfy one of these rules, the query of `closed_reviews` leaves the review
out, or `is_plain` returns False. A test compares this list with the catalogue of rules."""


def is_plain(review: ReviewInShort, known: Known) -> bool:
    """Whether the summary of a review is enough to prove that the review satisfies every rule.

    Of the data in `known`, only the roll is used.
    """
    day = review.met_on
    there, full = known.numbers("member", day), known.full_members(day)
    grades = {member: review.grades.get(member) for member in full}
    excellent = {member for member, grade in grades.items() if grade == Grade.EXCELLENT}
    return (
        there <= review.summed_up
        and None not in grades.values()
        and Grade.UNQUALIFIED not in review.grades.values()
        and excellent <= review.commended
        and len(excellent) <= len(full) // EXCELLENT_SHARE
    )
