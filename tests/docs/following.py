"""Follow a page of the guide as a reader would: run its commands and write down the answers.

A page is plain Markdown. Its fenced blocks of these kinds are executed from top to bottom:

A block of kind `sh` has commands whose answers are not shown; each command must succeed.

A block of kind `console` has commands, each after `$ `. Below a command there are the command's
answer, and the exit code if it is not 0.

A block of kind `toml FILE` or `text FILE` has the text that the reader saves as FILE.

A block of kind `cells FILE` has values that the reader enters in the workbook FILE. The block has
one line for each cell, such as `B4 = 76.50`.

A comment `<!-- today 2026-04-10 -->` sets the day for the rest of the page. Values that differ
between ledgers (hashes, a ledger's number, the moment of a backup) appear as xxxxxxxx in the page.
"""

import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from functools import cache
from itertools import count
from pathlib import Path

import openpyxl
import pytest

from partyctl.cli.input import dates
from partyctl.cli.maintenance import examination
from partyctl.cli.remind import asking
from partyctl.ledger.journal import chain, commands, heads
from partyctl.ledger.maintenance import backup, replacing
from partyctl.ledger.tables import base
from partyctl.records.undo import undoing
from partyctl.rollup import collecting
from tests.support.in_process import MEMORY, outcome

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
LANGUAGES = ("zh", "en")

PART = re.compile(
    r"^```(?P<kind>sh|console|cells|toml|text)(?: (?P<file>\S+))?\n(?P<lines>.*?)^```$"
    r"|^<!-- today (?P<today>\S+) -->$",
    re.MULTILINE | re.DOTALL,
)
COMMAND = re.compile(r"^\$ (.*(?:(?<=\\)\n.*)*)", re.MULTILINE)
OWN = re.compile(
    r"(?<=\d-)[0-9a-f]{16}\b|\d{8}T\d{6}Z(?:-u\d+-[0-9a-f]{8})?|\b(?:[0-9a-f]{64}|[0-9a-f]{16})\b",
    re.ASCII,
)
"""Values that differ between ledgers: hashes, a ledger's number, the moment of a backup."""
NUMBER = re.compile(r"(?<![-\w])[0-9a-f]{16}\b", re.ASCII)
"""Matches a ledger's number, which replaces xxxxxxxx in a later command of the page."""
HIDDEN = re.compile(r"x{8,}")
LEFT_WITH = {"zh": "（退出码 {}）", "en": "(exit code {})"}

CLOCKS = (dates, examination, asking, chain, heads, backup, replacing, base, collecting)
"""The modules that read the clock for times that may appear on a page."""


def pages(language: str) -> list[Path]:
    """The chapters in one language, and their index."""
    return sorted((GUIDE / language).glob("*.md"))


def followed(page: Path) -> str:
    """The page with correct answers: run its commands in a new folder, and put each answer below
    its command.
    """
    with _desk(page.parent) as desk:
        return PART.sub(desk.do, page.read_text(encoding="utf-8"))


@contextmanager
def _desk(language: Path) -> Iterator["Desk"]:
    """A folder with the guide's files (not its pages), and an environment without our settings."""
    where = MEMORY if os.access(MEMORY, os.W_OK) else None
    with (
        tempfile.TemporaryDirectory(prefix="partyctl-guide-", dir=where) as name,
        pytest.MonkeyPatch.context() as patch,
    ):
        home, folder = Path(name), Path(name, "practice")
        folder.mkdir(mode=0o700)
        for each in language.iterdir():
            if each.suffix != ".md":
                shutil.copy(each, folder)
        for variable in [each for each in os.environ if each.startswith(("PARTYCTL_", "XDG_"))]:
            if variable != "PARTYCTL_TEST_DAYS_AHEAD":
                patch.delenv(variable)
        patch.setenv("HOME", name)
        patch.setenv("PARTYCTL_LANG", language.name)
        for module in (commands, undoing):
            patch.setattr(module, "actor", lambda: "clerk")
        patch.chdir(folder)
        yield Desk(language.name, home, patch)


