"""The output of every command in one language: its help page, and its answer to a working line.

`python -m tests.support.answers en|zh FILE` writes it as JSON, with the text of the files that the line
wrote. Help texts are chosen at import, so each language needs a separate process.
"""

import html
import json
import re
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from partyctl import language

TEXT = re.compile(r"<(?:w:)?t(?: [^>]*)?>([^<]+)<|<sheet name=\"([^\"]+)")
"""A run of text in Word; a cell's text or a sheet's name in Excel."""


def main(name: str, result: Path) -> None:
    """Run every command and write its output."""
    language.choose(name)
    from tests.support.command_tree import commands
    from tests.support.in_process import fill, outcome, own_folder, start_anew
    from tests.support.working_lines import working

    found = {}
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", f"{place}/state")
        patch.setenv("PARTYCTL_LANG", name)
        ledger = fill(Path(place) / "own" / "ledger.db")
        with own_folder(Path(place), ledger, patch) as folder:
            for command in commands():
                patch.setenv("PARTYCTL_LANG", name)
                start_anew(folder, ledger)
                said = {"help": outcome([*command.typed, "--help"]).out}
                line = working(command, folder).prepare()
                before = _files(folder)
                done = outcome(line)
                new = {each.name: _text(each) for each in _files(folder) - before}
                said |= {"code": str(done.code), "out": done.out, "err": done.err}
                found[str(command)] = said | {f"file {key}": text for key, text in new.items()}
    result.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


def _files(folder: Path) -> set[Path]:
    return {each for each in folder.rglob("*") if each.is_file()}


def _text(file: Path) -> str:
    """The readable text of a written file; empty for a file meant for programs."""
    if file.suffix == ".html":
        import lxml.html

        page = lxml.html.fromstring(file.read_text(encoding="utf-8"))
        for unseen in page.xpath("//style"):
            unseen.drop_tree()
        return "\n".join(page.itertext())
    if file.suffix == ".ics":
        return file.read_text(encoding="utf-8").replace("\n ", "")
    if file.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(file) as parts:
            read = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]
        return "\n".join(html.unescape("".join(each)) for each in TEXT.findall("\n".join(read)))
    return ""


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
