"""Commands read or refuse strange files: pipes, devices, link loops, deep nesting, long numbers."""

import errno
import os
import shutil
import socket
from pathlib import Path

import pytest

from partyctl.cli.session.failures import explain
from partyctl.cli.start.main import run as run_command
from partyctl.errors import CannotRead
from partyctl.ledger.file import handed_in
from partyctl.ledger.file.failures import explain_os

COMMANDS = (
    "batch {file}",
    "journal verify --anchors {file}",
    "member import {file}",
    "rules import {file} --from 2027-01-01 --reason 试行",
    "calendar holidays import {file}",
    "meeting add study --on 2026-03-02 --chair 张三 --minutes @{file}",
    "remind --config {file}",
    "remind secret mail --from {file} --config {file}",
    "encrypt --key-file {file}",
    "restore {file} --dry-run",
    "restore {file}",
    "backup verify {file}",
    "check --ledger {file}",
    "staff add 钱八 --ledger {file}",
    "status --ledger {file}",
)
WRITING = (
    "backup make {file}",
    "disclosure briefing 2026-Q1 -o {file}",
    "init --ledger {file}/x.db --organ 甲 --branch 乙 --since 2026-01-01",
)

DOCUMENTED = {2, 4, 5, 65, 66, 73, 74, 75, 76, 77, 78}

DEEP = "[" * 200_000
NESTED = "a = " + "[" * 100_000 + "]" * 100_000
LONG = "x = " + "9" * 5000


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(path))


def large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 * 1024**3)


MADE = {
    "a pipe": os.mkfifo,
    "a socket": a_socket,
    "a loop": lambda path: path.symlink_to(path),
    "a folder": lambda path: path.mkdir(mode=0o700),
    "below a file": lambda path: path.parent.write_text("x"),
    "a long name": lambda path: None,
    "deep": lambda path: path.write_text(DEEP),
    "nested": lambda path: path.write_text(NESTED),
    "a long number": lambda path: path.write_text(LONG),
    "NULs": lambda path: path.write_bytes(bytes(4096)),
    "large": large,
}
NAMED = {"a long name": "长" * 300, "below a file": "strange/more"}
DEVICES = ("/dev/zero", "/dev/full", "/dev/null", "/proc/self/mem", "/proc/kmsg", "/dev/stdin")
KINDS = (*MADE, *DEVICES)
TEXTS = ("deep", "nested", "a long number", "NULs", "/dev/null")
"""Kinds of files that `journal verify --anchors` accepts.

The command skips every line that does not contain a journal head (an entry's number and hash).
"""


def strange(kind: str, folder: Path) -> str:
    if kind in DEVICES:
        return kind
    path = folder / NAMED.get(kind, "strange")
    MADE[kind](path)
    if kind in TEXTS:
        path.chmod(0o600)
    return str(path)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("prepared") / "ledger.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(path.parent / "state"))
        for line in (
            "init --organ 市某局党组 --branch 机关支部 --since 2026-01-01",
            "member add 张三 --joined 2010-07-01 --post branch-secretary",
        ):
            assert run_command(["--ledger", str(path), *line.split()]) == 0
    return path


@pytest.mark.sweep(6)
@pytest.mark.parametrize("kind", KINDS)
def test_a_strange_file_is_refused(kind: str, prepared: Path, ledger: Path, tmp_path, capsys):
    ledger.parent.mkdir(mode=0o700)
    before = Path(shutil.copy(prepared, ledger)).read_bytes()
    file = strange(kind, tmp_path)
    for line in (*COMMANDS, *WRITING):
        if kind in ("a folder", "NULs", "large") and line in WRITING:
            continue  # the commands accept these kinds as output files
        if kind in TEXTS and "--minutes" in line and kind != "/dev/null":
            continue  # minutes can be any text
        args = [word.replace("{file}", file) for word in line.split()]
        code = run_command(args)
        said = capsys.readouterr().err
        if code == 0:
            before = ledger.read_bytes()
            assert "--anchors" in line, (line, said)
            assert kind in TEXTS, (line, said)
            continue
        assert code in DOCUMENTED, (line, said)
        assert "Traceback" not in said
        assert ledger.read_bytes() == before, line


READING = (
    "batch {file}",
    "member import {file}.xlsx",
    "meeting add study --on 2026-03-02 --chair 张三 --minutes @{file}",
    "restore {file}",
    "backup verify {file}",
    "backup verify {file} --all",
    "backup list {file}",
    "check --ledger {file}",
    "staff add 钱八 --ledger {file}",
    "rollup show --hub {file}",
)


