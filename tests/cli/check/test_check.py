"""`partyctl check`: the duties on a day, each with its clause, its proof and its remedy."""

import json
import unicodedata

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Run

pytestmark = pytest.mark.dated

FIELDS = {
    "rule",
    "article",
    "layer",
    "strength",
    "title",
    "subject",
    "period",
    "opens",
    "due",
    "status",
    "days_overdue",
    "days_left",
    "proof",
    "remedy",
    "carried_over",
}
MARCH = {
    ("study-session", "机关支部"),
    ("members-meeting", "机关支部"),
    ("committee-meeting", "机关支部"),
    ("cell-meeting", "第一小组"),
    ("party-lecture", "机关支部"),
    ("dues-monthly", "张三"),
    ("dues-monthly", "李四"),
    ("dues-monthly", "王五"),
    ("activity-budget", "市某局党组"),
    ("talk-committee", "机关支部"),
    ("talk-committee-member", "机关支部"),
    ("talk-members", "机关支部"),
    ("talk-coverage", "张三"),
    ("talk-coverage", "李四"),
    ("talk-coverage", "王五"),
    ("integrity-education", "机关支部"),
    ("theme-day", "机关支部"),
    ("progress-disclosure", "市某局党组"),
    ("disclosure-briefing", "市某局党组"),
}


def summary(**counts: int) -> dict[str, int]:
    statuses = ("met", "late", "due", "overdue", "breach", "advised", "waived")
    return dict.fromkeys(statuses, 0) | counts


def named(obligations: list[dict]) -> set[tuple[str, str]]:
    return {(each["rule"], each["subject"]["name"]) for each in obligations}


def test_the_scoreboard_of_a_month_counts_the_month_and_sets_apart_what_is_carried_over(
    branch: Run,
):
    answer = branch("check --month 2026-03 --as-of 2026-03-31 --json", code=3).json

    assert (answer["as_of"], answer["month"], answer["ok"]) == ("2026-03-31", "2026-03", False)
    assert answer["summary"] == summary(due=19)
    own = [each for each in answer["obligations"] if not each["carried_over"]]
    carried = [each for each in answer["obligations"] if each["carried_over"]]
    assert named(own) == MARCH
    # Duties of January and February: study, members' meeting, committee, 3 × dues, cell, theme day.
    # Duties of the year: the plans of the branch and of the leading group, and the list of
    # responsibilities.
    assert len(carried) == 2 * 8 + 3
    assert {each["status"] for each in carried} == {"overdue", "advised"}
    assert [each["due"] for each in carried if each["rule"] == "study-plan"] == ["2026-01-31"]


def test_after_the_month_what_was_not_done_is_overdue_and_advice_is_only_advised(branch: Run):
    answer = branch("check --month 2026年3月 --as-of 2026-04-10 --json", code=3).json

    assert answer["summary"] == summary(overdue=11, advised=8)


def test_an_obligation_has_exactly_the_fields_of_the_contract(january: Run):
    answer = january("check --json --as-of 2026-02-10", code=0).json

    assert all(each.keys() >= FIELDS for each in answer["obligations"])
    assert (answer["month"], answer["ok"]) == (None, True)
    assert not any(each["carried_over"] for each in answer["obligations"])
    meetings = [each for each in answer["obligations"] if each["rule"] == "members-meeting"]
    done, open_ = sorted(meetings, key=lambda each: each["period"])
    assert done == done | {
        "article": "支部·二(一)1",
        "layer": "bureau",
        "strength": "must",
        "title": "党员大会每月一次",
        "subject": {"kind": "branch", "id": 1, "name": "机关支部"},
        "period": "2026-01",
        "opens": "2026-01-01",
        "due": "2026-01-31",
        "status": "met",
        "days_overdue": None,
        "days_left": None,
        "proof": {"kind": "meeting", "id": 2, "on": "2026-01-12"},
    }
    assert open_ == open_ | {"status": "due", "days_left": 18, "days_overdue": None, "proof": None}
    assert open_["remedy"].startswith("partyctl meeting add members")


def test_days_overdue_count_from_the_day_it_was_due(branch: Run):
    answer = branch("check --json --as-of 2026-04-10 --rule members-meeting", code=3).json

    march = next(each for each in answer["obligations"] if each["period"] == "2026-03")
    assert (march["status"], march["days_overdue"], march["days_left"]) == ("overdue", 10, None)


