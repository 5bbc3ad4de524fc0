"""`partyctl calendar`: the coming weeks, and a file that real calendar programs open."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.conftest import Run
from tests.support.in_process import outcome
from tests.support.waiting import PATIENCE

Events = dict[str, icalendar.Event]
DAY = "2026-02-10"


def exported(line: str) -> bytes:
    found = outcome(line.split())
    assert found.code == 0, found.err
    return found.out.encode()


def events(line: str = f"calendar export --ics --months 1 --as-of {DAY}") -> Events:
    """The events of the exported calendar, keyed by summary."""
    calendar = icalendar.Calendar.from_ical(exported(line))
    found = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    assert len(found) == len(calendar.walk("VEVENT"))
    uids = {str(event["uid"]) for event in found.values()}
    assert len(uids) == len(found)
    return found


def test_the_coming_weeks_in_order_and_then_what_is_overdue(january: Run):
    shown = january(f"calendar --as-of {DAY}").out
    assert shown.splitlines()[2] == "2026-02-23 起的一周"
    assert shown.index("已经逾期") > shown.index("2026-02-23 起的一周")
    dues = [line for line in shown.splitlines() if "党费每月按时交纳 2026-02" in line]
    assert len(dues) == 1
    assert "3 人" in dues[0] or "张三、李四" in dues[0]
    assert "党员大会每月一次 2026-02" in shown
    assert "党员大会每月一次 2026-03" not in shown  # the March meeting is due on 31 March
    longer = january(f"calendar --weeks 8 --as-of {DAY}").out
    assert "党员大会每月一次 2026-03" in longer
    assert "逾期完成" not in longer


def test_the_command_for_one_gathering_names_its_branch_and_works(january: Run):
    january("branch add 二支部 --founded 2026-01-01")
    january("--branch 二支部 member add 钱九 --joined 2010-07-01 --since 2026-01-01")
    found = january(f"calendar --as-of {DAY} --json").json["together"]
    of_branch = {each["subject"]: each["command"] for each in found}
    assert of_branch["机关支部"].startswith("partyctl --branch 1 meeting add members,")
    assert of_branch["二支部"].startswith("partyctl --branch 2 meeting add members,")
    shown = january(f"calendar --as-of {DAY}").out
    assert "→ partyctl --branch 2 meeting add 党员大会,集中学习" in shown

    command = of_branch["二支部"].removeprefix("partyctl ")
    january(command.replace("--on …", f"--on {DAY}").replace(" …", " 钱九"))
    after = january(f"calendar --as-of {DAY} --json").json["together"]
    assert [each["subject"] for each in after] == ["机关支部"]


def test_one_gathering_for_what_the_same_people_owe_together(january: Run):
    found = january(f"calendar --as-of {DAY} --weeks 8 --json").json
    assert [(each["by"], each["kinds"]) for each in found["together"]] == [
        ("2026-02-28", ["members", "study", "theme-day", "lecture", "org-life"]),
        ("2026-03-31", ["members", "study", "theme-day"]),
    ]
    first = found["together"][0]
    assert first["subject"] == "机关支部"
    assert first["command"].startswith("partyctl meeting add members,study,theme-day,lecture,org-l")
    kinds = ",".join(first["kinds"])
    january(
        f"meeting add {kinds} --on 2026-02-12 --chair 张三 --lecturer 张三 --notified 2026-02-01"
    )
    after = january("calendar --as-of 2026-02-12 --weeks 2 --json").json
    assert after["together"] == []
    assert not {"members-meeting", "study-session", "party-lecture"} & {
        each["rule"] for each in after["obligations"]
    }


def test_what_is_to_come_is_asked_for_as_of_its_own_time(january: Run):
    found = january(f"calendar --as-of {DAY} --weeks 53 --json").json
    later = [each for each in found["obligations"] if each["due"] > "2026-03-31"]
    assert {each["status"] for each in later} == {"due"}
    assert not any("--makes-up" in each["remedy"] for each in later)
    months = [each["period"] for each in later if each["rule"] == "members-meeting"]
    assert months == [*(f"2026-{n:02d}" for n in range(4, 13)), "2027-01"]
    assert "dues-lapse" not in {each["rule"] for each in later}


def test_an_event_for_each_duty_with_its_alarms(january: Run):
    found = events(f"calendar export --ics --as-of {DAY}")
    meeting = found["党员大会每月一次 2026-02 · 机关支部"]
    assert meeting.decoded("dtstart") == date(2026, 2, 28)
    assert meeting["status"] == "CONFIRMED"
    alarms = sorted(alarm.decoded("trigger") for alarm in meeting.walk("VALARM"))
    assert alarms == [timedelta(days=-days, hours=9) for days in (7, 2, 0)]
    assert "支部·二(一)1" in meeting["description"]
    assert "partyctl meeting add 党员大会 --on" in meeting["description"]
    assert "党员大会每月一次 2027-01 · 机关支部" in found
    assert "党员大会每月一次 2027-03 · 机关支部" not in found
    fewer = events()
    assert "党员大会每月一次 2026-04 · 机关支部" not in fewer
    assert len(fewer) < len(found)


def test_the_alarms_follow_the_ladder_that_was_set(january: Run):
    january("rules set members-meeting --remind 3 --from 2026-01-01 --reason 支部要求")
    alarms = events()["党员大会每月一次 2026-02 · 机关支部"].walk("VALARM")
    assert [alarm.decoded("trigger") for alarm in alarms] == [timedelta(days=-3, hours=9)]


def test_an_event_keeps_its_name_and_is_cancelled_when_the_duty_is_met(january: Run):
    summary = "党员大会每月一次 2026-02 · 机关支部"
    before = events()[summary]
    january("meeting add members --on 2026-02-10 --chair 张三 --notified 2026-02-01")
    after = events()[summary]
    assert after["uid"] == before["uid"]
    assert after["status"] == "CANCELLED"
    assert after.walk("VALARM") == []
    assert after["sequence"] > before["sequence"]
    january("meeting void 4 --reason 误登")
    assert events()[summary]["status"] == "CONFIRMED"


def test_a_duty_of_many_people_is_one_event_cancelled_when_the_last_has_done_it(january: Run):
    before = events()["党费每月按时交纳 2026-02 · 3 人"]
    assert "张三、李四、王五" in before["description"]
    january("dues pay 张三 --month 2026-02 --amount 10 --on 2026-02-05")
    january("dues pay 李四 --month 2026-02 --amount 10 --on 2026-02-05")
    left = events()["党费每月按时交纳 2026-02 · 王五"]
    assert (left["uid"], left["status"]) == (before["uid"], "CONFIRMED")
    january("dues pay 王五 --month 2026-02 --amount 10 --on 2026-02-05")
    done = events()["党费每月按时交纳 2026-02 · 3 人"]
    assert (done["uid"], done["status"]) == (before["uid"], "CANCELLED")


def test_a_deadline_that_moves_moves_its_event(branch: Run):
    branch("rectify add 学习不深入 --owner 张三 --due 2026-03-10 --on 2026-02-01")
    (first,) = (e for name, e in events().items() if "学习不深入" in name)
    branch("rectify edit 1 --due 2026-03-20")
    (second,) = (e for name, e in events().items() if "学习不深入" in name)
    assert second["uid"] == first["uid"]
    assert second.decoded("dtstart") == date(2026, 3, 20)


def test_each_delay_of_an_opinion_has_its_own_event(branch: Run):
    """Before a fix, two duties of a case under one rule shared an event: the second was missing."""

    def delays(as_of: str) -> list[tuple[str, date, str]]:
        calendar = icalendar.Calendar.from_ical(
            exported(f"calendar export --ics --months 2 --as-of {as_of}")
        )
        found = [e for e in calendar.walk("VEVENT") if str(e["summary"]).startswith("延期的意见")]
        return [(str(e["uid"]), e.decoded("dtstart"), e["status"]) for e in found]

    branch("opinion add 收费 --received 2026-03-02 --class complex --from 何群众")
    branch("opinion delay 1 --reason 需商定 --until 2026-03-20 --on 2026-03-04")
    ((first, *_),) = delays("2026-03-10")
    branch("opinion delay 1 --reason 仍需商定 --until 2026-04-20 --on 2026-03-21")
    both = delays("2026-03-25")
    second = both[1][0]
    assert both == [
        (first, date(2026, 3, 20), "CONFIRMED"),
        (second, date(2026, 4, 20), "CONFIRMED"),
    ]
    assert second != first
    branch("opinion settle 1 --on 2026-03-28 --told")
    assert [(uid, status) for uid, _, status in delays("2026-03-30")] == [
        (first, "CANCELLED"),
        (second, "CANCELLED"),
    ]


def test_the_same_ledger_on_the_same_day_gives_the_same_bytes(january: Run):
    line = f"calendar export --ics --months 2 --as-of {DAY}"
    assert exported(line) == exported(line)
    assert all(len(each) <= 75 for each in exported(line).split(b"\r\n"))


def test_of_one_person_own_duties_and_those_answered_for(january: Run):
    own = events(f"calendar export --ics --months 1 --for 王五 --as-of {DAY}")
    assert all("王五" in summary for summary in own)
    assert "党费每月按时交纳 2026-02 · 王五" in own
    secretary = events(f"calendar export --ics --months 1 --for 张三 --as-of {DAY}")
    assert "党员大会每月一次 2026-02 · 机关支部" in secretary
    organization = events(f"calendar export --ics --months 1 --for 李四 --as-of {DAY}")
    assert "党费每月按时交纳 2026-02 · 李四" in organization
    assert "党费每月按时交纳 2026-02 · 2 人" in organization
    assert "集中学习每月至少一次 2026-02 · 机关支部" not in organization
    unknown = outcome(["calendar", "export", "--ics", "--for", "没有人"])
    assert unknown.code == 4
    assert "党员名册里没有“没有人”" in unknown.err


def test_an_events_command_is_in_the_readers_language(january: Run, monkeypatch):
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    every = "\n".join(str(event["description"]) for event in events().values())
    assert "partyctl meeting add members --on" in every
    monkeypatch.setenv("PARTYCTL_LANG", "")
    every = "\n".join(str(event["description"]) for event in events().values())
    assert "partyctl meeting add 党员大会 --on" in every
    assert "meeting add members" not in every


def test_hostile_names_stay_text(branch: Run):
    branch("rectify add $'a\\nEND:VEVENT;b,c\\\\d' --owner 张三 --due 2026-03-10 --on 2026-02-01")
    branch("rectify add 'x;y,z\\n\\' --owner 张三 --due 2026-03-10 --on 2026-02-01")
    assert any("x;y,z\\n\\" in summary for summary in events())


# khal, a calendar program for terminals, opens the file


@pytest.fixture
def khal(tmp_path: Path) -> Callable[..., str]:
    """A function that runs khal; each test has a separate khal calendar."""
    settings = tmp_path / "khal.conf"
    (tmp_path / "vdir").mkdir()
    settings.write_text(
        f"[calendars]\n[[duties]]\npath = {tmp_path / 'vdir'}\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n"
        "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        "local_timezone = Asia/Shanghai\ndefault_timezone = Asia/Shanghai\n"
        "[default]\ndefault_calendar = duties\n"
    )

    def khal(*args: Any) -> str:
        program = "import sys; from khal.cli import main_khal; sys.exit(main_khal())"
        done = subprocess.run(
            [sys.executable, "-c", program, "-c", str(settings), *map(str, args)],
            env=os.environ | {"HOME": str(tmp_path), "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return khal


@pytest.mark.long
def test_khal_opens_it_and_learns_what_was_met(january: Run, khal, tmp_path: Path):
    file = tmp_path / "duties.ics"
    listing = ("list", "--format", "{start-date} {title}|{status}|{alarm-symbol}", "2026-02-28")
    for met in (False, True):
        if met:
            january("meeting add members --on 2026-02-10 --chair 张三 --notified 2026-02-01")
        file.write_bytes(exported(f"calendar export --ics --months 1 --as-of {DAY}"))
        khal("import", "--batch", file)
        shown = khal(*listing, "1d").splitlines()
        (line,) = (each for each in shown if "党员大会每月一次 2026-02" in each)
        assert line.startswith("2026-02-28 党员大会每月一次 2026-02 · 机关支部")
        assert ("CANCELLED" in line) is met, line
