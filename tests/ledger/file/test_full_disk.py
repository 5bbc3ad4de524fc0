"""A disk that is full or read-only, in a separate mount namespace if the system allows one."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Result
from tests.support.soundness import require_whole
from tests.support.waiting import PATIENCE

pytestmark = pytest.mark.hard

ANYBODY, ROOT = ("--user", "--map-root-user", "--mount"), ("--mount",)
"""The options of `unshare` that create a mount namespace: for ordinary users, and for root."""

MOUNT = 'mount -t tmpfs -o size="$1",mode=0700 tmpfs "$0" && echo mounted && exec cat'
SIZE = 2 * 1024 * 1024
RESERVE = 1024 * 1024

BRANCH = (
    "init --organ 市某局党组 --branch 机关支部 --since 2026-01-01",
    "member add 张三 --joined 2010-07-01 --post branch-secretary --leader",
)

WRITER = """
import sys
from itertools import count
from partyctl.cli.start.main import run

for n in count():
    minutes = ["--minutes", f"{n}" + "记录" * int(sys.argv[1])]
    code = run(["meeting", "add", "study", "--on", "2026-01-06", "--chair", "张三", *minutes])
    if code:
        sys.exit(code)
"""
LONG, SHORT = 4000, 0


@dataclass
class Disk:
    """A small disk in a mount namespace: only commands run through this object see its files."""

    folder: Path
    holder: subprocess.Popen[str]
    namespaces: tuple[str, ...]

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger" / "ledger.db"

    def run(self, *command: str) -> Result:
        """Run any command with access to the disk."""
        enter = ("nsenter", "--target", str(self.holder.pid), "--wd", *self.namespaces)
        done = subprocess.run(
            [*enter, "--preserve-credentials", *command],
            env=os.environ | {"PARTYCTL_LEDGER": str(self.ledger)},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=PATIENCE,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def partyctl(self, line: str, *, code: int = 0) -> Result:
        """Run a partyctl command line and check its exit code."""
        done = self.run(sys.executable, "-m", "partyctl", *line.split())
        assert done.code == code, done
        return done

    def take(self, size: int) -> Path:
        """Fill a part of the disk with a file; return its path."""
        reserve = self.folder / "reserve"
        assert self.run("sh", "-c", f"head -c {size} /dev/zero > {reserve}").code == 0
        return reserve

    def write_until_full(self, minutes: int) -> int:
        """Record meetings with long minutes until one is refused; return how many were recorded."""
        done = self.run(sys.executable, "-c", WRITER, str(minutes))
        assert_one_sentence(done, 73)
        return len(re.findall(r"^已登记会议", done.out, re.MULTILINE))

    def require_whole(self, copy: Path) -> None:
        """Check that the ledger is sound in its place, and that a copy of it is sound too."""
        self.partyctl("journal verify")
        shutil.copy(f"/proc/{self.holder.pid}/root{self.ledger}", copy)
        require_whole(copy)


@pytest.fixture
def disk(ledger: Path, tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    for namespaces in (ANYBODY, ROOT):
        with subprocess.Popen(
            ["unshare", *namespaces, "sh", "-c", MOUNT, str(folder), str(SIZE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as holder:
            assert holder.stdout is not None
            if holder.stdout.readline() != "mounted\n":
                continue
            names = tuple(name for name in namespaces if name != "--map-root-user")
            yield Disk(folder, holder, names)
            return
    pytest.skip("this system does not allow a mount namespace")


def assert_one_sentence(done: Result, code: int) -> None:
    assert done.code == code, done
    assert re.fullmatch(r"错误：[^\n]+\n(  → [^\n]+\n)?", done.err), done.err


def test_a_full_disk_refuses_writes_and_nothing_else(disk: Disk, tmp_path: Path):
    for line in BRANCH:
        disk.partyctl(line)
    reserve = disk.take(RESERVE)

    written = disk.write_until_full(LONG)
    written += disk.write_until_full(SHORT)
    assert written > 10

    meeting = "meeting add study --on 2026-01-06 --chair 张三"
    refused = disk.partyctl(f"{meeting} --minutes {'记录' * LONG}", code=73)
    assert_one_sentence(refused, 73)
    assert refused.out == ""
    disk.partyctl("check --month 2026-01 --as-of 2026-03-01", code=3)
    numbers = [row["id"] for row in disk.partyctl("meeting list --json").json]
    assert numbers == list(range(1, written + 1))
    disk.require_whole(tmp_path / "full.db")

    assert disk.run("rm", str(reserve)).code == 0
    assert f"#{written + 1} " in disk.partyctl(meeting).out
    disk.require_whole(tmp_path / "freed.db")


def test_no_ledger_is_started_on_a_full_disk(disk: Disk):
    reserve = disk.take(SIZE - 65536)
    assert_one_sentence(disk.partyctl(BRANCH[0], code=73), 73)
    assert disk.run("find", str(disk.folder), "-type", "f").out == f"{reserve}\n"

    assert disk.run("rm", str(reserve)).code == 0
    disk.partyctl(BRANCH[0])
    disk.partyctl("journal verify")


def test_a_disk_that_cannot_be_written_can_be_read(disk: Disk):
    for line in BRANCH:
        disk.partyctl(line)
    before = disk.run("sha256sum", str(disk.ledger)).out
    assert disk.run("mount", "-o", "remount,ro", str(disk.folder)).code == 0

    assert_one_sentence(disk.partyctl("staff add 赵六", code=77), 77)
    assert [row["name"] for row in disk.partyctl("member list --json").json] == ["张三"]
    disk.partyctl("check --month 2026-01 --as-of 2026-03-01", code=3)
    disk.partyctl("journal verify")
    assert disk.run("sha256sum", str(disk.ledger)).out == before

    assert disk.run("mount", "-o", "remount,rw", str(disk.folder)).code == 0
    disk.partyctl("staff add 赵六")
    disk.partyctl("journal verify")


def test_an_encryption_without_room_changes_nothing(disk: Disk, tmp_path: Path):
    pytest.importorskip("sqlcipher3.dbapi2")
    for line in BRANCH:
        disk.partyctl(line)
    before = disk.run("sha256sum", str(disk.ledger)).out
    free = int(disk.run("sh", "-c", f"df -k --output=avail {disk.folder} | tail -1").out) * 1024
    reserve = disk.take(free - 200_000)
    assert_one_sentence(disk.partyctl(f"encrypt --key-file {tmp_path}/key", code=73), 73)
    assert disk.run("sha256sum", str(disk.ledger)).out == before
    left = disk.run("find", str(disk.folder), "-name", "*.part").out
    assert left == ""
    commands = [each["command"] for each in disk.partyctl("journal list --all --json").json]
    assert "encrypt" not in commands
    assert disk.run("rm", str(reserve)).code == 0
    disk.partyctl(f"encrypt --key-file {tmp_path}/key")
    disk.partyctl("journal verify")
