"""The remedy for a value that an option refuses names this option, with a value that it accepts."""

import re
import shlex

import pytest

from partyctl.errors import PartyctlError
from tests.conftest import Run
from tests.support.command_tree import Command, Parameter, commands

BAD = ("x", "0", "-1", "99999", "2026", "2026-01", "2026-Q1", "2026-13", "25:99", "13-45", "1.234")
OPTION = re.compile(r"(?<![\w-])--[a-z-]+")

PARSED = [
    (command, parameter)
    for command in commands()
    for parameter in command.parameters
    if getattr(parameter.type, "func", None) is not None
]


def refusals(parameter: Parameter) -> list[str]:
    """The remedies for values that a parameter refuses, except remedies that are whole commands."""
    found = []
    for text in BAD:
        try:
            parameter.type.func(text)  # type: ignore[attr-defined] # Click's function type
        except PartyctlError as error:
            if error.remedy and not error.remedy.startswith("partyctl "):
                found.append(str(error.remedy))
    return found


@pytest.mark.parametrize(
    ("command", "parameter"), PARSED, ids=lambda part: getattr(part, "name", None) or str(part)
)
def test_the_remedy_names_the_option_that_was_typed(command: Command, parameter: Parameter):
    for remedy in refusals(parameter):
        if named := OPTION.findall(remedy):
            assert parameter.param_type_name == "option", (str(command), remedy)
            assert set(named) <= set(parameter.opts), (str(command), remedy)
        first, *rest = shlex.split(remedy)
        if first in parameter.opts and len(rest) == 1:
            parameter.type.func(rest[0])  # type: ignore[attr-defined] # as above


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("rules set review-close --months 99999 --from 2027-01-01 --reason x", "--months 3"),
        ("rules set members-meeting --count x --from 2027-01-01 --reason x", "--count 2"),
        ("rules set members-meeting --days x --from 2027-01-01 --reason x", "--days 15"),
        ("dues assess 张三 --base 0 --from 2026-01", "--base 5100"),
        ("meeting add members --on 2026-02-10 --chair 张三 --to 9", "--to 11:30"),
        ("disclosure briefing 2026-02", "partyctl disclosure briefing 2026-Q1"),
    ],
)
def test_what_is_printed_is_what_was_typed(january: Run, line: str, remedy: str):
    assert january(line, code=2).err.splitlines()[-1] == f"  → {remedy}"
