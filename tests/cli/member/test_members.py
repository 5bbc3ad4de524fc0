"""`partyctl member`, `cell`, `branch` and `staff`: the roll, with standing, posts and dates."""

import pytest

from tests.cli.conftest import Refused
from tests.conftest import ItIs, Run

pytestmark = pytest.mark.dated


def names(run: Run, as_of: str) -> list[str]:
    return [each["name"] for each in run(f"member list --json --as-of {as_of}").json]


def test_a_member_is_on_the_roll_from_the_later_of_joining_and_the_ledgers_start(branch: Run):
    branch("member add 赵六 --joined 2026-03-18 --probationary")

    old, new = branch("member show 王五 --json").json, branch("member show 赵六 --json").json
    assert (old["on_roll_from"], old["probationary"]) == ("2026-01-01", False)
    assert (new["on_roll_from"], new["probationary"]) == ("2026-03-18", True)
    assert names(branch, "2026-03-17") == ["张三", "李四", "王五"]
    assert names(branch, "2026-03-18") == ["张三", "李四", "王五", "赵六"]


def test_everything_that_was_said_of_a_member_is_kept(branch: Run):
    said = branch(
        "member add 欧阳·买买提 --joined 2024年3月5日 --full 20250305 --since 2026-02-01"
        " --dues-to 2026-01 --cell 第一小组 --post 宣传委员 --gender 女 --birth 1990-01-01"
        " --id-number 110101199001011237 --phone 13800001234 --category 离退休 --json"
    ).json

    assert said["name"] == "欧阳·买买提"
    assert (said["joined_on"], said["full_on"]) == ("2024-03-05", "2025-03-05")
    assert (said["on_roll_from"], said["dues_paid_to"]) == ("2026-02-01", "2026-01")
    assert (said["cell"], said["branch"]) == ("第一小组", "机关支部")
    assert said["posts"] == [{"post": "publicity", "from": "2026-02-01", "to": None}]
    assert (said["gender"], said["birth_on"]) == ("female", "1990-01-01")
    assert said["category"] == "retired"


def test_identity_numbers_and_telephones_are_never_shown_whole(branch: Run):
    line = "member add 赵六 --joined 2020-07-01 --id-number 110101199001011237 --phone 13800001234"
    shown = [branch(f"{line} --json").out]
    shown += [branch(f"member {verb}").out for verb in ("show 赵六", "show 赵六 --json", "list")]

    assert not any("110101199001011237" in text or "13800001234" in text for text in shown)


def test_a_wrong_identity_number_is_refused_and_not_repeated(branch: Run, refused: Refused):
    err = refused("member add 赵六 --joined 2020-07-01 --id-number 110101199001011238", 2)

    assert "110101199001011238" not in err


@pytest.mark.parametrize("name", ["𠮷田", "阿卜杜拉·买买提", "John Smith", "李"])
def test_unusual_names_are_kept_and_found_as_typed(branch: Run, name: str):
    branch(f"member add '{name}' --joined 2020-07-01")
    branch(f"meeting add members --on 2026-03-05 --chair '{name}'")

    assert branch(f"member show '{name}' --json").json["name"] == name
    assert name in branch("member list").out
    assert branch("meeting show 1 --json").json["chair"] == name


@pytest.mark.parametrize(
    "name",
    [
        "张\x1b[31m三",
        "张\u202e三",
        "张\u200b三",
        "张\ufeff三",
        "张\x07三",
        "",
        "   ",
        "张,三",
        "张:三",
    ],
)
def test_a_name_that_could_deceive_the_eye_or_the_command_line_is_refused(
    branch: Run, refused: Refused, name: str
):
    err = refused(f"member add '{name}' --joined 2020-07-01", 2)

    assert not any(hidden in err for hidden in "\x1b\u202e\u200b\ufeff\x07")


@pytest.mark.parametrize("name", ["张[/red]三", "[bold]张三[/bold]", "张{0}三", "张%s三"])
def test_markup_in_a_name_is_text_like_any_other(branch: Run, name: str):
    branch(f"member add '{name}' --joined 2020-07-01")

    assert name in branch("member list").out
    assert name in branch(f"member show '{name}'").out
    assert name in branch("check --all --as-of 2026-01-15").out


