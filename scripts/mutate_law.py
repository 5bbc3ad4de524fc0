"""Mutation tests of the law, change by change: `make mutants`.

A mutant is one file of `partyctl/law/` with one operator, constant, condition or call changed. A
mutant is killed when a case or a test of `tests/law` fails. The sample has a seed, so that two
people who use the same seed get the same mutants. Survivors are printed with their lines; each
needs a new test, or a reason why no test is needed.

The law and the tests are imported once. Each test except the property tests runs once first, to see
which lines of the law it executes. After that, each mutant is tried in a forked child process. In
the child, the changed function replaces the old function, unless the old function was called during
import. Only the tests that execute the changed function run; the tests that execute the changed
line run first. If a mutant changes anything else (for example, the numbers of a rule, or a function
that was called during import), the child imports the files again and runs all tests. A child stops
at the first failure. The files on disk are not changed.

The property tests run last, and take most of the time. With `--quick`, the property tests do not
run, so a mutant that only a property test would kill survives. `--from N` continues an interrupted
sample at its Nth mutant. With FILE, only the mutants of that file are tried; with `--line N`, only
the mutants of the sample whose change begins in line N. With `--sample 0`, all mutants are tried.
"""

import argparse
import os
import random
import resource
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import pytest  # noqa: E402  (the folder of the scripts must be known first)
from hypothesis import Phase, settings  # noqa: E402

from scripts.mutants import in_place  # noqa: E402
from scripts.mutants.small_changes import Mutant, mutants_of  # noqa: E402
from scripts.mutants.who_runs_what import (  # noqa: E402
    Function,
    Run,
    Seen,
    be_quiet,
    function_of,
    is_property,
    runs,
)

LAW = ROOT / "partyctl" / "law"
TESTS = str(ROOT / "tests" / "law")
CASES = "tests.law.chapters.test_cases"

SECONDS = 100
"""Seconds of processor time for a mutant; a mutant that takes longer counts as killed."""

MOST_BYTES = 4096
"""The longest report about a killed mutant, in bytes: a pipe accepts this many bytes at once."""

PROFILE = "mutants"
WITHOUT_SHRINKING = (Phase.explicit, Phase.generate)
"""Hypothesis does not shrink a counter-example, because any counter-example kills the mutant."""

PLAINLY = ("-x", "-q", "--assert=plain", "-p", "no:cacheprovider")
QUICKLY = (*PLAINLY, f"--hypothesis-profile={PROFILE}")


class FirstFailure:
    """Remembers the first test that failed.

    `properties`: whether to run only the property tests (True) or only the other tests (False); all
    tests by default.
    """

    def __init__(self, *, properties: bool | None = None) -> None:
        self.test = ""
        self.properties = properties

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """The method that pytest calls before the first test."""
        if self.properties is not None:
            items[:] = [item for item in items if is_property(item) is self.properties]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """The method that pytest calls after each phase of a test."""
        if report.failed and not self.test:
            self.test = report.nodeid


class Chosen(NamedTuple):
    """A mutant, the seed of its sample, and its number in the sample."""

    seed: int
    number: int
    mutant: Mutant


class Trials(FirstFailure):
    """Tries all mutants of a sample, each in a child process of the pytest run that collected the tests."""

    def __init__(self, chosen: list[Chosen], seen: Seen, *, quick: bool) -> None:
        super().__init__()
        self.chosen, self.at_reading, self.quick = chosen, seen, quick
        self.last: list[pytest.Item] = []
        self.survivors: list[Chosen] = []
        self.items: dict[str, pytest.Item] = {}
        self.runs: list[Run] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """The method that pytest calls instead of running the collected tests."""
        sys.settrace(None)
        self.items = {item.nodeid: item for item in session.items}
        self.last = [] if self.quick else list(filter(is_property, session.items))
        singly = [item for item in session.items if not is_property(item)]
        self.runs = runs(singly, LAW, self.failure)
        print("every test has run once", flush=True)
        for each in self.chosen:
            killer = in_a_child(partial(self.killer, each.mutant))
            print(f"{each.number} {killer or 'SURVIVED'} | {each.mutant}", flush=True)
            if not killer:
                self.survivors.append(each)
        return True

    def failure(self, item: pytest.Item) -> str:
        """The name of the test if it fails, or an empty string."""
        self.test = ""
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        return self.test

    def killer(self, mutant: Mutant) -> str:
        """The first test that fails with the mutant in place; empty if the mutant survives."""
        function = in_place.changed_function(mutant)
        if function and function_of(function[0]) not in self.at_reading.functions:
            before, after = function
            if in_place.put(before, after):
                tests = in_order(self.runs, mutant, function_of(before))
                every = [*(self.items[each] for each in tests), *self.last]
                return next(filter(None, map(self.failure, every)), "")
        return killer_of_all(mutant, quick=self.quick)


