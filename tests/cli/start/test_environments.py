"""R-25, R-08: empty environments, closed streams, other encodings, other time zones."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.support.forking import ready_for_all
from tests.support.in_process import complaints
from tests.support.processes import BARE, partyctl

RARE = "𠮷永"


@pytest.fixture
def env(january, ledger: Path) -> dict[str, str]:
    """An environment whose only setting is the path of a ledger with January's records."""
    return BARE | {"PARTYCTL_LEDGER": str(ledger)}


@pytest.mark.long
def test_a_home_is_all_that_a_first_month_needs(tmp_path: Path):
    home = BARE | {"HOME": str(tmp_path)}
    lines = {
        "init --organ 市某局党组 --branch 机关支部 --since 2026-01-01": 0,
        "member add 张三 --joined 2010-07-01 --post branch-secretary": 0,
        "meeting add members --on 2026-01-12 --chair 张三": 0,
        "check --month 2026-01": 3,
        "status": 0,
    }
    for line, code in lines.items():
        done = partyctl(line, home, fresh=True)
        assert (done.returncode, done.stderr) == (code, b""), line
        assert done.stdout.decode()
    assert (tmp_path / ".local" / "share" / "partyctl" / "ledger.db").is_file()


def test_without_a_home_the_ledger_that_is_named_is_found(env: dict[str, str], ledger: Path):
    for line in ("member list", "staff add 周讲师"):
        assert partyctl(line, env).returncode == 0
        assert partyctl(f"--ledger {ledger} {line}").returncode == 0
    # without HOME, this reads the real ledger of the user who runs the tests, if there is one
    partyctl("status")


@pytest.mark.sweep(4)
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("check --month 2026-02 --as-of 2026-03-31", 3),
        ("member list --json", 0),
        ("staff add 周讲师", 0),
        ("staff add", 2),
        ("member show 没有人", 4),
        ("batch -", 0),
        ("member add 赵六 --joined 2020-07-01 --id-number -", 2),
    ],
)
def test_closed_streams_change_neither_the_exit_code_nor_the_ledger(
    env: dict[str, str], ledger: Path, closed: str, line: str, code: int
):
    assert partyctl(line, env, redirected=closed).returncode == code
    assert complaints(ledger) == []
    with sqlite3.connect(ledger) as connection:
        written = connection.execute("SELECT count(*) FROM staff").fetchone()
    connection.close()
    assert written == (1 if line == "staff add 周讲师" else 0,)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_output_that_cannot_be_written_is_told_and_what_cannot_be_told_keeps_its_code(
    env: dict[str, str],
):
    for line in ("rules list", "member list", "check --month 2026-01 --json", "status"):
        done = partyctl(line, env, redirected=">/dev/full")
        assert (done.returncode, done.stderr[:9]) == (73, "错误：".encode()), line
    assert partyctl("member show 没有人", env, redirected="2>/dev/full").returncode == 4
    assert partyctl("staff add", env, redirected=">/dev/full 2>/dev/full").returncode == 2


ENCODINGS = {
    "a console in GBK": {"PYTHONIOENCODING": "gbk"},
    "a console in ASCII": {"PYTHONIOENCODING": "ascii"},
    "a strict console": {"PYTHONIOENCODING": "latin-1:strict"},
    "LANG=C": {"LANG": "C"},
    "LC_ALL=C": {"LC_ALL": "C"},
    "LC_ALL=POSIX": {"LC_ALL": "POSIX", "LANG": "zh_CN.GB18030"},
    "nothing but ASCII": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.mark.sweep(1)
@pytest.mark.parametrize("encoding", ENCODINGS.values(), ids=ENCODINGS)
def test_no_encoding_stops_a_command_on_a_rare_character(
    january, env: dict[str, str], ledger: Path, encoding: dict[str, str]
):
    january(f"member add {RARE} --joined 2020-07-01")
    lines = {
        "member list": 0,
        "member show #4": 0,
        "check --month 2026-02 --as-of 2026-03-31": 3,
        "dues pay #4 --month 2020-01 --amount 10": 5,
    }
    for line, code in lines.items():
        done = partyctl(line, env | encoding)
        assert done.returncode == code, (line, done.stderr)
    typed = partyctl(f"member show {RARE}", env | encoding)
    assert typed.returncode == (2 if encoding.get("PYTHONUTF8") == "0" else 0)


@pytest.mark.sweep(1)
@pytest.mark.parametrize("encoding", ENCODINGS.values(), ids=ENCODINGS)
def test_json_for_a_program_is_utf_8_whatever_the_console_is(
    january, env: dict[str, str], encoding: dict[str, str]
):
    january(f"member add {RARE} --joined 2020-07-01")

    listed = partyctl("member list --json", env | encoding).stdout.decode()
    owed = partyctl("check --month 2026-02 --as-of 2026-03-31 --json", env | encoding).stdout

    assert json.loads(listed)[-1]["name"] == RARE
    assert RARE in {each["subject"]["name"] for each in json.loads(owed)["obligations"]}


AT = """
import datetime
from partyctl.cli.input import dates
from partyctl.cli.start import main

class Clock(datetime.datetime):
    @classmethod
    def now(cls, zone=None):
        return cls.fromisoformat("{instant}").astimezone(zone)

dates.datetime = Clock
main.main()
"""
ZONES = ("UTC", "Asia/Shanghai", "Asia/Urumqi", "America/New_York", "Pacific/Kiritimati")


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-02-28T15:59:59+00:00", "2026-02-28"),
        ("2026-02-28T16:00:00+00:00", "2026-03-01"),
        ("2026-12-31T15:59:59+00:00", "2026-12-31"),
        ("2026-12-31T16:00:00+00:00", "2027-01-01"),
        ("2028-02-29T15:59:59+00:00", "2028-02-29"),
        ("2028-02-29T16:00:00+00:00", "2028-03-01"),
    ],
)
def test_the_day_is_that_of_china_wherever_the_computer_stands(
    env: dict[str, str], instant: str, day: str
):
    told = set()
    for zone in ZONES:
        program, there = AT.format(instant=instant), env | {"TZ": zone}
        done = ready_for_all().run(program, ["check", "--json"], there)
        assert done.returncode in (0, 3), done.stderr.decode()
        told.add(done.stdout)
    assert [json.loads(each)["as_of"] for each in told] == [day]
