"""Moments on the screen are in local time, as in the journal; --json gives them as stored."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from partyctl.cli.input.dates import CHINA
from tests.conftest import Run


def test_a_moment_is_shown_as_the_clock_on_the_wall_has_it(branch: Run):
    branch("meeting add study --on 2026-03-02 --chair 张三 --minutes 学习")
    stored = datetime.fromisoformat(branch("meeting show 1 --json").json["recorded_at"])
    [line] = [each for each in branch("meeting show 1").out.splitlines() if "录入时间" in each]
    assert line.endswith(stored.astimezone(CHINA).strftime("  %Y-%m-%d %H:%M"))


KATHMANDU = ZoneInfo("Asia/Kathmandu")
"""A zone 5 hours and 45 minutes ahead of UTC: the hour and the minute always differ from UTC's."""

PATIENT = timedelta(minutes=30)

FOLDER = """
[channels.notes]
kind = "file"
folder = "{folder}"
[recipients."书记"]
notes = true
[recipients."机关支部"]
notes = true
"""

PREPARED = """
    meeting add study --on 2026-03-02 --chair 张三 --minutes 学习
    meeting void 1 --reason 误登
    remind --as-of 2026-02-26
    backup make {folder}/kept
"""
SCREENS = (
    "meeting show 1",
    "meeting show 1 --history",
    "journal list",
    "journal show 2",
    "remind log",
    "remind status",
    "backup list {folder}/kept",
    "doctor",
    "undo",
)
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?!\d)")


@pytest.fixture
def in_kathmandu(branch: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    settings = tmp_path / "config" / "reminders.toml"
    settings.parent.mkdir(mode=0o700)
    settings.write_text(FOLDER.format(folder=tmp_path / "notes"), encoding="utf-8")
    settings.chmod(0o600)
    monkeypatch.setenv("PARTYCTL_REMINDERS", str(settings))
    monkeypatch.setenv("PARTYCTL_TZ", "Asia/Kathmandu")
    for line in PREPARED.strip().splitlines():
        branch(line.strip().format(folder=tmp_path))
    return branch


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_screen_shows_moments_by_the_clock_of_the_bureaus_zone(
    in_kathmandu: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
):
    monkeypatch.setenv("PARTYCTL_LANG", language)
    began = datetime.now(KATHMANDU).replace(tzinfo=None)
    for line in SCREENS:
        shown = MOMENT.findall(in_kathmandu(line.format(folder=tmp_path)).out)
        assert shown, line
        for day, clock in shown:
            apart = datetime.fromisoformat(f"{day}T{clock}") - began
            assert abs(apart) < PATIENT, f"{line}: {day} {clock} at {began:%Y-%m-%d %H:%M}"
