"""A failed command is not in the journal and leaves no partial file."""

import resource
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.ledger.file import connecting
from partyctl.ledger.maintenance import conversion
from tests.conftest import Run, write_ledger

pytest.importorskip("sqlcipher3.dbapi2")

FILLED = """
    init --organ 市某局党组 --branch 机关支部 --since 2026-01-01
    member add 张三 --joined 2010-07-01 --post branch-secretary
    meeting add study --on 2026-01-13 --chair 张三 --minutes @{scan}
    disclosure add briefing --title 一季度通报 --scope internal
    disclosure publish 1 --by board --on 2026-03-02
    opinion add 收费不公开 --received 2026-03-02 --class individual --from 何群众
    warning issue 张三 --level inquiry --category 4 --facts 越权审批 --on 2026-03-02
"""

FILES = (
    "warning letter 1 -o {file}.docx",
    "disclosure briefing 2026-Q1 -o {file}.docx",
    "opinion register -o {file}.docx",
    "member list -o {file}.xlsx",
    "member list -o {file}.csv",
    "meeting list -o {file}.html",
    "meeting show 1 --minutes-to {file}.pdf",
    "paper meeting-record 1 -o {file}.docx",
    "report month 2026-03 -o {file}.html",
    "member sheet -o {file}.xlsx",
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    scan = folder / "scan.pdf"
    scan.write_bytes(bytes(range(256)) * 40)
    return write_ledger(folder / "ledger.db", FILLED.format(scan=scan))


@pytest.fixture
def office(filled: Path, ledger: Path, run: Run) -> Run:
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(filled, ledger)
    return run


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.1)


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """Prevent every file from growing beyond this many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    writes_bytecode, sys.dont_write_bytecode = (
        sys.dont_write_bytecode,
        True,
    )  # the limit would make Python write incomplete .pyc files
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        sys.dont_write_bytecode = writes_bytecode


def entries(run: Run) -> list[str]:
    return [each["command"] for each in run("journal list --all --json").json]


@pytest.mark.parametrize("line", FILES)
def test_a_full_disk_leaves_no_half_of_a_file(line: str, office: Run, tmp_path: Path):
    folder = tmp_path / "out"
    folder.mkdir()
    before = entries(office)
    with full_disk(50):
        assert "没有写入" in office(line.format(file=folder / "x"), code=73).err
    assert list(folder.iterdir()) == []
    assert entries(office) == before
    office(line.format(file=folder / "x"))
    (written,) = folder.iterdir()
    assert written.stat().st_size > 50
    assert written.stat().st_mode & 0o777 == 0o600


def test_a_backup_that_the_disk_has_no_room_for_leaves_nothing(
    office: Run, ledger: Path, tmp_path: Path
):
    before, folder = entries(office), tmp_path / "kept"
    with full_disk(len(ledger.read_bytes()) // 2):
        assert run_command(["backup", "make", str(folder)]) in (
            73,
            74,
        )  # at the limit, a write fails with EFBIG; SQLite reports EFBIG as a failing disk (74)
    assert [each for each in folder.rglob("*") if each.suffix in (".db", ".json", ".part")] == []
    assert entries(office) == before
    office(f"backup make {folder}")


def test_a_file_that_is_to_be_replaced_stays_whole(office: Run, tmp_path: Path):
    file = tmp_path / "x.docx"
    file.write_bytes(b"as it was")
    with full_disk(50):
        assert "没有写入" in office(f"warning letter 1 -o {file} --replace", code=73).err
    assert file.read_bytes() == b"as it was"
    assert list(tmp_path.glob(".partyctl*")) == []


def test_a_letter_that_the_journal_cannot_keep_is_not_written(
    office: Run, ledger: Path, tmp_path: Path
):
    with closing(sqlite3.connect(ledger, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "另一个进程正在写入" in office(f"warning letter 1 -o {tmp_path}/x.docx", code=75).err
        other.execute("ROLLBACK")
    assert list(tmp_path.glob("*.docx")) == []
    assert list(tmp_path.glob(".partyctl*")) == []
    assert "warning letter" not in entries(office)


def test_a_letter_that_has_no_place_is_not_in_the_journal(office: Run, tmp_path: Path):
    assert "不能创建" in office(f"warning letter 1 -o {tmp_path}/nowhere/x.docx", code=73).err
    assert "warning letter" not in entries(office)


def broken(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.long
@pytest.mark.parametrize("step", ["_copy", "_compare", "_enter", "sync"])
def test_an_encryption_that_failed_is_not_in_the_journal(
    step: str, office: Run, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    before, bytes_before = entries(office), ledger.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(conversion, step, broken)
        assert "没有写入" in office(f"encrypt --key-file {tmp_path}/key", code=73).err
    assert entries(office) == before
    assert ledger.read_bytes() == bytes_before
    office(f"encrypt --key-file {tmp_path}/key")
    assert entries(office)[-1] == "encrypt"
    office("journal verify")
    with monkeypatch.context() as patch:
        patch.setattr(conversion, step, broken)
        assert "没有写入" in office(f"rekey --key-file {tmp_path}/second", code=73).err
        assert "没有写入" in office("decrypt --reason 换机", code=73).err
    assert entries(office)[-1] == "encrypt"
    office(f"rekey --key-file {tmp_path}/second")
    office("decrypt --reason 换机")
    assert entries(office)[-2:] == ["rekey", "decrypt"]
    office("journal verify")


def test_a_copy_that_cannot_be_written_changes_nothing(office: Run, ledger: Path, tmp_path: Path):
    before = ledger.read_bytes()
    with full_disk(len(before) // 2):
        assert (
            "不能复制台账" in office(f"encrypt --key-file {tmp_path}/key", code=74).err
        )  # at the limit, a write fails with EFBIG; SQLite reports EFBIG as a failing disk (74)
    assert ledger.read_bytes() == before
    assert [each.name for each in ledger.parent.iterdir() if "part" in each.name] == []
