"""Fixtures of all tests: a command line, and a real ledger for each test."""

import json
import shlex
import shutil
import signal
from collections.abc import Callable, Iterator
from datetime import datetime, time, tzinfo
from functools import cache
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
import sqlalchemy
import typer
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

from partyctl import language
from partyctl.cli.input import dates
from partyctl.cli.start.main import run as run_command
from partyctl.ledger.writing import session

# Tests must not fail because the machine is busy.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

BRANCH = """
    init --organ 市某局党组 --branch 机关支部 --since 2026-01-01 --cell 第一小组
    member add 张三 --joined 2010-07-01 --post branch-secretary --leader --cell 第一小组
    member add 李四 --joined 2015-07-01 --post organization
    member add 王五 --joined 2020-07-01
"""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the cases of each `sweep(n)` test as `long`, except n cases that are spread evenly."""
    for _, each in groupby(items, lambda item: item.nodeid.partition("[")[0]):
        cases = list(each)
        if sweep := cases[0].get_closest_marker("sweep"):
            few = min(sweep.args[0], len(cases))
            everyday = {number * len(cases) // few for number in range(few)}
            for number, case in enumerate(cases):
                if number not in everyday:
                    case.add_marker("long")


class Result(NamedTuple):
    """One command's output and exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Result]
Prepare = Callable[[str], None]
Creator = Callable[[], Any]
ItIs = Callable[[str], None]


def write_ledger(path: Path, commands: str) -> Path:
    for line in commands.strip().splitlines():
        assert run_command(["--ledger", str(path), *line.split()]) == 0
    return path


def pytest_configure() -> None:
    """Let Ctrl-C interrupt the tests, even in a background job, which usually ignores Ctrl-C."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def nothing_is_built_twice() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        build_once(patch)
        yield


def build_once(patch: pytest.MonkeyPatch) -> None:
    """Build some objects only once, because a process that runs tests runs many commands.

    Without the caches, Typer would read the signatures of a noun's commands each time (a third of a
    command's time), and SQLAlchemy would compile each statement again for each ledger (a third of a
    write's time).
    """
    first: dict[ModuleType, Engine] = {}

    def create(url: str, *, module: ModuleType, creator: Creator, **how: Any) -> Engine:
        if module not in first:
            first[module] = sqlalchemy.create_engine(url, module=module, creator=creator, **how)
            return first[module]
        pool = how.pop("poolclass")(creator)
        engine = Engine(pool, first[module].dialect, first[module].url, **how)
        engine._compiled_cache = first[module]._compiled_cache
        return engine

    patch.setattr(typer.main, "get_command", cache(typer.main.get_command))
    patch.setattr(session, "create_engine", create)


@pytest.fixture(autouse=True)
def answers_in_chinese() -> None:
    """Choose Chinese, because an earlier test may have chosen English.

    This is for tests that call functions directly: a command always chooses its language itself.
    """
    language.choose("")


@pytest.fixture
def it_is(monkeypatch: pytest.MonkeyPatch) -> ItIs:
    """Set today's date for the command line until the end of the test."""

    def it_is(day: str) -> None:
        class Clock(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:
                return cls.combine(cls.fromisoformat(day), time(12), tz)

        monkeypatch.setattr(dates, "datetime", Clock)

    return it_is


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of this test's ledger; partyctl's state and settings are in the same test folder."""
    path = tmp_path / "ledger" / "ledger.db"
    monkeypatch.setenv("PARTYCTL_LEDGER", str(path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("PARTYCTL_REMINDERS", raising=False)
    monkeypatch.delenv("PARTYCTL_LANG", raising=False)
    monkeypatch.delenv("PARTYCTL_TZ", raising=False)
    return path


@pytest.fixture
def run(ledger: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line as typed after `partyctl`; `code` is the expected exit code."""

    def run(line: str, *, code: int = 0) -> Result:
        capsys.readouterr()
        left_with = run_command(shlex.split(line))
        printed = capsys.readouterr()
        assert left_with == code, f"{line}\n{printed.out}\n{printed.err}"
        return Result(left_with, printed.out, printed.err)

    return run


_set_up: dict[tuple[bytes, str], bytes] = {}
"""The ledger after each set-up, keyed by the ledger before the set-up and the set-up's lines."""


@pytest.fixture
def prepare(run: Run, ledger: Path) -> Prepare:
    """Run the lines of a set-up; the same set-up of the same ledger runs only once in a process."""

    def prepare(lines: str) -> None:
        key = (ledger.read_bytes(), lines)
        if key not in _set_up:
            for line in filter(None, map(str.strip, lines.splitlines())):
                run(line)
            _set_up[key] = ledger.read_bytes()
        ledger.write_bytes(_set_up[key])

    return prepare


@pytest.fixture(scope="session")
def branch_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of `branch`, written once; every test gets a copy."""
    folder = tmp_path_factory.mktemp("branch")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        return write_ledger(folder / "ledger.db", BRANCH)


@pytest.fixture
def branch(run: Run, ledger: Path, branch_ledger: Path) -> Run:
    """A ledger from 2026-01-01 with a secretary, a committee member and an ordinary member."""
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(branch_ledger, ledger)
    return run


@pytest.fixture(scope="module")
def filled_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which every command has something to read or change."""
    # not at the top of the file, because in_process imports this file
    from tests.support.in_process import fill

    return fill(tmp_path_factory.mktemp("filled") / "ledger.db")


@pytest.fixture
def folder(tmp_path: Path, filled_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A separate folder for a command; `start_anew` puts a copy of the filled ledger there."""
    # not at the top of the file, because in_process imports this file
    from tests.support.in_process import own_folder

    with own_folder(tmp_path, filled_ledger, monkeypatch) as folder:
        yield folder
