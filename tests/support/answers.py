"""The output of every command in one language: its help page, and the output of a working example.

`python -m tests.support.answers en|zh FILE` writes this output as JSON. The JSON also contains
the text of all files that the examples wrote, each list in every file format, and every paper.
With a third word `refusals`, the program writes the errors for some wrong lines of every command;
the lines are the same in both languages. The language of help texts is chosen when a command's
module is imported, so each language needs its own process.
"""

import html
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from partyctl import language

if TYPE_CHECKING:
    from tests.support.command_tree import Command

TEXT = re.compile(r"<(?:w:)?t(?: [^>]*)?>([^<]+)<|<sheet name=\"([^\"]+)")
"""Matches a run of text in Word, and a cell's text or a sheet's name in Excel."""

WITHIN_CHINESE = re.compile(
    r"(?<=[·\u3000-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u9fff\uff00-\uffef])"
)
CLAUSE = re.compile(r"(·[一二三四五六七八九十]+)\s+(\d)")
"""Matches white space in a clause number. WITHIN_CHINESE matches white space in Chinese text."""


def main(name: str, result: Path) -> None:
    """Run every command and write its output."""
    language.choose(name)
    from tests.conftest import build_once
    from tests.support.command_tree import commands
    from tests.support.in_process import fill, outcome, own_folder, start_anew
    from tests.support.working_lines import working

    found = {}
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        build_once(patch)
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
                new = {each.name: text_of(each) for each in _files(folder) - before}
                said |= {"code": str(done.code), "out": done.out, "err": done.err}
                found[str(command)] = said | {f"file {key}": text for key, text in new.items()}
                if ("output" in {each.name for each in command.parameters}) and done.code in (0, 3):
                    found[str(command)] |= _as_files(line, folder)
        found |= _papers(Path(place) / "papers", patch)
    result.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


def _as_files(line: list[str], folder: Path) -> dict[str, str]:
    """The text of a list in each file format, keyed by the name of the file."""
    from tests.support.in_process import outcome

    said = {}
    for ending in (".csv", ".xlsx", ".html") if "-o" not in line else ():
        path = folder / f"list{ending}"
        if outcome([*line, "-o", str(path)]).code in (0, 3) and path.is_file():
            said[f"file {path.name}"] = text_of(path)
    return said


def _papers(place: Path, patch: pytest.MonkeyPatch) -> dict[str, dict[str, str]]:
    """The output of the commands that write all papers, the yearbook, the inspection and handover
    folders, the year's page and the calendar; and the texts of the files they write.
    """
    from tests.cli.paper.conftest import BUREAU, MINUTES
    from tests.cli.paper.test_papers import EXCEL, WORD
    from tests.support.in_process import outcome

    place.mkdir(mode=0o700)
    (place / "lines.txt").write_text(BUREAU.replace("{MINUTES}", MINUTES), encoding="utf-8")
    ledger = ["--ledger", str(place / "ledger.db")]
    assert outcome([*ledger, "batch", str(place / "lines.txt")]).code == 0
    patch.chdir(place)
    lines = [f"paper {line}" for line in (*WORD, *EXCEL, "dues-register 2025", "dl-package 3")]
    lines += [f"report {line}" for line in ("book 2025", "inspection 2025", "handover")]
    lines += ["calendar export --ics", "report year 2025"]
    said = {}
    for line in lines:
        before = _files(place)
        done = outcome([*ledger, *line.split()])
        new = {str(each.relative_to(place)): text_of(each) for each in _files(place) - before}
        said[line] = {"code": str(done.code), "out": done.out, "err": done.err}
        said[line] |= {f"file {name}": text for name, text in new.items()}
        assert done.code in (0, 3), (line, done)
    return said


def _files(folder: Path) -> set[Path]:
    return {each for each in folder.rglob("*") if each.is_file()}


def text_of(file: Path) -> str:
    """The text that a person reads in a file; empty for unknown types, or PDF without pdftotext."""
    if file.suffix == ".html":
        import lxml.html

        page = lxml.html.fromstring(file.read_text(encoding="utf-8"))
        for unseen in page.xpath("//style"):
            unseen.drop_tree()
        return "\n".join(page.itertext())
    if file.suffix == ".ics":
        return file.read_text(encoding="utf-8").replace("\n ", "")
    if file.suffix == ".csv":
        return file.read_text(encoding="utf-8-sig")
    if file.suffix == ".pdf" and shutil.which("pdftotext"):
        told = subprocess.run(
            ["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True
        )
        return CLAUSE.sub(r"\1\2", WITHIN_CHINESE.sub("", told.stdout.decode()))
    if file.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(file) as parts:
            read = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]
        return "\n".join(html.unescape("".join(each)) for each in TEXT.findall("\n".join(read)))
    return ""


WRONG = 6
"""The number of lines tried for each command: its working line with a change, and random lines."""


def refusals(name: str, result: Path) -> None:
    """Run some (mostly wrong) lines of every command; write the refused lines and their errors."""
    language.choose(name)
    from tests.conftest import build_once
    from tests.support.command_tree import commands
    from tests.support.in_process import fill, outcome, own_folder, start_anew

    found = []
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        build_once(patch)
        patch.setenv("XDG_STATE_HOME", f"{place}/state")
        # The first command decides the language of the help texts for the whole process.
        patch.setenv("PARTYCTL_LANG", name)
        ledger = fill(Path(place) / "own" / "ledger.db")
        with own_folder(Path(place), ledger, patch) as folder:
            patch.setenv("PARTYCTL_LANG", name)
            for command in commands():
                start_anew(folder, ledger, command)
                for line in _wrong_lines(command, folder):
                    done = outcome(line)
                    if done.code not in ANSWERED:
                        found.append({"line": line, "code": done.code, "err": done.err})
    # `dumps` escapes all characters outside ASCII; UTF-8 cannot encode some of the hostile words.
    result.write_text(json.dumps(found, indent=1), encoding="utf-8")


ANSWERED = (0, 3)


def _wrong_lines(command: "Command", folder: Path) -> list[list[str]]:
    from tests.support.argument_vectors import Vectors, bent
    from tests.support.working_lines import working

    rng, vectors = random.Random(str(command)), Vectors(command, folder)
    works = working(command, folder).line
    ways = (
        lambda number: bent(works, rng),
        lambda number: vectors.harmless(rng),
        lambda number: vectors.number(rng, number),
    )
    return [ways[number % len(ways)](number) for number in range(WRONG)]


if __name__ == "__main__":
    run_all = refusals if sys.argv[3:] == ["refusals"] else main
    run_all(sys.argv[1], Path(sys.argv[2]))
