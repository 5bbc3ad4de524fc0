"""The views for reading have the fields that the law reads, with the same names and types."""

import re
import sqlite3
from collections import defaultdict
from datetime import date
from pathlib import Path
from types import NoneType
from typing import get_args

import pytest

import partyctl
from partyctl.law.engine.facts import Fact, Spell
from partyctl.ledger.file import files
from partyctl.ledger.journal.commands import new_command
from partyctl.ledger.maintenance import migrating
from partyctl.ledger.views.all import VIEWS
from partyctl.ledger.views.columns import COMMON
from partyctl.ledger.views.roles import ROLE_VIEWS
from partyctl.ledger.views.sources import SOURCES

FIELDS = [
    pytest.param(name, annotation, id=f"{view}.{name}")
    for view, kind in SOURCES.items()
    for name, annotation in kind.fields().items()
]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("views") / "ledger.db"
    files.create_file(path)
    migrating.build(path, new_command("init"))
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def columns(ledger: sqlite3.Connection, select: str) -> list[str]:
    return [column for column, *_ in ledger.execute(f"{select} LIMIT 0").description]


def types(annotation: object) -> frozenset[object]:
    """The types of a field, without None."""
    if annotation == tuple[int, ...]:
        return frozenset({annotation})
    return frozenset(get_args(annotation) or (annotation,)) - {NoneType}


def test_the_common_columns_are_the_common_fields_of_a_fact():
    named = ["on" if column == "happened_on" else column for column in COMMON]
    assert [*named, "of"] == list(Fact._fields)


@pytest.mark.parametrize("view", ROLE_VIEWS)
def test_a_view_of_roles_has_the_fields_of_a_spell_but_what_the_law_adds(
    ledger: sqlite3.Connection, view: str
):
    assert [*columns(ledger, f"SELECT * FROM {view}"), "annulled_on"] == list(Spell._fields)


def test_whoever_names_a_view_of_facts_names_one_that_there_is():
    package = Path(partyctl.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    assert set(re.findall(r"[a-z_]*[a-z]_fact\b", text)) - {"any_fact"} == set(SOURCES)


def test_there_is_a_type_for_each_view_of_facts():
    assert {view for view in VIEWS if view.endswith("_fact")} == set(SOURCES)


@pytest.mark.parametrize("view", SOURCES)
def test_a_view_has_the_common_columns_and_the_fields_of_its_type(
    ledger: sqlite3.Connection, view: str
):
    wanted = [*COMMON, *SOURCES[view].fields()]
    assert columns(ledger, f"SELECT * FROM {view}") == wanted
    for part in VIEWS[view].partition(" AS")[2].split("UNION ALL"):
        assert columns(ledger, part) == wanted


def test_no_field_is_called_as_a_common_one():
    common = {*COMMON, *Fact._fields}
    assert [name for kind in SOURCES.values() for name in kind.fields() if name in common] == []


def test_the_same_name_is_of_the_same_type_everywhere():
    found: dict[str, set[frozenset[object]]] = defaultdict(set)
    for kind in SOURCES.values():
        for name, annotation in kind.fields().items():
            found[name].add(types(annotation))
    assert {name: several for name, several in found.items() if len(several) > 1} == {}


@pytest.mark.parametrize(("name", "annotation"), FIELDS)
def test_whatever_ends_in_on_is_a_day_and_nothing_else_is(name: str, annotation: object):
    assert name.endswith("_on") == (types(annotation) == {date})


def test_a_value_takes_no_field_that_it_does_not_have():
    for kind in SOURCES.values():
        with pytest.raises(TypeError, match="votes_of_nobody"):
            kind(votes_of_nobody=1)
