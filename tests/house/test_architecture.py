"""docs/architecture.md and its Chinese page name only existing files and describe every package."""

import re
import tomllib
from pathlib import Path

import pytest

from partyctl.law.chapters.meetings import COMMITTEE_MEETING
from partyctl.law.engine.every import Every
from partyctl.text import width
from tests.conftest import Run

HERE = Path(__file__).parents[2]
TEXTS = [
    (HERE / "docs" / name).read_text(encoding="utf-8")
    for name in ("architecture.md", "architecture.zh.md")
]
in_both = pytest.mark.parametrize("text", TEXTS, ids=["en", "zh"])
PATH = re.compile(r"`((?:partyctl|tests|migrations|scripts|docs)/[\w/.-]+|\w+\.toml)`", re.ASCII)
NAMED = sorted({name for text in TEXTS for name in PATH.findall(text)})


@pytest.mark.parametrize("name", NAMED)
def test_what_is_named_is_there(name: str):
    assert (HERE / name).exists()


@in_both
def test_each_room_of_the_house_is_described(text: str):
    rooms = {
        each.name
        for each in (HERE / "partyctl").iterdir()
        if each.is_dir() and (each / "__init__.py").exists()
    }
    described = set(re.findall(r"^\| `partyctl/(\w+)/` ", text, re.MULTILINE))
    assert described == rooms


@in_both
def test_the_wings_that_are_named_are_there(text: str):
    for room, wings in re.findall(r"^\| `partyctl/(\w+)/` \|[^|]*\|(.*)\|$", text, re.MULTILINE):
        for wing in re.findall(r"`([a-z_]+)`", wings):
            assert (HERE / "partyctl" / room / wing).is_dir(), (room, wing)


@in_both
def test_the_layers_are_those_of_the_contract(text: str):
    contracts = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))
    [rooms] = [
        each
        for each in contracts["tool"]["importlinter"]["contracts"]
        if each.get("containers") == ["partyctl"]
    ]
    wanted = " → ".join(rooms["layers"]).replace(" | typed", "")
    assert f"```\n{wanted}\n```" in text


@in_both
def test_the_lines_of_the_diagram_end_where_their_boxes_do(text: str):
    diagram = text.partition("```\n")[2].partition("```")[0].splitlines()
    boxes = [line for line in diagram if line.rstrip()[-1:] in set("┐│┘┤")]
    assert {width(line) for line in boxes} == {max(map(width, diagram))}


def test_the_walk_of_a_date_ends_as_it_says(run: Run):
    run("init --organ 市某局党组 --branch 机关支部 --since 2026-03-01")
    run("member add 张三 --joined 2010-07-01 --post branch-secretary")
    run("meeting add 支委会 --on 2026年3月10日 --chair 张三")
    assert COMMITTEE_MEETING.duty == Every("month")
    board = run("check --month 2026-03 --as-of 2026-04-10 --by chapter", code=3).out
    assert "✓ 会议 #1 2026-03-10" in board
    run("meeting void 1 --reason 误登")
    gone = run("check --month 2026-03 --as-of 2026-04-10 --rule committee-meeting", code=3).out
    assert "逾期 10 天" in gone
