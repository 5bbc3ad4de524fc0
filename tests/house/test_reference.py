"""docs/reference and the man pages equal the output of `make reference`; they are complete and readable."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from partyctl import errors
from partyctl.cli.session.failures import Crashed, Interrupted
from partyctl.cli.start.commands import COMMANDS
from partyctl.cli.start.main import READER_GONE
from partyctl.law.catalogue import CATALOGUE
from partyctl.terms import MeetingKind
from scripts.reference.exit_codes import EXIT_CODES
from scripts.reference.raised import AT_ANY_TIME, codes_of
from tests.support.command_tree import commands, option_names
from tests.support.waiting import PATIENCE

HERE = Path(__file__).parents[2]
FOLDERS = ("docs/reference", "man")
LANGUAGES = ("zh", "en")
REFERENCE = HERE / "docs" / "reference"
RENEW = "run: make reference"


def pages(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): path.read_text(encoding="utf-8")
        for folder in FOLDERS
        for path in (root / folder).rglob("*")
        if path.is_file()
    }


@pytest.mark.long
def test_the_pages_are_what_the_program_says(tmp_path: Path):
    command = [sys.executable, "-m", "scripts.reference", str(tmp_path)]
    subprocess.run(command, cwd=HERE, check=True, timeout=PATIENCE)
    written, there = pages(tmp_path), pages(HERE)
    assert sorted(written) == sorted(there), (
        f"{RENEW}, and delete the pages of nouns that no longer exist"
    )
    wrong = [name for name, text in written.items() if there[name] != text]
    assert not wrong, f"{RENEW} (these differ: {wrong})"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_option_is_on_its_nouns_page(language: str):
    for command in commands():
        noun = command.words[0] if command.words else "partyctl"
        typed = " ".join(("partyctl", *command.typed))
        file = REFERENCE / language / f"{noun}.md"
        assert file.is_file(), f"{typed} has no page, {RENEW}"
        page = file.read_text(encoding="utf-8")
        assert f"```\n{typed}" in page, f"{typed} is not on its page, {RENEW}"
        for parameter in command.parameters:
            for option in option_names(parameter):
                assert f"`{option}" in page or f"{option}" in page, (typed, option, RENEW)


TERMINAL, AROUND = 80, 8
"""The width of a narrow terminal, and the characters that a list of commands needs for its frame."""


def test_no_help_of_a_command_is_cut_in_a_list_of_english_commands():
    cut = []
    for page in (REFERENCE / "en").glob("*.md"):
        row = r"^\| \[`partyctl (?:\S+ )+(\S+)`\]\(#\S+\) \| (.+) \|$"
        found = re.findall(row, page.read_text(encoding="utf-8"), re.MULTILINE)
        room = TERMINAL - AROUND - max((len(command) for command, _ in found), default=0)
        cut += [(page.stem, command) for command, told in found if len(told) > room]
    assert not cut, f"these help texts are cut on a terminal, shorten them: {cut}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_has_the_words_of_a_vocabulary_in_both_languages(language: str):
    page = (REFERENCE / language / "meeting.md").read_text(encoding="utf-8")
    for kind in MeetingKind:
        assert f"`{kind.value}` {kind.chinese}" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_and_exit_codes_are_all_there(language: str):
    rules = (REFERENCE / language / "rule-list.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z0-9-]+)` \|", rules, re.MULTILINE)
    assert sorted(listed) == sorted(rule.id for rule in CATALOGUE), RENEW
    codes = (REFERENCE / language / "exit-codes.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| (\d+) \|", codes, re.MULTILINE)
    assert [int(each) for each in listed] == [*EXIT_CODES], RENEW


def test_every_exit_code_that_can_be_raised_has_a_meaning():
    kinds = [each for each in vars(errors).values() if isinstance(each, type)]
    raised = {each.exit_code for each in kinds if issubclass(each, errors.PartyctlError)}
    raised |= {Crashed.exit_code, Interrupted.exit_code, READER_GONE}
    assert raised | {0, 3} == set(EXIT_CODES), "scripts/reference/exit_codes.py"


def test_links_of_the_reference_lead_somewhere():
    for page in REFERENCE.rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)#]+)", text):
            assert (page.parent / link).resolve().is_file(), (page, link)
        anchors = {
            f"#{each.lower().replace(' ', '-')}" for each in re.findall(r"^## (.*)", text, re.M)
        }
        assert set(re.findall(r"\]\((#[^)]+)\)", text)) <= anchors


# Exit codes, read from the source


def test_the_codes_of_a_command_are_those_that_its_source_can_raise():
    cli = "partyctl.cli"
    assert set(codes_of(f"{cli}.maintenance.migrate", "migrate")) >= {65, 66, 70, 75, 78}
    assert 70 not in codes_of(f"{cli}.meeting.commands", "add")
    assert {4, 5} <= set(codes_of(f"{cli}.meeting.commands", "add"))
    assert 69 in codes_of(f"{cli}.remind.commands", "send")
    assert 3 in codes_of(f"{cli}.check.commands", "check")
    assert 3 in codes_of(f"{cli}.rollup.commands", "missing")
    assert 3 in codes_of(f"{cli}.rollup.commands", "compute")
    assert codes_of(f"{cli}.completion.commands", "completion") == [5]
    assert not {66, 75} & AT_ANY_TIME


def test_every_exit_code_that_a_command_returns_comes_from_the_module_of_errors():
    """The script finds only exit codes of `partyctl.errors`; a module must not have its own."""
    own = {
        str(path.relative_to(HERE)): found
        for path in sorted((HERE / "partyctl" / "cli").rglob("*.py"))
        if (found := set(numbers_left_with(path.read_text("utf-8"))) - AT_ANY_TIME)
    }
    assert own == {}


def numbers_left_with(source: str) -> Iterator[int]:
    """The numbers of `return NUMBER if … else …` and of `Exit(NUMBER)`, also by a name of the module."""
    module = ast.parse(source)
    named = {
        target.id: each.value
        for each in module.body
        if isinstance(each, ast.Assign)
        for target in each.targets
        if isinstance(target, ast.Name)
    }
    values: list[ast.expr] = []
    for node in ast.walk(module):
        if isinstance(node, ast.Return) and isinstance(node.value, ast.IfExp):
            values += [node.value.body, node.value.orelse]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("typer.Exit", "sys.exit"):
            values += node.args
    for each in values:
        value = named.get(each.id) if isinstance(each, ast.Name) else each
        if isinstance(value, ast.Constant) and isinstance(value.value, int):
            yield value.value


def test_a_module_with_an_exit_code_of_its_own_is_noticed():
    source = "BAD = 3\ndef a(x):\n    return BAD if x else 0\nsys.exit(4)"
    assert sorted(numbers_left_with(source)) == [0, 3, 4]


# The man pages


def test_there_is_a_man_page_for_every_noun_in_both_languages():
    nouns = {f"partyctl-{entry.name}.1" for entry in COMMANDS} | {"partyctl.1"}
    for folder in ("man/man1", "man/zh_CN/man1"):
        assert {path.name for path in (HERE / folder).iterdir()} == nouns, RENEW


@pytest.mark.long
@pytest.mark.skipif(shutil.which("man") is None, reason="NOT TESTED: man is not installed")
@pytest.mark.parametrize("folder", ["man/man1", "man/zh_CN/man1"])
def test_man_shows_every_page_without_a_warning(folder: str):
    env = os.environ | {"LC_ALL": "C.UTF-8", "MANWIDTH": "100"}
    places = sorted(str(path) for path in (HERE / folder).iterdir())
    done = subprocess.run(
        ["man", "--warnings", "-l", "-P", "cat", *places],
        env=env,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert done.stderr == ""
    shown = done.stdout
    assert shown.count("SYNOPSIS") + shown.count("概要") == len(places)
    assert "--chair" in shown
