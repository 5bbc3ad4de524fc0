"""`--as-of DAY`: the answer is about DAY, or the help says that the option has no effect."""

from datetime import date, datetime, tzinfo

import pytest

from partyctl.cli.input.dates import end_of_day
from partyctl.ledger.journal import chain
from partyctl.ledger.maintenance import backup
from tests.conftest import ItIs, Run
from tests.support.command_tree import Command, commands

EARLY, LATE = "2026-03-10", "2026-03-31"

REVIEW = [
    "review open 2026 --on 2026-03-01",
    "review study 2026 --on 2026-03-02",
    "review self 2026 --all --on 2026-03-20",
    "review meeting 2026 --on 2026-03-20",
]
LATER = {
    "branch list": ["branch add 二支部 --founded 2026-03-20"],
    "cell list": ["cell add 北片小组 --founded 2026-03-20"],
    "rules history members-meeting": [
        "rules set members-meeting --remind 9,1 --from 2026-03-20 --reason 要求 --confirm"
    ],
    "talk show 1": [
        "talk add --on 2026-03-05 --with 张三,李四 --follow-up 谈心 --due 2026-03-30",
        "talk done 1 --on 2026-03-20",
    ],
    "contact show 1": [
        "member post 张三 leading-secretary --from 2026-03-01",
        "contact add 东河村 --leader 张三",
        "contact visit 东河村 --on 2026-03-20 --kind visit",
    ],
    "meeting show 1": [
        "meeting plan members --on 2026-03-15 --planned-on 2026-03-01",
        "meeting hold 1 --on 2026-03-15 --chair 张三 --present all",
    ],
    "meeting show 1 ": [
        "meeting plan democratic-life --on 2026-03-25 --planned-on 2026-03-01",
        "meeting step 1 prior-report --on 2026-03-20",
    ],
    "review show 2026": REVIEW,
    "review status 2026": REVIEW,
}
"""For each question (a command that only reads), the commands that are run before it.

They record a fact of 15 or 20 March, and this day is between the days EARLY and LATE.
"""


@pytest.mark.parametrize("question", LATER)
def test_what_came_later_is_not_shown(branch: Run, question: str):
    before = branch(f"branch list --json --as-of {EARLY}").json
    for line in LATER[question]:
        branch(line)

    early, late = (branch(f"{question} --json --as-of {day}").out for day in (EARLY, LATE))

    assert "2026-03-20" not in early
    assert '"held_on": "2026-03-15"' not in early
    assert any(day in late for day in ("2026-03-20", '"held_on": "2026-03-15"'))
    if question == "branch list":
        assert branch(f"{question} --json --as-of {EARLY}").json == before


def test_ratings_and_votes_have_the_day_of_the_meeting(branch: Run):
    for line in REVIEW:
        branch(line)
    branch("review rate 2026 李四 qualified --votes 1/2/0/0")
    for day, found in ((EARLY, 0), (LATE, 1)):
        shown = branch(f"review show 2026 --json --as-of {day}").json
        assert (len(shown["ratings"]), len(shown["votes"])) == (found, found)


def test_a_change_of_a_rule_that_is_still_to_come_is_in_the_history(branch: Run):
    branch("rules set members-meeting --remind 9,1 --from 2027-01-01 --reason 要求")
    assert len(branch("rules history members-meeting --json").json) == 1
    assert branch("rules history members-meeting --json --as-of 2026-12-31").json == []


def day_asked(command: Command) -> str:
    """The help of a command's --as-of; empty if it has no such option."""
    return next((each.help or "" for each in command.parameters if "--as-of" in each.opts), "")


UNUSED = [each for each in commands() if day_asked(each).startswith("不起作用：")]
LINES = {
    "dues show": "dues show 1",
    "waive show": "waive show 1",
}


def test_only_answers_without_a_day_say_that_the_option_has_no_effect():
    assert {str(each) for each in UNUSED} == {
        "dues show",
        "waive show",
        "staff list",
        "schedule show",
        "rules coverage",
        "paper list",
    }


@pytest.mark.parametrize("command", UNUSED, ids=str)
def test_an_option_without_effect_says_so_and_changes_nothing(january: Run, command: Command):
    january("staff add 赵六")
    january(
        "waive members-meeting --subject 机关支部 --period 2026-02 --reason 停 --decided-on 2026-02-20"
    )
    line = LINES.get(str(command), str(command))
    assert len({january(f"{line} --as-of {day}").out for day in ("2026-01-01", LATE)}) == 1
    assert "不起作用：" in january(f"{command} --help").out


def test_an_answer_that_may_not_hold_on_the_day_says_so(january: Run):
    for line in ("staff list", "schedule show"):
        assert "--as-of 不起作用" in january(f"{line} --as-of 2026-01-01").err
        assert january(line).err == ""


OF_A_HUB = ("rollup missing", "rollup verify", "rollup show")


def test_every_command_that_lists_or_shows_takes_a_day():
    """Exceptions: `rollup missing` and `rollup show` take a month; `rollup verify` needs no day."""
    for command in commands():
        is_question = command.words and command.words[-1] in ("list", "show", "status", "log")
        if is_question and str(command) not in OF_A_HUB:
            assert day_asked(command), str(command)


@pytest.fixture
def written_on(monkeypatch: pytest.MonkeyPatch) -> ItIs:
    """Set the day on which the following commands write to the journal and make backups."""

    def written_on(day: str) -> None:
        class Clock(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:
                return datetime.fromisoformat(f"{day}T12:00:00+08:00").astimezone(tz)

        for module in (chain, backup):
            monkeypatch.setattr(module, "datetime", Clock)

    return written_on


def test_the_journal_of_a_day_ends_with_that_day(branch: Run, written_on: ItIs):
    written_on("2098-12-01")
    branch("staff add 周讲师")
    first = branch("journal list --all --json").json
    written_on("2098-12-03")
    branch("undo")

    found = branch("journal list --all --json --as-of 2098-12-02").json
    assert found == first
    assert found[-1]["undone_by"] is None
    run = found[-1]["run"]
    assert branch(f"journal show {run} --json --as-of 2098-12-02").json["undone_by"] is None
    assert branch(f"journal show {run} --json").json["undone_by"] == run + 1
    assert "日志里没有" in branch(f"journal show {run} --as-of 2098-11-30", code=4).err
    assert [
        each["run"] for each in branch("journal list --last 1 --json --as-of 2098-12-02").json
    ] == [run]


def test_the_backups_of_a_day_were_made_by_then(branch: Run, written_on: ItIs):
    written_on("2098-12-01")
    branch("backup")
    written_on("2098-12-03")
    branch("staff add 周讲师")
    branch("backup")
    for day, found in (("2098-11-30", 0), ("2098-12-01", 1), ("2098-12-02", 1), ("2098-12-03", 2)):
        assert len(branch(f"backup list --json --as-of {day}").json) == found, day


def test_a_day_ends_at_midnight_in_the_zone_of_the_bureau(monkeypatch: pytest.MonkeyPatch):
    assert end_of_day(date(2026, 3, 1)).isoformat() == "2026-03-02T00:00:00+08:00"
    monkeypatch.setenv("PARTYCTL_TZ", "UTC")
    assert end_of_day(date(2026, 3, 1)).isoformat() == "2026-03-02T00:00:00+00:00"


def test_the_help_says_what_the_day_means_where_it_is_not_the_day_of_the_answer(january: Run):
    assert "没写 --year 时" in january("calendar holidays list --help").out
    assert "现在运行会新送" in january("remind status --help").out
