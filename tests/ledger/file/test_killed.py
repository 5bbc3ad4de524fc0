"""Writers killed with SIGKILL while they write: acknowledged records are kept.

The operating system writes the pages of a process to disk even if the process is killed. So these
tests show only that a writer acknowledges a record after it has committed the record's transaction.
test_faults tests that a committed record reaches the disk.
"""

import os
import random
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import Run
from tests.support.forking import ready_for_all
from tests.support.soundness import require_whole

pytestmark = pytest.mark.hard

WRITER = """
from itertools import count
from partyctl.cli.start.main import run

for n in count():
    words = [
        ["staff", "add", "干部"],
        ["dues", "pay", "王五", "--month", "2026-01", "--amount", "0.01", "--on", "2026-01-20"],
        ["meeting", "add", "study", "--on", "2026-01-06", "--chair", "张三", "--topic", "学习"],
    ]
    if run(words[n % 3]):
        break
"""
"""A writer whose acknowledgements are partyctl's own output."""

HASTY_WRITER = """
import sys
from itertools import count
from partyctl.cli.start.main import run

for number in count(int(sys.argv[1])):
    print(f"已登记干部职工 #{number}", file=sys.__stdout__, flush=True)
    if run(["staff", "add", "干部"]):
        break
"""
"""A deliberately wrong writer, which the test must detect: it acknowledges before it writes."""

WHO = "import os\nprint(os.getpid(), flush=True)\n"

ACKNOWLEDGED = re.compile(r"^已登记(干部职工|交费|会议) #(\d+)", re.MULTILINE)
LISTS = {"干部职工": "staff list", "交费": "dues list", "会议": "meeting list"}

Numbers = set[tuple[str, int]]


class Kill(NamedTuple):
    """The records of one killed writer: acknowledged, lost, and written without acknowledgement."""

    acknowledged: Numbers
    lost: Numbers
    unsaid: Numbers
    broke_off: bool


def recorded(run: Run) -> Numbers:
    """The noun and the number of each record in the lists that a writer adds to."""
    return {(noun, row["id"]) for noun, line in LISTS.items() for row in run(f"{line} --json").json}


def kill_a_writer(run: Run, ledger: Path, writer: str, writes: int, then: float | None) -> Kill:
    """Kill a writer after `writes` acknowledgements; compare what it acknowledged with the ledger.

    The writer is killed `then` seconds after the last acknowledgement. If `then` is None, the
    writer is killed as soon as its next write begins.
    """
    known = recorded(run)
    next_staff = sum(noun == "干部职工" for noun, _ in known) + 1
    journal = Path(f"{ledger}-journal")
    parent, (reads, writes_to) = ready_for_all(), os.pipe()
    parent.begin(f"{WHO}{writer}", [str(next_staff)], os.environ, writes_to)
    os.close(writes_to)
    with os.fdopen(reads, encoding="utf-8") as output:
        process = int(output.readline())
        said = "".join(output.readline() for _ in range(writes))
        if then is None:
            while not journal.exists() and Path(f"/proc/{process}").exists():
                pass
        else:
            time.sleep(then)
        os.kill(process, signal.SIGKILL)
        said += output.read()
    assert parent.ended() == -signal.SIGKILL

    broke_off = journal.exists()
    require_whole(ledger)
    acknowledged = {(noun, int(number)) for noun, number in ACKNOWLEDGED.findall(said)}
    found = recorded(run)
    assert known <= found
    return Kill(acknowledged, acknowledged - found, found - known - acknowledged, broke_off)


def require_nothing_lost(kills: list[Kill]) -> None:
    """Check that all acknowledged records exist, and that each writer left at most one other record.

    A writer can be killed after it has written a record and before it acknowledges the record.
    """
    assert [kill.lost for kill in kills if kill.lost] == []
    assert max(len(kill.unsaid) for kill in kills) <= 1


ONE_WRITE = 0.1
"""A time in seconds, longer than a writer needs from one acknowledgement to the next."""


@pytest.mark.parametrize(
    ("kills", "most_writes"), [(60, 12), pytest.param(500, 5, marks=pytest.mark.slow)]
)
def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(
    branch: Run,
    ledger: Path,
    kills: int,
    most_writes: int,
    record_property: Callable[[str, object], None],
):
    chance = random.Random(kills)
    found = []
    for number in range(kills):
        writes, then = chance.randint(1, most_writes), chance.uniform(0, ONE_WRITE)
        found.append(kill_a_writer(branch, ledger, WRITER, writes, then if number % 2 else None))

    require_nothing_lost(found)
    acknowledged = sum(len(kill.acknowledged) for kill in found)
    record_property("acknowledged", acknowledged)
    assert acknowledged >= 200
    assert any(kill.broke_off for kill in found)
    numbers = recorded(branch)
    for noun in LISTS:
        own = sorted(number for each, number in numbers if each == noun)
        assert own == list(range(1, len(own) + 1))


def test_a_writer_that_acknowledges_too_early_is_found_out(branch: Run, ledger: Path):
    kills = [kill_a_writer(branch, ledger, HASTY_WRITER, 1, 0) for _ in range(3)]
    with pytest.raises(AssertionError):
        require_nothing_lost(kills)
