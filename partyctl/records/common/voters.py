"""Who can vote on a day: the full members on the branch's roll, except those whom a decision excludes."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from partyctl.bilingual import many
from partyctl.errors import Refused
from partyctl.language import say
from partyctl.law.engine.known import Known
from partyctl.law.engine.votes import Votes
from partyctl.ledger.tables.people import Member
from partyctl.records.common import finding
from partyctl.records.common.known_facts import known_of


def left_out(
    session: Session, names: Iterable[str], branch: int, day: date, known: Known
) -> list[Member]:
    """The members excluded from a vote by a decision (--excluded). Raises NoSuchRecord, Refused.

    Each of these members must be entitled to vote on `day`, and must be named only once. For a day
    before the ledger's first day, every member of the branch counts as entitled.
    """
    members = [finding.member(session, name) for name in names]
    for member in members:
        reason = None
        if members.count(member) > 1:
            reason = say("写了两次", "is named twice")
        elif member.branch_id != branch or not _has_a_vote(member, day, known):
            reason = say(f"{day} 没有表决权，本来就不计入", f"cannot vote on {day} anyway")
        if reason is not None:
            raise Refused(
                say(f"--excluded：{member.name}{reason}。", f"--excluded: {member.name} {reason}."),
                say("从 --excluded 去掉这个姓名", "run the command again without that name"),
            )
    return members


def _has_a_vote(member: Member, day: date, known: Known) -> bool:
    if day < known.since:
        return True  # the roll is unknown before the ledger's first day
    on_roll = known.holds(member.number, "member", day)
    return on_roll and not known.holds(member.number, "probationary", day)


def by_roll(votes: Votes, day: date, excluded: Iterable[int], known: Known) -> Votes:
    """Replace the number of eligible voters (应到) in `votes` by the number on the roll.

    The members in `excluded` are not counted. If the roll of that day is unknown, the typed number
    of eligible voters is kept. Raises Refused if the typed number is greater than the number on the
    roll.
    """
    with_a_vote = known.with_a_vote(day, set(excluded))
    if with_a_vote is None:
        return votes
    if votes.eligible > with_a_vote:
        raise Refused(
            say(
                f"应到 {votes.eligible} 人，而 {day} 有表决权的正式党员只有 {with_a_vote} 人。",
                f"The number of eligible voters is {votes.eligible}, but only "
                f"{many(with_a_vote, 'full member')} could vote on {day}.",
            ),
            say("核对票数，或先登记党员", "check the votes, or enter the members first"),
        )
    return votes.by_roll(with_a_vote)


def roll_of(session: Session, branch: int, day: date) -> Known:
    """The people of a branch and their roles (such as member or probationary) as known on a day."""
    return known_of(session, branch, on=day)
