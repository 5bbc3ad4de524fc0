"""Talks before a democratic-life meeting: between leader and members, and between members."""

import pytest

from tests.cli.conftest import Owed
from tests.conftest import Run


@pytest.fixture
def planned(leading: Run) -> Run:
    """A meeting planned for 20 March 2026; the day of planning is not recorded."""
    leading("meeting plan 民主生活会 --on 2026-03-20")
    return leading


HEAD = {"张三、李四", "张三、王五"}
PEERS = {"李四、王五"}


def test_the_head_talks_with_each_member_and_the_members_with_each_other(planned: Run, owed: Owed):
    assert owed("dl-talks", "2026-03-20") == dict.fromkeys(HEAD, "due")
    assert owed("dl-peer-talks", "2026-03-20") == dict.fromkeys(PEERS, "due")
    assert owed("dl-talks", "2026-03-21") == dict.fromkeys(HEAD, "overdue")

    planned("talk add --with 李四,张三 --on 2026-03-20")
    planned("talk add --with 王五,李四 --on 2026-03-21")
    planned("talk add --with 张三,赵六 --on 2026-03-10")

    assert owed("dl-talks", "2026-03-20") == {"张三、李四": "met", "张三、王五": "due"}
    assert owed("dl-peer-talks", "2026-03-21") == {"李四、王五": "late"}


def test_the_remedy_of_a_missing_talk_is_a_command_that_works(planned: Run, owed: Owed):
    planned(
        "member edit 王五 --name 李四"
    )  # two members with the same name are shown with their numbers
    found = planned("check --json --rule dl-peer-talks --as-of 2026-03-01").json["obligations"]
    assert found[0]["remedy"] == "partyctl talk add --with '#2','#3' --on …"

    planned("talk add --with '#1','#2' --on 2026-03-10")

    found = planned("check --json --rule dl-talks --as-of 2026-03-10").json["obligations"]
    assert [each["status"] for each in found] == ["met", "due"]


def test_talks_count_from_the_day_after_the_last_meeting_and_within_the_year(
    leading: Run, owed: Owed
):
    leading("meeting add democratic-life --on 2026-02-10 --chair 张三")
    leading("talk add --with 张三,李四 --on 2026-02-10")
    leading("talk add --with 张三,王五 --on 2026-02-11")
    leading("meeting add democratic-life --on 2026-03-20 --chair 张三")
    rows = leading("meeting show 2 --json --as-of 2026-03-20").json["talks"]["pairs"]

    statuses = {row["names"]: row["status"] for row in rows}
    assert statuses["张三、李四"] == "due"  # they talked on the day of the last meeting
    assert statuses["张三、王五"] == "met"


def test_a_talk_of_the_year_before_does_not_count(run: Run, owed: Owed):
    run("init --organ 局党组 --branch 支部 --since 2025-01-01")
    run("member add 张三 --joined 2010-07-01 --post leading-secretary")
    run("member add 李四 --joined 2010-07-01 --post leading-member")
    run("talk add --with 张三,李四 --on 2025-12-31")
    run("meeting plan democratic-life --on 2026-03-20")
    assert owed("dl-talks", "2026-03-20") == {"张三、李四": "due"}

    run("talk add --with 张三,李四 --on 2026-01-01")

    assert owed("dl-talks", "2026-03-20") == {"张三、李四": "met"}


def test_only_a_talk_of_two_is_a_talk_between_the_two(planned: Run, owed: Owed):
    planned("staff add 钱七")
    planned("talk add --on 2026-03-05 --with 张三,李四,王五")
    planned("talk add --on 2026-03-06 --with 张三,李四,钱七")
    assert owed("dl-talks", "2026-03-20") == dict.fromkeys(HEAD, "due")
    assert set(owed("dl-peer-talks", "2026-03-20").values()) == {"due"}
    planned("talk edit 2 --with 张三,李四")
    assert owed("dl-talks", "2026-03-20") == {"张三、李四": "met", "张三、王五": "due"}
