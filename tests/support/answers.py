"""What every command says, in one language: its help page, and its answer to the line that works.

`python -m tests.support.answers en|zh FILE` writes it as JSON. Help is worded when a command's module
is imported; so each language has a process of its own.
"""

import json
import sys
import tempfile
from pathlib import Path

import pytest

from partyctl import language


def main(name: str, result: Path) -> None:
    """Ask every command; write what it said."""
    language.choose(name)
    from tests.support.command_tree import commands
    from tests.support.in_process import fill, outcome, own_folder, start_anew
    from tests.support.working_lines import working

    found = {}
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", f"{place}/state")
        ledger = fill(Path(place) / "own" / "ledger.db")
        with own_folder(Path(place), ledger, patch) as folder:
            patch.setenv("PARTYCTL_LANG", name)
            for command in commands():
                start_anew(folder, ledger, command)
                said = {"help": outcome([*command.typed, "--help"]).out}
                done = outcome(working(command, folder).prepare())
                said |= {"code": done.code, "out": done.out, "err": done.err}
                found[str(command)] = said
    result.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
