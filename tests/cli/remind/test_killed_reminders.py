"""R-24: no reminder is lost when `remind` is killed at any step, when runs overlap, or when servers are down.

If a mail arrives twice, both copies have the same Message-ID. A channel that writes files writes
each message only once. The tests also show that messages would be lost if `remind` marked them as
sent before it sends them.
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.law.catalogue import CATALOGUE, rule_named
from partyctl.law.changes.ladders import usual_ladder
from tests.support import ledger_contents as contents
from tests.support.sinks import Mailbox, Wall, mailbox, wall
from tests.support.waiting import PATIENCE

pytestmark = pytest.mark.hard

HERE = Path(__file__).parents[3]
MEMORY = Path("/dev/shm")
FIRST = date(2026, 2, 20)
TIMES = (time(8, 0), time(8, 31))
DRAIN = 4

SETTINGS = """
[channels.mail]
kind = "mail"
server = "127.0.0.1"
port = {mail}
security = "none"
from = "partyctl@example.cn"

[channels.chat]
kind = "chat"
secret_file = "chat.secret"

[channels.folder]
kind = "file"
folder = "out"
format = "markdown"

[recipients.office]
folder = true
[recipients.secretary]
mail = "secretary@example.cn"
chat = true
"""

DONE = {
    3: "meeting add committee --on 2026-02-22 --chair 李四 --minutes 记录",
    5: "dues pay 张三 --month 2026-02 --amount 10 --on 2026-02-24",
    6: "rectify add 学习不深入 --owner 张三 --due 2026-03-03 --on 2026-02-25",
    9: "rectify edit 1 --due 2026-03-08",
    11: "meeting void 4 --reason 误登",
    13: "meeting add members --on 2026-03-04 --chair 张三 --notified 2026-03-01",
}
"""Commands that the clerk runs, keyed by the number of the day on which they are run."""


class Told(NamedTuple):
    """A reminder that arrived: its channel, its item, its rung, the reference of its message.

    The rung is the day, counted from the due day, on which the reminder should go out.
    """

    channel: str
    what: str
    rung: int
    reference: str


@pytest.fixture
def folder(january_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in memory if possible: on a disk, each step would have to wait for the disk."""
    where = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="partyctl-test-", dir=where) as name:
        folder = Path(name)
        monkeypatch.setenv("PARTYCTL_LEDGER", str(folder / "ledger.db"))
        monkeypatch.setenv("PARTYCTL_REMINDERS", str(folder / "reminders.toml"))
        monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
        shutil.copy(january_ledger, folder / "ledger.db")
        yield folder


class Days:
    """Runs of `remind` on one ledger, for many days."""

    def __init__(self, folder: Path, box: Mailbox, board: Wall, *, mark_first: bool) -> None:
        self.folder, self.box, self.board, self.mark_first = folder, box, board, mark_first
        self.killed = self.refused = 0
        self._write("reminders.toml", SETTINGS.format(mail=box.port))
        self._write("chat.secret", f"json://127.0.0.1:{board.port}/room?rto=0.3&cto=0.3")
        self.driver = subprocess.Popen(
            [sys.executable, "-m", "tests.support.killed.reminders"],
            cwd=HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._answer() == "ready"

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)

    def _answer(self) -> str:
        assert self.driver.stdout is not None
        return self.driver.stdout.readline().strip()

    def close(self) -> None:
        assert self.driver.stdin is not None
        assert self.driver.stdout is not None
        self.driver.stdin.close()
        self.driver.stdout.close()
        assert self.driver.wait(PATIENCE) == 0

    def pass_by(self, days: int, likely: float, seed: int) -> date:
        """Run this many days with failures, then some days without failures; return the last day."""
        rng = random.Random(seed)
        off = range(days // 2, days // 2 + 3)  # three days without power
        for number in range(days + DRAIN):
            day = FIRST + timedelta(days=number)
            is_bad = number < days
            if line := DONE.get(number):
                assert run_command(line.split()) == 0
            if number in off:
                continue
            for clock in TIMES:
                self.box.mood = _mood(rng, ("busy", "refuses", "full", "silent"), is_bad)
                self.board.mood = _mood(rng, ("500", "403", "silent"), is_bad)
                if is_bad and days // 4 <= number < days // 4 + 3:
                    self.box.mood = "busy"  # three days without mail
                self.run(day, clock, likely if is_bad else 0, rng)
        return FIRST + timedelta(days=days + DRAIN - 1)

    def run(self, day: date, clock: time, likely: float, rng: random.Random) -> None:
        job = {
            "args": ["remind", "--as-of", str(day)],
            "moment": f"{datetime.combine(day, clock).isoformat()}+00:00",
            "likely": likely,
            "mark_first": self.mark_first,
        }
        together = 2 if rng.random() < 0.2 else 1
        jobs = [job | {"seed": rng.randrange(10**9)} for _ in range(together)]
        assert self.driver.stdin is not None
        print(json.dumps(jobs), file=self.driver.stdin, flush=True)
        for code in json.loads(self._answer()):
            assert code in (0, 69, 75, -9), code
            self.killed += code == -9
            self.refused += code == 75

    def told(self) -> list[Told]:
        """Everything that arrived."""
        found = []
        for mail in self.box.messages:
            found += _entries("mail", mail.text, mail.reference)
        for _, post in self.board.posts:
            found += _entries("chat", post["message"], post["message"])
        for page in (self.folder / "out").glob("*.md"):
            text = page.read_text(encoding="utf-8").replace("\\", "")
            found += _entries("folder", text, page.name)
        return found


def _mood(rng: random.Random, bad: tuple[str, ...], is_bad: bool) -> str:
    good = "200" if "500" in bad else "takes"
    return rng.choice(bad) if is_bad and rng.random() < 0.3 else good


LADDERS = {rule.title: usual_ladder(rule) for rule in CATALOGUE}
ENTRY = re.compile(
    r"(?:\d+\. |- \*\*)(?P<what>\S[^\n]*? · [^\n*]+?)(?:\*\*)?\n\s+(?:- )?依据 (?P<clause>[^；]+)；"
    r"期限 (?P<due>\S+?)，(?:还有 (?P<left>\d+) 天|(?P<today>就是今天)|已过 (?P<over>\d+) 天)"
)


def _entries(channel: str, text: str, reference: str) -> Iterator[Told]:
    if channel == "chat":
        reference = re.findall("编号 (\\S{12})", text)[0]
    for match in ENTRY.finditer(text):
        title = match["what"].partition(" · ")[0].partition(" 2026")[0]
        ladder = LADDERS[title]
        days = -int(match["left"]) if match["left"] else int(match["over"] or 0)
        rung = ladder.passed(days)
        assert rung is not None
        yield Told(channel, f"{match['what']} {match['due']}", rung, reference)


def owed_at_the_end(
    day: date, capsys: pytest.CaptureFixture[str]
) -> Iterator[tuple[str, int, str]]:
    """The open items on a day: each item's name, its rung (reminder day), its subject's kind."""
    capsys.readouterr()
    assert run_command(["check", "--json", "--as-of", str(day)]) == 3
    for each in json.loads(capsys.readouterr().out)["obligations"]:
        if each["status"] not in ("due", "overdue", "advised") or each["due"] is None:
            continue
        if each["period"] is None and each["opens"] == each["due"]:
            continue  # advice about one record; such advice opens and falls due on the record's day
        rung = usual_ladder(rule_named(each["rule"])).passed(
            (day - date.fromisoformat(each["due"])).days
        )
        if rung is not None:
            named = f"{each['title']} {each['period'] or ''}".strip()
            yield (
                f"{named} · {each['subject']['name']} {each['due']}",
                rung,
                each["subject"]["kind"],
            )


def lost(days: Days, last: date, capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str, int]]:
    """For each item open on the last day: every channel in which its latest reminder did not arrive."""
    heard: dict[tuple[str, str], int] = defaultdict(lambda: -1000)
    for told in days.told():
        key = told.channel, told.what
        heard[key] = max(heard[key], told.rung)
    missing = []
    for what, rung, kind in owed_at_the_end(last, capsys):
        for channel in ("folder", "mail", "chat"):
            if channel == "chat" and kind in ("member", "rectify"):
                continue  # a chat message contains no names
            if heard[channel, what] < rung:
                missing.append((channel, what, rung))
    return missing


