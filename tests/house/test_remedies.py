"""Every remedy names existing commands and options, in the reader's language.

A remedy is the command or the advice that partyctl prints with an error or a duty.
"""

import importlib
import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_type_hints

import pytest
import typer

from partyctl.cli.session.context import Context
from partyctl.cli.start import program
from partyctl.cli.start.commands import COMMANDS
from partyctl.errors import Again, Do, PartyctlError, Refused, Run, read_remedy
from partyctl.language import choose
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.engine.rule import Obligation
from partyctl.law.questions.remedies import Bundle
from partyctl.typed import ARGUMENTS, OPTIONS, typed
from tests.support.command_tree import Command, commands, option_names
from tests.support.in_process import fill, outcome
from tests.support.remedies import UNKNOWN, Remedy, remedies

TREE = {command.typed: command for command in commands()}
GLOBAL = {name for each in TREE[()].parameters for name in option_names(each)}
EVERY_OPTION = GLOBAL.union(
    *(option_names(each) for command in TREE.values() for each in command.parameters)
)
COMMAND_IN_WORDS = re.compile(r"partyctl( [a-z][a-z-]+)+")


@cache
def found() -> list[Remedy]:
    """All remedies, read only when a test runs: reading the whole source takes a long time."""
    return list(remedies())


def written(kind: type[Run | Again | Do]) -> list[Remedy]:
    """The remedies of one kind, except those whose first word is known only at run time."""
    known = (each for each in found() if not each.text.startswith(UNKNOWN))
    return [each for each in known if isinstance(read_remedy(each.text), kind)]


def usual_verbs() -> dict[str, str]:
    """The verb to use if only a noun is typed: `remind` alone means `remind send`."""
    apps = {
        entry.name: importlib.import_module(f"partyctl.cli.{entry.module}").app
        for entry in COMMANDS
    }
    groups = {name: typer.main.get_command(app) for name, app in apps.items()}
    return {name: each.usual for name, each in groups.items() if getattr(each, "usual", "")}


USUAL = usual_verbs()


def command_of(words: list[str]) -> tuple[Command | None, list[str]]:
    """The command at the start of some words, and the remaining words."""
    for length in (3, 2, 1):
        if tuple(words[:length]) in TREE and length <= len(words):
            return TREE[tuple(words[:length])], words[length:]
    if words == ["--help"]:
        return TREE[()], words
    if words[0] in USUAL and (len(words) == 1 or words[1].startswith("-")):
        return TREE[words[0], USUAL[words[0]]], words[1:]
    return None, words


def without_global(words: list[str]) -> list[str]:
    """A command's words without the global options before them."""
    while words and words[0].startswith("--") and words[0] in GLOBAL:
        words = words[2:]
    return words


def is_open(words: list[str]) -> bool:
    """Whether the words name no command: there are none, or the noun or verb is a placeholder."""
    nouns = {path[0] for path in TREE if path}
    return not words or words[0] == UNKNOWN or (words[0] in nouns and words[1:2] == [UNKNOWN])


def wrong_with(text: str) -> str | None:
    """What is wrong with a command, compared with the command tree; None if nothing is wrong."""
    words = without_global(shlex.split(text)[1:])
    if is_open(words):
        return None
    command, rest = command_of(words)
    if command is None:
        return "no command"
    takes = {
        name: not getattr(each, "is_flag", False)
        for each in command.parameters
        for name in option_names(each)
    }
    known = sum(each.param_type_name == "argument" for each in command.parameters)
    left = iter(rest)
    arguments = 0
    for word in left:
        name, mark, _ = word.partition("=")
        if not name.startswith("-"):
            arguments += 1
        elif name not in {*takes, *GLOBAL, "--help"}:
            return f"no option {name}"
        elif takes.get(name, name in GLOBAL and name != "--help") and not mark:
            next(left, None)
    return "too many arguments" if arguments > known and UNKNOWN not in rest else None


def test_a_command_of_an_error_is_one_that_there_is():
    told = {str(each): wrong_with(each.text) for each in written(Run)}
    assert len(told) > 250
    assert {each: wrong for each, wrong in told.items() if wrong} == {}


def test_an_option_of_an_error_is_one_that_there_is():
    named = {
        str(each): set(re.findall(r"(?<!\S)--[a-z][a-z-]*", each.text)) for each in written(Again)
    }
    assert len(named) > 60
    known = EVERY_OPTION | {"--help"}
    assert {each: names - known for each, names in named.items() if names - known} == {}


def test_a_remedy_in_words_names_commands_that_there_are():
    for each in written(Do):
        for named in COMMAND_IN_WORDS.finditer(each.text):
            assert command_of(named[0].split()[1:])[0] is not None, each