def in_order(every: Iterable[Run], mutant: Mutant, function: Function) -> list[str]:
    """The tests that execute the changed function; those that execute the changed line come first."""
    lines = {(str(mutant.path), line) for line in range(mutant.line, mutant.last_line + 1)}

    def rank(run: Run) -> tuple[bool, bool, float]:
        own = f"[{mutant.path.stem}: " in run.test or f"test_{mutant.path.stem}" in run.test
        return lines.isdisjoint(run.lines), not own, run.seconds

    return [run.test for run in sorted(every, key=rank) if function in run.functions]


def killer_of_all(mutant: Mutant, *, quick: bool) -> str:
    """The first test that fails after the law is imported again with the mutant.

    The cases run first, and the property tests run last.
    """
    try:
        cases = in_place.read_anew(mutant, CASES)
    except Exception as problem:
        return f"import: {problem!r}"
    for _, case in sorted(cases.EVERY_CASE, key=lambda each: each[0].stem != mutant.path.stem):
        try:
            cases.check(case)
        except Exception:
            return f"case: {case['name']}"
    whether = (False,) if quick else (False, True)
    return next(filter(None, (_of_all(properties=each) for each in whether)), "")


def _of_all(*, properties: bool) -> str:
    first = FirstFailure(properties=properties)
    code = pytest.main([*QUICKLY, TESTS], plugins=[first])
    return first.test or (f"pytest exited with {code}" if code else "")


def in_a_child(killer: Callable[[], str]) -> str:
    """Call `killer` in a child process.

    Return the answer of `killer`, or a text that says that the child took too long.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        be_quiet()
        busy = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
        resource.setrlimit(resource.RLIMIT_CPU, (busy + SECONDS, busy + SECONDS))
        try:
            answer = killer()
        except Exception as problem:
            answer = repr(problem)
        os.write(writer, answer.encode()[:MOST_BYTES])
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        answer = told.read().decode(errors="replace")
    _, status = os.waitpid(child, 0)
    return (
        f"it used more than {SECONDS} seconds of processor time"
        if os.WIFSIGNALED(status)
        else answer
    )


def sampled(every: list[Mutant], said: Any) -> Iterator[Chosen]:
    """The mutants selected by the options, with their numbers in the sample of each seed."""
    for seed in said.seed:
        whole = 0 < said.sample < len(every)
        chosen = random.Random(seed).sample(every, said.sample) if whole else every
        for number, mutant in enumerate(chosen, start=1):
            if number >= said.first and said.line in (0, mutant.line):
                yield Chosen(seed, number, mutant)


def asked() -> Any:
    """The options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=300, help="how many; 0: all")
    parser.add_argument("--seed", type=int, nargs="+", default=[1], help="one sample for each")
    parser.add_argument("--from", type=int, default=1, dest="first", help="continue with this one")
    parser.add_argument("--line", type=int, default=0, help="only mutants of this line")
    parser.add_argument("--quick", action="store_true", help="without the property tests")
    parser.add_argument("files", nargs="*", type=Path, help="of these files alone")
    return parser.parse_args()


def main() -> None:
    """Draw the sample, try each mutant, and print the survivors."""
    said = asked()
    os.chdir(ROOT)
    files = [path.resolve() for path in said.files] or sorted(LAW.rglob("*.py"))
    every = [each for path in files for each in mutants_of(path)]
    chosen = list(sampled(every, said))
    print(f"{len(every)} mutants in all, {len(chosen)} of them chosen", flush=True)
    settings.register_profile(
        PROFILE, deadline=None, derandomize=True, database=None, phases=WITHOUT_SHRINKING
    )
    # The cases are read once and shared by all mutants.
    tomllib.loads = cache(tomllib.loads)
    with Seen(LAW) as seen:
        trials = Trials(chosen, seen, quick=said.quick)
        code = pytest.main([*QUICKLY, "-s", TESTS], plugins=[trials])
    assert code == 0, f"pytest exited with {code}: {trials.test}"
    for seed in said.seed:
        tried = [each for each in chosen if each.seed == seed]
        alive = [each for each in trials.survivors if each.seed == seed]
        killed = len(tried) - len(alive)
        print(f"\nseed {seed}: {killed} of {len(tried)} killed ({killed / max(len(tried), 1):.1%})")
        for each in alive:
            print(f"survived: {each.number} {each.mutant}")


if __name__ == "__main__":
    main()
