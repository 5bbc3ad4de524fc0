"""R-33, R-34: hostile texts in lists, on terminals and in files are only shown as text."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from rich.cells import cell_len

from partyctl.cli.session import failures
from partyctl.text import is_hostile
from tests.support.command_tree import Command, commands
from tests.support.in_process import Outcome, fill, outcome, own_folder, start_anew
from tests.support.outside.hostile_texts import FORMULAS, NAMES, plant
from tests.support.working_lines import working

LISTING = re.compile(
    r"^(check|status|partyctl|explain)$"
    r"|\b(list|show|status|directory|matrix|next|coming|coverage|compare|log|history|attendance|book)$"
)
PAPERS = ("warning letter", "disclosure briefing", "opinion register", "paper KIND")
FIRST = ("member list", "meeting list", "check", "status", "staff list", "meeting show")
"""The lists that `make check` tests; testing all lists would take too long."""

SGR = re.compile(r"\x1b\[[0-9;]*m")
MANY = "\n".join(f"member add 同名{n} --joined 2019-07-01" for n in range(len(NAMES) - 3))


BY_NUMBER = {"郑十": "#1", "东河村": "#1"}
"""Records that get hostile names, each with the number that commands use instead of the name."""


def listing() -> list[object]:
    """The commands that list or show something."""
    found = [each for each in commands() if LISTING.search(str(each))]
    return [
        pytest.param(each, id=str(each), marks=() if str(each) in FIRST else pytest.mark.hard)
        for each in found
        # `rollup` commands list ledgers and no people; `report` commands list nothing.
        if each.words[:1] not in (("rollup",), ("report",))
    ]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("filled") / "ledger.db", MANY)


@pytest.fixture
def folder(tmp_path: Path, filled: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with own_folder(tmp_path, filled, monkeypatch) as folder:
        start_anew(folder, filled)
        yield folder


def on_a_terminal(args: list[str]) -> Outcome:
    """Run a command line on a terminal with 160 columns."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.support.in_process._Stream.isatty", lambda self: True)
        patch.setenv("COLUMNS", "160")
        patch.setenv("TERM", "xterm-256color")
        patch.delenv("NO_COLOR", raising=False)
        return outcome(args)


@pytest.mark.parametrize("command", listing())
def test_r34_a_hostile_name_moves_no_cursor_and_turns_no_line_around(
    command: Command, folder: Path
):
    args = [BY_NUMBER.get(word, word) for word in working(command, folder).prepare()]
    ours = set(SGR.findall(on_a_terminal(args).out))
    plant(folder / "ledger.db", NAMES)
    for more in ([], ["--json"]) if takes(command, "--json") else ([],):
        found = on_a_terminal([*args, *more])
        assert found.code in (0, 3), found
        shown = found.out + found.err
        assert set(SGR.findall(shown)) <= ours
        left = SGR.sub("", shown)
        assert {each for each in left if is_hostile(each)} <= {"\n"}, (args, more)


def takes(command: Command, option: str) -> bool:
    return any(option in parameter.opts for parameter in command.parameters)


def test_r34_thirty_hostile_names_stand_in_columns(folder: Path):
    plant(folder / "ledger.db", NAMES)
    for show in (outcome, on_a_terminal):
        shown = SGR.sub("", show(["member", "list", "--all"]).out)
        lines = [line for line in shown.splitlines() if "2019-07-01" in line]
        assert len(lines) == len(NAMES) - 3
        assert len({cell_len(line[: line.index("2019-07-01")]) for line in lines}) == 1
        assert "[bold]粗[/bold]" in shown
        assert r"\u202e三张" in shown


def test_r34_as_it_is_stored_a_name_would_do_all_that():
    """Without escaping, most of these names would do harm, so the tests above would fail."""
    assert sum(any(is_hostile(each) for each in name) for name in NAMES) > 20
    assert len({cell_len(name) for name in ("退\x08\x08格", "零\u200b宽")}) == 1


