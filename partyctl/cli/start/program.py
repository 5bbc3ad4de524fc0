"""The whole command line: the Typer program, and a function that runs one command."""

import importlib
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand

from partyctl import __version__
from partyctl.cli.session import current, usage
from partyctl.cli.session.context import Context
from partyctl.cli.session.failures import report
from partyctl.cli.session.group import Nouns, Resolved, Unbuilt, command_of
from partyctl.cli.session.prompts import MissingFact
from partyctl.cli.start.commands import BRANCH, COMMANDS, LEDGER, VERSION, Entry, purpose
from partyctl.errors import MissingInput
from partyctl.language import speaks_english


class Program(Nouns):
    """The top-level command group, which imports only the module of the command that was typed.

    Every other command is a placeholder with the command's name and help. Placeholders are enough
    to print the help page, and to suggest a command for a mistyped word.
    """

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - passed on to Typer
        super().__init__(**settings)
        self.commands = Unbuilt({entry.name: partial(_placeholder, entry) for entry in COMMANDS})

    def resolve_command(self, ctx: Context, args: list[str]) -> Resolved:  # type: ignore[override]  # Typer has its own Context
        """Import the typed command, and return it in place of its placeholder.

        Raises BadUsage if no such command exists.
        """
        for entry in COMMANDS:
            if entry.name == args[0]:
                module = importlib.import_module(f"partyctl.cli.{entry.module}")
                return entry.name, command_of(module.app), args[1:]
        return super().resolve_command(ctx, args)


def _placeholder(entry: Entry) -> TyperCommand:
    # Set `short_help` as well, because Typer cuts `help` on a narrow terminal.
    return TyperCommand(entry.name, help=entry.help, short_help=entry.help, rich_markup_mode=None)


app = typer.Typer(
    cls=Program,
    help=purpose(),
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"partyctl {__version__}")
        raise typer.Exit


@app.callback()
def program(
    context: typer.Context,
    ledger: Annotated[
        Path | None,
        typer.Option(
            LEDGER.name,
            envvar="PARTYCTL_LEDGER",
            show_envvar=False,
            metavar=LEDGER.metavar,
            readable=False,  # problems are reported when the ledger is opened
            help=LEDGER.help,
        ),
    ] = None,
    branch: Annotated[
        str | None,
        typer.Option(BRANCH.name, metavar=BRANCH.metavar, help=BRANCH.help),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(VERSION.name, callback=_print_version, is_eager=True, help=VERSION.help),
    ] = False,
) -> None:
    """Set the global options; without a command, show a summary of the ledger."""
    current.settle(ledger, branch)
    if context.invoked_subcommand is None:
        if not current.ledger_path().exists():
            _say_how_to_begin()
        from partyctl.cli.start.status import status

        status()


def _say_how_to_begin() -> NoReturn:
    from partyctl.cli.maintenance.first_words import without_ledger

    typer.echo("\n".join(without_ledger(current.ledger_path())), err=True)
    raise typer.Exit(MissingInput.exit_code)


@cache
def _built(_in_english: bool) -> Any:  # noqa: ANN401 - Typer's classes are private
    """Build the program once per language, because `batch` runs many commands in one process."""
    return typer.main.get_command(app)


def run(args: Sequence[str]) -> int:
    """Run one command and return its exit code. On a terminal, ask for missing values."""
    args = hoist(list(args))
    while True:
        try:
            code = _built(speaks_english()).main(args, prog_name="partyctl", standalone_mode=False)
            return code if isinstance(code, int) else 0
        except SystemExit:
            # Typer raises this only if the reader of the output has closed the pipe.
            raise BrokenPipeError from None
        except BrokenPipeError:
            raise
        except Exception as error:
            failure = usage.explain(error)
        if not isinstance(failure, MissingFact) or not current.is_interactive():
            return report(failure)
        if _begins_a_ledger(args) and not current.HERE.in_batch:
            return _walk()
        args = [*args, *failure.ask()]


def _begins_a_ledger(args: list[str]) -> bool:
    """Whether `init` was typed without options (except --ledger).

    In this form, `init` asks for all values, including the first members.
    """
    return _command(args) == args[-1] == "init" and not any(
        each.startswith("--branch") for each in args
    )


def _walk() -> int:
    from partyctl.cli.maintenance.first_walk import walk

    try:
        return walk(current.ledger_path(), run)
    except Exception as error:
        return report(usage.explain(error))


GLOBAL = {"--ledger", "--branch"}
OWN = {"init": {"--branch"}, "rollup enrol": {"--ledger", "--branch"}}
"""Commands that have an option of their own named --ledger or --branch. In `init`, --branch is the
first branch; in `rollup enrol`, --ledger is the ID of the enrolled branch's ledger, and --branch is
the number of the branch in that ledger."""


def hoist(args: list[str]) -> list[str]:
    """Return the arguments with --ledger and --branch moved to the front.

    If the command has an option of its own with one of these names, that option stays where it is.
    """
    hoisted, rest = [], []
    names = GLOBAL - OWN.get(_command(args), set())
    remaining = iter(args)
    for arg in remaining:
        if arg == "--":
            rest += [arg, *remaining]
        elif arg in names:
            hoisted += [arg, *([value] if (value := next(remaining, None)) is not None else [])]
        elif arg.startswith(tuple(f"{name}=" for name in names)):
            hoisted.append(arg)
        else:
            rest.append(arg)
    return [*hoisted, *rest]


def _command(args: list[str]) -> str:
    """Return `init`, or the first two words that are not options, such as `rollup enrol`."""
    words = iter(args)
    found = []
    for arg in words:
        if arg in GLOBAL:
            next(words, None)
        elif not arg.startswith("-"):
            found.append(arg)
    return found[0] if found[:1] == ["init"] else " ".join(found[:2])
