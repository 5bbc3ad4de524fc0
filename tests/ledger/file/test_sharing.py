"""Processes can share a ledger; partyctl replaces the file only if no process has the file open."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from partyctl.errors import Busy
from partyctl.ledger.file import connecting, system_lock
from partyctl.ledger.file.connecting import WRITING, connect
from tests.support.waiting import PATIENCE

SPILL = ("cache_spill = 1", "cache_size = 1")
GROW = """CREATE TABLE big AS WITH RECURSIVE n (i) AS (
    SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000) SELECT i, randomblob(500) AS r FROM n"""


def replaced(plain: Path) -> None:
    other = plain.with_name("other.db")
    other.write_bytes(plain.read_bytes())
    other.replace(plain)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.05)


def test_what_a_ledger_replaced_while_it_is_open_would_cost(plain: Path):
    """If another file replaces a ledger, a process that has the old file open does damage.

    The process deletes the journal of the new file, so the writer of the new file cannot commit.
    """
    with closing(connect(plain, "rw")) as waiting:
        waiting.execute("PRAGMA user_version").fetchone()
        replaced(plain)
        with closing(connect(plain, "rw", (*WRITING, *SPILL))) as writer:
            writer.execute("BEGIN IMMEDIATE")
            writer.execute(GROW)
            assert Path(f"{plain}-journal").exists()
            waiting.execute("SELECT count(*) FROM staff").fetchone()
            assert not Path(f"{plain}-journal").exists()
            with pytest.raises(sqlite3.OperationalError, match="disk I/O error"):
                writer.execute("COMMIT")


def test_who_has_it_open_keeps_out_whoever_would_replace_it(plain: Path, hasty):
    with closing(connect(plain, "ro")), pytest.raises(Busy), connecting.alone_with(plain):
        pass
    with connecting.alone_with(plain):
        replaced(plain)


def test_whoever_replaces_it_keeps_others_out_but_not_itself(plain: Path):
    program = (
        "import sys\nfrom pathlib import Path\nfrom partyctl.errors import Busy\n"
        "from partyctl.ledger.file import connecting\nconnecting.BUSY_SECONDS = 0.05\n"
        "try: connecting.connect(Path(sys.argv[1]), 'ro').close()\n"
        "except Busy: sys.exit(75)\n"
    )

    def other() -> int:
        program_of_its_own = [sys.executable, "-c", program, str(plain)]
        return subprocess.run(program_of_its_own, timeout=PATIENCE, check=False).returncode

    with connecting.alone_with(plain):
        assert other() == 75
        with closing(connect(plain, "rw")), closing(connect(plain, "ro")):
            pass
    assert other() == 0


def test_many_share_and_a_share_ends_with_its_connection(plain: Path, hasty):
    first, second = connect(plain, "ro"), connect(plain, "rw")
    first.close()
    with pytest.raises(Busy), connecting.alone_with(plain):
        pass
    second.close()
    with pytest.raises(sqlite3.OperationalError):
        connect(plain.with_name("none.db"), "ro")
    with connecting.alone_with(plain):
        pass


def test_a_folder_that_cannot_be_locked_keeps_nobody_out(
    plain: Path, hasty, monkeypatch: pytest.MonkeyPatch
):
    def no_locks(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(system_lock.fcntl, "flock", no_locks)
    with closing(connect(plain, "ro")), connecting.alone_with(plain):
        pass


def test_shares_leave_nothing_open(plain: Path):
    def open_files() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    connect(plain, "ro").close()
    before = open_files()
    for _ in range(20):
        connect(plain, "ro").close()
        with connecting.alone_with(plain):
            pass
    assert open_files() == before


@pytest.mark.parametrize(("is_watched", "seconds"), [(True, 30), (False, 120)])
def test_a_command_that_nobody_watches_waits_longer(
    is_watched: bool, seconds: int, monkeypatch: pytest.MonkeyPatch
):
    """A command run by cron waits long, because cron runs it again much later; a clerk at a
    terminal should not wait so long.
    """
    monkeypatch.setattr("sys.stderr.isatty", lambda: is_watched)
    assert connecting.patience() == seconds
