"""The rows are checked once for each state of the file, so any change to the file causes a new check."""

import os
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from partyctl.cli.start import kept, main
from partyctl.errors import Tampered
from partyctl.ledger.file import untouched
from partyctl.ledger.file.comparison import compared
from partyctl.ledger.file.opening import open_for_reading
from partyctl.ledger.tables.people import Staff
from partyctl.ledger.writing.session import open_for_writing
from tests.conftest import Run
from tests.support.tampering import statements, tamper

STRANGE = "UPDATE meeting SET held_on = '2026-13-13' WHERE id = 2"
STAFF = "staff add 郑十"


@pytest.fixture(autouse=True)
def asked(ours: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list with one element for each check of the rows."""
    told: list[str] = []
    require_kept = compared.require_kept

    def counted(ledger: sqlite3.Connection) -> None:
        told.append("compared")
        require_kept(ledger)

    monkeypatch.setenv("PARTYCTL_LEDGER", str(ours))
    monkeypatch.setattr(compared, "require_kept", counted)
    return told


def ask(ledger: Path) -> None:
    with open_for_reading(ledger):
        pass


def settle() -> None:
    """Wait until the file's times are clearly in the past.

    As long as these times are recent, no command records that it has checked the rows.
    """
    time.sleep(2 * untouched.LONGEST_TICK)


def compare(ledger: Path, asked: list[str]) -> None:
    """Let a command check the rows and record this check; the next command then checks no rows."""
    settle()
    ask(ledger)
    asked.clear()
    ask(ledger)
    assert asked == []


def write(line: str = STAFF) -> None:
    assert main.run(line.split()) == 0


def put_bytes(ledger: Path) -> None:
    """Change one day in the bytes of the file; its size, header and modification time stay the same."""
    before = ledger.stat()
    content = ledger.read_bytes()
    assert b"2026-01-13" in content
    with ledger.open("r+b") as file:
        file.write(content.replace(b"2026-01-13", b"2026-13-13"))
    os.utime(ledger, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert ledger.stat().st_mtime_ns == before.st_mtime_ns
    assert ledger.stat().st_size == before.st_size


def by_sqlite(ledger: Path) -> None:
    tamper(ledger, statements(STRANGE))


def copied_over(ledger: Path) -> None:
    copy = Path(shutil.copy2(ledger, ledger.with_name("copy.db")))
    by_sqlite(copy)
    shutil.copyfile(copy, ledger)
    shutil.copystat(copy, ledger)


def moved_over(ledger: Path) -> None:
    copy = Path(shutil.copy2(ledger, ledger.with_name("copy.db")))
    put_bytes(copy)
    copy.replace(ledger)


@pytest.mark.parametrize("change", [by_sqlite, put_bytes, copied_over, moved_over])
def test_a_change_past_the_program_is_found(
    change: Callable[[Path], None], ours: Path, asked: list[str], run: Run
):
    compare(ours, asked)
    change(ours)
    for line in ("check --as-of 2026-03-01", "status", "meeting list --json"):
        refused = run(f"--ledger '{ours}' {line}", code=76)
        assert "meeting 2" in refused.err
        assert refused.out == ""
    assert len(asked) == 3


def test_it_is_the_note_that_finds_it(ours: Path, asked: list[str], monkeypatch):
    """If partyctl treated every file as unchanged, it would use the invalid row without a check."""
    monkeypatch.setattr(untouched, "look", lambda _: "as ever")
    monkeypatch.setattr(untouched, "place_and_times", lambda _: "as")
    compare(ours, asked)
    by_sqlite(ours)
    ask(ours)
    assert asked == []


def test_a_write_carries_the_note_over(ours: Path, asked: list[str]):
    compare(ours, asked)
    write()
    write("undo")
    ask(ours)
    assert asked == []
    by_sqlite(ours)
    with pytest.raises(Tampered):
        ask(ours)


def test_so_does_a_stored_answer(ours: Path, asked: list[str]):
    compare(ours, asked)
    write()
    before = ours.read_bytes()
    assert main.answered(["check"], kept.question(["check"])) in (0, 3)
    assert ours.read_bytes() != before
    ask(ours)
    assert asked == []


@pytest.mark.parametrize("change", [by_sqlite, put_bytes])
def test_a_write_to_a_file_that_was_not_compared_notes_nothing(
    change: Callable[[Path], None], ours: Path, asked: list[str]
):
    compare(ours, asked)
    change(ours)
    write()
    with pytest.raises(Tampered, match="meeting 2"):
        ask(ours)


@pytest.mark.parametrize("line", ["check", STAFF])
def test_nor_does_a_question_that_refused(line: str, ours: Path, asked: list[str], run: Run):
    by_sqlite(ours)
    settle()
    run(f"--ledger '{ours}' check", code=76)
    main.run(line.split())
    settle()
    run(f"--ledger '{ours}' check", code=76)


def test_bytes_that_change_during_a_write_are_found(ours: Path, asked: list[str]):
    compare(ours, asked)
    with open_for_writing(ours, "staff add") as session:
        put_bytes(ours)
        session.add(Staff.model_validate({"name": "郑十"}))
    with pytest.raises(Tampered, match="meeting 2"):
        ask(ours)


def test_a_transaction_right_after_ours_is_found(ours: Path, asked: list[str], monkeypatch):
    """Another program writes after our commit, and before we note the state of the file.

    The counter in the file's header then shows two transactions instead of one.
    """
    compare(ours, asked)
    settled_at = untouched.settled_at

    def meanwhile(path: str) -> str | None:
        by_sqlite(Path(path))
        return settled_at(path)

    monkeypatch.setattr(untouched, "settled_at", meanwhile)
    write()
    with pytest.raises(Tampered, match="meeting 2"):
        ask(ours)


def test_a_change_while_the_file_is_opened_is_found(ours: Path, asked: list[str], monkeypatch):
    compare(ours, asked)
    look = compared.Look(ours)
    by_sqlite(ours)
    monkeypatch.setattr("partyctl.ledger.file.opening.Look", lambda _: look)
    with pytest.raises(Tampered, match="meeting 2"):
        ask(ours)


def test_what_was_compared_while_the_file_changed_is_not_noted(
    ours: Path, asked: list[str], monkeypatch
):
    settle()
    look = compared.Look(ours)
    with closing(sqlite3.connect(ours)) as other, other:
        other.execute("UPDATE member SET name = '赵甲' WHERE id = 1")
    with monkeypatch.context() as patch:
        patch.setattr("partyctl.ledger.file.opening.Look", lambda _: look)
        ask(ours)
    assert asked == ["compared"]
    ask(ours)
    assert asked == ["compared", "compared"]


def test_while_somebody_writes_it_is_compared(ours: Path, asked: list[str]):
    compare(ours, asked)
    with closing(sqlite3.connect(ours, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE member SET name = '赵甲' WHERE id = 1")
        ask(ours)
        other.execute("ROLLBACK")
    assert asked == ["compared"]


def test_a_ledger_in_wal_is_compared_each_time(ours: Path):
    """In WAL mode, changes are in a second file beside the ledger."""
    with closing(sqlite3.connect(ours)) as opened:
        opened.execute("PRAGMA journal_mode = WAL")
    assert compared.Look(ours).seen is None
    ours.with_name(f"{ours.name}-wal").touch()
    assert compared.Look(ours).seen is None


def test_a_state_of_the_present_moment_is_not_noted(ours: Path, asked: list[str], monkeypatch):
    """A check is not recorded if the file changed within the present tick of the clock.

    A second change within this tick (the clock's smallest step) would not alter the file's times.
    """
    now = max(ours.stat().st_mtime_ns, ours.stat().st_ctime_ns)
    with monkeypatch.context() as patch:
        patch.setattr(untouched, "now", lambda: now)
        ask(ours)
        ask(ours)
        write()
        ask(ours)
    assert len(asked) == 3


def test_times_in_whole_hundredths_show_too_little():
    """If a file's time is in whole hundredths of a second, its file system perhaps rounds times.

    FAT rounds times to two seconds. So the check of such a file is not recorded.
    """
    now = time.time_ns()
    for ns, is_past in ((now - 10**10, True), (now + 10**10, False), (10**18, False)):
        ns += 1 if is_past and ns % untouched.COARSE == 0 else 0
        status = SimpleNamespace(st_mtime_ns=ns, st_ctime_ns=ns)
        assert untouched.is_past(status) is is_past  # type: ignore[arg-type]  # only its times


def test_nothing_is_noted_where_locks_are_optional(
    ours: Path, asked: list[str], monkeypatch, state
):
    monkeypatch.setenv(compared.OPTIONAL_LOCKS, "0")
    settle()
    ask(ours)
    ask(ours)
    assert len(asked) == 2
    assert not state.exists()


def test_nothing_is_noted_where_nothing_can_be_written(ours: Path, asked: list[str], state: Path):
    state.write_text("a file in place of the folder")
    settle()
    ask(ours)
    ask(ours)
    assert len(asked) == 2


def test_the_note_is_private(ours: Path, asked: list[str]):
    compare(ours, asked)
    note = Path(untouched.note_of(str(ours), untouched.COMPARED))
    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    assert stat.S_IMODE(note.parent.stat().st_mode) == 0o700
    note.chmod(0o666)
    ask(ours)
    assert asked == ["compared"]


def test_other_questions_to_the_rows_compare_again(
    ours: Path, asked: list[str], monkeypatch, tmp_path
):
    compare(ours, asked)
    monkeypatch.setattr(compared, "QUESTIONS", tmp_path / "table_checks.sql")
    (tmp_path / "table_checks.sql").touch()
    ask(ours)
    assert asked == ["compared"]


def test_the_schema_is_compared_with_the_rows(ours: Path, asked: list[str]):
    """A new view changes the file, so the note about the file is no longer valid."""
    compare(ours, asked)
    with closing(sqlite3.connect(ours)) as opened, opened:
        opened.execute("CREATE VIEW one_more AS SELECT 1")
    with pytest.raises(Tampered, match="one_more"):
        ask(ours)
    assert asked == []


def test_a_backup_and_a_restored_ledger_are_compared(ours: Path, asked: list[str], tmp_path: Path):
    compare(ours, asked)
    write(f"backup make {tmp_path / 'kept'}")
    (backup,) = (tmp_path / "kept").glob("*.db")
    write(f"restore {backup}")
    asked.clear()
    ask(ours)
    assert asked == ["compared"]
