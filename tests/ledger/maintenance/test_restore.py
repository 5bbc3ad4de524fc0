"""A restore puts exactly the backup in the ledger's place, or leaves the old file unchanged."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.errors import (
    BadInput,
    Busy,
    CannotRead,
    MissingInput,
    Refused,
    Tampered,
    WrongVersion,
)
from partyctl.ledger.file import connecting
from partyctl.ledger.file.connecting import connect
from partyctl.ledger.file.files import default_folder
from partyctl.ledger.file.locking import locked
from partyctl.ledger.file.opening import OLDEST
from partyctl.ledger.journal import heads
from partyctl.ledger.maintenance import backup, migrating, replacing, restoring
from tests.support import ledger_contents as contents
from tests.support.waiting import PATIENCE, wait_until

pytestmark = pytest.mark.long


@pytest.fixture
def standing(ledger: Path) -> Path:
    """The ledger in use: a backup of it was made, and two records were added afterwards."""
    contents.small(ledger.parent)
    backup.make(ledger, default_folder(ledger), "manual")
    for name in ("后来甲", "后来乙"):
        assert run_command(["staff", "add", name]) == 0
    return ledger


@pytest.fixture
def file(standing: Path) -> Path:
    return backup.listing(default_folder(standing))[-1].path


def restore(file: Path, ledger: Path, **options: bool) -> restoring.Restored:
    done = restoring.restore(file, ledger, **options)
    assert done.aside is None or not done.aside.joinpath("ledger.db-journal").exists()
    return done


def names(ledger: Path) -> list[str]:
    with contents.opened(ledger) as opened:
        return [name for (name,) in opened.execute("SELECT name FROM staff ORDER BY id")]


def claim_schema(path: Path, version: int) -> None:
    with path.open("r+b") as opened:
        opened.seek(60)
        opened.write(version.to_bytes(4, "big"))


def test_every_row_is_as_it_was_backed_up(file: Path, standing: Path):
    before = contents.whole(standing)

    done = restore(file, standing)

    assert contents.digests(standing) == contents.digests(file)
    assert names(standing) == ["赵六"]
    assert contents.report(standing).ok
    assert stat.S_IMODE(standing.stat().st_mode) == 0o600
    assert done.aside is not None
    assert stat.S_IMODE(done.aside.stat().st_mode) == 0o700
    assert contents.whole(done.aside / "ledger.db") == before
    assert done.backup is not None
    assert contents.whole(done.backup) == before
    assert done.after == 2
    assert run_command(["staff", "add", "恢复后"]) == 0
    assert contents.report(standing).ok


def test_the_journal_says_what_was_replaced_and_the_heads_are_explained(file: Path, standing: Path):
    replaced = contents.report(standing)
    done = restore(file, standing)

    with contents.opened(standing) as opened:
        act, command, detail = opened.execute(
            "SELECT act, command, detail FROM journal_entry JOIN journal_detail USING (seq) "
            "ORDER BY seq DESC LIMIT 1"
        ).fetchone()
    assert (act, command) == ("restore", "restore")
    assert f'"replaced_head":"{replaced.head}"' in detail
    assert file.name in detail
    report = contents.report(standing)
    assert report.ok
    assert report.replaced == 2
    assert report.head == done.head
    kept = list(heads.read(heads.heads_file()))[-1]
    assert f"{kept.seq}-{kept.hash}" == done.head


def test_a_second_restore_explains_its_own_heads_too(file: Path, standing: Path):
    restore(file, standing)
    assert run_command(["staff", "add", "又来"]) == 0
    assert restore(file, standing).after == 2
    assert contents.report(standing).ok
    assert contents.digests(standing) == contents.digests(file)


def test_what_several_restores_replaced_stays_explained(file: Path, standing: Path):
    """A second restore removes the journal entry of the first restore.

    The journal entry of the second restore must explain why the entry of the first restore is
    missing.
    """
    restore(file, standing)
    restore(file, standing)
    restore(file, standing)
    report = contents.report(standing)
    assert (report.ok, report.replaced) == (True, 4)


def test_a_forged_backup_does_not_explain_away_the_heads_that_betray_it(
    file: Path, standing: Path, monkeypatch: pytest.MonkeyPatch
):
    """A forger copies a backup to another machine, adds records to the copy there, and restores the
    copy over the ledger.
    """
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("XDG_STATE_HOME", str(file.parent / "elsewhere"))
        forged = contents.thawed(file, file.parent / "forged")
        for name in ("假甲", "假乙", "假丙"):
            assert run_command(["--ledger", str(forged), "staff", "add", name]) == 0
    restore(forged, standing)
    assert [found.kind for found in contents.report(standing).findings] == ["anchor", "anchor"]


def test_what_was_moved_aside_can_be_restored_again(file: Path, standing: Path):
    before = contents.digests(standing)
    done = restore(file, standing)
    assert done.aside is not None
    restore(done.aside / "ledger.db", standing)
    assert contents.digests(standing) == before
    assert contents.report(standing).ok


def test_looking_only_writes_nothing(file: Path, standing: Path, tmp_path: Path):
    before = contents.tree(tmp_path)
    plan = restore(file, standing, dry_run=True)
    assert contents.tree(tmp_path) == before
    assert (plan.after, plan.backup, plan.aside, plan.head) == (2, None, None, None)
    assert plan.replaced == contents.report(standing).head
    assert plan.restored == contents.report(file).head


def test_a_ledger_that_is_gone_comes_back(file: Path, standing: Path):
    shutil.move(file, file.parent.parent.parent / "usb.db")
    shutil.rmtree(standing.parent)

    done = restore(file.parent.parent.parent / "usb.db", standing)

    assert (done.aside, done.backup, done.replaced) == (None, None, None)
    assert names(standing) == ["赵六"]
    assert stat.S_IMODE(standing.parent.stat().st_mode) == 0o700
    report = contents.report(standing)
    # Two entries are missing, but the journal and a file outside the ledger record the restore.
    assert report.ok
    assert report.replaced == 2


def break_header(path: Path) -> None:
    with path.open("r+b") as opened:
        opened.write(bytes(100))


def break_pages(path: Path) -> None:
    with path.open("r+b") as opened:
        opened.seek(100)
        opened.write(b"\xff" * 40_000)


WRECKS = {
    "no header": break_header,
    "broken pages": break_pages,
    "cut short": lambda path: os.truncate(path, 5000),
    "empty": lambda path: os.truncate(path, 0),
}


@pytest.mark.parametrize("how", WRECKS)
def test_a_damaged_ledger_is_replaced_and_kept_as_it_is(how: str, file: Path, standing: Path):
    WRECKS[how](standing)
    damaged = standing.read_bytes()
    Path(f"{standing}-wal").write_bytes(b"leftover")

    done = restore(file, standing)

    assert done.backup is None
    assert contents.digests(standing) == contents.digests(file)
    assert contents.report(standing).ok
    assert done.aside is not None
    assert (done.aside / "ledger.db").read_bytes() == damaged
    assert not Path(f"{standing}-wal").exists()


def test_a_ledger_that_was_tampered_with_is_replaced_and_kept(file: Path, standing: Path):
    outside = sqlite3.connect(standing)
    outside.execute("UPDATE staff SET name = '改'")
    outside.commit()
    outside.close()

    done = restore(file, standing)

    assert done.backup is None
    assert done.aside is not None
    assert set(names(done.aside / "ledger.db")) == {"改"}
    assert contents.report(standing).ok


# Files beside the ledger


def stale_wal(ledger: Path, folder: Path) -> bytes:
    """An old -wal file, with two hundred rows that are not in the ledger file."""
    copy = folder / "wal.db"
    shutil.copyfile(ledger, copy)
    other = sqlite3.connect(copy, isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    for number in range(200):
        other.execute("INSERT INTO staff (recorded_at, name) VALUES ('x', ?)", (f"旧{number}",))
    left = Path(f"{copy}-wal").read_bytes()
    other.close()
    return left


def test_a_wal_that_was_left_behind_is_not_read_into_the_restored_ledger(
    file: Path, standing: Path, tmp_path: Path
):
    Path(f"{standing}-wal").write_bytes(stale_wal(standing, tmp_path))
    restore(file, standing)
    assert contents.digests(standing) == contents.digests(file)
    assert contents.report(standing).ok


def test_laying_the_backup_over_the_ledger_does_not_restore_it(
    file: Path, standing: Path, tmp_path: Path
):
    """If the backup is only copied over the ledger, SQLite adds the rows of the old -wal file to it."""
    Path(f"{standing}-wal").write_bytes(stale_wal(standing, tmp_path))
    shutil.copyfile(file, standing)
    plain = sqlite3.connect(standing)
    (found,) = plain.execute("SELECT count(*) FROM staff").fetchone()
    plain.close()
    assert found > 1


def leave_hot_journal(ledger: Path, folder: Path) -> None:
    """Leave the ledger and its journal as they are after a writer is killed during a write."""
    writer = sqlite3.connect(ledger, isolation_level=None)
    writer.execute("PRAGMA cache_size = 1")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE staff SET name = name || '半'")
    for number in range(1000):
        writer.execute("INSERT INTO staff (recorded_at, name) VALUES ('x', ?)", (f"{number}" * 50,))
    for each in (ledger, Path(f"{ledger}-journal")):
        shutil.copyfile(each, folder / each.name)
    writer.execute("ROLLBACK")
    writer.close()
    for each in (ledger, Path(f"{ledger}-journal")):
        shutil.copyfile(folder / each.name, each)


def test_a_journal_of_a_killed_writer_is_not_rolled_back_into_the_restored_ledger(
    file: Path, standing: Path, tmp_path: Path
):
    before = contents.whole(standing)
    leave_hot_journal(standing, tmp_path)

    done = restore(file, standing)

    assert contents.digests(standing) == contents.digests(file)
    assert contents.report(standing).ok
    assert done.aside is not None
    assert contents.whole(done.aside / "ledger.db") == before


def test_a_refused_restore_keeps_what_a_killed_writer_left(
    file: Path, standing: Path, tmp_path: Path
):
    before = contents.whole(standing)
    leave_hot_journal(standing, tmp_path)
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    with pytest.raises(CannotRead):
        restore(file, standing)
    assert Path(f"{standing}-journal").exists()
    assert contents.whole(standing) == before


# Other processes use the ledger during a restore


def test_a_reader_is_waited_for_and_nothing_changes_while_one_reads(
    file: Path, standing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.3)
    before = contents.tree(standing.parent)
    with contents.opened(standing) as reader:
        reader.execute("SELECT count(*) FROM staff").fetchone()
        with pytest.raises((Busy, sqlite3.OperationalError)):
            restore(file, standing)
        assert reader.execute("SELECT count(*) FROM staff").fetchone() == (3,)
    left = contents.tree(standing.parent)
    assert {name: left[name] for name in before} == before
    assert all(name.startswith(("backups/", "ledger.db.lock")) for name in left.keys() - before)

    monkeypatch.setattr(connecting, "BUSY_SECONDS", 10)
    reader = connect(standing, "ro")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM staff").fetchone()
    threading.Timer(0.5, reader.close).start()
    restore(file, standing)
    assert names(standing) == ["赵六"]


def wait_until_waiting(process: int, ledger: Path) -> None:
    """Wait until a process has had the ledger or its folder open for a while."""
    seen, wanted = 0, {str(ledger.resolve()), str(ledger.parent.resolve())}

    def waits() -> bool:
        nonlocal seen
        with suppress(OSError):
            held = {str(each.readlink()) for each in Path(f"/proc/{process}/fd").iterdir()}
            seen = seen + 1 if held & wanted else 0
        return seen == 5

    wait_until(waits, "the writer must wait for the ledger")


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc to see open files")
def test_who_waited_to_write_writes_to_the_restored_ledger_or_is_told(
    file: Path, standing: Path, monkeypatch: pytest.MonkeyPatch
):
    """A writer that has the old file open gets the lock after the restore, and must not write to
    the old file.
    """
    waiting: list[subprocess.Popen[str]] = []
    real = replacing.sync

    def sync(path: Path) -> None:
        real(path)
        command = [sys.executable, "-m", "partyctl", "staff", "add", "排队"]
        waiting.append(subprocess.Popen(command, stderr=subprocess.PIPE, text=True))
        wait_until_waiting(waiting[0].pid, standing)

    monkeypatch.setattr(replacing, "sync", sync)
    done = restore(file, standing)
    _, said = waiting[0].communicate(timeout=PATIENCE)

    assert waiting[0].returncode in (0, 75), said
    assert ("排队" in names(standing)) == (waiting[0].returncode == 0)
    assert done.aside is not None
    assert "排队" not in names(done.aside / "ledger.db")
    assert contents.report(standing).ok


def test_the_second_of_two_restores_is_told_to_come_back(file: Path, standing: Path):
    before = contents.tree(standing.parent)
    with locked(standing), pytest.raises(Busy):
        restore(file, standing)
    after = contents.tree(standing.parent)
    assert {name: after[name] for name in before} == before


# Refusals


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A backup of another ledger."""
    path = tmp_path / "other" / "ledger.db"
    init = "init --organ 县局党组 --branch 县支部 --since 2025-01-01"
    assert run_command(["--ledger", str(path), *init.split()]) == 0
    return backup.make(path, default_folder(path), "manual").path


