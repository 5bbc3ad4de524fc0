"""Helpers: run a command in this process as a new process would, or change a ledger without
partyctl.
"""

import io
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from typing import NamedTuple
from zlib import decompress

import pytest

from partyctl.cli.input import dates
from partyctl.cli.start import keeping, kept, main

PLAIN = (
    "check",
    "check --json",
    "check --month",
    "check --all --strict",
    "status",
    "",
    "status --json",
)
NARROW = (
    "check --month 2026-03",
    "check --period 2026-Q1",
    "check --by chapter",
    "check --area meeting",
    "check --rule members-meeting --json",
    "--branch 机关支部 check",
    "check --as-of 2026-03-31",
    "--branch=机关支部",
    "status --as-of 2026-03-31",
)
QUESTIONS = (*PLAIN, *NARROW)
MEETING = "meeting add members --on 2026-03-10 --chair 张三"


class Said(NamedTuple):
    """The output of a question, its exit code, and whether a stored answer was used."""

    text: bytes
    code: int
    was_kept: bool = False


@contextmanager
def quiet() -> Iterator[io.BytesIO]:
    """Capture standard output instead of showing it."""
    said = io.BytesIO()
    out, err = io.TextIOWrapper(said, "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    with redirect_stdout(out), redirect_stderr(err):
        yield said
        out.flush()
    out.detach()


def ask(line: str) -> Said:
    """Ask a question as a new process would: use the stored answer, or compute and store it."""
    with quiet() as out:
        asked = kept.question(line.split())
        found = kept.answer(asked) if asked else None
        if found is not None:
            return Said(found[1], found[0], was_kept=True)
        code = main.answered(line.split(), asked)
    return Said(out.getvalue(), code)


def judged(line: str) -> Said:
    """The answer computed from the records, without any stored answer."""
    with keeping.listening("utf-8") as both:
        code = main.run(line.split())
    said = both.out.packed()
    assert said is not None
    return Said(decompress(said), code)


def write(line: str, *, may_be_refused: bool = False) -> None:
    """Run a write command as a new process would."""
    with quiet():
        code = main.answered(line.split(), None)
    assert may_be_refused or code == 0, line


def rows(ledger: Path) -> dict[str, tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as opened:
        found = opened.execute("SELECT question, day, head, code, said FROM answer").fetchall()
    return {question: rest for question, *rest in found}


def settle_day(patch: pytest.MonkeyPatch, day: date) -> None:
    """Set today's date, for stored and for computed answers."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return cls.combine(day, time(12), tz)

    patch.setattr(dates, "datetime", Clock)
    patch.setattr(kept, "today", day.isoformat)


def by_hand(ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as opened, opened:
        opened.execute("UPDATE member SET name = '赵甲' WHERE id = 1")


def a_byte(ledger: Path) -> None:
    """Change the file without SQLite, so that no transaction is counted."""
    content = ledger.read_bytes()
    ledger.write_bytes(content.replace("张三".encode(), "李三".encode()))


def the_answer(ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as opened, opened:
        opened.execute("UPDATE answer SET code = 0, said = ?", (b"all is well",))


def by_a_copy(ledger: Path) -> None:
    copy = Path(shutil.copy2(ledger, ledger.with_name("copy.db")))
    copy.replace(ledger)


def by_an_older_one(ledger: Path) -> None:
    old = ledger.read_bytes()
    write(MEETING, may_be_refused=True)  # refused if the meeting is after today
    ask("check")
    ledger.write_bytes(old)


def by_its_times(ledger: Path) -> None:
    """Change the file and restore its modification time; its ctime still shows the change."""
    before = ledger.stat()
    by_hand(ledger)
    os.utime(ledger, ns=(before.st_atime_ns, before.st_mtime_ns))


def opened_to_others(ledger: Path) -> None:
    ledger.chmod(0o644)


def a_second_name(ledger: Path) -> None:
    os.link(ledger, ledger.with_name("second.db"))


def in_wal(ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as opened:
        opened.execute("PRAGMA journal_mode = WAL")


CHANGES = (
    by_hand,
    a_byte,
    the_answer,
    by_a_copy,
    by_an_older_one,
    by_its_times,
    opened_to_others,
    a_second_name,
    in_wal,
)
