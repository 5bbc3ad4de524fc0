"""A migration creates or updates a ledger; if it fails, the file is as it was."""

import pkgutil
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table
from sqlmodel import SQLModel

from partyctl.errors import Busy, CannotRead, MigrationFailed, PartyctlError, Tampered, WrongVersion
from partyctl.ledger import tables
from partyctl.ledger.file import connecting, files, opening
from partyctl.ledger.file.files import default_folder
from partyctl.ledger.file.locking import locked
from partyctl.ledger.journal import heads
from partyctl.ledger.journal.commands import new_command
from partyctl.ledger.maintenance import backup, migrating, restoring
from partyctl.ledger.tables.all import METADATA, MODULES
from partyctl.ledger.tables.base import Base
from partyctl.ledger.views.all import VIEWS
from partyctl.ledger.writing.session import engine_for
from tests.support import ledger_contents as contents

pytestmark = pytest.mark.long


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "new" / "ledger.db"
    files.create_file(path)
    return path


@pytest.fixture
def newest(empty: Path) -> Path:
    migrating.build(empty, new_command("init"))
    return empty


@pytest.fixture
def old(ledger: Path) -> Path:
    """A populated ledger of the first schema."""
    return contents.thawed(contents.FROZEN[0], ledger.parent)


def columns_of(path: Path, name: str) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
    finally:
        connection.close()


def schema_of(path: Path) -> dict[str, str]:
    return {name: sql for _, name, sql in contents.schema(path)}


# The six tests of pytest-alembic 0.13.1, written here because pytest 9.2 cannot collect them


def scripts(folder: Path | None = None) -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(folder or migrating.migrations_folder()))
    return ScriptDirectory.from_config(config)


def test_the_newest_migration_is_the_schema_that_the_program_opens():
    (newest,) = scripts().get_heads()
    assert newest == f"{opening.SCHEMA:04d}", (
        f"partyctl/ledger/file/opening.py: SCHEMA = {int(newest)}, as the newest migration"
    )


def test_the_migrations_are_one_line_numbered_without_a_gap():
    revisions = [script.revision for script in scripts().walk_revisions()]
    assert revisions[::-1] == [f"{n:04d}" for n in range(opening.OLDEST, opening.SCHEMA + 1)]


def test_the_migrations_make_what_the_tables_describe(newest: Path):
    with engine_for(newest).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        missing = compare_metadata(context, METADATA)
        assert missing == [], (
            f'no migration makes these changes; run make migration m="…": {missing}'
        )