WRITING = [each for each in commands() if any("-o" in every.opts for every in each.parameters)]
VERIFYING = "report handover"
"""This command verifies the journal first; it exits with 76, because `plant` bypassed the journal."""


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(each, id=str(each), marks=() if str(each) in PAPERS else pytest.mark.hard)
        for each in WRITING
    ],
)
def test_r34_no_file_is_prevented_by_a_hostile_name(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    """In this test, partyctl does not verify the ledger after a crash, so a crash exits with 1.

    Otherwise it would report that this ledger was forged (exit code 76) and would hide the crash.
    """
    args = [BY_NUMBER.get(word, word) for word in working(command, folder).prepare()]
    plant(folder / "ledger.db", NAMES)
    monkeypatch.setattr(failures, "_of_the_ledger", lambda: None)
    found = outcome(args)
    assert found.code in ((76,) if str(command) == VERIFYING else (0, 3)), found


SHEETS = ("xlsx", "csv", "html")


@pytest.mark.parametrize(
    "command", [each for each in listing() if str(each.values[0]).endswith(("list", "check"))]
)
def test_r33_what_might_be_a_formula_is_read_back_as_text(command: Command, folder: Path):
    args = working(command, folder).prepare()
    if not any("-o" in parameter.opts for parameter in command.parameters):
        pytest.skip("this list cannot be written to a file")
    plant(folder / "ledger.db", FORMULAS)
    for ending in SHEETS:
        assert outcome([*args, "-o", str(folder / f"list.{ending}")]).code in (0, 3)
    book = openpyxl.load_workbook(folder / "list.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    texts = [cell.value for cell in cells if cell.data_type == "s"]
    assert all(isinstance(text, str) for text in texts)
    whole = (folder / "list.csv").read_bytes().decode("utf-8-sig")
    for row in csv.reader(io.StringIO(whole, newline="")):
        assert not [cell for cell in row if MIGHT_BE_ONE.match(cell) and not NUMBER.fullmatch(cell)]
    assert "<script" not in (folder / "list.html").read_text(encoding="utf-8")


MIGHT_BE_ONE = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
NUMBER = re.compile(r"-?[\d.]+")


def test_r33_all_twelve_are_in_a_workbook_as_they_are(folder: Path):
    plant(folder / "ledger.db", FORMULAS)
    assert outcome(["member", "list", "-o", str(folder / "list.xlsx")]).code == 0
    book = openpyxl.load_workbook(folder / "list.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    found = {cell.value: cell.data_type for cell in cells}
    for text in FORMULAS:
        shown = next(each for each in found if each and text.strip() in str(each))
        assert found[shown] == "s", text


CARRIED_OUT = re.compile(
    r"<w:instrText[^>]*>[^<]*</w:instrText>|<w:fldSimple[^>]*>|<w:object|<w:altChunk|<o:OLEObject"
    r'|TargetMode="External"'
)


@pytest.mark.parametrize("paper", PAPERS)
def test_r33_a_paper_has_no_field_and_no_macro_but_its_page_number(paper: str, folder: Path):
    command = next(each for each in commands() if str(each) == paper)
    args = working(command, folder).prepare()
    own = instructions(args, folder)
    plant(folder / "ledger.db", FORMULAS)
    assert instructions(args, folder) == own
    assert {re.sub(r"<[^>]*>", "", each).strip() for each in own} <= {"PAGE", "NUMPAGES", ""}


def instructions(args: list[str], folder: Path) -> list[str]:
    """The parts of a paper that a word processor would execute."""
    file = Path(args[args.index("-o") + 1])
    file.unlink(missing_ok=True)
    found = outcome(args)
    assert found.code == 0, found
    with zipfile.ZipFile(file) as parts:
        assert not [name for name in parts.namelist() if "vba" in name.lower() or "embed" in name]
        text = "".join(
            parts.read(name).decode()
            for name in sorted(parts.namelist())
            if name.endswith(("xml", "rels"))
        )
    return CARRIED_OUT.findall(text)
