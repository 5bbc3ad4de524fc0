"""Labels in both languages are of class `Term` or `Told`; code reads them with `worded` or `label`.

Any other text in two languages is written as `say(中文, English)`.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from partyctl import terms
from partyctl.terms import Term

HERE = Path(__file__).parents[2]
HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2}")

WRITTEN_WITH = {
    "say": "a free sentence",
    "Told": "a label, or another text as a value",
    "Unread": "the sentence about a cell that cannot be read",
    "Unfit": "the sentence about a file that is refused",
    "add": "the sentence about a finding of `verify`",
    "_add": "the sentence about a finding of `verify`",
    "_lacking": "the sentence about a row without a value",
    "noun": "the help of a noun's commands",
    "add_verb": "the help of a command",
    "add_void": "the help of a command",
    "add_show": "the help of a command",
    "by_name": "the help of an argument",
    "unused_day": "the help of an option",
    "to_file": "the title of a file with a list",
    "Entry": "a line of the first help page; this page must not import more",
    "Global": "a line of the first help page; this page must not import more",
    "Rule": "the title of a rule of the law",
    "_rule": "the title of a rule of the law",
    "Chapter": "the title of a chapter of the law",
}
"""The functions whose argument is a text in both languages, each with the meaning of that text."""

NOT_LABELS = {
    "cli/calendar/holiday_file.py::HEADINGS": "headings that are read",
    "cli/maintenance/fonts.py::FACES": "names of fonts",
    "cli/report/handover_list.py::running": "a field of a paper, and a command",
    "cli/session/layout.py::HEADINGS": "Typer's words, for Chinese readers",
    "cli/session/layout.py::PHRASES": "Typer's words, for Chinese readers",
    "cli/session/placeholders.py::CHINESE": "placeholders, which are typed in English in the source",
    "papers/english.py::ENGLISH": "the fields of templates, whose names are Chinese",
    "papers/forms/meetings.py::VOTES": "columns of the ledger, and fields of a template",
    "papers/pages/heatmap.py::_short": "endings that are cut off",
}
"""Texts in two languages that are not labels, by module and name, each with an explanation."""

READ = re.compile(r"papers/sheets/(forms/\w+|form|words)\.py::\w+")
"""Matches the lists of words that other people's sheets use for a heading or an answer."""


@cache
def nodes() -> tuple[tuple[str, str, ast.AST], ...]:
    """Every place in the source that could contain or choose a text.

    Return for each place its module, the name of the function or constant around it, and its node
    in the syntax tree.
    """
    package = HERE / "partyctl"
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(package.rglob("*.py"))}
    return tuple(
        (path.relative_to(package).as_posix(), name, node)
        for path, source in sources.items()
        if HAN.search(source) or "speaks_english" in source
        for node, name in named(ast.parse(source))
        if isinstance(node, TEXTS)
    )


TEXTS = (ast.Tuple, ast.List, ast.Dict, ast.Call, ast.Subscript, ast.IfExp)