class Steps:
    """Runs Alembic directly, one migration at a time, on a separate file."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self.connection = connection
        self.config = Config(attributes={"connection": connection})
        self.config.set_main_option("script_location", str(folder))
        self.revisions = [each.revision for each in scripts(folder).walk_revisions()][::-1]

    def up(self, revision: str) -> None:
        command.upgrade(self.config, revision)

    def down(self, revision: str) -> None:
        command.downgrade(self.config, revision)

    def schema(self) -> list[tuple[str, str]]:
        rows = self.connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
        )
        return [tuple(row) for row in rows]

    def up_and_down(self) -> None:
        """Run every migration, its downgrade, and the migration again.

        The downgrade must restore the old schema. Both upgrades must give the same new schema.
        """
        before = "base"
        for revision in self.revisions:
            found = self.schema()
            self.up(revision)
            made = self.schema()
            self.down(before)
            if before != "base":
                assert self.schema() == found, revision
            self.up(revision)
            assert self.schema() == made, revision
            before = revision


@pytest.fixture
def steps(empty: Path) -> Iterator[Steps]:
    with engine_for(empty, migrating=True).begin() as connection:
        yield Steps(connection, migrating.migrations_folder())


def test_every_migration_goes_up_down_and_up_again(steps: Steps):
    steps.up_and_down()


def test_going_down_to_nothing_leaves_no_trace(steps: Steps):
    steps.up("head")
    steps.down("base")
    assert [name for name, _ in steps.schema()] == ["alembic_version"]


def test_a_migration_that_cannot_go_down_fails_its_test(empty: Path, later: "Later"):
    """`up_and_down` fails for a migration without a downgrade; pytest-alembic would only warn."""
    folder = later("def upgrade(): pass\ndef downgrade(): raise NotImplementedError")
    with engine_for(empty, migrating=True).begin() as connection:
        steps = Steps(connection, folder)
        with pytest.raises(NotImplementedError):
            steps.up_and_down()


def test_every_table_is_known_to_the_migrations():
    found = {name for _, name, _ in pkgutil.iter_modules(tables.__path__)} - {"all", "base"}
    listed = {module.__name__.rpartition(".")[2] for module in MODULES}
    assert listed == found, f"partyctl/ledger/tables/all.py: MODULES lacks {sorted(found - listed)}"
    for name in found:
        for each in vars(import_module(f"{tables.__name__}.{name}")).values():
            if isinstance(each, type) and issubclass(each, SQLModel) and hasattr(each, "__table__"):
                assert issubclass(each, Base)
            if isinstance(each, Table):
                assert METADATA.tables[each.name] is each


# The file after a migration


def test_constraints_and_indexes_are_those_of_the_tables(newest: Path, tmp_path: Path):
    """A migrated file has the same constraints and indexes as a new file.

    Alembic's `compare_metadata` alone is not enough, because it ignores CHECK constraints.
    """
    direct = tmp_path / "direct.db"
    files.create_file(direct)
    with engine_for(direct, migrating=True).begin() as connection:
        METADATA.create_all(connection)
    migrated = {name: definitions(sql) for name, sql in schema_of(newest).items()}
    for name, sql in schema_of(direct).items():
        assert migrated.get(name) == definitions(sql), (
            f"the file's {name} is not what the code describes: a vocabulary, a CHECK or an index "
            f'changed. make migration m="…" drafts it. The code: {sql}'
        )


def definitions(sql: str) -> Counter[str]:
    """Count the definitions in a CREATE statement.

    The order of the definitions does not matter, because SQLite puts an added column last.
    """
    start, end = sql.find("("), sql.rfind(")")
    if not sql.startswith("CREATE TABLE"):
        return Counter(["".join(sql.split())])
    found = Counter(["".join((sql[:start] + sql[end:]).split())])
    for part in at_the_top(sql[start + 1 : end]):
        column, mark, constraint = part.partition(" CONSTRAINT ")
        if mark and not part.startswith("CONSTRAINT"):
            own = column.split()[0]
            constraint = constraint.replace(" REFERENCES", f" FOREIGN KEY({own}) REFERENCES")
            found["".join(f"CONSTRAINT {constraint}".split())] += 1
            part = column
        found["".join(part.split())] += 1
    return found


def at_the_top(text: str) -> list[str]:
    """The parts of a text, split at the commas that are not inside brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def test_a_definition_is_the_same_wherever_it_stands():
    check = "CONSTRAINT c CHECK (b > 1)"
    key = "CONSTRAINT e FOREIGN KEY(d) REFERENCES f (g)"
    added = f"CREATE TABLE a (b TEXT, {check}, d INT CONSTRAINT e REFERENCES f (g))"
    whole = f"CREATE TABLE a (b TEXT, d INT, {check}, {key})"
    assert definitions(added) == definitions(whole)
    assert definitions(added) != definitions(whole.replace("b > 1", "b > 2"))


def test_views_are_made_by_the_migration(newest: Path):
    schema = schema_of(newest)
    assert {name: schema[name] for name in VIEWS} == VIEWS


def test_a_ledger_says_what_it_is_in_its_header(newest: Path):
    assert opening.version_of(newest) == opening.SCHEMA
    assert newest.read_bytes()[68:72] == b"PART"


# Migrating a ledger that is in use


def test_a_backup_is_made_before_and_everything_is_there_after(old: Path):
    before, digests = old.read_bytes(), contents.digests(old)

    made = migrating.migrate(old)

    assert made is not None
    assert (made.schema, made.reason) == (opening.OLDEST, "migrate")
    assert made.path.parent == default_folder(old)
    assert contents.digests(made.path) == digests
    assert opening.version_of(old) == opening.SCHEMA
    assert old.read_bytes() != before
    report = contents.report(old)
    assert report.ok
    kept = list(heads.read(heads.heads_file()))
    assert [f"{each.seq}-{each.hash}" for each in kept] == [report.head]


def test_the_newest_ledger_is_left_alone(newest: Path):
    before = contents.tree(newest.parent)
    assert migrating.migrate(newest) is None
    assert contents.tree(newest.parent) == before


def test_a_newer_ledger_is_refused(newest: Path):
    with newest.open("r+b") as file:
        file.seek(60)
        file.write((99).to_bytes(4, "big"))
    before = contents.tree(newest.parent)
    with pytest.raises(WrongVersion):
        migrating.migrate(newest)
    assert contents.tree(newest.parent) == before


def test_while_another_migrates_the_second_is_told_to_come_back(old: Path):
    before = old.read_bytes()
    with locked(old), pytest.raises(Busy):
        migrating.migrate(old)
    assert old.read_bytes() == before


def test_a_busy_ledger_is_no_failed_migration(old: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.2)
    writer = sqlite3.connect(old, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy):
        migrating.migrate(old)
    writer.close()


def spoil(path: Path, sql: str) -> None:
    outside = sqlite3.connect(path)
    outside.executescript(sql)
    outside.close()


