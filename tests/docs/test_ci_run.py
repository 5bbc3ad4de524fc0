"""`.ci/run` installs everything that check-hard needs, or fails; it never skips tests silently."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import pytest_collection_modifyitems

RUN = Path(__file__).parents[2] / ".ci" / "run"
NEEDED = ("bash", "env", "dirname", "rm", "cat")
HERE = ("chromium", "cron")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script for bash")

Ci = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def ci(tmp_path: Path) -> Ci:
    """Run `.ci/run` in a separate folder, with short scripts in place of the programs it calls."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (tmp_path / ".ci").mkdir()
    shutil.copy(RUN, tmp_path / ".ci" / "run")
    for name in NEEDED:
        (programs / name).symlink_to(str(shutil.which(name)))

    def run(**more: str) -> subprocess.CompletedProcess[str]:
        doing = dict.fromkeys(HERE, "exit 0") | {
            "id": "echo 0",
            "make": 'echo "made $1"',
            "apt-get": 'echo "apt-get $*"; exit 1',
        }
        for name, text in (
            doing | {each.replace("_", "-"): said for each, said in more.items()}
        ).items():
            (programs / name).write_text(f"#!/bin/sh\n{text}\n")
            (programs / name).chmod(0o755)
        return subprocess.run(
            [tmp_path / ".ci" / "run"],
            env={"PATH": str(programs)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_without_strace_it_is_installed(ci: Ci):
    installs = '[ "$1" = update ] || printf "#!/bin/sh\\nexit 0\\n" > ../bin/strace; '
    done = ci(
        apt_get=f'echo "apt-get $*"; cd "${{0%/*}}/../.ci"; {installs}/bin/chmod 755 ../bin/strace || true'
    )
    assert "apt-get install" in done.stdout, done
    assert "strace" in done.stdout
    assert done.stdout.endswith("made check\nmade check-hard\n"), done


def test_where_strace_cannot_be_installed_it_fails(ci: Ci):
    done = ci()
    assert done.returncode != 0
    assert "CI fails: make check-hard needs strace" in done.stderr
    assert "made" not in done.stdout


def test_where_strace_may_not_trace_it_fails(ci: Ci):
    done = ci(strace="exit 1")
    assert done.returncode != 0
    assert "CI fails" in done.stderr
    assert "made" not in done.stdout


@pytest.mark.parametrize(
    ("target", "mark"),
    [
        ("check-hard", "dated"),
        ("check-hard", "hard"),
        ("check-hard", "long"),
        ("check-hard", "sweep"),
    ],
)
def test_make_runs_every_file_that_has_such_a_test(target: str, mark: str):
    """For speed, the Makefile's `target` collects only the test files that it names.

    Therefore `target` must name every test file in which a test has the marker `mark`.
    """
    root = RUN.parents[1]
    wanted = {
        str(path.relative_to(root))
        for path in (root / "tests").rglob("test_*.py")
        if f"mark.{mark}" in path.read_text(encoding="utf-8")
        and any(
            isinstance(node, ast.Attribute) and ast.unparse(node) == f"pytest.mark.{mark}"
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        )
    }
    named = subprocess.run(
        ["make", "-n", target], cwd=root, capture_output=True, text=True, check=True
    )
    assert len(wanted) > 10
    assert wanted <= set(named.stdout.split())


class Case:
    """A stand-in for a collected test, with only the attributes that the marker `sweep` needs."""

    def __init__(self, nodeid: str, sweep: int | None) -> None:
        self.nodeid = nodeid
        self.sweep = sweep
        self.is_long = False

    def get_closest_marker(self, name: str) -> pytest.Mark | None:
        return pytest.mark.sweep(self.sweep).mark if self.sweep and name == "sweep" else None

    def add_marker(self, name: str) -> None:
        self.is_long = name == "long"


def test_a_few_cases_of_a_sweep_run_every_day_and_all_others_are_long():
    sweep = [Case(f"test_it[{number}]", 3) for number in range(10)]
    small = [Case(f"test_small[{number}]", 3) for number in range(2)]
    others = [Case(f"test_other[{number}]", None) for number in range(4)]
    pytest_collection_modifyitems([*sweep, *small, *others])  # type: ignore[list-item]  # as Case says
    assert [number for number, each in enumerate(sweep) if not each.is_long] == [0, 3, 6]
    assert not any(each.is_long for each in (*small, *others))
