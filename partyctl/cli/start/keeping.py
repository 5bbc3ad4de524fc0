"""Store a command's answer after it was printed, so that the module `kept` can print it again.

After a command that changed a ledger, this module computes the outdated answers again.

An answer is stored only if the ledger is not locked and can be written to. If
PARTYCTL_OPTIONAL_LOCKS is 0, no answer is stored. (`git status` follows the same rules when it
updates its index.) If an answer cannot be stored, the command still succeeds.
"""

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO, cast
from zlib import compressobj

from partyctl.cli.input import dates
from partyctl.cli.session import current
from partyctl.cli.start import consoles, kept
from partyctl.errors import FOUND
from partyctl.ledger.answers import answers
from partyctl.ledger.answers.answers import MOST_BYTES, Answer, Old
from partyctl.ledger.answers.program import digest_of_program
from partyctl.ledger.file.comparison.compared import may_note
from partyctl.ledger.file.opening import open_for_reading
from partyctl.light import NamedTuple

LANGUAGE = "PARTYCTL_LANG"
QUICKLY = 1

Run = Callable[[list[str]], int]


class Heard(io.BufferedIOBase):
    """A stream that prints output and makes a compressed copy.

    If `to` is None, nothing is printed. If the copy becomes too long, the copy is not kept.
    """

    def __init__(self, to: BinaryIO | None, *, is_terminal: bool) -> None:
        self.to = to
        self.is_terminal = is_terminal
        self.length = 0
        self._packer = compressobj(QUICKLY)
        self._packed = b""

    def write(self, text: bytes) -> int:  # type: ignore[override]  # any buffer, as in BufferedIOBase
        """Copy some bytes, and print them unless `to` is None."""
        self.length += len(text)
        if len(self._packed) <= MOST_BYTES:
            self._packed += self._packer.compress(text)
        return len(text) if self.to is None else self.to.write(text)

    def flush(self) -> None:
        """Flush the stream."""
        if self.to is not None:
            self.to.flush()

    def writable(self) -> bool:
        """Return true: the stream can be written to."""
        return True

    def isatty(self) -> bool:
        """Whether the output goes to a terminal."""
        return self.is_terminal

    def fileno(self) -> int:
        """The descriptor of the underlying file."""
        if self.to is None:
            raise io.UnsupportedOperation("fileno")
        return self.to.fileno()

    def packed(self) -> bytes | None:
        """Return the compressed copy of the output, or None if the copy is too long."""
        whole = self._packed + self._packer.flush()
        return whole if len(whole) <= MOST_BYTES else None


class Both(NamedTuple):
    """The output of a command: on standard output, and on standard error."""

    out: Heard
    err: Heard


@contextmanager
def listening(encoding: str | None = None, *, is_terminal: bool = False) -> Iterator[Both]:
    """Capture what is printed.

    If `encoding` is given, the output is encoded in `encoding` and captured, but not printed.
    """
    shown = encoding is None
    old = sys.stdout, sys.stderr
    both = Both(*(_heard(each, is_terminal=is_terminal, shown=shown) for each in old))
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(
            cast(BinaryIO, heard),
            encoding=encoding or stream.encoding,
            errors=consoles.ERRORS,
            line_buffering=shown and cast(io.TextIOWrapper, stream).line_buffering,
        )
        for heard, stream in zip(both, old, strict=True)
    )
    try:
        yield both
    finally:
        ours = cast(io.TextIOWrapper, sys.stdout), cast(io.TextIOWrapper, sys.stderr)
        sys.stdout, sys.stderr = old
        for each in ours:
            each.flush()
            each.detach()


def _heard(stream: TextIO, *, is_terminal: bool, shown: bool) -> Heard:
    if not shown:
        return Heard(None, is_terminal=is_terminal)
    return Heard(stream.buffer, is_terminal=stream.isatty())


def keep(asked: kept.Question, code: int, both: Both) -> None:
    """Store an answer after it was printed."""
    with suppress(Exception):
        answer = _answer(asked, code, both, None)
        if answer is not None and asked.seen is not None:
            answers.keep(Path(asked.ledger), [answer], asked.seen)


def _answer(asked: kept.Question, code: int, both: Both, asked_on: str | None) -> Answer | None:
    """Return an answer to store.

    Return None if the exit code is neither 0 nor FOUND, if the output is too long, or if anything
    was printed to standard error. Return None also if the command used another ledger than
    `asked.ledger`, or if the day or the program changed after the question was asked.
    """
    said = both.out.packed()
    if (
        code not in (0, FOUND)
        or said is None
        or both.err.length
        or current.ledger_path() != Path(asked.ledger)
        or dates.today().isoformat() != asked.day
        or digest_of_program() != asked.program
    ):
        return None
    return Answer(asked.text, asked.day, asked.program, code, said, asked_on)


def answer_again(run: Run) -> None:
    """Compute the outdated answers again, in the ledgers that this process has written to."""
    while answers.CHANGED and may_note():
        ledger = answers.CHANGED.pop()
        with suppress(Exception, KeyboardInterrupt):
            _answer_again(ledger, run)


def _answer_again(ledger: Path, run: Run) -> None:
    day, program = kept.today(), digest_of_program()
    with open_for_reading(ledger) as connection:
        old = answers.overtaken(connection, day, program)
    found: list[Answer] = []
    seen = None
    for each in old:
        asked = _question(each, ledger)
        if asked is None or asked.seen is None or (seen or asked.seen) != asked.seen:
            continue
        seen = asked.seen
        if answer := _hear(asked, each, run):
            found.append(answer)
    if found and seen is not None:
        answers.keep(ledger, found, seen)


def _question(old: Old, ledger: Path) -> kept.Question | None:
    """Restore a question from its stored form, so that it can be answered again.

    Return None if the question is not valid, if it is about a ledger other than `ledger`, or if it
    was asked on a terminal and this process has no terminal of the same kind.
    """
    parts = [part.split(kept.WITHIN)[:-1] for part in old.question.split(kept.BETWEEN)]
    if len(parts) != kept.PARTS:
        return None
    args, named, where, _ = parts
    if kept.ledger_of(args) is None or Path(named[0]).absolute() != ledger.absolute():
        return None
    if where[2:] and not (sys.stdout.isatty() and where[2:] == kept.screen()):
        return None
    return kept.Question(args, named[0], where)


def _hear(asked: kept.Question, old: Old, run: Run) -> Answer | None:
    """Answer a question without printing the answer."""
    english, encoding, *terminal = asked.where
    before = os.environ.get(LANGUAGE)
    os.environ[LANGUAGE] = english
    try:
        with listening(encoding, is_terminal=bool(terminal)) as both:
            code = run([f"--ledger={asked.ledger}", *_without_ledger(asked.args)])
        return _answer(asked, code, both, old.asked_on)
    finally:
        if before is None:
            del os.environ[LANGUAGE]
        else:
            os.environ[LANGUAGE] = before


def _without_ledger(args: list[str]) -> list[str]:
    """Remove --ledger and its value from the arguments of a question."""
    rest, remaining = [], iter(args)
    for arg in remaining:
        if arg == "--ledger":
            next(remaining)
        elif not arg.startswith("--ledger="):
            rest.append(arg)
    return rest
