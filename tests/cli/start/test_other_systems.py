"""Tests for Windows that run without Windows: no fcntl, a console in GBK, CRLF, backslashes.

These are simulations on Unix, and docs/platforms.md says so.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.support.waiting import PATIENCE

HERE = Path(__file__).parents[3]
EXAMPLE = HERE / "docs" / "examples" / "first-month.txt"
LATER = {
    "check --month 2026-03 --as-of 2026-04-10": 3,
    "status --as-of 2026-04-10": 0,
    "member list": 0,
    "member show 张三 --history": 0,
    "member edit 王五 --phone 13800000000": 0,
    "undo": 0,
    "member import 名册.xlsx --dry-run": 0,
    "member import 名册.xlsx": 0,
    "dues status --as-of 2026-04-10 -o dues.xlsx": 0,
    "dues sheet 2026-04 -o sheet.xlsx": 0,
    "paper 会议记录 4 -o record.docx": 0,
    "warning issue 王五 --level inquiry --category 4 --facts 迟到 --on 2026-03-20": 0,
    "warning letter 1 -o letter.docx": 0,
    "report year 2026 --as-of 2026-04-10 -o year.html": 0,
    "report handover -o handover": 0,
    "calendar export --ics": 0,
    "rules export": 0,
    "rollup extract --month 2026-03 -o 03.json": 0,
    "remind --dry-run": 0,
    "schedule print --windows": 0,
    "completion bash": 0,
    "journal verify": 0,
    "journal list": 0,
    "backup": 0,
    "backup verify": 0,
    "doctor": 0,
}
"""Commands to run after the first month is recorded, each with its expected exit code."""


class Told:
    """Runs command lines without Unix features; returns output and exit code of each line."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "PARTYCTL_LEDGER": str(folder / "own" / "ledger.db"),
            "XDG_STATE_HOME": str(folder / "state"),
            "PYTHONPATH": str(HERE),
            **environment,
        }

    def run(self, *lines: str, encoding: str = "utf-8") -> dict[str, tuple[int, str]]:
        typed = self.folder / "typed.txt"
        typed.write_text("\n".join(lines), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "tests.cli.start.without_unix", str(typed)],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        # Programs read calendars and JSON, so partyctl prints both in UTF-8, even on a console in
        # GBK. With errors="replace", this test can decode such output as GBK without an error.
        said = done.stdout.decode(encoding, errors="replace")
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr.decode()
        found = re.findall(r"^\$ (.*?)\n(.*?)^= (\d+)$", said, re.DOTALL | re.MULTILINE)
        assert len(found) == len(lines), said
        return {line: (int(code), answer) for line, answer, code in found}


@pytest.fixture
def told(tmp_path: Path) -> Told:
    return Told(tmp_path)


def with_crlf(folder: Path, encoding: str) -> Path:
    """The example file as Notepad would save it."""
    file = folder / "三月.txt"
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    file.write_bytes("\r\n".join(lines).encode(encoding))
    return file


@pytest.mark.long
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_first_month_goes_in_without_fcntl_from_notepads_file(told: Told, encoding: str):
    file = with_crlf(told.folder, encoding)
    [(code, answer)] = told.run(f"batch {file}").values()
    assert code == 3
    assert "2026-04-10 · 机关支部 · 2026-03 · 不合规 2，逾期 2，提示 4，已完成 21" in answer


@pytest.mark.long
def test_a_clerk_goes_on_without_fcntl_on_a_console_in_gbk(tmp_path: Path):
    told = Told(tmp_path, PYTHONIOENCODING="gbk")
    book = Workbook()
    book.active.append(["姓名", "入党时间"])
    book.active.append(["钱七", "2019-07-01"])
    book.save(tmp_path / "名册.xlsx")
    file = with_crlf(tmp_path, "gb18030")
    found = told.run(f"batch {file}", *LATER, encoding="gbk")
    left = {line: found[line][0] for line in LATER}
    assert left == LATER, {line: found[line] for line in LATER if left[line] != LATER[line]}
    assert "√ 会议 #4 2026-03-10" in found["check --month 2026-03 --as-of 2026-04-10"][1]
    for name in ("dues.xlsx", "record.docx", "letter.docx", "year.html", "sheet.xlsx"):
        assert (tmp_path / name).stat().st_size > 1000, name


@pytest.mark.long
def test_a_batch_takes_a_windows_path_as_it_is(told: Told):
    minutes = (
        told.folder / r"记录\三月 10 日.txt"
    )  # on Unix, the backslash is part of the file name
    minutes.write_text("讨论支部工作", encoding="utf-8")
    lines = (
        "init --organ 市某局党组 --branch 机关支部 --since 2026-01-01",
        "member add 张三 --joined 2010-07-01 --post branch-secretary",
        r'meeting add 支委会 --on 2026-03-10 --chair 张三 --minutes "@记录\三月 10 日.txt"',
        r"meeting list -o 会议\三月.csv",
    )
    file = told.folder / "三月.txt"
    file.write_bytes("\r\n".join(lines).encode("gb18030"))
    [(code, answer)] = told.run(f"batch {file}").values()
    assert code == 0, answer
    assert (told.folder / r"会议\三月.csv").is_file()


def test_what_is_taken_away_is_needed_elsewhere():
    """After `take_away`, Python has no Unix locks, no `O_NOFOLLOW`, and no `os.fork`."""
    script = (
        "from tests.cli.start import without_unix as w; w.take_away()\n"
        "from partyctl.ledger.file import flags, system_lock\n"
        "import os; print(system_lock.is_known(), flags.NO_LINK, hasattr(os, 'fork'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=HERE, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False 0 False\n"


WITHOUT_LIBRARIES = (
    "--follow-imports=skip",
    "--no-warn-return-any",
    "--allow-subclassing-any",
    "--no-warn-unused-ignores",
    "--allow-untyped-decorators",
    "--disable-error-code=call-arg",
)
"""With these options, mypy skips the libraries and needs half the time.

The libraries need no check here, because only Python's own modules differ between systems.
"""


@pytest.mark.hard
@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_the_types_are_clean_for_another_system(platform: str, tmp_path: Path):
    """This test checks the types for other systems, without the libraries.

    `make check` checks the types for its own system, including the types of all libraries.
    """
    asked = [sys.executable, "-m", "mypy", "--platform", platform, "--cache-dir", str(tmp_path)]
    done = subprocess.run(
        [*asked, *WITHOUT_LIBRARIES, "partyctl"],
        cwd=HERE,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
