"""The folder for an inspector: all records by chapter, the unmet duties, and the checksums."""

import hashlib
import json
import re
import shutil
import signal
import stat
import subprocess
import sys
from datetime import date
from itertools import count
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest

from partyctl.cli.report import folders, inspection
from partyctl.ledger.writing.session import open_for_writing
from partyctl.records.meetings import meetings
from partyctl.records.meetings.gathering import Gathering
from tests.cli.conftest import Refused, write_ledger
from tests.conftest import Run
from tests.support.waiting import PATIENCE, wait_until

DAY = "--as-of 2026-03-31"
MORE = """
    meeting add members,lecture --on 2026-02-10 --chair 张三 --lecturer 张三 --present all
    meeting add org-life --on 2026-03-20 --chair 张三 --opinions-inside 2 --criticism
    talk add --on 2026-02-10 --with 张三,李四
    applicant add 郑十 --applied 2026-02-01 --birth 1999-01-01
    opinion add 收费不公开 --received 2026-03-02 --class individual --from 何群众
    warning issue 王五 --level inquiry --category 4 --facts 越权审批事项 --on 2026-03-02
    contact add 东河村 --leader 张三
    contact visit 东河村 --on 2026-03-05 --kind visit
    plan item 2026 修订制度 --owner 李四 --due 2026-06-30 --on 2026-01-05
    disclosure add progress --title 进展 --scope internal --approved-on 2026-03-01
"""
MINUTES = b"%PDF-1.4 minutes \x00\xff"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, january_ledger: Path) -> Path:
    folder = tmp_path_factory.mktemp("inspection")
    path = write_ledger(shutil.copy(january_ledger, folder / "ledger.db"), MORE)
    (folder / "原件 1.pdf").write_bytes(MINUTES)
    from partyctl.cli.start.main import run as run_command

    words = ["meeting", "edit", "2", "--minutes", f"@{folder / '原件 1.pdf'}"]
    assert run_command(["--ledger", str(path), *words]) == 0
    return path