ELSEWHERE = {
    "partyctl/cli/session/group.py": "the help of the command that was typed",
    "partyctl/cli/session/usage.py": "the same",
    "partyctl/cli/warning/options.py": "the categories, in words",
    "partyctl/cli/talk/options.py": "an option or a command, tested in test_option_remedies.py",
    "partyctl/cli/output/saving.py": "an option or a command given by the caller and tested there",
    "partyctl/records/reviews/reviews.py": "the command of a duty, which check suggests; tested below",
    "partyctl/papers/book/binding.py": "the package of a typeface, which is tested in legible.py",
    "partyctl/records/undo/undoing.py": "the remedy of another error",
    "partyctl/reminders/settings_file.py": "the line to write, tested in test_settings_file.py",
    "partyctl/reminders/unavailable.py": "the remedy of the same error, with what became of it",
}
"""For each module that prints a remedy made elsewhere: where the remedy comes from or is tested."""


def test_every_remedy_can_be_read():
    unread = {each.place.partition(":")[0] for each in found() if each.text.startswith(UNKNOWN)}
    assert unread == set(ELSEWHERE)


@pytest.mark.parametrize("language", ["", "en"], ids=["zh", "en"])
def test_a_command_of_an_error_works_as_printed_once_it_is_filled_in(language: str):
    known = [each.text for each in written(Run) if "……" not in each.text]
    texts = [text for text in known if not text.endswith("--help")]
    whole = dict.fromkeys(text for text in texts if not is_open(words_of(text)))
    assert len(whole) > 150
    choose(language)
    try:
        wrong = [(text, told) for text in whole if (told := refusal(typed(text)))]
    finally:
        choose("")
    assert not wrong


def words_of(text: str) -> list[str]:
    return without_global(shlex.split(text)[1:])


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_the_command_of_a_rule_is_one_that_there_is(rule):
    words = rule.remedy.split()
    if rule.detail and len(words) == 1:  # only the noun: `detail` adds the verb and is tested below
        assert any(path[:1] == (words[0],) for path in TREE)
        return
    assert wrong_with(f"partyctl {rule.remedy}") is None


# Filled in


FILLED = {
    "--on": "2026-03-05",
    "--from": "2026-03",
    "--to": "2026-03",
    "--due": "2026-12-01",
    "--consent": "2026-03-05",
    "--month": "2026-03",
    "--amount": "10",
    "--base": "3000",
    "--year": "2026",
    "--by": "张三,李四",
    "disclosure publish --by": "board",
    "disclosure add --by": "board",
    "--until": "2026-12-01",
    "--meeting": "1",
    "--votes": "3/3/3/0/0",
    "--decision": "换届=同意",
    "--hours": "8",
    "--days": "5",
    "--present": "all",
    "--notified": "2026-03-01",
    "--volume": "1",
    "--signed-on": "2026-03-05",
    "--makes-up": "2026-03",
    "--elected": "2026-03-05",
    "--full": "2026-03-05",
    "--joined": "2020-03-05",
    "--planned-on": "2026-03-05",
    "--opinions-on": "2026-03-05",
    "--opinions-inside": "3",
    "--opinions-outside": "3",
    "--reviewed-on": "2026-03-05",
    "--approved-on": "2026-03-05",
    "--birth": "1990-01-01",
    "--quarter": "2026-Q1",
    "--applied": "2026-03-05",
    "--from-month": "2026-03",
    "--since": "2026-01-01",
    "--as-of": "2026-03-05",
    "--period": "2026",
    "--kind": "members",
    "contact visit --kind": "visit",
    "dues lapse --step": "education",
    "opinion edit --not": "refer",
    "warning edit --not": "deliver",
    "check --explain": "members-meeting",
    **{
        f"{command} {option}": "2026-03-05"
        for command in ("member post", "member away", "member sanction", "rules disable")
        for option in ("--from", "--to")
    },
    "disclosure publish --on": "2026-03-05",
    "disclosure add --scope": "internal",
    "disclosure add --approved-on": "2026-03-05",
}
"""Test values for some options of suggested commands; for every other option, the value is a name."""


def filled(text: str) -> Iterator[str]:
    words = shlex.split(text)[1:]
    rest = without_global(words)
    yield from (word.replace(UNKNOWN, "1") for word in words[: len(words) - len(rest)])
    command, _ = command_of(rest)
    assert command is not None, text
    arguments = iter(each for each in command.parameters if each.param_type_name == "argument")
    noun, option = len(command.typed), None
    for place, word in enumerate(rest):
        if word.startswith("-"):
            option = word
            yield word
            continue
        if option is None and place >= noun:
            argument = next(arguments, None)
            if argument is None and word == UNKNOWN:  # the clerk has to choose an option
                continue
            yield word.replace(UNKNOWN, by_metavar(str(command), argument, word))
        else:
            of_this = FILLED.get(f"{command} {option}", FILLED.get(option or "", "张三"))
            yield word.replace(UNKNOWN, of_this)
        option = None


