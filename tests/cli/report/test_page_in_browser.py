"""The page of a period in a real browser: it makes no requests, fits the window, and is accessible."""

import shutil
import subprocess
from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command
from tests.cli.report.test_page import MORE
from tests.conftest import write_ledger
from tests.support.branch_of_32 import write_branch
from tests.support.browser import CHROMIUM, MISSING, Page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)

PAGES = ("year", "month", "wall", "english")
WIDTHS = (360, 900, 1600)

FAINT = """
(() => {
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const read = text => { const n = (text.match(/[\\d.]+/g) || []).map(Number);
    return n.length === 3 ? [...n, 1] : n; };
  const under = at => { for (; at; at = at.parentElement) {
    const c = read(getComputedStyle(at).backgroundColor); if (c[3]) return c; }
    return [255, 255, 255, 1]; };
  const ratio = (one, two) => { const [a, b] = [light(one), light(two)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); };
  const faint = []; let seen = 0;
  const look = (what, one, two) => { seen += 1; const r = ratio(one, two);
    if (r < 4.5) faint.push(what + ' ' + r.toFixed(2)); };
  for (const at of document.body.querySelectorAll('*')) {
    const box = at.getBoundingClientRect(); const style = getComputedStyle(at);
    if (!box.width || !box.height || style.visibility === 'hidden') continue;
    const is_text = [...at.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    const drawn = ['rect', 'circle', 'line'].includes(at.tagName) && !at.matches('.track');
    if (drawn) { const fill = read(style.fill), stroke = read(style.stroke);
      if (style.fill !== 'none') look(at.tagName + '.' + at.getAttribute('class'), fill, under(at));
      else look(at.tagName + '.' + at.getAttribute('class'), stroke, under(at)); }
    else if (is_text && at.tagName !== 'title') {
      const ink = at instanceof SVGElement ? style.fill : style.color;
      look(at.tagName + '.' + at.getAttribute('class') + ' ' + at.textContent.trim().slice(0, 12),
        read(ink), under(at)); }
    else if (at.matches('.dots i, .sw')) {
      const own = read(style.backgroundColor);
      look('dot', own[3] ? own : read(style.borderTopColor), under(at.parentElement)); }
  }
  return {seen, faint};
})()
"""
OUTSIDE = """
[...document.body.querySelectorAll('*')].filter(at => {
  const box = at.getBoundingClientRect();
  return box.width && (box.right > innerWidth + 0.5 || box.left < -0.5);
}).map(at => at.tagName + '.' + at.getAttribute('class')).slice(0, 5)
"""
CUT = """
[...document.body.querySelectorAll('td, th, b, span, code, small, p, h1, h2')].filter(at =>
  getComputedStyle(at).display !== 'inline' && at.scrollWidth > at.clientWidth + 1
).map(at => at.tagName + ' ' + at.textContent.trim().slice(0, 20)).slice(0, 5)
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    ledger = write_ledger(write_branch(folder / "ledger.db"), MORE)
    asked = {
        "year": "report year 2026",
        "month": "report month 2026-05",
        "wall": "report year 2026 --without-names",
        "english": "report year 2026",
    }
    found = {}
    for name, line in asked.items():
        found[name] = folder / f"{name}.html"
        words = [*line.split(), "--as-of", "2026-06-10", "-o", str(found[name])]
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PARTYCTL_LANG", "en" if name == "english" else "zh")
            assert run_command(["--ledger", str(ledger), *words]) == 0
    return found


def assert_readable(shown: Page, page: Path, *, width: int, dark: bool) -> None:
    """Check that a page loads nothing else, fits this width, and has no cut-off or faint text."""
    shown.open(page, width=width, dark=dark)

    assert shown.ask("innerWidth") == width
    assert shown.requests() == [page.as_uri()]
    assert shown.complaints() == []
    assert shown.ask("document.documentElement.scrollWidth") <= width
    assert shown.ask(OUTSIDE) == []
    assert shown.ask(CUT) == []
    told = shown.ask(FAINT)
    assert told["seen"] > 150
    assert told["faint"] == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_fits_and_can_be_read(
    shown: Page, pages: dict[str, Path], name: str, width: int, dark: bool
):
    assert_readable(shown, pages[name], width=width, dark=dark)


def test_what_would_be_too_faint_is_found(shown: Page, pages: dict[str, Path], tmp_path: Path):
    text = pages["year"].read_text(encoding="utf-8")
    faint = tmp_path / "faint.html"
    faint.write_text(text.replace("--good: #1b6b3a", "--good: #8fbf9f"), encoding="utf-8")
    shown.open(faint, width=900)
    assert shown.ask(FAINT)["faint"]


@pytest.mark.long
def test_a_script_or_a_picture_from_elsewhere_would_be_refused(
    shown: Page, pages: dict[str, Path], tmp_path: Path
):
    text = pages["year"].read_text(encoding="utf-8")
    planted = tmp_path / "planted.html"
    more = "<script>document.title='x'</script><img src='planted.html'></body>"
    planted.write_text(text.replace("</body>", more), encoding="utf-8")
    shown.open(planted, width=900)
    assert shown.ask("document.title") != "x"
    assert len(shown.complaints()) >= 2


@pytest.mark.long
@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="NOT TESTED: no pdfinfo (poppler)")
@pytest.mark.parametrize("name", PAGES)
def test_it_prints_on_four_sheets_of_a4_at_most(
    shown: Page, pages: dict[str, Path], name: str, tmp_path: Path
):
    shown.open(pages[name], width=1600)
    (tmp_path / "page.pdf").write_bytes(shown.printed())
    told = subprocess.run(
        ["pdfinfo", str(tmp_path / "page.pdf")], capture_output=True, text=True, check=True
    ).stdout
    facts = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
    assert int(facts["Pages"]) <= 4
    assert "A4" in facts["Page size"]
