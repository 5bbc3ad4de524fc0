"""`partyctl doctor`: the problems that it reports, and the commands that repair them."""

import json
import os
import re
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from partyctl.cli.maintenance import fonts
from partyctl.ledger.file.locking import locked
from partyctl.ledger.journal.heads import heads_file
from tests.conftest import ItIs, Run

pytestmark = pytest.mark.dated


def states(run: Run, *, code: int = 0) -> dict[str, str]:
    """The worst state that `doctor` reported for each check, keyed by the name of the check."""
    worst: dict[str, str] = {}
    order = ("ok", "warning", "failed")
    for each in run("doctor --json", code=code).json["findings"]:
        state = max(worst.get(each["name"], "ok"), each["state"], key=order.index)
        worst[each["name"]] = state
    return worst


@pytest.fixture(autouse=True)
def the_holidays_of_this_year_are_known(it_is: ItIs) -> None:
    """Set today to a day in June, when next year's days off are not announced yet."""
    it_is("2026-06-01")


def test_a_new_ledger_is_in_order_but_for_a_backup(branch: Run):
    branch("staff add 赵六")
    found = states(branch)
    assert found.pop("最近备份") == "warning"
    assert set(found.values()) == {"ok"}
    assert set(found) >= {
        "台账文件",
        "权限",
        "结构版本",
        "SQLite",
        "完整性",
        "日志",
        "时钟",
        "所在位置",
        "提醒",
    }


def test_a_backup_made_today_is_in_order(branch: Run):
    branch("backup")
    assert states(branch)["最近备份"] == "ok"


def test_a_warning_and_a_failure_name_the_command_that_mends_them(branch: Run, ledger: Path):
    branch("staff add 赵六")
    ledger.chmod(0o644)
    found = branch("doctor --json", code=77).json
    assert found["ok"] is False
    remedies = {each["name"]: each["remedy"] for each in found["findings"] if each["remedy"]}
    assert remedies == {"权限": f"chmod 600 {ledger}", "最近备份": "partyctl backup"}
    text = branch("doctor", code=77).out
    assert "失败" in text
    assert f"→ chmod 600 {ledger}" in text


def test_a_draft_that_a_killed_command_left_is_named_and_the_next_backup_removes_it(
    branch: Run, ledger: Path
):
    branch("staff add 赵六")
    branch("backup")
    left = [ledger.with_name(f".{ledger.name}.{what}.part") for what in ("0a1b2c3d", "converting")]
    left.append(ledger.parent / "backups" / ".ledger.db.0a1b2c3d.part")
    left.append(
        ledger.parent / "backups" / ".ledger-20260101T000000Z-u4-0a1b2c3d.json.2a1b2c3d.part"
    )
    for each in left:
        each.write_bytes(b"SQLite format 3\0")
    # The name of this unfinished manifest does not say to which ledger the manifest belongs.
    # Therefore the file counts as abandoned only if it is old.
    os.utime(left[-1], (0, 0))
    backups = ledger.parent / "backups"
    others = [
        ledger.with_name(".other.db.0a1b2c3d.part"),
        ledger.with_name(f".{ledger.name}.old.0a1b2c3d.part"),
        backups / ".other.db.0a1b2c3d.part",
        backups / f".{ledger.name}2.0a1b2c3d.part",
    ]
    for each in others:
        each.touch()

    lines = [
        each for each in branch("doctor --json").json["findings"] if each["name"] == "残留文件"
    ]
    assert {each["state"] for each in lines} == {"warning"}
    assert {each["remedy"] for each in lines} == {"partyctl backup"}
    assert all(str(each) in " ".join(line["detail"] for line in lines) for each in left)
    with locked(
        ledger
    ):  # while the lock is held, the file counts as being written, not as a leftover
        left[0].touch()
        assert "残留文件" not in states(branch)
    branch("backup")
    assert not [each for each in left if each.exists()]
    assert all(each.exists() for each in others)
    assert "残留文件" not in states(branch)


def test_in_a_folder_of_ones_own_choice_only_an_old_draft_goes(branch: Run, tmp_path: Path):
    """Only the old unfinished file is deleted: another backup could still be writing the new one."""
    old, new = (tmp_path / f".ledger.db.{name}.part" for name in ("0a1b2c3d", "1a1b2c3d"))
    for each in (old, new):
        each.touch()
    os.utime(old, (0, 0))
    branch(f"backup {tmp_path}")
    assert (old.exists(), new.exists()) == (False, True)