def never_arrived(days: Days) -> list[tuple[str, str]]:
    """Messages that the outbox marks as sent but nobody received."""
    with contents.opened(days.folder / "ledger.db") as ledger:
        sent = ledger.execute(
            "SELECT channel, message_id, day || '-' || recipient || '.md' FROM reminder_digest "
            "WHERE state = 'sent'"
        ).fetchall()
    arrived = {mail.reference for mail in days.box.messages}
    arrived |= {told.reference for told in days.told()}
    arrived |= {page.name for page in (days.folder / "out").glob("*.md")}
    return [
        (channel, message_id)
        for channel, message_id, page in sent
        if not {"mail": {message_id}, "chat": {message_id[1:13]}, "folder": {page}}[channel]
        & (arrived | {re.findall("编号 (\\S{12})", p["message"])[0] for _, p in days.board.posts})
    ]


def twice(days: Days) -> list[tuple[str, str, int]]:
    """Reminders that came in more than one message; copies of the same message count as one."""
    references: dict[tuple[str, str, int], set[str]] = defaultdict(set)
    for told in days.told():
        references[told[:3]].add(told.reference)
    return [key for key, found in references.items() if len(found) > 1]


@pytest.mark.parametrize(
    ("length", "seeds"),
    [(20, (1,)), pytest.param(80, (1, 2, 3), marks=pytest.mark.slow)],
    ids=["20 days", "80 days"],
)
def test_nothing_is_lost_and_nothing_comes_twice_but_as_the_same_message(
    folder: Path,
    january_ledger: Path,
    capsys: pytest.CaptureFixture[str],
    length: int,
    seeds: tuple[int, ...],
):
    for seed in seeds:
        with mailbox() as box, wall() as board:
            days = Days(folder, box, board, mark_first=False)
            try:
                last = days.pass_by(length, 0.15, seed)
            finally:
                days.close()
            assert days.killed >= length // 3
            assert never_arrived(days) == []
            assert lost(days, last, capsys) == []
            assert twice(days) == []
            sent = [mail.reference for mail in box.messages]
            assert len(set(sent)) < len(sent)  # some messages arrived twice
            assert contents.report(folder / "ledger.db").ok
        if len(seeds) > 1:
            _start_anew(folder, january_ledger)


def _start_anew(folder: Path, ledger: Path) -> None:
    for each in sorted(folder.rglob("*"), reverse=True):
        each.rmdir() if each.is_dir() else each.unlink()
    shutil.copy(ledger, folder / "ledger.db")


def test_marked_before_it_is_sent_something_is_lost(folder: Path):
    """If `remind` marked messages as sent before it sends them, some messages would be lost.

    The test above would then fail, because it checks that every message arrives.
    """
    with mailbox() as box, wall() as board:
        days = Days(folder, box, board, mark_first=True)
        try:
            days.pass_by(9, 0.15, seed=4)
        finally:
            days.close()
        assert never_arrived(days) != []
