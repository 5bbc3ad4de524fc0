"""Answer `partyctl rollup report`: write one page about all branches of a hub."""

from collections.abc import Container
from pathlib import Path

from partyctl.calendar import Period
from partyctl.cli.input.dates import today
from partyctl.cli.output.answers import tell
from partyctl.cli.output.saving import require_ending, require_free, write_file
from partyctl.cli.rollup.answering import named
from partyctl.language import say, title_of
from partyctl.papers.pages.heatmap import DONE, Cell, Column, Line
from partyctl.papers.pages.hub_page import DuesOfAll, HubPage, Rank, draw_hub
from partyctl.rollup import asking
from partyctl.rollup.chapters import CODES
from partyctl.rollup.hub import Hub
from partyctl.rollup.missing import missing_branches
from partyctl.rollup.verifying import verify
from partyctl.terms import Status

HTML = ".html"
MOST_LINES = 200
"""The page's table by chapter shows at most this many branches, those with most breaches and overdue
duties first. The page's ranking has the same limit. `rollup show` lists all branches."""


def write_report(hub: Hub, month: Period, output: Path | None, *, replace: bool) -> None:
    """Write the page of a month. Raises BadUsage, Refused."""
    path = output or Path(say(f"汇总-{month}{HTML}", f"rollup-{month}{HTML}"))
    require_ending(path, HTML)
    require_free(path, replace=replace)
    page = page_of(hub, month.name)
    write_file(path, draw_hub(page), replace=replace)
    tell(say(f"已写出 {path}（{page.verdict}）", f"{path} written: {page.verdict}"))


def page_of(hub: Hub, month: str) -> HubPage:
    """Return all values of a month's page."""
    by_branch = asking.table(hub, "branch", [month], rank=True)
    worst = sorted(by_branch, key=lambda each: (-_wrong(each), each.key))[:MOST_LINES]
    heat = asking.heat(hub, month, [each.key for each in worst])
    by_chapter = asking.by_chapter(hub, month)
    columns = _columns(by_chapter)
    apart = asking.judged_apart(hub, [month])
    codes = [code for part in apart for code in part]
    broken = verify(hub, month).broken
    return HubPage(
        title=say(f"党建工作汇总 · {month}", f"Party work of many branches · {month}"),
        organ=hub.organ,
        month=month,
        as_of=today().isoformat(),
        enrolled=len(hub.units),
        reported=hub.number_reported(month),
        missing=tuple(f"{each.code} {each.name}" for each in missing_branches(hub, month)),
        counts={
            status: sum(each[status.value] for each in by_chapter.values()) for status in Status
        },
        columns=columns,
        lines=tuple(_lines(hub, worst, heat, columns)),
        left_out=max(len(by_branch) - MOST_LINES, 0),
        ranks=tuple(_ranks(hub, by_branch[:MOST_LINES])),
        judged_apart=tuple(named(hub, "branch", code) for code in codes),
        broken=tuple(dict.fromkeys(named(hub, "branch", each.code) for each in broken)),
        dues=DuesOfAll(*asking.dues(hub, month)),
        foot=say(
            f"汇总处 {hub.number}；没有人名，细节请问支部",
            f"hub {hub.number}; this page contains no names; for details, ask the branch",
        ),
    )


def _columns(there: Container[str]) -> tuple[Column, ...]:
    return tuple(
        Column(code, title_of(chapter), code.rpartition("·")[2])
        for code, chapter in CODES.items()
        if code in there
    )


def _lines(
    hub: Hub, worst: list[asking.Counts], heat: asking.Heat, columns: tuple[Column, ...]
) -> list[Line]:
    """Return one line for each branch; the branches with most breaches and overdue duties come first."""
    keys = [each.key for each in columns]
    return [
        Line(
            named(hub, "branch", each.key),
            each.key,
            tuple(_cell(heat.get((each.key, chapter))) for chapter in keys),
        )
        for each in worst
    ]


def _wrong(counts: asking.Counts) -> int:
    return sum(counts.of[status] for status in asking.MISSED)


def _cell(counts: dict[str, int] | None) -> Cell:
    if not counts or not any(counts.values()):
        return Cell()
    worst = next(status for status in Status if counts[status.value])
    done = sum(counts[status.value] for status in DONE)
    return Cell(worst, done, sum(counts.values()))


def _ranks(hub: Hub, found: list[asking.Counts]) -> list[Rank]:
    """Return the branches by rank; branches with the same share of met duties share a rank."""
    ranks: list[Rank] = []
    for place, each in enumerate(found, start=1):
        equal = ranks and found[place - 2].met_share == each.met_share
        at = ranks[-1].place if equal else place
        ranks.append(Rank(at, named(hub, "branch", each.key), each.percent, each.n, _wrong(each)))
    return ranks
