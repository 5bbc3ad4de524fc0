"""The pictures on the front page show the program's present output, alike on every machine."""

import re
import shutil
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
sys.path.insert(0, str(HERE / "scripts"))

import draw_pictures  # noqa: E402 - a script, not a package
import terminal_picture  # noqa: E402

GROWTH = "growth.svg"
"""`make bench` draws this picture from its measurements; docs/performance.md shows it."""

PICTURES = sorted(each for each in (HERE / "docs" / "pictures").iterdir() if each.name != GROWTH)
STALE = "the program's output has changed: run make pictures, and look at the result"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return draw_pictures.example(tmp_path_factory.mktemp("example") / "ledger")


def test_there_are_both_pictures_in_both_languages_light_and_dark():
    wanted = {
        f"{what}-{language}-{scheme}.{kind}"
        for what, kind in (("check", "svg"), ("year", "png"))
        for language in draw_pictures.LANGUAGES
        for scheme in draw_pictures.SCHEMES
    }
    assert {each.name for each in PICTURES} == wanted


@pytest.mark.parametrize("language", draw_pictures.LANGUAGES)
def test_the_scoreboard_is_what_check_prints_on_a_terminal(example: dict[str, str], language: str):
    screen = draw_pictures.scoreboard(example, language)
    assert "2026-04-10 · 机关支部 · " in screen.text
    assert "\x1b[" in screen.answer, "the output on a terminal must have colours"
    for file in PICTURES:
        if file.name.startswith(f"check-{language}-"):
            drawn = terminal_picture.described(file.read_text(encoding="utf-8"))
            assert drawn == screen.text, STALE


@pytest.mark.parametrize("language", draw_pictures.LANGUAGES)
def test_the_year_page_is_what_report_writes(
    example: dict[str, str], language: str, tmp_path: Path
):
    words = draw_pictures.year_page(example, language, tmp_path / "year.html")
    assert re.search(r"\b\d+/\d+\b", words), "the page counts what was met"
    for file in PICTURES:
        if file.name.startswith(f"year-{language}-"):
            assert draw_pictures.words_of(file.read_bytes()) == words, STALE


@pytest.mark.parametrize("file", PICTURES, ids=lambda file: file.name)
def test_a_picture_is_small(file: Path):
    assert file.stat().st_size < 300_000


@pytest.mark.parametrize("scheme", draw_pictures.SCHEMES)
def test_the_scoreboard_needs_no_font_and_no_network(scheme: str):
    for language in draw_pictures.LANGUAGES:
        svg = (HERE / "docs" / "pictures" / f"check-{language}-{scheme}.svg").read_text("utf-8")
        shapes = svg.replace(svg.partition("<desc>")[2].partition("</desc>")[0], "")
        assert not re.search(r"<text|@font-face|url\((?!#)|<image|<script|&#160;", shapes)
        assert not set(re.findall(r"https?:[^\"]*", shapes)) - {"http://www.w3.org/2000/svg"}
        used = set(re.findall(r'href="#(\w+)"', shapes))
        assert used == set(re.findall(r'<path id="(\w+)"', shapes))
        assert f"r{ord('支'):x}" in used, "Chinese characters must be outlines"


def test_the_same_screen_is_the_same_picture(example: dict[str, str]):
    if not shutil.which("fc-match") or not terminal_picture.font_file_or_none("Regular"):
        pytest.skip(f"NOT TESTED: apt-get install {terminal_picture.PACKAGE} fontconfig")
    screen = draw_pictures.scoreboard(example, "zh")
    first = terminal_picture.drawn(screen, theme="dark")
    assert terminal_picture.drawn(screen, theme="dark") == first
    assert terminal_picture.drawn(screen, theme="light") != first
