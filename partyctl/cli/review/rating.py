"""`partyctl review self|rate`: record summaries and ratings of one member, several, or everybody."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from partyctl.cli.input.people import Chosen, Names
from partyctl.cli.output.answers import acknowledge, tell
from partyctl.cli.review.options import read_grade
from partyctl.cli.session import current
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.light import NamedTuple
from partyctl.terms import Grade, Noun, ReviewStep

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.people import Member
    from partyctl.ledger.tables.reviews import Review
    from partyctl.records.reviews.several import Rated


class Also(NamedTuple):
    """Options: --rest (a grade for all unrated members) and --votes (the votes on one member)."""

    rest: Grade | None
    votes: str | None


def sum_up(year: int, whom: Chosen, day: date | None, *, as_json: bool) -> None:
    """Record or remove the summaries of the chosen members; if one is refused, change none."""
    if whom.names is None and day is None:
        raise BadUsage(
            say("取消登记须写明是谁。", "Name the members whose summaries are to be removed."),
            f"partyctl review self {year} … --on {say('无', 'none')}",
        )
    with current.writing() as session:
        from partyctl.records.common.several import told
        from partyctl.records.reviews import several

        if whom.names is not None:
            review, members = _taking_part(session, year, whom.names)
            others = None
        else:
            assert day is not None
            review = _of_branch(session, year)
            members, left_alone = several.without_summary(session, review, whom.excepted, day)
            others = told(left_alone)
        several.sum_up(session, review, members, day)
    done = f"{ReviewStep.SELF.label} {day or say('已取消', 'taken back')}"
    _say(review, [f"{member.name} {done}" for member in members], as_json=as_json)
    if others:
        tell(others, err=True)


def rate(year: int, names: Names | None, grade: str | None, also: Also, *, as_json: bool) -> None:
    """Record or remove the ratings of the chosen members; if one is refused, change none."""
    _require_facts(names, grade, also)
    with current.writing() as session:
        from partyctl.records.reviews import ballots, several

        rated: list[Rated] = []
        if names is not None:
            assert grade is not None
            review, members = _taking_part(session, year, names)
            rated += several.rate(session, review, members, read_grade(grade))
            if also.votes is not None:
                ballots.put(session, review, members[0], ballots.read_ballots(also.votes))
        else:
            review = _of_branch(session, year)
        if also.rest is not None:
            rated += several.rate_rest(session, review, also.rest)
    _say(review, [_told(each) for each in rated], as_json=as_json)


def _require_facts(names: Names | None, grade: str | None, also: Also) -> None:
    """Raise MissingFact if the people or the grade are missing.

    Raise BadUsage if votes are given without exactly one named member, or without a grade.
    """
    if names is None and also.rest is None:
        raise MissingFact(
            Question("", say("姓名（几个人用逗号隔开）", "NAME,NAME")),
            Question("", say("等次", "the grade")),
        )
    if names is not None and grade is None:
        raise MissingFact(Question("", say("等次", "the grade")))
    if also.votes is not None and (
        names is None or len(names) > 1 or read_grade(grade or "") is None
    ):
        raise BadUsage(
            say(
                "--votes 是对一个人的测评票，须写明是谁、评为什么等次。",
                "--votes gives the ballots on one member: write the name and the grade too.",
            ),
            "partyctl review rate … … … --votes 28/3/1/0",
        )


def _taking_part(
    session: "Session", year: int, names: Sequence[str]
) -> tuple["Review", list["Member"]]:
    """Return a pair: the review in which all the named members are rated, and these members.

    Raises BadUsage if the members are rated in the reviews of different branches.
    """
    from partyctl.records.common.several import address, for_each, members_named
    from partyctl.records.reviews import reviews

    members = members_named(session, names)
    found = for_each(
        members,
        lambda member: reviews.of_person(session, member, current.branch(), year),
        named=lambda member: address(session, member),
    )
    if len({review.number for review in found}) > 1:
        raise BadUsage(
            say(
                "这几个人不在同一个党支部评议。", "These people are reviewed in different branches."
            ),
            f"partyctl --branch … review status {year}",
        )
    return found[0], members


def _of_branch(session: "Session", year: int) -> "Review":
    from partyctl.records.common import finding
    from partyctl.records.reviews import reviews

    return reviews.of_year(session, finding.branch(session, current.branch()), year)


def _told(rated: "Rated") -> str:
    grade = rated.grade.label if rated.grade else say("等次已取消", "rating taken back")
    dropped = say(
        "（原来的表彰或处理不再适用，已去掉）",
        " (the recorded commendation or handling no longer fits the rating and was removed)",
    )
    return f"{rated.member.name} {grade}{dropped if rated.dropped else ''}"


def _say(review: "Review", done: Sequence[str], *, as_json: bool) -> None:
    """Print a line per person; with --json print the review, because that is the record that changed."""
    head = say(
        f"民主评议 #{review.number}（{review.year} 年）：",
        f"Review #{review.number} of {review.year}: ",
    )
    nothing = say("没有要登记的，什么都没有写入。", "nothing to record, nothing written.")
    lines = [f"{head}{each}" for each in done or [nothing]]
    for line in lines[:-1] if not as_json else ():
        tell(line)
    acknowledge(Noun.REVIEW, review.number, lines[-1], as_json=as_json)
