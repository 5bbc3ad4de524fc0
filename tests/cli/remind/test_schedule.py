"""R-26, R-25: the lines that `partyctl schedule` writes, read as cron and systemd read them."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from partyctl.errors import BadUsage
from partyctl.reminders import schedule
from tests.cli.conftest import digest
from tests.conftest import Run
from tests.support.argument_vectors import put_crontab
from tests.support.command_tree import commands
from tests.support.processes import BARE, SOURCE
from tests.support.waiting import PATIENCE

pytestmark = pytest.mark.dated

NAMES = (
    "ledger",
    "有 空格",
    "50% 完成",
    "it's",
    'a "b" c',
    "$HOME `id`",
    "back\\slash",
    "a%%b;c&d",
    "\\%",
    "#",
    "~",
    "*?[x]",
    "'\"'\"'",
    "𠮷",
)
TELL = "#!{python}\nimport json, os, sys\nprint(json.dumps([sys.argv[1:], dict(os.environ)]))\n"


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a `crontab` program for tests first on the PATH; return the file that it writes."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    return put_crontab(tmp_path / "bin")


@pytest.fixture
def teller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An interpreter with a name that is hard to quote; it prints its arguments."""
    path = tmp_path / "in $ter %pret's" / "python"
    path.parent.mkdir()
    path.write_text(TELL.format(python=sys.executable))
    path.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(path))
    return path


