"""Fixtures: a ledger with records of many kinds, and a function that runs commands as other clerks."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Result, Run, write_ledger

AS_OF = "2026-06-30"

RECORDS = """
    branch edit 机关支部 --elected 2024-05-10
    staff add 赵六 --title 科长
    plan adopt study 2026 --on 2026-01-05
    meeting add members --on 2026-01-12 --chair 张三 --topic 预算 --present all --absent 李四:出差
    meeting add committee --on 2026-01-13 --chair 李四 --minutes 会议记录
    dues assess 李四 --base 5100 --from 2026-01
    dues pay 李四 --month 2026-01 --amount 76.50 --on 2026-01-20
    dues exempt 李四 --from 2026-03 --to 2026-04 --reason 困难 --approved-by 支委会 --on 2026-02-27
    dues lapse 李四 --step education --on 2026-06-10
"""
NOUNS = ("member", "meeting", "dues", "plan", "branch", "cell", "staff")


Clerk = Callable[..., Result]


@pytest.fixture(scope="session")
def records_ledger(tmp_path_factory: pytest.TempPathFactory, branch_ledger: Path) -> Path:
    """The ledger of `branch` after the commands in RECORDS."""
    path = tmp_path_factory.mktemp("records") / "ledger.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(path.parent))
        return write_ledger(shutil.copy(branch_ledger, path), RECORDS)


@pytest.fixture
def records(run: Run, ledger: Path, records_ledger: Path) -> Run:
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(records_ledger, ledger)
    return run


@pytest.fixture
def clerk(run: Run, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """Run a command as another clerk of the same machine."""

    def clerk(name: str, line: str, *, code: int = 0) -> Result:
        with monkeypatch.context() as patch:
            patch.setenv("PARTYCTL_CLERK", name)
            return run(line, code=code)

    return clerk


def state(run: Run) -> list[Any]:
    """What the list commands, `dues status` and `check` answer for the day AS_OF.

    The list commands are those of the nouns in NOUNS.
    """
    asked = [f"{noun} list" for noun in NOUNS] + ["dues status"]
    told = [run(f"{each} --json --as-of {AS_OF}").json for each in asked]
    return [*told, run(f"check --json --as-of {AS_OF}", code=3).json]