def test_a_line_break_in_a_name_never_breaks_a_table(branch: Run):
    branch("member add '赵\n六' --joined 2020-07-01")

    added = branch("member list --json").json[-1]["name"]
    assert "\n" not in added
    assert len(branch("member list").out.splitlines()) == 1 + 4 + 1


def test_of_two_people_of_one_name_the_clerk_must_say_which(branch: Run, refused: Refused):
    branch("member add 王五 --joined 2023-07-01")

    for line in ("meeting add members --on 2026-03-05 --chair 王五", "member show 王五"):
        err = refused(line, 4)
        assert all(part in err for part in ("#3", "#4", "2020-07-01", "2023-07-01"))
    assert branch("member show '#4' --json").json["joined_on"] == "2023-07-01"
    branch("meeting add members --on 2026-03-05 --chair '#4'")
    assert branch("meeting show 1 --json").json["chair_id"] == 4


def test_an_unknown_name_says_which_command_adds_it(branch: Run, refused: Refused):
    assert "partyctl member add 孙七" in refused("member show 孙七", 4)
    assert "partyctl member add 孙七" in refused("dues pay 孙七 --month 2026-01 --amount 1", 4)
    assert "要写姓名或 #编号" in refused("member show '#99'", 4)


def test_a_post_runs_from_a_day_to_a_day(branch: Run):
    branch("member post 王五 discipline --from 2026-02-01")
    branch("member post 王五 纪检委员 --from 2026-02-01 --to 2026-05-31")

    held = branch("member show 王五 --json").json["posts"]
    assert held == [{"post": "discipline", "from": "2026-02-01", "to": "2026-05-31"}]


def test_the_list_names_the_posts_that_are_held_on_the_day(branch: Run):
    branch("member post 王五 discipline --from 2026-02-01 --to 2026-05-31")
    branch("member post 王五 publicity --from 2026-06-01 --to 2126-12-31")

    def listed(as_of: str) -> str:
        [line] = [x for x in branch(f"member list {as_of}").out.splitlines() if "王五" in x]
        return " ".join(line.split()[4:])

    assert listed("--as-of 2026-01-31") == ""
    assert listed("--as-of 2026-02-01") == listed("--as-of 2026-05-31") == "纪检委员"
    assert listed("--as-of 2026-06-01") == listed("") == "宣传委员"


def test_times_in_a_post_that_overlap_or_run_backwards_are_refused(branch: Run, refused: Refused):
    branch("member post 王五 discipline --from 2026-02-01 --to 2026-05-31")

    assert "起已任纪检委员" in refused("member post 王五 discipline --from 2026-05-31", 5)
    assert "2026-05-30 早于 2026-05-31" in refused(
        "member post 王五 publicity --from 2026-05-31 --to 2026-05-30", 5
    )
    assert "不能作为宣传委员" in refused("member post 王五 publicity --from 2025-12-31", 5)
    branch("member post 王五 discipline --from 2026-06-01")


@pytest.mark.parametrize("later_first", [False, True])
def test_a_corrected_term_does_not_overlap_another_one(
    branch: Run, refused: Refused, later_first: bool
):
    terms = ["--from 2026-02-01 --to 2026-03-31", "--from 2026-06-01"]
    for term in reversed(terms) if later_first else terms:
        branch(f"member post 王五 discipline {term}")

    for end in ("2026-06-01", "无"):
        err = refused(f"member post 王五 discipline --from 2026-02-01 --to {end}", 5)
        assert "王五自 2026-06-01 起已任纪检委员" in err
        assert "partyctl member post '#3' 纪检委员 --from 2026-02-01 --to 2026-05-31" in err
    branch("member post '#3' 纪检委员 --from 2026-02-01 --to 2026-05-31")
    branch("member post '#3' 纪检委员 --from 2026-06-01 --to 2026-06-30")


