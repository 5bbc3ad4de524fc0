"""Report every failure as a sentence, a remedy and an exit code, never as a traceback."""

import os
import sys
from contextlib import suppress

from partyctl.errors import (
    BadInput,
    BadUsage,
    CannotRead,
    MistakeElsewhere,
    PartyctlError,
    Remedy,
    Run,
    Tampered,
)
from partyctl.language import say
from partyctl.ledger.file.failures import explain_os, explain_sqlite, sqlite_errors
from partyctl.ledger.file.opening import open_for_verifying
from partyctl.light import TYPE_CHECKING
from partyctl.text import printable

if TYPE_CHECKING:
    from pathlib import Path

IN_SHORT = ("integrity", "foreign-key", "version")
"""Some kinds of findings of `verify`, which compares a ledger with its journal. Findings of these
kinds do not say which row is wrong. They are reported only if there is no finding of another
kind."""


class Interrupted(PartyctlError):
    """Raised when the clerk presses Ctrl-C or closes the input."""

    exit_code = 130


class Crashed(PartyctlError):
    """An internal error.

    The details for a developer are in a private file, if it could be written. The file contains no
    values from the ledger.
    """

    exit_code = 1


def report(failure: PartyctlError) -> int:
    """Print the problem and its remedy on standard error; return the exit code."""
    with suppress(OSError):  # the exit code is returned even if standard error is closed
        if failure.sentence:
            sys.stderr.write(say("错误：", "Error: ") + printable(failure.sentence) + "\n")
        if failure.remedy:
            arrow = "  → " if failure.sentence else ""
            sys.stderr.write(f"{arrow}{printable(_told(failure.remedy))}\n")
    return failure.exit_code


def _told(remedy: Remedy) -> str:
    """Return a remedy as text. If the remedy is a command, its words are in the user's language."""
    if not isinstance(remedy, Run):
        return remedy
    from partyctl.typed import typed  # imported late, because most commands do not fail

    return typed(remedy)


def explain(error: BaseException) -> PartyctlError:
    """Translate any exception to a documented error."""
    if isinstance(error, PartyctlError):
        return error
    if isinstance(error, KeyboardInterrupt | EOFError):
        return cancelled()
    return _outside(error) or _of_the_ledger() or _crash(error)


def explain_of(ledger: "Path", error: Exception) -> PartyctlError | None:
    """Return the documented error for an exception raised while one of many ledgers was read.

    Return None if the exception is a fault of partyctl.
    """
    if isinstance(error, PartyctlError):
        return error
    return _outside(error) or _of_ledger(ledger)


def cancelled() -> Interrupted:
    """Return the error for a command that the clerk cancelled."""
    return Interrupted(say("已取消，没有写入。", "Cancelled; nothing was written."))


def _outside(error: BaseException) -> PartyctlError | None:
    """Return the documented error for a failure of SQLite, of a file, of an encoding, or of memory.

    If one of these failures caused another exception, return the error for the failure. Return None
    for all other exceptions.
    """
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
                    "There is not enough memory for this command; nothing was written.",
                ),
                say("换小一些的文件", "use a smaller file"),
            )
        cause = getattr(cause, "orig", None) or cause.__cause__
    return None


def _of_the_ledger() -> PartyctlError | None:
    """Return the error in the content of this command's ledger, or None if none can be found."""
    from partyctl.cli.session import current

    try:
        return _of_ledger(current.ledger_path())
    except Exception:  # no ledger is configured
        return None


def _of_ledger(path: "Path") -> PartyctlError | None:
    """Return the error in a ledger's content.

    Return None if the content agrees with the journal, or if the two cannot be compared.

    Invalid values in the ledger, such as an impossible date, can make partyctl fail. Because
    partyctl itself does not write invalid values, another program must have changed the ledger.
    Before a failure is reported as an internal error, the ledger is therefore compared with its
    journal.
    """
    from partyctl.ledger.journal.verification import verify

    try:
        with open_for_verifying(path) as ledger:
            findings = verify(ledger).findings
    except Exception as error:
        # After other errors, the ledger and its journal cannot be compared, for example if the
        # ledger does not exist.
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
    """Return the error for input in another encoding, for example from a terminal in GBK."""
    kind = BadUsage if isinstance(error, UnicodeEncodeError) else BadInput
    return kind(
        say("输入不是 UTF-8 文字，读不出来。", "The input is not UTF-8 text and cannot be read."),
        say("把终端或文件的编码改为 UTF-8", "set the terminal or the file to UTF-8"),
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


def _write_crash(number: str, error: BaseException) -> "Path":
    """Write the type of the error and the places in the code, but no messages: these may contain names."""
    import traceback

    from partyctl.ledger.file.files import create_folder
    from partyctl.ledger.file.state import state_folder

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
