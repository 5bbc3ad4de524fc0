"""No test depends on the day of the run, or on the machine's load."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
OURS = tuple(HERE / name for name in ("partyctl", "tests", "migrations"))
TESTS = sorted((HERE / "tests").rglob("test_*.py"))

PRESENT = {"today", "now", "utcnow"}
TYPED = re.compile(r"(?:^|[ =])(?:today|tomorrow|yesterday|今天|昨天|前天|明天)(?: |$)|^doctor\b")
"""Matches command lines with a word such as `tomorrow`, and the command `doctor`."""


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def named(call: ast.Call) -> str:
    """The last word of a called name: `now` for datetime.now()."""
    called = call.func
    return getattr(called, "attr", None) or getattr(called, "id", "")


def run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes that are evaluated when the module is imported, including test parameters."""
    yield node
    if isinstance(node, ast.Lambda):
        children: list[ast.AST] = [node.args]
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        children = [*node.decorator_list, node.args]
    else:
        children = list(ast.iter_child_nodes(node))
    for child in children:
        yield from run_at_import(child)


def days_at_import(module: ast.Module) -> list[int]:
    """The lines of a module that read the day or the time when it is imported."""
    top = [*module.body]
    if top and isinstance(top[-1], ast.If) and "__main__" in ast.unparse(top[-1].test):
        top.pop()
    calls = [each for node in top for each in run_at_import(node) if isinstance(each, ast.Call)]
    return [each.lineno for each in calls if named(each) in PRESENT]


def test_no_date_is_computed_when_a_module_is_imported():
    """A date computed at import can be outdated when a test uses it."""
    found = {
        f"{path.relative_to(HERE)}:{line}"
        for folder in OURS
        for path in folder.rglob("*.py")
        for line in days_at_import(parsed(path))
    }
    assert found == set(), "ask for the day inside the function, or type `tomorrow`"


@pytest.mark.parametrize(
    "text",
    [
        "TOMORROW = today() + timedelta(days=1)",
        "@pytest.mark.parametrize('day', [str(today())])\ndef test_it(day): pass",
        "def add(on=date.today()): pass",
        "later = lambda on=datetime.now(UTC): on",
        "class Case:\n    day = dates.today()",
    ],
)
def test_such_dates_are_found(text: str):
    assert days_at_import(ast.parse(text)) == [1] or days_at_import(ast.parse(text)) == [2]


def test_a_date_inside_a_function_is_no_such_date():
    assert days_at_import(ast.parse("def day(): return today()\nlater = lambda: today()")) == []


def speaks_of_the_present(test: ast.FunctionDef) -> bool:
    """Whether a test reads or sets today's date, or types `doctor` or a word such as `tomorrow`."""
    for node in ast.walk(test):
        if isinstance(node, ast.arg) and node.arg == "it_is":
            return True
        if isinstance(node, ast.Call) and named(node) == "today":
            return True
        if isinstance(node, ast.Constant) and TYPED.search(str(node.value)):
            return True
    return False


def marks(node: ast.AST) -> set[str]:
    """The names of the pytest markers in a part of a module."""
    found = re.findall(r"pytest\.mark\.(\w+)", ast.unparse(node))
    return set(found)


def undated(module: ast.Module) -> list[str]:
    """Tests that depend on today's date but have neither the marker `dated` nor `hard`.

    Tests with the marker `dated` also run on another day.
    """
    everywhere = {
        mark
        for node in module.body
        if isinstance(node, ast.Assign) and "pytestmark" in ast.unparse(node.targets[0])
        for mark in marks(node.value)
    }
    return [
        node.name
        for node in module.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        if speaks_of_the_present(node)
        if not {"dated", "hard"}
        & (everywhere | {mark for each in node.decorator_list for mark in marks(each)})
    ]


def test_what_speaks_of_the_present_is_tried_on_another_day_too():
    found = {
        f"{path.relative_to(HERE)}::{name}" for path in TESTS for name in undated(parsed(path))
    }
    assert found == set(), "mark them with @pytest.mark.dated; another day is tried too"


@pytest.mark.parametrize(
    "body",
    ["run('dues pay 张三 --on tomorrow')", "assert day == today()", "run('doctor --json')"],
)
def test_a_test_that_speaks_of_the_present_is_known_by_that(body: str):
    test = f"def test_it(run):\n    {body}\n"
    assert undated(ast.parse(test)) == ["test_it"]
    assert undated(ast.parse(f"@pytest.mark.dated\n{test}")) == []
    assert undated(ast.parse(f"pytestmark = pytest.mark.dated\n{test}")) == []


WATCH = re.compile(r"\b(?:perf_counter|monotonic|time\.time|time_ns)\b|from time import .*\btime\b")
"""Matches functions that read the clock. time.process_time is allowed: it measures processor time."""

SHORT = re.compile(r"\btimeout=\d+\b|(?:\.wait|alarm)\(\d+\)")
LEFT_ALONE = {
    "tests/support/later_clock/sitecustomize.py": "sets the clock ahead",
    "tests/ledger/file/test_load.py": "sets SQLite's timeout of 30 seconds, as partyctl does",
    "tests/papers/forms/test_letters.py": "draws the templates on two days",
    "tests/ledger/tampering/test_compared_once.py": "compares the times of files with the clock",
    "tests/house/test_days_and_clocks.py": "speaks of them",
}


@pytest.mark.parametrize(
    ("pattern", "remedy"),
    [
        (WATCH, "measure with time.process_time() or in benchmarks/, and wait with wait_until"),
        (SHORT, "give up after tests.support.waiting.PATIENCE"),
    ],
    ids=["wall-clock time", "little patience"],
)
def test_no_test_minds_how_busy_the_machine_is(pattern: re.Pattern[str], remedy: str):
    found = {
        f"{path.relative_to(HERE)}:{number}"
        for path in (HERE / "tests").rglob("*.py")
        if str(path.relative_to(HERE)) not in LEFT_ALONE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    }
    assert found == set(), remedy


def test_no_deadline_is_set_for_an_example():
    """Hypothesis has wall-clock limits for each test; one profile turns them off for all tests."""
    found = [
        str(path.relative_to(HERE))
        for path in (HERE / "tests").rglob("*.py")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.keyword) and node.arg == "deadline"
    ]
    assert found == ["tests/conftest.py"]


# A sample test file, which the test below runs on a simulated day.
ON_ANOTHER_DAY = """
import subprocess, sys
from datetime import UTC, date, datetime
from partyctl.cli.input.dates import today
from tests.support.processes import BARE

ASK = "import datetime; print(datetime.datetime.now(datetime.timezone.utc).date())"

def test_here():
    assert today() == date(2028, 2, 29)
    assert isinstance(datetime.combine(today(), datetime.min.time(), UTC), datetime)

def test_in_a_process():
    for env in (None, BARE):
        said = subprocess.run([sys.executable, "-c", ASK], env=env, capture_output=True, text=True)
        assert abs(date.fromisoformat(said.stdout.strip()) - today()).days <= 1
"""


def test_another_day_reaches_each_process_that_a_test_starts(tmp_path: Path):
    (tmp_path / "test_day.py").write_text(ON_ANOTHER_DAY, encoding="utf-8")
    program = [sys.executable, "-m", "tests.support.another_day", "2028-02-29"]
    options = ("-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), "-c", "/dev/null")
    done = subprocess.run(
        [*program, *options, str(tmp_path)], cwd=HERE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout
