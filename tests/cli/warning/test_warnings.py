"""`partyctl warning`: a case from letter to dossier, and who may see the person's name."""

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Run, write_ledger

NAME, FACTS, SOURCE = "秦廉洁", "越权审批办公设备", "匿名电话反映"
"""A person, the reported act, and the source of the report; no other test data contains them."""
BUREAU = f"""
    init --organ 市某局党组 --branch 机关支部 --since 2026-01-01
    member add 张三 --joined 2010-07-01 --post branch-secretary --post leading-secretary
    member add 李四 --joined 2015-07-01 --post leading-member
    member add {NAME} --joined 2020-07-01 --post publicity
    staff add 周科员 --title 办公室科员
"""
INQUIRY = (
    f"warning issue {NAME} --level inquiry --category 4 --facts {FACTS} --source {SOURCE} "
    "--scope 重大物资采购 --on 2026-03-02"
)
ADMONITION = "warning issue 周科员 --level admonition --category 5 --facts 值班脱岗 --on 2026-03-02"


@pytest.fixture(scope="session")
def bureau_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_ledger(tmp_path_factory.mktemp("bureau") / "ledger.db", BUREAU)


@pytest.fixture
def bureau(run: Run, ledger: Path, bureau_ledger: Path) -> Run:
    """A bureau with two leaders, a member who is warned, and an employee who is not a member."""
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(bureau_ledger, ledger)
    return run


@pytest.fixture
def case(bureau: Run) -> Run:
    """A letter of inquiry, issued on 2 March and delivered on the 5th."""
    bureau(INQUIRY)
    bureau("warning deliver 1 --on 2026-03-05")
    return bureau


def shown(run: Run, number: int = 1, more: str = "") -> dict:
    return run(f"warning show {number} --json {more}").json


def test_a_case_goes_its_way_to_the_file(case: Run, owed):
    assert owed("warning-inquiry-reply", "2026-03-15") == {"案件 #1": "due"}
    assert owed("warning-inquiry-reply", "2026-03-16") == {"案件 #1": "overdue"}
    case("warning talk 1 --on 2026-03-10 --by 张三,李四 --notified 2026-03-09 --outline 核实经过")
    for rule in ("talk-two-people", "talk-outline", "talk-notice", "talk-lead"):
        assert owed(rule, "2026-03-10") == {"案件 #1": "met"}, rule
    assert owed("talk-register", "2026-03-11") == {"案件 #1": "due"}
    case("warning register 1 --on 2026-03-11 --promise 今后按程序办理")
    assert owed("talk-register", "2026-03-11") == {"案件 #1": "met"}
    case("warning reply 1 --on 2026-03-17")
    assert owed("warning-inquiry-reply", "2026-03-17") == {"案件 #1": "late"}
    case("warning close 1 --on 2026-03-20")
    assert owed("warning-archive", "2027-03-20") == {"案件 #1": "due"}
    case("warning archive 1 --on 2026-03-25 --volume 廉-2026-01")
    assert owed("warning-archive", "2026-03-25") == {"案件 #1": "met"}

    kept = shown(case)
    days = ("issued_on", "delivered_on", "replied_on", "closed_on", "archived_on", "volume")
    assert [kept[day] for day in days] == [
        "2026-03-02",
        "2026-03-05",
        "2026-03-17",
        "2026-03-20",
        "2026-03-25",
        "廉-2026-01",
    ]
    events = [(each["on"], each["event"]) for each in kept["timeline"]]
    assert events == [
        ("2026-03-02", "发出"),
        ("2026-03-05", "送达"),
        ("2026-03-09", "通知谈话"),
        ("2026-03-10", "防范谈话"),
        ("2026-03-11", "填写登记表"),
        ("2026-03-17", "书面回复"),
        ("2026-03-20", "结案"),
        ("2026-03-25", "归档"),
    ]
    clock = next(each for each in kept["clocks"] if each["rule"] == "warning-inquiry-reply")
    assert (clock["due"], clock["status"], clock["on"]) == ("2026-03-15", "late", "2026-03-17")


@pytest.mark.parametrize(
    ("level", "rule", "due"),
    [
        ("inquiry", "warning-inquiry-reply", "2026-02-10"),
        ("警示诫勉", "warning-admonition-report", "2026-02-10"),
        ("correction", "warning-correction-report", "2026-02-28"),
    ],
)
def test_each_letter_has_its_own_days_from_delivery(bureau: Run, level: str, rule: str, due: str):
    bureau(f"warning issue {NAME} --level {level} --category 1 --facts 甲 --on 2026-01-20")
    assert bureau(f"check --json --rule {rule} --as-of 2026-02-01").json["obligations"] == []
    bureau("warning deliver 1 --on 2026-01-31")

    (found,) = bureau(f"check --json --rule {rule} --as-of 2026-02-01").json["obligations"]
    assert (found["due"], found["status"]) == (due, "due")
    (line,) = [each for each in bureau("warning show 1").out.splitlines() if due in each]
    assert "期限" in line