def test_the_last_day_of_a_term_stays_unless_it_is_named(branch: Run):
    branch("member post 王五 discipline --from 2026-02-01 --to 2026-05-31")

    again = branch("member post 王五 discipline --from 2026-02-01")
    assert "已登记 #3 王五 纪检委员 2026-02-01–2026-05-31" in again.out
    assert "已登记的最后一天 2026-05-31 不变" in again.err

    branch("member post 王五 discipline --from 2026-02-01 --to 无")
    held = branch("member show 王五 --json").json["posts"]
    assert held == [{"post": "discipline", "from": "2026-02-01", "to": None}]
    assert branch("member post 王五 discipline --from 2026-02-01").err == ""


def test_another_secretary_at_the_same_time_is_named(branch: Run):
    term = "member post 张三 branch-secretary --from 2026-01-01"
    branch(f"{term} --to 2126-12-31")

    said = branch("member post 王五 branch-secretary --from 2026-04-01")
    assert said.err == "注意：张三同一时间也任支部书记。\n"
    assert branch(f"{term} --to 2026-03-31").err == ""


def test_a_former_secretary_chairs_no_members_meeting_after_the_term(branch: Run, standing):
    branch("member post 张三 branch-secretary --from 2026-01-01 --to 2026-03-31")
    branch("member post 王五 branch-secretary --from 2026-04-01")
    branch("meeting add members --on 2026-03-31 --chair 张三")
    branch("meeting add members --on 2026-04-01 --chair 张三")

    assert standing("members-meeting-chair", "2026-04-30") == {
        (1, "2026-03-31"): "met",
        (2, "2026-04-01"): "breach",
    }


def test_the_times_as_a_leading_cadre_do_not_overlap(branch: Run, refused: Refused):
    edit = "member edit 张三"  # a leading cadre from 2026-01-01
    err = refused(f"{edit} --leader --from 2026-03-01", 5)
    assert "张三 2026-01-01– 已登记为领导干部" in err
    assert "partyctl member edit '#1' --not-leader --from 2026-01-01" in err
    branch(f"{edit} --leader --from 2026-01-01")
    branch(f"{edit} --leader")

    branch(f"{edit} --not-leader --from 2026-05-01")
    branch(f"{edit} --not-leader --from 2026-04-01")
    assert branch("member list --as-of 2026-03-31 --json").json[0]["leader"] is True
    assert branch("member list --as-of 2026-04-01 --json").json[0]["leader"] is False
    for again in ("2026-01-01", "2026-02-01", "2026-03-31"):
        err = refused(f"{edit} --leader --from {again}", 5)
        assert "partyctl member edit '#1' --leader --from 2026-04-01" in err
    err = refused(f"{edit} --not-leader --from 2026-05-01", 5)
    assert "张三自 2026-04-01 起已不是领导干部" in err
    branch("member edit '#1' --leader --from 2026-04-01")
    branch(f"{edit} --not-leader --from 2026-01-01")
    assert branch("member list --as-of 2026-03-31 --json").json[0]["leader"] is False
    branch(f"{edit} --leader --from 2026-01-01")


def test_a_leading_cadre_owes_a_lecture_of_the_year(branch: Run, standing):
    assert standing("leader-lecture", "2026-06-01") == {(1, "2026"): "due"}

    branch("meeting add lecture --on 2026-05-20 --chair 李四 --lecturer 张三")

    assert standing("leader-lecture", "2026-06-01") == {(1, "2026"): "met"}


@pytest.mark.parametrize(
    ("left", "owed"),
    [("2026-07-01", {}), ("2026-12-31", {}), ("2027-01-01", {(1, "2026"): "overdue"})],
)
def test_a_leading_cadre_who_left_owes_the_years_that_ended_before(
    branch: Run, standing, it_is: ItIs, left: str, owed: dict[tuple[int, str], str]
):
    it_is("2027-01-02")
    branch(f"member leave 张三 --on {left}")

    assert standing("leader-lecture", "2026-06-30") == {(1, "2026"): "due"}
    assert standing("leader-lecture", "2027-01-02") == owed


