"""A journal of 100,000 entries is verified, listed and undone in seconds of processor time. R-51."""

import time
from pathlib import Path

import pytest

from partyctl.ledger.file.opening import open_for_reading
from partyctl.ledger.journal.verification import verify
from partyctl.ledger.writing.session import driver_of, open_for_writing
from tests.conftest import Run

ENTRIES = 100_000
RUN = 1000
VERIFY_SECONDS = 10
ANSWER_SECONDS = 10


@pytest.fixture
def long(run: Run, ledger: Path) -> Run:
    """A ledger with fifty thousand people, who are entered first and then get a title.

    Each transaction adds or changes a thousand people.
    """
    run("init --organ 市某局党组 --branch 机关支部 --since 2026-01-01")
    for first in range(0, ENTRIES // 2, RUN):
        people = [(f"干部{number}",) for number in range(first, first + RUN)]
        with open_for_writing(ledger, "staff add") as session:
            driver_of(session).executemany(
                "INSERT INTO staff (name, recorded_at) VALUES (?, '2026-01-01')", people
            )
    for first in range(0, ENTRIES // 2, RUN):
        with open_for_writing(ledger, "staff edit") as session:
            driver_of(session).execute(
                "UPDATE staff SET title = '科长' WHERE id > ? AND id <= ?", (first, first + RUN)
            )
    return run


@pytest.mark.slow
def test_a_hundred_thousand_entries_are_verified_in_seconds(long: Run, ledger: Path):
    started = time.process_time()
    with open_for_reading(ledger) as connection:
        report = verify(connection)
    took = time.process_time() - started
    assert report.ok
    assert report.entries > ENTRIES
    assert report.rows > ENTRIES // 2
    assert took < VERIFY_SECONDS

    for line in ("journal list --all --json", "journal list --of 'staff#7'", "undo"):
        started = time.process_time()
        long(line)
        assert time.process_time() - started < ANSWER_SECONDS, line
