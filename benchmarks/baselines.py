"""Other tools to compare partyctl with, each installed in its own virtual environment."""

import random
import subprocess
import sys
from pathlib import Path

from ledgers import CACHE

REQUIREMENTS = {"sqlite-utils": "sqlite-utils==4.2.1", "todo": "todoman==4.7.0"}
"""The commands, and the packages that provide them."""

TODOS = 1000


def installed(tool: str) -> Path:
    """The path of a tool's command; the tool is installed if it is missing.

    Raises CalledProcessError.
    """
    python = f"py{sys.version_info.major}.{sys.version_info.minor}"
    home = CACHE / "baselines" / f"{REQUIREMENTS[tool]}-{python}"
    command = home / "bin" / tool
    if not command.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        subprocess.run(
            [home / "bin" / "python", "-m", "pip", "install", "--quiet", REQUIREMENTS[tool]],
            check=True,
        )
    return command


def todoman_config() -> Path:
    """A todoman configuration with a list of 1,000 todos; it is written if it does not exist."""
    home = CACHE / "todos"
    config = home / "config.py"
    if not config.exists():
        todos = home / "lists" / "branch"
        todos.mkdir(parents=True, exist_ok=True)
        dice = random.Random(TODOS)
        for number in range(TODOS):
            (todos / f"{number}.ics").write_text(_todo(number, dice), encoding="utf-8", newline="")
        config.write_text(
            f"path = {str(home / 'lists' / '*')!r}\n"
            f"cache_path = {str(home / 'cache.sqlite3')!r}\n"
            "date_format = '%Y-%m-%d'\ntime_format = '%H:%M'\ndefault_list = 'branch'\n"
            "humanize = False\n",
            encoding="utf-8",
        )
    return config


def _todo(number: int, dice: random.Random) -> str:
    done = dice.random() < 0.1
    due = f"2026{dice.randrange(1, 13):02d}{dice.randrange(1, 29):02d}T090000Z"
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//partyctl//benchmarks//EN",
        "BEGIN:VTODO",
        f"UID:{number}@benchmarks",
        "DTSTAMP:20260101T000000Z",
        f"DUE:{due}",
        f"SUMMARY:待办 {number}",
        f"STATUS:{'COMPLETED' if done else 'NEEDS-ACTION'}",
        *(("COMPLETED:20260201T000000Z", "PERCENT-COMPLETE:100") if done else ()),
        "END:VTODO",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(lines)
