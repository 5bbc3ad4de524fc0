"""The exit codes of the errors that each command's function can raise, found in the source.

We follow every name in a function: functions, classes (with all their methods) and constants, in
the same module or imported. The result can contain a code that never occurs, but it misses none of our own
errors. `AT_ANY_TIME` has the codes for errors from the system.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from partyctl import errors

ROOT = Path(__file__).parents[2]
AT_ANY_TIME = frozenset({0, 1, 2, 73, 74, 77, 130, 141})
"""Success, internal error, wrong usage, full disk, bad disk, no permission, cancelled, closed pipe."""

Place = tuple[str, str]
"""A module and a name in it."""


class Defined(NamedTuple):
    """A definition: the exit codes of the errors that it raises itself, and the names that it uses."""

    codes: frozenset[int]
    names: frozenset[Place]


def codes_of(module: str, function: str) -> list[int]:
    """The exit codes of a command's function, without AT_ANY_TIME."""
    seen: set[Place] = set()
    codes: set[int] = set()
    ahead = [(module, function)]
    while ahead:
        place = ahead.pop()
        if place in seen:
            continue
        seen.add(place)
        known = _defined(place[0]).get(place[1])
        if known is not None:
            codes |= known.codes
            ahead.extend(known.names)
    return sorted(codes - AT_ANY_TIME)


@cache
def _defined(module: str) -> dict[str, Defined]:
    """The definition of every name at the top level of a module."""
    path = ROOT / Path(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    if not path.is_file():
        return {}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = dict(_imported(tree))
    own = {name: node for node in tree.body for name in _names_of(node)}
    return {name: _what(node, module, imported, own.keys()) for name, node in own.items()} | {
        name: Defined(frozenset(), frozenset({place})) for name, place in imported.items()
    }


def _imported(tree: ast.Module) -> Iterator[tuple[str, Place]]:
    """The imported names of a module, with their origin."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("partyctl"):
            for each in node.names:
                yield each.asname or each.name, (node.module or "", each.name)


def _names_of(node: ast.stmt) -> Iterable[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [each.id for each in node.targets if isinstance(each, ast.Name)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    return []


def _what(node: ast.AST, module: str, imported: dict[str, Place], own: Iterable[str]) -> Defined:
    codes: set[int] = set()
    names: set[Place] = set()
    for name, attribute in _named_in(node):
        place = imported.get(name) or ((module, name) if name in own else None)
        code = _code(place)
        if code is not None:
            codes.add(code)
        elif place is not None and attribute is not None:
            names.add((".".join(place), attribute))
        elif place is not None:
            names.add(place)
    return Defined(frozenset(codes), frozenset(names))


def _named_in(node: ast.AST) -> Iterator[tuple[str, str | None]]:
    """Every name that is read, and the attribute read from it: `answers` and `tell` for `answers.tell`."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load):
            yield each.id, None
        elif isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
            yield each.value.id, each.attr


def _code(place: Place | None) -> int | None:
    """The exit code of one of our error classes, or FOUND, which is no error; None for anything else."""
    if place is None or place[0] != errors.__name__:
        return None
    kind = getattr(errors, place[1])
    if isinstance(kind, int):
        return kind
    is_error = isinstance(kind, type) and issubclass(kind, errors.PartyctlError)
    return kind.exit_code if is_error and kind is not errors.PartyctlError else None
