"""`partyctl batch`: run commands from a file, one per line, in one process."""

import os
import shlex
from typing import Annotated

import typer

from partyctl.cli.session import current
from partyctl.cli.session.group import verb
from partyctl.cli.start.batch_file import Progress, read_lines
from partyctl.errors import FOUND, BadInput, BadUsage
from partyctl.language import say
from partyctl.ledger.file.places import AnyPath

app = verb()

ESCAPE = "" if os.sep == "\\" else "\\"
"""The escape character in a line. On Windows, a line has no escape character, because paths contain
backslashes."""


@app.command(
    help=say(
        "从文件逐行执行命令，遇到失败即停",
        "Run the commands in a file, one per line; stop at the first failure",
    )
)
def batch(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE|-", help=say("文件，- 为标准输入", "the file, or - for standard input")
        ),
    ],
) -> None:
    """Run the commands in a file. Stop at the first failure and name its line.

    As on the command line, `partyctl` alone prints the summary of the ledger.

    If a command exits with 3 because something is overdue, wrong or missing, the batch continues,
    but it exits with 3 at the end.
    """
    from partyctl.cli.start.main import run

    if current.HERE.in_batch:
        raise BadUsage(
            say("batch 里不能再用 batch。", "A batch cannot contain a batch."),
            say("把那个文件的各行写在这里", "copy the lines of that file into this file"),
        )
    settled = current.HERE.ledger, current.HERE.branch
    left_with = 0
    lines = read_lines(file)
    shown = Progress(sum(map(_is_command, lines)))
    current.HERE.in_batch, current.HERE.branch_of_batch = True, current.HERE.branch
    try:
        for number, line in enumerate(lines, start=1):
            if not _is_command(line):
                continue
            args = _words(line, number)
            shown.step()
            code = run([*_settled_options(*settled), *args])
            if code not in (0, FOUND):
                typer.echo(say(f"停在第 {number} 行。", f"Stopped at line {number}."), err=True)
                raise typer.Exit(code)
            left_with = max(left_with, code)
    finally:
        current.HERE.in_batch, current.HERE.branch_of_batch = False, None
    shown.end()
    raise typer.Exit(left_with)


def _settled_options(ledger: AnyPath | None, branch: str | None) -> list[str]:
    """Return the batch's global options, which apply to commands that do not have their own."""
    options = [] if ledger is None else [f"--ledger={ledger}"]
    return options if branch is None else [*options, f"--branch={branch}"]


def _is_command(line: str) -> bool:
    """Whether a line is neither blank nor a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _words(line: str, number: int) -> list[str]:
    """Return the arguments on a line that is a command, without the word `partyctl`.

    Raises BadInput if a quote is not closed, or if the line ends with the escape character.
    """
    try:
        words = _split(line)
    except ValueError:
        raise BadInput(
            say(
                f"第 {number} 行的引号不成对，或以 \\ 结尾。",
                f"Line {number} has an unmatched quote or ends with \\.",
            ),
            say(
                "一条命令写在一行里，引号成对",
                "write each command on one line, and close its quotes",
            ),
        ) from None
    return words[1:] if words[0] == "partyctl" else words


def _split(line: str) -> list[str]:
    """Split a line into words; quotes work as in a shell.

    Raises ValueError if a quote is not closed, or if the line ends with the escape character.
    """
    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    lexer.escape = ESCAPE
    return list(lexer)
