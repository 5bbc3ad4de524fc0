"""Recorded votes, checked against the roll."""

from partyctl.law.engine.facts import Fact
from partyctl.law.engine.known import Known
from partyctl.law.engine.values import AdmissionAct, Vote
from partyctl.law.engine.votes import Votes


def votes_by_roll(vote: Fact[Vote] | Fact[AdmissionAct], known: Known) -> Votes | None:
    """The votes, using the roll's number if it has more eligible voters (应到).

    Members excluded by decision (`--excluded`) have no vote. None if no votes are recorded.
    """
    votes = vote.of.votes
    if votes is None:
        return None
    with_a_vote = known.with_a_vote(vote.on, set(vote.of.excluded))
    return votes if with_a_vote is None else votes.by_roll(with_a_vote)
