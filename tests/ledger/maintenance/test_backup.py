"""A backup is a complete, verified copy; no other file ever has the name of a backup."""

import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from partyctl import __version__
from partyctl.cli.start.main import run as run_command
from partyctl.errors import (
    BadInput,
    Busy,
    CannotRead,
    MissingInput,
    Tampered,
    WrongVersion,
)
from partyctl.ledger.file import connecting
from partyctl.ledger.file.files import default_folder
from partyctl.ledger.file.locking import locked
from partyctl.ledger.file.opening import SCHEMA
from partyctl.ledger.maintenance import backup
from tests.support import ledger_contents as contents
from tests.support import tampering
from tests.support.waiting import PATIENCE, wait_until

PAGE = 4096
WRITERS, BACKUPS, MANY_BACKUPS = 3, 15, 100


@pytest.fixture
def populated(ledger: Path) -> Path:
    """A ledger with a few records and a journal."""
    return contents.small(ledger.parent)


@pytest.fixture
def large(ledger: Path) -> Path:
    """A ledger of schema 7 with many rows."""
    return contents.thawed(contents.HERE / "v0007.db", ledger.parent)


@pytest.fixture
def folder(populated: Path) -> Path:
    return default_folder(populated)


def change(path: Path, sql: str) -> None:
    """Change a ledger with SQL, as somebody with a SQLite shell could."""
    outside = sqlite3.connect(path)
    if sql.startswith("DELETE"):
        names = outside.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for (trigger,) in names:
            outside.execute(f"DROP TRIGGER {trigger}")
    outside.execute(sql)
    outside.commit()
    outside.close()