def test_several_clauses_are_joined_by_a_comma_of_their_own(branch: Run):
    answer = branch("check --json --as-of 2026-01-15 --rule dues-monthly").json

    assert {each["article"] for each in answer["obligations"]} == {"支部·七、支部·七2"}


def test_json_is_whole_and_never_escaped(branch: Run):
    out = branch("check --json --as-of 2026-01-15").out

    assert "\\u" not in out
    assert "党员大会" in out
    assert json.loads(out)


def test_json_survives_any_name(branch: Run):
    name = 'O"Ne\\il 𠮷'
    branch(f"member add '{name}' --joined 2020-07-01")

    answer = branch("check --json --as-of 2026-02-10 --rule dues-monthly", code=3).json
    assert answer["obligations"][-1]["subject"]["name"] == name


def test_before_anything_is_overdue_check_is_content_and_leaves_with_zero(branch: Run):
    assert branch("check --as-of 2026-01-15 --json").json["ok"] is True
    assert "没有逾期" in branch("check --as-of 2026-01-15").out


def test_advice_counts_only_under_strict(january: Run):
    assert january("check --as-of 2026-02-01 --json").json["ok"] is True
    assert january("check --as-of 2026-02-01 --json --strict", code=3).json["ok"] is False
    january("check --as-of 2026-02-01 --strict", code=3)
    january("check --as-of 2026-01-31 --strict")


def test_a_month_without_a_value_is_the_running_one(january: Run):
    assert january("check --month --as-of 2026-02-10 --json").json["month"] == "2026-02"
    assert january("check --json --as-of 2026-02-10 --month").json["month"] == "2026-02"
    assert january("check --json --month --strict --as-of 2026-01-10").json["month"] == "2026-01"


def test_what_is_carried_over_decides_the_verdict_of_a_month_too(january: Run):
    month = "check --month 2026-03 --as-of 2026-03-15 --json"
    assert january(f"{month} --rule members-meeting", code=3).json["summary"] == summary(due=1)

    january("meeting add members --on 2026-02-10 --chair 张三 --notified 2026-02-01")

    assert january(f"{month} --rule members-meeting").json["ok"] is True


def test_one_area_or_one_rule_can_be_asked_for(branch: Run, refused: Refused):
    for area in ("dues", "党费"):
        found = branch(f"check --area {area} --as-of 2026-01-15 --json").json["obligations"]
        assert named(found) == {("dues-monthly", name) for name in ("张三", "李四", "王五")}
    found = branch("check --rule cell-meeting --as-of 2026-01-15 --json").json["obligations"]
    assert named(found) == {("cell-meeting", "第一小组")}
    assert "members-meeting" in refused("check --rule member-meeting", 2)
    assert "没有“nonsense”这种范围" in refused("check --area nonsense", 2)


def test_a_breach_is_mended_by_a_correction_which_holds_on_every_day(january: Run):
    january("meeting edit 2 --chair 李四")
    found = january("check --json --as-of 2026-01-12 --rule members-meeting-chair", code=3).json
    [breach] = found["obligations"]
    assert (breach["status"], breach["period"]) == ("breach", None)
    assert breach["opens"] == breach["due"] == "2026-01-12"
    assert breach["remedy"].startswith("partyctl meeting edit 2 --chair")

    january("meeting edit 2 --chair 张三")

    found = january("check --json --as-of 2026-01-12 --rule members-meeting-chair").json
    assert found["obligations"][0]["proof"] == {"kind": "meeting", "id": 2, "on": "2026-01-12"}
    january("check --as-of 2026-02-01")


def test_a_breach_stays_open_in_later_months_until_it_is_mended(january: Run):
    january("meeting edit 2 --chair 李四")

    found = january("check --json --month 2026-02 --as-of 2026-02-10", code=3).json
    assert found["summary"]["breach"] == 0
    carried = [each["rule"] for each in found["obligations"] if each["carried_over"]]
    assert sorted(carried) == ["cell-meeting", "members-meeting-chair", "theme-day"]


def test_a_voided_meeting_opens_its_month_again_and_takes_its_breaches_along(
    january: Run, standing
):
    january("meeting edit 2 --chair 李四")
    january("meeting void 2 --reason 登记有误")

    assert standing("members-meeting", "2026-02-01")[1, "2026-01"] == "overdue"
    assert standing("members-meeting-chair", "2026-02-01") == {}


def test_a_day_sees_only_what_had_happened_by_then(january: Run, standing):
    assert standing("members-meeting", "2026-01-11") == {(1, "2026-01"): "due"}
    assert standing("members-meeting", "2026-01-12") == {(1, "2026-01"): "met"}


