"""Fixtures of the command line's tests: ledgers, and functions that return answers of `check`."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from partyctl.cli.start.main import run as run_command
from tests.conftest import Run, write_ledger
from tests.support.browser import Page, browser

ROLES = "--assign secretary=张三 --assign person-in-charge=李四 --assign leader-in-charge=王五"
JANUARY = f"""
    plan adopt study 2026 --on 2026-01-05
    plan adopt work 2026 --on 2026-01-05
    plan adopt roles 2026 --on 2026-01-05 {ROLES}
    meeting add study --on 2026-01-06 --chair 张三 --minutes 学习记录
    meeting add members --on 2026-01-12 --chair 张三 --notified 2026-01-08
    meeting add committee --on 2026-01-07 --chair 李四 --minutes 会议记录
    dues pay 张三 --month 2026-01 --amount 10 --on 2026-01-20
    dues pay 李四 --month 2026-01 --amount 10 --on 2026-01-20
    dues pay 王五 --month 2026-01 --amount 10 --on 2026-01-20
"""
LEADING_GROUP = """
    init --organ 市某局党组 --branch 机关支部 --since 2026-01-01
    member add 张三 --joined 2010-07-01 --post branch-secretary --post leading-secretary
    member add 李四 --joined 2015-07-01 --post organization --post leading-member
    member add 王五 --joined 2015-07-01 --post leading-member
    member add 赵六 --joined 2020-07-01
"""


@pytest.fixture(scope="session")
def january_ledger(tmp_path_factory: pytest.TempPathFactory, branch_ledger: Path) -> Path:
    path = tmp_path_factory.mktemp("january") / "ledger.db"
    return write_ledger(shutil.copy(branch_ledger, path), JANUARY)


@pytest.fixture(scope="session")
def leading_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_ledger(tmp_path_factory.mktemp("leading") / "ledger.db", LEADING_GROUP)


@pytest.fixture
def leading(run: Run, ledger: Path, leading_ledger: Path) -> Run:
    """A ledger from 2026-01-01 with a leading group of three members, and a fourth member."""
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(leading_ledger, ledger)
    return run


@pytest.fixture
def january(run: Run, ledger: Path, january_ledger: Path) -> Run:
    """The branch after a January in which all required duties were met.

    Only the cell's meeting is missing; the rules advise this meeting but do not require it.
    """
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(january_ledger, ledger)
    return run


Standing = Callable[..., dict[tuple[int, str], str]]


@pytest.fixture
def standing(ledger: Path, capsys: pytest.CaptureFixture[str]) -> Standing:
    """The status of each obligation under a rule on a day, keyed by subject number and period.

    If an obligation has no period, the key contains the obligation's first day instead. The
    function fails if the exit code of `check` does not agree with the statuses.
    """

    def standing(rule: str, as_of: str) -> dict[tuple[int, str], str]:
        capsys.readouterr()
        code = run_command(["check", "--json", "--rule", rule, "--as-of", as_of])
        found = json.loads(capsys.readouterr().out)["obligations"]
        statuses = [each["status"] for each in found]
        assert code == (3 if {"overdue", "breach"} & set(statuses) else 0)
        keys = [(each["subject"]["id"], each["period"] or each["opens"]) for each in found]
        assert len(set(keys)) == len(keys)
        return dict(zip(keys, statuses, strict=True))

    return standing


Owed = Callable[..., dict[str, str]]


@pytest.fixture
def owed(ledger: Path, run: Run) -> Owed:
    """The status of each obligation under a rule on a day, keyed by the name of its subject."""

    def owed(rule: str, as_of: str) -> dict[str, str]:
        code = run_command(["check", "--rule", rule, "--as-of", as_of])
        found = run(f"check --json --rule {rule} --as-of {as_of}", code=code).json["obligations"]
        statuses = {each["subject"]["name"]: each["status"] for each in found}
        assert len(statuses) == len(found)
        assert code == (3 if {"overdue", "breach"} & set(statuses.values()) else 0)
        return statuses

    return owed


Refused = Callable[..., str]


@pytest.fixture
def refused(ledger: Path, run: Run) -> Refused:
    """Run a command that must print one sentence as its error and leave the ledger unchanged.

    Returns the sentence, and the suggested command if there is one.
    """

    def refused(line: str, code: int) -> str:
        before = digest(ledger)
        result = run(line, code=code)
        assert digest(ledger) == before
        assert result.out == ""
        sentence, *remedy = result.err.splitlines()
        assert sentence.startswith("错误：")
        assert len(remedy) <= 1
        assert "Traceback" not in result.err
        return result.err

    return refused


def digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A browser page; the browser is started once per test file."""
    with browser(tmp_path_factory.mktemp("browser")) as page:
        yield page


Workbook = Callable[..., Path]


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    """Write a workbook with column names and lines; its sheet has the name 名册 if none is given."""

    def workbook(headers: str, *lines: Sequence[Any], sheet: str = "名册") -> Path:
        book = openpyxl.Workbook()
        assert book.active is not None
        book.active.title = sheet
        book.active.append(headers.split())
        for line in lines:
            book.active.append(list(line))
        path = tmp_path / "名册.xlsx"
        book.save(path)
        return path

    return workbook
