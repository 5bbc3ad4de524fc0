"""Fixtures of the tests of reports: a clerk's ledger, and a folder to write into."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.fixture
def office(
    run: Run, ledger: Path, written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """A copy of the ledger from the fixture `written` of the test file, and an empty working folder."""
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(written, ledger)
    monkeypatch.chdir(tmp_path)
    return run