def named(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Every node, with the name of the function or constant that contains the node.

    The words in a vocabulary (a class of terms) are left out.
    """
    waiting = [(tree, "")]
    while waiting:
        node, name = waiting.pop()
        yield node, name
        words = is_vocabulary(node)
        for each in ast.iter_child_nodes(node):
            if not (words and isinstance(each, ast.Assign)):
                waiting.append((each, name_of(each, name)))


def is_vocabulary(node: ast.AST) -> bool:
    """Whether a class is a vocabulary, whose members are terms."""
    return isinstance(node, ast.ClassDef) and "Term" in map(ast.unparse, node.bases)


def name_of(node: ast.AST, outside: str) -> str:
    """The name of a function or of a module's constant; other nodes get the name of the node around them."""
    if isinstance(node, ast.FunctionDef):
        return node.name
    if isinstance(node, ast.Assign | ast.AnnAssign) and not outside:
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        first = target.elts[0] if isinstance(target, ast.Tuple) else target
        return ast.unparse(first)
    return outside


def text(node: ast.AST | None) -> str:
    """The text of a string without its inserted values; empty for other nodes."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(map(text, node.values))
    return ""


def is_pair(first: str, second: str) -> bool:
    """Whether the first text is Chinese and the second text is English."""
    return bool(HAN.search(first) and LATIN.search(second) and not HAN.search(second))


def called(call: ast.Call) -> str:
    """The last part of the name of a called function."""
    name = call.func
    return name.id if isinstance(name, ast.Name) else getattr(name, "attr", "")


def has_pair(node: ast.AST) -> bool:
    """Whether a tuple, a list, a dictionary or a call has a text in both languages."""
    if isinstance(node, ast.Tuple | ast.List):
        return any(is_pair(*each) for each in pairwise(map(text, node.elts)))
    if isinstance(node, ast.Dict):
        both = [(text(key), text(value)) for key, value in zip(node.keys, node.values, strict=True)]
        return any(is_pair(*each) or is_pair(*reversed(each)) for each in both)
    if isinstance(node, ast.Call) and called(node) not in WRITTEN_WITH:
        given = [text(each) for each in node.args]
        by_keyword = {each.arg: text(each.value) for each in node.keywords}
        chinese = by_keyword.get("chinese") or by_keyword.get("title") or ""
        return is_pair(chinese, by_keyword.get("english", "")) or any(
            is_pair(*each) for each in pairwise(given)
        )
    return False


def test_a_label_in_both_languages_is_a_term_or_told():
    found = [(f"{path}::{name}", node) for path, name, node in nodes() if has_pair(node)]
    assert not [
        f"{place}, line {node.lineno}"
        for place, node in found
        if place not in NOT_LABELS and not READ.fullmatch(place)
    ]
    assert set(NOT_LABELS) <= {place for place, _ in found}


def test_each_call_that_takes_both_languages_is_in_use():
    assert set(WRITTEN_WITH) <= {
        called(node) for _, _, node in nodes() if isinstance(node, ast.Call)
    }


@pytest.mark.parametrize(
    "source",
    [
        'LABELS = {"name": ("姓名", "name")}',
        'BLOCKS = ((Status.DUE, "待办", "To do"),)',
        'ENGLISH = {"姓名": "name"}',
        'CHINESE = {"name": "姓名"}',
        'COLUMNS = (Column("姓名", "name", "member"),)',
        'TOPIC = Topic(title="党课", english="Lecture")',
        'def f(n):\n    return f"{n} 次", f"{n} times"',
        'class Column(NamedTuple):\n    heading = ("姓名", "name")',
    ],
)
def test_another_way_is_noticed(source: str):
    assert any(has_pair(node) for node, _ in named(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        'LABELS = {"name": Told("姓名", "name"), "member": told_of(Noun.MEMBER)}',
        'class Noun(Term):\n    MEMBER = "member", "党员"\n    TALK = "talk", "谈话", "a talk"',
        'text = say("没有", "none")',
    ],
)
def test_the_one_way_passes(source: str):
    assert not any(has_pair(node) for node, _ in named(ast.parse(source)))


# One word, once


def words_of_terms() -> dict[tuple[str, str], str]:
    """The name of every term in the vocabularies, keyed by its Chinese and its English word."""
    vocabularies = [each for each in vars(terms).values() if isinstance(each, type)]
    return {
        (term.chinese, term.english): f"{type(term).__name__}.{term.name}"
        for each in vocabularies
        if issubclass(each, Term)
        for term in each
    }


def test_a_label_that_is_a_terms_word_is_that_term():
    known = words_of_terms()
    again = [
        f"{path}:{node.lineno} {known[told]}"
        for path, _, node in nodes()
        if isinstance(node, ast.Call) and called(node) == "Told" and len(node.args) == 2
        if (told := (text(node.args[0]), text(node.args[1]))) in known
    ]
    assert not again
    assert len(known) > 150


# One reader


def test_the_language_of_a_text_is_chosen_in_one_place():
    assert not [
        f"{path}:{node.lineno}"
        for path, _, node in nodes()
        if path not in ("language.py", "terms.py") and chooses(node)
    ]


def chooses(node: ast.AST) -> bool:
    """Whether a node chooses one of two texts by the language, as `pair[speaks_english()]` does."""
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Call) and called(node.slice) == "speaks_english"
    if isinstance(node, ast.IfExp):
        english = isinstance(node.test, ast.Call) and called(node.test) == "speaks_english"
        return english and isinstance(node.body, ast.Attribute) and node.body.attr == "english"
    if not (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
    ):
        return False
    return any(
        isinstance(each, ast.Starred) or (isinstance(each, ast.Attribute) and each.attr == "title")
        for each in node.args
    )


@pytest.mark.parametrize(
    "source",
    [
        "pair[speaks_english()]",
        "say(*LABELS[field])",
        "say(rule.title, rule.english)",
        "rule.english if speaks_english() else rule.title",
    ],
)
def test_another_choice_is_noticed(source: str):
    assert any(chooses(node) for node in ast.walk(ast.parse(source)))
