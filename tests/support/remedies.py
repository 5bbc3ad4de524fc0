"""Every remedy (a command suggested after an error) in the source, with … for each unknown part.

If a remedy is put together at run time, we look for its parts in local variables, constants, the
arguments of all calls, and functions that return commands.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

from partyctl.ledger.reading.nouns import NOUNS, history_command, list_command, void_command
from partyctl.terms import Noun

PACKAGE = Path(__file__).parents[2] / "partyctl"
UNKNOWN = "…"
KINDS = ("Run", "Again", "Do")
MOST = 32
"""If a text has several parts, at most this many variants of it are examined."""
DEEPEST = 6
"""The search for a part of a remedy goes from one definition to the next at most this many times."""

BEGINNINGS = ("command", "begins")
"""Variables and functions that give the start of a command: `partyctl`, or `partyctl --branch 2`."""

NO_REMEDY = {"MissingFact", "UnknownWord"}
"""Error classes that do not take a remedy as an argument: they take questions, or a vocabulary."""

VOID = [void_command(noun, UNKNOWN) for noun in NOUNS if noun not in (Noun.ORGAN, Noun.BRANCH)]
OF_NOUNS = {
    "list_command": [list_command(noun) for noun in NOUNS if noun is not Noun.ORGAN],
    "history_command": [history_command(noun, UNKNOWN) for noun in NOUNS if noun is not Noun.ORGAN],
    "void_command": VOID,
    "_void_command": VOID,
}
"""The texts of the functions that return a command about a record, for all nouns."""

Function = ast.FunctionDef | None


class Place(NamedTuple):
    """The place of an expression: its file, its module, and the function around it."""

    file: str
    module: ast.Module
    function: Function


class Remedy(NamedTuple):
    """One remedy and its place in the source."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place} {self.text}"