def as_cron_runs(line: str) -> subprocess.CompletedProcess[bytes]:
    """Run a crontab line's command, which follows five fields and has a backslash before each `%`."""
    *fields, command = line.split(" ", 5)
    assert len(fields) == 5
    told, rest = "", command
    while "%" in rest:
        before, _, rest = rest.partition("%")
        assert before.endswith("\\"), "the rest would be standard input"
        told += before[:-1] + "%"
    return subprocess.run(
        ["/bin/sh", "-c", told + rest],
        env={"HOME": "/nonexistent", "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "LANG": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.mark.parametrize("name", NAMES)
def test_cron_hands_over_every_argument_as_it_is(
    name: str, teller: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    ledger, config = tmp_path / name / "l.db", tmp_path / f"{name}.toml"
    args = schedule.command(ledger, config)
    done = as_cron_runs(schedule.cron_line(args, schedule.OFFICE_HOURS))
    given, environment = json.loads(done.stdout)
    assert given == args[1:]
    assert given[2:4] == ["--ledger", str(ledger)]
    assert given[-2:] == ["--config", str(config)]
    assert environment["PARTYCTL_LANG"] == "en"


@pytest.mark.parametrize("name", NAMES)
def test_systemd_hands_over_every_argument_as_it_is(name: str, teller: Path, tmp_path: Path):
    args = schedule.command(tmp_path / name / "l.db", tmp_path / f"{name}.toml")
    service = schedule.units(args, schedule.OFFICE_HOURS)["partyctl-remind.service"]
    (line,) = (each for each in service.splitlines() if each.startswith("ExecStart="))
    assert as_systemd_reads(line.removeprefix("ExecStart=")) == args


def as_systemd_reads(line: str) -> list[str]:
    """The words of a command in a systemd unit, unquoted by the rules of systemd.service(5)."""
    found, word, rest = [], "", iter(line)
    is_inside = False
    for character in rest:
        if character == '"':
            is_inside = not is_inside
            if not is_inside:
                found.append(word.replace("%%", "%").replace("$$", "$"))
                word = ""
        elif character == "\\":
            word += next(rest)
        elif is_inside:
            word += character
        else:
            assert character == " "
    return found


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_itself_takes_the_units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    args = schedule.command(tmp_path / "50% $x" / "l.db", tmp_path / "c.toml")
    for times in (schedule.OFFICE_HOURS, schedule.daily_at(8, 5)):
        for name, text in schedule.units(args, times).items():
            (tmp_path / name).write_text(text)
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", str(tmp_path / "partyctl-remind.timer")],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert "partyctl-remind" not in done.stderr, done.stderr


@pytest.mark.parametrize("name", ["a\nb", "a\rb", "a\x00b", "a\u2028b", "a\x1bb"])
def test_a_line_break_is_refused(name: str, tmp_path: Path):
    for ledger, config in ((name, "c"), ("l", name)):
        with pytest.raises(BadUsage):
            schedule.command(tmp_path / ledger, tmp_path / config)


def test_it_prints_for_either_and_changes_nothing(branch: Run, ledger: Path, spool: Path):
    line = branch("schedule print --cron").out
    assert line.startswith("*/15 8-18 * * * /")
    assert f"--ledger {ledger} remind --scheduled --config /" in line
    assert branch("schedule print --cron --at 08:30").out.startswith("30 8 * * * ")
    units = branch("schedule print --systemd --at 8:05").out
    assert "OnCalendar=*-*-* 08:05:00\nPersistent=true" in units
    assert "systemctl --user enable --now partyctl-remind.timer" in units
    assert not spool.exists()
    for wrong in ("25:00", "8", "8:60"):
        assert f"时间“{wrong}”读不出来" in branch(f"schedule print --at {wrong}", code=2).err
    assert (
        "--cron、--systemd、--windows 选一个"
        in branch("schedule print --cron --systemd", code=2).err
    )


OTHERS = "MAILTO=clerk\n# 每天备份\n0 3 * * * /usr/bin/true  # a%b\r\n\n@reboot x"


def test_installing_touches_nothing_but_its_own_block_and_keeps_what_was_there(
    branch: Run, ledger: Path, spool: Path, tmp_path: Path
):
    spool.write_text(OTHERS, newline="")
    said = branch("schedule install")
    kept = list((tmp_path / "state" / "partyctl" / "crontabs").iterdir())
    assert [each.read_bytes() for each in kept] == [OTHERS.encode()]
    assert kept[0].stat().st_mode & 0o777 == 0o600
    assert str(kept[0]) in said.out
    block = spool.read_bytes().decode().removeprefix(f"{OTHERS}\n").splitlines()
    assert (block[0], block[2]) == (
        f"# >>> partyctl remind {ledger}",
        f"# <<< partyctl remind {ledger}",
    )
    assert block[1] in branch("schedule show").out

    before = digest(spool)
    assert branch("schedule install --json").json == {"ok": True, "backup": None}
    assert digest(spool) == before  # installing it again changes nothing

    branch("schedule install --at 8:30")
    assert spool.read_text().count("partyctl remind") == 2
    assert "30 8 * * *" in spool.read_text()
    with spool.open("a") as file:
        file.write("1 1 * * * later\n")
    branch("schedule remove")
    assert spool.read_bytes().decode() == f"{OTHERS}\n1 1 * * * later\n"
    assert branch("schedule show --json").json["installed"] is False
    assert "partyctl schedule install" in branch("schedule show").out


@pytest.mark.usefixtures("spool")
def test_in_english_show_names_the_command_that_installs(
    branch: Run, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    assert branch("schedule show").out.splitlines()[0] == (
        "Not installed: partyctl schedule install"
    )


def test_what_is_no_utf_8_in_a_crontab_stays(branch: Run, spool: Path):
    spool.write_bytes(b"# \xc4\xe3\xba\xc3\n")
    branch("schedule install")
    branch("schedule remove")
    assert spool.read_bytes() == b"# \xc4\xe3\xba\xc3\n"


def test_two_ledgers_have_a_block_each(
    branch: Run, ledger: Path, spool: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    branch("schedule install")
    shutil.copytree(ledger.parent, tmp_path / "other")
    other = tmp_path / "other" / ledger.name
    branch(f"--ledger {other} schedule install")
    assert spool.read_text().count(">>> partyctl remind") == 2
    branch("schedule remove")
    assert str(other) in spool.read_text()
    assert f"remind {ledger}\n" not in spool.read_text()


def test_marks_that_do_not_pair_are_left_alone(branch: Run, ledger: Path, spool: Path, refused):
    spool.write_text(f"# >>> partyctl remind {ledger}\n0 0 * * * mine\n")
    before = digest(spool)
    for verb in ("install", "remove"):
        assert "不成对" in refused(f"schedule {verb}", 5)
    assert digest(spool) == before


def test_without_cron_it_points_to_systemd(
    branch: Run, refused, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "schedule print --systemd" in refused("schedule install", 73)


def test_a_crontab_that_refuses_is_said(branch: Run, spool: Path, refused):
    for line in ("echo 'you are not allowed to use this program' >&2; exit 1", "exit 3"):
        (spool.parent / "crontab").write_text(f"#!/bin/sh\n{line}\n")
        assert "crontab 不肯" in refused("schedule install", 73)


def test_a_schedule_that_does_not_run_is_said_by_every_command(
    branch: Run, spool: Path, ledger: Path
):
    branch("schedule install")
    assert branch("member list").err == ""
    assert branch("schedule show --json").json["stale"] is False
    _set_back(ledger, timedelta(days=4))
    assert "提醒任务已 4 天没有运行：partyctl schedule show" in branch("member list").err
    assert branch("schedule show --json").json["stale"] is True
    doctor = {each["name"]: each for each in branch("doctor --json").json["findings"]}
    assert (doctor["提醒"]["state"], doctor["提醒"]["remedy"]) == (
        "warning",
        "partyctl schedule show",
    )
    branch("remind --scheduled --as-of 2026-01-10")
    assert branch("member list").err == ""
    _set_back(ledger, timedelta(days=4))
    branch("schedule remove")
    assert branch("member list").err == ""


def _set_back(ledger: Path, by: timedelta) -> None:
    from partyctl.ledger.writing import outbox

    moment = (datetime.now(UTC) - by).isoformat(timespec="seconds")
    with outbox.opened(ledger) as opened:
        opened.execute("UPDATE reminder_run SET at = ?, scheduled_at = ?", (moment, moment))


# the command is started as cron starts it


@pytest.fixture
def by_cron(ledger: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run the scheduled command with almost no environment and no terminal, as cron does."""

    def by_cron(redirected: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
        args = schedule.command(ledger, ledger.parent / "none.toml")
        command = " ".join(["exec", '"$@"', redirected])
        done = subprocess.run(
            ["/bin/sh", "-c", command, "sh", *args],
            env={**BARE, "HOME": str(ledger.parent), "PYTHONPATH": SOURCE, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        assert b"Traceback" not in done.stderr
        return done

    return by_cron


def test_in_crons_environment_it_speaks_once_in_utf_8(january: Run, by_cron):
    january("member add 𠮷三 --joined 2020-07-01")
    first = by_cron(LANG="C")
    assert first.returncode == 0, first.stderr
    assert "党务提醒" in first.stdout.decode()
    second = by_cron(LC_ALL="POSIX", PYTHONIOENCODING="gbk")
    assert (second.returncode, second.stdout, second.stderr) == (0, b"", b"")


def test_with_its_output_closed_or_full_nothing_counts_as_sent(january: Run, by_cron):
    if Path("/dev/full").exists():
        assert by_cron(">/dev/full").returncode == 73
        waiting = january("remind status --json").json
        assert (waiting["queued"], waiting["dead"]) == (1, 0)
        # a minute must pass before the next attempt
        assert by_cron(PYTHONIOENCODING="ascii").stdout == b""
    closed = by_cron("<&- >&-")
    assert closed.returncode in (0, 69)


def test_the_settings_file_of_a_schedule_is_the_one_of_the_reminders():
    helps = {
        parameter.help
        for command in commands()
        for parameter in command.parameters
        if command.typed[:1] in (("remind",), ("schedule",)) and parameter.name == "config"
    }
    assert len(helps) == 1, helps
