"""The guide is correct: its commands run as written, the program prints its answers, and its links work."""

import difflib
import re
from pathlib import Path

import pytest

from tests.docs.following import GUIDE, LANGUAGES, followed, pages, typed

PAGES = [page for language in LANGUAGES for page in pages(language)]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
TITLES = "支部工作条例|发展党员工作细则"
CITED = re.compile(
    r"(?:支部|责任|公开|防范)·[一二三四五六七八九十0-9()（）、·支部责任公开防范]+|" + TITLES
)


def named(page: Path) -> str:
    return f"{page.parent.name}/{page.name}"


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.sweep(4)
@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_page_says_what_its_commands_answer(page: Path):
    lines = difflib.unified_diff(
        text(page).splitlines(), followed(page).splitlines(), "on the page", "answered", lineterm=""
    )
    differs = "\n".join(lines)
    assert not differs, (
        f"{named(page)} is out of date; `make guide` brings it up to date:\n{differs}"
    )


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_the_links_of_a_page_lead_to_files(page: Path):
    missing = [link for link in LINK.findall(text(page)) if not (page.parent / link).exists()]
    assert missing == []


def test_both_languages_have_the_same_chapters():
    assert [page.name for page in pages("zh")] == [page.name for page in pages("en")]


@pytest.mark.parametrize("page", pages("zh"), ids=lambda page: page.name)
def test_a_chapter_tells_the_same_story_in_both_languages(page: Path):
    twin = GUIDE / "en" / page.name
    assert shape(page) == shape(twin)


def shape(page: Path) -> tuple[list[str], list[list[str]]]:
    """The levels of a page's headings, and each command's program and options."""
    headings = re.findall(r"^#+ ", text(page), re.MULTILINE)
    commands = [
        re.findall(r"^\w+|(?<= )--[a-z-]+|(?<= )-o", re.sub(r'"[^"]*"', "_", line))
        for line in typed(page)
    ]
    return headings, commands


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_lists_every_chapter_in_order(language: str):
    listed = LINK.findall(text(GUIDE / language / "README.md"))
    chapters = [page.name for page in pages(language) if page.name != "README.md"]
    assert [link for link in listed if link[:2].isdigit()] == chapters


@pytest.mark.parametrize("page", pages("en"), ids=lambda page: page.name)
def test_english_pages_hold_no_chinese_but_clauses(page: Path):
    """This test checks only prose and commands; the answers in the page come from the program."""
    prose = re.sub(r"^```.*?^```", "", text(page), flags=re.MULTILINE | re.DOTALL)
    rest = CITED.sub("", "\n".join([prose, *typed(page)])).replace("[中文]", "")
    assert re.findall(r"[\u4e00-\u9fff]+", rest) == []