WORDS = {
    "applicant step STEP": "talk",
    "meeting step STEP": "prior-report",
    "member post POST": "publicity",
    "plan adopt KIND": "study",
}
"""For some arguments in suggested commands, a word that the command accepts as this argument."""


def by_metavar(command: str, argument: object, word: str) -> str:
    metavar = str(getattr(argument, "metavar", ""))
    if (known := WORDS.get(f"{command} {metavar}")) is not None:
        return known
    if command.startswith(("rules ", "waive RULE")) and metavar not in ("编号", "NUMBER"):
        return "members-meeting"
    if word.startswith("#"):
        return "1"
    if "YEAR" in metavar or "年" in metavar:
        return "2026"
    if metavar in ("编号", "ID", "NUMBER"):
        return "1"
    return "2026-03" if "MONTH" in metavar else "张三"


def parse(text: str) -> None:
    """Parse a command with Typer, without running it."""
    words = list(filled(text))
    command, rest = command_of(without_global(words))
    assert command is not None
    known = command.known
    with Context(typer.main.get_command(program.app), info_name="partyctl"):
        known.make_context(str(command), rest)


DAYS = ("2026-02-01", "2026-04-10", "2026-07-01", "2026-10-15", "2027-01-10", "2027-07-01")


@pytest.fixture(scope="module")
def owed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Every command that `check` suggests on some days, for a ledger with records of every kind."""
    path = fill(tmp_path_factory.mktemp("owed") / "ledger.db")
    found: dict[str, None] = {}
    for day in DAYS:
        line = ["--ledger", str(path), "check", "--all", "--json", "--as-of", day]
        items = json.loads(outcome(line).out)["obligations"]
        found |= dict.fromkeys(each["remedy"] for each in items if each["remedy"])
    return list(found)


def refusal(command: str) -> str | None:
    try:
        parse(command)
    except (PartyctlError, typer.TyperException) as error:
        return str(error)
    return None


@pytest.mark.parametrize("language", ["", "en"], ids=["zh", "en"])
def test_what_check_suggests_works_as_printed_once_it_is_filled_in(owed: list[str], language: str):
    assert len(owed) > 60
    choose(language)
    try:
        wrong = [(remedy, told) for remedy in owed if (told := refusal(typed(remedy)))]
    finally:
        choose("")
    assert not wrong


SHOWN = re.compile(r"→ .*?(partyctl .+)$", re.MULTILINE)


@pytest.mark.parametrize("language", ["", "en"], ids=["zh", "en"])
def test_what_is_printed_below_a_duty_works_as_printed_once_it_is_filled_in(
    language: str, tmp_path: Path
):
    """`check` and `status` combine the commands for several people, months and duties."""
    path = fill(tmp_path / "ledger.db")
    choose(language)
    try:
        lines = [["check", "--as-of", day] for day in DAYS] + [["check", "--all"], ["status"]]
        shown = [outcome(["--ledger", str(path), *line]).out for line in lines]
        found = dict.fromkeys(text for each in shown for text in SHOWN.findall(each))
        assert len(found) > 30
        wrong = [(text, told) for text in found if (told := refusal(text))]
    finally:
        choose("")
    assert not wrong
    if not language:
        assert not [text for text in found if typed(text) != text], "the words are English"


def test_a_duty_has_its_remedy_as_a_value():
    assert get_type_hints(Obligation)["remedy"] == Run | None
    assert get_type_hints(Bundle)["remedy"] == Run | None


def test_in_chinese_the_words_are_chinese():
    assert typed("partyctl meeting add committee --on …") == "partyctl meeting add 支委会 --on …"
    step = "partyctl --branch 2 applicant step 方圆 conversion-request --on …"
    assert typed(step) == "partyctl --branch 2 applicant step 方圆 转正申请 --on …"
    assert typed("partyctl dues lapse 李四 --step education --on …").split()[5] == "教育"


def test_every_word_that_is_translated_stands_where_the_command_takes_it():
    for noun, verb in ARGUMENTS:
        assert (noun, verb) in TREE
    for noun, verb, option in OPTIONS:
        names = {name for each in TREE[noun, verb].parameters for name in option_names(each)}
        assert option in names, (noun, verb, option)


def test_a_remedy_is_a_value_that_knows_what_is_to_be_done():
    assert isinstance(Refused("…", "partyctl member list").remedy, Run)
    assert isinstance(Refused("…", "--on 2026-03-05").remedy, Again)
    assert isinstance(Refused("…", "日期写作 2026-03-05").remedy, Do)
    assert Refused("…").remedy is None
