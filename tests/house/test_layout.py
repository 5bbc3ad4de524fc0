"""The layout: limits on the number of entries in a folder and of lines in a module.

Circular imports are not allowed.
"""

import ast
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "partyctl"
MOST_ENTRIES = 26
MOST_LINES = 300

LONGER = {
    "partyctl/terms.py": "a list of vocabularies",
}
"""Files that may be longer than the limit, each with the reason."""

WRITTEN = ("docs/reference/", "man/")
"""Folders that may have many entries: `make reference` writes one page per noun to each folder."""

NAMELESS = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common_\w+|stuff)$")


def files() -> list[Path]:
    """The project's own files, without caches and build output."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout, so there is no list of the project's files")
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_no_folder_has_more_entries_than_one_look_takes_in():
    entries: defaultdict[Path, set[str]] = defaultdict(set)
    for path in files():
        parts = path.relative_to(ROOT).parts
        for depth, name in enumerate(parts):
            entries[Path(*parts[:depth])].add(name)
    crowded = {
        str(folder): len(names)
        for folder, names in entries.items()
        if len(names) > MOST_ENTRIES and not str(folder).startswith(WRITTEN)
    }
    assert not crowded, f"too many entries, divide these folders into subfolders: {crowded}"


def test_no_module_is_longer_than_one_reading():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in ("partyctl", "scripts")
    }
    long = {name: lines for name, lines in lengths.items() if lines > MOST_LINES}
    assert set(long) == set(LONGER), (
        f"split these modules, or remove from LONGER those that are short now: {long}"
    )


def test_no_file_is_named_after_nothing():
    nameless = [str(path) for path in files() if NAMELESS.search(path.stem)]
    assert not nameless


TABLES = "partyctl/ledger/tables/"
"""In this folder, a constant has a purpose even if nothing else names it: a `Table` adds itself to
SQLAlchemy's metadata, and `BELONGS_TO` names tables whose modules must be imported."""


def test_no_constant_is_left_unused():
    texts = {path: path.read_text(encoding="utf-8") for path in files() if path.suffix == ".py"}
    imported = {name for text in texts.values() for name in _imported(ast.parse(text))}
    unused = [
        f"{path.relative_to(ROOT)}: {name}"
        for path, text in texts.items()
        if PACKAGE in path.parents and not str(path.relative_to(ROOT)).startswith(TABLES)
        for name in _constants(ast.parse(text))
        if len(re.findall(rf"\b{name}\b", text)) == 1 and (path.stem, name) not in imported
    ]
    assert not unused, f"use these constants, or remove them: {unused}"


PRODUCT = ("partyctl", "scripts", "benchmarks", "migrations")
"""The folders whose code counts as a use of a function; the tests do not count."""


def test_no_function_is_left_to_the_tests():
    parsed = {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for path in files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in PRODUCT
    }
    used = {name for module in parsed.values() for name in _named(module)}
    unused = [
        f"{path.relative_to(ROOT)}: {each.name}"
        for path, module in parsed.items()
        if PACKAGE in path.parents
        for each in module.body
        if isinstance(each, ast.FunctionDef) and not each.decorator_list and each.name not in used
    ]
    assert not unused, f"use these functions, or remove them with their tests: {unused}"


def _named(module: ast.Module) -> Iterator[str]:
    """Every name that code mentions, and the last word of strings such as "rules.exchange.export".

    With such a string, a call of `add_verb` names the function of a command.
    """
    for node in ast.walk(module):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.ImportFrom):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.rpartition(".")[2]


def _constants(module: ast.Module) -> Iterator[str]:
    for each in module.body:
        targets = each.targets if isinstance(each, ast.Assign) else []
        for target in targets:
            yield from (
                node.id
                for node in ast.walk(target)
                if isinstance(node, ast.Name) and node.id.isupper()
            )


def _imported(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Names that are taken from another module, each with the last part of the module's name."""
    calls = {}
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module:
            calls |= {each.asname: each.name for each in node.names if each.asname}
            yield from ((node.module.rpartition(".")[2], each.name) for each in node.names)
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield calls.get(node.value.id, node.value.id), node.attr


# Circular imports


def modules() -> dict[str, Path]:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path, known: dict[str, Path]) -> Iterator[str]:
    """Every module that a file imports: at the top, in a function, under TYPE_CHECKING."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield whole if whole in known else node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_no_imports_go_in_a_circle():
    known = modules()
    graph = {
        name: {each for each in imports(path, known) if each in known and each != name}
        for name, path in known.items()
    }
    assert sum(map(len, graph.values())) > len(known)
    for folder in sorted({name.rpartition(".")[0] for name in known} - {""}):
        try:
            TopologicalSorter(between_neighbours(graph, folder)).prepare()
        except CycleError as circle:
            pytest.fail(f"a circle in {folder}: {' → '.join(reversed(circle.args[1]))}")


def between_neighbours(graph: dict[str, set[str]], folder: str) -> dict[str, set[str]]:
    """The imports between the modules and subfolders of one folder."""
    depth = folder.count(".") + 2
    below = f"{folder}."
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, others in graph.items():
        if not name.startswith(below):
            continue
        own = ".".join(name.split(".")[:depth])
        for other in others:
            neighbour = ".".join(other.split(".")[:depth])
            if other.startswith(below) and neighbour != own:
                found[own].add(neighbour)
    return found


def test_a_planted_circle_is_found():
    graph = {"p.a.x": {"p.b.y"}, "p.b.y": set(), "p.b.z": {"p.a.x"}}
    with pytest.raises(CycleError):
        TopologicalSorter(between_neighbours(graph, "p")).prepare()


def test_packages_hold_one_line_each():
    for path in PACKAGE.rglob("__init__.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        kinds = Counter(type(node) for node in tree.body)
        allowed = {ast.Expr: 1} | ({ast.Assign: 1} if path.parent == PACKAGE else {})
        assert kinds <= Counter(allowed), f"{path}: an __init__ file holds its docstring alone"
