"""Votes at a meeting: whether they add up, whether there was a quorum, whether the motion passed.

The bureau's regulation gives no numbers; the national texts' are used here, in whole numbers
without rounding. Only eligible voters count: probationary members have no vote.
"""

from partyctl.light import NamedTuple


class Written(NamedTuple):
    """Votes handed in beforehand, in writing, by eligible members who could not come."""

    approve: int = 0
    oppose: int = 0
    abstain: int = 0


NONE_WRITTEN = Written()


class Votes(NamedTuple):
    """应到、实到、赞成、反对、弃权: eligible voters, how they voted, and the written votes."""

    eligible: int
    present: int
    approve: int
    oppose: int
    abstain: int
    written: Written = NONE_WRITTEN

    @property
    def adds_up(self) -> bool:
        """Whether everybody present voted once, and only eligible members voted."""
        cast = self.approve + self.oppose + self.abstain
        return cast == self.present and self.present + sum(self.written) <= self.eligible

    @property
    def in_favour(self) -> int:
        """The votes for it, at the meeting and in writing."""
        return self.approve + self.written.approve

    @property
    def is_carried(self) -> bool:
        """More than half of the eligible voters, present or not, are in favour (支部条例, 细则 19)."""
        return 2 * self.in_favour > self.eligible

    @property
    def is_quorate(self) -> bool:
        """Half of the eligible voters came: a quorum for an ordinary question (支部条例)."""
        return 2 * self.present >= self.eligible

    @property
    def is_quorate_to_admit(self) -> bool:
        """More than half of the eligible voters came: a quorum for an admission (细则 19)."""
        return 2 * self.present > self.eligible

    @property
    def is_quorate_to_elect(self) -> bool:
        """Four fifths of the eligible voters came: a quorum for an election (选举条例, 2020)."""
        return 5 * self.present >= 4 * self.eligible

    def by_roll(self, with_a_vote: int) -> "Votes":
        """The votes with the full number of eligible voters, if a smaller number due (应到) was recorded."""
        return self._replace(eligible=max(self.eligible, with_a_vote))

    def __str__(self) -> str:
        """The votes as typed: 12/10/9/0/1, with +1/0/0 for written votes."""
        written = f"+{'/'.join(map(str, self.written))}" if any(self.written) else ""
        return "/".join(map(str, self[:5])) + written
