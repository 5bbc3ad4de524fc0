"""Populated ledgers of every schema are migrated to the newest schema, and no row is lost."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from partyctl.errors import MigrationFailed
from partyctl.ledger.file import files, opening
from partyctl.ledger.file.connecting import connect
from partyctl.ledger.file.files import default_folder
from partyctl.ledger.journal.commands import new_command
from partyctl.ledger.journal.owners import OUTBOX
from partyctl.ledger.maintenance import backup, migrating
from partyctl.ledger.writing import session as writing
from tests.ledger.maintenance.test_migrations import Later
from tests.ledger.maintenance.test_restore_interrupted import traced
from tests.support import ledger_contents as contents
from tests.support.waiting import PATIENCE

HERE = Path(__file__).parents[3]
FEWEST_ROWS = 50
FEW = ("organ", "superior", "alembic_version", "plan_role", "reminder_run", "announced_year")
FEW += ("answer",)
"""Tables that need not have many rows.

A bureau has few such records, or partyctl can compute the rows again.
"""


@pytest.fixture(params=contents.FROZEN, ids=lambda frozen: frozen.stem)
def frozen(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def thawed(frozen: Path, ledger: Path) -> Path:
    return contents.thawed(frozen, ledger.parent)


def test_there_is_a_frozen_ledger_of_every_schema():
    wanted = [f"v{n:04d}" for n in range(opening.OLDEST, opening.SCHEMA + 1)]
    assert [each.stem for each in contents.FROZEN] == wanted, (
        "run make frozen: tests/ledgers/ must hold a ledger of every schema (see its README.md)"
    )


def test_the_frozen_ledgers_hold_what_a_migration_could_lose(frozen: Path, thawed: Path):
    rows = contents.rows(thawed)
    few = {table: n for table, n in rows.items() if n < FEWEST_ROWS and table not in FEW}
    assert not few, (
        f"{frozen.name} has too few rows of {few}: give scripts/freeze_ledger.py a file of commands "
        "that add some, or name the table in FEW"
    )
    with contents.opened(thawed) as ledger:
        count = "SELECT count(*) FROM {} WHERE {}"
        voided = count.format("member", "voided_at IS NOT NULL")
        four_bytes = count.format("member", "name LIKE '𠮷%'")
        assert all(ledger.execute(sql).fetchone()[0] for sql in (voided, four_bytes))
    assert opening.version_of(thawed) == int(frozen.stem[1:])


@pytest.mark.sweep(2)
def test_every_row_comes_along(thawed: Path):
    """R-17."""
    columns = contents.columns(thawed)
    rows, digests = contents.rows(thawed), contents.digests(thawed)

    migrating.migrate(thawed)

    after = contents.rows(thawed)
    assert {table: after[table] for table in columns} == {table: rows[table] for table in columns}
    assert all(after[table] >= rows[table] for table in rows)
    assert contents.digests(thawed, columns) == digests
    with contents.opened(thawed) as ledger:
        assert ledger.execute("PRAGMA foreign_key_check").fetchall() == []
        assert ledger.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    report = contents.report(thawed)
    assert report.findings == []
    assert report.rows == sum(after[table] for table in columns if table not in OUTBOX)


@pytest.mark.sweep(2)
def test_a_migrated_ledger_has_the_schema_of_a_new_one(thawed: Path, tmp_path: Path):
    fresh = tmp_path / "fresh.db"
    files.create_file(fresh)
    migrating.build(fresh, new_command("init"))
    migrating.migrate(thawed)
    assert in_one_line(thawed) == in_one_line(fresh)


def in_one_line(path: Path) -> list[tuple[str, str, str]]:
    """The schema of a file, without the line breaks of its statements."""
    return [(kind, name, " ".join(sql.split())) for kind, name, sql in contents.schema(path)]


REBUILT = """
CHILDREN = ("review_step", "review_self", "review_rating", "review_outcome")

def upgrade():
    ledger = op.get_bind()
    for table in CHILDREN:
        select = "SELECT sql FROM sqlite_schema WHERE name = ?"
        (sql,) = ledger.exec_driver_sql(select, (table,)).one()
        sql = sql.replace(f"CREATE TABLE {table}", f"CREATE TABLE new_{table}")
        cascading = "REFERENCES review (id) ON DELETE CASCADE"
        ledger.exec_driver_sql(sql.replace("REFERENCES review (id)", cascading))
        ledger.exec_driver_sql(f"INSERT INTO new_{table} SELECT * FROM {table}")
        ledger.exec_driver_sql(f"DROP TABLE {table}")
        ledger.exec_driver_sql(f"ALTER TABLE new_{table} RENAME TO {table}")
    with op.batch_alter_table("review", recreate="always"):
        pass