@pytest.fixture(scope="module")
def package(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The inspection package, written once."""
    from partyctl.cli.start.main import run as run_command

    place = tmp_path_factory.mktemp("package") / "迎检"
    line = ["report", "inspection", "2026", "--as-of", "2026-03-31", "-o", str(place)]
    assert run_command(["--ledger", str(written), *line]) == 3
    return place


def names(folder: Path) -> set[str]:
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}


@pytest.mark.long
def test_every_record_of_the_year_lies_in_its_chapter(package: Path):
    found = names(package)
    for wanted in (
        "01-党组党建工作责任制度/2026年计划和任务.xlsx",
        "02-学习制度/2026-01-06-会议1-学习记录.docx",
        "03-“三会一课”制度/2026-01-12-会议2-会议记录.docx",
        "03-“三会一课”制度/2026-01-12-会议2-签到表.docx",
        "03-“三会一课”制度/2026-01-12-会议2-原件-原件 1.pdf",
        "03-“三会一课”制度/2026-02-10-会议4-会议记录.docx",
        "04-组织生活会制度/2026-03-20-会议5-会议记录.docx",
        "07-发展党员制度/郑十-1/入党积极分子登记表-郑十.docx",
        "09-谈心谈话制度/2026-02-10-谈话1-张三、李四.docx",
        "10-党建工作联系点制度/2026-03-05-走访1-东河村.docx",
        "12-党务公开工作制度/党务公开情况通报-2026年第一季度.docx",
        "13-廉政风险防范制度/2026年防范案件（只列编号）.xlsx",
    ):
        assert wanted in found, sorted(found)
    [kept] = package.glob("03-*/*.pdf")
    assert kept.read_bytes() == MINUTES


def test_files_are_their_owners(package: Path):
    for each in package.rglob("*"):
        wanted = 0o600 if each.is_file() else 0o700
        assert stat.S_IMODE(each.stat().st_mode) == wanted, each


def test_the_manifest_and_the_sums_hold_every_file(package: Path):
    told = json.loads((package / "manifest.json").read_text(encoding="utf-8"))
    sums = dict(
        reversed(line.split("  ", 1))
        for line in (package / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    )
    assert set(sums) == names(package) - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((package / name).read_bytes()).hexdigest() == digest
    assert {each["path"]: each["sha256"] for each in told["files"]} | told["others"] == {
        name: digest for name, digest in sums.items() if name != "manifest.json"
    }
    if shutil.which("sha256sum"):
        checked = subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=package)
        assert checked.returncode == 0


def test_the_gaps_are_those_of_check(package: Path, office: Run):
    sheet = openpyxl.load_workbook(package / "缺口.xlsx").active
    assert sheet is not None
    head, *rows = [
        [cell or "" for cell in row] for row in sheet.iter_rows(min_row=3, values_only=True)
    ]
    assert head == ["序号", "章", "条款", "缺什么", "对象", "期间", "自何日起", "状态", "办法"]
    owed = office(f"check --period 2026 {DAY} --json", code=3).json["obligations"]
    wrong = [each for each in owed if each["status"] in ("overdue", "breach", "advised")]
    assert sorted((row[2], row[4], row[5], row[6]) for row in rows) == sorted(
        (
            each["article"],
            each["subject"]["name"],
            each["period"] or "",
            each["due"] or each["opens"],
        )
        for each in wrong
    )
    assert any(row[8].startswith("partyctl ") for row in rows)
    told = json.loads((package / "manifest.json").read_text(encoding="utf-8"))
    assert told["gaps"] + told["advised"] == len(wrong)
    assert told["summary"] == office(f"check --period 2026 {DAY} --json", code=3).json["summary"]


def test_the_index_leads_to_every_file(package: Path):
    text = (package / "00-目录.html").read_text(encoding="utf-8")
    links = {unquote(each) for each in re.findall(r'href="([^"]+)"', text)}
    assert links == names(package) - {"00-目录.html", "SHA256SUMS", "manifest.json"}
    assert "default-src" in text
    assert not re.search(r"<script|https?:|<img|<link", text)
    assert "待补" in text


def test_who_said_it_and_what_a_case_is_about_are_not_in_it(package: Path):
    import zipfile

    for file in package.rglob("*"):
        if file.is_file():
            texts = [file.read_bytes()]
            if zipfile.is_zipfile(file):
                with zipfile.ZipFile(file) as parts:
                    texts += [parts.read(part) for part in parts.namelist()]
            told = b"".join(texts).decode(errors="replace")
            assert "何群众" not in told, file
            assert "越权审批事项" not in told, file


@pytest.mark.long
def test_twice_the_same_bytes(package: Path, office: Run):
    office(f"report inspection 2026 {DAY} -o again", code=3)
    again = Path("again")
    assert names(again) == names(package)
    for name in names(package):
        assert (again / name).read_bytes() == (package / name).read_bytes(), name


def test_without_a_gap_it_leaves_with_nothing_wrong(
    run: Run, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    run("init --organ 甲 --branch 乙 --since 2026-01-01")
    monkeypatch.chdir(tmp_path)
    told = run("report inspection 2026 --as-of 2026-01-02 --json").json
    assert told["gaps"] == 0
    assert told["folder"] == "迎检材料-2026"
    manifest = (tmp_path / "迎检材料-2026" / "manifest.json").read_bytes()
    assert told["sha256"] == hashlib.sha256(manifest).hexdigest()


def test_a_meeting_that_was_recorded_without_a_kind_is_in_the_folder(office: Run, ledger: Path):
    with open_for_writing(ledger, "meeting add") as session:
        said = Gathering(kinds=[], day=date(2026, 3, 5), chair="张三")
        number = meetings.add(session, said, None).number
    office(f"report inspection 2026 {DAY} -o there", code=3)
    assert f"会议{number}-会议记录" in str(names(Path("there")))


def test_a_folder_that_is_there_gives_way_only_if_it_is_one_of_ours(
    office: Run, refused: Refused, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(inspection, "planned", lambda *_: [])
    office(f"report inspection 2026 {DAY} -o there", code=3)
    before = Path("there/manifest.json").read_bytes()
    assert "--replace" in refused(f"report inspection 2026 {DAY} -o there", 5)
    office(f"report inspection 2026 {DAY} -o there --replace", code=3)
    assert Path("there/manifest.json").read_bytes() == before
    Path("mine").mkdir()
    Path("mine/letter.txt").write_text("x")
    said = refused(f"report inspection 2026 {DAY} -o mine --replace", 5)
    assert "mine 已存在，没有覆盖" in said
    assert Path("mine/letter.txt").read_text() == "x"
    assert sorted(each.name for each in Path().iterdir() if each.name.startswith(".")) == []


def test_only_a_folder_that_partyctl_wrote_is_replaced(
    office: Run, refused: Refused, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(inspection, "planned", lambda *_: [])
    Path("webapp").mkdir()
    Path("webapp/app.js").write_text("x")
    for manifest in ('{"name": "webapp"}', '{"kind": "inspection"}', "[]", "", "[" * 100_000):
        Path("webapp/manifest.json").write_text(manifest)
        said = refused(f"report inspection 2026 {DAY} -o webapp --replace", 5)
        assert "webapp 已存在，没有覆盖" in said
        assert names(Path("webapp")) == {"app.js", "manifest.json"}
    office("report handover -o carried")
    refused(f"report inspection 2026 {DAY} -o carried --replace", 5)
    assert Path("carried/交接清单.xlsx").is_file()


def test_a_folder_of_ours_with_a_file_of_the_clerk_is_not_replaced(
    office: Run, refused: Refused, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(inspection, "planned", lambda *_: [])
    office(f"report inspection 2026 {DAY} -o there", code=3)
    Path("there/.DS_Store").write_text("x")
    office(f"report inspection 2026 {DAY} -o there --replace", code=3)
    Path("there/补充").mkdir()
    note = Path("there/补充/说明.txt")
    note.write_text("x")
    line = f"report inspection 2026 {DAY} -o there"
    for words in (line, f"{line} --replace"):
        assert "there 里的 补充/说明.txt 不是 partyctl 写的" in refused(words, 5)
    assert note.read_text() == "x"
    shutil.rmtree(note.parent)
    Path("linked").symlink_to("there")
    refused(f"report inspection 2026 {DAY} -o linked --replace", 5)
    assert Path("there/manifest.json").is_file()


@pytest.mark.parametrize("failing", [{2}, {2, 3}], ids=["the new folder", "both folders"])
def test_a_replaced_folder_is_not_lost_if_the_new_one_cannot_take_its_place(
    office: Run, monkeypatch: pytest.MonkeyPatch, failing: set[int]
):
    monkeypatch.setattr(inspection, "planned", lambda *_: [])
    office(f"report inspection 2026 {DAY} -o there", code=3)
    before = Path("there/manifest.json").read_bytes()
    numbers, rename = count(1), Path.rename

    def fail(self: Path, target: Path) -> Path:
        if next(numbers) in failing:
            raise OSError(5, "Input/output error")
        return rename(self, target)

    with monkeypatch.context() as disk:
        disk.setattr(Path, "rename", fail)
        office(f"report inspection 2026 {DAY} -o there --replace", code=74)
    if len(failing) == 1:
        assert [each.name for each in Path().glob("*there*")] == ["there"]
        assert Path("there/manifest.json").read_bytes() == before
        return
    office(f"report inspection 2026 {DAY} -o there", code=3)
    [old] = Path().glob("there.before-replace-*")
    assert (old / "manifest.json").read_bytes() == before


def test_the_current_folder_is_replaced_too(office: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(inspection, "planned", lambda *_: [])
    office(f"report inspection 2026 {DAY} -o there", code=3)
    monkeypatch.chdir("there")
    office(f"report inspection 2026 {DAY} -o . --replace", code=3)
    monkeypatch.chdir("..")
    assert Path("there/manifest.json").is_file()


def test_what_fails_on_the_way_leaves_nothing(office: Run, monkeypatch: pytest.MonkeyPatch):
    def full(self: folders.Folder, name: str, content: bytes) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders.Folder, "add", full)
    assert "磁盘已满" in office(f"report inspection 2026 {DAY} -o new", code=73).err
    assert [each.name for each in Path().iterdir() if "new" in each.name] == []


UNPUBLISHED = f"""
import pathlib, time

def hold(draft, place):
    pathlib.Path("held").touch()
    time.sleep({PATIENCE})

pathlib.Path.rename = hold
from partyctl.__main__ import main
main()
"""
"""A program that runs a command, and stops before the finished folder gets its final name."""


@pytest.mark.long
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_cut_off_leaves_no_half_folder(
    office: Run, ledger: Path, how: signal.Signals
):
    line = ["--ledger", str(ledger), "report", "inspection", "2026"]
    running = subprocess.Popen(
        [sys.executable, "-c", UNPUBLISHED, *line, "--as-of", "2026-03-31", "-o", "cut"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until(Path("held").exists, "the run is held", step=0.01)
    assert list(Path().glob(".cut.*.part/*/*")) != []
    assert running.poll() is None
    running.send_signal(how)
    assert running.wait(PATIENCE) != 0
    assert not Path("cut").exists()
    assert how is signal.SIGKILL or list(Path().glob(".cut*")) == []
    office(f"report inspection 2026 {DAY} -o cut", code=3)
    assert Path("cut/manifest.json").is_file()
    assert list(Path().glob(".cut*")) == []


def test_several_branches_must_be_told_apart(office: Run, refused: Refused):
    office("branch add 第二支部")
    assert "--branch" in refused("report inspection 2026", 2)


def test_a_new_folder_removes_its_own_drafts_but_not_those_of_a_folder_with_a_longer_name(
    office: Run,
):
    own, other = Path(".out.0a1b2c3d.part"), Path(".out.old.0a1b2c3d.part")
    for each in (own, other):
        each.mkdir()
    office(f"report inspection 2026 {DAY} -o out", code=3)
    assert (own.exists(), other.exists()) == (False, True)
