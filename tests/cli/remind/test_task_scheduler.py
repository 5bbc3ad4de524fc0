"""`schedule print --windows`: the XML for Task Scheduler, read by the rules of MS-TSCH 2.5.

The tests run without Windows: Python's XML parser reads the file, and a function of the tests
splits the arguments by the rules of CommandLineToArgvW.
"""

import sys
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest

from partyctl.reminders import crontab, schedule, task_scheduler
from tests.conftest import Run

pytestmark = pytest.mark.dated

SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
NAMES = (
    r"C:\台账\ledger.db",
    r"C:\Program Files\有 空格" + "\\",
    'a "b" c',
    r"\\server\share\a\"b",
    "50% & <完成> 'x'",
    "𠮷",
    "",
)
IN_ORDER = {
    "CalendarTrigger": ("Enabled", "StartBoundary", "EndBoundary", "Repetition", "ScheduleByDay"),
    "Repetition": ("Interval", "Duration", "StopAtDurationEnd"),
}
"""The child elements that must be in this order; the order of all other elements is free."""

KNOWN = {
    "Task": {"RegistrationInfo", "Triggers", "Settings", "Data", "Principals", "Actions"},
    "RegistrationInfo": {"Description"},
    "Triggers": {"CalendarTrigger"},
    "ScheduleByDay": {"DaysInterval"},
    "Principals": {"Principal"},
    "Principal": {"UserId", "LogonType", "RunLevel"},
    "Settings": {
        "MultipleInstancesPolicy",
        "DisallowStartIfOnBatteries",
        "StopIfGoingOnBatteries",
        "StartWhenAvailable",
        "ExecutionTimeLimit",
    },
    "Actions": {"Exec"},
    "Exec": {"Command", "Arguments", "WorkingDirectory"},
}


def as_windows_reads(line: str) -> list[str]:
    """The arguments in a Windows command line, split by the rules of CommandLineToArgvW."""
    words: list[str] = []
    word, is_inside, is_open, place = "", False, False, 0
    while place < len(line):
        slashes = len(line[place:]) - len(line[place:].lstrip("\\"))
        place += slashes
        if line[place : place + 1] == '"':
            word += "\\" * (slashes // 2)
            if slashes % 2:
                word += '"'
            else:
                is_inside, is_open = not is_inside, True
            place += 1
            continue
        word += "\\" * slashes
        is_open = is_open or bool(slashes)
        if place < len(line):
            if line[place] in " \t" and not is_inside:
                if is_open:
                    words.append(word)
                word, is_open = "", False
            else:
                word, is_open = word + line[place], True
            place += 1
    return [*words, word] if is_open else words


def task(args: list[str], times: schedule.Times = schedule.OFFICE_HOURS, **environment: str):
    return ElementTree.fromstring(task_scheduler.task(args, times, environment))


def told(root: ElementTree.Element, path: str) -> str | None:
    return root.findtext("/".join(f"{SPACE}{name}" for name in path.split("/")))


@pytest.mark.parametrize("names", list(product(NAMES, NAMES)))
def test_windows_hands_over_every_argument_as_it_is(names: tuple[str, str]):
    args = [r"C:\Python 3\python.exe", "-m", "partyctl", "--ledger", names[0], "remind", names[1]]
    root = task(args)
    assert as_windows_reads(told(root, "Actions/Exec/Arguments") or "") == args[1:]
    assert told(root, "Actions/Exec/Command") == r"C:\Python 3\pythonw.exe"


def test_another_python_is_started_as_it_is():
    for python in (r"C:\p\pypy.exe", "/usr/bin/python3"):
        assert told(task([python, "-m", "partyctl"]), "Actions/Exec/Command") == python


@pytest.mark.parametrize("times", [schedule.OFFICE_HOURS, schedule.daily_at(8, 5)])
def test_its_parts_are_those_of_the_schema_in_its_order(times: schedule.Times):
    root = task(["python.exe"], times)
    assert (root.tag, root.get("version")) == (f"{SPACE}Task", "1.2")
    for part in root.iter():
        name, inside = part.tag.removeprefix(SPACE), [each.tag.removeprefix(SPACE) for each in part]
        assert len(set(inside)) == len(inside), "each of them once"
        if name in IN_ORDER:
            assert inside == [each for each in IN_ORDER[name] if each in inside]
        else:
            assert set(inside) <= KNOWN.get(name, set()), name
    principal = root.find(f"{SPACE}Principals/{SPACE}Principal")
    actions = root.find(f"{SPACE}Actions")
    assert principal is not None
    assert actions is not None
    assert principal.get("id") == actions.get("Context")
    assert told(root, "Settings/StartWhenAvailable") == "true", (
        "runs missed during sleep must be made up"
    )


def test_the_same_hours_as_cron():
    root = task(["python.exe"])
    assert told(root, "Triggers/CalendarTrigger/StartBoundary") == "2026-01-01T08:00:00"
    assert told(root, "Triggers/CalendarTrigger/Repetition/Interval") == "PT15M"
    assert told(root, "Triggers/CalendarTrigger/Repetition/Duration") == "PT10H46M", "18:45 too"
    daily = task(["python.exe"], schedule.daily_at(8, 5))
    assert told(daily, "Triggers/CalendarTrigger/StartBoundary") == "2026-01-01T08:05:00"
    assert told(daily, "Triggers/CalendarTrigger/Repetition/Interval") is None


def test_the_file_can_be_saved_in_any_encoding():
    args = ["python.exe", "--ledger", r"C:\台账\𠮷.db"]
    text = task_scheduler.task(args, schedule.OFFICE_HOURS, {})
    for encoding in ("utf-8", "utf-8-sig", "gbk", "utf-16"):
        root = ElementTree.fromstring(text.encode(encoding))
        assert told(root, "Actions/Exec/Arguments") == r"--ledger C:\台账\𠮷.db"


def test_it_tells_the_settings_that_a_task_cannot_carry():
    said = told(task(["python.exe"], PARTYCTL_LANG="en"), "RegistrationInfo/Description")
    assert said == "partyctl remind; setx PARTYCTL_LANG en"


def test_the_command_prints_it_and_says_how_to_import_it(
    branch: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys, "executable", r"C:\Python\python.exe")
    done = branch("schedule print --windows --at 8:05")
    root = ElementTree.fromstring(done.out)
    words = as_windows_reads(told(root, "Actions/Exec/Arguments") or "")
    assert words[:4] == ["-m", "partyctl", "--ledger", str(ledger)]
    assert words[4:6] == ["remind", "--scheduled"]
    assert "schtasks /Create /TN partyctl-remind /XML" in done.err
    assert "选一个" in branch("schedule print --windows --cron", code=2).err


def test_without_cron_windows_is_pointed_to_its_own(monkeypatch: pytest.MonkeyPatch):
    assert crontab.instead() == "--systemd"
    monkeypatch.setattr(sys, "platform", "win32")
    assert crontab.instead() == "--windows"
