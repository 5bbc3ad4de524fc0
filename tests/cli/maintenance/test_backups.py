"""`partyctl backup` and `partyctl restore`, run from the command line."""

import json
import os
import sqlite3
from pathlib import Path

import pytest

from partyctl.ledger.file.files import default_folder
from partyctl.ledger.file.locking import locked
from partyctl.ledger.maintenance import backup
from tests.cli.conftest import Refused, Workbook, digest
from tests.conftest import Run
from tests.support import ledger_contents as contents


@pytest.fixture
def folder(ledger: Path) -> Path:
    return default_folder(ledger)


def backups(folder: Path) -> list[Path]:
    return sorted(folder.glob("ledger-*.db"))


def test_one_line_names_the_backup(branch: Run, folder: Path):
    said = branch("backup")
    (made,) = backups(folder)
    assert said.out == f"已备份 {made}\n"
    assert said.err == ""


def test_the_folder_may_be_named(branch: Run, tmp_path: Path):
    said = branch(f"backup '{tmp_path}/U 盘'")
    (made,) = backups(tmp_path / "U 盘")
    assert str(made) in said.out


def test_the_word_make_may_be_written(branch: Run, folder: Path, tmp_path: Path):
    branch("backup make")
    branch(f"backup make {tmp_path}/usb --json")
    assert len(backups(folder)) == len(backups(tmp_path / "usb")) == 1


@pytest.mark.parametrize("line", ["backup --json", "backup {} --json", "backup --json {}"])
def test_as_json_it_says_what_the_manifest_says(line: str, branch: Run, folder: Path):
    said = branch(line.format(folder)).json
    (made,) = backups(folder)
    assert said["path"] == str(made)
    assert said["id"] == made.name
    manifest = json.loads(backup.manifest_of(made).read_text("utf-8"))
    assert {name: said[name] for name in manifest} == manifest
    assert said["reason"] == "manual"


def test_a_verb_typed_wrongly_makes_no_folder(
    branch: Run, refused: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    before = contents.tree(tmp_path)
    assert "list" in refused("backup lst", 2)
    assert "verify" in refused("backup verfy", 2)
    assert contents.tree(tmp_path) == before
    branch("backup bak")
    assert backups(tmp_path / "bak")


def test_help_names_the_folder_and_the_verbs(run: Run):
    text = run("backup --help").out
    assert "[文件夹]" in text
    assert all(verb in text for verb in ("list", "verify"))
    assert "restore [选项] 文件" in run("restore --help").out


def test_the_list_is_newest_first_and_says_why_each_was_made(branch: Run, workbook: Workbook):
    assert branch("backup list --json").json == []
    assert "partyctl backup" in branch("backup list").out
    branch(f"member import {workbook('姓名 入党日期', ('新党员', '2020-07-01'))}")
    branch("backup")

    listed = branch("backup list --json").json

    assert [each["reason"] for each in listed] == ["manual", "import"]
    assert all(each["id"] and each["sha256"] and each["rows"] for each in listed)
    assert branch("backup --json list").json == listed
    text = branch("backup list").out
    assert text.index("手动") < text.index("导入前")
    assert listed[0]["head"] in text


def test_the_list_needs_no_ledger(branch: Run, ledger: Path):
    branch("backup")
    ledger.unlink()
    assert len(branch("backup list --json").json) == 1
    assert branch("backup verify --json").json["ok"] is True


def test_what_is_not_there_is_missing(branch: Run, tmp_path: Path):
    assert "没有文件夹" in branch(f"backup list {tmp_path}/none", code=66).err
    assert "里没有备份" in branch("backup verify", code=66).err
    assert "没有备份文件" in branch(f"backup verify {tmp_path}/none.db", code=66).err
    assert "没有备份文件" in branch(f"restore {tmp_path}/none.db", code=66).err
    assert "没有台账" in branch(f"--ledger {tmp_path}/none.db backup", code=66).err
    assert not (tmp_path / "none.db.lock").exists()


def test_verify_takes_the_newest_one_or_all_or_one_that_is_named(branch: Run, folder: Path):
    branch("backup")
    branch("staff add 赵六")
    branch("backup")
    older, newer = sorted(backups(folder), key=lambda each: each.stat().st_mtime)

    assert str(newer) in branch("backup verify").out
    assert str(older) in branch(f"backup verify {older}").out
    assert len(branch("backup verify --all --json").json["backups"]) == 2
    assert len(branch(f"backup verify {folder} --json").json["backups"]) == 1
    said = branch(f"backup verify {older} --all", code=2).err
    assert said.splitlines()[-1] == f"  → partyctl backup verify {folder} --all"


def spoil(path: Path) -> None:
    outside = sqlite3.connect(path)
    outside.execute("UPDATE member SET name = '改'")
    outside.commit()
    outside.close()


def test_verify_tells_damage_from_tampering(branch: Run, folder: Path, tmp_path: Path):
    branch("backup")
    (made,) = backups(folder)
    good = made.read_bytes()
    made.write_bytes(good[:-1] + b"?")
    assert "清单不符" in branch("backup verify", code=74).err
    made.write_bytes(good)
    spoil(made)
    assert "的内容与清单不符" in branch("backup verify", code=74).err
    backup.manifest_of(made).unlink()
    assert "member" in branch("backup verify", code=76).err
    (tmp_path / "text.db").write_text("text")
    assert "不是 partyctl 台账" in branch(f"backup verify {tmp_path}/text.db", code=65).err


def test_verify_all_names_every_bad_one_and_leaves_with_the_worst(branch: Run, folder: Path):
    for name in ("甲", "乙", "丙"):
        branch(f"staff add {name}")
        branch("backup")
    first, second, _ = sorted(backups(folder), key=lambda each: each.stat().st_mtime)
    spoil(first)
    backup.manifest_of(first).unlink()
    second.write_bytes(second.read_bytes()[:-1] + b"?")

    said = branch("backup verify --all", code=76)
    listed = branch("backup verify --all --json", code=76).json

    assert said.out.count("完好") == 1
    assert first.name in said.err
    assert second.name in said.err
    assert listed["ok"] is False
    assert sorted(each["code"] for each in listed["backups"]) == [0, 74, 76]


def test_a_ledger_that_does_not_verify_is_not_backed_up(
    branch: Run, refused: Refused, ledger: Path, folder: Path
):
    spoil(ledger)
    assert "没有通过校验" in refused("backup", 76)
    with ledger.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 4096)
    assert "已损坏" in refused("backup", 74)
    assert backups(folder) == []


