"""Read each closed review of earlier years as one row, instead of one fact for each member."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date

from partyctl.law.engine.facts import Fact
from partyctl.law.engine.past import ReviewInShort
from partyctl.ledger.reading.known.typed import read_day, typed_facts

# Summaries and outcomes dated after :on are not known yet, so they are left out.
CLOSED = """
SELECT review.id, step.taken_on,
    (SELECT group_concat(line.member_id) FROM review_self AS line
    WHERE line.review_id = review.id AND line.handed_on <= :on),
    (SELECT group_concat(line.member_id) || ':' || group_concat(line.grade)
    FROM review_rating AS line WHERE line.review_id = review.id),
    (SELECT group_concat(line.member_id) FROM review_outcome AS line
    WHERE line.review_id = review.id AND line.act = 'commend' AND line.taken_on <= :on)
FROM review JOIN review_step AS step ON step.review_id = review.id AND step.step = 'meeting'
WHERE review.branch_id = :branch AND review.voided_at IS NULL
AND CAST(review.year AS TEXT) < substr(:day, 1, 4)
AND 4 = (SELECT count(*) FROM review_step AS other WHERE other.review_id = review.id
    AND other.step IN ('open', 'study', 'meeting', 'close') AND other.taken_on < :day)
"""

LATER = """
SELECT id FROM review
WHERE branch_id = :branch AND voided_at IS NULL AND year || '-12-31' > :day AND NOT EXISTS (
    SELECT 1 FROM review_step AS line WHERE line.review_id = review.id AND line.taken_on <= :day)
"""

OF_REVIEWS = ("review_fact", "self_review_fact", "rating_fact", "outcome_fact")
"""The views with facts that only the rules of the yearly review use."""


def closed_reviews(
    ledger: sqlite3.Connection, branch: int, day: date, on: date
) -> Iterator[ReviewInShort]:
    """The reviews of the years before the year of `day`, if all their steps were taken before `day`."""
    values = {"branch": branch, "day": day.isoformat(), "on": on.isoformat()}
    for review, met_on, summed_up, grades, commended in ledger.execute(CLOSED, values):
        rated, _, said = (grades or ":").partition(":")
        by_member = dict(zip(_numbers(rated), said.split(","), strict=False))
        people = frozenset(_numbers(summed_up)), by_member, frozenset(_numbers(commended))
        yield ReviewInShort(review, read_day(met_on), *people)


def later_reviews(ledger: sqlite3.Connection, branch: int, day: date) -> Iterator[int]:
    """The numbers of the reviews that are due after `day` and have no step on or before `day`.

    Voided reviews are left out; no view has facts of a voided review.
    """
    values = {"branch": branch, "day": day.isoformat()}
    return (number for (number,) in ledger.execute(LATER, values))


def _numbers(listed: str | None) -> list[int]:
    return [*map(int, listed.split(","))] if listed else []


def facts_of_reviews(
    ledger: sqlite3.Connection, branch: int, views: Iterable[str], without: Iterable[int]
) -> Iterator[Fact]:
    """The facts of a branch's reviews in the given views.

    `views`: the names of the views. `without`: the numbers of the reviews to leave out.
    """
    left_out = list(without)
    where = f"branch_id = ? AND record_id NOT IN ({', '.join('?' * len(left_out))})"
    for view in views:
        yield from typed_facts(ledger, view, where, (branch, *left_out))
