"""Votes at a meeting: whether they add up, whether enough came, whether the question was carried.

The bureau's regulation gives no numbers; those of the national texts stand here, in whole numbers
without rounding. Only members with a vote count: probationary members have none.
"""

from typing import NamedTuple


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
        """As they are typed: 12/10/9/0/1, and +1/0/0 in writing."""
        written = f"+{'/'.join(map(str, self.written))}" if any(self.written) else ""
        return "/".join(map(str, self[:5])) + written
