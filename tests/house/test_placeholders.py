"""SQL parameters that every Python since 3.11 accepts: ? with a sequence, :name with a mapping.

Python 3.12 warns about a named placeholder that is filled from a sequence; the first releases of
Python 3.12 count ?1 as a named placeholder too. Later versions of Python refuse a named
placeholder that is filled from a sequence. This test finds both faults with any version of Python.
"""

import ast
import re
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_tree import Command, commands
from tests.support.in_process import outcome, start_anew
from tests.support.working_lines import working

HERE = Path(__file__).parents[2]
RULE = "write ? and pass a tuple, or write :name and pass a dict"

QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|--[^\n]*")
PLACEHOLDER = re.compile(r"\?\d*|[:@$][A-Za-z_]\w*")
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|WHERE|VALUES|LIMIT|AND)\b")


def placeholders(sql: str) -> set[str]:
    return set(PLACEHOLDER.findall(QUOTED.sub("''", sql)))


def fault(sql: str, values: object) -> str | None:
    """What is wrong with a statement's placeholders and values; None if nothing is wrong."""
    used = placeholders(sql)
    if any(re.fullmatch(r"\?\d+", each) for each in used):
        return f"numbered placeholders: {RULE}: {sql}"
    if used - {"?"} and not isinstance(values, Mapping):
        return f"names filled from a sequence: {RULE}: {sql}"
    if "?" in used and isinstance(values, Mapping):
        return f"question marks filled from a mapping: {RULE}: {sql}"
    return None


@pytest.mark.parametrize(
    ("sql", "values", "is_wrong"),
    [
        ("SELECT a FROM b WHERE c = ? AND d = ?", (1, 2), False),
        ("SELECT a FROM b WHERE c = :c AND d = :c", {"c": 1}, False),
        ("SELECT a FROM b WHERE c = :c", (1,), True),
        ("SELECT a FROM b WHERE c = ?1 OR d = ?1", (1,), True),
        ("SELECT a FROM b WHERE c = ?1", {"1": 1}, True),
        ("SELECT a FROM b WHERE c = ?", {"c": 1}, True),
        ("SELECT 'meeting:' || kind, ':a', '?1' FROM b -- :c", (), False),
    ],
)
def test_what_is_wrong_is_found(sql: str, values: object, is_wrong: bool):
    assert bool(fault(sql, values)) == is_wrong


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module; f-strings without their values."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.JoinedStr(values=parts):
                constants = [each.value for each in parts if isinstance(each, ast.Constant)]
                yield node.lineno, "".join(map(str, constants))
            case ast.Constant(value=str(text)):
                yield node.lineno, text


def test_no_statement_numbers_its_placeholders():
    found = [
        f"{path.relative_to(HERE)}:{line}"
        for folder in ("partyctl", "migrations", "benchmarks", "tests")
        for path in (HERE / folder).rglob("*.py")
        if path != Path(__file__)
        for line, text in texts(path)
        if SQL.search(text) and re.search(r"\?\d", text)
    ]
    assert not found, f"{RULE}: {found}"


FAULTS: list[str] = []


class Checked(sqlite3.Connection):
    """A connection that adds to FAULTS what is wrong with its statements."""

    def execute(self, sql: str, values: Any = ()) -> sqlite3.Cursor:
        FAULTS.extend(filter(None, [fault(sql, values)]))
        return super().execute(sql, values)

    def executemany(self, sql: str, rows: Any) -> sqlite3.Cursor:
        rows = list(rows)
        FAULTS.extend(filter(None, (fault(sql, values) for values in rows[:1])))
        return super().executemany(sql, rows)


REAL_CONNECT = sqlite3.connect


def connect_checked(
    *args: Any, factory: type[sqlite3.Connection] = sqlite3.Connection, **settings: Any
) -> sqlite3.Connection:
    return REAL_CONNECT(*args, factory=type("Both", (Checked, factory), {}), **settings)


@pytest.mark.sweep(16)
@pytest.mark.parametrize("command", commands(), ids=str)
def test_every_commands_statements_fit_their_values(
    command: Command, folder: Path, filled_ledger: Path, monkeypatch: pytest.MonkeyPatch
):
    start_anew(folder, filled_ledger)
    line = working(command, folder).prepare()
    monkeypatch.setattr(sqlite3, "connect", connect_checked)
    FAULTS.clear()
    found = outcome(line)
    assert not FAULTS
    assert found.code in (0, 3), found.err
