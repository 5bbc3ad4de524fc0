"""Read yearly reviews as plain objects."""

import sqlite3
from datetime import date

from partyctl.ledger.reading.objects import Object, objects
from partyctl.light import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from partyctl.contract.meetings import Review, ReviewOutcome, ReviewRow, ReviewVotes

REVIEWS = """
SELECT review.id, branch.name AS branch, review.branch_id, review.year,
    max(line.taken_on) FILTER (WHERE line.step = 'open') AS opened_on,
    max(line.taken_on) FILTER (WHERE line.step = 'study') AS study_on,
    max(line.taken_on) FILTER (WHERE line.step = 'meeting') AS meeting_on,
    max(line.taken_on) FILTER (WHERE line.step = 'close') AS closed_on,
    review.recorded_at, review.voided_at, review.void_reason
FROM review JOIN branch ON branch.id = review.branch_id
LEFT JOIN review_step AS line ON line.review_id = review.id AND line.taken_on <= :on
"""
LATEST = "9999-12-31"


def reviews(ledger: sqlite3.Connection, on: date, branch: int | None = None) -> "list[ReviewRow]":
    """The reviews opened on or before a day, with the steps taken on or before that day."""
    sql = f"""{REVIEWS} WHERE review.voided_at IS NULL
    AND (:branch IS NULL OR review.branch_id = :branch)
    GROUP BY review.id HAVING opened_on IS NOT NULL ORDER BY review.year, review.id"""
    return cast("list[ReviewRow]", objects(ledger, sql, {"on": on.isoformat(), "branch": branch}))


def review(ledger: sqlite3.Connection, number: int, on: date = date.max) -> "Review | None":
    """The review with this number (even if it was voided), with its entries until a day.

    A rating or vote counts as made on the day of the review's meeting.
    """
    sql = f"{REVIEWS} WHERE review.id = :number GROUP BY review.id"
    found = objects(ledger, sql, {"on": on.isoformat(), "number": number})
    if not found:
        return None
    return cast(
        "Review | None",
        found[0]
        | {
            "summaries": _lines(ledger, number, "review_self", "line.handed_on AS 'on'", on),
            "ratings": _lines(ledger, number, "review_rating", "line.grade", on),
            "votes": votes(ledger, number, on),
            "outcomes": outcomes(ledger, number, on),
        },
    )


def outcomes(ledger: sqlite3.Connection, number: int, on: date = date.max) -> "list[ReviewOutcome]":
    """The decisions about members after a rating, up to the day `on`, ordered by member number."""
    columns = "line.act AS outcome, line.said, line.meeting_id, line.taken_on AS 'on'"
    return cast("list[ReviewOutcome]", _lines(ledger, number, "review_outcome", columns, on))


def votes(ledger: sqlite3.Connection, number: int, on: date = date.max) -> "list[ReviewVotes]":
    """How many ballots each member got for each grade; empty if the meeting was after `on`."""
    columns = "line.excellent, line.qualified, line.basic, line.unqualified"
    return cast("list[ReviewVotes]", _lines(ledger, number, "review_votes", columns, on))


AT_THE_MEETING = """NOT EXISTS (SELECT 1 FROM review_step AS step
    WHERE step.review_id = line.review_id AND step.step = 'meeting' AND step.taken_on > :on)"""
UNTIL = {
    "review_self": "line.handed_on <= :on",
    "review_outcome": "line.taken_on <= :on",
    "review_rating": AT_THE_MEETING,
    "review_votes": AT_THE_MEETING,
}
"""For each table of entries about members, the condition that an entry is not later than :on."""


def _lines(
    ledger: sqlite3.Connection, number: int, table: str, columns: str, on: date
) -> list[Object]:
    return objects(
        ledger,
        f"SELECT member.id AS member_id, member.name AS member, {columns} FROM {table} AS line "
        f"JOIN member ON member.id = line.member_id WHERE line.review_id = :number "
        f"AND {UNTIL[table]} ORDER BY member.id",
        {"number": number, "on": on.isoformat()},
    )
