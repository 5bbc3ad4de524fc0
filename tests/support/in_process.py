"""Run many command lines in one process as if each line had its own process.

If possible, `own_folder` makes its folder in memory. On a real disk, ten thousand commands would
take all day, because every command that writes waits for the disk.
"""

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.ledger.file.connecting import connect
from tests.cli.conftest import JANUARY
from tests.conftest import BRANCH, write_ledger
from tests.support.argument_vectors import BEFORE, furnish
from tests.support.command_tree import Command

MEMORY = Path("/dev/shm")

FILLED = """
    staff add 周讲师 --title 党校教师
    cell add 第二小组
    member edit 王五 --cell 第二小组 --phone 13800001234 --id-number 110101199001011237
    dues assess 张三 --base 5100 --from 2026-01
    dues assess 王五 --base 2000 --from 2026-01 --category retired
    dues exempt 王五 --from 2026-03 --to 2026-04 --reason 病 --approved-by 支委会 --on 2026-03-01
    dues lapse 李四 --step education --on 2026-09-01
    meeting add members,lecture --on 2026-02-10 --chair 张三 --lecturer 周讲师 --present 张三,李四
    meeting edit 4 --absent 王五:病 --decision 换届=同意;3/2/2/0/0 --topic 传达
    member add 赵六 --joined 2026-02-01 --probationary
    member void 赵六 --reason 误登
    plan adopt budget 2026 --on 2026-01-10
    plan item 2026 目标 --owner 李四 --due 2026-06-30
    review open 2026 --on 2026-09-01
    review meeting 2026 --on 2026-09-20
    talk add --on 2026-02-10 --with 张三,李四 --follow-up 帮带 --due 2026-03-01
    contact add 东河村 --leader 张三
    rectify add 问题 --owner 张三 --due 2026-12-01 --on 2026-03-01
    disclosure add progress --title 进展 --scope internal
    opinion add 收费不公开 --received 2026-03-02 --class individual --from 何群众
    warning issue 王五 --level inquiry --category 4 --facts 越权审批 --on 2026-03-02
    meeting plan democratic-life --on 2026-12-20
    applicant add 郑十 --applied 2026-02-01 --birth 1999-01-01
    applicant step 郑十 activist --on 2026-03-02
    waive cell-meeting --subject 第一小组 --period 2026-01 --reason 防汛 --decided-on 2026-02-02
"""


class Outcome(NamedTuple):
    """The exit code and the output."""

    code: int
    out: str
    err: str


def fill(path: Path, more: str = "") -> Path:
    """A ledger with records of every kind, and a backup of it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    put(written(more), path)
    return write_ledger(path, f"backup make {path.parent / 'kept'}")


def put(ledger: bytes, path: Path) -> None:
    path.touch(mode=0o600)
    path.write_bytes(ledger)


@cache
def written(more: str = "") -> bytes:
    """The file of a ledger with records of every kind, written only once for all test files."""
    lines = (more or BRANCH + JANUARY + FILLED).splitlines()
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", f"{folder}/state")
        path = Path(folder, "own", "ledger.db")
        if more:
            path.parent.mkdir(mode=0o700)
            put(written(), path)
        return write_ledger(path, "\n".join(filter(str.strip, lines))).read_bytes()


@contextmanager
def own_folder(elsewhere: Path, ledger: Path, patch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder prepared for any command, with a home folder and input files.

    The ledger itself (`ledger.db`) is missing until `start_anew` puts it there.
    """
    where = MEMORY if os.access(MEMORY, os.W_OK) else elsewhere
    with tempfile.TemporaryDirectory(prefix="partyctl-test-", dir=where) as name:
        folder = Path(name)
        furnish(folder, ledger)
        patch.setattr(sys.modules[__name__], "FURNISHED", frozenset(folder.iterdir()))
        patch.setenv("PARTYCTL_LEDGER", str(folder / "ledger.db"))
        patch.setenv("TMPDIR", str(folder))
        patch.setenv("PATH", f"{folder / 'bin'}:{os.environ['PATH']}")
        for variable in ("HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            patch.setenv(variable, str(folder / variable.lower()))
        for variable in ("PARTYCTL_TZ", "PARTYCTL_LANG", "PARTYCTL_REMINDERS"):
            patch.delenv(variable, raising=False)
        patch.chdir(folder / "folder" / "here")
        yield folder


FURNISHED: frozenset[Path] = frozenset()
"""The files in a test's folder before the first command."""


def start_anew(folder: Path, ledger: Path, command: Command | None = None) -> None:
    """Delete what commands added directly below the folder, and restore its ledger; encrypt the
    ledger if the command needs that.
    """
    for each in set(folder.iterdir()) - FURNISHED:
        if each.is_dir():
            shutil.rmtree(each)
        else:
            each.unlink()
    shutil.copy(ledger, folder / "ledger.db")
    if first := BEFORE.get(str(command)):
        assert outcome(first.format(folder=folder).split()).code == 0


def outcome(args: list[str], typed: str = "") -> Outcome:
    """Run a command line with in-memory streams; `typed` is its input.

    A character that cannot be encoded is printed as an escape code, as on the real streams that
    `partyctl.cli.start.main.main` sets up.
    """
    out, err, stdin = _stream(), _stream(), _stream(typed, errors="strict")
    with redirect_stdout(out), redirect_stderr(err), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", stdin)
        code = run_command(args)
    return Outcome(code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())


class _Stream(io.TextIOWrapper):
    buffer: io.BytesIO


def _stream(text: str = "", errors: str = "backslashreplace") -> _Stream:
    content = io.BytesIO(text.encode("utf-8", "surrogatepass"))
    return _Stream(content, "utf-8", errors, write_through=True)


def complaints(ledger: Path) -> list[tuple[object, ...]]:
    """The problems that SQLite finds in a ledger; empty if the ledger is sound."""
    with closing(connect(ledger, "ro")) as connection:
        broken = connection.execute("PRAGMA integrity_check").fetchall()
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [*(row for row in broken if row != ("ok",)), *orphans]