class Desk:
    """The folder in which a page is followed, and the values that the page shows as xxxxxxxx."""

    def __init__(self, language: str, home: Path, patch: pytest.MonkeyPatch) -> None:
        self.language, self.home, self.patch = language, home, patch
        self.seen: list[str] = []

    def do(self, part: re.Match[str]) -> str:
        """Run one part of the page; return the same part with the program's present answers."""
        kind, file, lines, today = part.group("kind", "file", "lines", "today")
        if today:
            self.it_is(today)
        elif kind == "console":
            return f"```console\n{self.transcript(lines)}```"
        elif kind == "sh":
            for line in lines.replace("\\\n", " ").splitlines():
                code, answer = self.type(line)
                assert code == 0, f"$ {line}\n{answer}"
        elif kind == "cells":
            enter(Path(file), lines)
        elif file:
            Path(file).write_text(lines, encoding="utf-8")
            Path(file).chmod(0o600)
        return part[0]

    def it_is(self, day: str) -> None:
        """Set the clock to nine o'clock on a day; every time it is read, it is a little later."""
        clock = clock_from(datetime.fromisoformat(f"{day}T09:00+08:00"))
        for module in CLOCKS:
            self.patch.setattr(module, "datetime", clock)

    def transcript(self, lines: str) -> str:
        """A block's commands, each with its answer below it."""
        typed = COMMAND.findall(lines)
        assert typed, f"a console block without a command:\n{lines}"
        return "".join(f"$ {line}\n{self.answer(line)}" for line in typed)

    def answer(self, line: str) -> str:
        code, answer = self.type(line.replace("\\\n", " "))
        left_with = f"{LEFT_WITH[self.language].format(code)}\n" if code else ""
        return f"{answer}{left_with}"

    def type(self, line: str) -> tuple[int, str]:
        """Run one line; return its exit code, and its output without paths of this machine."""
        line, _, file = line.partition(" > ")
        first, *rest = (word for typed in shlex.split(line) for word in self.meant(typed))
        code, printed = RUNS[first](rest)
        if file:
            Path(file).write_text(printed, encoding="utf-8")
            printed = ""
        if first == "export":
            for name, value in (each.split("=", 1) for each in rest):
                self.patch.setenv(name, value)
        self.seen += NUMBER.findall(printed)
        printed = OWN.sub(
            lambda own: re.sub(r"[0-9a-f]+", _hidden, own[0]), printed.replace(str(self.home), "~")
        )
        return code, re.sub(r"[ \t]+$", "", printed, flags=re.MULTILINE)

    def meant(self, word: str) -> list[str]:
        """Expand a word of the page: a pattern becomes file names, xxxxxxxx becomes the real value."""
        for hidden in HIDDEN.findall(word):
            latest = next(own for own in reversed(self.seen) if len(own) == len(hidden))
            word = word.replace(hidden, latest)
        if "*" not in word:
            return [word]
        return sorted(map(str, Path().glob(word))) or [word]


def _hidden(own: re.Match[str]) -> str:
    return "x" * len(own[0])


def clock_from(start: datetime) -> type[datetime]:
    """A datetime class whose present moment is a little after `start`."""
    real, ticks = datetime, count()

    class AlsoReal(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, real)

    class Clock(datetime, metaclass=AlsoReal):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            moment = (start + timedelta(milliseconds=next(ticks))).astimezone(tz)
            return cls.fromisoformat(moment.isoformat())

    return Clock


def enter(workbook: Path, lines: str) -> None:
    """Fill in the cells of a workbook's first sheet, and save it."""
    book = openpyxl.load_workbook(workbook)
    for line in lines.splitlines():
        cell, value = map(str.strip, line.split("=", 1))
        book.worksheets[0][cell] = float(value) if re.fullmatch(r"\d+\.\d\d", value) else value
    book.save(workbook)


def _partyctl(args: list[str]) -> tuple[int, str]:
    done = outcome(args)
    return done.code, done.out + done.err


def _ls(args: list[str]) -> tuple[int, str]:
    names = sorted(each.name for each in Path(*args).iterdir() if not each.name.startswith("."))
    return 0, "".join(f"{name}\n" for name in names)


def _cp(args: list[str]) -> tuple[int, str]:
    *files, to = map(Path, args)
    for each in files:
        shutil.copy(each, to)
    return 0, ""


def _mv(args: list[str]) -> tuple[int, str]:
    *files, to = map(Path, args)
    for each in files:
        each.rename(to / each.name if to.is_dir() else to)
    return 0, ""


def _mkdir(args: list[str]) -> tuple[int, str]:
    for each in args:
        Path(each).mkdir()
    return 0, ""


RUNS = {
    "partyctl": _partyctl,
    "cp": _cp,
    "mv": _mv,
    "mkdir": _mkdir,
    "export": lambda _: (0, ""),
    "cat": lambda args: (0, Path(*args).read_text(encoding="utf-8")),
    "ls": _ls,
}
"""The programs that a reader may run from a page."""


@cache
def typed(page: Path) -> tuple[str, ...]:
    """The commands of a page, as written."""
    found: list[str] = []
    for part in PART.finditer(page.read_text(encoding="utf-8")):
        if part["kind"] == "console":
            found += COMMAND.findall(part["lines"])
        elif part["kind"] == "sh":
            found += part["lines"].replace("\\\n", " ").splitlines()
    return tuple(found)


if __name__ == "__main__":
    import sys

    wanted = sys.argv[1:]
    for language in LANGUAGES:
        for page in pages(language):
            if not wanted or any(each in str(page) for each in wanted):
                page.write_text(followed(page), encoding="utf-8")
