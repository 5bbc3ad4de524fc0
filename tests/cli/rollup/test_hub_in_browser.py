"""The page of a hub in a real browser: it makes no requests, fits the window, and is accessible."""

from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.rollup.extract import DuesSum, Tally, packed
from tests.cli.report.test_page_in_browser import assert_readable
from tests.cli.rollup.mutated import whole
from tests.support.browser import CHROMIUM, MISSING, Page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)

WIDTHS = (360, 900, 1600)
BRANCHES = 30
LONG = "虚构市经济和信息化发展研究与综合服务保障中心离退休第三党支部"
CHAPTERS = ("责任", "支部·二", "支部·四", "支部·七", "公开", "防范", "全国")
STATUSES = ("met", "late", "due", "overdue", "breach", "advised", "waived")


def fill(folder: Path) -> Path:
    """A hub of thirty branches; some have long names, and some have sent no report.

    The newest extract of one branch does not continue the branch's extract before it.
    """
    hub, box = folder / "hub", folder / "box"
    box.mkdir()
    run_command(["rollup", "init", str(hub), "--organ", "虚构市直属机关工作委员会"])
    for place in range(BRANCHES):
        ledger, code = f"{place:016x}", f"{place:03}"
        name = LONG if place % 7 == 0 else f"第{place}支部"
        where = ["--hub", str(hub)]
        run_command(["rollup", "enrol", code, name, "--ledger", ledger, *where])
        if place % 9 == 4:
            continue
        tallies = tuple(
            Tally(chapter, "dues-monthly", "bureau", "must", "2026-03", status, 1 + place % 4)
            for n, chapter in enumerate(CHAPTERS)
            for m, status in enumerate(STATUSES)
            if (place + n * 3 + m * 5) % 4 == 0
        )
        made = whole(ledger)._replace(tallies=tallies, dues=DuesSum(30, 12_345_678, 9_876_543, 4))
        rules = "b" * 64 if place == 11 else made.header.rules
        made = made._replace(header=made.header._replace(rules=rules))
        (box / f"{code}.partyctl.gz").write_bytes(packed(made))
    later = whole(f"{3:016x}", "2026-04", 99)
    later = later._replace(header=later.header._replace(previous_head="98-" + "c" * 16))
    (box / "later.partyctl.gz").write_bytes(packed(later))
    assert run_command(["rollup", "collect", str(box), "--hub", str(hub)]) == 0
    return hub


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("hub-pages")
    hub = fill(folder)
    found = {}
    for name in ("zh", "en"):
        found[name] = folder / f"{name}.html"
        line = ["rollup", "report", "--month", "2026-03", "--hub", str(hub), "-o", str(found[name])]
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PARTYCTL_LANG", name)
            assert run_command(line) == 0
    return found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["zh", "en"])
def test_the_page_of_a_hub_asks_for_nothing_fits_and_can_be_read(
    shown: Page, pages: dict[str, Path], name: str, width: int, dark: bool
):
    assert_readable(shown, pages[name], width=width, dark=dark)


@pytest.mark.long
def test_who_is_missing_does_not_follow_or_is_judged_apart_stands_on_the_page(
    shown: Page, pages: dict[str, Path]
):
    shown.open(pages["zh"], width=1600)
    text = shown.ask("document.body.innerText")
    for said in (
        "没有报送",
        "004 第4支部",
        "链头接不上",
        "003 第3支部",
        "按另一套规则判断",
        "011 第11支部",
    ):
        assert said in text
    assert shown.ask("document.querySelectorAll('.heat tbody tr').length") == BRANCHES - 3