def test_a_day_to_come_may_be_asked_about(january: Run):
    answer = january("check --as-of 2099-12-31 --rule party-lecture --json", code=3).json

    # All quarters from 2026-Q1 to 2099-Q3 are over; 2099-Q4 ends on the day of `--as-of`.
    assert answer["summary"] == summary(overdue=74 * 4 - 1, due=1)


def test_an_exempt_month_is_counted_as_waived_and_does_no_harm(january: Run):
    january(
        "dues exempt 王五 --from 2026-02 --to 2026-02 --on 2026-02-10 --reason 困难 --approved-by 会"
    )

    answer = january("check --month 2026-02 --area dues --as-of 2026-03-01 --json", code=3).json
    assert answer["summary"] == summary(overdue=2, waived=1)


def test_the_table_shows_what_is_open_and_all_of_it_if_asked(january: Run):
    plain, whole = (
        january("check --as-of 2026-02-10").out,
        january("check --all --as-of 2026-02-10").out,
    )

    assert "已完成" not in plain
    assert "已完成" in whole
    assert "提示 已过 10 天" in plain
    assert "待办 剩 18 天" in plain
    assert "2026-12-31" not in plain  # the due day of the yearly lecture is not in this month


@pytest.mark.parametrize("line", ["check --all", "check", "check --month 2026-03"])
def test_the_table_stands_in_columns_whatever_the_names_and_cuts_none(branch: Run, line: str):
    long, rare = "买买提·" * 14, "𠮷田"
    for name in (long, rare, "O'Neil"):
        branch(f'member add "{name}" --joined 2020-07-01')

    out = branch(f"{line} --as-of 2026-03-31", code=3).out

    assert long in out
    assert rare in out
    for table in out.split("\n\n"):
        rows = [row for row in table.splitlines() if "支部·七2" in row]
        for column in ("2026-", "党费", "支部·七"):
            assert len({columns(row[: row.index(column)]) for row in rows}) <= 1, column


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def test_no_obligation_is_left_off_the_whole_table(branch: Run):
    listed = branch("check --json --as-of 2026-03-31", code=3).json["obligations"]
    table = branch("check --all --as-of 2026-03-31", code=3).out

    rows = table.splitlines()
    articles = tuple({each["article"] for each in listed})
    assert sum(row.endswith(articles) for row in rows) == len(listed)


def test_records_of_several_nouns_with_one_number_on_one_day_are_told_apart(branch: Run):
    branch("plan adopt study 2026 --on 2026-01-10")
    branch("meeting add members,study --on 2026-01-10 --chair 张三")
    branch("dues pay 王五 --month 2026-01 --amount 10 --on 2026-01-10")

    owed = branch("check --month 2026-01 --as-of 2026-02-01 --json", code=3).json["obligations"]

    proofs = {each["rule"]: each["proof"] for each in owed if each["proof"]}
    assert proofs["study-plan"] == {"kind": "plan", "id": 1, "on": "2026-01-10"}
    assert proofs["members-meeting"] == {"kind": "meeting", "id": 1, "on": "2026-01-10"}
    assert proofs["dues-monthly"] == {"kind": "dues", "id": 1, "on": "2026-01-10"}


def test_the_remedy_of_a_lapse_names_the_step_that_comes_next(branch: Run):
    def remedy() -> str:
        owed = branch("check --rule dues-lapse --as-of 2026-07-05 --json").json["obligations"]
        return next(each["remedy"] for each in owed if each["subject"]["name"] == "王五")

    assert remedy() == "partyctl dues lapse 王五 --step education --on …"
    branch("dues lapse 王五 --step education --on 2026-07-02")
    assert remedy() == "partyctl dues lapse 王五 --step meeting --on …"
    branch("dues lapse 王五 --step meeting --on 2026-07-03")
    assert remedy() == "partyctl dues lapse 王五 --step superior --on …"


def test_nobody_owes_anything_in_a_branch_before_it_was_founded(branch: Run):
    branch("branch add 二支部 --founded 2026-02-15")
    branch("--branch 二支部 cell add 二组")
    branch("--branch 二支部 member add 赵六 --joined 2015-07-01")

    owed = branch("--branch 二支部 check --as-of 2026-04-02 --json", code=3).json["obligations"]

    first = {each["rule"]: each["period"] for each in reversed(owed)}
    assert first["members-meeting"] == "2026-02"
    assert first["cell-meeting"] == "2026-02"
    assert first["dues-monthly"] == "2026-03"
