"""Nothing is written to a ledger with two file names.

An interrupted write leaves a journal that is named after one of the two names, so SQLite finds the
journal only if it opens the ledger by this name.
"""

import os
import shutil
from pathlib import Path

import pytest

from partyctl.ledger.file.files import draft_of

WRITES = ("staff add 赵六", "undo", "remind --as-of 2026-03-02", "encrypt --key-file {folder}/key")


@pytest.fixture
def other(plain: Path, tmp_path: Path) -> Path:
    """A hard link to the ledger, as some synchronisation and backup programs create it."""
    path = tmp_path / "elsewhere.db"
    os.link(plain, path)
    return path


@pytest.mark.parametrize("line", WRITES)
def test_it_is_not_written_to(line: str, plain: Path, other: Path, tmp_path: Path, run):
    before = other.read_bytes()
    said = run(line.format(folder=f"'{tmp_path}'"), code=77).err
    assert "硬链接" in said
    assert "会丢失记录。没有写入。" in said
    assert other.read_bytes() == before
    run("check --month 2026-03", code=3)
    run("member list")
    run("journal verify")


@pytest.mark.dated
def test_doctor_names_it_and_the_command_puts_it_right(plain: Path, other: Path, run):
    told = run("doctor", code=77).out
    assert "硬链接" in told
    assert "没有写入" not in told
    told = run("staff add 赵六", code=77).err.partition("→ ")[2]
    assert os.system(told) == 0
    run("staff add 赵六")
    run("journal verify")
    assert other.exists()


@pytest.mark.parametrize("how", ["init", "restore"])
def test_a_second_name_that_a_killed_command_of_ours_gave_is_taken_back(how: str, plain: Path, run):
    if how == "init":
        second = draft_of(plain)
    else:
        folder = plain.with_name(f"{plain.name}.before-restore-20260101T000000Z")
        folder.mkdir(mode=0o700)
        second = folder / plain.name
    os.link(plain, second)
    run("staff add 赵六")
    assert not second.exists()
    assert plain.stat().st_nlink == 1
    run("journal verify")


def test_the_folder_of_a_restore_that_was_finished_stays(plain: Path, tmp_path: Path, run):
    copy = shutil.copy(plain, tmp_path / "copy.db")
    run(f"restore '{copy}'")
    run("staff add 赵六")
    (kept,) = plain.parent.glob("*.before-restore-*/ledger.db")
    assert kept.stat().st_nlink == 1