def test_a_backup_gone_bad_is_reported_after_the_new_one_is_made(branch: Run, folder: Path):
    """R-23."""
    branch("backup")
    (bad,) = backups(folder)
    bad.write_bytes(b"bad")
    said = branch("backup", code=74)
    made = next(each for each in backups(folder) if each != bad)
    assert str(made) in said.out
    assert bad.name in said.err
    assert bad.exists()
    assert backup.check(made).ok


def test_two_at_once_is_one_too_many(branch: Run, refused: Refused, ledger: Path, folder: Path):
    branch("backup")
    (made,) = backups(folder)
    with locked(ledger):
        assert str(os.getpid()) in refused("backup", 75)
        assert "正在备份、升级、恢复或加密、解密这本台账" in refused(f"restore {made}", 75)
    branch("backup")


def test_restore_goes_back_and_says_where_everything_is(branch: Run, ledger: Path, folder: Path):
    branch("backup")
    (made,) = backups(folder)
    branch("staff add 赵六")
    said = branch(f"restore {made}")
    assert f"已恢复 {ledger} ← {made}" in said.out
    assert "before-restore" in said.out
    assert branch("staff list --json").json == []
    assert branch("journal verify").code == 0
    assert len(backups(folder)) == 2


def test_restore_as_json(branch: Run, ledger: Path, folder: Path):
    branch("backup")
    branch("staff add 赵六")
    (made,) = backups(folder)
    foreseen = branch(f"restore {made} --dry-run --json").json
    done = branch(f"restore {made} --json").json
    assert (foreseen["dry_run"], done["dry_run"]) == (True, False)
    assert foreseen["replaced"] == done["replaced"]
    assert (foreseen["after"], foreseen["aside"], foreseen["next"]) == (1, None, None)
    assert Path(done["aside"], "ledger.db").is_file()
    assert Path(done["backup"]).is_file()
    assert (done["ledger"], done["file"]) == (str(ledger), str(made))


def test_a_backup_older_than_an_erasure_says_whose_values_it_brings_back(branch: Run, folder: Path):
    branch("member edit 李四 --phone 13800001234")
    branch("journal redact 王五 --reason 本人要求")
    branch("backup")
    branch("journal redact 李四 --reason 本人要求")
    (made,) = backups(folder)

    again = "partyctl journal redact '#2' --reason …"
    assert again in branch(f"restore {made} --dry-run").out
    assert branch(f"restore {made} --dry-run --json").json["redact_again"] == ["member#2"]
    said = branch(f"restore {made}")
    assert again in said.out
    assert "#3" not in said.out
    assert "13800001234" not in said.out
    branch("journal redact 李四 --reason 再次")
    assert branch("journal verify --json").json["ok"]


def test_a_dry_run_says_what_would_happen_and_changes_nothing(
    branch: Run, folder: Path, tmp_path: Path
):
    branch("backup")
    branch("staff add 赵六")
    (made,) = backups(folder)
    before = contents.tree(tmp_path)
    text = branch(f"restore {made} --dry-run").out
    assert "多 1 条" in text
    assert "没有写入" in text
    assert contents.tree(tmp_path) == before


def test_another_ledgers_backup_needs_a_word(branch: Run, refused: Refused, tmp_path: Path):
    other = tmp_path / "other.db"
    branch(f"init --organ 县局 --branch 县支部 --since 2025-01-01 --ledger {other}")
    branch(f"backup {tmp_path}/usb --ledger {other}")
    (made,) = backups(tmp_path / "usb")
    assert "--other-ledger" in refused(f"restore {made}", 5)
    branch(f"restore {made} --other-ledger")
    assert branch("branch list --json").json[0]["name"] == "县支部"
    assert branch("journal verify").code == 0


