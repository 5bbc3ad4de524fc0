"""The values of a page, which are all computed before the page is drawn."""

from collections.abc import Mapping

from partyctl.law.questions.talking import YearOfTalks
from partyctl.ledger.reading.attendance import Attended
from partyctl.light import NamedTuple
from partyctl.papers.pages.heatmap import Heatmap
from partyctl.terms import Status


class DuesMonth(NamedTuple):
    """The dues of a month: the amounts in 分, and three numbers of members.

    `people`: how many members owe dues for the month, have paid for it, or have paid by its end for
    later months. `unpaid`: how many owe dues for the month and paid nothing for it. `unassessed`:
    how many owe an unknown amount, which is not included in `owed`; `owed` is None if no amount is
    known.
    """

    month: str
    owed: int | None
    paid: int
    people: int
    unpaid: int
    unassessed: int = 0


class OpenRow(NamedTuple):
    """An open item: status, date, duty, subject and clause.

    A page with names also shows, below the duty, `names` (the people concerned) and `remedy` (the
    command that helps).
    """

    status: Status
    state: str
    due: str
    duty: str
    whose: str
    clause: str
    names: str
    remedy: str
    carried_over: bool


class OfBranch(NamedTuple):
    """The values that a page shows for one branch."""

    name: str
    dues: tuple[DuesMonth, ...]
    attended: Attended
    talks: YearOfTalks


class Page(NamedTuple):
    """A page that reports on one period. The page shows what was known on the day `as_of`."""

    title: str
    whose: str
    period: str
    as_of: str
    verdict: str
    heatmap: Heatmap
    carried_over: int
    branches: tuple[OfBranch, ...]
    open: tuple[OpenRow, ...]
    foot: str
    with_names: bool

    @property
    def counts(self) -> Mapping[Status, int]:
        """For each status, the number of the period's obligations, as `check` counts them."""
        return self.heatmap.counts
