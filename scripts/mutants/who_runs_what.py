"""For each line of the law, the tests that execute it: only they can kill a mutant of this line."""

import gc
import os
import pickle
import resource
import sys
import traceback
from collections.abc import Callable
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NamedTuple

import pytest

Line = tuple[str, int]
Function = tuple[str, str, int]
"""The key of a function: its file, its name, its first line."""


def function_of(code: CodeType) -> Function:
    """The key of a function."""
    return code.co_filename, code.co_qualname, code.co_firstlineno


class Seen:
    """Records the lines and functions of the law that are executed."""

    def __init__(self, law: Path) -> None:
        self.law = str(law)
        self.lines: set[Line] = set()
        self.functions: set[Function] = set()

    def __enter__(self) -> "Seen":
        sys.settrace(self.entering)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)

    def entering(self, frame: FrameType, _event: str, _of: object) -> Callable[..., Any] | None:
        """Called by Python for each function that a test enters."""
        code = frame.f_code
        if not code.co_filename.startswith(self.law):
            return None
        self.functions.add(function_of(code))
        return self.within

    def within(self, frame: FrameType, _event: str, _of: object) -> Callable[..., Any]:
        """Called by Python for each line that a test executes in a function of the law."""
        self.lines.add((frame.f_code.co_filename, frame.f_lineno))
        return self.within


class Run(NamedTuple):
    """The lines and functions that one test executed, and the seconds that it took."""

    test: str
    lines: frozenset[Line]
    functions: frozenset[Function]
    seconds: float


def is_property(item: pytest.Item) -> bool:
    """Whether a test is a property test of Hypothesis."""
    return hasattr(getattr(item, "function", None), "hypothesis")


def be_quiet() -> None:
    """In a child process, discard everything that the process prints from now on."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def clear_what_is_kept() -> None:
    """Clear the caches, so that no test uses the results of another test."""
    for each in gc.get_objects():
        if isinstance(each, _lru_cache_wrapper) and str(each.__module__).startswith("partyctl."):
            each.cache_clear()


def runs(items: list[pytest.Item], law: Path, passes: Callable[[pytest.Item], str]) -> list[Run]:
    """Run all tests once, in a child process, so that their caches are not kept in this process."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        be_quiet()
        try:
            found = [_run(item, law, passes) for item in items]
        except Exception:
            found = traceback.format_exc()
        with os.fdopen(writer, "wb") as told:
            pickle.dump(found, told)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        found = pickle.load(told)
    os.waitpid(child, 0)
    assert not isinstance(found, str), found
    return found


def _run(item: pytest.Item, law: Path, passes: Callable[[pytest.Item], str]) -> Run:
    clear_what_is_kept()
    begun = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    with Seen(law) as seen:
        failure = passes(item)
    assert not failure, f"{item.nodeid} fails even without a mutant: {failure}"
    seconds = resource.getrusage(resource.RUSAGE_SELF).ru_utime - begun
    return Run(item.nodeid, frozenset(seen.lines), frozenset(seen.functions), seconds)
