"""Typer's usage errors in the user's language.

Typer makes only some of its error classes public, so this module recognises the other classes by
their attributes.
"""

import re
from typing import Any

import typer

from partyctl.cli.session import failures
from partyctl.cli.session.prompts import missing_facts
from partyctl.errors import BadUsage, PartyctlError
from partyctl.language import say, speaks_english

WRONG_USAGE = BadUsage.exit_code
"""The exit code that Typer itself uses for usage errors."""


def explain(error: BaseException) -> PartyctlError:
    """Translate any exception of a command to a documented error."""
    if isinstance(error, typer.BadParameter) and hasattr(error, "param_type"):
        return missing_facts(error)
    if isinstance(error, typer.TyperException) and error.exit_code == WRONG_USAGE:
        return _usage(error)
    if isinstance(error, typer.Abort):
        return failures.cancelled()
    return failures.explain(error)


def _usage(error: Any) -> BadUsage:  # noqa: ANN401 - its attributes depend on the kind of error
    remedy = f"{error.ctx.command_path} --help" if error.ctx else "partyctl --help"
    if hasattr(error, "possibilities"):
        return _no_such_option(error.option_name, error.possibilities, remedy)
    if speaks_english():
        return BadUsage(error.format_message(), remedy)
    said = in_chinese(error.message)
    if isinstance(error, typer.BadParameter) and error.param is not None:
        option = max(error.param.opts, key=len)
        return BadUsage(f"{option} 的值不对{'：' + said if said else ''}。", remedy)
    if hasattr(error, "option_name"):
        return BadUsage(f"选项 {error.option_name} {said or '写法不对'}。", remedy)
    return BadUsage(f"{said or '命令写法不对'}。", remedy)


def _no_such_option(name: str, possible: list[str] | None, remedy: str) -> BadUsage:
    hint = say(f"是不是 {possible[0]}？", f"Did you mean {possible[0]}?") if possible else ""
    return BadUsage(say(f"没有 {name} 这个选项。{hint}", f"No such option {name}. {hint}"), remedy)


SENTENCES = (
    (r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", "多写了“{}”"),
    (r"Missing command", "缺少命令"),
    (r"Option .* does not take a value", "不带值"),
    (r"Option .* requires an argument", "缺少值"),
    (r"'(.*)' is not a valid int(?:eger)?(?: range)?", "“{}”不是整数"),
    (r"'(.*)' is not a valid (?:float|number)(?: range)?", "“{}”不是数字"),
    (r"'(.*)' is not a valid boolean.*", "“{}”不是“是”或“否”"),
    (r"(.+) is not in the range x>=(.+)", "{} 小于 {}"),
    (r"(.+) is not in the range x<=(.+)", "{} 大于 {}"),
    (r"(.+) is not in the range (.+)<=x<=(.+)", "{} 不在 {} 到 {} 之间"),
    (r"'(.*)' is not one of (.*)", "“{}”不在 {} 之中"),
)
"""Click's messages as patterns, each with its Chinese wording."""


def in_chinese(sentence: str) -> str:
    """Translate a message of Click to Chinese; return an empty text for an unknown message."""
    for pattern, chinese in SENTENCES:
        if match := re.fullmatch(pattern, sentence.removesuffix("."), re.DOTALL):
            return chinese.format(*(part for part in match.groups() if part is not None))
    return ""
