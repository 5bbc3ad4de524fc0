"""Encrypted ledgers: their files, their keys, and commands, which must work as on plain ledgers."""

import hashlib
import json
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from partyctl.errors import Busy, CannotRead, CannotWrite, NotPermitted, WrongVersion
from partyctl.ledger.file import connecting, encryption, keys, markers, opening, system_lock
from partyctl.ledger.file.connecting import WRITING, connect
from partyctl.ledger.file.failures import explain_sqlite, sqlite_errors
from partyctl.ledger.file.files import create_file
from partyctl.ledger.file.opening import open_for_reading
from partyctl.ledger.file.sealed_schema import sealed_now
from partyctl.ledger.journal.commands import new_command
from partyctl.ledger.journal.verification import verify
from partyctl.ledger.maintenance.conversion import convert
from partyctl.ledger.maintenance.migrating import build
from partyctl.ledger.writing import session as writing
from tests.conftest import Run
from tests.house.test_imports import modules_of
from tests.support.encrypted import CANARIES, Place
from tests.support.waiting import PATIENCE

pytestmark = pytest.mark.long

LEDGERS = Path(__file__).parents[2] / "ledgers"
ENTRIES = "SELECT * FROM journal_entry ORDER BY seq"


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def canaries_in(*files: Path) -> set[str]:
    contents = [file.read_bytes() for file in files]
    return {
        canary
        for canary in CANARIES
        for encoding in ("utf-8", "utf-16-le", "gbk")
        if any(canary.encode(encoding) in content for content in contents)
    }


def dump(path: Path) -> list[str]:
    """The names and statements of a ledger's schema, then all its rows, as texts."""
    with closing(connect(path, "ro")) as ledger:
        tables = ledger.execute("SELECT name, sql FROM sqlite_schema ORDER BY 1").fetchall()
        rows = [
            str(row)
            for name, sql in tables
            if sql and sql.startswith("CREATE TABLE")
            for row in ledger.execute(f'SELECT * FROM "{name}"')
        ]
        return [*map(str, tables), *sorted(rows)]


def new_key(ledger: Path) -> keys.Key:
    number = len(list(ledger.parent.parent.glob("*.key")))
    return keys.new_key(ledger, ledger.parent.parent / f"{number}.key")


def test_nothing_of_a_plain_ledger_can_be_read_in_the_encrypted_one(plain: Path, run: Run):
    assert canaries_in(plain) == set(CANARIES)  # before the conversion, all these texts are found
    convert(plain, new_key(plain))
    assert canaries_in(*(each for each in plain.parent.iterdir() if each.is_file())) == set()
    assert not plain.read_bytes().startswith(markers.PLAIN)


def test_nothing_can_be_read_in_the_journal_of_a_write_that_goes_on(encrypted: Place):
    with closing(connect(encrypted.ledger, "rw", WRITING)) as ledger:
        ledger.execute("PRAGMA cache_spill = 1").close()
        ledger.execute("PRAGMA cache_size = 1").close()
        ledger.execute("BEGIN IMMEDIATE")
        rows = [(f"{CANARIES[0]}{number}" * 30,) for number in range(500)]
        ledger.executemany("INSERT INTO staff (recorded_at, name) VALUES ('now', ?)", rows)
        ledger.execute("UPDATE member SET phone = phone")
        beside = [each for each in encrypted.ledger.parent.iterdir() if each.is_file()]
        assert Path(f"{encrypted.ledger}-journal") in beside
        assert Path(f"{encrypted.ledger}-journal").stat().st_size > 4096
        assert canaries_in(*beside) == set()
        ledger.execute("ROLLBACK")


def test_every_file_is_for_its_owner_alone(encrypted: Place, run: Run):
    run(f"rekey --key-file '{encrypted.key.parent / 'keys' / 'new.key'}'")
    made = [encrypted.ledger, markers.marker_of(encrypted.ledger), encrypted.key.parent / "keys"]
    made.append(encrypted.key.parent / "keys" / "new.key")
    assert [mode_of(each) for each in made] == [0o600, 0o600, 0o700, 0o600]


