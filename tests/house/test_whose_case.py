"""No output reveals the person of a case or the submitter of an opinion.

Two ledgers differ only in the person of a case; the two names differ only in the last character.
Every command, except those in MADE_TO_TELL, must give the same output for these two ledgers. A name
on the roll is not secret, but nobody may learn that a case is about the person with this name. The
name of an opinion's submitter and the texts of the case (CANARIES) occur nowhere else in the
ledger, so the test searches the output for these texts.
"""

import gzip
import os
import random
import re
import shutil
import subprocess
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from partyctl.rollup import storing
from tests.support.argument_vectors import Vectors
from tests.support.command_tree import Command, commands
from tests.support.in_process import Outcome, fill, outcome, own_folder, start_anew
from tests.support.working_lines import working

pytestmark = pytest.mark.hard

ONE, OTHER = "秦一心", "秦一意"
SUBMITTER, FACTS, SOURCE = "贺举报", "挪用工会慰问品", "匿名电话四二"
PROMISE, OUTLINE = "今后逐件登记造册", "核实慰问品去向"
CANARIES = (SUBMITTER, FACTS, SOURCE, PROMISE, OUTLINE)

MADE_TO_TELL = {"warning letter": (ONE, FACTS)}
"""Commands that reveal private texts on purpose, each with the texts that it reveals.

A letter names the warned person and the facts; the journal records that the letter was written."""

TOLD = """
    member add {one} --joined 2018-07-01
    member add {other} --joined 2018-07-01
    warning issue {whose} --level inquiry --category 4 --facts {facts} --source {source} --on 2026-03-02
    warning deliver 2 --on 2026-03-03
    warning talk 2 --on 2026-03-04 --by 张三,李四 --outline {outline} --notified 2026-03-03
    warning register 2 --on 2026-03-04 --promise {promise}
    opinion add 慰问品不公开 --received 2026-03-02 --class individual --from {submitter}
"""

OF_ITS_OWN = re.compile("^--reveal|/kept/.")
"""Matches two kinds of arguments: an option that reveals the person on purpose, and the path of a
backup, whose name differs for each ledger.
"""

CHANGES_BY_ITSELF = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?|\d{8}T\d{6}Z?|\d\d:\d\d:\d\d"
    r"|SEQUENCE:\d+"  # In a calendar file, the number of the newest journal entry.
    r'|"(size|bytes)": \d+'  # The size of a compressed file depends on the digests in it.
    r"|[0-9a-f]{8,}"  # A digest with a random salt.
)
"""Matches values that differ in every run: moments, sizes and digests."""

PACKED = re.compile(r"H4sI[0-9A-Za-z+/=]+")
"""Matches a gzip file, in base64, inside a text."""


class Left(NamedTuple):
    """The result of a command line, without values that differ in every run."""

    code: int
    printed: str
    written: dict[str, str]

    def told(self) -> str:
        return self.printed + "".join(f"{name}\n{text}\n" for name, text in self.written.items())


