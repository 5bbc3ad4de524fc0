"""Mutation tests of the law, change by change: `make mutants`.

A mutant is one file of `partyctl/law/` with one operator, constant, condition or call changed. It is killed
when a case or a test of `tests/law` fails. The sample has a seed, so that two people get the same mutants.
Survivors are printed with their lines; each needs a test, or a reason.

Each mutant runs in a forked child that has pytest and the other modules loaded already. It answers the cases
of its own chapter first, then all cases, then the tests of `tests/law`, with the property tests last. It
stops at the first failure. The files on disk are not changed. `make mutants` takes a quarter of an hour on
one core; `--quick` leaves out the property tests, so a mutant that only they kill survives.
"""

import argparse
import ast
import copy
import importlib
import os
import random
import resource
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import NamedTuple

import pytest
from hypothesis import Phase, settings

ROOT = Path(__file__).parents[1]
LAW = ROOT / "partyctl" / "law"
TESTS = str(ROOT / "tests" / "law")
CASES = "tests.law.chapters.test_cases"

SECONDS = 150
"""Processor time for a mutant; one that takes longer counts as killed."""

MOST_BYTES = 4096
"""A pipe accepts this many bytes at once, for the report on a killed mutant."""

PROFILE = "mutants"
WITHOUT_SHRINKING = (Phase.explicit, Phase.generate)
"""One counter-example is enough; shrinking it is of no use here."""

PLAINLY = ("-x", "-q", "--assert=plain", "-p", "no:cacheprovider")
QUICKLY = (*PLAINLY, f"--hypothesis-profile={PROFILE}")

PAIRS: tuple[tuple[type[ast.cmpop], type[ast.cmpop]], ...] = (
    (ast.Lt, ast.LtE),
    (ast.Gt, ast.GtE),
    (ast.Eq, ast.NotEq),
    (ast.Is, ast.IsNot),
    (ast.In, ast.NotIn),
)
COMPARISONS = dict(PAIRS) | {other: one for one, other in PAIRS}
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}


class Mutant(NamedTuple):
    """One changed file: the place, the old text, the new text, and the whole file."""

    path: Path
    line: int
    before: str
    after: str
    text: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}  {self.before}  →  {self.after}"


def changed(node: ast.AST) -> Iterator[ast.AST]:
    """The small changes of a node."""
    other = copy.deepcopy(node)
    if isinstance(other, ast.Compare) and type(other.ops[0]) in COMPARISONS:
        other.ops[0] = COMPARISONS[type(other.ops[0])]()
        yield other
    elif isinstance(other, ast.BoolOp):
        other.op = ast.Or() if isinstance(other.op, ast.And) else ast.And()
        yield other
    elif isinstance(other, ast.UnaryOp) and isinstance(other.op, ast.Not):
        yield other.operand
    elif isinstance(other, ast.BinOp) and isinstance(other.op, ast.Add | ast.Sub):
        other.op = ast.Sub() if isinstance(other.op, ast.Add) else ast.Add()
        yield other
    else:
        yield from _other_values(other)


def _other_values(node: ast.AST) -> Iterator[ast.AST]:
    """The small changes of constants, conditional expressions and calls of `min`, `any` and the like."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
        node.func.id = CALLS[node.func.id]
        yield node


def decorated(tree: ast.AST) -> set[ast.AST]:
    """The nodes inside decorators. They stay: without `frozen` a class gives the same answers."""
    return {
        each
        for node in ast.walk(tree)
        for decorator in getattr(node, "decorator_list", ())
        for each in ast.walk(decorator)
    }


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every mutant of a file."""
    source = path.read_text(encoding="utf-8")
    lines = source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    tree = ast.parse(source)
    passed_over = decorated(tree)
    for node in ast.walk(tree):
        if node in passed_over:
            continue
        for other in changed(node):
            assert isinstance(node, ast.expr)
            assert node.end_lineno is not None
            assert node.end_col_offset is not None
            first = starts[node.lineno - 1] + node.col_offset
            last = starts[node.end_lineno - 1] + node.end_col_offset
            before, after = source.encode()[first:last].decode(), ast.unparse(other)
            text = (
                source.encode()[:first] + f"({after})".encode() + source.encode()[last:]
            ).decode()
            yield Mutant(path, node.lineno, before, after, text)


Trial = Callable[[Mutant], str]
"""Runs tests on a mutant, and returns the name of the first that fails, or an empty string."""


