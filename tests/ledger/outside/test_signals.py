"""A command that a signal ends in the middle of its write leaves the ledger as it was, or written."""

import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.soundness import require_whole
from tests.support.waiting import PATIENCE, wait_until

pytestmark = pytest.mark.hard

WRITES = (
    "staff add 赵六",
    "meeting add study --on 2026-03-02 --chair 张三丰甲 --minutes 学习",
    "member edit 张三丰甲 --phone 13900002222",
    "journal redact 张三丰甲 --reason 本人要求",
    "backup make {folder}/kept",
    "encrypt --key-file {folder}/key",
    "remind --as-of 2026-03-02",
)
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
MOMENTS = (0, 0.01, 0.05)
"""Seconds after it has the ledger open."""


def started(line: str, folder: Path, **more: object) -> subprocess.Popen[bytes]:
    words = [word.format(folder=folder) for word in line.split()]
    return subprocess.Popen(
        [sys.executable, "-m", "partyctl", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **more,
    )


def wait_until_open(process: subprocess.Popen[bytes], ledger: Path) -> None:
    def is_open_or_over() -> bool:
        with suppress(OSError):  # it may end, or close one, at any moment
            opened = Path(f"/proc/{process.pid}/fd").iterdir()
            return process.poll() is not None or any(each.readlink() == ledger for each in opened)
        return process.poll() is not None

    wait_until(is_open_or_over, "the ledger is open", step=0.002)


@pytest.mark.parametrize("number", SIGNALS, ids=lambda each: each.name)
@pytest.mark.parametrize("line", WRITES)
def test_a_signal_in_the_middle_of_a_write(line: str, number: int, plain: Path, tmp_path: Path):
    for moment in MOMENTS:
        with started(line, tmp_path) as process:
            wait_until_open(process, plain)
            time.sleep(moment)
            process.send_signal(number)
            _, said = process.communicate(timeout=PATIENCE)
        assert b"Traceback" not in said
        if not Path(f"{plain}.key.json").exists():
            require_whole(plain)
        whole = [sys.executable, "-m", "partyctl", "journal", "verify"]
        assert subprocess.run(whole, capture_output=True, check=False).returncode == 0


def test_nothing_is_open_to_others_whatever_the_umask(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("PARTYCTL_LEDGER", str(tmp_path / "new" / "ledger.db"))
    for line in (
        "init --organ 甲 --branch 乙 --since 2026-01-01",
        "member add 张三 --joined 2010-07-01",
        "warning issue 张三 --level inquiry --category 4 --facts 越权 --on 2026-03-02",
        "warning letter 1 -o {folder}/new/letter.docx",
        "member list -o {folder}/new/list.xlsx",
        "backup make {folder}/kept",
        "warning templates",
        "encrypt --key-file {folder}/keys/key",
    ):
        with started(line, tmp_path, umask=0) as process:
            _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said
    folders = [tmp_path / name for name in ("new", "state", "kept", "keys")]
    found = [each for folder in folders for each in (folder, *folder.rglob("*"))]
    assert len(found) > 12
    for each in found:
        assert not stat.S_IMODE(each.stat().st_mode) & 0o077, each


@pytest.mark.parametrize(
    "zone", ["UTC", "Pacific/Kiritimati", "No/Such_Zone", "XYZ-99:99", ":/dev/zero"]
)
def test_an_odd_time_zone_changes_no_answer(zone: str, plain: Path, tmp_path: Path):
    line = "check --as-of 2026-03-31 --json"
    with started(line, tmp_path) as process:
        usual, _ = process.communicate(timeout=PATIENCE)
    with started(line, tmp_path, env=os.environ | {"TZ": zone}) as process:
        odd, said = process.communicate(timeout=PATIENCE)
    assert (odd, process.returncode) == (usual, 3), said


def test_another_users_ledger_answers_or_refuses_and_is_not_touched(plain: Path, tmp_path: Path):
    """One of mode 0644 that belongs to another user: reading is fine, writing is 77."""
    if os.geteuid() != 0:
        pytest.skip("only root can lend a file to another user")
    for each in (tmp_path, plain.parent):
        each.chmod(0o755)
    plain.chmod(0o644)
    before = plain.read_bytes()
    env = os.environ | {"HOME": "/nonexistent", "XDG_STATE_HOME": "/nonexistent/state"}
    reachable = ["sh", "-c", f"test -r '{plain}'"]
    if subprocess.run(reachable, user=65534, check=False).returncode:
        pytest.skip("the folder of the tests is closed to others")
    with started("status", tmp_path, env=env, user=65534) as process:
        out, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (0, b""), out
    with started("staff add 赵六", tmp_path, env=env, user=65534) as process:
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 77
    assert plain.read_bytes() == before
