"""What Typer complains of, as an error in the reader's language."""

from typer import Abort
from typer import _click as click

from partyctl.cli.session import failures
from partyctl.cli.session.prompts import missing_facts
from partyctl.errors import BadUsage, PartyctlError
from partyctl.language import say, speaks_english


def explain(error: BaseException) -> PartyctlError:
    """The documented error behind any exception that a command left."""
    if isinstance(error, click.exceptions.MissingParameter):
        return missing_facts(error)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return BadUsage("", error.format_message())
    if isinstance(error, click.exceptions.UsageError):
        return _usage(error)
    if isinstance(error, Abort):
        return failures.cancelled()
    return failures.explain(error)


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