def test_content_schema_and_marks_are_the_same_after_encrypting_and_decrypting(plain: Path):
    with closing(connect(plain, "ro")) as ledger:
        before = sealed_now(ledger)
    whole = dump(plain)
    for key in (new_key(plain), new_key(plain), None):
        convert(plain, key)
        assert dump(plain) == whole
        assert opening.version_of(plain) == opening.SCHEMA
        with closing(connect(plain, "ro")) as ledger:
            assert sealed_now(ledger) == before
            assert ledger.execute("PRAGMA application_id").fetchone()[0] == opening.APPLICATION_ID
            assert verify(ledger).findings == []
    assert mode_of(plain) == 0o600
    assert plain.read_bytes()[68:72] == b"PART"


def test_a_passphrase_opens_the_file_in_sqlciphers_own_shell_too(tmp_path: Path):
    salt, path = os.urandom(keys.SALT_BYTES), tmp_path / "made.db"
    raw = keys.derived("口令 correct horse", salt)
    mark = keys.Mark(salt.hex(), "", keys.Kept.PASSPHRASE, "")
    create_file(path)
    with closing(encryption.open_file(f"file:{path}", keys.Key(mark, raw), 1)) as made:
        made.execute("CREATE TABLE t (a)")
    with closing(encryption.driver().connect(str(path))) as shell:
        shell.execute("PRAGMA key = '口令 correct horse'")
        assert shell.execute("SELECT name FROM sqlite_schema").fetchall() == [("t",)]


def test_a_writing_connection_is_set_as_that_of_a_plain_ledger(encrypted: Place):
    names = ("foreign_keys", "synchronous", "journal_mode", "recursive_triggers")
    names += ("trusted_schema", "secure_delete", "temp_store", "busy_timeout", "cell_size_check")
    with writing.engine_for(encrypted.ledger).connect() as connection:
        settings = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
    assert settings == [1, 3, "delete", 1, 0, 1, 2, 120_000, 1]


def test_sqlcipher_itself_says_nothing_on_the_screen(
    encrypted: Place, capfd: pytest.CaptureFixture[str]
):
    encrypted.ledger.write_bytes(encrypted.ledger.read_bytes()[:8192])
    with closing(connect(encrypted.ledger, "ro")) as ledger, pytest.raises(sqlite_errors()):
        verify(ledger)
    assert capfd.readouterr() == ("", "")


def test_a_reading_connection_cannot_write(encrypted: Place):
    with open_for_reading(encrypted.ledger) as ledger, pytest.raises(sqlite_errors()) as refused:
        ledger.execute("DELETE FROM staff")
    assert isinstance(explain_sqlite(refused.value), NotPermitted)


@pytest.mark.parametrize("line", ["check", "status", "member list"])
def test_reading_an_encrypted_ledger_loads_no_orm_and_no_keyring(line: str, encrypted: Place):
    code, loaded = modules_of(line)
    assert code in (0, 3)
    assert "sqlcipher3" in loaded
    assert not loaded & {"sqlmodel", "sqlalchemy", "pydantic", "keyring", "rich"}
    assert ("typer" in loaded) == (line != "check")


@pytest.mark.parametrize(
    ("line", "has_been_encrypted"), [("check", False), ("check", True), ("staff add 赵六", True)]
)
def test_a_plain_ledger_loads_nothing_of_encryption(
    line: str, has_been_encrypted: bool, plain: Path
):
    """A plain ledger can still have the marker file that described its keys when it was encrypted.

    The ledger's first bytes show that it is plain, so partyctl loads neither SQLCipher nor a
    keyring.
    """
    if has_been_encrypted:
        markers.add(plain, keys.Mark("00" * 16, "", keys.Kept.KEYRING, "gone"))
    code, loaded = modules_of(line)
    assert code in (0, 3)
    assert not loaded & {"sqlcipher3", "keyring"}
    if not has_been_encrypted:
        assert not loaded & {
            "hashlib",
            "hmac",
        }  # these imports would slow down `check`


