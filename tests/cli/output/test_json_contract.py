"""Every `--json` keeps the contract: the fields and types of partyctl/show/contract."""

import json
from pathlib import Path

import pytest

from partyctl.ledger.reading.nouns import NOUNS, list_command
from partyctl.show.contract.nouns import ANSWERS, CONTRACT
from partyctl.terms import Noun
from tests.support.command_tree import Command, commands
from tests.support.contract import page, wrong
from tests.support.in_process import fill, outcome, own_folder, start_anew
from tests.support.working_lines import working

PAGE = Path(__file__).parents[3] / "docs" / "JSON.md"
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
"""Commands whose first word is not the noun of their answer."""

NO_RECORDS = {
    *ANSWERS,
    "meeting attendance",
    "dues book",
    "applicant next",
    "review status",
    "talk matrix",
    "disclosure directory",
    "disclosure briefing",
    "opinion register",
    "warning letter",
}
"""Commands that print another answer than a record."""

WRITES_A_FILE = ("import", "sheet")


def noun_of(command: Command) -> Noun | None:
    name = str(command)
    if name in PREFIXES:
        return PREFIXES[name]
    if name in NO_RECORDS or command.words[-1] in WRITES_A_FILE:
        return None
    return next((noun for noun in NOUNS if noun == command.words[0]), None)


PRINTED = [
    (command, noun)
    for command in commands()
    if command.words
    and any("--json" in each.opts for each in command.parameters)
    and (noun := noun_of(command)) is not None
]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("contract") / "ledger.db")


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


@pytest.mark.parametrize("command", ANSWERS)
def test_an_answer_keeps_the_contract(command: str, ledger: Path):
    for day in ("2026-02-15", "2026-09-01", "2027-02-01"):
        line = ["--ledger", str(ledger), *command.split(), "--as-of", day, "--json"]
        assert not list(wrong(json.loads(outcome(line).out), ANSWERS[command], command))


def test_every_noun_is_in_the_contract_and_printed_by_a_command():
    assert set(CONTRACT) == set(Noun) - {Noun.ORGAN}
    assert {noun for _, noun in PRINTED} == set(CONTRACT)


def test_a_list_prints_lines_of_its_noun():
    listed = {str(command): noun for command, noun in PRINTED if command.words[-1] == "list"}
    for name, noun in listed.items():
        assert list_command(noun) == f"partyctl {name}"


def test_the_page_says_what_is_printed():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "docs/JSON.md is written from partyctl/show/contract: "
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
