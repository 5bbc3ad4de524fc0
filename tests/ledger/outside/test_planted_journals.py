"""A journal planted beside a ledger cannot make SQLite delete files of the person who reads the ledger."""

import os
import shutil
from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.ledger.file import keys, markers
from tests.support.outside import planted_journal

READING = (
    "status",
    "check --month 2026-03",
    "member list",
    "journal verify",
    "doctor",
    "staff add 赵六",
    "backup make {folder}/kept",
    "restore {foreign} --dry-run",
    "restore {foreign}",
    "backup verify {foreign}",
)


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A file of the reader that SQLite must not delete."""
    path = tmp_path / "thesis.docx"
    path.write_bytes(b"three years of work")
    return path


@pytest.fixture
def foreign(plain: Path, victim: Path, tmp_path: Path) -> Path:
    """A ledger from elsewhere, which is a copy of the reader's own ledger.

    A planted journal is beside this ledger, and another one is beside the reader's own ledger.
    """
    folder = tmp_path / "from elsewhere"
    folder.mkdir()
    path = Path(shutil.copy(plain, folder / "ledger.db"))
    for number, each in enumerate((path, plain)):
        planted_journal.plant(each, victim, tmp_path / f"half {number}")
    return path


def test_a_look_of_sqlites_own_deletes_the_readers_file(foreign: Path, victim: Path):
    """Without partyctl's checks, SQLite deletes the file that the planted journal names."""
    planted_journal.look(foreign)
    assert not victim.exists()


@pytest.mark.parametrize("line", READING)
def test_a_planted_journal_deletes_nothing(
    line: str, foreign: Path, victim: Path, tmp_path: Path, run
):
    said = run(line.format(foreign=f"'{foreign}'", folder=f"'{tmp_path}'"), code=65)
    assert victim.exists()
    assert "ledger.db-journal" in said.err + said.out


def test_the_command_that_is_named_puts_it_right(foreign: Path, plain: Path, victim: Path, run):
    told = run("status", code=65).err.partition("→ ")[2]
    assert os.system(told) == 0
    assert (
        "核对没有通过" in run("journal verify", code=76).err
    )  # an interrupted write is still in the ledger; only the real journal could undo the write
    assert victim.exists()


def test_an_encrypted_ledger_is_no_better(encrypted, victim: Path, tmp_path: Path, run):
    """An encrypted ledger with a planted journal is refused, as a plain ledger is.

    The SQLite in SQLCipher is newer and does not delete such files, but a later version could
    delete them again.
    """
    key = keys.find(markers.present(encrypted.ledger)).spec
    planted_journal.plant(encrypted.ledger, victim, tmp_path / "half", key)
    for line in ("status", f"rekey --key-file '{tmp_path}/new'", "decrypt --reason 换机"):
        assert "打开台账会使 SQLite 删除别的文件" in run(line, code=65).err
        assert victim.exists()


@pytest.mark.parametrize("kind", ["fifo", "link", "folder"])
def test_a_journal_that_is_no_file_is_refused_at_once(kind: str, plain: Path, run):
    journal = Path(f"{plain}-journal")
    if kind == "fifo":
        os.mkfifo(journal)
    elif kind == "link":
        journal.symlink_to(plain.parent / "elsewhere")
        (plain.parent / "elsewhere").write_bytes(b"x" * 1024)
    else:
        journal.mkdir()
    assert "打开台账会使 SQLite 删除别的文件" in run("status", code=65).err


def test_a_journal_of_our_own_is_rolled_back(plain: Path, tmp_path: Path, run):
    planted_journal.leave_hot_journal(plain, tmp_path / "half", None)
    run("journal verify")
    assert run_command(["--ledger", str(plain), "staff", "add", "赵六"]) == 0
