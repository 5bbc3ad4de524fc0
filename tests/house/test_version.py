"""The version is the same in the code, on the command line, in the changelog and in the package."""

import re
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

import partyctl
from partyctl.ledger.file.opening import OLDEST, SCHEMA
from partyctl.rollup import extract, packet
from tests.conftest import Run

HERE = Path(__file__).parents[2]
CHANGELOG = (HERE / "CHANGELOG.md").read_text(encoding="utf-8")
PROMISES = (HERE / "docs" / "stability.md").read_text(encoding="utf-8")


def test_the_changelog_begins_with_the_version_of_the_program(run: Run):
    headings = re.findall(r"^## (.*)$", CHANGELOG, re.MULTILINE)
    newest = re.fullmatch(r"(\d+\.\d+\.\d+) — \d{4}-\d{2}-\d{2}", headings[0])
    assert newest, headings[0]
    assert newest[1] == partyctl.__version__
    assert run("--version").out == f"partyctl {partyctl.__version__}\n"


def test_the_package_takes_its_version_from_the_code():
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "partyctl/__init__.py"


def test_the_changelog_can_be_read_at_a_sitting():
    newest = re.split(r"^## ", CHANGELOG, flags=re.MULTILINE)[1]
    assert len(newest.encode()) < 9000, (
        "describe effects, not history: at most two pages for a version"
    )


def test_the_promises_speak_of_the_schemas_and_formats_that_there_are():
    assert f"can open a ledger of schema {OLDEST} or later" in PROMISES
    assert f"Ledgers of schema {OLDEST} and later can be migrated." in CHANGELOG
    assert f"`{extract.FORMAT}`" in PROMISES
    assert f"`{packet.FORMAT}`" in PROMISES


def test_a_frozen_ledger_keeps_each_schema_that_was_promised():
    frozen = sorted((HERE / "tests" / "ledgers").glob("v*.db"))
    versions = []
    for file in frozen:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as ledger:
            versions.append(ledger.execute("PRAGMA user_version").fetchone()[0])
    assert versions == list(range(OLDEST, SCHEMA + 1))
