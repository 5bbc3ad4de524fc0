"""The program speaks Chinese, and English with PARTYCTL_LANG=en."""

import json
import os
import re
import subprocess
import sys

import pytest

from partyctl.law.sources.texts import TEXTS
from tests.conftest import Run

HAN = re.compile(r"[\u3400-\u9fff]")
TITLES = "|".join(text.name for text in TEXTS)
CITED = re.compile(rf"(支部|责任|公开|防范)·\S+|({TITLES})(·\d+)?|\(中组发〔2008〕3号\)")
"""Matches clauses and names of national regulations, which are Chinese in both languages."""

START = [
    ("init --organ Bureau --branch Office --since 2026-01-01 --cell First", 0),
    ("member add Zhang --joined 2010-07-01 --post branch-secretary --leader --cell First", 0),
    ("member add Wang --joined 2020-07-01 --probationary --gender 男 --category retired", 0),
]
LINES = [
    ("status", 0),
    ("check --as-of 2026-01-15", 0),
    ("check --all --as-of 2026-08-15", 3),
    ("check --month --as-of 2026-03-15", 3),
    ("rules list", 0),
    ("rules show members-meeting", 0),
    ("member list --all", 0),
    ("member show Wang", 0),
    ("branch list", 0),
    ("branch edit Office --elected 2026-01-01", 0),
    ("cell list", 0),
    ("staff add Li --title Teacher", 0),
    ("staff list", 0),
    ("meeting add 党员大会,lecture --on 2026-03-05 --chair Zhang --decision A=yes;1/1/1/0/0", 0),
    ("meeting add committee --on 2026-03-06 --chair Zhang --present all --minutes text", 0),
    ("meeting edit 2 --topic Work --absent Wang:ill --due-present 2", 0),
    ("meeting show 1", 0),
    ("meeting show 2", 0),
    ("meeting list", 0),
    ("plan adopt study 2026 --on 2026-01-05", 0),
    ("plan list", 0),
    ("plan void 1 --reason mistake", 0),
    ("dues assess Wang --base 5100 --from 2026-01", 0),
    ("dues assess Zhang --category student --from 2026-01", 0),
    ("dues pay Wang --month 2026-01 --amount 1 --on 2026-01-05 --by relative", 0),
    ("dues show 1", 0),
    ("dues show 3", 0),
    ("dues status --as-of 2026-03-01", 0),
    ("dues list", 0),
    ("member post Wang discipline --from 2026-02-01", 0),
    ("member leave Wang --on 2026-05-05", 0),
    ("check --all --as-of 2026-08-16", 3),
    ("meeting add members --on 2026-02-30 --chair Zhang", 2),
    ("meeting add membrs --on 2026-02-20 --chair Zhang", 2),
    ("meeting add members", 2),
    ("meeting show", 2),
    ("member add", 2),
    ("dues exempt", 2),
    ("check --nonsense", 2),
    ("check --rule", 2),
    ("nonsense", 2),
    ("dues pay Wang --month 2026-01 --amount 1e3", 2),
    ("meeting show 9", 4),
    ("plan void 9 --reason mistake", 4),
    ("member show Nobody", 4),
    ("dues pay Wang --month 2020-06 --amount 1", 5),
    ("meeting add members --on 2025-01-01 --chair Zhang", 5),
    ("member import nowhere.xlsx", 66),
    ("--ledger nowhere.db check", 66),
]
DRIVER = """
import contextlib, io, json, sys
from partyctl.cli.start.main import run
answers = []
for line in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
        code = run(line.split())
    answers.append((code, out.getvalue()))
json.dump(answers, sys.stdout)
"""


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """The exit code and output of each line of START and LINES in a process started in English."""
    lines = [line for line, _ in START + LINES]
    ledger = str(tmp_path_factory.mktemp("english") / "ledger.db")
    done = subprocess.run(
        [sys.executable, "-c", DRIVER],
        env=os.environ | {"PARTYCTL_LANG": "en", "PARTYCTL_LEDGER": ledger},
        input=json.dumps(lines),
        capture_output=True,
        check=True,
        text=True,
    )
    return dict(zip(lines, json.loads(done.stdout), strict=True))


@pytest.mark.sweep(8)
@pytest.mark.parametrize(("line", "code"), START + LINES)
def test_in_english_nothing_is_said_in_chinese(
    english: dict[str, tuple[int, str]], line: str, code: int
):
    left_with, answer = english[line]

    said = CITED.sub("", answer)
    assert said.strip()
    assert not HAN.findall(said.replace("党员大会,lecture", "")), said
    assert left_with == code


def test_json_says_the_same_in_either_language(branch: Run):
    def asked_in(language: str) -> dict:
        command = [sys.executable, "-m", "partyctl", "check", "--json", "--as-of", "2026-08-15"]
        settings = os.environ | {"PARTYCTL_LANG": language}
        done = subprocess.run(command, env=settings, capture_output=True, check=False, text=True)
        assert done.returncode == 3
        return json.loads(done.stdout)

    chinese, english = asked_in("zh"), asked_in("en")

    assert all(HAN.search(each.pop("title")) for each in chinese["obligations"])
    assert not any(HAN.search(each.pop("title")) for each in english["obligations"])
    assert chinese == english


@pytest.mark.parametrize("words", [[], ["check"], ["meeting", "add"], ["dues"], ["member", "edit"]])
def test_help_speaks_the_readers_language(words: list[str]):
    def help_in(language: str) -> str:
        settings = os.environ | {"PARTYCTL_LANG": language, "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-m", "partyctl", *words, "--help"]
        done = subprocess.run(command, env=settings, capture_output=True, check=True, text=True)
        assert done.stderr == ""
        return done.stdout

    without_words = re.sub(r"党员大会,党课|男\|女", "", help_in("en"))
    assert "Usage: " in without_words
    assert not HAN.findall(without_words)
    chinese = help_in("zh")
    assert "用法：" in chinese
    assert not re.findall(r"\b(Usage|Options|Show this message|default)\b", chinese)
