"""What a command stores does not depend on the language in which it answers."""

import re
from pathlib import Path

import pytest

from tests.support.command_tree import Command, commands
from tests.support.in_process import fill, outcome, own_folder, start_anew
from tests.support.ledger_contents import columns, opened
from tests.support.working_lines import working

OWN_EACH_TIME = {"hash", "salt", "row_digest", "detail_digest", "at"}
"""The columns of the journal that differ between any two runs."""

MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*(?:Z|[+-]\d\d:\d\d)?")
KEPT_FOR_ITS_LANGUAGE = "answer"
"""The table of stored answers; each row names its language."""


def stored(ledger: Path) -> dict[str, list[str]]:
    """The rows of a ledger, without the values that differ between any two runs."""
    found = {}
    with opened(ledger) as connection:
        for table, names in columns(ledger, without=(KEPT_FOR_ITS_LANGUAGE,)).items():
            listed = ", ".join(f'"{name}"' for name in names if name not in OWN_EACH_TIME)
            rows = connection.execute(f'SELECT {listed} FROM "{table}"')
            found[table] = sorted(MOMENT.sub("…", repr(row)) for row in rows)
    return found


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("stored") / "ledger.db")


@pytest.mark.sweep(12)
@pytest.mark.parametrize("command", commands(), ids=str)
def test_a_command_stores_the_same_in_both_languages(
    command: Command, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    found = {}
    for language in ("zh", "en"):
        with own_folder(tmp_path, ledger, monkeypatch) as folder:
            monkeypatch.setenv("PARTYCTL_LANG", language)
            start_anew(folder, ledger)
            outcome(working(command, folder).prepare())
            path = folder / "ledger.db"
            found[language] = stored(path) if path.read_bytes()[:6] == b"SQLite" else {}
    assert found["zh"] == found["en"]


def test_a_text_in_the_readers_language_is_noticed(ledger: Path, tmp_path: Path):
    first, second = (tmp_path / name for name in ("first.db", "second.db"))
    for path, reason in ((first, "撤销"), (second, "undone")):
        path.write_bytes(ledger.read_bytes())
        path.chmod(0o600)
        line = ["--ledger", str(path), "member", "void", "王五", "--reason", reason]
        assert outcome(line).code == 0
    assert stored(first) != stored(second)
