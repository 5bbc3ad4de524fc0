"""The folder for a successor is moved from one home folder to another, and the journal continues there."""

import contextlib
import hashlib
import html
import json
import os
import re
import shlex
import shutil
import stat
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from tests.cli.conftest import Refused
from tests.conftest import Run
from tests.support.forking import PARTYCTL, ready_for_all

MORE = (
    "opinion add 收费不公开 --received 2026-03-02 --class individual --from 何群众",
    "warning issue 王五 --level inquiry --category 4 --facts 越权审批事项 --on 2026-03-02",
    "applicant add 郑十 --applied 2026-02-01 --birth 1999-01-01",
    "applicant edit 郑十 --paper 入党申请书=柜2",
)


@pytest.fixture
def office(branch: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    for line in MORE:
        branch(line)
    return branch


class Home(NamedTuple):
    """A simulated machine with a home folder; only the handover folder is copied to the machine."""

    folder: Path

    def runs(self, line: str, cwd: Path | None = None) -> str:
        """Run a command in a separate process; return its output."""
        env = {"PATH": os.environ["PATH"], "HOME": str(self.folder)}
        with contextlib.chdir(cwd or self.folder):
            done = ready_for_all().run(PARTYCTL, shlex.split(line), env)
        assert done.returncode in (0, 3), done.stderr.decode()
        return done.stdout.decode()


@pytest.fixture
def homes(tmp_path: Path) -> tuple[Home, Home]:
    found = (Home(tmp_path / "old-home"), Home(tmp_path / "new-home"))
    for each in found:
        each.folder.mkdir(mode=0o700)
    return found


FIRST = (
    "init --organ 甲局党组 --branch 机关支部 --since 2026-01-01",
    "member add 张三 --joined 2010-07-01 --post branch-secretary",
    "meeting add members --on 2026-03-10 --chair 张三",
)


def entries(home: Home) -> list[dict[str, object]]:
    return list(json.loads(home.runs("journal list --json")))


@pytest.mark.parametrize("is_encrypted", [False, True], ids=["plain", "encrypted"])
def test_the_journal_goes_on_in_another_home(
    homes: tuple[Home, Home], tmp_path: Path, is_encrypted: bool
):
    old, new = homes
    key = tmp_path / "handed over apart.key"
    for line in FIRST:
        old.runs(line)
    if is_encrypted:
        pytest.importorskip("sqlcipher3.dbapi2", reason="NOT TESTED: no SQLCipher")
        old.runs(f"encrypt --key-file {shlex.quote(str(key))}")
    before = entries(old)
    old.runs("report handover -o carried")
    carried = Path(shutil.move(old.folder / "carried", new.folder / "carried"))
    shutil.rmtree(old.folder)

    page = (carried / "00-怎样接着用.html").read_text(encoding="utf-8")
    [restore] = re.findall(r"<code>(partyctl restore [^<]+)</code>", page)
    new.runs(html.unescape(restore).removeprefix("partyctl "), cwd=carried)

    new.runs("member add 李四 --joined 2015-07-01")
    new.runs("journal verify")
    after = entries(new)
    earlier = {(each["at"], each["command"]) for each in before}
    written = {(each["at"], each["command"]) for each in after}
    assert earlier < written
    assert {command for _, command in written - earlier} == {"restore", "member add"}
    names = [each["name"] for each in json.loads(new.runs("member list --json"))]
    assert names == ["张三", "李四"]
    told = json.loads((carried / "manifest.json").read_text(encoding="utf-8"))
    assert told["encrypted"] is is_encrypted
    ledger = (carried / told["backup"]).read_bytes()
    assert ledger.startswith(b"SQLite format 3\0") is not is_encrypted
    assert ("张三".encode() in ledger) is not is_encrypted
    if is_encrypted:
        assert str(key) in page
        digits = key.read_text().strip()
        for each in carried.rglob("*"):
            if each.is_file():
                assert digits.encode() not in each.read_bytes(), each


def sheet(folder: Path, name: str) -> list[dict[str, str]]:
    found = openpyxl.load_workbook(folder / "交接清单.xlsx")[name]
    rows = [
        [str(cell or "") for cell in row] for row in found.iter_rows(min_row=3, values_only=True)
    ]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if row[0]]


def test_the_list_holds_what_is_open_by_date_and_where_things_are(office: Run):
    office("report handover -o folder")
    folder = Path("folder")
    owed = office("check --all --json", code=3).json["obligations"]
    still = [each for each in owed if each["status"] in ("overdue", "breach", "advised", "due")]
    rows = sheet(folder, "未了事项")
    assert len(rows) == len(still)
    days = [row["期限"] for row in rows]
    assert days == sorted(days)
    assert [(row["案件"], row["到哪一步"]) for row in sheet(folder, "防范案件")] == [
        ("#1", "已发出")
    ]
    [opinion] = sheet(folder, "意见建议")
    assert (opinion["意见"], opinion["内容"]) == ("#1", "收费不公开")
    kept = {row["材料"]: row["存放"] for row in sheet(folder, "材料存放")}
    assert kept["入党申请书"] == "柜2"
    assert kept["台账文件"].endswith("ledger.db")
    assert sheet(folder, "提醒和计划任务")[-1]["接手后"] == "partyctl schedule install"


def test_who_said_it_and_who_a_case_is_about_are_not_on_the_list(office: Run):
    office("report handover -o folder")
    for name in ("未了事项", "防范案件", "意见建议", "材料存放", "提醒和计划任务"):
        told = str(sheet(Path("folder"), name))
        assert "何群众" not in told
        assert "越权审批事项" not in told
    assert "王五" not in str(sheet(Path("folder"), "防范案件"))


def test_channels_are_named_without_addresses_and_secrets(
    office: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from tests.support.argument_vectors import SETTINGS

    place = tmp_path / "reminders.toml"
    place.write_text(SETTINGS)
    place.chmod(0o600)
    monkeypatch.setenv("PARTYCTL_REMINDERS", str(place))
    office("report handover -o folder")
    rows = sheet(Path("folder"), "提醒和计划任务")
    assert [row["项目"] for row in rows] == ["提醒渠道 notes", "提醒渠道 mail", "计划任务"]
    assert "example.cn" not in str(rows)
    place.write_text("nonsense")
    office("report handover -o folder --replace")
    assert "读不出来" in str(sheet(Path("folder"), "提醒和计划任务"))


def test_the_folder_is_its_owners_and_its_sums_hold(office: Run):
    told = office("report handover -o folder --json").json
    folder = Path("folder")
    assert not told["encrypted"]
    for each in (folder, *folder.rglob("*")):
        assert stat.S_IMODE(each.stat().st_mode) == (0o600 if each.is_file() else 0o700)
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert office(f"backup verify {folder / '台账'} --json").json["ok"]
    assert told["head"] == office("journal verify --json").json["head"]


def test_a_damaged_ledger_is_not_handed_over(office: Run, ledger: Path, refused: Refused):
    content = bytearray(ledger.read_bytes())
    place = content.find("收费不公开".encode())
    content[place : place + 3] = "张".encode()
    ledger.write_bytes(content)
    assert "没有通过校验" in office("report handover -o folder", code=76).err
    assert not Path("folder").exists()
    assert not list(Path().glob(".folder*"))


def test_a_folder_that_is_there_is_refused(office: Run, refused: Refused):
    office("report handover -o folder")
    assert "--replace" in refused("report handover -o folder", 5)