SPOILED = {
    "a header that lies": ("PRAGMA user_version = 8", Tampered),
    "a row without its parent": (
        "DROP TRIGGER keep_branch; DELETE FROM branch WHERE id = 3",
        Tampered,
    ),
}


@pytest.mark.parametrize("what", SPOILED)
def test_what_does_not_verify_is_not_migrated(what: str, old: Path):
    sql, error = SPOILED[what]
    spoil(old, sql)
    before = old.read_bytes()
    with pytest.raises(error):
        migrating.migrate(old)
    assert old.read_bytes() == before


def test_a_damaged_ledger_is_not_migrated(old: Path):
    with old.open("r+b") as file:
        file.seek(10 * 4096)
        file.write(b"\xff" * 4096)
    before = old.read_bytes()
    with pytest.raises(CannotRead):
        migrating.migrate(old)
    assert old.read_bytes() == before


class Later:
    """A migration after the newest one, with a body given by the test."""

    def __init__(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = tmp_path / "migrations"
        self.monkeypatch = monkeypatch
        shutil.copytree(migrating.migrations_folder(), self.folder)

    def __call__(self, body: str) -> Path:
        now, then = opening.SCHEMA, opening.SCHEMA + 1
        head = f"from alembic import op\nrevision, down_revision = '{then:04d}', '{now:04d}'\n"
        script = self.folder / "versions" / f"{then:04d}_later.py"
        script.write_text(head + body, encoding="utf-8")
        for module in (opening, migrating, backup):
            self.monkeypatch.setattr(module, "SCHEMA", then)
        self.monkeypatch.setattr(migrating, "migrations_folder", lambda: self.folder)
        return self.folder


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Later:
    return Later(tmp_path, monkeypatch)


@pytest.fixture
def present(ledger: Path) -> Path:
    """A ledger of the present schema with a journal."""
    return contents.small(ledger.parent)


def test_a_ledger_that_was_tampered_with_is_not_sealed_anew(present: Path, later: Later):
    """The migration stops: if it went on, it would record the forged row as its own change."""
    spoil(present, "UPDATE staff SET name = '改'")
    later("def upgrade(): pass\ndef downgrade(): pass")
    before = present.read_bytes()
    with pytest.raises(Tampered):
        migrating.migrate(present)
    assert present.read_bytes() == before


def test_a_later_migration_goes_on_with_the_same_journal(present: Path, later: Later):
    mark = contents.report(present).ledger
    later("def upgrade():\n    op.execute('ALTER TABLE staff ADD COLUMN later TEXT')\n")
    assert migrating.migrate(present) is not None
    report = contents.report(present)
    assert (report.ok, report.ledger) == (True, mark)
    assert columns_of(present, "staff")[-1] == "later"


def test_the_rows_that_a_migration_changed_are_sealed_anew_and_no_others(
    present: Path, later: Later
):
    mark = len(entries(present))
    later("def upgrade():\n    op.execute(\"UPDATE staff SET name = '赵七'\")\n")
    assert migrating.migrate(present) is not None
    assert set(entries(present)[mark:]) == {("sqlite_schema", str(opening.SCHEMA)), ("staff", "1")}
    assert contents.report(present).ok


def entries(path: Path) -> list[tuple[str, str]]:
    """The table and key of each journal entry, in the journal's order."""
    with contents.opened(path) as ledger:
        return ledger.execute(
            "SELECT row_table, row_key FROM journal_entry ORDER BY seq"
        ).fetchall()


BREAKS = {
    "an orphan": (
        "op.execute(\"INSERT INTO cell (recorded_at, branch_id, name) VALUES ('x', 99, '孤')\")",
        "1 条没有归属",
    ),
    "a row that goes": ("op.execute('DELETE FROM staff')", "staff 1"),
    "a table that goes": ("op.execute('DROP TABLE superior_of')", "OperationalError"),
    "a table whose rows go with it": ("op.execute('DROP TABLE staff')", "staff 1"),
    "a mistake in Python": ("raise LookupError('secret')", "LookupError"),
    "a mistake in SQL": ("op.execute('CREATE TABL x')", "OperationalError"),
    "a disk that fails": ("raise OSError(5, 'Input/output error')", "读写出错"),
}


def test_in_english_a_mistake_has_no_chinese_full_stop(
    present: Path, later: Later, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(migrating, "say", lambda chinese, english: english)
    later("def upgrade():\n    raise LookupError('secret')\n")
    with pytest.raises(MigrationFailed, match=r"rolled back: LookupError\. The backup"):
        migrating.migrate(present)


@pytest.mark.parametrize("what", BREAKS)
def test_whatever_breaks_is_rolled_back_and_the_backup_named(
    what: str, present: Path, later: Later
):
    body, told = BREAKS[what]
    later(f"def upgrade():\n    op.execute('CREATE TABLE half (x)')\n    {body}\n")
    before = present.read_bytes()

    with pytest.raises(MigrationFailed) as failed:
        migrating.migrate(present)

    (made,) = backup.listing(default_folder(present))
    assert told in failed.value.sentence
    assert str(made.path) in failed.value.sentence
    assert "secret" not in failed.value.sentence
    assert present.read_bytes() == before


def test_a_migration_may_remove_rows_if_it_says_why(present: Path, later: Later):
    later("REMOVES_ROWS = {'staff': 'moved'}\ndef upgrade(): op.execute('DELETE FROM staff')\n")
    assert migrating.migrate(present) is not None
    assert contents.report(present).ok


def test_a_record_of_the_last_moment_is_not_migrated_without_a_backup(
    old: Path, monkeypatch: pytest.MonkeyPatch
):
    real = backup.make

    def make(*args: object) -> backup.Backup:
        made = real(*args)
        spoil(old, "INSERT INTO staff (recorded_at, name) VALUES ('x', '刚写的')")
        return made

    monkeypatch.setattr(backup, "make", make)
    with pytest.raises(Busy):
        migrating.migrate(old)
    assert opening.version_of(old) == opening.OLDEST


def test_the_clerk_may_break_it_off(present: Path, later: Later):
    later("def upgrade():\n    op.execute('CREATE TABLE half (x)')\n    raise KeyboardInterrupt\n")
    before = present.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        migrating.migrate(present)
    assert present.read_bytes() == before


# failure at each statement in turn


class Faulty(sqlite3.Connection):
    """A connection for migrations that raises an error right after a statement with a given number."""

    statements = 0
    breaks_after = 0

    def cursor(self, factory: object = None) -> sqlite3.Cursor:
        return super().cursor(FaultyCursor)

    def execute(self, sql: str, *args: object) -> sqlite3.Cursor:
        return self.cursor().execute(sql, *args)


class FaultyCursor(sqlite3.Cursor):
    def execute(self, sql: str, *args: object) -> sqlite3.Cursor:
        found = super().execute(sql, *args)
        if self.connection.in_transaction:
            Faulty.statements += 1
            if Faulty.statements == Faulty.breaks_after:
                raise RuntimeError("broken off")
        return found


def connect_faulty(
    *args: object, factory: type[sqlite3.Connection] = sqlite3.Connection, **kwargs: object
) -> sqlite3.Connection:
    kind = type("FaultyConnection", (Faulty, factory), {})
    return REAL_CONNECT(*args, factory=kind, **kwargs)


REAL_CONNECT = sqlite3.connect


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> type[Faulty]:
    monkeypatch.setattr(sqlite3, "connect", connect_faulty)
    monkeypatch.setattr(Faulty, "statements", 0)
    monkeypatch.setattr(Faulty, "breaks_after", 0)
    return Faulty


def broken_off(path: Path, faulty: type[Faulty], after: int) -> bool:
    """Migrate, and raise an error right after statement number `after` (0: never).

    Return whether the migration failed.
    """
    faulty.statements, faulty.breaks_after = 0, after
    try:
        migrating.build(path, new_command("migrate"))
    except (RuntimeError, PartyctlError):
        return True
    finally:
        faulty.breaks_after = 0
    return False


@pytest.mark.long
@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.slow)])
def test_after_any_statement_of_a_migration_it_is_as_it_was(
    every: int, old: Path, faulty: type[Faulty], tmp_path: Path
):
    """Many statements write the journal, so only every 1000th is tried after the first 120."""
    before = old.read_bytes()
    count_up = shutil.copyfile(old, tmp_path / "count.db")
    assert not broken_off(count_up, faulty, 0)
    last = faulty.statements
    ladder = range(1, 120, every)

    for after in (*ladder, *range(120, last, 1000), last):
        assert broken_off(old, faulty, after), after
        assert old.read_bytes() == before, after
        assert not files.siblings(old)

    assert not broken_off(old, faulty, 0)
    assert contents.report(old).ok


def test_after_a_failure_the_same_command_goes_through_and_the_backup_restores(
    old: Path, faulty: type[Faulty]
):
    digests = contents.digests(old)
    faulty.statements, faulty.breaks_after = 0, 300
    with pytest.raises(MigrationFailed):
        migrating.migrate(old)
    assert opening.version_of(old) == opening.OLDEST

    made = migrating.migrate(old)

    assert made is not None
    assert contents.report(old).ok
    restoring.restore(made.path, old)
    assert opening.version_of(old) == opening.OLDEST
    assert contents.digests(old) == digests
