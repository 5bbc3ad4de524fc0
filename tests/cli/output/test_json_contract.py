"""The output of every `--json` has the fields and types declared in partyctl/contract."""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints, is_typeddict

import pytest

from partyctl.contract.nouns import COMMANDS, CONTRACT, OPTIONS
from partyctl.ledger.reading.nouns import NOUNS, list_command
from partyctl.terms import Noun
from tests.support.command_tree import Command, commands
from tests.support.contract import page, wrong
from tests.support.in_process import fill, outcome, own_folder, start_anew
from tests.support.working_lines import working

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "partyctl"
PAGE = ROOT / "docs" / "JSON.md"
LOOSE = re.compile(r"\bObject\b|dict\[str, (Any|object)\]|Mapping\[str, (Any|object)\]")
"""Matches a dict type without declared fields."""
PREFIXES = {
    "dues remit": Noun.REMITTANCE,
    "dues remit-void": Noun.REMITTANCE,
    "plan item": Noun.PLAN_ITEM,
    "plan item-edit": Noun.PLAN_ITEM,
    "plan item-void": Noun.PLAN_ITEM,
    "plan done": Noun.PLAN_ITEM,
    "calendar holidays add": Noun.HOLIDAY,
    "calendar holidays void": Noun.HOLIDAY,
    "calendar holidays list": Noun.HOLIDAY,
    "rules set": Noun.RULE_CHANGE,
    "rules enable": Noun.RULE_CHANGE,
    "rules disable": Noun.RULE_CHANGE,
    "rules void": Noun.RULE_CHANGE,
    "rules history": Noun.RULE_CHANGE,
    "waive RULE": Noun.WAIVER,
}
"""The noun that a command's answer is about, if the command's first word is not that noun."""

ANOTHER_WAY = {
    "check": [
        "check --explain members-meeting --as-of 2026-09-01",
        "check --explain dues-monthly --as-of 2026-09-01",
        "check --as-of 2026-02-15",
        "check --all --as-of 2027-02-01",
    ],
    "dues status": ["dues status --as-of 2026-02-15", "dues status --as-of 2027-02-01"],
    "meeting import": [
        "meeting import {folder}/meetings.xlsx --dry-run",
        "meeting import {folder}/roster.xlsx",
    ],
    "member import": ["member import {folder}/roster.xlsx --dry-run"],
    "review status": ["review rate 2026 张三 excellent\nreview status 2026"],
    "talk matrix": ["talk matrix --year 2026"],
    "disclosure briefing": ["disclosure briefing 2026-Q1"],
    "paper KIND": ["paper dl-package 5 -o {folder}/package"],
    "rules import": ["rules import {folder}/rules.toml --from 2099-01-01 --reason 试行 --dry-run"],
    "remind send": ["remind --dry-run --as-of 2026-03-02"],
    "remind log": ["remind --as-of 2026-03-02\nremind log"],
    "rules show": [
        "rules set members-meeting --every quarter --from 2026-10-01 --reason 上级规定 --confirm\n"
        "rules show members-meeting",
    ],
    "journal show": ["journal show 30", "journal show 12"],
    "restore": ["restore {folder}/copy.db --dry-run"],
    "doctor": ["--ledger {folder}/nothing.db doctor"],
}
"""For some commands, other uses whose answers have another type, or more fields than usual.

If a text has several lines, each line is run, but the test checks only the last line's output.
"""

FOUND = (0, 3, 65, 66)
"""The exit codes of commands that print an answer; 3, 65 and 66 mean findings."""


def noun_of(command: Command) -> Noun | None:
    name = str(command)
    if name in PREFIXES:
        return PREFIXES[name]
    if name in COMMANDS:
        return None
    return next((noun for noun in NOUNS if noun == command.words[0]), None)


WITH_JSON = [
    command
    for command in commands()
    if command.words and any("--json" in each.opts for each in command.parameters)
]
PRINTED = [(command, noun) for command in WITH_JSON if (noun := noun_of(command)) is not None]
OTHERS = [command for command in WITH_JSON if str(command) in COMMANDS]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("contract") / "ledger.db")


