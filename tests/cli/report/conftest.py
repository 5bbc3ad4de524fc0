"""Shared by the tests of reports: a clerk's ledger, in a folder to write into."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.fixture
def office(
    run: Run, ledger: Path, written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """A copy of the ledger that the test file has `written`, and an empty folder to work in."""
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(written, ledger)
    monkeypatch.chdir(tmp_path)
    return run
