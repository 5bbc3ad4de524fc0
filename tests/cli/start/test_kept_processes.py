"""Stored answers in real processes: the modules they import, terminals, encryption, several
processes at once.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from partyctl.ledger.file.connecting import connect
from tests.cli.start.kept_questions import rows
from tests.support.processes import SOURCE
from tests.support.waiting import PATIENCE

pytestmark = pytest.mark.long

LAW = ("partyctl.law", "partyctl.cli.check", "typer", "rich", "pathlib", "urllib", "json", "re")
LOADED = """
import atexit, sys
from partyctl.__main__ import main
from partyctl.cli.start import kept
def say(code, said):
    sys.stdout.buffer.write(said)
    print(*sorted(sys.modules), file=sys.stderr)
    sys.exit(code)
kept.say = say
main()
"""

Done = subprocess.CompletedProcess[bytes]


@pytest.fixture
def env(ledger: Path) -> dict[str, str]:
    """The environment of a user with a ledger of one member."""
    names = ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "PARTYCTL_LEDGER")
    ledger.parent.mkdir(mode=0o700)
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": SOURCE, **{n: os.environ[n] for n in names}}
    for line in (
        "init --organ 市某局党组 --branch 机关支部 --since 2026-01-01",
        "member add 张三 --joined 2010-07-01 --post branch-secretary",
    ):
        assert run(line, env).returncode == 0
    return env


def started(
    line: str, env: Mapping[str, str], program: str | None = None
) -> subprocess.Popen[bytes]:
    how = ["-m", "partyctl"] if program is None else ["-c", program]
    return subprocess.Popen(
        [sys.executable, *how, *line.split()],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(line: str, env: Mapping[str, str], program: str | None = None) -> Done:
    process = started(line, env, program)
    out, err = process.communicate(timeout=PATIENCE)
    return Done(process.args, process.returncode, out, err)


def test_a_kept_answer_is_read_with_little_more_than_sqlite(env: dict[str, str]):
    first = run("check", env)
    second = run("check", env, LOADED)
    loaded = set(second.stderr.decode().split())
    assert (
        (second.returncode, second.stdout) == (first.returncode, first.stdout) == (3, first.stdout)
    )
    assert "sqlite3" in loaded
    assert not [each for each in LAW if each in loaded]


def test_a_full_disk_and_a_gone_reader_are_told_as_ever(env: dict[str, str], ledger: Path):
    run("check", env)
    full = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m partyctl check > /dev/full'],
        env=env,
        capture_output=True,
        check=False,
    )
    assert full.returncode == 73
    assert "Traceback" not in full.stderr.decode()
    gone = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m partyctl check | true; echo ${{PIPESTATUS[0]}}'],
        env=env,
        capture_output=True,
        check=True,
    )
    assert gone.stdout.strip() in (b"3", b"141")
    assert gone.stderr == b""


def on_a_terminal(line: str, env: Mapping[str, str]) -> str:
    """The output on a terminal, with its colours."""
    script = ["script", "-qec", f'"{sys.executable}" -m partyctl {line}', "/dev/null"]
    done = subprocess.run(
        script, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return done.stdout.decode()


def test_a_terminal_has_an_answer_of_its_own(env: dict[str, str], ledger: Path):
    env = env | {"TERM": "xterm-256color"}
    piped = run("check", env).stdout.decode()
    first, second = on_a_terminal("check", env), on_a_terminal("check", env)
    assert first == second
    assert "\x1b[" in first
    assert "\x1b[" not in piped
    assert len(rows(ledger)) == 2
    plain = on_a_terminal("check", env | {"NO_COLOR": "1"})
    assert plain != first


@pytest.mark.long
def test_several_at_once_all_say_the_same(env: dict[str, str]):
    line = "check --json"
    asked = [started(line, env) for _ in range(4)]
    said = {process.communicate(timeout=PATIENCE)[0] for process in asked}
    assert said == {run(line, env).stdout}
    assert {process.returncode for process in asked} == {3}


@pytest.mark.long
def test_questions_and_writes_at_once_leave_no_old_answer(env: dict[str, str]):
    run("check --json", env)
    writers = [started(f"staff add 干部{number}", env) for number in range(2)]
    writers += [started(f"meeting add study --on 2026-01-0{n} --chair 张三", env) for n in (6, 7)]
    readers = [started("check --json", env) for _ in range(3)]
    for process in (*writers, *readers):
        _, err = process.communicate(timeout=PATIENCE)
        assert process.returncode in (0, 3), err.decode()
    said = run("check --json", env).stdout
    assert run("check --json", env).stdout == said
    assert run("check --json", env | {"XDG_STATE_HOME": "/nonexistent"}).stdout == said


@pytest.mark.long
def test_an_encrypted_ledger_keeps_its_answers_encrypted(env: dict[str, str], ledger: Path):
    pytest.importorskip("sqlcipher3.dbapi2")
    key = ledger.parent / "key"
    assert run(f"encrypt --key-file {key}", env).returncode == 0
    run("staff add 周讲师", env)
    first = run("check", env)
    second = run("check", env, LOADED)
    assert second.stdout == first.stdout
    assert "partyctl.law" not in second.stderr.decode().split()
    assert "党员大会".encode() in first.stdout
    assert b"SQLite format" not in ledger.read_bytes()
    with closing(connect(ledger, "ro")) as opened:
        assert opened.execute("SELECT count(*) FROM answer").fetchone() == (1,)
    assert run("decrypt --reason 试行", env).returncode == 0
    assert run("check", env, LOADED).stderr == b""
