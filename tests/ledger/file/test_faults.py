"""A ledger survives if a command is killed or gets a disk error at any call that writes the ledger.

As in SQLite's own tests, the command is run again and again: in the first run call 1 fails, in the
next run call 2, and so on, until a run succeeds.
"""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.ledger.journal.heads import heads_file
from tests.conftest import Run
from tests.support.soundness import Dump, dump, require_whole
from tests.support.waiting import PATIENCE

pytestmark = pytest.mark.hard

COMMANDS = {
    "meeting edit": "meeting edit 1 --chair 李四 --topic 学习 --minutes 更正",
    "meeting add": "meeting add members,lecture --on 2026-02-10 --chair 张三 --lecturer 张三"
    " --present all --decision 评优=同意;3/3/3/0/0 --minutes 会议记录",
    "dues pay": "dues pay 张三 --month 2026-01..2026-03 --amount 200 --on 2026-03-20",
    "member leave": "member leave 张三 --on 2026-06-01 --reason transfer --to 某局",
}
FIRST = COMMANDS["meeting edit"]

WRITES = ("pwrite64", "fdatasync", "fsync", "unlink")
SYNCS = ("fdatasync", "fsync")
READS = ("pread64",)
KILL = "signal=KILL"
NO_ROOM, BROKEN = "error=ENOSPC", "error=EIO"
ONCE, FOREVER = "", "+"

FAILING_CALL = 150
"""strace counts a process's calls of one kind, and makes the 150th fail, or kills the process.

Before the command, the process makes calls that do nothing, so that call 150 is one of the
command's own calls.
"""


