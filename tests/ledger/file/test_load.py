"""Eight processes write at once while another process reads: no command fails, nothing is lost."""

import os
import re
import sqlite3
import subprocess
import sys
from itertools import count, cycle
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from tests.support.soundness import require_whole
from tests.support.waiting import PATIENCE

pytestmark = pytest.mark.hard

WRITERS = 8
WRITER = """
import sys
from partyctl.cli.start.main import run

PAY = ["dues", "pay", "王五", "--month", "2026-01", "--amount", "0.01", "--on", "2026-01-20"]
me, writes = sys.argv[1:]
for n in range(int(writes)):
    if run([*PAY, "--receipt", f"{me}-{n}"] if n % 2 else ["staff", "add", f"{me}-{n}"]):
        break
"""
"""A process that records payments and staff in turn, each marked with the writer's number and a
running number.

Each command waits as long for the lock as commands under cron do; benchmarks/waits.py measures how
long commands wait.
"""

READS = ("check --json --as-of 2026-03-01", "staff list --json", "dues status --as-of 2026-03-01")
READ_WELL = (0, 3)


@pytest.mark.parametrize("writes", [40, pytest.param(200, marks=pytest.mark.slow)])
def test_eight_processes_write_at_once_and_nothing_is_lost(
    branch, ledger: Path, tmp_path: Path, writes: int
):
    files = [tmp_path / f"writer-{me}" for me in range(WRITERS)]
    processes = []
    for me, file in enumerate(files):
        with file.open("w") as said:
            command = [sys.executable, "-c", WRITER, str(me), str(writes)]
            processes.append(subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT))
    for line in cycle(READS):
        if all(process.poll() is not None for process in processes):
            break
        read = subprocess.run(
            [sys.executable, "-m", "partyctl", *line.split()],
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        assert read.returncode in READ_WELL, line
        assert read.stderr == b""

    everything = "".join(file.read_text(encoding="utf-8") for file in files)
    lines = everything.splitlines()
    assert [line for line in lines if not line.startswith("已登记")] == []

    marks = {f"{me}-{n}" for me in range(WRITERS) for n in range(writes)}
    people = branch("staff list --json").json
    payments = branch("dues list --json").json
    assert {row["name"] for row in people} | {row["receipt"] for row in payments} == marks
    for noun, rows in ("干部职工", people), ("交费", payments):
        found = re.findall(rf"^已登记{noun} #(\d+)", everything, re.MULTILINE)
        acknowledged = sorted(int(number) for number in found)
        assert [row["id"] for row in rows] == acknowledged
        assert acknowledged == list(range(1, WRITERS * writes // 2 + 1))
    require_whole(ledger)


def test_a_ledger_that_grows_while_it_is_being_opened_is_whole(branch, ledger: Path):
    """A reader works, even if another process writes between the reader's first and later reads."""
    slow_opening = [
        "strace",
        "-f",
        "-o",
        os.devnull,
        "-P",
        str(ledger),
        "-e",
        "trace=openat",
        "-e",
        "inject=openat:delay_enter=500000",
    ]
    try:
        subprocess.run([*slow_opening, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"strace cannot trace a process here: {error}")
    with subprocess.Popen(
        [*slow_opening, sys.executable, "-m", "partyctl", "staff", "list"], stderr=subprocess.PIPE
    ) as reader:
        for number in count():
            if reader.poll() is not None:
                break
            branch(f"meeting add study --on 2026-01-06 --chair 张三 --minutes {number:09000}")
        assert (reader.communicate()[1], reader.returncode) == (b"", 0)


def test_the_deferred_begin_that_we_do_not_use_loses_writes(branch, ledger: Path):
    """With a deferred BEGIN, which partyctl does not use, one of two writers would be refused."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(ledger, timeout=30, isolation_level=None),
        poolclass=NullPool,
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    insert = text("INSERT INTO staff (recorded_at, name) SELECT 'now', count(*) FROM staff")
    count = text("SELECT count(*) FROM staff")
    refused = 0
    with engine.connect() as first, engine.connect() as second:
        first.execute(count)
        second.execute(count)
        try:
            first.execute(insert)
            second.execute(insert)
        except OperationalError:
            refused += 1
    assert refused == 1
