"""Report any failure as a sentence, a remedy and an exit code; never a traceback."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from partyctl.errors import (
    BadInput,
    BadUsage,
    CannotRead,
    MistakeElsewhere,
    PartyctlError,
    Run,
    Tampered,
)
from partyctl.language import say
from partyctl.ledger.file.failures import explain_os, explain_sqlite, sqlite_errors
from partyctl.ledger.file.opening import open_for_verifying
from partyctl.ledger.file.state import state_folder
from partyctl.text import printable
from partyctl.typed import typed

IN_SHORT = ("integrity", "foreign-key", "version")
"""The kinds of findings that name no row; they are said only if nothing else was found."""


class Interrupted(PartyctlError):
    """The clerk pressed Ctrl-C or closed the input."""

    exit_code = 130


class Crashed(PartyctlError):
    """An internal error; a private file has the details for a developer, without any values."""

    exit_code = 1


def report(failure: PartyctlError) -> int:
    """Print the problem and its remedy on standard error; returns the exit code."""
    with suppress(OSError):  # even if it cannot be printed, there is an exit code
        if failure.sentence:
            sys.stderr.write(say("错误：", "Error: ") + printable(failure.sentence) + "\n")
        if failure.remedy:
            arrow = "  → " if failure.sentence else ""
            told = typed(failure.remedy) if isinstance(failure.remedy, Run) else failure.remedy
            sys.stderr.write(f"{arrow}{printable(told)}\n")
    return failure.exit_code


def explain(error: BaseException) -> PartyctlError:
    """The documented error for any exception."""
    if isinstance(error, PartyctlError):
        return error
    if isinstance(error, KeyboardInterrupt | EOFError):
        return cancelled()
    return _outside(error) or _of_the_ledger() or _crash(error)


def explain_of(ledger: Path, error: Exception) -> PartyctlError | None:
    """The documented error behind what happened over one ledger of many; None for a mistake of ours."""
    if isinstance(error, PartyctlError):
        return error
    return _outside(error) or _of_ledger(ledger)


def cancelled() -> Interrupted:
    """The clerk gave up."""
    return Interrupted(say("已取消，没有写入。", "Cancelled; nothing was written."))


def _outside(error: BaseException) -> PartyctlError | None:
    """The error of SQLite or the file system, possibly wrapped by the ORM."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, sqlite_errors()):
            return explain_sqlite(cause)
        if isinstance(cause, OSError):
            return explain_os(cause)
        if isinstance(cause, UnicodeError):
            return _no_text(cause)
        if isinstance(cause, MemoryError):
            return BadInput(
                say(
                    "内存不够，没有做完；没有写入。",
                    "There is not enough memory for that; nothing was written.",
                ),
                say("换小一些的文件", "a smaller file"),
            )
        cause = getattr(cause, "orig", None) or cause.__cause__
    return None


def _of_the_ledger() -> PartyctlError | None:
    """The same of the ledger that the command is about."""
    from partyctl.cli.session import current

    try:
        return _of_ledger(current.ledger_path())
    except Exception:  # no ledger is configured
        return None


def _of_ledger(path: Path) -> PartyctlError | None:
    """The error in a ledger's content that caused a failure; None if the content is sound.

    Before a failure is reported as internal, the ledger is checked against its journal: an impossible day or
    invalid text comes from another program.
    """
    from partyctl.ledger.journal.verification import verify

    try:
        with open_for_verifying(path) as ledger:
            findings = verify(ledger).findings
    except Exception as error:  # no ledger, or one unrelated to this failure
        return error if isinstance(error, Tampered | CannotRead) else None
    if not findings:
        return None
    first = next((each for each in findings if each.kind not in IN_SHORT), findings[0])
    kind = CannotRead if first.kind == "integrity" else Tampered
    return kind(
        say(
            f"台账里有读不懂的内容。{first.sentence}。",
            f"The ledger contains something unreadable: {first.sentence}.",
        ),
        "partyctl journal verify",
    )


def _no_text(error: UnicodeError) -> PartyctlError:
    """The error for input in another encoding, for example a terminal or file in GBK."""
    kind = BadUsage if isinstance(error, UnicodeEncodeError) else BadInput
    return kind(
        say("输入不是 UTF-8 文字，读不出来。", "The input is not UTF-8 text and cannot be read."),
        say("把终端或文件的编码改为 UTF-8", "the terminal, or the file, in UTF-8"),
    )


def _crash(error: BaseException) -> Crashed:
    number = os.urandom(4).hex()
    try:
        place = _write_crash(number, error)
    except OSError:
        place = None
    where = say(f"，详情在 {place}", f"; details are in {place}") if place else ""
    return Crashed(
        say(f"程序出错（编号 {number}）{where}。", f"An internal error ({number}){where}.")
    )


def _write_crash(number: str, error: BaseException) -> Path:
    """The kind of error and the places in the code; no messages or values, which may contain names."""
    import traceback

    from partyctl.ledger.file.files import create_folder

    folder = state_folder() / "crashes"
    create_folder(folder)
    path = folder / f"{number}.txt"
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    if isinstance(error, MistakeElsewhere):
        lines += [error.kind, *error.places]
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join([type(error).__name__, *lines]) + "\n")
    return path