def killed_by(mutant: Mutant, trials: Sequence[Trial]) -> str:
    """The first test that fails with the mutant in place of its file; empty if it survives."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os.write(writer, _tried(mutant, trials).encode()[:MOST_BYTES])
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        answer = told.read().decode(errors="replace")
    _, status = os.waitpid(child, 0)
    return f"it is busy for more than {SECONDS} seconds" if os.WIFSIGNALED(status) else answer


def _tried(mutant: Mutant, trials: Sequence[Trial]) -> str:
    """Run in the child: the first case or test that fails."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.meta_path.insert(0, InItsPlace(mutant))
    return next(filter(None, (trial(mutant) for trial in trials)), "")


def failing_case(mutant: Mutant) -> str:
    """The first case that fails, those of the mutant's own chapter first."""
    try:
        cases = importlib.import_module(CASES)
    except Exception as problem:
        return f"import: {problem!r}"
    for _, case in sorted(cases.EVERY_CASE, key=lambda each: each[0].stem != mutant.path.stem):
        try:
            cases.check(case)
        except Exception:
            return f"case: {case['name']}"
    return ""


def failing_test(mutant: Mutant) -> str:
    """The first failing test that is not a property test."""
    return _first_failure(FirstFailure(properties=False))


def failing_property(mutant: Mutant) -> str:
    """The first failing property test; these take nine tenths of the time."""
    return _first_failure(FirstFailure(properties=True))


def _first_failure(first: "FirstFailure") -> str:
    code = pytest.main([*QUICKLY, TESTS], plugins=[first])
    return first.test or (f"pytest left with {code}" if code else "")


class Changed(SourceFileLoader):
    """Loads the mutant's text, never the cached bytecode of the original file."""

    def __init__(self, fullname: str, mutant: Mutant) -> None:
        super().__init__(fullname, str(mutant.path))
        self.text = mutant.text

    def get_code(self, fullname: str) -> CodeType:
        """The changed text, compiled."""
        return compile(self.text, self.path, "exec")


class InItsPlace(MetaPathFinder):
    """Finds the mutant when Python imports its module."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        self.name = ".".join(mutant.path.relative_to(ROOT).with_suffix("").parts)

    def find_spec(
        self, fullname: str, path: object, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Only the mutant's own module is found here."""
        if fullname != self.name:
            return None
        loader = Changed(fullname, self.mutant)
        return spec_from_file_location(fullname, self.mutant.path, loader=loader)


class FirstFailure:
    """Runs either the properties or all other tests, and remembers the first that failed."""

    test = ""

    def __init__(self, *, properties: bool) -> None:
        self.properties = properties

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Called by pytest before the first test."""
        items[:] = [item for item in items if is_property(item) is self.properties]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called by pytest for each test."""
        if report.failed and not self.test:
            self.test = report.nodeid


def is_property(item: pytest.Item) -> bool:
    """Whether a test is a property test of Hypothesis."""
    return hasattr(getattr(item, "function", None), "hypothesis")


def unchanged(*, properties: bool) -> None:
    """Load everything and check that it passes; then unload the project's own modules."""
    settings.register_profile(
        PROFILE, deadline=None, derandomize=True, database=None, phases=WITHOUT_SHRINKING
    )
    for whether in (False, True)[: 1 + properties]:
        first = FirstFailure(properties=whether)
        assert pytest.main([*QUICKLY, TESTS], plugins=[first]) == 0, first.test
    # The cases are read once and shared by all mutants.
    tomllib.loads = cache(tomllib.loads)
    own = tuple(str(ROOT / folder) for folder in ("partyctl", "tests"))
    for name, module in list(sys.modules.items()):
        if (getattr(module, "__file__", None) or "").startswith(own):
            del sys.modules[name]


def main() -> None:
    """Draw the sample, try each mutant, and print the survivors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=300, help="how many; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--quick", action="store_true", help="without properties: no fewer survive, in less time"
    )
    parser.add_argument("files", nargs="*", type=Path, help="of these files alone")
    asked = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    files = [path.resolve() for path in asked.files] or sorted(LAW.rglob("*.py"))
    every = [each for path in files for each in mutants_of(path)]
    chosen = every
    if 0 < asked.sample < len(every):
        chosen = random.Random(asked.seed).sample(every, asked.sample)
    unchanged(properties=not asked.quick)
    trials = (failing_case, failing_test, *([] if asked.quick else [failing_property]))
    survivors = []
    for number, mutant in enumerate(chosen, start=1):
        killer = killed_by(mutant, trials)
        print(f"{number}/{len(chosen)} {killer or 'SURVIVED'} | {mutant}", flush=True)
        if not killer:
            survivors.append(mutant)
    killed = len(chosen) - len(survivors)
    print(f"\n{killed} of {len(chosen)} killed ({killed / len(chosen):.1%}); {len(every)} in all")
    for mutant in survivors:
        print(f"survived: {mutant}")


if __name__ == "__main__":
    main()