def test_status_and_doctor_warn_of_a_backup_that_is_older_than_a_week(branch: Run, ledger: Path):
    made = Path(branch("backup --json").json["path"])
    assert "天前的" not in branch("status").out
    week_old = datetime.now(UTC) - timedelta(days=8)
    manifest = made.with_suffix(".json")
    said = json.loads(manifest.read_text(encoding="utf-8")) | {"made_at": week_old.isoformat()}
    manifest.write_text(json.dumps(said), encoding="utf-8")
    for each in (made, manifest):  # the file name contains the date of the backup
        each.rename(each.with_name(re.sub(r"\d{8}T", f"{week_old:%Y%m%d}T", each.name)))
    assert "最近的备份是 8 天前的：partyctl backup" in branch("status").out
    assert states(branch)["最近备份"] == "warning"


def test_a_row_changed_unseen_fails_the_journal(branch: Run, ledger: Path):
    outside = sqlite3.connect(ledger)
    outside.execute("UPDATE member SET name = '别人' WHERE id = 1")
    outside.commit()
    outside.close()
    assert states(branch, code=76)["日志"] == "failed"


def test_without_heads_kept_elsewhere_the_journal_is_only_warned_of(branch: Run):
    heads_file().unlink(missing_ok=True)
    assert states(branch)["日志"] == "warning"


def test_a_ledger_that_is_missing_or_none_is_said_in_its_own_words(run: Run, ledger: Path):
    assert run("doctor --json", code=66).json["findings"][0]["state"] == "failed"
    ledger.parent.mkdir()
    ledger.write_bytes(b"something else")
    assert "不是 partyctl 台账" in run("doctor", code=65).out


def test_a_damaged_ledger_fails_and_points_to_the_backups(branch: Run, ledger: Path):
    content = bytearray(ledger.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    ledger.write_bytes(content)
    found = branch("doctor --json", code=74).json["findings"]
    damaged = next(each for each in found if each["name"] == "完整性")
    assert damaged["remedy"] == "partyctl backup list"


def test_a_synchronised_folder_is_warned_of(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PARTYCTL_LEDGER", str(tmp_path / "OneDrive" / "ledger.db"))
    started = run("init --organ 某局党组 --branch 机关支部 --since 2026-01-01")
    assert "OneDrive" in started.err
    assert states(run)["所在位置"] == "warning"


def test_a_clock_before_the_last_entry_is_warned_of(
    branch: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch
):
    outside = sqlite3.connect(ledger)
    outside.executescript(
        "DROP TRIGGER fix_journal_entry; UPDATE journal_entry SET at = '2999-01-01T00:00:00+00:00'"
        " WHERE seq = (SELECT max(seq) FROM journal_entry);"
    )
    outside.close()
    assert states(branch, code=76)["时钟"] == "warning"
    for language in ("zh", "en"):
        monkeypatch.setenv("PARTYCTL_LANG", language)
        assert "2999-01-01 08:00" in branch("doctor", code=76).out


OFFICIAL = frozenset(("仿宋_GB2312", "方正小标宋简体", "宋体", "SimHei"))


@pytest.mark.parametrize(
    ("programs", "found", "state", "words"),
    [
        ([], None, "ok", ("不用字体",)),
        (["LibreOffice"], None, "warning", ("fontconfig",)),
        (["typst"], frozenset(), "warning", ("没有中文字体", "fonts-noto-cjk")),
        (
            ["LibreOffice"],
            frozenset(("Noto Serif CJK SC", "SimSun")),
            "ok",
            ("仿宋、小标宋、黑体", "代替"),
        ),
        (["LibreOffice"], OFFICIAL, "ok", ("齐全",)),
    ],
)
def test_doctor_names_the_fonts_that_a_pdf_would_lack(
    branch: Run,
    monkeypatch: pytest.MonkeyPatch,
    programs: list[str],
    found: frozenset[str] | None,
    state: str,
    words: tuple[str, ...],
):
    monkeypatch.setattr(fonts, "prints_pdf", lambda: programs)
    monkeypatch.setattr(fonts, "families", lambda: found)
    (line,) = (each for each in branch("doctor --json").json["findings"] if each["name"] == "字体")
    assert line["state"] == state
    for word in words:
        assert word in f"{line['detail']} {line['remedy']}"


def test_the_fonts_of_this_machine_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    program = tmp_path / "fc-list"
    program.write_text("#!/bin/sh\nprintf 'Noto Serif CJK SC\\n宋体,SimSun\\n'\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert fonts.families() == {"Noto Serif CJK SC", "宋体", "SimSun"}
    assert fonts.missing(fonts.families()) == ["仿宋", "小标宋", "黑体"]
    program.write_text("#!/bin/sh\nexit 3\n")
    assert fonts.families() is None