@pytest.fixture(scope="module", autouse=True)
def strace() -> None:
    try:
        subprocess.run(["strace", "-f", "-o", os.devnull, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"strace cannot trace a process here: {error}")


@pytest.fixture
def branch(branch: Run) -> Run:
    """A branch with dues to pay and a meeting to correct."""
    branch("dues assess 张三 --base 5100 --from 2026-01")
    branch("meeting add members --on 2026-01-12 --chair 张三 --topic 预算 --present all")
    return branch


class Start(NamedTuple):
    """The files at every attempt's start: the ledger, the file of heads, and perhaps a hot journal.

    The file of heads is outside the ledger. A command that writes records adds the number and hash
    of the newest journal entry to this file.
    """

    files: dict[Path, bytes | None]

    @classmethod
    def of(cls, ledger: Path) -> "Start":
        files = (ledger, Path(f"{ledger}-journal"), heads_file())
        return cls({file: file.read_bytes() if file.exists() else None for file in files})

    def put_back(self) -> None:
        for file, content in self.files.items():
            file.unlink(missing_ok=True)
            if content is not None:
                file.write_bytes(content)


class Failed(NamedTuple):
    """The result of a command in which one call failed: exit code, output, and the rows it left."""

    call: str
    number: int
    code: int
    out: str
    err: str
    left: Dump


@dataclass
class Stage:
    """Runs commands in which one call fails, or that are killed at this call."""

    ledger: Path
    server: subprocess.Popen[str]
    calls: tuple[str, ...]
    log: Path
    output: Path

    def perform(self, line: str, call: str, number: int) -> int | None:
        """Run a command, and make its nth call of a kind fail, or kill it there.

        Return the command's exit code, or None if the command makes fewer than n of these calls.
        """
        logged = self.log.stat().st_size
        code = int(self._ask([shlex.split(line), call, FAILING_CALL - number]))
        news = self.log.read_bytes()[logged:]
        if b"(INJECTED)" in news or b"+++ killed by SIGKILL" in news:
            return code
        assert code == 0
        return None

    def _ask(self, errand: list[object]) -> str:
        assert self.server.stdin is not None
        assert self.server.stdout is not None
        print(json.dumps(errand), file=self.server.stdin, flush=True)
        return self.server.stdout.readline()

    def fail_everywhere(self, start: Start, line: str) -> Iterator[Failed]:
        """Run a command again and again; each time the next call fails, until no call is left."""
        for call in self.calls:
            for number in count(1):
                start.put_back()
                code = self.perform(line, call, number)
                if code is None:
                    break
                require_whole(self.ledger)
                said = (Path(f"{self.output}.{stream}").read_text("utf-8") for stream in (1, 2))
                yield Failed(call, number, code, *said, dump(self.ledger))


@contextmanager
def failing(
    ledger: Path, line: str, action: str, lasting: str = ONCE, calls: tuple[str, ...] = WRITES
) -> Iterator[Stage]:
    """A server that runs commands under strace, which makes one call on the ledger fail."""
    log, output, practice = (ledger.with_name(name) for name in ("strace.log", "said", "practice"))
    practice.write_bytes(ledger.read_bytes())
    log.touch()
    with subprocess.Popen(
        [
            "strace",
            "-f",
            "-o",
            str(log),
            "-e",
            f"trace={','.join(calls)}",
            *(f"-P{path}" for path in (ledger, f"{ledger}-journal", ledger.parent)),
            *(f"-einject={call}:{action}:when={FAILING_CALL}{lasting}" for call in calls),
            sys.executable,
            str(Path(__file__).parents[2] / "support" / "fork_server.py"),
            str(practice),
            str(output),
            *shlex.split(line),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        yield Stage(ledger, server, calls, log, output)


def before_and_after(ledger: Path, line: str) -> tuple[Dump, Dump]:
    """The content of a ledger now and after a command; afterwards, the ledger is put back."""
    start = Start.of(ledger)
    before = dump(ledger)
    assert run_command(shlex.split(line)) == 0
    after = dump(ledger)
    start.put_back()
    return before, after


FIRST_ALONE = [
    pytest.param(line, id=name, marks=() if line == FIRST else pytest.mark.slow)
    for name, line in COMMANDS.items()
]
"""The everyday run tests only one command; the others are marked as slow."""


@pytest.mark.parametrize("line", FIRST_ALONE)
def test_a_command_killed_anywhere_is_recorded_whole_or_not_at_all(
    branch: Run, ledger: Path, line: str
):
    start = Start.of(ledger)
    before, after = before_and_after(ledger, line)

    recorded = {}
    with failing(ledger, line, KILL) as stage:
        for failed in stage.fail_everywhere(start, line):
            assert (failed.code, failed.out, failed.err) == (-signal.SIGKILL, "", "")
            assert failed.left in (before, after)
            recorded[failed.call, failed.number] = failed.left == after

    assert len(recorded) > 10
    assert not recorded["unlink", 1]  # SQLite commits by removing the journal
    *_, folder_sync = (at for at in recorded if at[0] in SYNCS)
    assert [at for at in recorded if recorded[at]] == [folder_sync]


def test_a_command_killed_while_it_undoes_a_killed_one_can_be_killed_again(
    branch: Run, ledger: Path
):
    start = Start.of(ledger)
    before, after = before_and_after(ledger, FIRST)

    with failing(ledger, FIRST, KILL) as stage:
        start.put_back()
        assert stage.perform(FIRST, "unlink", 1) == -signal.SIGKILL
        half_written = Start.of(ledger)
        assert half_written.files[ledger] != start.files[ledger]
        for line in (FIRST, "staff list"):
            found = list(stage.fail_everywhere(half_written, line))
            assert {failed.code for failed in found} == {-signal.SIGKILL}
            assert len(found) > 3
            for failed in found:
                assert failed.left in (before, after)


def expected_code(error: str, call: str) -> int:
    """The expected exit code: 73 (full disk) if a write fails with ENOSPC, otherwise 74."""
    return 73 if (error, call) == (NO_ROOM, "pwrite64") else 74


@pytest.mark.parametrize(
    ("error", "lasting"),
    [
        (BROKEN, FOREVER),
        pytest.param(NO_ROOM, ONCE, marks=pytest.mark.slow),
        pytest.param(NO_ROOM, FOREVER, marks=pytest.mark.slow),
        pytest.param(BROKEN, ONCE, marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("line", FIRST_ALONE)
def test_a_command_whose_disk_fails_says_so_and_can_be_repeated(
    branch: Run, ledger: Path, line: str, error: str, lasting: str
):
    start = Start.of(ledger)
    before, after = before_and_after(ledger, line)

    with failing(ledger, line, error, lasting) as stage:
        for failed in stage.fail_everywhere(start, line):
            at = failed.call, failed.number
            if failed.code == 0:
                assert at[0] in SYNCS, (
                    "SQLite ignores only one failure: that of the first sync of the folder"
                )
                assert failed.left == after
                continue
            assert failed.code == expected_code(error, failed.call), at
            assert failed.out == ""
            assert re.fullmatch(r"错误：[^\n]+\n(  → [^\n]+\n)?", failed.err), at
            if failed.left == after:
                assert failed.call in SYNCS, "only the last sync (of the folder) follows the commit"
                continue
            assert failed.left == before
            assert run_command(shlex.split(line)) == 0
            assert dump(ledger) == after


@pytest.mark.slow
@pytest.mark.parametrize("lasting", [ONCE, FOREVER])
@pytest.mark.parametrize("line", COMMANDS.values(), ids=COMMANDS)
def test_a_command_that_cannot_read_the_ledger_leaves_it_as_it_is(
    branch: Run, ledger: Path, line: str, lasting: str
):
    start = Start.of(ledger)
    before, _ = before_and_after(ledger, line)

    with failing(ledger, line, BROKEN, lasting, READS) as stage:
        for failed in stage.fail_everywhere(start, line):
            assert (failed.code, failed.out) == (74, ""), failed
            assert failed.left == before


START = "init --organ 市某局党组 --branch 机关支部 --since 2026-01-01"


@pytest.mark.parametrize("line", [*COMMANDS.values(), START], ids=[*COMMANDS, "init"])
def test_what_was_acknowledged_is_on_the_disk(branch: Run, ledger: Path, line: str):
    if line == START:
        ledger = ledger.with_name("new.db")
    log = ledger.with_name("strace.log")
    done = subprocess.run(
        [
            "strace",
            "-f",
            "-y",
            "-o",
            str(log),
            "-e",
            "trace=write,fdatasync,fsync,unlink",
            sys.executable,
            "-m",
            "partyctl",
            "--ledger",
            str(ledger),
            *shlex.split(line),
        ],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    assert done.stdout.startswith("已")

    last: dict[str, int] = {}
    first_word = None
    for number, called in enumerate(log.read_text(errors="replace").splitlines()):
        if synced := re.search(r" f(?:data)?sync\(\d+<(.+)>\) += 0$", called):
            last[synced[1]] = number
        if removed := re.search(r' unlink\("(.+)"\) += 0$', called):
            last[f"removal of {removed[1]}"] = number
        if first_word is None and " write(1<" in called:
            first_word = number
    folder = last[str(ledger.parent)]
    assert first_word is not None
    assert last[str(ledger)] < folder <= max(last.values()) < first_word
    if line != START:
        journal = f"{ledger}-journal"
        assert last[journal] < last[str(ledger)] < last[f"removal of {journal}"] < folder
