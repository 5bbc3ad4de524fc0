"""`partyctl opinion`: opinions on openness, the limit of three days, the submitter's privacy."""

import pytest

from tests.cli.conftest import Refused, digest
from tests.conftest import Run

WHO = "何群众不具名"
"""A submitter whose name occurs nowhere else."""
RECEIVED = "2026-03-02"


def opinion(kind: str, more: str = "") -> str:
    return f"opinion add 食堂收费不公开 --received {RECEIVED} --class {kind} {more}"


@pytest.fixture
def received(branch: Run) -> Run:
    """One individual opinion with a named submitter."""
    branch(opinion("individual", f"--from {WHO} --by box"))
    return branch


def shown(run: Run, number: int = 1) -> dict:
    return run(f"opinion show {number} --json").json


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("individual", "个别性"),
        ("general", "一般性"),
        ("widespread", "普遍性"),
        ("complex", "复杂性"),
    ],
)
def test_every_class_is_known_in_english_and_in_chinese(branch: Run, english: str, chinese: str):
    branch(opinion(english))
    branch(opinion(chinese))

    assert [row["class"] for row in branch("opinion list --json").json] == [english, english]
    assert branch("opinion list").out.count(chinese) == 2


def test_an_opinion_goes_its_way(received: Run, owed):
    assert owed("opinion-reply", "2026-03-05") == {"意见 #1": "due"}
    assert owed("opinion-reply", "2026-03-06") == {"意见 #1": "overdue"}
    received("opinion refer 1 --to branch --on 2026-03-03")
    received("opinion settle 1 --on 2026-03-04 --result 价目已上墙")
    assert owed("opinion-reply", "2026-03-06") == {"意见 #1": "overdue"}
    assert owed("opinion-referral", "2026-03-06") == {"意见 #1": "met"}
    assert "opinion tell 1" in received("check --rule opinion-reply --as-of 2026-03-06", code=3).out

    received("opinion tell 1 --on 2026-03-05")

    assert owed("opinion-reply", "2026-03-06") == {"意见 #1": "met"}
    row = received("opinion list --json").json[0]
    assert (row["referred_to"], row["settled_on"], row["told_on"]) == (
        ["branch"],
        "2026-03-04",
        "2026-03-05",
    )
    assert row["settlement"] == "价目已上墙"
    assert received("opinion list --open --json").json == []


def test_settling_can_tell_and_publish_at_once(received: Run, owed):
    received("opinion settle 1 --on 2026-03-04 --told --published")

    assert owed("opinion-reply", "2026-03-04") == {"意见 #1": "met"}
    assert shown(received)["published_on"] == "2026-03-04"
    assert owed("opinion-referral", "2026-03-04") == {"意见 #1": "breach"}
    received("undo")
    assert shown(received)["steps"] == []


def test_a_widespread_opinion_owes_the_board_alone(branch: Run, owed):
    branch(opinion("widespread"))
    assert owed("opinion-reply", "2026-04-01") == {}
    assert owed("opinion-publish", "2026-04-01") == {"意见 #1": "due"}

    branch("opinion settle 1 --on 2026-04-02")
    branch("opinion publish 1 --on 2026-04-03")

    assert owed("opinion-publish", "2026-04-02") == {"意见 #1": "due"}
    assert owed("opinion-publish", "2026-04-03") == {"意见 #1": "met"}


@pytest.mark.parametrize(
    ("speech", "told"),
    [
        ("zh", "延期到 2026-03-04，不晚于延期之日 2026-03-04"),
        ("en", "the new deadline, 2026-03-04, is not after the day of the delay, 2026-03-04"),
    ],
)
def test_a_delay_to_its_own_day_is_refused_with_a_true_sentence(
    received: Run, monkeypatch: pytest.MonkeyPatch, speech: str, told: str
):
    monkeypatch.setenv("PARTYCTL_LANG", speech)
    line = "opinion delay 1 --reason 等 --until 2026-03-04 --on 2026-03-04"
    assert told in received(line, code=5).err


