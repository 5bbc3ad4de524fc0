"""Moments on the screen are in local time, as in the journal; --json gives them as stored."""

from datetime import datetime

from partyctl.cli.input.dates import CHINA
from tests.conftest import Run


def test_a_moment_is_shown_as_the_clock_on_the_wall_has_it(branch: Run):
    branch("meeting add study --on 2026-03-02 --chair 张三 --minutes 学习")
    stored = datetime.fromisoformat(branch("meeting show 1 --json").json["recorded_at"])
    [line] = [each for each in branch("meeting show 1").out.splitlines() if "录入时间" in each]
    assert line.endswith(stored.astimezone(CHINA).strftime("  %Y-%m-%d %H:%M"))
