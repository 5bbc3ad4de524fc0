"""The votes on record, judged by the roll."""

from partyctl.law.engine.facts import Fact
from partyctl.law.engine.known import Known
from partyctl.law.engine.values import AdmissionAct, Vote
from partyctl.law.engine.votes import Votes


def votes_by_roll(vote: Fact[Vote] | Fact[AdmissionAct], known: Known) -> Votes | None:
    """The votes, judged by the roll where it has more members with a vote (应到).

    Whoever a decision left out (`--excluded`) has none. None where no votes are recorded.
    """
    votes = vote.of.votes
    if votes is None:
        return None
    with_a_vote = known.with_a_vote(vote.on, set(vote.of.excluded))
    return votes if with_a_vote is None else votes.by_roll(with_a_vote)