def test_a_delay_of_a_complex_opinion_becomes_due_and_may_be_replaced(branch: Run, run: Run):
    branch(opinion("complex"))
    branch("opinion delay 1 --reason 需商定 --until 2026-03-20 --on 2026-03-04")
    branch("opinion delay 1 --reason 仍需商定 --until 2026-04-20 --on 2026-03-18")

    def owed(as_of: str) -> list[tuple[str, str]]:
        code = run(f"check --rule opinion-delayed --as-of {as_of}", code=3 if "21" in as_of else 0)
        found = run(f"check --json --rule opinion-delayed --as-of {as_of}", code=code.code).json
        return [(each["due"], each["status"]) for each in found["obligations"]]

    assert owed("2026-03-10") == [("2026-03-20", "due")]
    assert owed("2026-03-30") == [("2026-04-20", "due")]
    assert owed("2026-04-21") == [("2026-04-20", "overdue")]
    assert shown(branch)["delayed_until"] == "2026-04-20"


def test_an_opinion_is_classed_anew_and_judged_so_on_every_day(received: Run, owed):
    received("opinion edit 1 --class complex")

    assert owed("opinion-reply", "2026-03-10") == {}
    assert owed("opinion-reason", "2026-03-05") == {"意见 #1": "due"}
    assert owed("opinion-reason", "2026-03-06") == {"意见 #1": "overdue"}
    received("undo")
    assert owed("opinion-reply", "2026-03-10") == {"意见 #1": "overdue"}


def test_three_days_can_be_working_days_from_a_day_on(branch: Run, run: Run):
    branch("rules set opinion-reply --working --from 2026-03-01 --reason 上级规定 --confirm")
    branch("opinion add 甲 --received 2026-02-27 --class general")
    branch("opinion add 乙 --received 2026-03-06 --class general")

    found = run("check --json --rule opinion-reply --as-of 2026-03-07", code=3).json["obligations"]

    days = {each["subject"]["name"]: (each["due"], each["status"]) for each in found}
    assert days == {"意见 #1": ("2026-03-02", "overdue"), "意见 #2": ("2026-03-11", "due")}


# The submitter


def test_who_said_it_is_shown_for_a_reason_alone(received: Run):
    received("opinion refer 1 --to leading --on 2026-03-03")
    received("opinion delay 1 --reason 核实 --until 2026-03-20 --on 2026-03-04")
    received("opinion settle 1 --on 2026-03-05 --told")
    run = received
    silent = (
        "opinion list",
        "opinion list --json",
        "opinion show 1",
        "opinion show 1 --json",
        "opinion show 1 --history",
        "opinion show 1 --history --json",
        "journal list",
        "journal list --json",
        "journal show 5",
        "journal show 5 --json",
        "status",
        "check --all --as-of 2026-03-10",
        "check --json --as-of 2026-03-10",
        "disclosure directory --json",
        "opinion edit 1 --class general --json",
    )
    for line in silent:
        code = 3 if line.startswith("check") else 0
        printed = run(line, code=code)
        assert WHO not in printed.out + printed.err, line
    assert shown(run)["submitter"] == "***"

    told = run("opinion show 1 --reveal from --reason 回访 --json").json

    assert told["submitter"] == WHO
    last = run("opinion show 1 --history --json").json["history"][-1]
    assert (last["act"], last["said"]) == ("reveal", {"fields": ["from"], "reason": "回访"})


def test_nobody_need_have_said_it(branch: Run):
    branch(opinion("general"))
    assert shown(branch)["submitter"] is None
    assert "提出人" not in branch("opinion show 1").out


def test_who_said_it_can_be_corrected_forgotten_and_erased(received: Run, ledger):
    received("opinion edit 1 --from 另一人")
    assert (
        received("opinion show 1 --reveal from --reason 核对 --json").json["submitter"] == "另一人"
    )
    received("opinion edit 1 --from 无")
    assert shown(received)["submitter"] is None
    assert WHO.encode() in ledger.read_bytes()  # the journal still has the name

    erased = received("journal redact opinion#1 --reason 本人要求 --json").json

    assert (erased["record"], erased["member"]) == ("opinion#1", None)
    assert WHO.encode() not in ledger.read_bytes()
    assert received("journal verify --json").json["ok"]
    assert "没有意见" in received("journal redact opinion#9 --reason 本人要求", code=4).err


def test_the_submitter_need_not_stand_on_the_command_line(
    branch: Run, monkeypatch: pytest.MonkeyPatch
):
    import io

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{WHO}\n".encode())))
    branch(opinion("general", "--from -"))
    assert branch("opinion show 1 --reveal from --reason 核对 --json").json["submitter"] == WHO


