"""Errors of the settings file: each names a line and what to write there, and then a command to run."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.reminders.values import key
from tests.conftest import Run

MAIL = "[channels.m]\nkind = 'mail'\nserver = 'x'\nfrom = 'a@b'\n"
FOLDER = "[channels.f]\nkind = 'file'\nfolder = 'x'\n"

WRONG = {
    "channels = 3": "correct or delete line 1",
    "[channels.a]\nkind = 'pigeon'": 'in line 2, write kind = "mail"',
    "[channels.a]\n": 'below line 1, add kind = "mail"',
    "# ours\n[channels.a]\nkind = 'fil'\nfolder = 'x'": 'in line 3, write kind = "file"',
    "[channels.a]\nkind = 'file'": 'below line 1, add folder = "reminders"',
    "[channels.a]\nkind = 'file'\nfolder = 1": 'in line 3, write folder = "reminders"',
    "[channels.a]\nkind = 'file'\nfolder = '~nobody-here/x'": 'in line 3, write folder = "reminders"',
    '[channels.a]\nkind = "file"\nfolder = "a\\u0000b"': 'in line 3, write folder = "reminders"',
    f"{FOLDER}format = 'mark'": 'in line 4, write format = "markdown"',
    f"{FOLDER}style = 'a'": "correct or delete line 4",
    f"{FOLDER}port = 25": "correct or delete line 4",
    "[channels.a]\nkind = 'mail'\nserver = 'x'": 'below line 1, add from = "partyctl@example.cn"',
    "[channels.a]\nkind = 'mail'\nserver = ''": 'in line 3, write server = "smtp.example.cn"',
    "[channels.a]\nkind = 'mail'\nport = 25": 'below line 1, add server = "smtp.example.cn"',
    MAIL.replace("'x'", "'x:465'"): 'in line 3, write server = "smtp.example.cn"',
    MAIL.replace("'x'", "'smtps://x'"): 'in line 3, write server = "smtp.example.cn"',
    MAIL.replace("a@b", "office"): 'in line 4, write from = "partyctl@example.cn"',
    f"{MAIL}port = 70000": "in line 5, write port = 587",
    f"{MAIL}port = '25'": "in line 5, write port = 587",
    f"{MAIL}security = 'start'": 'in line 5, write security = "starttls"',
    f"{MAIL}secret_file = 's'": 'below line 1, add user = "partyctl@example.cn"',
    f"{MAIL}user = ''\nsecret_file = 's'": 'in line 5, write user = "partyctl@example.cn"',
    f"{MAIL}folder = 's'": "correct or delete line 5",
    "[channels.c]\nkind = 'chat'\nuser = 'u'": "correct or delete line 3",
    "[channels.stdout]\nkind = 'mail'\nserver = 'x'\nfrom = 'a@b'": "in line 1, write [channels.mail]",
    "[recipients.office]\nmail = 'a@b'": "in line 2, write stdout = true",
    f"{FOLDER}[recipients.office]\nmail = 'a@b'": "in line 5, write f = true",
    f"{FOLDER}[recipients.office]\n": "below line 4, add f = true",
    f"{MAIL}[recipients.office]\nm = true": 'in line 6, write m = "office@example.cn"',
    f"{MAIL}[recipients]\noffice = {{m = 'here'}}": 'in line 6, write m = "office@example.cn"',
    "[recipients]\n'张三' = 1": "correct or delete line 2",
    '[recipients."张三"]\nstdout = 1': "in line 2, write stdout = true",
    "recipients.office.stdout = 'yes'": "in line 1, write stdout = true",
    "fields = 1": "correct or delete line 1",
    "[fields]\nking = ['dues']": "correct or delete line 2",
    "[fields]\npublicity = 'dues'": 'in line 2, write publicity = ["dues"]',
    "[fields]\npublicity = [\n 'due',\n]": "correct or delete line 2",
    "[surprise]\nx = 1": "correct or delete line 1",
    "[reciepients.office]\nstdout = true": "correct or delete line 1",
    "[channels.a]\nkind = mail": "write line 2 like one of these: ",
    "not toml": "write line 1 like one of these: ",
    "[channels.a]\nkind = '''": "write line 2 like one of these: ",
}
"""What to do about each wrong file, in English."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "reminders.toml"
    place.touch(mode=0o600)
    return place


@pytest.mark.parametrize("text", WRONG)
def test_an_error_names_the_line_and_what_to_write_there(
    branch: Run, place: Path, monkeypatch: pytest.MonkeyPatch, text: str
):
    place.write_text(text, encoding="utf-8")
    said = {}
    for language in ("", "en"):
        monkeypatch.setenv("PARTYCTL_LANG", language)
        said[language] = branch(f"remind --config '{place}'", code=78).err
    command = f"partyctl remind status --config {place}\n"
    assert f"  → {WRONG[text]}" in said["en"]
    assert said["en"].endswith(f"; then run: {command}")
    assert said[""].endswith(f"，再运行：{command}")
    line = re.search(r"line (\d+)", WRONG[text])[1]
    assert re.search(rf"reminders.toml.*第 {line} 行.*读不通|第 {line} 行第|末尾", said[""])
    assert f"→ 第 {line} 行" in said[""] or f"改正或删去第 {line} 行" in said[""]


REPAIR = re.compile(r"→ (in|below) line (\d+), (?:write|add) (.*); then run: partyctl (.*)")
PLAIN = [
    text
    for text, advice in WRONG.items()
    if advice.startswith(("in line", "below line")) and "office = {" not in text
]


@pytest.mark.parametrize("text", [text for text in PLAIN if "office.stdout" not in text])
def test_what_an_error_says_to_write_is_accepted(
    branch: Run, place: Path, monkeypatch: pytest.MonkeyPatch, text: str
):
    """An error names one line; the test corrects line after line until the suggested command works."""
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    line, lines, tried = f"remind status --config '{place}'", text.split("\n"), 0
    while True:
        place.write_text("\n".join(lines), encoding="utf-8")
        code = run_command(shlex.split(line))
        if code == 0:
            return
        error = branch(line, code=78).err
        where, number, written, line = REPAIR.search(error).groups()
        lines[int(number) - (where == "in") : int(number)] = [written]
        tried += 1
        assert tried < 4, error


@pytest.mark.parametrize("name", ["office", "张三", 'a"b', "a\\b"])
def test_a_heading_in_an_error_is_valid_toml(name: str):
    assert tomllib.loads(f"[recipients.{key(name)}]") == {"recipients": {name: {}}}


def test_a_file_that_is_no_text_is_said_so(branch: Run, place: Path, refused):
    place.write_bytes('[recipients."张三"]'.encode("gb18030"))
    said = refused(f"remind --config '{place}'", 78)
    assert f"存成 UTF-8 的文本文件，再运行：partyctl remind status --config {place}" in said


def test_the_usual_file_needs_no_option(
    branch: Run, place: Path, refused, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PARTYCTL_REMINDERS", str(place))
    place.write_text("fields = 1")
    assert refused("remind", 78).endswith("再运行：partyctl remind status\n")