def test_the_head_approves_an_admonition_by_the_day_of_issue(bureau: Run, owed):
    bureau(ADMONITION)
    assert owed("warning-approval", "2026-03-02") == {"案件 #1": "breach"}
    for approval, status in (
        ("--approved-by 李四 --approved-on 2026-03-01", "breach"),
        ("--approved-by 张三 --approved-on 2026-03-03", "breach"),
        ("--approved-by 张三 --approved-on 2026-03-02", "met"),
    ):
        bureau(f"warning edit 1 {approval}")
        assert owed("warning-approval", "2026-03-03") == {"案件 #1": status}, approval
    assert shown(bureau)["approved_by"] == "张三"


def test_a_talk_comes_before_an_admonition(bureau: Run, owed):
    bureau(ADMONITION)
    assert owed("warning-talk-first", "2026-03-02") == {"案件 #1": "advised"}
    bureau("warning talk 1 --on 2026-02-26 --by 张三,李四")
    assert owed("warning-talk-first", "2026-03-02") == {"案件 #1": "met"}
    assert owed("talk-two-people", "2026-02-26") == {"案件 #1": "met"}
    assert "--demand" in bureau("check --rule talk-register --as-of 2026-02-27").out
    bureau("warning register 1 --on 2026-02-26 --demand 写出检查")
    assert owed("talk-register", "2026-02-26") == {"案件 #1": "met"}


def test_a_talk_is_judged_and_corrected_by_its_day(case: Run, owed):
    case("warning talk 1 --on 2026-03-10 --by 李四 --unclear")
    for rule, status in (
        ("talk-two-people", "breach"),
        ("talk-outline", "breach"),
        ("talk-notice", "breach"),
        ("talk-lead", "advised"),
        ("talk-repeat", "due"),
    ):
        assert owed(rule, "2026-03-10") == {"案件 #1": status}, rule

    case("warning talk-edit 1 --on 2026-03-10 --by 李四,周科员 --lead-reason 书记出差")
    case("warning talk-edit 1 --on 2026-03-10 --notified 2026-03-09 --outline 核实")
    case("warning talk 1 --on 2026-03-12 --by 张三,李四")

    for rule in ("talk-two-people", "talk-outline", "talk-notice", "talk-lead", "talk-repeat"):
        (first, *_) = case(f"check --json --rule {rule} --as-of 2026-03-11").json["obligations"]
        assert first["status"] == ("due" if rule == "talk-repeat" else "met"), rule
    assert owed("talk-repeat", "2026-03-12") == {"案件 #1": "met"}
    named = shown(case, 1, "--reveal name --reason 核对")
    assert named["talks"][0]["by"] == ["李四", "周科员"]
    case("warning talk-void 1 --on 2026-03-12 --reason 误登")
    assert owed("talk-repeat", "2026-03-12") == {"案件 #1": "due"}


def test_the_post_is_that_of_the_day_of_issue(case: Run):
    case(f"member post {NAME} publicity --from 2026-01-01 --to 2026-03-31")
    case(f"member post {NAME} discipline --from 2026-04-01")
    case(ADMONITION)

    def seen(number: int = 1) -> dict:
        return shown(case, number, "--reveal name --reason 核对")

    assert seen()["post"] == "宣传委员"
    assert seen()["posts"] == ["publicity"]
    assert seen(2)["post"] == "办公室科员"
    case("warning edit 1 --post 计财科副科长")
    assert seen()["post"] == "计财科副科长"


# The person of a case


