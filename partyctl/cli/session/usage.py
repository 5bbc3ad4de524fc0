"""What Typer complains of, as an error in the reader's language.

Only one of its kinds of complaint has a public name; the others are told apart by what they carry.
"""

from typing import Any

import typer

from partyctl.cli.session import failures
from partyctl.cli.session.prompts import missing_facts
from partyctl.errors import BadUsage, PartyctlError
from partyctl.language import say, speaks_english

WRONG_USAGE = BadUsage.exit_code
"""What Typer, too, leaves with when a command was typed wrongly."""


def explain(error: BaseException) -> PartyctlError:
    """The documented error behind any exception that a command left."""
    if isinstance(error, typer.BadParameter) and hasattr(error, "param_type"):
        return missing_facts(error)
    if isinstance(error, typer.TyperException) and error.exit_code == WRONG_USAGE:
        return _usage(error)
    if isinstance(error, typer.Abort):
        return failures.cancelled()
    return failures.explain(error)


def _usage(error: Any) -> BadUsage:  # noqa: ANN401 - what it carries depends on its kind
    remedy = f"{error.ctx.command_path} --help" if error.ctx else "partyctl --help"
    if hasattr(error, "possibilities"):
        return _no_such_option(error.option_name, error.possibilities, remedy)
    if speaks_english():
        return BadUsage(error.format_message(), remedy)
    if isinstance(error, typer.BadParameter) and error.param is not None:
        option = max(error.param.opts, key=len)
        return BadUsage(f"{option} 的值不对：{error.message}", remedy)
    if hasattr(error, "option_name"):
        return BadUsage(f"选项 {error.option_name} 缺少值。", remedy)
    return BadUsage(f"命令写法不对：{error.format_message()}", remedy)


def _no_such_option(name: str, possible: list[str] | None, remedy: str) -> BadUsage:
    hint = say(f"是不是 {possible[0]}？", f"Did you mean {possible[0]}?") if possible else ""
    return BadUsage(say(f"没有 {name} 这个选项。{hint}", f"No such option {name}. {hint}"), remedy)
