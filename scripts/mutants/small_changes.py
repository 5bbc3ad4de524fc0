"""Mutants of a file of the law: each has one small change."""

import ast
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]

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
    """One change to a file: its place, the old and the new text, and the whole changed file."""

    path: Path
    line: int
    last_line: int
    before: str
    after: str
    text: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}  {self.before}  →  {self.after}"

    @property
    def module(self) -> str:
        """The name under which Python imports the file."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts)


def changed(node: ast.AST) -> Iterator[ast.AST]:
    """The small changes that are possible at a node."""
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
    """The small changes to constants, conditional expressions, and calls of functions such as `min`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
        node.func.id = CALLS[node.func.id]
        yield node


def passed_over(tree: ast.AST) -> set[ast.AST]:
    """Nodes left unchanged: decorators, class arguments (`kw_only`), and code for type checkers.

    A change to one of them would not change an answer.
    """
    heads = [
        each
        for node in ast.walk(tree)
        for each in (
            *getattr(node, "decorator_list", ()),
            *(node.keywords if isinstance(node, ast.ClassDef) else ()),
            *(node.body if isinstance(node, ast.If) and _is_type_checking(node) else ()),
        )
    ]
    return {each for head in heads for each in ast.walk(head)}


def _is_type_checking(node: ast.If) -> bool:
    return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every mutant of a file."""
    source = path.read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    tree = ast.parse(source)
    stays = passed_over(tree)
    for node in ast.walk(tree):
        if node in stays:
            continue
        for other in changed(node):
            assert isinstance(node, ast.expr)
            assert node.end_lineno is not None
            assert node.end_col_offset is not None
            first = starts[node.lineno - 1] + node.col_offset
            last = starts[node.end_lineno - 1] + node.end_col_offset
            before, after = source[first:last].decode(), ast.unparse(other)
            text = (source[:first] + f"({after})".encode() + source[last:]).decode()
            yield Mutant(path, node.lineno, node.end_lineno, before, after, text)
