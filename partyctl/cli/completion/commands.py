"""`partyctl completion`: print the completion script of a shell, or install it."""

import os
from pathlib import Path
from typing import Annotated

import typer

from partyctl.cli.completion import tree
from partyctl.cli.completion.scripts import MARK, SCRIPTS, Shell, place_of
from partyctl.cli.output.answers import tell
from partyctl.cli.session.group import verb
from partyctl.errors import BadUsage, Refused
from partyctl.language import comma_list, say

app = verb()


def read_shell(text: str) -> Shell:
    """Parse the name of a shell. Raises BadUsage."""
    known = comma_list(Shell)
    if text.strip().lower() not in list(Shell):
        raise BadUsage(
            say(
                f"没有“{text}”的补全；有：{known}。",
                f"partyctl has no completion for “{text}”, only for {known}.",
            ),
            "partyctl completion bash --install",
        )
    return Shell(text.strip().lower())


@app.command(help=say("按 TAB 补全：bash、zsh、fish", "Completion for bash, zsh and fish"))
def completion(
    shell: Annotated[
        Shell,
        typer.Argument(
            parser=read_shell, metavar="bash|zsh|fish", help=say("哪种命令行（shell）", "shell")
        ),
    ],
    install: Annotated[
        bool,
        typer.Option("--install", help=say("装到自己的用户下", "install the script for this user")),
    ] = False,
) -> None:
    """Print the completion script of a shell, or install it."""
    if not install:
        typer.echo(SCRIPTS[shell], nl=False)
        return
    place = _install(shell)
    tree.tree()  # fill the cache, so that the first TAB is fast
    tell(
        say(
            f"已安装 {place}，新开的 {shell} 里生效。",
            f"Installed {place}; completion works in each {shell} that you start from now on.",
        )
    )
    if hint := _hint(shell, place):
        tell(hint)


def _install(shell: Shell) -> Path:
    """Install the script for this user. Raises Refused if the place holds a file of another program."""
    home = Path.home()
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    place = place_of(shell, data, config)
    if place.exists() and MARK not in place.read_text(encoding="utf-8", errors="replace"):
        raise Refused(
            say(
                f"{place} 不是 partyctl 装的，没有覆盖。",
                f"{place} was not written by partyctl, so it was left unchanged.",
            ),
            f"partyctl completion {shell} > {place}",
        )
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(SCRIPTS[shell])
    draft.replace(place)
    return place


def _hint(shell: Shell, place: Path) -> str | None:
    """Return a hint about a line for the shell's start file; None for fish, which needs no line."""
    return {
        Shell.BASH: say(
            f"没有装 bash-completion 的，在 ~/.bashrc 里加一行：source {place}",
            f"If bash-completion is not installed, add this line to ~/.bashrc: source {place}",
        ),
        Shell.ZSH: say(
            f"在 ~/.zshrc 的 compinit 之前加一行：fpath=({place.parent} $fpath)",
            "Add this line to ~/.zshrc, above the line with compinit: "
            f"fpath=({place.parent} $fpath)",
        ),
        Shell.FISH: None,
    }[shell]