def test_a_member_who_left_is_no_longer_listed_from_that_day(branch: Run, refused: Refused):
    branch("member leave 王五 --on 2026-05-10 --to 市委党校支部 --dues-to 2026-05")

    assert names(branch, "2026-05-09") == ["张三", "李四", "王五"]
    assert names(branch, "2026-05-10") == ["张三", "李四"]
    left = branch("member show 王五 --json").json
    assert (left["left_reason"], left["left_to"]) == ("transfer", "市委党校支部")
    assert "王五" in branch("member list --all").out
    assert "王五已于 2026-05-10 离开" in refused("member leave 王五 --on 2026-06-10", 5)


def test_a_mistaken_departure_is_corrected_on_every_day(branch: Run):
    branch("member leave 王五 --on 2026-05-10")
    branch("member edit 王五 --left 无")

    assert "王五" in names(branch, "2026-06-01")


def test_a_departure_entered_as_a_correction_can_still_be_listed(branch: Run):
    branch("member edit 王五 --left 2026-05-10")

    assert "2026-05-10" in branch("member list --all").out
    assert branch("member show 王五").out


def test_dates_that_no_life_can_have_are_refused(branch: Run, refused: Refused):
    for line, told in (
        ("member add 赵六 --joined 2020-07-01 --birth 2020-07-02", "早于出生"),
        ("member add 赵六 --joined 2020-07-01 --full 2020-06-30", "转正 2020-06-30 早于入党"),
        ("member add 赵六 --joined 2026-03-01 --since 2026-02-28", "到支部 2026-02-28 早于入党"),
        ("member leave 王五 --on 2025-12-31", "早于到支部"),
        ("member add 赵六 --joined tomorrow", "只能登记已经发生的事"),
        ("member leave 王五 --on tomorrow", "只能登记已经发生的事"),
    ):
        assert told in refused(line, 5)


@pytest.mark.parametrize("option", ["--left", "--full", "--since", "--joined"])
def test_a_correction_cannot_put_a_day_to_come_on_record(
    branch: Run, refused: Refused, option: str
):
    assert "只能登记已经发生的事" in refused(f"member edit 王五 {option} tomorrow", 5)


def test_a_correction_changes_what_was_said_and_nothing_else(branch: Run):
    before = branch("member show 王五 --json").json
    branch("member edit 王五 --name 王武 --joined 2020-07-02 --category 学生 --cell 第一小组")

    after = branch("member show 王武 --json").json
    changed = {field for field in before if before[field] != after[field]}
    assert changed == {"name", "joined_on", "category", "cell"}
    assert "党员名册里没有“王五”" in branch("member show 王五", code=4).err


def test_a_voided_member_is_on_no_list_and_owes_nothing(branch: Run, standing, refused: Refused):
    branch("member add 赵六 --joined 2020-07-01")
    branch("member void 赵六 --reason 误登")

    assert "赵六" not in names(branch, "2026-06-01")
    assert standing("dues-monthly", "2026-01-31").keys() == {(n, "2026-01") for n in (1, 2, 3)}
    assert "党员名册里没有“赵六”" in refused("member show 赵六", 4)
    assert "误登" in branch("member show '#4'").out


def test_staff_can_lecture_but_neither_chair_nor_pay_dues(branch: Run, refused: Refused):
    branch("staff add 周讲师 --title 党校教师")
    branch("meeting add lecture --on 2026-03-05 --chair 张三 --lecturer 周讲师")

    [staff] = branch("staff list --json").json
    assert (staff["name"], staff["title"]) == ("周讲师", "党校教师")
    assert branch("meeting show 1 --json").json["lecturer"] == "周讲师"
    assert "党员名册里没有“周讲师”" in refused(
        "meeting add members --on 2026-03-05 --chair 周讲师", 4
    )
    assert "党员名册里没有“周讲师”" in refused("dues pay 周讲师 --month 2026-01 --amount 10", 4)


def test_a_branch_has_no_two_cells_of_one_name(branch: Run, refused: Refused):
    branch("cell add 第二小组")

    assert [each["name"] for each in branch("cell list --json").json] == ["第一小组", "第二小组"]
    assert "机关支部已有党小组“第二小组”" in refused("cell add 第二小组", 5)
    assert "没有“第三小组”这个党小组" in refused(
        "member add 赵六 --joined 2020-07-01 --cell 第三小组", 4
    )