def test_a_backup_of_an_older_schema_is_restored_and_migrate_is_next(run: Run, ledger: Path):
    old = contents.thawed(contents.HERE / "v0007.db", ledger.parent.with_name("old"))
    assert "partyctl migrate" in run(f"restore {old}").out
    assert "台账的结构版本" in run("status", code=78).err
    said = run("migrate").out
    (made,) = backups(default_folder(ledger))
    assert str(made) in said
    run("journal verify")
    assert "最新" in run("migrate").out


@pytest.mark.parametrize(("schema", "told"), [(99, "先升级"), (6, "没有发布过")])
def test_a_ledger_of_an_unknown_schema_is_left_as_it_is_by_every_kind_of_command(
    schema: int,
    told: str,
    branch: Run,
    refused: Refused,
    ledger: Path,
    folder: Path,
    workbook: Workbook,
):
    """R-19."""
    branch("backup")
    (made,) = backups(folder)
    with ledger.open("r+b") as file:
        file.seek(60)
        file.write(schema.to_bytes(4, "big"))
    before = contents.tree(ledger.parent)
    book = workbook("姓名 入党日期", ("新党员", "2020-07-01"))
    for line in ("status", "member list", "check", "journal verify", "staff add 赵六", "migrate"):
        assert told in refused(line, 78)
    for line in ("backup", f"restore {made}", f"restore {made} --dry-run", f"member import {book}"):
        assert "台账的结构版本" in refused(line, 78)
    assert contents.tree(ledger.parent) == before


def no_ledger(kind: str, path: Path) -> None:
    if kind == "another program's":
        sqlite3.connect(path).execute("CREATE TABLE t (x)").connection.close()
    elif kind == "a folder":
        path.mkdir()
    elif kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a link":
        (path.parent / "real.db").write_bytes(b"x" * 200)
        path.symlink_to("real.db")


@pytest.mark.parametrize("kind", ["another program's", "a folder", "a pipe", "a link"])
def test_what_is_no_ledger_is_left_as_it_is(
    kind: str, branch: Run, refused: Refused, ledger: Path, folder: Path
):
    """R-19."""
    branch("backup")
    (made,) = backups(folder)
    ledger.unlink()
    no_ledger(kind, ledger)
    before = digest(ledger)
    for line in ("status", "staff add 赵六", "migrate", "backup", f"restore {made}"):
        assert "不是 partyctl 台账" in refused(line, 65)
    assert digest(ledger) == before


def test_before_an_import_a_backup_is_made_and_nothing_said(
    branch: Run, folder: Path, workbook: Workbook
):
    book = workbook("姓名 入党日期 类别", ("新党员", "2020-07-01", "在职"))
    branch(f"member import {book} --dry-run")
    assert backups(folder) == []
    said = branch(f"member import {book}")
    assert said.err == ""
    (made,) = backups(folder)
    assert "新党员" not in [row["name"] for row in rows_of(made)]
    branch(f"restore {made}")
    assert len(branch("member list --json").json) == 3


def rows_of(made: Path) -> list[dict[str, str]]:
    with contents.opened(made) as ledger:
        return [{"name": name} for (name,) in ledger.execute("SELECT name FROM member")]


def test_an_import_with_errors_makes_no_backup(branch: Run, folder: Path, workbook: Workbook):
    assert (
        "一行也没有写入"
        in branch(f"member import {workbook('姓名 入党日期', ('新党员', '昨日'))}", code=65).err
    )
    assert backups(folder) == []


def test_without_a_backup_there_is_no_import(
    branch: Run, refused: Refused, ledger: Path, folder: Path, workbook: Workbook
):
    folder.write_text("a file in the way")
    book = workbook("姓名 入党日期", ("新党员", "2020-07-01"))
    assert "不能创建" in refused(f"member import {book}", 73)
    folder.unlink()
    spoil(ledger)
    assert "没有通过校验" in refused(f"member import {book}", 76)


def test_an_older_backup_gone_bad_does_not_stop_an_import(
    branch: Run, folder: Path, workbook: Workbook
):
    branch("backup")
    (bad,) = backups(folder)
    bad.write_bytes(b"bad")
    book = workbook("姓名 入党日期", ("新党员", "2020-07-01"))
    said = branch(f"member import {book}")
    assert bad.name in said.err
    assert len(branch("member list --json").json) == 4


def test_in_english(branch: Run, folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    assert branch("backup").out.startswith("Backed up: ")
    (made,) = backups(folder)
    assert branch("backup list").out.startswith("made")
    assert branch("backup verify").out.startswith("Intact: ")
    assert branch(f"restore {made} --dry-run").out.startswith("Would restore")
    assert branch(f"restore {made}").out.startswith("Restored ")
    assert "There is no backup nowhere.db" in branch("backup verify nowhere.db", code=66).err
