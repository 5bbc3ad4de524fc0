"""The page of a hub, the organ that collects the figures of many branches.

The page shows which branches reported, their results by chapter, and their ranks.
"""

from partyctl.bilingual import many
from partyctl.language import say, speaks_english
from partyctl.light import NamedTuple
from partyctl.money import print_yuan
from partyctl.papers.pages.drawing import POLICY, TEMPLATES, shelf
from partyctl.papers.pages.heatmap import Column, Line, mark_of
from partyctl.terms import Status

MOST_NAMES = 60
"""Each list on the page shows at most this many branches.

Commands such as `rollup missing` show all branches.
"""


class Rank(NamedTuple):
    """A branch's rank: its place, and the percentage of its duties that it met.

    `n`: the number of its mandatory duties that were met or missed. `wrong`: the number of its
    duties that are overdue or breaches.
    """

    place: int
    name: str
    percent: int | None
    n: int
    wrong: int


class DuesOfAll(NamedTuple):
    """The dues of a month in 分, added up over all branches that reported their dues."""

    members: int
    owed: int
    paid: int
    unpaid: int


class HubPage(NamedTuple):
    """The values of a hub's page. The page does not contain names of people."""

    title: str
    organ: str
    month: str
    as_of: str
    enrolled: int
    reported: int
    missing: tuple[str, ...]
    counts: dict[Status, int]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    left_out: int
    ranks: tuple[Rank, ...]
    judged_apart: tuple[str, ...]
    broken: tuple[str, ...]
    dues: DuesOfAll
    foot: str

    @property
    def verdict(self) -> str:
        """The sentence below the page's heading: how many branches did not report.

        The page's figures do not include these branches.
        """
        gone = len(self.missing)
        if not gone:
            return say(
                f"{self.enrolled} 个支部都已报送", f"All reported: {many(self.enrolled, 'branch')}"
            )
        return say(
            f"{gone} 个支部没有报送，下面的数字不含它们",
            f"No report yet: {many(gone, 'branch')}; not included in the figures",
        )


def draw_hub(page: HubPage) -> bytes:
    """Return the page as one file, which has no script and loads nothing."""
    words = {
        "say": say,
        "mark_of": mark_of,
        "statuses": tuple(Status),
        "language": "en" if speaks_english() else "zh-CN",
        "policy": POLICY,
        "style": (TEMPLATES / "page.css").read_text(encoding="utf-8"),
        "yuan": print_yuan,
        "most_names": MOST_NAMES,
    }
    return shelf().get_template("hub.html").render(page=page, **words).encode()
