"""Run `remind` on Windows: write a task for Task Scheduler as XML.

The elements are in the order that Microsoft's specification requires (MS-TSCH, 2.5). Non-ASCII
characters are written as numbers, so that Windows reads the file correctly in any encoding.
"""

import subprocess
from collections.abc import Mapping
from pathlib import PureWindowsPath
from xml.sax.saxutils import escape

from partyctl.reminders.schedule import Times

SINCE = "2026-01-01"
"""A start day in the past, from which the task counts its intervals."""

OUTLINE = """\
<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>partyctl remind{settings}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <Enabled>true</Enabled>
      <StartBoundary>{since}T{start}</StartBoundary>
{repetition}      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT10M</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{command}</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"""

REPETITION = """\
      <Repetition>
        <Interval>{every}</Interval>
        <Duration>{during}</Duration>
      </Repetition>
"""


def task(args: list[str], times: Times, environment: Mapping[str, str]) -> str:
    """Return the task as XML.

    The description lists the environment variables, because a task cannot set them.
    """
    settings = "".join(f"; setx {name} {value}" for name, value in environment.items())
    repetition = times.every and REPETITION.format(every=times.every, during=times.during)
    text = OUTLINE.format(
        settings=escape(settings),
        since=SINCE,
        start=times.start,
        repetition=repetition,
        command=escape(_without_a_window(args[0])),
        arguments=escape(subprocess.list2cmdline(args[1:])),
    )
    return text.encode("ascii", "xmlcharrefreplace").decode()


def _without_a_window(python: str) -> str:
    """Return the path of `pythonw.exe`, which opens no console window, in place of `python.exe`.

    Python for Windows always includes `pythonw.exe`. The path of any other program is unchanged.
    """
    path = PureWindowsPath(python)
    return str(path.with_name("pythonw.exe")) if path.name.lower() == "python.exe" else python
