"""The progress bar of an import: only on a terminal, and only for many lines."""

import io
import sys

import pytest

from partyctl.cli.sheets.progress import LEAST, Progress
from partyctl.cli.start.main import run as run_command
from tests.cli.conftest import Workbook
from tests.conftest import Run


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("rows", "is_shown"), [(LEAST - 1, False), (LEAST, True)])
def test_a_bar_from_a_thousand_lines_on(rows: int, is_shown: bool, monkeypatch: pytest.MonkeyPatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    progress = Progress()
    for done in range(1, rows + 1):
        progress.advance(done, rows)
    assert (f"{rows}/{rows}" in terminal.getvalue()) is is_shown
    assert terminal.getvalue().endswith("\x1b[K") is is_shown


def test_no_bar_in_a_pipe(monkeypatch: pytest.MonkeyPatch):
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    Progress().advance(LEAST, LEAST)
    assert pipe.getvalue() == ""


def test_an_import_of_a_thousand_lines_draws_it(
    branch: Run, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
):
    names = (f"{chr(0x4E00 + number)}明" for number in range(LEAST))
    file = workbook("姓名 入党时间", *((name, "2010-07-01") for name in names))
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert run_command(["member", "import", str(file), "--dry-run", "--json"]) == 0
    assert f"{LEAST}/{LEAST}" in terminal.getvalue()
