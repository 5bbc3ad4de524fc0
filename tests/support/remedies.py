"""Every remedy in the program's source, as a template with … for variable parts."""

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).parents[2] / "partyctl"
UNKNOWN = "…"
KINDS = ("Run", "Again", "Do")
MOST = 16
"""The limit of variants examined for one remedy."""


class Remedy(NamedTuple):
    """One remedy and its place in the source."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place} {self.text}"


def errors() -> frozenset[str]:
    """The names of our error classes."""
    found = {"PartyctlError"}
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")]
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    while True:
        below = {
            each.name
            for each in classes
            if any(isinstance(base, ast.Name) and base.id in found for base in each.bases)
        }
        if below <= found:
            return frozenset(found)
        found |= below


def remedies() -> Iterator[Remedy]:
    """The remedies of all errors, and those that stand alone, in each way that they can be put together."""
    names = errors()
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = {
            node.targets[0].id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (given := _remedy_of(node, names)):
                place = f"{path.relative_to(PACKAGE.parent)}:{node.lineno}"
                for text in dict.fromkeys(_texts(given, constants)):
                    yield Remedy(place, text)


def _remedy_of(call: ast.Call, names: frozenset[str]) -> ast.expr | None:
    called = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if called in KINDS and len(call.args) == 1:
        return call.args[0]
    if called in names and len(call.args) > 1:
        return call.args[1]
    if called in names:
        return next((each.value for each in call.keywords if each.arg == "remedy"), None)
    return None


def _texts(  # noqa: C901 - one arm a kind of expression
    node: ast.expr, constants: dict[str, ast.expr]
) -> list[str]:
    """The texts that an expression can produce."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.Constant():
            return []
        case ast.IfExp(body=body, orelse=other):
            return [*_texts(body, constants), *_texts(other, constants)]
        case ast.Call(func=ast.Name(id="say"), args=[chinese, english]):
            return [*_texts(chinese, constants), *_texts(english, constants)]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            pairs = product(_texts(left, constants), _texts(right, constants))
            return ["".join(pair) for pair in pairs][:MOST]
        case ast.JoinedStr(values=values):
            parts = [_texts(each, constants) for each in values]
            return ["".join(each) for each in list(product(*parts))[:MOST]]
        case ast.FormattedValue(value=ast.Call(func=ast.Name(id="say")) | ast.IfExp() as value):
            return _texts(value, constants) or [UNKNOWN]
        case ast.FormattedValue(value=ast.Name(id=name)) if name in constants:
            return _texts(constants[name], constants) or [UNKNOWN]
        case ast.FormattedValue():
            return [UNKNOWN]
        case ast.Name(id=name) if name in constants:
            return _texts(constants[name], constants)
    return [UNKNOWN]
