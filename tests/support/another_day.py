"""Run pytest on a simulated day: `python -m tests.support.another_day 2027-02-28 …`.

partyctl itself is not changed. `later_clock/sitecustomize.py` sets the clock of each Python process
forward at its start. Processes that a test starts with a different environment get the simulated
day too.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from partyctl.cli.input.dates import today

VARIABLE = "PARTYCTL_TEST_DAYS_AHEAD"
CLOCK = str(Path(__file__).parent / "later_clock")

real_start = subprocess.Popen.__init__


def ahead(env: Mapping[str, str], days: str) -> dict[str, str]:
    """An environment in which Python's clock is this many days ahead."""
    path = os.pathsep.join(filter(None, (CLOCK, env.get("PYTHONPATH"))))
    return {**env, VARIABLE: days, "PYTHONPATH": path}


def on_the_same_day(env: Mapping[str, str]) -> dict[str, str]:
    """An environment in which Python's clock is as far ahead as in this process."""
    return ahead(env, os.environ[VARIABLE]) if VARIABLE in os.environ else dict(env)


def start(process: Any, *args: Any, **settings: Any) -> None:
    """Start a process; if its environment sets no simulated day, add this process's simulated day."""
    if settings.get("env") is not None and VARIABLE not in settings["env"]:
        settings["env"] = ahead(settings["env"], os.environ[VARIABLE])
    real_start(process, *args, **settings)


@pytest.fixture(scope="session", autouse=True)
def on_another_day() -> None:
    """Make every process that a test starts use the simulated day."""
    subprocess.Popen.__init__ = start


def pytest_report_header() -> str:
    return f"today: {today()}"


if __name__ == "__main__":
    wanted, *args = sys.argv[1:]
    days = (date.fromisoformat(wanted) - today()).days + int(os.environ.get(VARIABLE, "0"))
    pytest_on_that_day = [sys.executable, "-m", "pytest", "-p", __spec__.name, *args]
    os.execve(sys.executable, pytest_on_that_day, ahead(os.environ, str(days)))
