"""Votes at a meeting: whether they add up, whether enough came, whether the question was carried.

The bureau's regulation gives no numbers; those of the national texts stand here, in whole numbers
without rounding. Only members with a vote count: probationary members have none.
"""

from typing import NamedTuple

from partyctl.law.engine.facts import Fact
from partyctl.law.engine.known import Known


class Written(NamedTuple):
    """Opinions handed in beforehand by members with a vote who could not come."""

    approve: int = 0
    oppose: int = 0
    abstain: int = 0


NONE_WRITTEN = Written()


class Votes(NamedTuple):
    """应到、实到、赞成、反对、弃权: those with a vote, and how they voted; what came in writing."""

    eligible: int
    present: int
    approve: int
    oppose: int
    abstain: int
    written: Written = NONE_WRITTEN

    @property
    def adds_up(self) -> bool:
        """Whether everybody present voted once, and nobody voted who had no vote."""
        cast = self.approve + self.oppose + self.abstain
        return cast == self.present and self.present + sum(self.written) <= self.eligible

    @property
    def in_favour(self) -> int:
        """The votes for it, at the meeting and in writing."""
        return self.approve + self.written.approve

    @property
    def is_carried(self) -> bool:
        """More than half of those with a vote, present or not, are for it (支部条例, 细则 19)."""
        return 2 * self.in_favour > self.eligible

    @property
    def is_quorate(self) -> bool:
        """Half of those with a vote came: enough for an ordinary question (支部条例)."""
        return 2 * self.present >= self.eligible

    @property
    def is_quorate_to_admit(self) -> bool:
        """More than half of those with a vote came: enough to admit a member (细则 19)."""
        return 2 * self.present > self.eligible

    @property
    def is_quorate_to_elect(self) -> bool:
        """Four fifths of those with a vote came: enough for an election (选举条例, 2020)."""
        return 5 * self.present >= 4 * self.eligible

    def by_roll(self, with_a_vote: int) -> "Votes":
        """The same judged by how many have a vote, where fewer were counted as due (应到)."""
        return self._replace(eligible=max(self.eligible, with_a_vote))

    def __str__(self) -> str:
        """As they are typed and as a fact's marks hold them: 12/10/9/0/1, and +1/0/0 in writing."""
        written = f"+{'/'.join(map(str, self.written))}" if any(self.written) else ""
        return "/".join(map(str, self[:5])) + written


MARK, EXCLUDED = "votes=", "excluded="


def votes_in(marks: str) -> Votes | None:
    """The votes among the marks of a fact (votes=12/10/9/0/1); None where none are recorded."""
    for mark in marks.split():
        if mark.startswith(MARK):
            told, _, written = mark.removeprefix(MARK).partition("+")
            eligible, present, *cast = (int(number) for number in told.split("/"))
            in_writing = Written(*map(int, written.split("/"))) if written else NONE_WRITTEN
            return Votes(eligible, present, cast[0], cast[1], cast[2], in_writing)
    return None


def excluded_in(marks: str) -> set[int]:
    """The members whom a decision left out of the count (excluded=3,4), by number."""
    named = (mark for mark in marks.split() if mark.startswith(EXCLUDED))
    return {int(n) for mark in named for n in mark.removeprefix(EXCLUDED).split(",")}


def votes_by_roll(vote: Fact, known: Known) -> Votes | None:
    """The votes on record, judged by the roll where it has more members with a vote (应到).

    Who a decision left out (`--excluded`) has none. None where no votes are recorded.
    """
    votes = votes_in(vote.marks)
    if votes is None:
        return None
    with_a_vote = known.with_a_vote(vote.on, excluded_in(vote.marks))
    return votes if with_a_vote is None else votes.by_roll(with_a_vote)
