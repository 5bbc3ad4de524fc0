"""Fixtures of the tests of encrypted ledgers."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.encrypted import Place


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> "Place":
    from tests.support.encrypted import Place, write_ledger

    folder = tmp_path_factory.mktemp("encrypted")
    key = folder / "the.key"
    return Place(write_ledger(folder, "--encrypt", "--key-file", str(key)), key)


@pytest.fixture(scope="session")
def plain_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.support.encrypted import write_ledger

    return write_ledger(tmp_path_factory.mktemp("plain"))


@pytest.fixture
def encrypted(template: "Place", ledger: Path, tmp_path: Path) -> "Place":
    """An encrypted ledger at the path that this test's commands use by default."""
    from tests.support.encrypted import Place, copied

    return copied(template, Place(ledger, tmp_path / "ledger.key"))


@pytest.fixture
def plain(plain_template: Path, ledger: Path) -> Path:
    """A plain ledger with the same records as `encrypted`."""
    ledger.parent.mkdir(mode=0o700)
    return Path(shutil.copy(plain_template, ledger))
