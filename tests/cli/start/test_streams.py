"""Commands with a closed pipe, a closed input, or the nearly empty environment of cron."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.waiting import PATIENCE

PARTYCTL = (sys.executable, "-m", "partyctl")


def test_a_reader_that_leaves_early_ends_the_command_without_a_word(branch, ledger: Path):
    for command in ("check --as-of 2030-01-01 --json", "rules list", "member list"):
        process = subprocess.Popen(
            [*PARTYCTL, *command.split()], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.close()
        _, said = process.communicate(timeout=PATIENCE)
        assert (process.returncode, said) == (141, b""), command


def test_cron_with_its_empty_environment_gets_chinese_and_the_exit_code(branch, ledger: Path):
    done = subprocess.run(
        [*PARTYCTL, "--ledger", str(ledger), "check", "--month", "2026-03"],
        env={"PATH": "/usr/bin:/bin", "HOME": str(ledger.parent), "LANG": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 3
    assert "党员大会每月一次" in done.stdout.decode()
    assert done.stderr == b""


def test_a_console_of_another_encoding_shows_a_rare_character_by_its_number(branch, ledger: Path):
    branch("staff add 𠮷永")
    done = subprocess.run(
        [*PARTYCTL, "staff", "list"],
        env=os.environ | {"PYTHONIOENCODING": "gbk"},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert r"\U00020bb7永" in done.stdout.decode("gbk")


def test_a_console_without_our_tick_shows_the_one_that_it_has(branch, ledger: Path):
    branch("meeting add 支委会 --on 2026-01-12 --chair 张三 --minutes 讨论")
    shown = {"gbk": "√ 会议 #1".encode("gbk"), "ascii": rb"\u2713 "}
    for encoding, tick in shown.items():
        done = subprocess.run(
            [*PARTYCTL, "check", "--month", "2026-01", "--as-of", "2026-02-01"],
            env=os.environ | {"PYTHONIOENCODING": encoding},
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        assert (done.returncode, done.stderr) == (3, b"")
        assert tick in done.stdout


def test_an_error_of_ours_shows_a_number_and_keeps_values_out_of_the_file(
    branch, ledger: Path, monkeypatch: pytest.MonkeyPatch
):
    from partyctl.records.members import organisation

    def fail(*_: object) -> None:
        raise RuntimeError("张三 110101199003071234")

    monkeypatch.setattr(organisation, "add_staff", fail)
    said = branch("staff add 赵六", code=1).err
    (file,) = (ledger.parent.parent / "state" / "partyctl" / "crashes").iterdir()
    assert file.stem in said
    assert file.stat().st_mode & 0o777 == 0o600
    assert "RuntimeError" in file.read_text()
    for personal in ("张三", "赵六", "110101"):
        assert personal not in said + file.read_text()
    assert branch("staff list --json").json == []


AT_EXIT = """
import atexit, sys
if sys.argv.pop(1) == "registered":
    atexit.register(lambda: print("at exit", flush=True))
from partyctl.cli.start.main import main
main()
"""


@pytest.mark.parametrize("registered", [True, False])
def test_whoever_asked_to_be_called_at_the_end_is_called(registered: bool, branch, ledger: Path):
    """A long answer arrives whole through a pipe, and atexit functions are still called."""
    done = subprocess.run(
        [sys.executable, "-c", AT_EXIT, "registered" if registered else "", *LONG],
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 3
    answer = done.stdout.decode()
    assert answer.endswith("]}\nat exit\n" if registered else "]}\n")
    assert len(answer) > 100_000  # longer than the buffer of a pipe


LONG = ("check", "--all", "--json", "--as-of", "2036-01-01")
