"""Suggested commands are in the reader's language, and mean the same in both languages."""

import pytest

from partyctl import language
from partyctl.typed import typed

COMMANDS = {
    "partyctl plan adopt roles 2026 --assign secretary=… --assign leader-in-charge=李四 --on …": (
        "partyctl plan adopt 四个责任主体 2026 --assign 第一责任人=… --assign 直接责任人=李四 --on …"
    ),
    "partyctl plan edit 1 --assign person-in-charge=…": "partyctl plan edit 1 --assign 具体责任人=…",
    "partyctl meeting add committee --on …": "partyctl meeting add 支委会 --on …",
    "partyctl --branch 2 meeting add study,members --on …": (
        "partyctl --branch 2 meeting add 集中学习,党员大会 --on …"
    ),
    "partyctl plan adopt study 2026 --on …": "partyctl plan adopt 学习计划 2026 --on …",
    "partyctl applicant step 'O Neil' report --on …": "partyctl applicant step 'O Neil' 思想汇报 --on …",
    "partyctl applicant step O'Neil report --on …": "partyctl applicant step O'Neil 思想汇报 --on …",
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
