"""R-05: after commands in any order, the lists equal a simple model, and the journal verifies.

The commands run in this process, through the command line's entry point. The model also knows which
commands must be refused, so the tests compare the exit codes too.
"""

import copy
import io
import json
import shutil
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from partyctl.cli.start.main import run
from partyctl.ledger.file.opening import open_for_reading
from partyctl.ledger.journal import heads
from partyctl.ledger.journal.verification import verify
from tests.support.ledger_on_paper import AS_OF, BASES, DAYS, EXPECTED, MONTHS, START, Model

MEMORY = Path("/dev/shm")


@lru_cache(maxsize=1)
def new_ledger() -> bytes:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", folder)
        path = Path(folder) / "ledger.db"
        init = f"--ledger {path} init --organ 市某局党组 --branch 一支部 --since {START}"
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            assert run(init.split()) == 0
        return path.read_bytes()


NUMBERS = st.integers(1, 4)
DAY = st.sampled_from(DAYS)
MONTH = st.sampled_from(MONTHS)
KINDS = st.sampled_from(["members", "study", "members,lecture"])
BRANCHES = st.sampled_from(["一支部", "二支部", "三支部"])


class Ledger(RuleBasedStateMachine):
    """Commands in any order; after each, the ledger equals the model."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.path = self.folder / "ledger.db"
        self.path.write_bytes(new_ledger())
        self.path.chmod(0o600)
        self.patch = pytest.MonkeyPatch()
        self.patch.setenv("XDG_STATE_HOME", str(self.folder / "state"))
        self.patch.setenv("PARTYCTL_LEDGER", str(self.path))
        self.model = Model()
        self.model.add("branches", name="一支部")
        self.undoable: list[Model] = []
        self.backups: list[tuple[str, Model, list[Model]]] = []
        self.unread = {*EXPECTED}

    def teardown(self) -> None:
        try:
            self.unread = {*EXPECTED}
            self.the_lists_say_what_the_model_says()
        finally:
            self.patch.undo()
            shutil.rmtree(self.folder)

    def told(self, line: str, code: int = 0) -> str:
        """Run a command, check its exit code, and return its output."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            left_with = run(line.split())
        assert left_with == code, f"{line}\n{out.getvalue()}{err.getvalue()}"
        return out.getvalue()

    def is_done(self, line: str, code: int, table: str) -> bool:
        """Run a command; return True if the expected exit code means that the command writes.

        If the expected exit code means a refusal, check that the file has not changed.
        """
        self.unread |= {table, "status"}
        was = self.path.read_bytes()
        self.told(line, code)
        if code:
            assert self.path.read_bytes() == was, line
        return not code

    def write(self, line: str, code: int, table: str, /, **row: Any) -> None:
        """Run a command that adds a row; unless it is refused, add the row to the model too."""
        before = copy.deepcopy(self.model)
        if self.is_done(line, code, table):
            self.model.add(table, **row)
            self.undoable.append(before)

    def change(self, line: str, table: str, number: int, code: int = 0, /, **row: Any) -> None:
        """Run a command that changes a row, and change the row of the model too.

        The command must be refused if there is no such row or the row is voided.
        """
        record = getattr(self.model, table).get(number)
        code = 4 if record is None else 5 if record["void"] else code
        before = copy.deepcopy(self.model)
        if not self.is_done(line, code, table):
            return
        assert record is not None
        record.update(row)
        if self.model != before:
            self.undoable.append(before)

    def of_member(self, number: int, month: str = "") -> int:
        """The exit code of a command about a member or, if a month is given, about that month's dues."""
        member = self.model.members.get(number)
        if member is None:
            return 4
        owes = not month or self.model.may_owe(member, month)
        return 0 if owes and not member["void"] else 5

    def of_chair(self, number: int, day: str) -> int:
        member = self.model.members.get(number)
        if member is None:
            return 4
        return 0 if self.model.on_roll(member, day) and not member["void"] else 5

    @initialize()
    def two_members(self) -> None:
        self.add_member("2015-07-01")
        self.add_member("2015-07-01")

    @rule(joined=st.sampled_from(["2015-07-01", *DAYS]))
    def add_member(self, joined: str) -> None:
        name = f"党员{len(self.model.members) + 1}"
        row = {"name": name, "joined": joined, "from": max(joined, START)}
        line = f"--branch 1 member add {name} --joined {joined}"
        self.write(line, 0, "members", **row, left=None, left_dues_to=None)

    @rule(number=NUMBERS, day=DAY, dues_to=st.none() | MONTH)
    def leave(self, number: int, day: str, dues_to: str | None) -> None:
        member = self.model.members.get(number)
        refused = 5 if member and (member["left"] or day < member["from"]) else 0
        letter = f" --dues-to {dues_to}" if dues_to else ""
        line = f"member leave #{number} --on {day}{letter}"
        self.change(line, "members", number, refused, left=day, left_dues_to=dues_to)

    @rule(number=NUMBERS)
    def void_member(self, number: int) -> None:
        self.change(f"member void #{number} --reason 误登", "members", number, void=True)

    @rule(number=NUMBERS, month=MONTH, base=st.sampled_from(list(BASES)))
    def assess(self, number: int, month: str, base: int) -> None:
        line = f"dues assess #{number} --base {base} --from {month} --reason 核定"
        row = {"member": number, "act": "assessment", "month": month, "amount": BASES[base]}
        self.write(line, self.of_member(number, month), "dues", **row, lines={})

    @rule(number=NUMBERS, first=st.integers(0, 5), count=st.integers(1, 3), data=st.data())
    def pay(self, number: int, first: int, count: int, data: st.DataObject) -> None:
        chosen = MONTHS[first : first + count]
        amount = data.draw(st.sampled_from([1, 1000, 7650, 15300, 50000]))
        refused = next(filter(None, (self.of_member(number, month) for month in chosen)), 0)
        lines: dict[str, int] = {}
        left = amount
        for month in [] if refused else chosen:
            assessed, paid = self.model.assessed(number, month), self.model.paid(number, month)
            if (assessed is not None and paid >= assessed) or (assessed is None and chosen[1:]):
                refused = 5
                break
            part = left if month == chosen[-1] or assessed is None else min(left, assessed - paid)
            left -= part
            lines |= {month: part} if part else {}
        line = f"dues pay #{number} --month {chosen[0]}..{chosen[-1]} --on 2026-06-20"
        row = {"member": number, "act": "payment", "month": chosen[0], "amount": amount}
        self.write(f"{line} --amount {amount / 100:.2f}", refused, "dues", **row, lines=lines)

    @rule(number=NUMBERS)
    def void_dues(self, number: int) -> None:
        self.change(f"dues void {number} --reason 误登", "dues", number, void=True)

    @rule(kinds=KINDS, day=DAY, chair=NUMBERS)
    def add_meeting(self, kinds: str, day: str, chair: int) -> None:
        line = f"meeting add {kinds} --on {day} --chair #{chair}"
        row = {"kinds": sorted(kinds.split(",")), "day": day, "chair": chair, "hours": None}
        self.write(line, self.of_chair(chair, day), "meetings", **row)

    @rule(number=NUMBERS, kinds=KINDS, day=DAY, hours=st.integers(1, 3))
    def edit_meeting(self, number: int, kinds: str, day: str, hours: int) -> None:
        meeting = self.model.meetings.get(number)
        refused = self.of_chair(meeting["chair"], day) if meeting else 4
        line = f"meeting edit {number} --kind {kinds} --on {day} --hours {hours}"
        row = {"kinds": sorted(kinds.split(",")), "day": day, "hours": hours}
        self.change(line, "meetings", number, refused, **row)

    @rule(number=NUMBERS)
    def void_meeting(self, number: int) -> None:
        self.change(f"meeting void {number} --reason 误登", "meetings", number, void=True)

    @rule(name=st.sampled_from(["赵六", "钱七"]))
    def add_staff(self, name: str) -> None:
        self.write(f"staff add {name}", 0, "staff", name=name)

    @rule(number=NUMBERS)
    def void_staff(self, number: int) -> None:
        self.change(f"staff void {number} --reason 误登", "staff", number, void=True)

    @rule(kind=st.sampled_from(["work", "study"]), year=st.sampled_from([2026, 2027]), day=DAY)
    def adopt_plan(self, kind: str, year: int, day: str) -> None:
        plans = self.model.standing("plans").values()
        refused = 5 if (kind, year) in [(plan["kind"], plan["year"]) for plan in plans] else 0
        line = f"--branch 1 plan adopt {kind} {year} --on {day}"
        self.write(line, refused, "plans", kind=kind, year=year, day=day)

    @rule(number=NUMBERS, day=DAY)
    def edit_plan(self, number: int, day: str) -> None:
        self.change(f"plan edit {number} --on {day}", "plans", number, day=day)

    @rule(number=NUMBERS)
    def void_plan(self, number: int) -> None:
        self.change(f"plan void {number} --reason 误登", "plans", number, void=True)

    @rule(name=BRANCHES)
    def add_branch(self, name: str) -> None:
        taken = [branch["name"] for branch in self.model.standing("branches").values()]
        refused = 5 if name in taken else 0
        self.write(f"branch add {name} --founded {AS_OF}", refused, "branches", name=name)

    @rule()
    def undo(self) -> None:
        self.unread = {*EXPECTED}
        self.told(
            "undo", 0 if self.undoable else 5
        )  # the first command of a ledger cannot be undone
        if self.undoable:
            after, self.model = self.model, self.undoable.pop()
            for kind, records in vars(after).items():
                added = {n: row for n, row in records.items() if n not in vars(self.model)[kind]}
                for number, row in added.items():
                    vars(self.model)[kind][number] = row | {"void": True}

    @precondition(lambda self: len(self.backups) < 2)
    @rule()
    def backup(self) -> None:
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        made = json.loads(self.told(f"backup {folder} --json"))["path"]
        kept = copy.deepcopy((self.model, self.undoable))
        self.backups.append((made, *kept))

    @precondition(lambda self: self.backups)
    @rule()
    def restore(self) -> None:
        self.unread = {*EXPECTED}
        made, model, undoable = self.backups.pop()
        self.told(f"restore {made}")
        self.model, self.undoable = model, undoable

    @invariant()
    def the_lists_say_what_the_model_says(self) -> None:
        """Check that the lists of the ledger equal the model.

        After a command, the lists that it could have changed are checked; at the end, all lists.
        """
        for table in sorted(self.unread):
            line, said, expected = EXPECTED[table]
            answer = json.loads(self.told(f"{line} --json --as-of {AS_OF}"))
            assert said(answer) == expected(self.model), line
        self.unread.clear()

    @invariant()
    def the_journal_verifies(self) -> None:
        file = heads.heads_file()
        with open_for_reading(self.path) as ledger:
            anchors = list(heads.read(file)) if file.exists() else []
            assert verify(ledger, anchors, place=self.path).findings == []


QUICK = settings(
    max_examples=5,
    stateful_step_count=15,
    derandomize=True,
    database=None,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
TestAnyOrder = pytest.mark.long(Ledger.TestCase)
TestAnyOrder.settings = QUICK


class Thorough(Ledger):
    """The test of `Ledger` with many more commands: it runs for hours."""


TestThousandsInAnyOrder = pytest.mark.slow(Thorough.TestCase)
TestThousandsInAnyOrder.settings = settings(
    QUICK, max_examples=5000, stateful_step_count=50, derandomize=False, print_blob=True
)
