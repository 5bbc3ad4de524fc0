"""`partyctl journal` list, show and verify, and `show --history`: each change with its author and moment."""

import re
from typing import Any

import pytest

from tests.cli.maintenance.conftest import Clerk
from tests.conftest import Run

COMMANDS = [
    "init",
    "init",
    "member add",
    "member add",
    "member add",
    "branch edit",
    "staff add",
    "plan adopt",
    "meeting add",
    "meeting add",
    "dues assess",
    "dues pay",
    "dues exempt",
    "dues lapse",
]
"""The commands that wrote the ledger of `records`.

The journal lists `init` twice: once for the schema, and once for the first rows.
"""


def runs(run: Run, options: str = "") -> list[dict[str, Any]]:
    return run(f"journal list {options} --json").json


def test_the_list_has_every_command_oldest_first(records: Run):
    listed = runs(records)
    assert [each["command"] for each in listed] == COMMANDS
    assert [each["run"] for each in listed] == list(range(1, len(COMMANDS) + 1))
    assert set(listed[-1]) == {
        "run",
        "at",
        "actor",
        "host",
        "command",
        "entries",
        "records",
        "seq",
        "undone_by",
        "called",
    }
    assert sum(each["entries"] for each in listed) == listed[-1]["seq"]
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\dT[\d:.]+\+00:00", each["at"]) for each in listed)
    assert [each["records"] for each in listed[-3:]] == [["dues#2"], ["dues#3"], ["dues#4"]]


def test_the_list_on_a_terminal_names_records_as_a_person_does(records: Run):
    last = records("journal list").out.splitlines()[-1]
    assert "dues lapse" in last
    assert "党费 #4" in last


def test_the_list_shows_the_last_twenty_or_as_many_as_asked(records: Run):
    for _ in range(8):
        records("plan edit 1 --on 2026-01-06")
        records("plan edit 1 --on 2026-01-05")
    assert len(runs(records)) == 20
    assert len(runs(records, "--all")) == len(COMMANDS) + 16
    assert [each["run"] for each in runs(records, "--last 2")] == [29, 30]
    assert [each["run"] for each in runs(records, "--last 2 --of 'dues#4'")] == [14]
    assert "--last 的值不对" in records("journal list --last 0", code=2).err
    said = records("journal list --all --last 2", code=2).err
    assert said.splitlines()[-1] == "  → partyctl journal list --all"


def test_the_list_of_one_record(records: Run):
    records("meeting edit 1 --hours 2")
    records("undo")
    of_meeting = runs(records, "--of 'meeting#1'")
    assert [each["command"] for each in of_meeting] == ["meeting add", "meeting edit", "undo"]
    assert [each["undone_by"] for each in of_meeting] == [None, of_meeting[2]["run"], None]
    assert f"已由 {of_meeting[2]['run']} 撤销" in records("journal list").out
    assert runs(records, "--of 'meeting#99'") == []


def test_the_list_names_who_wrote(records: Run, clerk: Clerk):
    clerk("孙八", "staff add 钱七")
    records("staff add 周九")
    mine, other = (each["actor"] for each in runs(records)[:-3:-1])
    assert other == f"{mine} (孙八)"
    assert other in records("journal list").out


def test_a_command_that_wrote_nothing_is_not_in_the_list(records: Run):
    before = runs(records)
    records("plan edit 1 --on 2026-01-05")
    assert "年的学习计划已于" in records("plan adopt study 2026 --on 2026-01-05", code=5).err
    records("journal verify")
    records("check", code=3)
    assert runs(records) == before


def test_one_command_is_shown_row_by_row_before_and_after(records: Run):
    records("meeting edit 1 --kind members,lecture --lecturer 王五 --hours 2")
    [last] = runs(records, "--last 1")

    shown = records(f"journal show {last['run']} --json").json

    assert shown == shown | last
    changes = {(each["act"], each["row_table"], each["row_key"]): each for each in shown["changes"]}
    assert set(changes) == {
        ("change", "meeting", "1"),
        ("add", "meeting_kind", "1|lecture"),
    }
    meeting = changes["change", "meeting", "1"]
    assert (meeting["old"], meeting["new"]) == ({}, {"lecturer_id": 3, "half_hours": 4})
    assert changes["add", "meeting_kind", "1|lecture"]["new"]["kind"] == "lecture"
    out = records(f"journal show {last['run']}").out
    assert all(word in out for word in ("meeting edit", "改动 会议 #1", "新增 会议种类"))


def test_a_command_that_was_never_run_is_not_found(records: Run):
    assert "99" in records("journal show 99", code=4).err
    assert "编号“x”读不出来" in records("journal show x", code=2).err


def test_an_undo_says_what_it_took_back(records: Run):
    records("plan void 1 --reason 误登")
    records("undo")
    undone, undo = runs(records, "--last 2")
    changes = records(f"journal show {undo['run']} --json").json["changes"]
    assert [each["act"] for each in changes] == ["change", "undo"]
    assert changes[1]["said"] == {"command": "plan void"}
    assert changes[1]["row_key"] == str(undone["run"])


STORIES = {
    "member show 李四": ("member edit 李四 --name 李思", "李四 → 李思"),
    "meeting show 1": ("meeting edit 1 --on 2026-01-14", "2026-01-12 → 2026-01-14"),
    "dues show 2": ("dues edit 2 --receipt A1", "A1"),
    "plan show 1": ("plan edit 1 --on 2026-01-07", "2026-01-05 → 2026-01-07"),
}


@pytest.mark.parametrize("show", STORIES)
def test_a_record_is_shown_with_its_story(show: str, records: Run):
    edit, told = STORIES[show]
    records(edit)
    show = show.replace("李四", "李思")

    out, answer = records(f"{show} --history").out, records(f"{show} --history --json").json

    assert out.startswith(records(show).out)
    assert told in out
    story = answer.pop("history")
    assert answer == records(f"{show} --json").json
    assert story[-1]["command"] == edit.rpartition(" --")[0].rsplit(" ", 1)[0]
    assert story[0]["act"] == "add"
    noun, _, number = f"{show.split()[0]}#{answer['id']}".partition("#")
    assert {each["record"] for each in story} == {f"{noun}#{number}"}
    assert [each["seq"] for each in story] == sorted(each["seq"] for each in story)


def test_a_sound_ledger_verifies_and_says_how_far_that_reaches(records: Run):
    records("staff add 钱七")
    answer = records("journal verify --json").json
    entries = sum(each["entries"] for each in runs(records, "--all"))
    assert answer == answer | {"ok": True, "entries": entries, "redacted": 0, "findings": []}
    assert answer["anchors"] == 1
    assert answer["head"].startswith(f"{entries}-")
    out = records("journal verify").out
    assert answer["head"] in out
    assert "与账外 1 个链头核对" in out
    assert "可发现篡改；同时改了台账和全部锚点的人除外" in out


def test_verifying_changes_nothing_in_the_ledger(records: Run, ledger):
    before = ledger.read_bytes()
    records("journal verify")
    assert ledger.read_bytes() == before
