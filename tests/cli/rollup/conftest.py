"""Fixtures: a ledger with 32 members, a letter of inquiry and an opinion; a hub of two branches."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Run, write_ledger
from tests.support.branch_of_32 import write_branch

MORE = """
    warning issue 周海燕 --level inquiry --category 4 --facts 越权审批事项 --on 2026-03-02
    opinion add 收费不公开 --received 2026-03-02 --class individual --from 何群众
    member edit 周海燕 --phone 13912345678 --id-number 11010519491231002X
"""
MONTH = "--month 2026-03"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_ledger(write_branch(tmp_path_factory.mktemp("branch") / "ledger.db"), MORE)


@pytest.fixture
def office(written: Path, ledger: Path, run: Run, tmp_path: Path, monkeypatch) -> Run:
    """The ledger of a branch of 32 members, and an empty folder to work in."""
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(written, ledger)
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    return run


@pytest.fixture
def number(ledger: Path, office: Run) -> str:
    with sqlite3.connect(ledger) as opened:
        return opened.execute("SELECT substr(hash, 1, 16) FROM journal_entry").fetchone()[0]


@pytest.fixture
def hub(office: Run, number: str) -> Run:
    """A hub at which two branches are enrolled: this branch, and one without a ledger."""
    office("rollup init hub --organ 机关工委")
    office(f"rollup enrol 001 机关支部 --ledger {number} --hub hub")
    office("rollup enrol 002 第二支部 --ledger 0123456789abcdef --hub hub")
    return office


def sent(office: Run, more: str = "", name: str = "sent.partyctl.gz") -> bytes:
    office(f"rollup extract {MONTH} -o {name} --replace {more}")
    return Path(name).read_bytes()
