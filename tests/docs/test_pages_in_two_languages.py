"""The two language versions of a document have the same parts and link to each other."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAIRS = ("architecture", "performance", "platforms", "stability", "handbook")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
MEASURED = re.compile(r"<!-- measured -->.*<!-- /measured -->", re.DOTALL)


def parts(text: str) -> tuple[list[str], int]:
    """The levels of the headings in order, and the number of code blocks."""
    return re.findall(r"^(#+) ", FENCE.sub("", text), re.MULTILINE), len(FENCE.findall(text))


def pair(name: str) -> tuple[str, str]:
    english, chinese = (DOCS / f"{name}{ending}" for ending in (".md", ".zh.md"))
    return english.read_text(encoding="utf-8"), chinese.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [each for each in PAIRS if each != "handbook"])
def test_both_pages_have_the_same_parts(name: str):
    english, chinese = pair(name)
    assert parts(english) == parts(chinese)


@pytest.mark.parametrize("name", PAIRS)
def test_each_page_leads_to_the_other(name: str):
    english, chinese = pair(name)
    assert f"]({name}.zh.md" in english
    assert f"]({name}.md" in chinese


@pytest.mark.parametrize("name", PAIRS)
def test_a_chinese_page_is_in_chinese(name: str):
    chinese = FENCE.sub("", pair(name)[1])
    for paragraph in re.split(r"\n\n|\n- |\n\| |\n\d+\. ", chinese):
        words = re.sub(r"`[^`]*`|\[[^\]]*\]\([^)]*\)", "", paragraph)
        english = re.findall(r"\b[a-z]{3,}(?: [a-z]{2,}){3,}\b", words)
        assert not english, paragraph


def test_the_tables_of_promises_have_the_same_rows():
    english, chinese = pair("stability")
    rows = [re.findall(r"^\| \*\*", text, re.MULTILINE) for text in (english, chinese)]
    assert len(rows[0]) == len(rows[1]) > 8
    for promised in ("`partyctl-extract/1`", "`partyctl-packet/1`", "78", "`2026-03-05`"):
        assert promised in english
        assert promised in chinese


def test_both_pages_on_platforms_claim_the_same():
    """Both pages mark the same number of claims as “tried”, “simulated” and “type-checked”."""
    english, chinese = pair("platforms")
    for word, term in (("tried", "试过"), ("type-checked", "只查过类型"), ("simulated", "模拟过")):
        said = len(re.findall(rf"\*\*(?:not )?{word}\*\*", english, re.IGNORECASE))
        assert said == len(re.findall(rf"\*\*(?:没有)?{term}\*\*", chinese)), word


def test_the_figures_are_measured_once():
    english, chinese = pair("performance")
    assert MEASURED.search(english)
    assert "(performance.md#the-latest-run-of-make-bench)" in chinese
