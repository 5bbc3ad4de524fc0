"""Rules of style that the linter does not check; each test states one rule."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.test_layout import ROOT, files

SILENCED = re.compile(r"# type: ignore(\[[^\]]*\])?\s*$")


def python_files() -> list[Path]:
    return [path for path in files() if path.suffix == ".py"]


@pytest.mark.parametrize("folder", ["partyctl", "tests", "scripts", "benchmarks"])
def test_no_tuple_is_unpacked_where_it_is_written(folder: str):
    splats = []
    for path in python_files():
        if path.relative_to(ROOT).parts[0] != folder:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Starred) and isinstance(node.value, ast.Tuple | ast.List):
                splats.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not splats, f"write the values without *( ): {splats}"


def test_each_silenced_type_error_has_its_reason_beside_it():
    alone = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in python_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if SILENCED.search(line)
    ]
    assert not alone


def test_what_a_clerk_says_is_a_frozen_dataclass_filled_by_keyword():
    """Options are put into frozen dataclasses, so that mypy checks the types of their values."""
    loose = []
    for path in python_files():
        room = path.relative_to(ROOT).parts[:2]
        text = path.read_text(encoding="utf-8")
        if room == ("partyctl", "records") and "@dataclass(kw_only=True)" in text:
            loose.append(f"{path.relative_to(ROOT)}: a dataclass that is not frozen")
        if room == ("partyctl", "cli") and "context.params" in text:
            loose.append(f"{path.relative_to(ROOT)}: take a dataclass of options instead")
    assert not loose


def test_a_fact_is_made_by_the_names_of_its_fields():
    """A `Fact` is created with named arguments, so that a reader sees the meaning of each value."""
    by_place = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Fact"
        and node.args
    ]
    assert not by_place


def test_no_tuple_is_made_behind_the_back_of_its_class():
    """Only `light.py` calls tuple's constructor: it first checks the number and names of the values."""
    behind = "tuple.__" + "new__"
    made = [path for path in python_files() if behind in path.read_text(encoding="utf-8")]
    assert made == [ROOT / "partyctl" / "light.py"]