def test_whose_case_it_is_stands_in_no_list(case: Run):
    case("warning talk 1 --on 2026-03-10 --by 张三,李四 --outline 核实经过")
    case("warning register 1 --on 2026-03-11 --promise 今后按程序办理")
    secrets = (NAME, FACTS, SOURCE, "核实经过", "今后按程序办理")
    silent = (
        "warning list",
        "warning list --json",
        "warning show 1",
        "warning show 1 --json",
        "warning show 1 --history",
        "warning show 1 --history --json",
        "status",
        "status --json",
        "meeting list",
        "disclosure directory",
        *(f"journal show {run['run']} --json" for run in case("journal list --json").json[-4:]),
        *(
            f"check {how} --as-of 2026-03-31 --area warning"
            for how in ("", "--json", "--month 2026-03")
        ),
        "warning deliver 1 --on 2026-03-05",
        "warning reply 1 --on 2026-03-12 --json",
    )
    for line in silent:
        code = 3 if line.startswith("check") else 5 if "deliver" in line else 0
        printed = case(line, code=code)
        assert not [secret for secret in secrets if secret in printed.out + printed.err], line
    assert case("warning list --json").json[0]["name"] == "**"
    # The journal names the people who were entered on the roll, but shows a case only by its number.
    told = case("journal list --json").json
    of_the_case = [run["called"] for run in told if run["command"].startswith("warning")]
    assert of_the_case
    assert not [secret for secret in secrets if secret in str(of_the_case)]
    own = [run["called"] for run in told if NAME in str(run)]
    assert own == [["党员 #3 秦廉洁 宣传委员 2026-01-01"]]


def test_a_first_character_is_shown_where_three_people_bear_it(case: Run):
    """If a bureau has only one person called 秦, the surname alone identifies that person."""
    for another in ("秦甲", "秦乙"):
        assert case("warning list --json").json[0]["name"] == "**"
        assert shown(case)["name"] == "**"
        case(f"member add {another} --joined 2019-07-01")
    assert case("warning list --json").json[0]["name"] == "秦**"
    case("warning edit 1 --approved-by 秦甲 --approved-on 2026-03-02")
    assert case("warning list --json").json[0]["name"] == "**"


def test_who_took_part_is_shown_where_three_people_are_left_whose_case_it_might_be(case: Run):
    """Approver and talkers are masked if too few other people remain whose case it could be."""
    case("warning edit 1 --approved-by 张三 --approved-on 2026-03-02")
    assert shown(case)["approved_by"] == "张三"
    case("warning talk 1 --on 2026-03-10 --by 张三,周科员 --outline 核实经过")
    for more in ("", "--history"):
        few = shown(case, 1, more)
        assert (few["approved_by"], few["talks"][0]["by"]) == ("***", ["***", "***"])
        told = case(f"warning show 1 {more}").out
        assert not [name for name in ("张三", "周科员", "李四", NAME) if name in told], told
    revealed = shown(case, 1, "--reveal name --reason 核对")
    assert (revealed["approved_by"], revealed["talks"][0]["by"]) == ("张三", ["张三", "周科员"])
    case("staff add 郑科员")
    assert shown(case)["talks"][0]["by"] == ["张三", "周科员"]


def test_a_bureau_with_one_leading_cadre_does_not_say_that_it_is_theirs(run: Run, ledger: Path):
    """A case looks the same, whether its person is the leader, the member or the employee."""
    write_ledger(
        ledger,
        """
        init --organ 市某局党组 --branch 机关支部 --since 2026-01-01
        member add 张三 --joined 2010-07-01 --post branch-secretary --post leading-secretary
        member add 李四 --joined 2015-07-01
        staff add 周科员
        """,
    )
    said = {}
    for number, who in enumerate(("张三", "李四", "周科员"), start=1):
        run(f"warning issue {who} --level inquiry --category 4 --facts 某事 --on 2026-03-02")
        for line in (
            "warning list --json",
            f"warning show {number} --json",
            f"warning show {number}",
        ):
            printed = (
                run(line).out.replace(f"#{number}", "#1").replace(f'"id": {number}', '"id": 1')
            )
            said.setdefault(line.replace(str(number), "1"), set()).add(
                re.sub(r"T\d\d:\d\d:\d\d", "", printed)
            )
        assert not [each for each in ("张", "李", "周") if each in run("warning list").out]
        run(f"warning void {number} --reason 误登")
    assert {line: len(each) for line, each in said.items()} == dict.fromkeys(said, 1)


def test_a_name_in_the_list_is_shown_for_a_reason_that_the_journal_keeps(case: Run):
    case(ADMONITION)
    rows = case("warning list --reveal name --reason 年度核对 --json").json
    assert [row["name"] for row in rows] == [NAME, "周科员"]
    for number in (1, 2):
        last = shown(case, number, "--history")["history"][-1]
        assert (last["act"], last["said"]["reason"]) == ("reveal", "年度核对")

    kept = shown(case, 1, "--reveal name --reveal facts --reveal source --reason 约谈准备")
    assert (kept["name"], kept["facts"], kept["source"]) == (NAME, FACTS, SOURCE)
    assert FACTS in case("warning show 1 --reveal facts --reason 约谈准备").out
    assert NAME not in case("warning show 1 --reveal facts --reason 约谈准备").out


