"""Refusals about the days of targets and measures name an option that the typed command has."""

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Run
from tests.support.command_tree import commands


@pytest.fixture
def tasks(branch: Run) -> Run:
    branch("plan adopt work 2026 --on 2026-01-10")
    branch("plan item 2026 走访 --owner 张三 --due 2026-02-20")
    branch("plan done 1 --on 2026-02-10")
    branch("rectify add 作风不实 --owner 张三 --due 2026-02-20 --on 2026-01-10")
    branch("rectify close 1 --on 2026-02-10")
    return branch


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("rectify edit 1 --on 2026-02-15", "--on 写 2026-02-10 或以前"),
        ("plan item-edit 1 --on 2026-02-15", "--on 写 2026-02-10 或以前"),
        ("plan edit 1 --on 2026-02-15", "--on 写 2026-02-10 或以前"),
        ("plan edit 1 --on 2026-02-25", "--on 写 2026-02-10 或以前"),
    ],
)
def test_a_day_that_is_too_late_must_be_earlier(
    tasks: Run, refused: Refused, line: str, remedy: str
):
    assert refused(line, 5).splitlines()[1].endswith(remedy)
    words, _, _ = line.rpartition(" ")
    tasks(f"{words} {remedy.split()[2]}")


def test_a_day_on_which_a_task_was_done_must_be_later(tasks: Run, refused: Refused):
    for noun, undone, done in (
        ("rectify", "rectify edit 1 --not-closed", "rectify close 1"),
        ("plan", "plan item-edit 1 --not-done", "plan done 1"),
    ):
        tasks(undone)
        told = refused(f"{done} --on 2026-01-05", 5).splitlines()[1]
        assert told.endswith("--on 写 2026-01-10 或以后"), noun


def test_a_measure_is_not_called_a_target(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    for verb in ("add", "close", "edit", "list", "show", "void"):
        assert "target" not in run(f"rectify {verb} --help").out
    for verb in ("item", "item-edit", "item-void", "done"):
        assert "measure" not in run(f"plan {verb} --help").out


def test_no_correction_has_a_day_by_default():
    """Otherwise, a correction without a day would store today's date in place of the right day."""
    for command in commands():
        if command.words and command.words[-1].endswith("edit"):
            for each in command.parameters:
                assert "（默认今天）" not in (each.help or ""), (str(command), each.name)


def test_a_review_is_not_moved_to_today(branch: Run, refused: Refused):
    branch("review open 2026 --on 2026-03-01")
    assert "--on" in refused("review edit 2026", 2)
    branch("review edit 2026 --on 2026-03-02")
