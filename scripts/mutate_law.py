"""Change the law in small ways and see whether a test notices: `make mutants`.

A mutant is one file of `partyctl/law/` with one operator, constant, condition or call changed. It is
killed when a case or a test of `tests/law` fails. The sample is drawn with a seed, so that two people
speak of the same mutants; what survives is printed with its line, to be given a test or a reason.

Each mutant runs in a child process: first the cases of the rules, which kill most within seconds,
then, for those that are left, the whole of `tests/law`.
"""

import argparse
import ast
import copy
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
LAW = ROOT / "partyctl" / "law"
SECONDS = 600
"""How long the tests of one mutant may take; one that never ends counts as killed."""

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}


class Mutant(NamedTuple):
    """One changed file: where, what it said, what it says, and its whole text."""

    path: Path
    line: int
    before: str
    after: str
    text: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}  {self.before}  →  {self.after}"


def changed(node: ast.AST) -> Iterator[ast.AST]:
    """The small ways in which a node can say something else."""
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
    """The same for constants, conditional expressions and calls of `min`, `any` and the like."""
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
    """What stands in decorators: whether a class is frozen changes no answer."""
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


def is_killed(mutant: Mutant, folder: Path) -> bool:
    """Whether a test fails with the mutant in the place of its file."""
    place = folder / mutant.path.relative_to(ROOT)
    own = place.read_text(encoding="utf-8")
    place.write_text(mutant.text, encoding="utf-8")
    try:
        return any(
            _fails(folder, *tests)
            for tests in (("tests/law/chapters/test_cases.py",), ("tests/law", "tests/words"))
        )
    finally:
        place.write_text(own, encoding="utf-8")


def _fails(folder: Path, *tests: str) -> bool:
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def main() -> None:
    """Draw the sample, try each, print what survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    every = [each for path in sorted(LAW.rglob("*.py")) for each in mutants_of(path)]
    chosen = random.Random(asked.seed).sample(every, min(asked.sample, len(every)))
    survivors = []
    with tempfile.TemporaryDirectory(prefix="partyctl-mutants-") as name:
        folder = Path(name)
        for part in ("partyctl", "tests", "migrations", "pyproject.toml"):
            subprocess.run(["cp", "-r", str(ROOT / part), str(folder)], check=True)
        assert not _fails(folder, "tests/law/chapters/test_cases.py"), "the tests fail unchanged"
        for number, mutant in enumerate(chosen, start=1):
            killed = is_killed(mutant, folder)
            print(
                f"{number}/{len(chosen)} {'killed' if killed else 'SURVIVED'} {mutant}", flush=True
            )
            if not killed:
                survivors.append(mutant)
    killed_of = len(chosen) - len(survivors)
    print(
        f"\n{killed_of} of {len(chosen)} killed ({killed_of / len(chosen):.1%}); {len(every)} in all"
    )
    for mutant in survivors:
        print(f"survived: {mutant}")


if __name__ == "__main__":
    main()
