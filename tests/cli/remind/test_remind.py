"""`partyctl remind` reminds the right people of each item, once on each of its reminder days."""

import errno
import hashlib
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from partyctl.cli.remind import commands as reminding
from partyctl.ledger.file.locking import locked
from partyctl.reminders.running import reason_of
from tests.conftest import Run
from tests.support import ledger_contents as contents

pytestmark = pytest.mark.dated

DIGEST = "党务提醒 2026-02-26"


@pytest.fixture(autouse=True)
def config(ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of the settings file."""
    place = tmp_path / "config" / "reminders.toml"
    monkeypatch.setenv("PARTYCTL_REMINDERS", str(place))
    return place


def set_up(config: Path, text: str) -> None:
    config.parent.mkdir(mode=0o700, exist_ok=True)
    config.write_text(text, encoding="utf-8")
    config.chmod(0o600)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the present moment."""

    def at(moment: str) -> None:
        instant = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        monkeypatch.setattr(reminding, "now", lambda: instant)

    return at


def test_without_a_channel_one_digest_for_the_office_is_printed_and_a_second_run_is_silent(
    january: Run,
):
    printed = january("remind --as-of 2026-02-26")
    assert printed.out.startswith(f"{DIGEST}：")
    assert printed.out.count("党务提醒") == 1
    for told in (
        "党员大会每月一次 2026-02 · 机关支部",
        "依据 支部·二(一)1；期限 2026-02-28，还有 2 天",
    ):
        assert told in printed.out
    assert "办理：partyctl meeting add 党员大会 --on … --chair …" in printed.out
    assert "党费每月按时交纳 2026-02 · 王五" in printed.out

    again = january("remind --as-of 2026-02-26")
    assert (again.out, again.err) == ("", "")


def test_with_nothing_to_say_it_is_silent(run: Run):
    run("init --organ 某局党组 --branch 机关支部 --since 2026-02-01")
    run("rules disable --layer national --from 2026-02-01 --reason 试用 --confirm")
    said = run("remind --as-of 2026-02-02")
    assert (said.out, said.err) == ("", "")


def test_days_later_only_the_latest_rung_passed_is_said(january: Run):
    january("remind --as-of 2026-02-20")
    after_three_days = january("remind --json --as-of 2026-03-01").json
    (digest,) = after_three_days["digests"]
    meetings = [each for each in digest["items"] if each["rule"] == "members-meeting"]
    assert [(each["period"], each["rung"]) for each in meetings] == [("2026-02", 1)]
    assert january("remind --as-of 2026-03-02").out == ""
    assert "党员大会" in january("remind --as-of 2026-03-07").out  # a week over


def test_what_was_done_is_not_spoken_of_and_voided_it_is_spoken_of_again(january: Run):
    january("meeting add members --on 2026-02-20 --chair 张三 --notified 2026-02-10")
    assert "党员大会每月一次" not in january("remind --as-of 2026-02-26").out
    january("meeting void 4 --reason 误登")
    assert "党员大会每月一次" in january("remind --as-of 2026-02-27").out


def test_a_deadline_that_moved_is_spoken_of_anew(branch: Run):
    branch("rectify add 学习不深入 --owner 张三 --due 2026-03-10 --on 2026-02-01")
    assert "整改" in branch("remind --as-of 2026-03-10").out
    branch("rectify edit 1 --due 2026-03-18")
    said = branch("remind --as-of 2026-03-11").out
    assert "期限 2026-03-18，还有 7 天" in said


def test_a_dry_run_says_it_and_writes_nothing(january: Run, ledger: Path):
    before = hashlib.sha256(ledger.read_bytes()).hexdigest()
    told = january("remind --dry-run --as-of 2026-02-26")
    assert DIGEST in told.out
    assert january("remind --dry-run --as-of 2030-01-01 --json").json["digests"][0]["items"]
    assert hashlib.sha256(ledger.read_bytes()).hexdigest() == before
    assert january("remind --as-of 2026-02-26").out != ""
    assert january("remind --dry-run --as-of 2026-02-26").out == ""


def test_a_day_to_come_is_refused(january: Run, refused):
    assert "还没有到" in refused("remind --as-of 2199-01-01", 5)


def test_a_ledger_that_is_not_there_is_said_and_none_is_made(run: Run, ledger: Path):
    assert "没有台账" in run("remind", code=66).err
    assert not ledger.parent.exists()


def test_two_at_once_the_second_leaves_at_once(january: Run, ledger: Path):
    """R-27."""
    with locked(ledger, of="remind"):
        refusal = january("remind --as-of 2026-02-26", code=75)
    assert "partyctl remind" in refusal.err
    assert january("remind --as-of 2026-02-26").out != ""


def test_the_clerks_undo_and_the_journal_know_nothing_of_it(january: Run, ledger: Path):
    january("staff add 周讲师")
    january("remind --as-of 2026-02-26")
    january("journal verify")
    assert "staff" in january("undo").out or january("staff list --json").json[-1]["voided_at"]
    assert contents.report(ledger).ok


def test_the_log_says_in_words_why_nothing_was_printed():
    assert reason_of(BrokenPipeError(errno.EPIPE, "Broken pipe")) == "读输出的程序已经退出"
    assert reason_of(TimeoutError()) == "对方没有应答"


# Channels that are files


FILES = """
[channels.folder]
kind = "file"
folder = "out"

[channels.notes]
kind = "file"
folder = "out"
format = "markdown"

[channels.desk]
kind = "desktop"
folder = "desk"

[recipients.office]
folder = true
desk = true

[recipients.secretary]
notes = true
"""


def test_files_are_named_by_day_and_recipient_and_are_the_owners_only(january: Run, config: Path):
    set_up(config, FILES)
    assert january("remind --as-of 2026-02-26").out == ""
    out = config.parent / "out"
    assert sorted(each.name for each in out.iterdir()) == [
        "2026-02-26-office.html",
        "2026-02-26-secretary.md",
    ]
    page = (out / "2026-02-26-office.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "partyctl meeting add 党员大会" in page
    assert (
        "- **党员大会每月一次 2026-02 · 机关支部**" in (out / "2026-02-26-secretary.md").read_text()
    )
    assert (config.parent / "desk" / "党务提醒.html").read_text(encoding="utf-8") == page.replace(
        *_references(page, (config.parent / "desk" / "党务提醒.html").read_text(encoding="utf-8"))
    )
    assert all(each.stat().st_mode & 0o777 == 0o600 for each in out.iterdir())


def _references(one: str, other: str) -> tuple[str, str]:
    found = [re.search("编号 ([0-9a-f]{12})", page) for page in (one, other)]
    assert all(found)
    return found[0][1], found[1][1]


def test_what_a_name_holds_does_no_harm_in_a_page(branch: Run, config: Path):
    set_up(config, FILES)
    branch("rectify add '<b>学习</b>&*不深入*' --owner 张三 --due 2026-03-10 --on 2026-02-01")
    branch("remind --as-of 2026-03-10")
    out = config.parent / "out"
    assert "&lt;b&gt;学习&lt;/b&gt;&amp;*不深入*" in (out / "2026-03-10-office.html").read_text()
    assert r"\<b\>学习\</b\>&\*不深入\*" in (out / "2026-03-10-secretary.md").read_text()


def test_a_channel_that_fails_leaves_69_is_tried_again_and_becomes_a_dead_letter(
    january: Run, config: Path, at, monkeypatch: pytest.MonkeyPatch
):
    set_up(config, FILES)
    (config.parent / "out").write_text("in the way")
    moment = datetime(2026, 2, 26, 1, 0, tzinfo=UTC)
    at(moment.isoformat())
    failed = january("remind --as-of 2026-02-26", code=69)
    assert "提醒仍在排队" in failed.err
    assert "partyctl remind test folder" in failed.err
    status = january("remind status --json").json
    assert (status["queued"], status["dead"]) == (2, 0)
    for wait in (1, 5, 30, 120):
        assert january("member list").err == ""
        moment += timedelta(minutes=wait)
        at((moment - timedelta(seconds=1)).isoformat())
        january("remind --as-of 2026-02-26")
        at(moment.isoformat())
        said = january("remind --as-of 2026-02-26", code=69).err
        assert "提醒渠道 notes 没有送出" in said
        assert ("提醒仍在排队" in said) is (wait < 120)
    assert said.count("已经 5 次没有送出，以后每天再试一次。") == 2
    listed = {each["channel"]: each for each in january("remind log --json").json}
    assert {name: (each["state"], each["attempts"]) for name, each in listed.items()} == {
        "folder": ("dead", 5),
        "notes": ("dead", 5),
        "desk": ("sent", 1),
    }
    status = january("remind status --json").json
    assert (status["queued"], status["dead"]) == (0, 2)

    # Every command that opens the ledger reports the unsent reminders, except `remind`, which sends
    # them again later.
    for line in ("member list", "status --json", "staff add 周讲师"):
        assert "2 份提醒多次没有送出：partyctl remind log" in january(line).err
    assert january("remind --as-of 2026-02-26").err == ""
    doctor = {each["name"]: each for each in january("doctor --json").json["findings"]}
    assert doctor["提醒"]["state"] == "warning"
    assert doctor["提醒"]["remedy"] == "partyctl remind log"

    at((moment + timedelta(hours=20)).isoformat())
    with monkeypatch.context() as english:
        english.setenv("PARTYCTL_LANG", "en")
        said = january("remind --as-of 2026-02-26", code=69).err
    assert "It failed 6 times; from now on, partyctl tries once a day." in said
    (config.parent / "out").unlink()
    at((moment + timedelta(hours=40)).isoformat())
    january("remind --as-of 2026-02-26")
    assert (config.parent / "out" / "2026-02-26-office.html").exists()
    assert january("member list").err == ""


def test_after_an_outage_each_duty_is_said_once_at_its_latest_rung(january: Run, config: Path, at):
    set_up(config, FILES)
    (config.parent / "out").write_text("in the way")
    for day in ("2026-02-21", "2026-02-26", "2026-02-28"):
        at(f"{day}T01:00:00")
        assert "提醒渠道 notes 没有送出" in january(f"remind --as-of {day}", code=69).err
    (config.parent / "out").unlink()
    at("2026-03-01T01:00:00")
    january("remind --as-of 2026-03-01")
    pages = sorted((config.parent / "out").glob("*-office.html"))
    said = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert said.count("党员大会每月一次 2026-02") == 1
    assert "期限 2026-02-28，已过 1 天" in said


def test_what_was_settled_while_it_waited_is_not_sent(january: Run, config: Path, at):
    set_up(config, FILES)
    (config.parent / "out").write_text("in the way")
    at("2026-02-26T01:00:00")
    assert "提醒渠道 notes 没有送出" in january("remind --as-of 2026-02-26", code=69).err
    (config.parent / "out").unlink()
    january("meeting add members --on 2026-02-26 --chair 张三 --notified 2026-02-20")
    at("2026-02-26T02:00:00")
    january("remind --as-of 2026-02-26")
    page = (config.parent / "out" / "2026-02-26-office.html").read_text(encoding="utf-8")
    assert "党员大会每月一次" not in page
    assert "支委会每月一次" in page


def test_a_clock_set_back_plans_nothing_until_it_is_trusted(january: Run, at):
    at("2027-02-20T01:00:00")
    january("remind --as-of 2026-02-20")
    at("2026-02-26T01:00:00")
    warned = january("remind --as-of 2026-02-26")
    assert warned.out == ""
    assert "电脑时间早于上次提醒" in warned.err
    trusted = january("remind --as-of 2026-02-26 --trust-clock")
    assert (DIGEST in trusted.out, trusted.err) == (True, "")
    at("2026-02-27T01:00:00")
    assert january("remind --as-of 2026-02-27").err == ""


def test_the_same_run_in_another_time_zone_says_nothing_twice(
    january: Run, monkeypatch: pytest.MonkeyPatch
):
    """R-08."""
    said = []
    for zone in ("UTC", "Asia/Urumqi", "Pacific/Kiritimati"):
        monkeypatch.setenv("TZ", zone)
        said.append(january("remind --as-of 2026-02-26").out)
    assert said[0] != ""
    assert said[1:] == ["", ""]


# The items of each recipient


ROLES = """
[channels.box]
kind = "file"
folder = "out"
format = "markdown"

[recipients.office]
box = true
[recipients.secretary]
box = true
[recipients.organization]
box = true
[recipients.discipline]
box = true
[recipients."王五"]
box = true
"""


@pytest.fixture
def boxes(config: Path) -> Callable[[], dict[str, str]]:
    """The items that each recipient got."""
    set_up(config, ROLES)

    def boxes() -> dict[str, str]:
        files = (config.parent / "out").glob("*.md")
        return {each.stem[11:]: each.read_text(encoding="utf-8") for each in files}

    return boxes


def test_each_hears_of_what_is_theirs(january: Run, boxes):
    january("rectify add 学习不深入 --owner 张三 --due 2026-02-26 --on 2026-02-01")
    january("remind --as-of 2026-02-26")
    told = boxes()
    assert set(told) == {"office", "secretary", "organization", "discipline", "王五"}
    assert "党员大会每月一次" in told["secretary"]
    assert "党员大会每月一次" not in told["organization"]
    assert {who for who, text in told.items() if "王五" in text} == {
        "office",
        "secretary",
        "organization",
        "王五",
    }
    assert {who for who, text in told.items() if "学习不深入" in text} == {
        "office",
        "secretary",
        "discipline",
    }
    assert "党费每月按时交纳 2026-02 · 张三" not in told["王五"]


def test_a_holder_who_is_reached_by_name_is_told_under_that_name(january: Run, boxes):
    january("member post 王五 organization --from 2026-02-01")
    january("remind --as-of 2026-02-26")
    told = boxes()
    assert "organization" not in told
    assert "党费每月按时交纳 2026-02 · 张三" in told["王五"]


def test_of_two_with_one_name_neither_is_told_by_it(january: Run, boxes):
    january("member add 王五 --joined 2021-07-01 --since 2026-01-01")
    january("remind --as-of 2026-02-26")
    assert "王五" not in boxes()


def test_what_nobody_is_reached_for_goes_to_the_office(january: Run, config: Path):
    set_up(
        config, '[channels.box]\nkind = "file"\nfolder = "out"\n[recipients."李四"]\nbox = true\n'
    )
    said = january("remind --as-of 2026-02-26").out
    assert said.startswith(DIGEST)
    assert "党员大会每月一次" in said


def test_the_fields_of_the_committee_can_be_set(january: Run, config: Path, boxes):
    set_up(config, ROLES + '\n[fields]\norganization = ["members-meeting"]\n')
    january("remind --as-of 2026-02-26")
    assert "党员大会每月一次" in boxes()["organization"]
    assert "党费" not in boxes()["organization"]


# Settings


@pytest.mark.parametrize(
    "text",
    [
        "channels = 3",
        "[channels.a]\nkind = 'pigeon'",
        "[channels.a]\nkind = 'file'",
        "[channels.a]\nkind = 'mail'\nserver = 'x'",
        "[channels.a]\nkind = 'mail'\nserver = 'x'\nfrom = 'a@b'\nport = 70000",
        "[channels.a]\nkind = 'mail'\nserver = 'x'\nfrom = \"a@b\\r\\nBcc: c@d\"",
        "[channels.a]\nkind = 'chat'\nurl = 'https://x'",
        "[recipients.office]\nnowhere = true",
        "[recipients.office]\nstdout = 'a@b'",
        "[fields]\nking = ['dues']",
        "[fields]\norganization = 'dues'",
        "[channels.a]\nkind = 'mail'\nserver = 'x'\nfrom = 'a@b'\nport = true",
        "[surprise]\nx = 1",
        "not toml",
        "recipients = {office = 1}",
    ],
)
def test_settings_that_make_no_sense_leave_78_and_lose_nothing(
    january: Run, config: Path, refused, text: str
):
    set_up(config, text)
    assert "读不通" in refused("remind --as-of 2026-02-26", 78)
    config.unlink()
    assert january("remind --as-of 2026-02-26").out != ""


def test_settings_that_others_may_read_are_refused(january: Run, config: Path, refused):
    set_up(config, FILES)
    config.chmod(0o644)
    assert f"chmod 600 {config}" in refused("remind --as-of 2026-02-26", 77)


def test_the_log_and_the_status_say_what_went_out_and_what_waits(january: Run, config: Path):
    assert january("remind log").out == "还没有送过提醒。\n"
    set_up(config, FILES)
    status = january("remind status --json --as-of 2026-02-26").json
    assert status["last_run"] is None
    assert (status["to_send"], status["queued"], status["dead"]) == (3, 0, 0)
    assert {each["name"]: each["channels"] for each in status["recipients"]} == {
        "office": ["folder", "desk"],
        "secretary": ["notes"],
    }
    january("remind --as-of 2026-02-26")
    status = january("remind status --json --as-of 2026-02-26").json
    assert status["last_run"] is not None
    assert status["to_send"] == 0
    rows = january("remind log --json").json
    assert [row["channel"] for row in rows] == ["desk", "folder", "notes"]
    assert all(row["state"] == "sent" and row["items"] for row in rows)
    assert january("remind log --as-of 2026-02-25 --json").json == []
    assert "已送出" in january("remind log").out
    assert "office：folder、desk" in january("remind status").out


def test_a_trial_goes_out_at_once_and_an_unknown_channel_is_said(january: Run, config: Path):
    assert "试验" in january("remind test stdout").out
    set_up(config, FILES)
    assert january("remind test notes --json").json == {
        "ok": True,
        "channel": "notes",
        "recipient": "secretary",
    }
    assert any((config.parent / "out").glob("*-secretary.md"))
    assert "folder" in january("remind test nowhere", code=4).err
    assert "secretary" in january("remind test notes --to office", code=4).err
    shutil.rmtree(config.parent / "out")
    (config.parent / "out").write_text("in the way")
    assert "提醒渠道 notes 没有送出" in january("remind test notes", code=69).err


def test_the_office_reads_english_if_it_wants_to(january: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    said = january("remind --as-of 2026-02-26").out
    assert said.startswith("Reminder 2026-02-26: due ")
    assert "clause 支部·二(一)1; due 2026-02-28, in 2 days" in said


@pytest.mark.parametrize(
    "line",
    [
        "remind",
        "remind --dry-run",
        "remind status",
        "remind test screen",
        "remind secret mail",
        "schedule print --cron",
        "schedule install",
    ],
)
def test_settings_that_are_named_and_not_there_are_missing(branch: Run, line: str, tmp_path: Path):
    """If a misspelt file name were accepted, nobody would get the reminders set up in the file."""
    place = tmp_path / "remindres.toml"
    assert str(place) in branch(f"{line} --config '{place}'", code=66).err
    branch(f"remind --scheduled --config '{place}'", code=0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[recipients.office]\nmail = 'a@b'",
            "收件人 office 用了没有设置的渠道 mail；已有：stdout",
        ),
        ("[channels.f]\nkind = 'fil'", "渠道 f 的 kind 可写：stdout、file、desktop、mail、chat"),
        (
            "[channels.f]\nkind = 'file'\nfolder = 'x'\nstyle = 'a'",
            "[channels.f] 没有 style 这一项，可写：kind、folder、format",
        ),
        ("[recipients.office]\nstdout = 'yes'", "收件人 office 的 stdout 只能写 true"),
        ("[channels.f]\nkind = 'file'\nfolder = 1", "渠道 f 的 folder 要写成引号里的一行文字"),
        (
            "[reciepients.office]\nstdout = true",
            "没有 reciepients 这一项，可写：channels、recipients",
        ),
        (
            "[channels.f]\nkind = 'file'\nfolder = 'x'\nformat = 'md'",
            "渠道 f 的 format 可写：html、markdown",
        ),
        (
            "[channels.m]\nkind = 'mail'\nserver = 'x'\nfrom = 'a@b'\nsecurity = 'ssl'",
            "渠道 m 的 security 可写：tls、starttls、none",
        ),
        ("[fields]\nking = ['dues']", "[fields] 里没有 king 这个职务；可写：branch-secretary、"),
        ("[fields]\npublicity = ['due']", "[fields] 的 publicity 里不能写 due；可写：plan、"),
        ("[fields]\npublicity = 'dues'", '[fields] 的 publicity 要写成文字列表，如 ["dues"]'),
        ("fields = 1", "fields 要写成一个表：[fields]"),
        ("recipients = 1", "recipients 要写成一个表：[recipients.…]"),
        ("[recipients]\n'张三' = 1", '张三 要写成一个表：[recipients."张三"]'),
    ],
)
def test_settings_that_make_no_sense_are_told_in_words(
    january: Run, config: Path, refused, text: str, said: str
):
    set_up(config, text)
    assert said in refused("remind --as-of 2026-02-26", 78)
