"""R-26: a crontab from `schedule install`, run by a real cron daemon at the scheduled minute."""

import os
import shutil
import stat
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.another_day import on_the_same_day
from tests.support.outside.cron import cron
from tests.support.processes import SOURCE
from tests.support.waiting import wait_until

pytestmark = pytest.mark.hard

SETTINGS = """
[channels.notes]
kind = "file"
folder = "notes"

[recipients.office]
notes = true
"""

STRANGE = "50% 的 it's"
"""A folder name in which cron reads % as a line break, and the shell reads ' as a quote.
"""

LATEST = 45
"""From this second of a minute on, too little time is left to prepare cron for the next minute."""


def next_minute() -> str:
    """The next minute, or the minute after that if there is too little time to prepare cron."""
    now = datetime.now()  # noqa: DTZ005 - cron goes by the computer's clock
    return (now + timedelta(minutes=1 if now.second < LATEST else 2)).strftime("%H:%M")


@pytest.fixture
def folder(january_ledger: Path, tmp_path: Path) -> Path:
    """A folder with a ledger and the settings of its reminders."""
    folder = tmp_path / STRANGE
    folder.mkdir(mode=0o700)
    shutil.copy(january_ledger, folder / "ledger.db")
    settings = folder / "reminders.toml"
    settings.write_text(SETTINGS)
    settings.chmod(0o600)
    return folder


def test_a_real_cron_reminds_at_its_minute(folder: Path, run: Run):
    ledger, settings, notes = folder / "ledger.db", folder / "reminders.toml", folder / "notes"
    partyctl = (sys.executable, "-m", "partyctl", "--ledger", str(ledger))
    crontab = on_the_same_day({"PYTHONPATH": SOURCE, "HOME": str(folder), "MAILTO": '""'})
    env = {**crontab, "PATH": os.environ["PATH"]}
    own = "".join(f"{name}={value}\n" for name, value in crontab.items())
    install = (*partyctl, "schedule", "install", "--config", str(settings), "--at", next_minute())
    asked = f'--ledger "{ledger}" remind status --config "{settings}" --json'
    before = run(asked).json
    with cron(env, own, install):
        wait_until(lambda: notes.exists() and any(notes.iterdir()), "cron reminds")
        wait_until(
            lambda: run(asked).json["queued"] == 0, "the reminder is sent and marked as sent"
        )
        after = run(asked).json
    assert (before["last_scheduled"], before["to_send"] > 0) == (None, True)
    assert after["last_scheduled"] is not None
    (note,) = notes.iterdir()
    assert "党务提醒" in note.read_text(encoding="utf-8")
    assert stat.S_IMODE(note.stat().st_mode) == 0o600
