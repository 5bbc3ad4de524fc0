"""A restore that is killed, or runs out of disk, leaves exactly the old ledger or the new one."""

import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.ledger.maintenance import backup, restoring
from tests.support import ledger_contents as contents
from tests.support.waiting import PATIENCE

pytestmark = pytest.mark.hard

HERE = Path(__file__).parents[3]
MOST = 400


def needs(program: str, *arguments: str) -> pytest.MarkDecorator:
    """A mark that skips a test if a program is missing, or not allowed (as in some containers)."""
    try:
        works = (
            subprocess.run([program, *arguments], capture_output=True, timeout=PATIENCE).returncode
            == 0
        )
    except OSError:
        works = False
    return pytest.mark.skipif(not works, reason=f"{program} is missing here, or forbidden")


traced = needs("strace", "-f", "-o", "/dev/null", "true")
mounting = needs("unshare", "-m", "sh", "-c", "mount -t tmpfs tmpfs /mnt")


@pytest.fixture
def standing(ledger: Path) -> Path:
    contents.small(ledger.parent)
    backup.make(ledger, ledger.parent.with_name("usb"), "manual")
    assert run_command(["staff", "add", "后来"]) == 0
    Path(f"{ledger}-shm").write_bytes(b"left behind")
    return ledger


@pytest.fixture
def file(standing: Path) -> Path:
    return backup.listing(standing.parent.with_name("usb"))[0].path


def test_killed_before_any_call_the_old_or_the_restored_ledger_is_there(file: Path, standing: Path):
    command = [
        sys.executable,
        "-m",
        "tests.support.killed.restore",
        str(standing.parent),
        str(file),
    ]
    env = os.environ | {"PYTHONPATH": str(HERE)}
    done = subprocess.run(
        command, cwd=HERE, env=env, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    outcomes = done.stdout.split()
    # Early kills leave the old ledger, later kills leave the restored ledger.
    assert outcomes == sorted(outcomes)
    assert outcomes.count("old") > 6
    assert outcomes.count("restored") >= 1


@traced
@pytest.mark.parametrize(
    "calls",
    [
        "/^link",
        "/^rename",
        pytest.param("/^unlink", marks=pytest.mark.slow),
        pytest.param("pwrite64", marks=pytest.mark.slow),
        pytest.param("fsync,fdatasync", marks=pytest.mark.slow),
    ],
)
def test_killed_in_the_kernel_the_old_or_the_restored_ledger_is_there(
    calls: str, file: Path, standing: Path, tmp_path: Path
):
    """The restore gets SIGKILL at its first system call of a kind, then at its second, and so on.

    SQLite's own system calls count too.
    """
    kept = shutil.copytree(standing.parent, tmp_path / "kept")
    old, new = contents.whole(standing), contents.digests(file)
    for nth in count(1):
        shutil.rmtree(standing.parent)
        shutil.copytree(kept, standing.parent)
        inject = f"inject={calls}:signal=KILL:when={nth}"
        program = [sys.executable, "-m", "partyctl", "restore", str(file)]
        traced = ["strace", "--seccomp-bpf", "-f", "-qq", "-o", "/dev/null", "-e", inject]
        done = subprocess.run(
            [*traced, *program], capture_output=True, timeout=PATIENCE, check=False
        )
        found = contents.whole(standing)
        if found != old:
            assert contents.digests(standing) == new
            assert contents.report(standing).ok
        if done.returncode == 0:
            break
        assert nth < MOST
    assert nth > 2
    restoring.restore(file, standing)
    assert contents.digests(standing) == new


IN_A_SMALL_PLACE = """
set -e
mount -t tmpfs -o size=$3k,mode=700 tmpfs $1
cp $4 $1/ledger.db
chmod 600 $1/ledger.db
sha256sum < $1/ledger.db
"$5" -m partyctl --ledger $1/ledger.db restore $2 && echo code=0 || echo code=$?
sha256sum < $1/ledger.db
find $1 -name '*.part*' -o -name '*.before-restore*'
"$5" -m partyctl --ledger $1/ledger.db staff list
"""


@mounting
@pytest.mark.parametrize(("times", "more"), [(1.3, 0), (2.4, 0), (3, 16)])
def test_a_full_disk_leaves_the_old_ledger_and_no_litter(
    times: float, more: int, file: Path, standing: Path, tmp_path: Path
):
    """The disk becomes full while the restore writes one of three files.

    These are the automatic backup, the copy of the backup to restore, and the journal of this copy.
    The free space is `times` times the size of the ledger, plus `more` KB.
    """
    room = tmp_path / "room"
    room.mkdir()
    size = int(standing.stat().st_size / 1024 * times) + more
    command = ["unshare", "-m", "sh", "-c", IN_A_SMALL_PLACE, "sh"]
    arguments = [room, file, size, standing, sys.executable]
    done = subprocess.run(
        [*command, *map(str, arguments)], cwd=HERE, capture_output=True, text=True, timeout=PATIENCE
    )
    before, code, after, *rest = done.stdout.splitlines()
    assert code == "code=73", done.stdout + done.stderr
    assert after == before
    assert "后来" in done.stdout
    assert not any(".part" in line or ".before-restore" in line for line in rest)
    assert "Traceback" not in done.stderr