# Impossible values


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("opinion add 甲 --received 2026-03-02 --class 公告", 2),
        ("opinion add 甲 --class general", 2),
        ("opinion add 甲 --received 2026-03-02", 2),
        ("opinion add '' --received 2026-03-02 --class general", 2),
        ("opinion add 甲 --received 2999-03-02 --class general", 2),
        ("opinion add 甲 --received 2199-03-02 --class general", 5),
        ("opinion refer 1 --to 市委 --on 2026-03-03", 2),
        ("opinion refer 1 --to branch --on 2026-03-01", 5),
        ("opinion settle 1 --on 2026-03-01", 5),
        ("opinion settle 1 --on 2026-03-01 --told", 5),
        ("opinion tell 1 --on 2026-03-03", 5),
        ("opinion publish 1 --on 2026-03-03", 5),
        ("opinion delay 1 --reason 等 --until 2026-03-04 --on 2026-03-04", 5),
        ("opinion delay 1 --reason 等 --until 2026-03-20 --on 2026-03-01", 5),
        ("opinion delay 1 --until 2026-03-20 --on 2026-03-03", 2),
        ("opinion delay 1 --reason 等 --on 2026-03-03", 2),
        ("opinion settle 9 --on 2026-03-03", 4),
        ("opinion show 9", 4),
        ("opinion edit 1 --not settle", 4),
        ("opinion edit 9 --class general", 4),
        ("opinion void 9 --reason 误登", 4),
        ("opinion show 1 --reveal from", 2),
        ("opinion show 1 --reveal phone --reason 核对", 2),
        ("opinion show 1 --reason 核对", 2),
    ],
)
def test_what_cannot_be_is_refused(received: Run, refused: Refused, line: str, code: int):
    said = refused(line, code)
    assert WHO not in said


def test_nothing_is_done_twice_or_out_of_order(received: Run, refused: Refused):
    received("opinion refer 1 --to branch --on 2026-03-03")
    received("opinion refer 1 --to leading --on 2026-03-03")
    received("opinion settle 1 --on 2026-03-10")

    assert "公开·11" in refused("opinion settle 1 --on 2026-03-11", 5)
    assert "意见 #1 已于 2026-03-03 提交研究" in refused(
        "opinion refer 1 --to branch --on 2026-03-04", 5
    )
    assert "早于办结的日期" in refused("opinion tell 1 --on 2026-03-09", 5)
    assert "已经办结" in refused(
        "opinion delay 1 --reason 等 --until 2026-04-01 --on 2026-03-11", 5
    )
    assert "早于收到的日期" in refused("opinion edit 1 --received 2026-03-05", 5)
    received("opinion tell 1 --on 2026-03-10")
    assert "还没有办结" in refused("opinion edit 1 --not settle", 5)
    received("opinion edit 1 --not tell")
    received("opinion edit 1 --not settle --not refer")
    assert [step["referred_to"] for step in shown(received)["steps"]] == ["branch"]


def test_a_voided_opinion_owes_nothing(received: Run, owed, refused: Refused, ledger):
    received("opinion void 1 --reason 误登")

    assert owed("opinion-reply", "2026-04-01") == {}
    assert received("opinion list --json").json == []
    assert "已作废" in refused("opinion settle 1 --on 2026-03-03", 5)
    before = digest(ledger)
    assert shown(received)["void_reason"] == "误登"
    assert digest(ledger) == before


def test_the_list_knows_what_the_day_knows_and_can_be_narrowed(received: Run):
    received(opinion("complex"))
    received("opinion add 停车 --received 2026-05-02 --class general")
    received("opinion settle 1 --on 2026-03-05 --told")

    def listed(options: str) -> list[int]:
        return [row["id"] for row in received(f"opinion list --json {options}").json]

    assert listed("--as-of 2026-03-01") == []
    assert listed("--as-of 2026-03-02") == [1, 2]
    assert listed("--open") == [2, 3]
    assert listed("--open --as-of 2026-03-04") == [1, 2]
    assert listed("--class complex") == [2]
    assert listed("--quarter 2026-Q2") == [3]


def test_a_decision_excuses_from_one_opinion(received: Run, owed):
    received("waive opinion-reply --subject opinion#1 --reason 已口头说明 --decided-on 2026-03-05")
    assert owed("opinion-reply", "2026-04-01") == {"意见 #1": "waived"}
    assert "意见 #1" in received("waive list").out
