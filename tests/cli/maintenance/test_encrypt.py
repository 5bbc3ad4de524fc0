"""`encrypt`, `decrypt`, `rekey`, and every kind of command on an encrypted ledger."""

import os
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from partyctl.ledger.file import markers
from partyctl.ledger.file.connecting import connect
from partyctl.ledger.journal.verification import verify
from tests.cli.conftest import Refused
from tests.conftest import Run

pytestmark = pytest.mark.long

pytest.importorskip("sqlcipher3.dbapi2", reason="SQLCipher is not installed")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "ledger.key"


@pytest.fixture
def encrypted(january: Run, key: Path) -> Run:
    """The ledger of `january`, encrypted."""
    january(f"encrypt --key-file '{key}'")
    return january


READING = (
    "check --as-of 2026-03-01",
    "check --month 2026-01 --json",
    "status --as-of 2026-03-01",
    "dues status --as-of 2026-03-01",
    "dues list",
    "dues show 1",
    "member list --json",
    "member show 张三",
    "meeting list",
    "meeting show 1 --json",
    "plan list",
    "branch list",
    "cell list",
    "staff list",
    "rules list",
    "journal list",
    "journal show 1",
    "journal verify",
    "member show 张三 --history",
)
WRITING = (
    "staff add 赵六",
    "meeting add members --on 2026-02-12 --chair 张三 --notified 2026-02-08 --present all",
    "meeting edit 1 --minutes 更正的记录",
    "meeting void 1 --reason 误登",
    "dues assess 王五 --base 5100 --from 2026-02",
    "dues pay 王五 --month 2026-02 --amount 25.50 --on 2026-02-20",
    "member add 孙八 --joined 2020-07-01 --phone 13800001111",
    "member edit 孙八 --phone 13900002222",
    "plan adopt budget 2026 --on 2026-01-05",
    "undo",
)


@pytest.mark.dated
def test_doctor_looks_at_the_modes_of_the_marker_and_of_the_key_file(
    encrypted: Run, key: Path, ledger: Path
):
    marker = markers.marker_of(ledger)
    assert {str(key), str(marker)} <= {line.split()[0] for line in key_lines(encrypted)}
    marker.chmod(0o644)
    assert f"→ chmod 600 {marker}" in encrypted("doctor", code=77).out
    marker.chmod(0o600)
    key.chmod(0o640)
    assert (
        "密钥文件" in encrypted("doctor", code=77).out
    )  # without the key, nothing else can be checked


def key_lines(run: Run) -> list[str]:
    found = run("doctor --json").json["findings"]
    return [each["detail"] for each in found if each["name"] == "密钥"]


def test_every_reading_command_answers_as_it_did(january: Run, key: Path, ledger: Path):
    plain = [run_any(january, line) for line in READING]
    january(f"encrypt --key-file '{key}'")
    assert not ledger.read_bytes().startswith(markers.PLAIN)
    for line, before in zip(READING, plain, strict=True):
        after = run_any(january, line)
        if not line.startswith("journal"):  # the journal now has an entry for the encryption
            assert after == before, line
        assert after[0] == before[0], line


HEAD = re.compile(r"链头 [0-9]+-[0-9a-f]+")
"""Matches the journal's head (the newest entry's number and digest) in a printed paper.

The head changes when `encrypt` adds an entry.
"""


def run_any(run: Run, line: str) -> tuple[int, str]:
    for code in (0, 3):
        try:
            return code, HEAD.sub("", run(line, code=code).out)
        except AssertionError:
            if code == 3:
                raise
    raise AssertionError


def test_every_writing_command_writes_as_it_would(
    january: Run, key: Path, ledger: Path, tmp_path: Path
):
    copy = shutil.copy(ledger, tmp_path / "plain.db")
    january(f"encrypt --key-file '{key}'")
    for line in WRITING:
        said = january(line).out
        assert january(f"--ledger '{copy}' {line}").out == said
    january("decrypt --reason 比较")
    tables = ("staff", "meeting", "agenda_item", "attendance", "dues_payment_line", "plan")
    for table in (*tables, "dues_assessment", "member", "appointment"):
        assert rows_of(ledger, table) == rows_of(copy, table), table
    with closing(connect(ledger, "ro")) as opened:
        assert verify(opened).findings == []


def rows_of(path: Path, table: str) -> list[tuple[object, ...]]:
    """A table's rows without the columns `…_at`: the ledgers were written at different moments."""
    with closing(sqlite3.connect(path)) as ledger:
        names = [row[1] for row in ledger.execute(f"PRAGMA table_info({table})")]
        kept = ", ".join(name for name in names if not name.endswith("_at"))
        return ledger.execute(f"SELECT {kept} FROM {table} ORDER BY 1, 2").fetchall()


