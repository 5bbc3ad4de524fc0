"""Votes at a meeting: whether they add up, whether enough people came, whether a motion passed.

The bureau's regulation gives no numbers, so the numbers of the national texts are used. Only
eligible voters count; probationary members cannot vote. The comparisons use whole numbers, so
nothing is rounded.
"""

from partyctl.light import NamedTuple


class Written(NamedTuple):
    """Written votes of eligible members who could not come."""

    approve: int = 0
    oppose: int = 0
    abstain: int = 0


NONE_WRITTEN = Written()


class Votes(NamedTuple):
    """应到、实到、赞成、反对、弃权: how many voters were eligible, how many came, and how they voted."""

    eligible: int
    present: int
    approve: int
    oppose: int
    abstain: int
    written: Written = NONE_WRITTEN

    @property
    def adds_up(self) -> bool:
        """Whether everybody present voted once, and no more people voted than were eligible."""
        cast = self.approve + self.oppose + self.abstain
        return cast == self.present and self.present + sum(self.written) <= self.eligible

    @property
    def in_favour(self) -> int:
        """The number of votes in favour, at the meeting and in writing."""
        return self.approve + self.written.approve

    @property
    def is_carried(self) -> bool:
        """Whether more than half of all eligible voters are in favour (支部条例, 细则 19)."""
        return 2 * self.in_favour > self.eligible

    @property
    def is_quorate(self) -> bool:
        """Whether at least half of the eligible voters came, as an ordinary question requires (支部条例)."""
        return 2 * self.present >= self.eligible

    @property
    def is_quorate_to_admit(self) -> bool:
        """Whether more than half of the eligible voters came, as an admission requires (细则 19)."""
        return 2 * self.present > self.eligible

    @property
    def is_quorate_to_elect(self) -> bool:
        """Whether four fifths of the eligible voters came, as an election requires (选举条例, 2020)."""
        return 5 * self.present >= 4 * self.eligible

    def by_roll(self, with_a_vote: int) -> "Votes":
        """A copy of the votes in which 应到 is the number of eligible voters on the roll.

        If the recorded number of eligible voters is higher, the copy keeps the recorded number.
        """
        return self._replace(eligible=max(self.eligible, with_a_vote))

    def __str__(self) -> str:
        """The votes as typed: 12/10/9/0/1, with +1/0/0 for written votes."""
        written = f"+{'/'.join(map(str, self.written))}" if any(self.written) else ""
        return "/".join(map(str, self[:5])) + written
