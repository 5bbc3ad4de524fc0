"""Compare recorded votes with the roll."""

from partyctl.law.engine.facts import Fact
from partyctl.law.engine.known import Known
from partyctl.law.engine.values import AdmissionAct, Vote
from partyctl.law.engine.votes import Votes


def votes_by_roll(vote: Fact[Vote] | Fact[AdmissionAct], known: Known) -> Votes | None:
    """The recorded votes.

    If the roll has more eligible voters (应到) than the record says, the result has the number from
    the roll. Members whom a decision excludes (`--excluded`) are not eligible. Returns None if no
    votes are recorded.
    """
    votes = vote.of.votes
    if votes is None:
        return None
    with_a_vote = known.with_a_vote(vote.on, set(vote.of.excluded))
    return votes if with_a_vote is None else votes.by_roll(with_a_vote)