"""
"""A migration that gives the child tables ON DELETE CASCADE, and then rebuilds their parent table as
Alembic does it on SQLite.
"""


@pytest.fixture
def populated(ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    Later(tmp_path, monkeypatch)(REBUILT)
    return contents.thawed(contents.FROZEN[0], ledger.parent)


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_a_parent_table_made_anew_keeps_its_children(populated: Path):
    columns = contents.columns(populated)
    digests = contents.digests(populated, columns)
    migrating.migrate(populated)
    assert contents.digests(populated, columns) == digests
    assert contents.report(populated).ok


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_with_foreign_keys_on_the_children_would_go_unseen_but_for_the_count(
    populated: Path, monkeypatch: pytest.MonkeyPatch
):
    """If a migration ran with foreign keys on, it would lose rows, as happened in other projects.

    The test switches foreign keys on. The migration finds that rows are missing, raises an error,
    and leaves the file unchanged.
    """

    def with_foreign_keys(path: Path, mode: str, settings: tuple[str, ...] = ()):
        return connect(path, "rw", (*settings, "foreign_keys = ON"))

    monkeypatch.setattr(writing, "connect", with_foreign_keys)
    writing._engine.cache_clear()
    before = populated.read_bytes()
    with pytest.raises(MigrationFailed, match=r"review_rating \d+"):
        migrating.migrate(populated)
    assert populated.read_bytes() == before
    writing._engine.cache_clear()


KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
from partyctl.ledger.maintenance import migrating
from tests.ledger.maintenance.test_migrations import Faulty, FaultyCursor, connect_faulty
sqlite3.connect = connect_faulty
real_execute = FaultyCursor.execute
def execute(self, *args):
    try:
        return real_execute(self, *args)
    except RuntimeError:
        os.kill(os.getpid(), signal.SIGKILL)
FaultyCursor.execute = execute
Faulty.breaks_after = int(sys.argv[2])
migrating.migrate(Path(sys.argv[1]))
"""


@pytest.mark.hard
@pytest.mark.parametrize("after", [300, 4500])
def test_a_migration_that_is_killed_leaves_the_old_schema(after: int, ledger: Path):
    """The process is killed after a number of statements.

    After 300 statements, only some pages have been written to the file. After 4500 statements, the
    migration has almost ended.
    """
    old = contents.thawed(contents.FROZEN[0], ledger.parent)
    digests = contents.whole(old)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(old), str(after)],
        cwd=HERE,
        env=os.environ | {"PYTHONPATH": str(HERE)},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert contents.whole(old) == digests
    assert opening.version_of(old) == opening.OLDEST
    assert migrating.migrate(old) is not None
    assert contents.report(old).ok


@pytest.mark.hard
@traced
@pytest.mark.parametrize(
    ("call", "most"),
    [
        ("/^unlink", 3),
        pytest.param("fdatasync", 100, marks=pytest.mark.slow),
        pytest.param("pwrite64", 2000, marks=pytest.mark.slow),
    ],
)
def test_killed_in_the_kernel_the_old_or_the_new_schema_is_there(
    call: str, most: int, ledger: Path, tmp_path: Path
):
    """The process is killed at the nth system call of one kind, on the ledger or its journal.

    SQLite commits by unlinking the journal: a kill after that leaves the new schema.
    """
    old = contents.thawed(contents.FROZEN[0], tmp_path / "old")
    columns, before = contents.columns(old), contents.digests(old)
    places = [option for end in ("", "-journal") for option in ("-P", f"{ledger}{end}")]
    outcomes: list[int] = []
    for nth in range(1, most, 1 if most < 200 else 37):
        shutil.rmtree(ledger.parent, ignore_errors=True)
        contents.thawed(old, ledger.parent)
        inject = f"inject={call}:signal=KILL:when={nth}"
        traced = ["strace", "-f", "-qq", "-o", "/dev/null", *places, "-e", inject]
        program = [sys.executable, "-m", "partyctl", "migrate"]
        done = subprocess.run(
            [*traced, *program], capture_output=True, timeout=PATIENCE, check=False
        )
        with contents.opened(ledger) as opened:  # opening rolls back the interrupted write
            outcomes.append(opened.execute("PRAGMA user_version").fetchone()[0])
        assert contents.digests(ledger, columns) == before
        assert contents.report(ledger).ok
        (made,) = backup.listing(default_folder(ledger))
        assert backup.check(made.path).ok
        if done.returncode == 0:
            break
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {opening.OLDEST, opening.SCHEMA}
