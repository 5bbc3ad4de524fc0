"""The progress bar of an import: only on a terminal, and only for many lines."""

import io
import sys

import pytest

from partyctl.cli.sheets.progress import LEAST, Progress


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
