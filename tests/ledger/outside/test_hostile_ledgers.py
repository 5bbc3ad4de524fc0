"""Ledgers from outside: each is refused with its reason, or read correctly.

The tests cover three requirements: R-31 for a single ledger, R-50 for the two backends (plain SQLite and
SQLCipher), and R-52 for SQLite versions that can lose commits in WAL mode.
"""

import shlex
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.ledger.file import opening
from tests.conftest import Run
from tests.support import ledger_contents as contents
from tests.support.tampering import tamper

MINUTES = "开会" * 4000


def bad_header(path: Path) -> None:
    path.write_bytes(b"not SQLite" + path.read_bytes()[10:])


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: -3 * 4096])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def statement(sql: str) -> Callable[[Path], None]:
    return lambda path: tamper(path, lambda ledger: ledger.execute(sql))


HOSTILE = {
    "a bad header": (bad_header, 65),
    "nothing": (empty, 65),
    "cut short": (cut_short, 65),
    "another program's": (statement("PRAGMA application_id = 7"), 65),
    "of no release": (statement("PRAGMA user_version = 3"), 78),
    "of a later release": (statement("PRAGMA user_version = 999"), 78),
    "a trigger more": (
        statement("CREATE TRIGGER t AFTER INSERT ON staff BEGIN DELETE FROM member; END"),
        76,
    ),
    "a view more": (statement("CREATE VIEW v AS SELECT 1"), 76),
    "a view gone": (statement("DROP VIEW scope"), 76),
    "a value of the wrong type": (
        statement("UPDATE member SET joined_on = x'00ff' WHERE id = 1"),
        76,
    ),
    "an entry of the chain changed": (
        statement("UPDATE journal_entry SET actor = 'x' WHERE seq = 3"),
        76,
    ),
    "an entry of the chain gone": (statement("DELETE FROM journal_entry WHERE seq = 3"), 76),
    "a row without a journal entry": (statement("DELETE FROM staff"), 76),
}

TAKING = (
    "--ledger '{file}' journal verify",
    "backup verify '{file}'",
    "restore '{file}' --dry-run",
)


@pytest.fixture
def handed_in(plain: Path, tmp_path: Path) -> Path:
    """A ledger of another office, as received by mail."""
    folder = tmp_path / "handed in"
    folder.mkdir(mode=0o700)
    return Path(shutil.copy(plain, folder / "theirs.db"))


@pytest.mark.parametrize("what", HOSTILE)
def test_a_ledger_that_is_handed_in_is_refused_with_its_reason(
    what: str, handed_in: Path, run: Run, plain: Path
):
    run("staff add 周科员")
    shutil.copy(plain, handed_in)
    spoil, code = HOSTILE[what]
    spoil(handed_in)
    theirs, ours = handed_in.read_bytes(), plain.read_bytes()
    for line in TAKING:
        said = run(line.format(file=handed_in), code=code)
        assert said.err.startswith("错误：") or "journal verify" in line, line
        assert (said.out + said.err).strip(), line
    assert handed_in.read_bytes() == theirs
    assert plain.read_bytes() == ours
    assert [each.name for each in handed_in.parent.iterdir()] == ["theirs.db"]


def test_an_older_state_of_a_ledger_is_told_from_what_is_known(
    handed_in: Path, run: Run, plain: Path
):
    """An older copy of a ledger lacks a newer journal entry, whose hash this machine has stored."""
    shutil.copy(plain, handed_in)
    run("staff add 周科员")
    run("journal verify")
    said = run(f"restore '{handed_in}' --dry-run").out
    assert "日志" in said or "journal" in said
    shutil.copy(handed_in, plain)
    assert "不在这条链上" in run("journal verify", code=76).out


@pytest.mark.slow
def test_a_million_rows_are_read_to_their_end(handed_in: Path, run: Run):
    """On a ledger with a million people, commands answer or report an error; none hangs."""

    def many(ledger: sqlite3.Connection) -> None:
        columns = [row[1] for row in ledger.execute("PRAGMA table_info(staff)")]
        others = ", ".join(name for name in columns if name not in ("id", "name"))
        ledger.execute("INSERT INTO staff (name, recorded_at) VALUES ('甲', '2026-01-01T00:00:00')")
        ledger.execute(
            f"INSERT INTO staff (name, {others}) WITH RECURSIVE n(x) AS "
            "(SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000000) "
            f"SELECT '科员' || x, {others} FROM n, (SELECT * FROM staff LIMIT 1)"
        )

    tamper(handed_in, many)
    for line, codes in {
        "status": (0,),
        "check --month 2026-03": (0, 3),
        "staff list --json": (0,),
        "member list": (0,),
        "journal verify": (76,),
        "backup make /nowhere-at-all": (73, 76, 77),
    }.items():
        assert run_command(["--ledger", str(handed_in), *line.split()]) in codes, line


def test_r50_the_same_ledger_in_another_backend_is_the_same(run: Run, plain: Path, tmp_path: Path):
    """The digest of a ledger's content is the same after the ledger was encrypted and decrypted."""
    pytest.importorskip("sqlcipher3.dbapi2", reason="SQLCipher is the second backend")
    run("staff add 周科员")
    run(f"meeting add study --on 2026-03-02 --chair 张三丰甲 --minutes {MINUTES}")
    told = [*(t for t in contents.digests(plain) if not t.startswith("journal"))]
    before = contents.digests(plain)
    run(f"encrypt --key-file {tmp_path}/key")
    run(f"rekey --key-file {tmp_path}/second")
    inside = contents.digests(plain)
    run("decrypt --reason 换机")
    after = contents.digests(plain)
    assert len(told) > 40
    assert (
        {t: before[t] for t in told} == {t: inside[t] for t in told} == {t: after[t] for t in told}
    )


@pytest.mark.parametrize(
    ("version", "refused"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 46, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
    ],
)
def test_r52_wal_is_refused_where_sqlite_can_lose_commits(
    version: tuple[int, ...], refused: bool, run: Run, plain: Path, monkeypatch: pytest.MonkeyPatch
):
    with closing(sqlite3.connect(plain)) as shell:
        assert shell.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    before = plain.read_bytes()
    monkeypatch.setattr(opening.sqlite3, "sqlite_version_info", version)
    for line in ("status", "staff add 周科员", "journal verify", "backup make"):
        said = run(line, code=78 if refused else 0).err
        if not refused:
            continue
        assert all(each in said for each in ("3.51.3", "3.50.7", "3.44.6", "WAL")), said
        program, file, sql = shlex.split(said.partition("→ ")[2])
        assert (program, Path(file), plain.read_bytes()) == ("sqlite3", plain, before)
    if refused:
        with closing(sqlite3.connect(plain)) as shell:
            shell.execute(sql)
        run("staff add 周科员")
