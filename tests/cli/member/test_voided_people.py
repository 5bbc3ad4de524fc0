"""A voided member counts as never entered, even in records that also name other people."""

from partyctl.cli.start.main import run as run_command
from tests.cli.conftest import Owed, Standing
from tests.conftest import Run

DUPLICATE = "--reason 重复登记"
QUARTER = {(1, "2026-Q1"): "met"}
OPEN = {(1, "2026-Q1"): "due"}


def test_a_talk_with_somebody_voided_is_no_talk_among_members(
    leading: Run, standing: Standing, owed: Owed
):
    leading("member add 孙七 --joined 2020-07-01")
    leading("talk add --on 2026-02-02 --with 赵六,孙七")
    assert standing("talk-members", "2026-02-03") == QUARTER
    assert owed("talk-coverage", "2026-02-03")["赵六"] == "met"

    leading(f"member void 孙七 {DUPLICATE}")

    assert standing("talk-members", "2026-02-03") == OPEN
    assert owed("talk-coverage", "2026-02-03")["赵六"] == "due"
    assert leading("talk matrix --quarter 2026-Q1 --as-of 2026-02-03").out.count("#1") == 0


def test_those_who_stand_still_talked_with_each_other(leading: Run, standing: Standing, owed: Owed):
    leading("member add 孙七 --joined 2020-07-01")
    leading("member add 周八 --joined 2020-07-01")
    leading("talk add --on 2026-02-02 --with 赵六,孙七,周八")

    leading(f"member void 孙七 {DUPLICATE}")

    assert standing("talk-members", "2026-02-03") == QUARTER
    covered = owed("talk-coverage", "2026-02-03")
    assert (covered["赵六"], covered["周八"]) == ("met", "met")


def test_a_talk_of_the_committee_is_none_where_a_party_of_it_was_voided(
    leading: Run, standing: Standing
):
    leading("member add 孙七 --joined 2010-07-01 --post publicity")
    leading("talk add --on 2026-02-02 --with 李四,孙七")
    leading("talk add --on 2026-02-02 --with 赵六,孙七")
    assert standing("talk-committee", "2026-02-03") == QUARTER
    assert standing("talk-committee-member", "2026-02-03") == QUARTER

    leading(f"member void 孙七 {DUPLICATE}")

    assert standing("talk-committee", "2026-02-03") == OPEN
    assert standing("talk-committee-member", "2026-02-03") == OPEN


def test_a_voided_third_was_never_in_the_talk_of_two(leading: Run):
    leading("member add 孙七 --joined 2020-07-01")
    leading("staff add 周科员")
    leading("meeting plan democratic-life --on 2026-03-20 --planned-on 2026-02-01")
    leading("talk add --on 2026-02-02 --with 张三,李四,孙七")
    leading("talk add --on 2026-02-02 --with 张三,王五,周科员")
    leading("talk add --on 2026-02-02 --with 李四,王五,孙七,周科员")

    def met(rule: str) -> list[str]:
        found = leading(f"check --json --rule {rule} --as-of 2026-02-03").json["obligations"]
        return sorted(each["subject"]["name"] for each in found if each["status"] == "met")

    assert met("dl-talks") == met("dl-peer-talks") == []
    leading("member void 孙七 --reason 录错")
    assert (met("dl-talks"), met("dl-peer-talks")) == (["张三、李四"], [])
    leading("staff void 1 --reason 录错")
    assert met("dl-talks") == ["张三、李四", "张三、王五"]
    assert met("dl-peer-talks") == ["李四、王五"]


def test_a_responsibility_of_somebody_voided_is_nobodys(leading: Run, standing: Standing):
    others = "--assign secretary=张三 --assign person-in-charge=李四"
    leading(f"plan adopt roles 2026 --on 2026-01-08 {others} --assign leader-in-charge=赵六")
    leading("plan adopt work 2026 --on 2026-01-08")
    assert standing("responsibility-roles", "2026-01-09") == {(1, "2026"): "met"}

    leading(f"member void 赵六 {DUPLICATE}")

    assert standing("responsibility-roles", "2026-01-09") == {(1, "2026"): "due"}
    assert standing("work-plan", "2026-01-09") == {(1, "2026"): "met"}


def test_a_preventive_talk_with_one_voided_talker_had_one(leading: Run):
    leading("staff add 钱七")
    leading("warning issue 赵六 --level inquiry --category 1 --facts 事由 --on 2026-03-02")
    leading("warning talk 1 --on 2026-03-03 --by 张三,李四 --outline 提纲 --notified 2026-03-02")
    leading("warning talk 1 --on 2026-03-04 --by 张三,钱七 --outline 提纲 --notified 2026-03-02")
    assert statuses(leading, "talk-two-people") == ["met", "met"]

    leading(f"member void 李四 {DUPLICATE}")

    assert statuses(leading, "talk-two-people") == ["breach", "met"]


def statuses(run: Run, rule: str) -> list[str]:
    """A rule's statuses on 10 March, oldest first."""
    line = f"check --json --rule {rule} --as-of 2026-03-10"
    code = run_command(line.split())
    found = run(line, code=code).json["obligations"]
    return [each["status"] for each in sorted(found, key=lambda each: each["opens"])]


def test_an_introducer_who_was_voided_introduces_nobody(leading: Run, owed: Owed):
    leading("applicant add 方圆 --applied 2024-01-02")
    leading("applicant step 方圆 introducers --on 2026-02-02 --with 李四,赵六 --override 补录")
    leading("applicant step 方圆 political-review --on 2026-02-03 --override 补录")
    leading("applicant step 方圆 vote --on 2026-02-06 --votes 4/4/4/0/0 --override 补录")
    assert owed("introducers", "2026-02-07") == {"方圆": "met"}

    leading(f"member void 赵六 {DUPLICATE}")

    assert owed("introducers", "2026-02-07") == {"方圆": "breach"}


DUES = ("dues-in-person", "dues-late-consent", "dues-late-limit")


def test_the_payments_of_a_voided_member_are_not_judged(branch: Run, standing: Standing):
    branch("dues pay 王五 --month 2026-01 --amount 10 --on 2026-06-20 --by relative")
    for rule in DUES:
        assert standing(rule, "2026-07-01") == {(1, "2026-06-20"): "breach"}, rule
    branch("member void 王五 --reason 误登")
    for rule in DUES:
        assert standing(rule, "2026-07-01") == {}, rule


def test_the_payments_of_a_former_member_are_judged(branch: Run, standing: Standing):
    branch("dues pay 王五 --month 2026-01 --amount 10 --on 2026-06-20 --by relative")
    branch("member leave 王五 --on 2026-06-25 --reason transfer --to 某局")
    for rule in DUES:
        assert standing(rule, "2026-07-01") == {(1, "2026-06-20"): "breach"}, rule


def test_nobody_votes_on_handling_a_voided_member(branch: Run, standing: Standing):
    branch("review open 2025 --on 2026-02-20")
    branch("review meeting 2025 --on 2026-03-01")
    branch("review rate 2025 王五 unqualified")
    vote = "review-unqualified-vote"
    assert standing(vote, "2026-03-10") == {(3, "2026-03-01"): "due"}
    branch("member void 王五 --reason 误登")
    assert standing(vote, "2026-03-10") == {}
