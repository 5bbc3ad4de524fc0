"""Suggested commands are in the reader's language and mean the same in both."""

import pytest

from partyctl import language
from partyctl.typed import typed

COMMANDS = {
    "partyctl meeting add committee --on …": "partyctl meeting add 支委会 --on …",
    "partyctl --branch 2 meeting add study,members --on …": (
        "partyctl --branch 2 meeting add 集中学习,党员大会 --on …"
    ),
    "partyctl plan adopt study 2026 --on …": "partyctl plan adopt 学习计划 2026 --on …",
    "partyctl applicant step 'O Neil' report --on …": "partyctl applicant step 'O Neil' 思想汇报 --on …",
    "partyctl meeting step 1 outline --with 张三": "partyctl meeting step 1 发言提纲 --with 张三",
    "partyctl dues pay 张三 --month 2026-03": "partyctl dues pay 张三 --month 2026-03",
    "partyctl meeting edit 2 --chair …": "partyctl meeting edit 2 --chair …",
    "partyctl applicant": "partyctl applicant",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_worded_in_the_readers_language(command: str):
    assert typed(command) == COMMANDS[command]
    language.choose("en")
    try:
        assert typed(command) == command
    finally:
        language.choose("")