class Source:
    """All calls, functions and classes in the package; calls are keyed by the called name."""

    def __init__(self) -> None:
        self.calls: dict[str, list[tuple[Place, ast.Call]]] = defaultdict(list)
        self.functions: dict[str, list[tuple[Place, ast.FunctionDef]]] = defaultdict(list)
        self.classes: list[ast.ClassDef] = []
        for path in sorted(PACKAGE.rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            self._take(tree, Place(str(path.relative_to(PACKAGE.parent)), tree, None))

    def _take(self, node: ast.AST, place: Place) -> None:
        for each in ast.iter_child_nodes(node):
            inside = place
            if isinstance(each, ast.FunctionDef):
                self.functions[each.name].append((place, each))
                inside = place._replace(function=each)
            elif isinstance(each, ast.ClassDef):
                self.classes.append(each)
            elif isinstance(each, ast.Call):
                self.calls[called(each)].append((place, each))
            self._take(each, inside)

    def errors(self) -> frozenset[str]:
        """The names of our error classes."""
        found = {"PartyctlError"}
        while True:
            below = {
                each.name
                for each in self.classes
                if any(isinstance(base, ast.Name) and base.id in found for base in each.bases)
            }
            if below <= found:
                return frozenset(found)
            found |= below


def called(call: ast.Call) -> str:
    """The name of the function that is called."""
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def remedies() -> Iterator[Remedy]:
    """All remedies, of errors and of other messages, in the variants that the code can produce.

    Commands suggested for duties are not included: other tests read them in the output of `check`.
    """
    source = Source()
    names = source.errors()
    for name in (*KINDS, *sorted(names - NO_REMEDY)):
        for place, call in source.calls[name]:
            given = _remedy_of(call, name in names)
            is_of_duty = name in KINDS and place.file.startswith("partyctl/law/")
            if given is not None and not is_of_duty and place.file != "partyctl/errors.py":
                for text in dict.fromkeys(_texts(source, given, place, DEEPEST)):
                    yield Remedy(f"{place.file}:{call.lineno}", text)


def _remedy_of(call: ast.Call, is_error: bool) -> ast.expr | None:
    if not is_error:
        return call.args[0] if len(call.args) == 1 else None
    if len(call.args) > 1:
        return call.args[1]
    return next((each.value for each in call.keywords if each.arg == "remedy"), None)


def _texts(source: Source, node: ast.expr, place: Place, left: int) -> list[str]:  # noqa: C901 - one arm a kind of expression
    """The texts that an expression can produce."""

    def texts(inside: ast.expr) -> list[str]:
        return _texts(source, inside, place, left)

    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.Constant():
            return []
        case ast.IfExp(body=body, orelse=other):
            return [*texts(body), *texts(other)]
        case ast.BoolOp(values=values):
            return [text for each in values for text in texts(each)]
        case ast.Call(func=ast.Name(id="say" | "Told"), args=[chinese, english]):
            return [*texts(chinese), *texts(english)]
        case ast.Call(func=ast.Name(id="joined"), args=[ast.Tuple(elts=parts), _]):
            return ["".join(each) for each in product(*map(texts, parts))][:MOST]
        case ast.BinOp(left=before, op=ast.Add(), right=after):
            return ["".join(pair) for pair in product(texts(before), texts(after))][:MOST]
        case ast.JoinedStr(values=values):
            return ["".join(each) for each in list(product(*map(texts, values)))[:MOST]]
        case ast.FormattedValue(value=ast.Call(func=ast.Name(id="say")) | ast.IfExp() as value):
            return texts(value) or [UNKNOWN]
        case ast.FormattedValue(value=value):
            return _part(source, value, place, left)
        case ast.Call():
            return _answers(source, node, place, left)
        case ast.Name(id=name):
            return _named(source, name, place, left) or [UNKNOWN]
    return [UNKNOWN]


def _part(source: Source, value: ast.expr, place: Place, left: int) -> list[str]:
    """The texts that one value in an f-string can have; UNKNOWN if they cannot be determined."""
    name = called(value) if isinstance(value, ast.Call) else getattr(value, "id", None)
    name = value.attr if isinstance(value, ast.Attribute) else name
    if name in BEGINNINGS:
        return ["partyctl"]
    if isinstance(value, ast.Name) and value.id in _constants(place.module):
        return _texts(source, value, place, left) or [UNKNOWN]
    return [UNKNOWN]


def _answers(source: Source, call: ast.Call, place: Place, left: int) -> list[str]:
    """The texts that a function can return."""
    match call:
        case ast.Call(func=ast.Attribute(attr="strip", value=text)):
            return _texts(source, text, place, left)
        case ast.Call(
            func=ast.Attribute(attr="get", value=ast.Dict(values=texts)), args=[_, other]
        ):
            return [text for each in (*texts, other) for text in _texts(source, each, place, left)]
        case ast.Call(func=ast.Attribute(attr="join"), args=[ast.GeneratorExp(elt=text)]) if (
            not isinstance(text, ast.Constant)
        ):
            return _texts(source, text, place, left)
    match called(call):
        case name if name in OF_NOUNS:
            return OF_NOUNS[name]
        case "offered":
            add, _, otherwise = (_texts(source, each, place, left) for each in call.args)
            return [f"partyctl {text.replace('{name}', UNKNOWN)}" for text in (*add, *otherwise)]
    found = source.functions[called(call)]
    if not left or len(found) != 1:
        return [UNKNOWN]
    where, function = found[0]
    inside = where._replace(function=function)
    return [
        text
        for each in ast.walk(function)
        if isinstance(each, ast.Return) and each.value is not None
        for text in _texts(source, each.value, inside, left - 1)
    ]


def _named(source: Source, name: str, place: Place, left: int) -> list[str]:
    """The texts that a name can have as its value: a variable, an argument, or a constant of the module."""
    if not left:
        return []
    found: list[str] = []
    if place.function is not None:
        for each in ast.walk(place.function):
            if isinstance(each, ast.Assign) and getattr(each.targets[0], "id", None) == name:
                found += _texts(source, each.value, place, left - 1)
        for given, where in _given(source, name, place.file, place.function):
            found += _texts(source, given, where, left - 1)
    constants = _constants(place.module)
    if not found and name in constants:
        found = _texts(source, constants[name], place._replace(function=None), left - 1)
    return list(dict.fromkeys(found))


def _given(
    source: Source, name: str, file: str, function: ast.FunctionDef
) -> Iterator[tuple[ast.expr, Place]]:
    """The texts that callers pass for one argument of a function."""
    positions = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
    if name not in (*positions, *(each.arg for each in function.args.kwonlyargs)):
        return
    for where, call in source.calls[function.name]:
        if function.name.startswith("_") and where.file != file:
            continue  # this call is to a private function of another module
        by_keyword = next((each.value for each in call.keywords if each.arg == name), None)
        at = positions.index(name) if name in positions else len(call.args)
        given = by_keyword or (call.args[at] if at < len(call.args) else None)
        if given is not None:
            yield given, where


def _constants(module: ast.Module) -> dict[str, ast.expr]:
    return {
        node.targets[0].id: node.value
        for node in module.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
