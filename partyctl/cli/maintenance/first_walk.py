"""`partyctl init` on a terminal: ask, show a summary, then write everything or nothing."""

import io
import tempfile
from collections.abc import Callable, Sequence
from contextlib import nullcontext, redirect_stdout, suppress
from pathlib import Path

from partyctl.cli.maintenance.first_questions import (
    Beginning,
    ask,
    ask_for_beginning,
    read_yes,
    tell,
)
from partyctl.cli.maintenance.first_words import next_people, started
from partyctl.cli.output.answers import tell as answer
from partyctl.cli.session import current
from partyctl.cli.session.failures import Interrupted
from partyctl.language import say
from partyctl.ledger.file import markers
from partyctl.ledger.file.files import create_folder

Runs = Callable[[Sequence[str]], int]
"""A function that runs one command line and returns its exit code."""


def walk(path: Path, run: Runs) -> int:
    """Create a ledger from the user's answers, and return 0 or the exit code of the command that failed.

    The answers are turned into commands such as `member add`, which fill a draft in a separate
    folder. After the last command, the draft is moved to `path` as the new ledger.
    """
    if path.exists():
        from partyctl.records.members.organisation import ledger_exists

        raise ledger_exists(path)
    beginning = ask_for_beginning()
    tell("")
    for line in beginning.told():
        tell(f"  {line}")
    if not ask(say(f"写入 {path}", f"Write {path}"), read_yes, say("是", "yes")):
        raise Interrupted(say("已取消，没有写入。", "Cancelled; nothing was written."))
    new = _new_folders(path.parent)
    create_folder(path.parent)
    try:
        code = _write(beginning, path, run)
    except BaseException:
        _remove(new)
        raise
    if code:
        _remove(new)
        tell(say("没有建立台账。", "No ledger was made."))
        return code
    _close(beginning, path)
    return 0


def _close(beginning: Beginning, path: Path) -> None:
    """Print the result and the next step."""
    started(path, beginning.organ, beginning.branch, beginning.since)
    if beginning.people:
        many = len(beginning.people)
        answer(say(f"已登记党员 {many} 人。", f"Members entered: {many}."))
    after = "partyctl check" if beginning.people or beginning.roster else next_people()
    answer(say("下一步：", "Next: ") + after)


def _write(beginning: Beginning, path: Path, run: Runs) -> int:
    with tempfile.TemporaryDirectory(prefix=".partyctl-", dir=path.parent) as name:
        draft = Path(name) / path.name
        settled = current.HERE.ledger
        try:
            for command in _commands(beginning):
                # Show only the output of an import. The output of `init` would name the draft, and
                # the output of `member add` is not needed: `_close` prints the number of members.
                unheard = nullcontext() if "import" in command else redirect_stdout(io.StringIO())
                with unheard:
                    code = run(["--ledger", str(draft), *command])
                if code:
                    return code
        finally:
            current.HERE.ledger = settled
        try:
            markers.publish(draft, path)
        except FileExistsError:
            from partyctl.records.members.organisation import ledger_exists

            raise ledger_exists(path) from None
    return 0


def _commands(beginning: Beginning) -> list[list[str]]:
    """Return the command lines that fill the new ledger."""
    start = ["init", "--organ", beginning.organ, "--branch", beginning.branch]
    start += ["--since", beginning.since.isoformat()]
    start += ["--committee" if beginning.has_committee else "--no-committee"]
    start += [word for cell in beginning.cells for word in ("--cell", cell)]
    roster = [] if beginning.roster is None else [["member", "import", str(beginning.roster)]]
    return [start, *roster, *(person.command() for person in beginning.people)]


def _new_folders(folder: Path) -> list[Path]:
    """Return the folders that do not exist yet, the deepest first."""
    return [each for each in (folder, *folder.parents) if not each.exists()]


def _remove(folders: list[Path]) -> None:
    """Remove the folders that were made for the new ledger.

    `walk` calls this function if it could not create the ledger.
    """
    for each in folders:
        with suppress(OSError):
            each.rmdir()
