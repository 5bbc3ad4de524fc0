"""The content of a ledger file, for tests: its rows, their digests, the findings of `journal verify`."""

import hashlib
import os
import shutil
import tempfile
from atexit import register
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

from partyctl.cli.start.main import run as run_command
from partyctl.errors import MissingInput
from partyctl.ledger.file.connecting import Connection, connect
from partyctl.ledger.journal import heads
from partyctl.ledger.journal.read_chain import Report
from partyctl.ledger.journal.verification import verify
from partyctl.ledger.maintenance import backup

HERE = Path(__file__).parents[1] / "ledgers"
FROZEN = sorted(HERE.glob("v*.db"))
JOURNAL = ("journal_entry", "journal_detail", "alembic_version")

SMALL = """
    init --organ 市某局党组 --branch 机关支部 --since 2026-01-01 --cell 第一小组
    member add 张三 --joined 2010-07-01 --post branch-secretary --cell 第一小组
    staff add 赵六
    meeting add members --on 2026-01-12 --chair 张三 --notified 2026-01-08
    meeting edit 1 --on 2026-01-13
    dues pay 张三 --month 2026-01 --amount 10 --on 2026-01-20
    dues void 1 --reason 记错
"""

Columns = dict[str, list[str]]


def thawed(frozen: Path, folder: Path) -> Path:
    """A copy of a frozen ledger, which a test may change."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "ledger.db"
    shutil.copyfile(frozen, path)
    path.chmod(0o600)
    return path


def small(folder: Path) -> Path:
    """A ledger of the newest schema with a few records, written by the program."""
    return thawed(_small(), folder)


@cache
def _small() -> Path:
    folder = Path(tempfile.mkdtemp())
    register(shutil.rmtree, folder, ignore_errors=True)
    with patch.dict(os.environ, XDG_STATE_HOME=str(folder / "state")):
        for line in SMALL.strip().splitlines():
            assert run_command(["--ledger", str(folder / "ledger.db"), *line.split()]) == 0
    return folder / "ledger.db"


@contextmanager
def opened(path: Path) -> Iterator[Connection]:
    with closing(connect(path, "ro")) as ledger:
        ledger.execute("BEGIN")
        yield ledger


def rows(path: Path) -> dict[str, int]:
    with opened(path) as ledger:
        return backup.row_counts(ledger)


def columns(path: Path, *, without: tuple[str, ...] = JOURNAL) -> Columns:
    with opened(path) as ledger:
        return {
            table: [row[1] for row in ledger.execute(f'PRAGMA table_info("{table}")')]
            for table in backup.row_counts(ledger)
            if table not in without
        }


def digests(path: Path, of: Columns | None = None) -> dict[str, str]:
    """A digest of some columns of some tables; by default, of all tables outside JOURNAL."""
    of = of or columns(path)
    with opened(path) as ledger:
        return {table: _digest(ledger, table, names) for table, names in of.items()}


def whole(path: Path) -> dict[str, str]:
    """A digest of the rows of each table, including the tables in JOURNAL."""
    return digests(path, columns(path, without=()))


def _digest(ledger: Connection, table: str, names: list[str]) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    found = sorted(repr(row) for row in ledger.execute(f'SELECT {listed} FROM "{table}"'))
    return hashlib.sha256("\n".join(found).encode()).hexdigest()


def schema(path: Path) -> list[tuple[str, str, str]]:
    with opened(path) as ledger:
        return ledger.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' "
            "ORDER BY type, name"
        ).fetchall()


def report(path: Path) -> Report:
    """The findings of `journal verify`, which also uses the hashes stored outside the ledger."""
    try:
        anchors = list(heads.read(heads.heads_file()))
    except MissingInput:
        anchors = []
    with opened(path) as ledger:
        return verify(ledger, anchors)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, with name and bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
