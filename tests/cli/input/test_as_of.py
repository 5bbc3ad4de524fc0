"""`--as-of`: an answer is of that day, or the help says that the option has no effect."""

import pytest

from tests.conftest import Run
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


def test_the_help_says_what_the_day_means_where_it_is_not_the_day_of_the_answer(january: Run):
    assert "没写 --year 时" in january("calendar holidays list --help").out
    assert "现在运行会新送" in january("remind status --help").out