def test_init_makes_an_encrypted_ledger(run: Run, ledger: Path, key: Path):
    said = run(f"init --organ 局 --branch 支 --since 2026-01-01 --encrypt --key-file '{key}'")
    assert str(key) in said.out
    assert "丢了它" in said.out
    run("member add 张三 --joined 2010-07-01")
    run("check", code=3)
    names = {each.name for each in ledger.parent.iterdir()} - {"ledger.db.lock"}
    assert names == {"ledger.db", "ledger.db.key.json"}
    assert "张三".encode() not in ledger.read_bytes()


def test_a_second_init_leaves_the_encrypted_ledger_its_key(encrypted: Run, tmp_path: Path):
    more = "--organ 别的 --branch 别的 --since 2026-01-01"
    assert (
        "已经存在"
        in encrypted(f"init {more} --encrypt --key-file '{tmp_path / 'other.key'}'", code=5).err
    )
    assert not (tmp_path / "other.key").exists()
    assert len(encrypted("member list --json").json) == 3


def test_encrypting_tells_of_the_key_and_of_what_remains_readable(
    january: Run, key: Path, ledger: Path
):
    (ledger.parent / "backups").mkdir()
    old = shutil.copy(ledger, ledger.parent / "backups" / "ledger-old copy.db")
    (ledger.parent / "notes.txt").write_text("no ledger")
    said = january(f"encrypt --key-file '{key}'")
    assert str(key) in said.out
    assert "固态硬盘" in said.err
    assert f"rm '{old}'" in said.err
    assert "notes.txt" not in said.err
    assert "SM4" in january("encrypt --help").out


def test_only_copies_of_the_ledger_itself_are_named_for_deletion(
    january: Run, key: Path, ledger: Path
):
    (ledger.parent / "backups").mkdir()
    copies = [ledger.parent / "backups" / "copy.db", ledger.parent / "again.db"]
    others = [ledger.parent / "backups" / "other.db", ledger.parent / "others.db"]
    for each in copies:
        shutil.copy(ledger, each)
    for each in others:
        january(f"--ledger '{each}' init --organ 局 --branch 支 --since 2026-01-01")
    damaged = ledger.parent / "damaged.db"
    damaged.write_bytes(ledger.read_bytes()[:4096] + b"?" * 8192)
    said = january(f"encrypt --key-file '{key}'").err
    assert {line for line in said.splitlines() if line.startswith("  rm ")} == {
        f"  rm {each}" for each in copies
    }
    assert not [each for each in others if each.name in said]
    assert f"{damaged} 没有加密，但读不出是哪本台账" in said


def test_a_key_beside_the_ledger_is_worth_a_word(january: Run, ledger: Path):
    said = january(f"encrypt --key-file '{ledger.parent / 'my.key'}'")
    assert "同一个文件夹" in said.err


def test_what_cannot_be_converted_is_refused_before_any_key_is_made(
    january: Run, refused: Refused, key: Path, tmp_path: Path
):
    other = tmp_path / "other.key"
    assert "台账没有加密" in refused("decrypt --reason 送审", 5)
    assert "台账没有加密" in refused(f"rekey --key-file '{other}'", 5)
    january(f"encrypt --key-file '{key}'")
    assert "台账已经加密" in refused(f"encrypt --key-file '{other}'", 5)
    assert "新密钥也要有一个文件" in refused("rekey", 2)
    assert "就是现在的密钥" in refused(f"rekey --key-file '{key}'", 5)
    assert not other.exists()
    assert "缺少：--reason" in refused("decrypt", 2)
    assert "原因应是 1 到 100000 个字的文字" in refused("decrypt --reason '  '", 2)
    for command in ("encrypt", "decrypt --reason 送审", "rekey"):
        assert "没有台账" in january(f"--ledger '{tmp_path / 'none.db'}' {command}", code=66).err