@pytest.mark.sweep(16)
@pytest.mark.parametrize(("command", "noun"), PRINTED, ids=str)
def test_a_record_keeps_the_contract(
    command: Command,
    noun: Noun,
    ledger: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    with own_folder(tmp_path, ledger, monkeypatch) as folder:
        start_anew(folder, ledger, command)
        done = outcome([*working(command, folder).prepare(), "--json"])
    assert done.code == 0, done.err
    answer, shapes = json.loads(done.out), CONTRACT[noun]
    wanted = shapes.line if isinstance(answer, list) else shapes.record
    for each in answer if isinstance(answer, list) else [answer]:
        assert not list(wrong(each, wanted, str(noun)))
    if command.words[-1] == "void":
        assert answer["voided_at"] is not None


@pytest.mark.sweep(10)
@pytest.mark.parametrize("command", OTHERS, ids=str)
def test_an_answer_keeps_the_contract(
    command: Command, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with own_folder(tmp_path, ledger, monkeypatch) as folder:
        start_anew(folder, ledger, command)
        found = [outcome([*working(command, folder).prepare(), "--json"])]
        for lines in ANOTHER_WAY.get(str(command), []):
            *before, line = lines.format(folder=folder).splitlines()
            for each in before:
                outcome(each.split())
            found.append(outcome([*line.split(), "--json"]))
    for done in found:
        assert done.code in FOUND, done.err
        assert not list(wrong(json.loads(done.out), COMMANDS[str(command)], str(command)))


def test_every_command_prints_a_named_type():
    """A new command with `--json` must show records of a noun (`member`), or be in COMMANDS."""
    typed = {str(command) for command, _ in PRINTED} | set(COMMANDS)
    printing = {str(command) for command in WITH_JSON}
    assert printing == typed, (
        "COMMANDS in partyctl/contract/nouns.py has the type that each command prints with --json: "
        f"put in {sorted(printing - typed)}, take out {sorted(typed - printing)}"
    )
    assert all(list(_typed_dicts(answer)) for answer in COMMANDS.values())


def test_each_type_has_a_name_of_its_own():
    """docs/JSON.md has one heading for each name of a type, so the names must differ."""
    shapes = {
        shape
        for printed in CONTRACT.values()
        for answer in (*printed, *COMMANDS.values(), *OPTIONS.values())
        for shape in _typed_dicts(answer)
    }
    assert len({shape.__name__ for shape in shapes}) == len(shapes)


def _typed_dicts(shape: Any) -> Iterator[type]:
    """The TypedDicts that a type contains, directly or in their fields."""
    if is_typeddict(shape):
        yield shape
        inside: Iterable[Any] = get_type_hints(shape).values()
    else:
        inside = get_args(shape)
    for each in inside:
        yield from _typed_dicts(each)


def test_a_list_in_a_file_and_a_history_keep_the_contract(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with own_folder(tmp_path, ledger, monkeypatch) as folder:
        start_anew(folder, ledger)
        written = outcome(["member", "list", "-o", "listed.csv", "--json"])
        shown = outcome(["meeting", "show", "4", "--history", "--json"])
        case = outcome(["warning", "show", "1", "--history", "--json"])
    assert written.code == 0, written.err
    assert not list(wrong(json.loads(written.out), OPTIONS["-o FILE"]))
    for each in (shown, case):
        assert not list(wrong(json.loads(each.out)["history"], OPTIONS["--history"]))


def test_every_noun_is_in_the_contract_and_printed_by_a_command():
    assert set(CONTRACT) == set(Noun) - {Noun.ORGAN}
    assert {noun for _, noun in PRINTED} == set(CONTRACT)


def test_a_list_prints_lines_of_its_noun():
    listed = {str(command): noun for command, noun in PRINTED if command.words[-1] == "list"}
    for name, noun in listed.items():
        assert list_command(noun) == f"partyctl {name}"


def test_the_page_says_what_is_printed():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "docs/JSON.md is written from partyctl/contract: "
        "python -m tests.support.contract > docs/JSON.md"
    )


def test_what_does_not_keep_the_contract_is_found():
    good = {"id": 1, "name": "甲", "title": None}
    staff = CONTRACT[Noun.STAFF].record
    assert not list(wrong(good, staff))
    assert list(wrong({**good, "id": "1"}, staff))
    assert list(wrong({**good, "id": True}, staff))
    assert list(wrong({**good, "more": 1}, staff))
    assert list(wrong({"id": 1, "name": "甲"}, staff))
    assert list(wrong({**good, "title": 3}, staff))


ROWS_BEFORE_SHAPING = {"objects", "with_parts"}
"""Functions that read rows of any table; their callers declare the type of the rows."""


def test_readers_and_what_is_shown_have_types():
    """A public function that reads or prints records declares the types of the dicts it returns."""
    loose = []
    for room in ("ledger/reading", "ledger/journal", "show"):
        for path in sorted((PACKAGE / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if not isinstance(node, ast.FunctionDef) or node.returns is None:
                    continue
                told = ast.unparse(node.returns)
                is_public = not node.name.startswith("_")
                if is_public and LOOSE.search(told) and node.name not in ROWS_BEFORE_SHAPING:
                    loose.append(f"{path.name}: {node.name} -> {told}")
    assert not loose