@pytest.fixture(scope="module")
def told_ledgers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two ledgers that differ only in the person of a case."""
    return {
        whose: fill(
            tmp_path_factory.mktemp("told") / "ledger.db",
            TOLD.format(
                one=ONE,
                other=OTHER,
                whose=whose,
                facts=FACTS,
                source=SOURCE,
                outline=OUTLINE,
                promise=PROMISE,
                submitter=SUBMITTER,
            ),
        )
        for whose in (ONE, OTHER)
    }


@pytest.fixture
def folder(
    tmp_path: Path, told_ledgers: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    with own_folder(tmp_path, told_ledgers[ONE], monkeypatch) as folder:
        yield folder


def begin(folder: Path, ledger: Path, command: Command | None = None) -> None:
    """Restore the folder and the working directory to their first state."""
    here = folder / "folder" / "here"
    shutil.rmtree(here)
    here.mkdir()
    os.chdir(here)
    start_anew(folder, ledger, command)
    shutil.copy(ledger, folder / "copy.db")
    shutil.rmtree(folder / "kept")
    shutil.copytree(ledger.parent / "kept", folder / "kept")
    (folder / "bin" / "spool").unlink(missing_ok=True)


def steady(text: str) -> str:
    return CHANGES_BY_ITSELF.sub("…", text)


def read(file: Path) -> str:
    """The text of a file; a workbook or a letter gives the text of all its parts."""
    if file.suffix in READERS and file.stat().st_size:
        return READERS[file.suffix](file)
    if not zipfile.is_zipfile(file):
        return file.read_bytes().decode(errors="replace")
    with zipfile.ZipFile(file) as parts:
        return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


def _read_packed(file: Path) -> str:
    return _unpacked(file.read_bytes())


def _unpacked(content: bytes) -> str:
    """The lines of an extract, or of every extract in a packet.

    They are sorted, because their order in the file depends on digests with a random salt.
    """
    if content[:2] != b"\x1f\x8b":
        return ""
    text = gzip.decompress(content).decode(errors="replace")
    inside = (_unpacked(b64decode(each)) for each in PACKED.findall(text))
    return "\n".join(sorted(map(steady, PACKED.sub("…", text).splitlines()))) + "".join(inside)


def _read_rows(file: Path) -> str:
    with storing.engine() as database:
        rows = database.execute(f"SELECT * FROM {storing.quoted(file)}").fetchall()
    return "\n".join(sorted(steady(repr(row)) for row in rows))


def _read_pages(file: Path) -> str:
    """The text of a PDF; empty if poppler is not installed, so that the test compares no text."""
    if shutil.which("pdftotext") is None or file.read_bytes()[:4] != b"%PDF":
        return ""
    done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True)
    return done.stdout.decode()


READERS = {".gz": _read_packed, ".parquet": _read_rows, ".pdf": _read_pages}


def left(folder: Path, found: Outcome) -> Left:
    """The exit code, the output, and every file, except ledgers and partyctl's notes about them.

    A note says that a ledger's stored answers are valid, or that its rows were checked.
    """
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    written = {
        steady(str(each.relative_to(folder))): steady(read(each))
        for each in files
        if each.suffix != ".db"  # Ledgers are left out, because they can be encrypted.
        # The notes are left out, because they differ for every ledger.
        and each.parent.name not in ("answers", "compared")
    }
    return Left(found.code, steady(found.out + "\n" + found.err), written)


def of_the_case(args: list[str]) -> list[str]:
    """The command line with its case, opinion and person replaced by those of this test."""
    if args and args[0] in ("warning", "opinion"):
        args = [{"1": "2", "#1": "#2"}.get(word, word) for word in args]
    return [{"王五": ONE}.get(word, word) for word in args]


def require_alike(each: dict[str, Left], args: list[str], may_tell: tuple[str, ...] = ()) -> None:
    one, other = each[ONE], each[OTHER]
    if may_tell:
        assert all(word in one.told() for word in may_tell), args
        return
    told = [*one.written.items(), *other.written.items()]
    assert (one.code, one.printed) == (other.code, other.printed), args
    assert {name for name, _ in told if told.count((name, _)) == 1} == set(), args
    assert not [word for word in CANARIES if word in one.told()], args


@pytest.mark.parametrize("command", commands(), ids=str)
def test_no_command_that_works_tells_whose_case_it_is(
    command: Command, folder: Path, told_ledgers: dict[str, Path]
):
    each = {}
    for whose, ledger in told_ledgers.items():
        begin(folder, ledger)
        args = of_the_case(working(command, folder).prepare())
        each[whose] = left(folder, outcome(args))
    require_alike(each, args, MADE_TO_TELL.get(str(command), ()))


@pytest.mark.slow
@pytest.mark.parametrize("command", commands(), ids=str)
def test_no_command_however_typed_tells_whose_case_it_is(
    command: Command, folder: Path, told_ledgers: dict[str, Path]
):
    rng = random.Random(f"whose {command}")
    vectors = Vectors(command, folder)
    for language in ("zh", "en") * 2:
        args = of_the_case(vectors.harmless(rng))
        if str(command) in MADE_TO_TELL or any(OF_ITS_OWN.search(word) for word in args):
            continue
        each = {}
        for whose, ledger in told_ledgers.items():
            begin(folder, ledger, command)
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("PARTYCTL_LANG", language)
                each[whose] = left(folder, outcome(args))
        require_alike(each, args)
