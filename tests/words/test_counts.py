"""English counts: one thing is in the singular, and one function writes every count."""

import ast
import re
from pathlib import Path

import pytest

from partyctl.bilingual import many

PACKAGE = Path(__file__).parents[2] / "partyctl"
NOUN = re.compile(r"^ (?:[a-z-]+ )?([a-z]+)\b")


@pytest.mark.parametrize(
    ("number", "one", "told"),
    [
        (0, "error", "0 errors"),
        (1, "error", "1 error"),
        (2, "error", "2 errors"),
        (1, "branch", "1 branch"),
        (3, "branch", "3 branches"),
        (2, "working day", "2 working days"),
        (2, "more entry", "2 more entries"),
        (1, "person", "1 person"),
        (30, "person", "30 people"),
        ("3.5", "hour", "3.5 hours"),
        ("1", "hour", "1 hour"),
    ],
)
def test_one_is_in_the_singular(number: object, one: str, told: str):
    assert many(number, one) == told


def test_no_text_writes_a_count_of_its_own():
    """If `many` counts a noun in one text, it counts this noun in all texts."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    counted = {
        many(2, node.args[1].value.split()[-1]).split()[-1]
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "many"
        if isinstance(node.args[1], ast.Constant)
    }
    assert {"days", "people", "branches", "entries", "errors"} <= counted
    own = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}: {found}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for found in own_counts(node)
        if found in counted
    ]
    assert own == []


def own_counts(text: ast.JoinedStr) -> list[str]:
    """The words in the plural that follow a value of a text, such as `days` in "{number} days".

    Values that are not counts are left out: constants of the program, which are never 1, and the
    words of stored terms.
    """
    found = []
    for value, after in zip(text.values, text.values[1:], strict=False):
        if isinstance(value, ast.FormattedValue) and isinstance(after, ast.Constant):
            inserted = ast.unparse(value.value)
            match = NOUN.match(str(after.value))
            if match and not inserted.isupper() and not inserted.endswith(".value"):
                found.append(match[1])
    return found


def test_a_count_of_its_own_is_noticed():
    (text,) = (
        node for node in ast.walk(ast.parse('f"{n} days"')) if isinstance(node, ast.JoinedStr)
    )
    assert own_counts(text) == ["days"]
