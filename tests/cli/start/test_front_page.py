"""`partyctl --help` is printed without Typer, but at every width it equals Typer's own page."""

import os
import subprocess
import sys

import pytest

from partyctl.cli.start import front_page
from partyctl.cli.start.commands import COMMANDS
from tests.house.test_imports import modules_of
from tests.support.waiting import PATIENCE

WIDTHS = (*range(30, 90), 120, 200)

PROGRAM = """
import os, sys
from partyctl import language
language.choose(os.environ["PARTYCTL_LANG"])
from partyctl.cli.start import front_page, program
for width in map(int, sys.argv[1:]):
    os.environ["COLUMNS"] = str(width)
    front_page.show()
    print("=== Typer's:")
    program.run(["--help"])
    print("=== next width:")
"""


@pytest.mark.parametrize("language", ["", "en"])
def test_the_page_equals_typers_at_every_width(language: str):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, WIDTHS)],
        env={**os.environ, "PARTYCTL_LANG": language},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    *pages, nothing = done.stdout.split("=== next width:\n")
    assert len(pages) == len(WIDTHS)
    assert not nothing
    for width, both in zip(WIDTHS, pages, strict=True):
        ours, typers = both.split("=== Typer's:\n")
        assert all(entry.help[:8] in ours for entry in COMMANDS) or language
        assert ours == typers, width
    assert len(set(pages)) > 10  # the width matters


@pytest.mark.parametrize("line", ["--help", "--ledger a.db --help", "--branch=2 --ledger=a --help"])
def test_the_page_loads_no_typer(line: str):
    code, loaded = modules_of(line)
    assert code == 0
    assert not loaded & {"typer", "rich"}


@pytest.mark.parametrize(
    "args",
    [[], ["check", "--help"], ["--ledger", "--help"], ["--help", "check"], ["--version", "--help"]],
)
def test_other_lines_are_left_to_typer(args: list[str]):
    assert not front_page.is_asked(args)