def test_nothing_is_revealed_without_a_reason(case: Run, refused: Refused):
    for line, code in (
        ("warning list --reveal name", 2),
        ("warning list --reveal facts --reason 核对", 2),
        ("warning list --reason 核对", 2),
        ("warning show 1 --reveal name", 2),
        ("warning show 1 --reveal phone --reason 核对", 2),
        ("warning show 1 --reveal name --reason ' '", 2),
        ("warning show 9 --reveal name --reason 核对", 4),
    ):
        assert NAME not in refused(line, code)


def test_a_refusal_says_no_more_of_the_person_than_of_others(case: Run, refused: Refused):
    case("member add 卢离开 --joined 2012-07-01")
    case("member leave 卢离开 --on 2026-03-05")
    for name in (
        NAME,
        "卢离开",
        "李四,李四",
    ):  # The person of the case; a person no longer on the roll; one person named twice.
        said = {
            refused(f"warning talk 1 --on 2026-03-10 --by 张三,{other}", 5)
            for other in (name, "卢离开")
        }
        assert len(said) == 1
        assert NAME not in said.pop()
    one, other = (
        refused(f"warning edit 1 --approved-by {name} --approved-on 2026-03-10", 5)
        for name in (NAME, "卢离开")
    )
    assert one == other


def test_an_undo_names_no_case_that_builds_on_it(
    bureau: Run, refused: Refused, monkeypatch: pytest.MonkeyPatch
):
    bureau("member add 卢新来 --joined 2012-07-01")
    monkeypatch.setenv("PARTYCTL_CLERK", "另一位")
    bureau("warning issue 卢新来 --level inquiry --category 4 --facts 甲 --on 2026-03-02")
    monkeypatch.delenv("PARTYCTL_CLERK")
    said = refused("undo", 5)
    assert "后来的记录用到它" in said
    assert not [word for word in ("案件", "warning", "#1") if word in said]
    assert "partyctl journal list" in said


# Impossible values


def test_the_categories_are_named_in_the_readers_language(
    bureau: Run, monkeypatch: pytest.MonkeyPatch
):
    line = f"warning issue {NAME} --level inquiry --category 10 --facts 甲 --on 2026-03-02"
    assert "2 工作失误" in bureau(line, code=2).err
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    named = bureau(line, code=2).err.splitlines()[1]
    assert "2 a mistake at work; 3" in named
    assert not re.search("[一-鿿]", named)


@pytest.mark.parametrize(
    ("line", "code", "clause"),
    [
        (f"warning issue {NAME} --level inquiry --category 10 --facts 甲 --on 2026-03-02", 2, "三"),
        (f"warning issue {NAME} --level inquiry --category 0 --facts 甲 --on 2026-03-02", 2, "三"),
        (f"warning issue {NAME} --level 通报 --category 1 --facts 甲 --on 2026-03-02", 2, ""),
        (f"warning issue {NAME} --level inquiry --category 1 --on 2026-03-02", 2, ""),
        ("warning issue 无此人 --level inquiry --category 1 --facts 甲 --on 2026-03-02", 4, ""),
        (f"{INQUIRY} --approved-by 张三", 2, ""),
        (f"{INQUIRY} --approved-by {NAME} --approved-on 2026-03-01", 5, "防范·四4"),
        ("warning deliver 1 --on 2026-03-01", 5, "防范·四1"),
        ("warning reply 1 --on 2026-03-10", 5, "防范·五"),
        ("warning close 1 --on 2026-03-10", 5, "防范·五"),
        ("warning archive 1 --on 2026-03-10 --volume 1", 5, "防范·六"),
        (f"warning talk 1 --on 2026-03-10 --by 张三,{NAME}", 5, "防范·四2"),
        ("warning talk 1 --on 2026-03-10 --by 张三,张三", 5, "防范·四2"),
        ("warning talk 1 --on 2026-03-10 --by ,", 2, ""),
        ("warning talk 1 --on 2026-03-10", 2, ""),
        ("warning register 1 --on 2026-03-10", 2, ""),
        ("warning register 1 --on 2026-03-01 --promise 甲", 5, "防范·四4"),
        ("warning deliver 9 --on 2026-03-10", 4, ""),
        ("warning edit 1 --not close", 4, ""),
        ("warning talk-edit 1 --on 2026-03-10 --by 张三", 4, ""),
        ("warning void 9 --reason 误登", 4, ""),
    ],
)
def test_what_cannot_be_is_refused_by_its_clause(
    bureau: Run, refused: Refused, line: str, code: int, clause: str
):
    bureau(INQUIRY)
    assert clause in refused(line, code)


