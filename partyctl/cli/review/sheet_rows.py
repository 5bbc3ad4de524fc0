"""Judge the rows of a review's sheet: entries that are new, unchanged, or different."""

from typing import TYPE_CHECKING, Any

from partyctl.bilingual import Told
from partyctl.cli.member.sheet_matching import Unmatched, match
from partyctl.cli.review.entry_sheet import fill
from partyctl.cli.sheets import judging
from partyctl.cli.sheets.printing import printed
from partyctl.errors import PartyctlError
from partyctl.papers.sheets.forms.reviews import REVIEW, votes_field
from partyctl.papers.sheets.lines import Entry, Problem, Reading
from partyctl.terms import Grade, stored_term

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.people import Member
    from partyctl.ledger.tables.reviews import Review


def judge(session: "Session", reading: Reading, wanted: judging.Wanted) -> judging.Judgement:
    """Judge every row: which summary, rating and votes the row adds to the year's review."""
    from partyctl.records.members.people import people

    known = people(session, wanted.today)
    judgement = judging.Judgement()
    for entry in reading.entries:
        try:
            member = match(entry, known, wanted)
        except Unmatched as unmatched:
            judgement.problems.append(unmatched.problem)
            continue
        found = _judged(session, entry, member, wanted) if member else judging.nobody(entry)
        if member and (second := judgement.twice(entry, (member.number, entry.values.get("year")))):
            found = second
        judgement.take(found)
    return judgement


def _judged(
    session: "Session", entry: Entry, member: "Member", wanted: judging.Wanted
) -> judging.Judged | Problem:
    fields = ("self_on", "grade")
    said: dict[str, Any] = {name: entry.values[name] for name in fields if name in entry.values}
    votes = {grade: entry.values.get(votes_field(grade)) for grade in Grade}
    if any(each is not None for each in votes.values()):
        if lacking := [grade for grade, each in votes.items() if each is None]:
            return _half_told(entry, member, lacking)
        said |= {votes_field(grade): each for grade, each in votes.items()}
    if not said:
        return judging.Judged(entry, judging.State.NOTHING, None, {"name": member.name})
    year = entry.values.get("year") or _only_year(session, member)
    if year is None:
        return judging.unclear(
            entry,
            "",
            member.name,
            Told("没有写是哪一年的评议；在标题里写明，或用 --year", "which year? Say it by --year"),
            kind="no-year",
        )
    from partyctl.records.reviews import reviews

    try:
        review = reviews.of_person(session, member, wanted.branch, year)
    except PartyctlError as error:
        return judging.refused(entry, error)
    return _compared(session, entry, member, review, said)


def _half_told(entry: Entry, member: "Member", lacking: list[Grade]) -> Problem:
    named = "、".join(grade.chinese for grade in lacking)
    return judging.unclear(
        entry,
        "",
        member.name,
        Told(
            f"测评票数要四个等次都写（没有的写 0），缺 {named}",
            "give the numbers of votes for all four grades",
        ),
        kind="votes",
    )


def _only_year(session: "Session", member: "Member") -> int | None:
    """Return the year of the branch's only open review whose meeting was held.

    Return None if the branch has no open review whose meeting was held, or more than one.
    """
    from partyctl.ledger.reading.objects import objects
    from partyctl.ledger.reading.reviews import LATEST, REVIEWS
    from partyctl.ledger.writing.session import driver_of

    sql = f"""{REVIEWS} WHERE review.voided_at IS NULL AND review.branch_id = :branch
    GROUP BY review.id HAVING meeting_on IS NOT NULL AND closed_on IS NULL"""
    found = objects(driver_of(session), sql, {"on": LATEST, "branch": member.branch_id})
    return found[0]["year"] if len(found) == 1 else None


def _compared(
    session: "Session", entry: Entry, member: "Member", review: "Review", said: dict[str, Any]
) -> judging.Judged:
    from partyctl.ledger.tables.reviews import ReviewRating, ReviewSelf, ReviewVotes

    ballots = session.get(ReviewVotes, (review.number, member.number))
    rating = session.get(ReviewRating, (review.number, member.number))
    summary = session.get(ReviewSelf, (review.number, member.number))
    recorded = {
        "grade": stored_term(Grade, rating.grade) if rating else None,
        "self_on": summary.handed_on if summary else None,
        **{votes_field(each): getattr(ballots, each.value, None) for each in Grade},
    }
    changes = {name: value for name, value in said.items() if value != recorded[name]}
    is_new = all(recorded[name] is None for name in changes)
    state = (
        judging.State.SAME
        if not changes
        else judging.State.NEW
        if is_new
        else judging.State.DIFFERENT
    )
    stored = {"name": member.name, "year": review.year, **said}
    judged = judging.Judged(entry, state, review.number, stored)
    if state is judging.State.DIFFERENT:
        judged.differences = [
            judging.Difference(
                REVIEW.column(name).name,
                printed(REVIEW.column(name), recorded[name]),
                printed(REVIEW.column(name), value),
            )
            for name, value in changes.items()
        ]
    if changes:
        judged.write = lambda: _write(session, review, member, said, changes)
    return judged


def _write(
    session: "Session",
    review: "Review",
    member: "Member",
    said: dict[str, Any],
    changes: dict[str, Any],
) -> int:
    from partyctl.records.reviews import ballots, ratings

    if "self_on" in changes:
        ratings.sum_up(session, review, member, changes["self_on"])
    if "grade" in changes:
        ratings.rate(session, review, member, changes["grade"])
    if any(votes_field(grade) in changes for grade in Grade):
        counts = {grade.value: said[votes_field(grade)] for grade in Grade}
        ballots.put(session, review, member, ballots.Ballots(**counts))
    return review.number


REVIEW_IMPORT = judging.Import(
    REVIEW, "ratings", Told("人", "member"), judge, fill, judging.write_each
)