def damage(path: Path) -> None:
    """Overwrite a page in the middle of a file."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // PAGE // 2 * PAGE)
        file.write(b"\xff" * PAGE)


def claim_schema(path: Path, version: int) -> None:
    with path.open("r+b") as file:
        file.seek(60)
        file.write(version.to_bytes(4, "big"))


def test_a_backup_holds_every_row_and_its_manifest_says_what(populated: Path, folder: Path):
    made = backup.make(populated, folder, "manual")

    assert contents.whole(made.path) == contents.whole(populated)
    manifest = json.loads(backup.manifest_of(made.path).read_text("utf-8"))
    found = contents.report(populated)
    assert manifest["sha256"] == backup.digest_of(made.path)
    assert (manifest["ledger"], manifest["head"]) == (found.ledger, found.head)
    assert manifest["rows"] == contents.rows(populated)
    assert (manifest["schema"], manifest["reason"]) == (SCHEMA, "manual")
    assert (manifest["size"], manifest["partyctl"]) == (made.path.stat().st_size, __version__)
    assert manifest["sqlite"] == sqlite3.sqlite_version
    assert backup.listing(folder) == [made]


def test_its_name_says_when_which_schema_and_which_head(populated: Path, folder: Path):
    made = backup.make(populated, folder, "manual")

    head = made.head.partition("-")[2] if made.head else ""
    moment = made.made_at.strftime("%Y%m%dT%H%M%SZ")
    assert made.path.name == f"ledger-{moment}-u{SCHEMA}-{head[:8]}.db"
    assert abs((datetime.now(UTC) - made.made_at).total_seconds()) < 60


def test_backups_are_for_their_owner_alone_whatever_the_umask(populated: Path, tmp_path: Path):
    folder = tmp_path / "一" / "二"
    before = os.umask(0)
    try:
        made = backup.make(populated, folder, "manual")
    finally:
        os.umask(before)

    for each in (made.path, backup.manifest_of(made.path)):
        assert stat.S_IMODE(each.stat().st_mode) == 0o600
    for each in (folder, folder.parent):
        assert stat.S_IMODE(each.stat().st_mode) == 0o700


def test_backups_of_one_second_stand_side_by_side(
    populated: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2026, 3, 5, 8, 0, 0, tzinfo=tz)

    monkeypatch.setattr(backup, "datetime", Clock)

    made = [backup.make(populated, folder, "manual") for _ in range(3)]

    first, *others = [each.path.name for each in made]
    assert others == [first.replace(".db", "-2.db"), first.replace(".db", "-3.db")]
    assert len(contents.tree(folder)) == 6
    assert [backup.check(each.path).ok for each in made] == [True] * 3


def test_the_newest_is_listed_first_and_strangers_not_at_all(populated: Path, folder: Path):
    made = [backup.make(populated, folder, "manual") for _ in range(3)]
    backup.manifest_of(made[0].path).unlink()
    backup.manifest_of(made[1].path).write_text("{", "utf-8")
    (folder / "ledger.db").write_bytes(b"x")
    (folder / "ledger-20260305T080000Z-u2-zzzzzzzz.db").write_bytes(b"x")
    (folder / "ledger-20260305T080000Z-u2-00000000.db").symlink_to(made[0].path)

    found = backup.listing(folder)

    assert found[0] == made[2]
    assert {each.path for each in found} == {each.path for each in made}
    assert [each.sha256 for each in found[1:]] == [None, None]
    assert [each.schema for each in found] == [SCHEMA] * 3
    assert backup.listing(folder / "none") == []


SPOILED = {
    "a row that was changed": ("UPDATE staff SET name = '改' WHERE id = 1", Tampered),
    "a row that was added": ("INSERT INTO staff (recorded_at, name) VALUES ('x', '添')", Tampered),
    "an entry that was changed": ("UPDATE journal_detail SET detail = '{}'", Tampered),
    "the end of the journal": ("DELETE FROM journal_entry WHERE seq = 9", Tampered),
    "a row without its parent": ("DELETE FROM cell", Tampered),
    "a header that lies": ("PRAGMA user_version = 9", Tampered),
}


@pytest.mark.parametrize("what", SPOILED)
def test_what_does_not_verify_gives_no_backup(what: str, populated: Path, folder: Path):
    sql, error = SPOILED[what]
    change(populated, "DROP TRIGGER fix_journal_detail")
    change(populated, sql)

    with pytest.raises(error) as refused:
        backup.make(populated, folder, "manual")

    assert str(populated) in refused.value.sentence
    assert contents.tree(folder) == {}


def test_a_damaged_ledger_gives_no_backup(populated: Path, folder: Path):
    damage(populated)
    with pytest.raises(CannotRead):
        backup.make(populated, folder, "manual")
    assert contents.tree(folder) == {}


def test_a_newer_ledger_gives_no_backup_that_we_cannot_verify(populated: Path, folder: Path):
    claim_schema(populated, 99)
    before = populated.read_bytes()
    with pytest.raises(WrongVersion):
        backup.make(populated, folder, "manual")
    assert populated.read_bytes() == before
    assert not folder.exists()


def test_a_file_where_the_folder_should_be_is_left_alone(populated: Path, tmp_path: Path):
    (tmp_path / "backups").write_text("mine")
    with pytest.raises(NotADirectoryError):
        backup.make(populated, tmp_path / "backups", "manual")
    assert (tmp_path / "backups").read_text() == "mine"


@pytest.fixture
def made(populated: Path, folder: Path) -> backup.Backup:
    return backup.make(populated, folder, "manual")


def test_a_backup_that_was_left_alone_is_whole(made: backup.Backup):
    assert backup.check(made.path).head == made.head


def test_a_backup_without_its_manifest_is_checked_as_far_as_it_goes(made: backup.Backup):
    backup.manifest_of(made.path).unlink()
    assert backup.check(made.path).head == made.head
    change(made.path, "UPDATE staff SET name = '改' WHERE id = 1")
    with pytest.raises(Tampered):
        backup.check(made.path)


@pytest.mark.parametrize("place", [0, 20, 30, 100, 5000, -1])
def test_one_changed_byte_of_a_backup_shows(place: int, made: backup.Backup):
    content = bytearray(made.path.read_bytes())
    content[place] ^= 1
    made.path.write_bytes(content)
    with pytest.raises(CannotRead):
        backup.check(made.path)


def test_a_backup_cut_short_shows(made: backup.Backup):
    os.truncate(made.path, made.size // 2)
    with pytest.raises(CannotRead):
        backup.check(made.path)
    backup.manifest_of(made.path).unlink()
    with pytest.raises(BadInput):
        backup.check(made.path)


def test_a_manifest_that_was_rewritten_shows(made: backup.Backup):
    manifest = backup.manifest_of(made.path)
    said = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps(said | {"head": "9-0123456789abcdef"}), "utf-8")
    with pytest.raises(Tampered):
        backup.check(made.path)
    manifest.write_text("[]", "utf-8")
    with pytest.raises(CannotRead):
        backup.check(made.path)


@pytest.mark.parametrize("ending", ["-journal", "-wal"])
def test_what_lies_beside_a_backup_is_not_read_into_it(ending: str, made: backup.Backup):
    Path(f"{made.path}{ending}").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))
    before = made.path.read_bytes()
    with pytest.raises(BadInput):
        backup.check(made.path)
    assert made.path.read_bytes() == before


def test_what_is_no_backup_is_told_apart(made: backup.Backup, tmp_path: Path):
    with pytest.raises(MissingInput):
        backup.check(tmp_path / "none.db")
    with pytest.raises(BadInput):
        backup.check(tmp_path)
    (tmp_path / "empty.db").touch()
    with pytest.raises(BadInput):
        backup.check(tmp_path / "empty.db")
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t (x)").connection.close()
    with pytest.raises(BadInput):
        backup.check(tmp_path / "other.db")
    backup.manifest_of(made.path).unlink()
    claim_schema(made.path, 99)
    with pytest.raises(WrongVersion):
        backup.check(made.path)


def test_the_ledger_may_be_on_a_medium_that_cannot_be_written(
    populated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """File modes do not restrict root, so the operating system's error is simulated."""
    real = os.open

    def read_only(path, flags, *args, **kwargs):
        if Path(path).parent == populated.parent and flags & os.O_CREAT:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, flags, *args, **kwargs)

    monkeypatch.setattr(os, "open", read_only)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with locked(populated):
        made = backup.make(populated, tmp_path / "elsewhere", "manual")
    assert backup.check(made.path).ok
    with pytest.raises(PermissionError):
        backup.make(populated, populated.parent, "manual")