def test_each_conversion_is_in_the_journal_and_decrypting_with_its_reason(
    encrypted: Run, ledger: Path, key: Path
):
    encrypted(f"rekey --key-file '{key.with_name('new.key')}'")
    encrypted("decrypt --reason 送市局审查")
    with closing(connect(ledger, "ro")) as opened:
        rows = opened.execute(
            "SELECT command, act, detail FROM journal_entry JOIN journal_detail USING (seq) "
            "ORDER BY seq DESC LIMIT 3"
        ).fetchall()
        assert verify(opened).findings == []
    assert rows == [
        ("decrypt", "decrypt", '{"reason":"送市局审查"}'),
        ("rekey", "rekey", '{"kept":"file"}'),
        ("encrypt", "encrypt", '{"kept":"file"}'),
    ]
    key_changed = encrypted("journal list --json").json[-2]["run"]
    assert "密钥存放 密钥文件" in encrypted(f"journal show {key_changed}").out
    encrypted("journal verify")
    encrypted("undo")  # this undoes the last command that made a record, not `decrypt`
    assert not ledger.read_bytes().startswith(b"\0")
    assert ledger.read_bytes().startswith(markers.PLAIN)


def test_undo_that_meets_a_later_record_is_refused_in_words(encrypted: Run):
    encrypted("staff add 赵六")
    encrypted("undo")
    encrypted("undo")


def test_the_key_is_never_shown_written_or_handed_on(
    january: Run, key: Path, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    new = key.with_name("new.key")
    lines = [f"encrypt --key-file '{key}'", *READING[:4], "staff add 赵六"]
    lines += [f"rekey --key-file '{new}'", "staff list", "nonsense", "member show 没有人"]
    said = ""
    for line in lines:
        for code in (0, 3, 2, 4):
            try:
                result = january(line, code=code)
            except AssertionError:
                continue
            said += result.out + result.err
            break

    def fail(*_: object) -> None:
        raise RuntimeError("张三")

    monkeypatch.setattr("partyctl.records.members.organisation.add_staff", fail)
    said += january("staff add 钱七", code=1).err
    january("decrypt --reason 送审")
    secrets = [each.read_text().strip() for each in (key, new)]
    written = [each for each in tmp_path.rglob("*") if each.is_file() and each.suffix != ".key"]
    assert any("crashes" in str(each) for each in written)
    contents = [each.read_bytes() for each in written]
    contents += [said.encode(), repr(dict(os.environ)).encode()]
    for secret in secrets:
        for form in (secret.encode(), secret.upper().encode(), bytes.fromhex(secret)):
            assert not any(form in content for content in contents)


def test_english_for_those_who_read_it(
    january: Run, key: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    said = january(f"encrypt --key-file '{key}'")
    assert "Without the key nobody can open the ledger" in said.out
    assert "An SSD" in said.err
    key.rename(tmp_path / "moved.key")
    assert "its key is missing" in january("check", code=77).err


def newest_backup(ledger: Path) -> Path:
    return max((ledger.parent / "backups").glob("*.db"), key=lambda each: each.stat().st_mtime_ns)


def test_a_backup_of_an_encrypted_ledger_is_encrypted_verified_and_restored(
    encrypted: Run, ledger: Path
):
    encrypted("backup")
    made = newest_backup(ledger)
    assert "张三".encode() not in made.read_bytes()
    assert markers.present(made) == markers.present(ledger)
    encrypted("backup verify")
    encrypted("staff add 赵六")
    encrypted(f"restore '{made}'")
    assert encrypted("staff list --json").json == []
    encrypted("journal verify")


def test_a_restored_ledger_is_under_the_key_of_the_one_that_it_replaces(
    january: Run, ledger: Path, key: Path
):
    january("backup")
    plain = newest_backup(ledger)
    assert plain.read_bytes().startswith(markers.PLAIN)
    january(f"encrypt --key-file '{key}'")
    january(f"restore '{plain}'")
    assert not ledger.read_bytes().startswith(markers.PLAIN)
    january("backup")
    under_the_old = newest_backup(ledger)
    january(f"rekey --key-file '{key.with_name('new.key')}'")
    january(f"restore '{under_the_old}'")
    assert markers.present(ledger).place == str(key.with_name("new.key"))
    january("journal verify")
    assert len(january("member list --json").json) == 3
    left = [each.name for each in ledger.parent.iterdir() if each.name.startswith(".")]
    assert left == []


def test_a_lost_ledger_with_its_marker_comes_back_from_a_backup(encrypted: Run, ledger: Path):
    encrypted("backup")
    made = newest_backup(ledger)
    ledger.unlink()
    markers.marker_of(ledger).unlink()
    encrypted(f"restore '{made}'")
    assert len(encrypted("member list --json").json) == 3
    encrypted("staff add 赵六")


def test_what_a_restore_set_aside_is_named_as_readable(january: Run, ledger: Path, key: Path):
    january("backup")
    january("staff add 赵六")
    january(f"restore '{newest_backup(ledger)}'")
    said = january(f"encrypt --key-file '{key}'").err
    assert "before-restore" in said