def test_a_copy_like_its_source_has_its_key_and_a_marker_that_says_so(encrypted: Place):
    copy = encrypted.key.parent / "elsewhere" / "copy.db"
    create_file(copy)
    with (
        closing(connect(encrypted.ledger, "ro")) as source,
        closing(connect(copy, "rw", like=encrypted.ledger)) as target,
    ):
        source.backup(target)
    assert dump(copy) == dump(encrypted.ledger)
    assert canaries_in(copy) == set()
    assert markers.present(copy) == markers.present(encrypted.ledger)


def test_a_copy_by_vacuum_is_encrypted_too(encrypted: Place):
    copy = encrypted.key.parent / "vacuumed.db"
    create_file(copy)
    with closing(connect(encrypted.ledger, "ro")) as source:
        source.execute("VACUUM INTO ?", (str(copy),))
    markers.lend(encrypted.ledger, copy)
    assert dump(copy) == dump(encrypted.ledger)
    assert canaries_in(copy) == set()


def test_a_copy_like_a_plain_ledger_is_plain_and_has_no_marker(plain: Path, tmp_path: Path):
    copy = tmp_path / "copy.db"
    create_file(copy)
    with closing(connect(plain, "ro")) as source, closing(connect(copy, "rw", like=plain)) as to:
        source.backup(to)
    assert dump(copy) == dump(plain)
    assert not markers.marker_of(copy).exists()


def test_a_copy_from_before_a_change_of_key_still_opens(encrypted: Place, run: Run):
    copy = encrypted.ledger.with_name("before.db")
    copy.write_bytes(encrypted.ledger.read_bytes())
    markers.lend(encrypted.ledger, copy)
    run(f"rekey --key-file '{encrypted.key.parent / 'new.key'}'")
    run("staff add 赵六")
    copy.replace(encrypted.ledger)  # as a restore does; the marker file still lists the old key
    assert run("staff list --json").json == []


def test_an_encrypted_ledger_of_the_first_schema_is_migrated_and_stays_encrypted(
    ledger: Path, run: Run
):
    create_file(ledger)
    ledger.write_bytes((LEDGERS / "v0007.db").read_bytes())
    ledger.chmod(0o600)
    convert(ledger, new_key(ledger))
    assert opening.version_of(ledger) == opening.OLDEST
    assert "台账的结构版本" in run("check", code=78).err
    build(ledger, new_command("migrate"))
    assert opening.version_of(ledger) == opening.SCHEMA
    assert not ledger.read_bytes().startswith(markers.PLAIN)
    with closing(connect(ledger, "ro")) as migrated:
        assert verify(migrated).findings == []


def test_the_plain_file_is_overwritten_before_it_goes(plain: Path):
    with plain.open("rb") as what_was_there:
        size = plain.stat().st_size
        assert convert(plain, new_key(plain))
        assert what_was_there.read() == bytes(size)


READER = """
import sys
from pathlib import Path
from partyctl.ledger.file.opening import open_for_reading
with open_for_reading(Path(sys.argv[1])) as ledger:
    print(ledger.execute("SELECT count(*) FROM member").fetchone()[0], flush=True)
    sys.stdin.readline()
    print(ledger.execute("SELECT count(*) FROM staff").fetchone()[0], flush=True)
"""