def test_a_full_disk_leaves_nothing_behind(
    populated: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(backup, "sync", full)
    with pytest.raises(OSError, match="No space"):
        backup.make(populated, folder, "manual")
    assert contents.tree(folder) == {}


LOCK_HOLDER = """
import sys
from pathlib import Path
from partyctl.ledger.file.locking import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_lock_keeps_others_out_and_dies_with_its_process(populated: Path):
    holder = subprocess.Popen(
        [sys.executable, "-c", LOCK_HOLDER, str(populated)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "sleep", lambda seconds: pytest.fail(f"it waits {seconds} s"))
        with pytest.raises(Busy, match=str(holder.pid)), locked(populated):
            pass

    holder.send_signal(signal.SIGKILL)
    holder.communicate(timeout=PATIENCE)

    with locked(populated):
        assert stat.S_IMODE(Path(f"{populated}.lock").stat().st_mode) == 0o600
        with pytest.raises(Busy), locked(populated):
            pass
    with locked(populated):
        pass


WRITER = """
import sys
from partyctl.cli.start.main import run
from partyctl.ledger.file import connecting
connecting.BUSY_SECONDS = 600  # as PATIENCE
n = 0
while True:
    n += 1
    code = run(["staff", "add", f"干部{sys.argv[1]}之{n}"])
    if code:
        sys.exit(code)
"""


@contextmanager
def writers() -> Iterator[None]:
    processes = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(number)], stdout=subprocess.DEVNULL)
        for number in range(WRITERS)
    ]
    try:
        yield
        assert [process.poll() for process in processes] == [None] * WRITERS
    finally:
        for process in processes:
            process.kill()
            process.wait()


@pytest.mark.hard
@pytest.mark.parametrize(
    "how_many", [BACKUPS, pytest.param(MANY_BACKUPS, marks=pytest.mark.slow)], ids=str
)
def test_backups_under_load_are_of_one_moment(
    how_many: int, populated: Path, folder: Path, tmp_path: Path
):
    """R-20: a backup, and a ledger restored from it, equal the ledger at the time of the backup."""
    seen = []
    with writers():
        wait_until(lambda: contents.rows(populated)["staff"] >= WRITERS, "all of them write")
        for _ in range(how_many):
            made = backup.make(populated, folder, "manual")
            assert backup.check(made.path).ok
            shutil.copy(
                made.path, tmp_path / f"{len(seen)}.db"
            )  # copied, because the rotation removes older backups
            seen.append(held(tmp_path / f"{len(seen)}.db"))
    assert seen == sorted(seen)
    assert seen[-1] > seen[0]
    for number, moment in enumerate(seen):
        copy, restored = tmp_path / f"{number}.db", tmp_path / f"back-{number}" / "ledger.db"
        assert contents.whole(copy) == as_it_was(populated, moment)
        assert run_command(["--ledger", str(restored), "restore", str(copy)]) == 0
        assert as_it_was(restored, moment) == contents.whole(copy)


def held(path: Path) -> tuple[int, int]:
    """The state of a growing ledger: the numbers of its newest entry and its newest person."""
    with contents.opened(path) as ledger:
        (entry,) = ledger.execute("SELECT max(seq) FROM journal_entry").fetchone()
        (person,) = ledger.execute("SELECT max(id) FROM staff").fetchone()
    return entry, person


def as_it_was(path: Path, moment: tuple[int, int]) -> dict[str, str]:
    """The digests that a ledger had at an earlier moment.

    For this, the people and journal entries that were added later are deleted from a copy. That is
    enough, because the writers of this test add nothing else.
    """
    entry, person = moment
    later = {
        "journal_entry": f"seq > {entry}",
        "journal_detail": f"seq > {entry}",
        "staff": f"id > {person}",
    }
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(path, folder))
        tampering.tamper(
            copy,
            tampering.statements(
                *(f"DELETE FROM {name} WHERE {each}" for name, each in later.items())
            ),
        )
        return contents.whole(copy)


def half_write(ledger: Path) -> sqlite3.Connection:
    """A writer in a large transaction; some of its pages are in the file already."""
    writer = sqlite3.connect(ledger, isolation_level=None)
    writer.execute("PRAGMA cache_size = 1")
    writer.execute("PRAGMA cache_spill = 1")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE member SET name = name || '改'")
    for number in range(1000):
        writer.execute("INSERT INTO staff (recorded_at, name) VALUES ('x', ?)", (f"{number}" * 50,))
    return writer


def test_a_plain_copy_that_we_do_not_make_is_broken(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A plain `cp` during a write gives a broken copy.

    partyctl's backup waits for the writer, then gives up with exit code 75.
    """
    folder = default_folder(large)
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.2)
    writer = half_write(large)
    try:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            backup.make(large, folder, "manual")
        assert contents.tree(folder) == {}
        shutil.copyfile(large, tmp_path / "copy.db")
    finally:
        writer.execute("ROLLBACK")
        writer.close()

    with pytest.raises((Tampered, CannotRead)):
        backup.verified(tmp_path / "copy.db", "the copy")
    assert backup.check(backup.make(large, folder, "manual").path).ok


def test_a_ledger_whose_writer_was_killed_is_backed_up_as_it_was(large: Path, tmp_path: Path):
    folder = default_folder(large)
    before = contents.whole(large)
    writer = half_write(large)
    for each in (large, Path(f"{large}-journal")):
        shutil.copyfile(each, tmp_path / each.name)
    writer.execute("ROLLBACK")
    writer.close()
    for each in (large, Path(f"{large}-journal")):
        shutil.copyfile(tmp_path / each.name, each)

    made = backup.make(large, folder, "manual")

    assert contents.whole(made.path) == before
