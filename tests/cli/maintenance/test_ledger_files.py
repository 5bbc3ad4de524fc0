"""R-19: a file that cannot be read, or that is not a ledger, is named and left unchanged."""

import contextlib
import ctypes
import os
import socket
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import digest
from tests.support.processes import BARE, partyctl


@pytest.fixture
def env(january, ledger: Path) -> dict[str, str]:
    """An environment whose only setting is the path of a ledger with January's records."""
    return BARE | {"PARTYCTL_LEDGER": str(ledger)}


DROP_FROM_BOUNDING_SET, DAC_OVERRIDE, DAC_READ_SEARCH = 24, 1, 2


def be_bound_by_modes() -> None:
    """Take away root's power to ignore file modes.

    A child process calls this function before it starts the program that it should run.
    """
    for capability in (DAC_OVERRIDE, DAC_READ_SEARCH):
        if ctypes.CDLL(None).prctl(DROP_FROM_BOUNDING_SET, capability, 0, 0, 0):
            raise PermissionError("prctl")


@pytest.fixture
def bound(tmp_path: Path) -> dict[str, Any]:
    """Arguments for `subprocess` that make file modes apply, even if the tests run as root."""
    bound = {"preexec_fn": be_bound_by_modes} if os.geteuid() == 0 else {}
    closed = tmp_path / "closed"
    closed.touch(0)
    probe = [sys.executable, "-c", f"open({str(closed)!r})"]
    try:
        said = subprocess.run(probe, stderr=subprocess.PIPE, check=False, **bound).stderr
    except (OSError, subprocess.SubprocessError, AttributeError):
        said = b""
    if b"PermissionError" not in said:
        pytest.skip("the tests run as root, and root cannot give its power up here")
    return bound


@pytest.mark.long
@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "reads"),
    [(0o400, 0o700, True), (0o600, 0o500, True), (0o000, 0o700, False), (0o600, 0o000, False)],
    ids=["a file to read", "a folder to read", "a closed file", "a closed folder"],
)
def test_what_may_not_be_written_can_still_be_read(
    env: dict[str, str],
    ledger: Path,
    bound: dict[str, Any],
    file_mode: int,
    folder_mode: int,
    reads: bool,
):
    before = digest(ledger)
    ledger.chmod(file_mode)
    ledger.parent.chmod(folder_mode)
    lines = {
        "check --month 2026-01 --as-of 2026-03-31": 0 if reads else 77,
        "member list": 0 if reads else 77,
        "staff add 周讲师": 77,
        "init --organ 甲 --branch 乙 --since 2026-01-01": 5 if folder_mode else 77,
    }
    try:
        for line, code in lines.items():
            done = partyctl(line, env, **bound)
            assert done.returncode == code, (line, done.stderr.decode())
            assert bool(done.stderr) == bool(code)
    finally:
        ledger.parent.chmod(0o700)
    assert digest(ledger) == before


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_socket(path: Path) -> None:
    path.unlink()
    with contextlib.chdir(path.parent), socket.socket(socket.AF_UNIX) as a_socket:
        a_socket.bind(path.name)  # the full path may be too long for a socket


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_link_to_a_ledger(path: Path) -> None:
    path.symlink_to(path.rename(path.with_name("real.db")))


def a_link_to_nothing(path: Path) -> None:
    path.unlink()
    path.symlink_to("nothing")


def a_link_to_itself(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def below_a_file(path: Path) -> None:
    path.unlink()
    path.parent.rmdir()
    path.parent.touch()


def cut_to(length: int) -> Callable[[Path], None]:
    def cut(path: Path) -> None:
        os.truncate(path, length if length >= 0 else path.stat().st_size + length)

    cut.__name__ = f"cut to {length}"
    return cut


def of_schema(version: int) -> Callable[[Path], None]:
    def mark(path: Path) -> None:
        with sqlite3.connect(path) as connection:
            connection.execute(f"PRAGMA user_version = {version}")
        connection.close()

    mark.__name__ = f"of schema {version}"
    return mark


def nature(path: Path) -> tuple[int | None, str | None]:
    """The mode of a path and the digest of its content."""
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None, None
    return mode, digest(path) if stat.S_ISREG(mode) else None


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        *((each, 65) for each in (a_pipe, a_socket, a_folder, a_link_to_a_ledger)),
        *((each, 65) for each in (a_link_to_nothing, a_link_to_itself)),
        *((cut_to(length), 65) for length in (0, 1, 99, 100, 4096, -1)),
        (below_a_file, 66),
        (of_schema(9_999), 78),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_what_is_no_ledger_of_ours_is_named_and_left_alone(
    env: dict[str, str], ledger: Path, spoil: Callable[[Path], None], code: int
):
    spoil(ledger)
    before = nature(ledger)

    for line in ("check", "staff add 周讲师"):
        done = partyctl(line, env)
        assert (done.returncode, done.stdout) == (code, b""), line
        assert done.stderr.decode().startswith("错误："), line
    assert nature(ledger) == before
    assert not list(ledger.parent.glob("*-journal"))