def test_a_backup_of_another_ledger_is_asked_about(stranger: Path, standing: Path):
    before = contents.tree(standing.parent)
    with pytest.raises(Refused, match="另一本") as refused:
        restore(stranger, standing)
    assert str(refused.value.remedy).endswith("--other-ledger")
    assert contents.tree(standing.parent).items() >= before.items()

    restore(stranger, standing, other_ledger=True)

    assert contents.digests(standing) == contents.digests(stranger)
    with contents.opened(standing) as opened:
        (detail,) = opened.execute("SELECT detail FROM journal_detail ORDER BY seq DESC").fetchone()
    assert '"replaced":0' in detail  # this restore explains no missing entries


def test_the_ledger_is_no_backup_of_itself(standing: Path):
    with pytest.raises(Refused):
        restore(standing, standing)


@pytest.mark.parametrize("what", ["the ledger", "the backup"])
def test_a_newer_schema_is_refused(what: str, file: Path, standing: Path):
    backup.manifest_of(file).unlink()
    claim_schema(standing if what == "the ledger" else file, 99)
    before = contents.tree(standing.parent)
    with pytest.raises(WrongVersion):
        restore(file, standing)
    assert contents.tree(standing.parent).items() >= before.items()


def test_what_does_not_verify_is_refused(file: Path, standing: Path, tmp_path: Path):
    before = contents.tree(standing.parent)
    with pytest.raises(MissingInput):
        restore(tmp_path / "none.db", standing)
    (tmp_path / "text.db").write_text("no ledger")
    with pytest.raises(BadInput):
        restore(tmp_path / "text.db", standing)
    spoiled = shutil.copyfile(file, tmp_path / "spoiled.db")
    outside = sqlite3.connect(spoiled)
    outside.execute("UPDATE staff SET name = '改'")
    outside.commit()
    outside.close()
    with pytest.raises(Tampered):
        restore(spoiled, standing)
    assert contents.tree(standing.parent).items() >= before.items()