def test_the_days_of_a_case_follow_each_other(case: Run, refused: Refused):
    assert "案件 #1 已于 2026-03-05 送达" in refused(
        "warning deliver 1 --on 2026-03-06", 5
    )  # the letter has been delivered already
    assert "不能早于" in refused("warning reply 1 --on 2026-03-04", 5)
    case("warning reply 1 --on 2026-03-10")
    assert "不能早于" in refused("warning close 1 --on 2026-03-09", 5)
    case("warning close 1 --on 2026-03-12")
    assert "不能早于" in refused("warning archive 1 --on 2026-03-11 --volume 1", 5)
    assert "不能在" in refused("warning talk 1 --on 2026-03-13 --by 张三,李四", 5)
    assert "不能早于" in refused("warning edit 1 --on 2026-03-06", 5)  # delivered earlier
    assert "没有“书面回复”的记录" in refused("warning edit 1 --not reply", 5)
    case("warning edit 1 --not close")
    case("warning edit 1 --not reply")
    assert shown(case)["replied_on"] is None


def test_one_person_has_one_file(case: Run, refused: Refused):
    def end(number: int, volume: str) -> str:
        case(f"warning deliver {number} --on 2026-03-05") if number > 1 else None
        case(f"warning reply {number} --on 2026-03-06")
        case(f"warning close {number} --on 2026-03-07")
        return f"warning archive {number} --on 2026-03-08 --volume {volume}"

    case(INQUIRY)
    case(ADMONITION)
    case(end(1, "甲"))
    assert "甲" in refused(end(2, "乙"), 5)
    case("warning archive 2 --on 2026-03-08 --volume 甲")
    assert "防范·六" in refused(end(3, "甲"), 5)
    case("warning archive 3 --on 2026-03-08 --volume 乙")


def test_a_voided_case_owes_nothing_and_a_command_is_undone_whole(case: Run, owed):
    case("warning talk 1 --on 2026-03-10 --by 李四")
    case("undo")
    assert shown(case)["talks"] == []
    case("warning void 1 --reason 误登")
    assert owed("warning-inquiry-reply", "2026-04-01") == {}
    assert case("warning list --json").json == []
    case("undo")
    assert owed("warning-inquiry-reply", "2026-04-01") == {"案件 #1": "overdue"}
    assert "案件 #1" in case("waive list --json").out + case("check --as-of 2026-04-01", code=3).out


def test_a_case_is_not_closed_nor_archived_while_the_form_of_a_talk_is_missing(
    case: Run, refused: Refused
):
    case("warning reply 1 --on 2026-03-08")
    case("warning talk 1 --on 2026-03-10 --by 张三,李四 --outline 核实")
    said = refused("warning close 1 --on 2026-03-20", 5)
    assert "登记表" in said
    assert "防范·四4" in said
    assert "partyctl warning register 1 --on 2026-03-10 --promise" in said
    case("warning register 1 --on 2026-03-10 --demand 写出检查")  # without the promise
    assert "谈话后还没有填登记表" in refused("warning close 1 --on 2026-03-20", 5)
    case("warning register 1 --on 2026-03-11 --promise 今后按程序办理")
    assert "谈话后还没有填登记表" in refused("warning close 1 --on 2026-03-10", 5)
    case("warning close 1 --on 2026-03-20")
    assert "登记表" in refused("warning edit 1 --not register", 5)
    case("warning archive 1 --on 2026-03-21 --volume 2026-1")


def test_a_post_that_one_person_holds_does_not_say_whose_case_it_is(case: Run):
    """The post 宣传委员 has only one holder, so showing it would reveal the person."""
    assert "宣传委员" not in case("warning show 1").out
    hidden = shown(case)
    assert (hidden["post"], hidden["posts"]) == ("***", [])
    told = shown(case, more="--reveal name --reason 归档核对")
    assert told["post"] == "宣传委员"


@pytest.mark.parametrize(
    "line",
    [
        "dues assess 张三 --base {n} --from 2026-01",
        "dues pay 张三 --month 2026-01 --amount {n} --on 2026-01-20",
        "member edit 张三 --id-number {n}",
        "member edit 张三 --phone {n}",
    ],
)
@pytest.mark.parametrize(
    "number", ["51234.567", "５１２３４元整", "110101199003070039x", "=13800001111"]
)
def test_an_error_never_repeats_an_income_or_a_number(line: str, number: str, bureau: Run, capsys):
    from partyctl.cli.start.main import run as run_command

    run_command(line.format(n=number).split())
    said = capsys.readouterr()
    assert number not in said.err + said.out