@pytest.fixture
def read_elsewhere(plain: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that reads the plain ledger and keeps it open until it gets a line of input."""
    program = [sys.executable, "-c", READER, str(plain)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(program, **pipes) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "1\n"
        yield reader


def test_a_ledger_that_is_being_read_is_not_replaced(
    plain: Path, read_elsewhere: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
):
    before = plain.read_bytes()
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.1)
    with pytest.raises(Busy):
        convert(plain, new_key(plain))
    assert plain.read_bytes() == before
    assert read_elsewhere.communicate("\n", timeout=PATIENCE)[0] == "0\n"
    assert convert(plain, new_key(plain))


def test_where_folders_cannot_be_locked_a_reader_reads_on_and_the_old_file_is_not_overwritten(
    plain: Path, read_elsewhere: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(system_lock, "fcntl", None)
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.1)
    assert not convert(plain, new_key(plain))
    assert read_elsewhere.communicate("\n", timeout=PATIENCE)[0] == "0\n"
    with closing(connect(plain, "ro")) as ledger:
        assert verify(ledger).findings == []


def test_a_damaged_ledger_is_not_encrypted(plain: Path):
    content = bytearray(plain.read_bytes())
    content[8 * 4096 : 16 * 4096] = b"\xff" * 8 * 4096
    plain.write_bytes(content)
    with pytest.raises((CannotRead, *sqlite_errors())):
        convert(plain, new_key(plain))
    assert plain.read_bytes() == content
    assert not list(plain.parent.glob(".*"))


def test_a_copy_that_differs_does_not_take_the_ledgers_place(
    plain: Path, monkeypatch: pytest.MonkeyPatch
):
    """In this test, the copy lacks two header fields, because SQLCipher's export omits them."""
    before = plain.read_bytes()
    monkeypatch.setattr("partyctl.ledger.maintenance.conversion.MARKS", ())
    with pytest.raises(CannotRead):
        convert(plain, new_key(plain))
    assert plain.read_bytes() == before


def test_a_conversion_waits_for_a_writer_and_no_longer_than_it_may(
    encrypted: Place, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.1)
    with closing(connect(encrypted.ledger, "rw", WRITING)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy):
            convert(encrypted.ledger, None)
        # simulates a system without locks on folders
        monkeypatch.setattr(system_lock, "fcntl", None)
        with pytest.raises(sqlite_errors()) as busy:
            convert(encrypted.ledger, None)
    assert isinstance(explain_sqlite(busy.value), Busy)
    assert not list(encrypted.ledger.parent.glob(".*"))


def test_failures_of_sqlcipher_have_the_exit_codes_of_sqlites(encrypted: Place):
    with closing(connect(encrypted.ledger, "rw", WRITING)) as ledger:
        ledger.execute("PRAGMA max_page_count = 1").close()
        with pytest.raises(sqlite_errors()) as full:
            ledger.execute("CREATE TABLE more AS SELECT randomblob(100000)")
        assert isinstance(explain_sqlite(full.value), CannotWrite)
        with pytest.raises(sqlite_errors("IntegrityError"), match="keep_journal_entry"):
            ledger.execute("DELETE FROM journal_entry")
        with pytest.raises(sqlite_errors()) as ours:
            ledger.execute("SELECT nonsense")
        assert explain_sqlite(ours.value) is None
    assert not issubclass(type(full.value), sqlite3.Error)


def test_without_sqlcipher_the_remedy_is_the_extra(
    encrypted: Place, run: Run, monkeypatch: pytest.MonkeyPatch
):
    encryption.driver.cache_clear()
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "sqlcipher3", None)
        without.setitem(sys.modules, "sqlcipher3.dbapi2", None)
        with pytest.raises(WrongVersion):
            connect(encrypted.ledger, "ro")
        assert "partyctl[encrypt]" in run("check", code=78).err
        assert "partyctl[encrypt]" in run("staff add 赵六", code=78).err


def test_what_was_written_after_encrypting_is_in_the_chain(plain: Path, run: Run):
    with closing(connect(plain, "ro")) as ledger:
        before = ledger.execute(ENTRIES).fetchall()
    convert(plain, new_key(plain))
    run("staff add 赵六")
    with closing(connect(plain, "ro")) as ledger:
        after = ledger.execute(ENTRIES).fetchall()
        assert verify(ledger).findings == []
    assert after[: len(before)] == before
    assert len(after) == len(before) + 1


def test_the_key_is_in_nothing_that_is_shown_or_kept(encrypted: Place):
    key = keys.find(markers.present(encrypted.ledger))
    assert encrypted.raw not in repr(key)
    assert encrypted.raw not in markers.marker_of(encrypted.ledger).read_text()
    digest = hashlib.sha256(bytes.fromhex(encrypted.raw)).hexdigest()
    assert digest[:16] not in markers.marker_of(encrypted.ledger).read_text()
    json.loads(markers.marker_of(encrypted.ledger).read_text())