def test_another_programs_file_is_not_replaced(file: Path, standing: Path):
    standing.unlink()
    sqlite3.connect(standing).execute("CREATE TABLE t (x)").connection.close()
    before = standing.read_bytes()
    with pytest.raises(BadInput):
        restore(file, standing)
    standing.rename(standing.with_name("theirs.db"))
    standing.symlink_to("theirs.db")
    with pytest.raises(BadInput):
        restore(file, standing)
    assert standing.with_name("theirs.db").read_bytes() == before


@pytest.mark.long
def test_a_backup_from_before_a_migration_is_restored_to_be_migrated(ledger: Path):
    contents.thawed(contents.FROZEN[0], ledger.parent)
    before = contents.digests(ledger)
    made = migrating.migrate(ledger)
    assert made is not None

    done = restore(made.path, ledger)

    assert done.schema == OLDEST
    assert contents.digests(ledger) == before
    assert migrating.migrate(ledger) is not None
    assert contents.report(ledger).ok


def test_an_old_backup_of_another_ledger_is_asked_about_too(standing: Path, tmp_path: Path):
    old = contents.thawed(contents.FROZEN[0], tmp_path / "old")
    with pytest.raises(Refused):
        restore(old, standing)


# Interrupted


def test_without_links_the_old_ledger_is_copied_aside(
    file: Path, standing: Path, monkeypatch: pytest.MonkeyPatch
):
    """The test simulates a file system without hard links, such as a USB stick with FAT."""

    def no_links(*args: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    before = standing.read_bytes()
    monkeypatch.setattr(os, "link", no_links)
    done = restore(file, standing)
    assert done.aside is not None
    assert (done.aside / "ledger.db").read_bytes() == before
    assert contents.digests(standing) == contents.digests(file)

    real = shutil.copyfile

    def with_a_write_after_it(source: Path, target: Path) -> None:
        real(source, target)
        assert run_command(["staff", "add", "刚写的"]) == 0

    monkeypatch.setattr(shutil, "copyfile", with_a_write_after_it)
    with pytest.raises(Busy):
        restore(file, standing)
    assert "刚写的" in names(standing)


def test_the_second_name_that_a_killed_restore_left_is_taken_back(file: Path, standing: Path):
    broken_off = standing.with_name("ledger.db.before-restore-20260101T000000Z")
    broken_off.mkdir()
    os.link(standing, broken_off / "ledger.db")
    done = restore(file, standing)
    assert not broken_off.exists()
    assert done.aside is not None
    assert (done.aside / "ledger.db").stat().st_nlink == 1


def test_the_journal_of_a_damaged_ledger_outlives_a_killed_restore(
    file: Path, standing: Path, tmp_path: Path
):
    leave_hot_journal(standing, tmp_path)
    break_header(standing)
    broken_off = standing.with_name("ledger.db.before-restore-20260101T000000Z")
    broken_off.mkdir()
    os.link(standing, broken_off / "ledger.db")
    journal = Path(f"{standing}-journal").rename(broken_off / "ledger.db-journal")
    (broken_off / "ledger.db-shm").write_bytes(b"left behind")
    before = journal.read_bytes()
    restore(file, standing)
    assert [each.name for each in broken_off.iterdir()] == ["ledger.db-journal"]
    assert journal.read_bytes() == before


class MovingFailure:
    """In the first run the first file system call fails, in the next run the second call, and so on."""

    CALLS = ("link", "rename", "replace", "unlink", "mkdir", "fsync")

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls, self.fails_at = 0, 0
        for name in self.CALLS:
            monkeypatch.setattr(os, name, self._failing(getattr(os, name)))

    def _failing(self, real):
        def call(*args, **kwargs):
            self.calls += 1
            if self.calls == self.fails_at:
                raise OSError(5, "Input/output error")
            return real(*args, **kwargs)

        return call

    @contextmanager
    def at(self, fails_at: int) -> Iterator[None]:
        self.calls, self.fails_at = 0, fails_at
        try:
            yield
        finally:
            self.fails_at = 0


@pytest.mark.long
def test_whatever_call_fails_exactly_the_old_or_the_new_ledger_is_there(
    file: Path, standing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    Path(f"{standing}-shm").write_bytes(b"left behind")
    kept = shutil.copytree(standing.parent, tmp_path / "kept")
    old, new = standing.read_bytes(), contents.digests(file)
    disk = MovingFailure(monkeypatch)

    for fails_at in count(1):
        shutil.rmtree(standing.parent)
        shutil.copytree(kept, standing.parent)
        with suppress(OSError), disk.at(fails_at):
            restore(file, standing)
        if disk.calls < fails_at:
            break
        if standing.read_bytes() == old:
            assert not list(standing.parent.glob("*.before-restore-*"))
            assert Path(f"{standing}-shm").exists()
        else:
            assert contents.digests(standing) == new
            assert contents.report(standing).ok
        assert not list(standing.parent.glob(".*.part"))
    assert fails_at > 15
