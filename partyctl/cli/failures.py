"""Whatever went wrong, as an error with a sentence, a remedy and an exit code."""

import os
import secrets
import sqlite3
import traceback
from pathlib import Path

from typer import Abort
from typer import _click as click

from partyctl.cli.asking import missing_facts
from partyctl.errors import BadUsage, PartyctlError
from partyctl.language import say, speaks_english
from partyctl.ledger.failures import explain_os, explain_sqlite
from partyctl.show.text import printable

__all__ = ["explain", "printable"]


class Interrupted(PartyctlError):
    """The clerk pressed Ctrl-C, or closed the input."""

    exit_code = 130


class Crashed(PartyctlError):
    """A mistake of ours; what a developer needs is in a private file, with no values in it."""

    exit_code = 1


def explain(error: BaseException) -> PartyctlError:
    """The documented error behind any exception."""
    if isinstance(error, PartyctlError):
        return error
    if isinstance(error, click.exceptions.MissingParameter):
        return missing_facts(error)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return BadUsage("", error.format_message())
    if isinstance(error, click.exceptions.UsageError):
        return _usage(error)
    if isinstance(error, Abort | KeyboardInterrupt | EOFError):
        return Interrupted(say("已取消，没有写入。", "Cancelled; nothing was written."))
    return _outside(error) or _crash(error)


def _usage(error: click.exceptions.UsageError) -> BadUsage:
    remedy = f"{error.ctx.command_path} --help" if error.ctx else "partyctl --help"
    if isinstance(error, click.exceptions.NoSuchOption):
        hint = ""
        if error.possibilities:
            hint = say(
                f"是不是 {error.possibilities[0]}？", f"Did you mean {error.possibilities[0]}?"
            )
        sentence = say(
            f"没有 {error.option_name} 这个选项。", f"No such option {error.option_name}. "
        )
        return BadUsage(sentence + hint, remedy)
    if speaks_english():
        return BadUsage(error.format_message(), remedy)
    if isinstance(error, click.exceptions.BadParameter) and error.param is not None:
        option = max(error.param.opts, key=len)
        return BadUsage(f"{option} 的值不对：{error.message}", remedy)
    if isinstance(error, click.exceptions.BadOptionUsage):
        return BadUsage(f"选项 {error.option_name} 缺少值。", remedy)
    return BadUsage(f"命令写法不对：{error.format_message()}", remedy)


def _outside(error: BaseException) -> PartyctlError | None:
    """What SQLite or the file system said, possibly wrapped by the ORM."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, sqlite3.Error):
            return explain_sqlite(cause)
        if isinstance(cause, OSError):
            return explain_os(cause)
        cause = getattr(cause, "orig", None) or cause.__cause__
    return None


def _crash(error: BaseException) -> Crashed:
    number = secrets.token_hex(4)
    try:
        place = _write_crash(number, error)
    except OSError:
        place = None
    where = say(f"，详情在 {place}", f"; details are in {place}") if place else ""
    return Crashed(
        say(f"程序出错（编号 {number}）{where}。", f"An error of ours ({number}){where}.")
    )


def _write_crash(number: str, error: BaseException) -> Path:
    """The kind of error and the places in the code; no messages, no values: they hold names."""
    from platformdirs import user_state_path

    folder = user_state_path("partyctl", appauthor=False) / "crashes"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{number}.txt"
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join([type(error).__name__, *lines]) + "\n")
    return path