@pytest.mark.parametrize("line", READING)
def test_a_name_that_is_too_long_is_the_name_of_no_file(
    line: str, prepared: Path, ledger: Path, tmp_path: Path, capsys
):
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(prepared, ledger)
    said = []
    for name in ("甲", "长" * 300):
        assert run_command(line.format(file=tmp_path / name).split()) == 66
        said.append(capsys.readouterr().err.replace(name, "甲"))
    assert said[0] == said[1]


def test_a_home_of_nobody(prepared: Path, ledger: Path, tmp_path: Path, capsys):
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(prepared, ledger)
    line = "meeting add study --on 2026-03-02 --chair 张三 --minutes @~nobody-is-called-so/x"
    assert run_command(line.split()) == 2
    unknown = "没有“~nobody-is-called-so/x”所说的用户"
    assert unknown in capsys.readouterr().err
    settings = tmp_path / "reminders.toml"
    settings.write_text('[channels.box]\nkind = "file"\nfolder = "~nobody-is-called-so/x"\n')
    settings.chmod(0o600)
    assert run_command(["remind", "--config", str(settings)]) == 78
    assert unknown in capsys.readouterr().err


def test_a_number_that_is_too_long_is_said_to_be_so(prepared: Path, ledger: Path, tmp_path, capsys):
    """The user sees partyctl's message, not Python's message for programmers."""
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(prepared, ledger)
    file = tmp_path / "long.toml"
    file.write_text(LONG)
    file.chmod(0o600)
    for line, code in {
        f"rules import {file} --from 2027-01-01 --reason 试行": 65,
        f"remind --config {file}": 78,
    }.items():
        assert run_command(line.split()) == code
        said = capsys.readouterr().err
        assert "数字太长" in said
        assert "sys." not in said


def test_every_errno_has_a_code():
    """Each error of the operating system, such as a lost network share, has a documented exit code."""
    for number in range(1, 134):
        told = explain_os(OSError(number, os.strerror(number), "/somewhere"))
        assert told is not None, number
        assert told.exit_code in DOCUMENTED, number
    assert isinstance(explain(TimeoutError(110, "timed out")), CannotRead)


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.ENOSPC, "磁盘已满，没有写入。"),
        (errno.EDQUOT, "磁盘配额已用完，没有写入。"),
        (errno.EFBIG, "文件太大，没有写入。"),
    ],
)
def test_a_file_without_room_says_what_is_used_up(number: int, why: str):
    told = explain_os(OSError(number, os.strerror(number), "/somewhere"))
    assert told is not None
    assert (told.sentence, told.exit_code) == (why, 73)


def test_what_grows_while_it_is_read_is_read_no_further(tmp_path: Path):
    path = tmp_path / "growing"
    path.write_bytes(b"x" * 3 * handed_in.MB)
    with handed_in.opened(path, 4):
        pass
    assert len(handed_in.read(path, 4)) == 3 * handed_in.MB


NUMBERS = ("9" * 5000, "-" + "9" * 5000, "1" + "0" * 5000 + ".5", "１" * 5000, "1e99999", "٣" * 400)
NUMBERED = (
    "meeting show {n}",
    "meeting add members --on 2026-03-02 --chair 张三 --present {n}",
    "meeting add members --on 2026-03-02 --chair 张三 --topic 选举 --votes {n}/1/1/0/0",
    "meeting add study --on 2026-03-02 --chair 张三 --hours {n}",
    "dues pay 张三 --month 2026-02 --amount {n} --on 2026-02-20",
    "dues assess 张三 --base {n} --from 2026-01",
    "dues show {n}",
    "member show {n}",
    "member add 李四 --joined {n}",
    "applicant show {n}",
    "check --month {n}",
    "check --as-of {n}",
    "plan list --year {n}",
    "calendar --weeks {n}",
    "journal show {n}",
    "journal verify --against {n}-{n}",
    "journal redact opinion#{n} --reason x",
    "undo {n}",
    "rules set members-meeting --count {n} --from 2027-01-01 --reason x",
    "schedule print --at {n}:{n}",
    "talk matrix --quarter {n}-Q1",
    "warning show {n}",
)


@pytest.mark.parametrize("number", NUMBERS, ids=range(len(NUMBERS)))
def test_no_number_is_too_long(number: str, prepared: Path, ledger: Path, capsys):
    ledger.parent.mkdir(mode=0o700)
    before = Path(shutil.copy(prepared, ledger)).read_bytes()
    for line in NUMBERED:
        code = run_command(line.format(n=number).split())
        said = capsys.readouterr().err
        assert code in DOCUMENTED, (line, said)
        assert ledger.read_bytes() == before
