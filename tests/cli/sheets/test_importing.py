"""Imports of dues, meetings, ratings, talks and applicants from sheets in the usual form of offices."""

from pathlib import Path

import pytest

from tests.cli.conftest import Workbook, digest
from tests.conftest import Run

SAMPLES = Path(__file__).parents[2] / "papers" / "sheets" / "samples"


def sample(number: str) -> Path:
    (path,) = SAMPLES.glob(f"{number}_*")
    return path


def test_19_a_list_of_meetings(run: Run):
    run("init --organ 市某局党组 --branch 机关第一支部 --since 2026-01-01")
    run("member add 甲一 --joined 2010-07-01 --post branch-secretary")
    run(f"meeting import {sample('19')}")
    first, second = run("meeting list --json").json
    assert (first["kinds"], first["held_on"]) == (["members"], "2026-03-03")
    assert (first["due_present"], first["present"], first["topics"]) == (7, 6, ["讨论年度计划"])
    assert (second["kinds"], second["held_on"]) == (["committee"], "2026-03-10")
    assert (second["due_present"], second["present"]) == (3, 3)
    again = run(f"meeting import {sample('19')} --json").json["meetings"]
    assert [each["state"] for each in again] == ["same", "same"]


def test_21_ratings_of_which_one_is_none(branch: Run):
    for name in ("甲一", "乙二", "丙三"):
        branch(f"member add {name} --joined 2010-07-01")
    assert "一行也没有写入" in branch(f"review import {sample('21')}", code=65).err
    branch("review open 2026 --on 2026-09-01")
    branch("review meeting 2026 --on 2026-09-20")
    branch(f"review import {sample('21')} --year 2026")
    rated = {
        row["member"]: row["grade"] for row in branch("review show 2026 --json").json["ratings"]
    }
    assert rated == {"甲一": "excellent", "乙二": "qualified"}


def test_bases_and_payments_of_a_month_in_one_sheet(branch: Run, workbook: Workbook):
    file = workbook(
        "姓名 计算基数 起始月份 应交 实交 交纳日期",
        ("张 三", 5100, "2026-01", 76.5, 76.5, "2026.3.5"),
        ("李四", 3000, "2026年1月", None, "15元", "2026.3.5"),
        ("合计", None, None, None, 91.5, None),
        sheet="2026年3月党费",
    )
    branch(f"dues import {file}")
    rows = branch("dues list --json").json
    assert [(row["act"], row["member"], row["amount"]) for row in rows] == [
        ("assessment", "张三", 7650),
        ("payment", "张三", 7650),
        ("assessment", "李四", 1500),
        ("payment", "李四", 1500),
    ]
    again = branch(f"dues import {file} --json").json["entries"]
    assert {each["state"] for each in again} == {"same"}
    assert "5100" not in str(again)


def test_a_register_of_a_year_by_months(branch: Run, workbook: Workbook):
    file = workbook("姓名 1月 2月 三月", ("李四", 10, 10, None), sheet="2026年党费收缴登记表")
    said = branch(f"dues import {file}", code=65)
    assert "哪一天交的" in said.out
    branch(f"dues import {file} --on 2026-03-01")
    months = [row["from_month"] for row in branch("dues list --json").json]
    assert months == ["2026-01", "2026-02"]


def test_an_amount_that_was_never_calculated_is_no_amount(
    branch: Run, workbook: Workbook, ledger: Path
):
    file = workbook("姓名 月份 实交 交纳日期", ("李四", "2026-03", "=1+1", "2026-03-05"))
    before = digest(ledger)
    assert "没有算过" in branch(f"dues import {file}", code=65).out
    assert digest(ledger) == before


def test_a_base_that_cannot_be_read_is_not_repeated(branch: Run, workbook: Workbook):
    file = workbook("姓名 计算基数 起始月份", ("李四", "4321.567", "2026-01"))
    said = branch(f"dues import {file}", code=65)
    assert "4321" not in said.out + said.err


def test_two_payments_of_one_month_are_asked_about(branch: Run, workbook: Workbook):
    line = ("李四", "2026-03", 5, "2026-03-05")
    said = branch(f"dues import {workbook('姓名 月份 实交 交纳日期', line, line)}", code=65)
    assert "请只留一行" in said.out


def test_what_was_paid_otherwise_is_reported_and_corrected_by_update(
    branch: Run, workbook: Workbook
):
    branch("dues pay 李四 --month 2026-03 --amount 8 --on 2026-03-01 --by 张三 --receipt 7")
    file = workbook("姓名 月份 实交 交纳日期", ("李四", "2026-03", 5, "2026-03-05"))
    (line,) = branch(f"dues import {file} --json").json["entries"]
    assert [(each["column"], each["ledger"], each["sheet"]) for each in line["differs"]] == [
        ("实交", "8.00", "5.00"),
        ("交纳日期", "2026-03-01", "2026-03-05"),
    ]
    (paid,) = branch("dues list --json").json
    assert paid["amount"] == 800

    branch(f"dues import {file} --update")
    (paid,) = branch("dues list --json").json
    assert (paid["amount"], paid["happened_on"]) == (500, "2026-03-05")
    shown = branch(f"dues show {paid['id']} --json").json
    assert (shown["payer"], shown["receipt"]) == ("member", "7")
    assert branch("dues show 1 --json").json["void_reason"] == "corrected: recorded anew"
    assert branch(f"dues import {file} --json").json["entries"][0]["state"] == "same"
    branch("undo")
    (paid,) = branch("dues list --json").json
    assert paid["amount"] == 800


def test_with_a_branch_a_payment_by_a_member_of_another_is_corrected(
    branch: Run, workbook: Workbook
):
    branch("branch add 二支部 --founded 2020-01-01")
    branch("--branch 二支部 member add 吴九 --joined 2012-07-01")
    branch("dues assess 张三 --base 5000 --from 2026-01")
    branch("dues pay 张三 --month 2026-03 --amount 40 --on 2026-03-05 --by 吴九")
    file = workbook("姓名 月份 实交", ("张三", "2026-03", 45))
    branch(f"--branch 机关支部 dues import {file} --update")
    paid = branch("dues list --json").json[-1]
    assert paid["amount"] == 4500
    assert branch(f"dues show {paid['id']} --json").json["payer"] == "member"


def test_with_a_branch_a_guest_from_another_stays_on_the_attendance_sheet(
    branch: Run, workbook: Workbook
):
    branch("branch add 二支部 --founded 2020-01-01")
    branch("--branch 二支部 member add 吴九 --joined 2012-07-01")
    branch("meeting add members --on 2026-03-05 --chair 张三 --present 张三,吴九 --due-present 4")
    file = workbook("姓名 是否到会", ("李四", "是"), ("王五", "否"))
    branch(f"--branch 机关支部 meeting import {file} --meeting 1")
    assert branch("meeting show 1 --json").json["present_names"] == ["张三", "李四", "吴九"]


def test_a_day_of_payment_alone_is_corrected_in_its_entry(branch: Run, workbook: Workbook):
    branch("dues pay 李四 --month 2026-03 --amount 8 --on 2026-03-01")
    file = workbook("姓名 月份 实交 交纳日期 收据号", ("李四", "2026-03", 8, "2026-03-05", "9"))
    branch(f"dues import {file} --update")
    (paid,) = branch("dues list --json").json
    assert (paid["id"], paid["happened_on"]) == (1, "2026-03-05")
    assert branch("dues show 1 --json").json["receipt"] == "9"


def test_a_payment_of_several_months_is_left_to_its_command(branch: Run, workbook: Workbook):
    branch("dues assess 李四 --base 3000 --from 2026-01")
    branch("dues pay 李四 --month 2026-01..2026-03 --amount 45 --on 2026-03-01")
    file = workbook("姓名 月份 实交 交纳日期", ("李四", "2026-03", 5, "2026-03-05"))
    (line,) = branch(f"dues import {file} --update --json").json["entries"]
    assert line["differs"][0]["remedy"].startswith("partyctl dues status")
    assert len(branch("dues list --json").json) == 2


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("2026年1—3月", "党费"),
        ("2026.1-2026.3", "党费"),
        ("2026-01至2026-03", "党费"),
        ("2026-01..2026-03", "党费"),
        ("１-３月", "2026年党费"),
        ("一季度", "2026年党费"),
        ("2026年第1季度", "党费"),
        (None, "2026年1—3月党费收缴表"),
        (None, "2026年一季度党费"),
    ],
)
def test_a_payment_of_several_months_is_split_as_they_are_owed(
    branch: Run, workbook: Workbook, said: str | None, title: str
):
    """支部·七: a member owes 40 a month until February and 15 from March, and pays all at once."""
    branch("dues assess 李四 --base 4000 --from 2026-01")
    branch("dues assess 李四 --base 3000 --from 2026-03 --reason 工资变动")
    file = workbook("姓名 月份 实交 交纳日期", ("李四", said, 95, "2026-03-05"), sheet=title)
    (line,) = branch(f"dues import {file} --dry-run --json").json["entries"]
    assert (line["state"], line["month"], line["paid"]) == ("new", "2026-01..2026-03", 9500)
    branch(f"dues import {file}")
    status = branch("dues status --year 2026 --as-of 2026-04-01 --member 李四 --json").json
    assert (status["members"][0]["paid"], status["members"][0]["unpaid_months"]) == (9500, [])
    assert branch(f"dues import {file} --json").json["entries"][0]["state"] == "same"
    branch("undo")
    status = branch("dues status --year 2026 --as-of 2026-04-01 --member 李四 --json").json
    assert status["members"][0]["paid"] == 0


@pytest.mark.parametrize(
    ("said", "amount", "told"),
    [
        ("2026年1—3月", 44, "应交 15.00+15.00+15.00，已交 0.00，与 44.00 元对不上"),
        ("2025年12月—2026年1月", 15, "应交 未核定+15.00"),
        ("2026年4—5月", 30, "已交 15.00"),
        ("1—3月", 45, "没有写各月是哪一年的"),
        ("2026年1-3", 45, "是几个月，还是某一天"),
        ("2025年11月—2026年1月", 15, "应交 未核定+未核定+15.00"),
    ],
)
def test_a_payment_of_several_months_that_does_not_fit_is_asked_about(
    branch: Run, workbook: Workbook, ledger: Path, said: str, amount: int, told: str
):
    branch("dues assess 李四 --base 3000 --from 2026-01")
    branch("dues pay 李四 --month 2026-04 --amount 15 --on 2026-04-02")
    before = digest(ledger)
    file = workbook("姓名 月份 实交 交纳日期", ("李四", said, amount, "2026-05-05"), sheet="党费")
    assert told in branch(f"dues import {file}", code=65).out
    assert digest(ledger) == before


def test_the_day_of_all_lines_corrects_no_day_on_record(branch: Run, workbook: Workbook):
    branch("dues pay 李四 --month 2026-01 --amount 10 --on 2026-01-05")
    file = workbook("姓名 1月 2月", ("李四", 10, 10), sheet="2026年党费收缴登记表")
    told = branch(f"dues import {file} --on 2026-02-05 --update --json").json["entries"]
    assert [each["state"] for each in told] == ["same", "new"]


def test_talks_of_several_people_at_once(branch: Run, workbook: Workbook):
    file = workbook(
        "序号 谈话时间 谈话人 谈话对象 谈话内容", (1, "2026.3.5", "张三", "李四、王 五", "思想")
    )
    branch(f"talk import {file}")
    (talk,) = branch("talk list --json").json
    assert talk["with"] == ["张三", "李四", "王五"]
    assert branch(f"talk import {file} --json").json["talks"][0]["state"] == "same"


def test_applicants_with_the_days_of_their_steps(branch: Run, workbook: Workbook):
    file = workbook(
        "姓名 递交入党申请书时间 派人谈话时间 确定积极分子时间 培养联系人 指定培养联系人日期",
        ("郑 十", "2026.1.5", "2026.1.20", "2026.8.6", "李四、王五", "2026.8.10"),
    )
    branch(f"applicant import {file}")
    steps = branch("applicant show 郑十 --json").json["steps"]
    assert [each["step"] for each in steps] == ["talk", "activist", "mentors"]
    assert steps[2]["with"] == ["李四", "王五"]


def test_a_step_that_lacks_what_it_needs_is_refused_with_its_line(
    branch: Run, workbook: Workbook, ledger: Path
):
    file = workbook("姓名 申请时间 确定发展对象时间", ("郑十", "2026-01-05", "2026-03-01"))
    before = digest(ledger)
    said = branch(f"applicant import {file}", code=65).out
    assert "郑十" in said
    assert digest(ledger) == before


WAY = (
    "郑十",
    "2025-01-05",
    "2025-06-10",
    "李四、王五",
    "2025-06-20",
    "2025-09-10、2025.12.8；2026年3月9日",
    "2025年12月30日",
)
WAY_HEAD = "姓名 申请时间 确定积极分子时间 培养联系人 指定培养联系人日期 思想汇报时间 培养考察时间"


def test_reports_and_examinations_come_with_all_their_days(branch: Run, workbook: Workbook):
    file = workbook(WAY_HEAD, WAY)
    branch(f"applicant import {file}")
    steps = branch("applicant show 郑十 --json").json["steps"]
    assert [(each["step"], each["on"]) for each in steps] == [
        ("activist", "2025-06-10"),
        ("mentors", "2025-06-20"),
        ("report", "2025-09-10"),
        ("report", "2025-12-08"),
        ("exam", "2025-12-30"),
        ("report", "2026-03-09"),
    ]
    assert branch(f"applicant import {file} --json").json["applicants"][0]["state"] == "same"
    more = workbook(WAY_HEAD, (*WAY[:5], "2025-09-10、2026-02-02", None))
    branch(f"applicant import {more} --update")
    steps = branch("applicant show 郑十 --json").json["steps"]
    assert sum(each["step"] == "report" for each in steps) == 4


def test_a_step_recorded_otherwise_is_corrected_by_update(branch: Run, workbook: Workbook):
    branch(f"applicant import {workbook(WAY_HEAD, WAY)}")
    otherwise = list(WAY)
    otherwise[2], otherwise[3] = "2025-06-12", "张三、李四"
    file = workbook(WAY_HEAD + " 出生日期", (*otherwise, "2000-01-02"))
    (told,) = branch(f"applicant import {file} --json").json["applicants"]
    assert {each["column"]: each["ledger"] for each in told["differs"]} == {
        "出生日期": "",
        "培养联系人": "李四、王五",
        "确定积极分子日期": "2025-06-10",
    }
    assert {each["remedy"] for each in told["differs"]} == {None}
    branch(f"applicant import {file} --update")
    shown = branch("applicant show 郑十 --json").json
    assert shown["birth_on"] == "2000-01-02"
    steps = {each["step"]: each for each in shown["steps"]}
    assert steps["activist"]["on"] == "2025-06-12"
    assert (steps["mentors"]["on"], steps["mentors"]["with"]) == ("2025-06-20", ["张三", "李四"])
    assert branch(f"applicant import {file} --json").json["applicants"][0]["state"] == "same"
    branch("undo")
    steps = {each["step"]: each for each in branch("applicant show 郑十 --json").json["steps"]}
    assert (steps["activist"]["on"], steps["mentors"]["with"]) == ("2025-06-10", ["李四", "王五"])


def test_a_step_that_cannot_have_been_then_is_refused_whole(
    branch: Run, workbook: Workbook, ledger: Path
):
    branch(f"applicant import {workbook(WAY_HEAD, WAY)}")
    before = digest(ledger)
    file = workbook("姓名 确定积极分子时间", ("郑十", "2024-12-12"))
    assert "早于郑十的申请" in branch(f"applicant import {file} --update", code=65).out
    assert digest(ledger) == before


def test_people_of_a_step_without_its_day_are_remarked(branch: Run, workbook: Workbook):
    file = workbook("姓名 申请时间 培养联系人", ("郑十", "2026-01-05", "李四"))
    assert "没有写“指定培养联系人”的日期" in branch(f"applicant import {file}").err


RESULTS_HEAD = f"{WAY_HEAD} 考察结果"


def test_results_of_examinations_come_with_their_days(branch: Run, workbook: Workbook):
    """支部·六3: one cell has all examination days, another the results in the same order."""
    head, row = RESULTS_HEAD, (*WAY[:6], "2025-06-30、2025-12-30", "合格、不合格")
    file = workbook(head, row)
    branch(f"applicant import {file}")
    exams = [
        (each["on"], each["result"])
        for each in branch("applicant show 郑十 --json").json["steps"]
        if each["step"] == "exam"
    ]
    assert exams == [("2025-06-30", "pass"), ("2025-12-30", "fail")]
    assert branch(f"applicant import {file} --json").json["applicants"][0]["state"] == "same"
    passed = workbook(WAY_HEAD, (*WAY[:6], "2025-06-30（合格）；2025-12-30（合格）"))
    (told,) = branch(f"applicant import {passed} --json").json["applicants"]
    assert told["differs"][0]["ledger"] == "通过、未通过"
    branch(f"applicant import {passed} --update")
    assert branch(f"applicant import {passed} --json").json["applicants"][0]["state"] == "same"
    file = workbook(head, row)
    assert branch(f"applicant import {file} --json").json["applicants"][0]["state"] == "different"
    branch("undo")
    assert branch(f"applicant import {file} --json").json["applicants"][0]["state"] == "same"


@pytest.mark.parametrize(
    ("results", "told"),
    [("合格", "考察有 2 个日期，结果有 1 个"), ("85、90", "结果“85”读不出来")],
)
def test_results_that_fit_no_day_are_asked_about(
    branch: Run, workbook: Workbook, ledger: Path, results: str, told: str
):
    before = digest(ledger)
    file = workbook(RESULTS_HEAD, (*WAY[:6], "2025-06-30、2025-12-30", results))
    assert told in branch(f"applicant import {file}", code=65).out
    assert digest(ledger) == before


def test_results_of_a_training_and_a_review_come_from_a_sheet(run: Run, workbook: Workbook):
    """支部·六6: the first sheet says that a training was failed; the second, that it was passed."""
    for line in (SCENARIOS / "admission-smooth.txt").read_text(encoding="utf-8").splitlines():
        if " 政治审查 " in line:
            break
        if line and not line.startswith("#"):
            run(line)
    name, day = "周八", "2025-04-10"
    heads = "姓名 政审时间 政审结论 集中培训时间 培训考试结果"
    file = workbook(heads, (name, day, "合格", day, "不及格"))
    run(f"applicant import {file} --update")
    taken = {each["step"]: each for each in run(f"applicant show {name} --json").json["steps"]}
    assert taken["political-review"]["result"] == "pass"
    assert taken["training"]["result"] == "fail"
    assert run(f"applicant import {file} --json").json["applicants"][0]["state"] == "same"
    better = workbook(heads, (name, day, "合格", day, "合格"))
    (told,) = run(f"applicant import {better} --json").json["applicants"]
    assert [each["column"] for each in told["differs"]] == ["短期集中培训结果"]
    run(f"applicant import {better} --update")
    taken = {each["step"]: each for each in run(f"applicant show {name} --json").json["steps"]}
    assert taken["training"]["result"] == "pass"


SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.mark.parametrize(
    ("heads", "row", "step", "said"),
    [
        (
            "延长预备期日期 延长至 延长大会票数",
            ("吴九", "2024-09-28", "2025-03-14", "3/3/3/0/0"),
            "extension",
            {"until": "2025-03-14"},
        ),
        (
            "取消预备党员资格日期 取消资格大会票数",
            ("郑十", "2024-04-20", "3/3/3/0/0"),
            "cancellation",
            {},
        ),
    ],
)
def test_what_ends_or_prolongs_a_probation_comes_from_a_sheet(
    run: Run, workbook: Workbook, heads: str, row: tuple[str, ...], step: str, said: dict[str, str]
):
    name = {"extension": "extended", "cancellation": "cancelled"}[step]
    for line in (SCENARIOS / f"admission-{name}.txt").read_text(encoding="utf-8").splitlines():
        if f" {step} " in line:
            break
        if line and not line.startswith("#"):
            run(line)
    file = workbook(f"姓名 {heads}", row)
    run(f"applicant import {file} --update")
    taken = run(f"applicant show {row[0]} --json").json["steps"][-1]
    assert (taken["step"], taken["on"], taken["votes"]["approve"]) == (step, row[1], 3)
    assert {name: taken[name] for name in said} == said
    assert run(f"applicant import {file} --json").json["applicants"][0]["state"] == "same"


def test_meetings_whose_numbers_do_not_add_up(branch: Run, workbook: Workbook):
    file = workbook(
        "会议类型 会议时间 主持人 应到人数 实到人数 请假人数",
        ("支委会", "2026-03-03", "张三", 3, 2, 0),
    )
    assert "合不上" in branch(f"meeting import {file}", code=65).out


def test_attendance_without_its_meeting_is_asked_for(branch: Run, workbook: Workbook):
    branch("meeting add members --on 2026-03-02 --chair 张三")
    file = workbook("姓名 签到", ("张三", "√"), ("李四", "请假"))
    assert "哪次会议" in branch(f"meeting import {file}", code=65).out
    branch(f"meeting import {file} --meeting 1")
    shown = branch("meeting show 1 --json").json
    assert shown["present_names"] == ["张三"]
    assert shown["absent"] == [{"name": "李四", "reason": "请假"}]


def test_a_list_of_meetings_says_what_their_papers_need(branch: Run, workbook: Workbook):
    heading = "会议类型 会议时间 主持人 会议地点 开始时间 结束时间 第几次 记录人 列席人员 发言要点"
    line = [
        "党员大会",
        "2026-03-03",
        "张三",
        "三楼",
        "9点30分",
        "11:00",
        "第3次",
        "李四",
        "客人甲，客人乙",
    ]
    file = workbook(heading, (*line, "李四：抓落实：一项一项；客人甲:同意"))
    branch(f"meeting import {file}")
    shown = branch("meeting show 1 --json").json
    assert (shown["place"], shown["from_time"], shown["to_time"]) == ("三楼", "09:30", "11:00")
    assert (shown["ordinal"], shown["recorder"], shown["guests"]) == (3, "李四", "客人甲、客人乙")
    assert shown["speeches"] == [
        {"speaker": "李四", "said": "抓落实：一项一项"},
        {"speaker": "客人甲", "said": "同意"},
    ]
    again = branch(f"meeting import {file} --json").json["meetings"]
    assert [each["state"] for each in again] == ["same"]

    line[3:7] = ["四楼", "09:30", "11:30", "4"]
    other = workbook(heading, (*line, "李四：改了"))
    found = branch(f"meeting import {other} --json").json["meetings"]
    assert [each["state"] for each in found] == ["different"]
    assert branch("meeting show 1 --json").json["place"] == "三楼"
    branch(f"meeting import {other} --update")
    shown = branch("meeting show 1 --json").json
    assert (shown["place"], shown["to_time"], shown["ordinal"]) == ("四楼", "11:30", 4)
    assert shown["speeches"] == [{"speaker": "李四", "said": "改了"}]


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("结束时间", "九点半", "09:30"),
        ("第几次", "0", "从 1 起"),
        ("发言要点", "大家都同意", "姓名：要点"),
        ("发言要点", "外人：同意", "外人"),
        ("结束时间", "08:00", "不能在"),
    ],
)
def test_what_a_list_of_meetings_cannot_mean_is_refused(
    branch: Run, workbook: Workbook, column: str, value: str, said: str
):
    file = workbook(
        f"会议类型 会议时间 主持人 开始时间 {column}",
        ("党员大会", "2026-03-03", "张三", "09:00", value),
    )
    told = branch(f"meeting import {file}", code=65)
    assert said in told.out + told.err
    assert branch("meeting list --json").json == []


def test_a_meeting_without_a_kind_is_refused(branch: Run, workbook: Workbook):
    file = workbook("会议类型 会议时间 主持人", ("、", "2026-03-03", "张三"))
    assert "没有填" in branch(f"meeting import {file}", code=65).out
    assert branch("meeting list --json").json == []


WHOLE = "会议类型 会议时间 主持人 党小组 讲课人 通知日期 议题 决议 应到 实到"


def test_two_cells_that_meet_on_one_day_have_two_meetings(branch: Run, workbook: Workbook):
    branch("meeting add cell --on 2026-03-05 --chair 张三 --topic 学党章")
    file = workbook("会议类型 会议时间 主持人", ["党小组会", "2026-03-05", "张三"])
    (told,) = branch(f"meeting import {file} --json").json["meetings"]
    assert told["state"] == "same"
    branch("cell add 第二小组")
    branch("meeting add lecture --on 2026-03-05 --chair 张三 --cell 第一小组 --topic 学党史")
    rows = (
        ["党小组会", "2026-03-05", "李四", "第二小组", "收党费"],
        ["党小组会", "2026-03-05", "张三", "第一小组", "学党章"],
        ["党课", "2026-03-05", "李四", "第二小组", "学党章"],
    )
    file = workbook("会议类型 会议时间 主持人 党小组 议题", *rows)
    told = branch(f"meeting import {file} --update --json").json["meetings"]
    assert [each["state"] for each in told] == ["new", "same", "new"]
    assert [
        (each["id"], each["cell"], each["chair"]) for each in branch("meeting list --json").json
    ] == [
        (1, "第一小组", "张三"),
        (2, "第一小组", "张三"),
        (3, "第二小组", "李四"),
        (4, "第二小组", "李四"),
    ]
    again = branch(f"meeting import {file} --json").json["meetings"]
    assert [each["state"] for each in again] == ["same", "same", "same"]


@pytest.mark.parametrize(
    ("kind", "recorded", "cell"),
    [
        ("集中学习", "", "第二小组"),
        ("集中学习", "--cell 第一小组", None),
        ("党小组会", "--cell 第一小组", None),
    ],
)
def test_a_meeting_without_a_cell_is_not_taken_for_a_cells_meeting(
    branch: Run, workbook: Workbook, kind: str, recorded: str, cell: str | None
):
    branch("cell add 第二小组")
    branch(f"meeting add {kind} --on 2026-03-05 --chair 张三 {recorded}")
    if kind == "党小组会":
        branch(f"meeting add {kind} --on 2026-03-05 --chair 李四 --cell 第二小组")
    before = branch("meeting list --json").json
    file = workbook("会议类型 会议时间 主持人 党小组", [kind, "2026-03-05", "李四", cell])
    told = branch(f"meeting import {file} --update", code=65)
    assert "#1" in told.out
    assert "partyctl meeting edit … --cell …" in told.out
    assert branch("meeting list --json").json == before


def test_all_that_a_list_of_meetings_carries_is_compared(branch: Run, workbook: Workbook):
    row = ["党课", "2026-03-02", "张三", "第一小组", "李四", "2026-02-26", "学党章", "通过", 3, 3]
    branch(f"meeting import {workbook(WHOLE, row)}")
    again = branch(f"meeting import {workbook(WHOLE, row)} --json").json["meetings"]
    assert [each["state"] for each in again] == ["same"]
    otherwise = workbook(
        WHOLE,
        ["党课", "2026-03-02", "王五", "第一小组", "张三", "2026-02-27", "学党章", "不通过", 3, 2],
    )
    (told,) = branch(f"meeting import {otherwise} --json").json["meetings"]
    assert {each["column"]: each["ledger"] for each in told["differs"]} == {
        "主持人": "张三",
        "讲课人": "李四",
        "通知日期": "2026-02-26",
        "会议决议": "通过",
        "实到": "3",
    }
    branch(f"meeting import {otherwise} --update")
    shown = branch("meeting show 1 --json").json
    assert (shown["chair"], shown["lecturer"], shown["cell"]) == ("王五", "张三", "第一小组")
    assert (shown["notified_on"], shown["present"]) == ("2026-02-27", 2)
    (decided,) = shown["decisions"]
    assert (decided["topic"], decided["resolution"]) == ("学党章", "不通过")
    again = branch(f"meeting import {otherwise} --json").json["meetings"]
    assert [each["state"] for each in again] == ["same"]


def test_another_topic_is_a_difference_and_replaced_by_update(branch: Run, workbook: Workbook):
    branch("meeting add members --on 2026-03-02 --chair 张三 --topic 年度计划")
    file = workbook("会议类型 会议时间 主持人 议题", ("党员大会", "2026-03-02", "张三", "换届"))
    (told,) = branch(f"meeting import {file} --json").json["meetings"]
    assert [(each["ledger"], each["sheet"]) for each in told["differs"]] == [("年度计划", "换届")]
    assert branch("meeting show 1 --json").json["topics"] == ["年度计划"]
    branch(f"meeting import {file} --update")
    assert branch("meeting show 1 --json").json["topics"] == ["换届"]
    assert branch(f"meeting import {file} --json").json["meetings"][0]["state"] == "same"
    branch("journal verify")
    branch("undo")
    assert branch("meeting show 1 --json").json["topics"] == ["年度计划"]


@pytest.mark.parametrize(
    ("said", "topics"),
    [
        ("年度计划；选举", ["年度计划", "选举"]),
        ("选举", ["选举"]),
        ("换届；年度计划；选举", ["年度计划", "换届", "选举"]),
    ],
)
def test_several_topics_are_compared_as_the_list_prints_them(
    branch: Run, workbook: Workbook, said: str, topics: list[str]
):
    branch("meeting add members --on 2026-03-02 --chair 张三 --topic 年度计划 --topic 换届")
    file = workbook("会议类型 会议时间 主持人 议题", ("党员大会", "2026-03-02", "张三", said))
    branch(f"meeting import {file} --update")
    assert branch("meeting show 1 --json").json["topics"] == topics
    branch("undo")
    assert branch("meeting show 1 --json").json["topics"] == ["年度计划", "换届"]


def test_a_topic_that_was_voted_on_becomes_no_other(branch: Run, workbook: Workbook):
    branch("meeting add members --on 2026-03-02 --chair 张三 --decision '换届=通过;3/3/3/0/0'")
    file = workbook("会议类型 会议时间 主持人 议题", ("党员大会", "2026-03-02", "张三", "学党章"))
    (told,) = branch(f"meeting import {file} --update --json").json["meetings"]
    assert told["differs"][0]["remedy"] == "partyctl meeting edit 1 --decision …"
    assert branch("meeting show 1 --json").json["topics"] == ["换届"]


def test_a_decision_that_was_voted_on_is_left_to_its_command(branch: Run, workbook: Workbook):
    branch("meeting add members --on 2026-03-02 --chair 张三 --decision '计划=通过;3/3/3/0/0'")
    heads = "会议类型 会议时间 主持人 议题 决议"
    file = workbook(heads, ("党员大会", "2026-03-02", "张三", "计划", "不通过"))
    (told,) = branch(f"meeting import {file} --update --json").json["meetings"]
    assert told["differs"][0]["remedy"] == "partyctl meeting edit 1 --decision …"
    assert branch("meeting show 1 --json").json["decisions"][0]["votes"]["approve"] == 3


def test_where_papers_are_kept_comes_from_a_sheet(branch: Run, workbook: Workbook):
    heading = "姓名 申请日期 入党申请书存放 思想汇报存放处"
    file = workbook(heading, ("郑十", "2026-02-01", "档案柜2-1", "档案柜2-2"))
    branch(f"applicant import {file}")
    papers = branch("applicant show 郑十 --json").json["papers"]
    kept = {each["paper"]: each["kept_at"] for each in papers}
    assert kept == {"application": "档案柜2-1", "reports": "档案柜2-2"}
    again = branch(f"applicant import {file} --json").json["applicants"]
    assert [each["state"] for each in again] == ["same"]
    moved = workbook(heading, ("郑十", "2026-02-01", "档案柜3-1", None))
    branch(f"applicant import {moved}")
    assert {each["kept_at"] for each in papers} == {"档案柜2-1", "档案柜2-2"}
    branch(f"applicant import {moved} --update")
    papers = branch("applicant show 郑十 --json").json["papers"]
    assert {each["kept_at"] for each in papers} == {"档案柜3-1", "档案柜2-2"}


def test_sentences_keep_their_own_signs_and_an_unchanged_sheet_changes_nothing(
    branch: Run, workbook: Workbook, tmp_path: Path
):
    sentence = "传达（第二次）；部署，落实：“一项一项”！"
    file = workbook(
        "会议类型 会议时间 主持人 会议议题 会议地点",
        ("党员大会", "2026-03-03", "张三", sentence, "三楼（东）"),
    )
    branch(f"meeting import {file}")
    shown = branch("meeting show 1 --json").json
    assert (shown["topics"], shown["place"]) == ([sentence], "三楼（东）")
    branch("applicant add 郑十 --applied 2026-02-01")
    branch("applicant edit 郑十 --paper 入党申请书=柜２（上）")
    branch(f"applicant sheet -o {tmp_path}/a.xlsx")
    found = branch(f"applicant import {tmp_path}/a.xlsx --json").json["applicants"]
    assert [each["state"] for each in found] == ["same"]


def test_what_a_sheet_says_otherwise_of_a_talk_is_a_difference(branch: Run, workbook: Workbook):
    heading = "谈话人 谈话对象 谈话日期 谈话地点 谈话主题 后续事项 完成时限"
    line = ("张三", "李四", "2026-03-05", "办公室", "思想", None, None)
    branch(f"talk import {workbook(heading, line)}")
    again = branch(f"talk import {workbook(heading, line)} --json").json["talks"]
    assert [each["state"] for each in again] == ["same"]
    other = workbook(
        heading, ("李四", "张三", "2026-03-05", "会议室", "思想", "帮带", "2026-05-01")
    )
    told = branch(f"talk import {other} --json").json["talks"]
    assert [each["state"] for each in told] == ["different"]
    assert branch("talk show 1 --json").json["place"] == "办公室"
    branch(f"talk import {other} --update")
    talk = branch("talk show 1 --json").json
    assert (talk["place"], talk["theme"]) == ("会议室", "思想")
    assert (talk["follow_up"], talk["follow_up_due"]) == ("帮带", "2026-05-01")
    assert len(branch("talk list --json").json) == 1


@pytest.mark.parametrize(
    ("command", "headers", "good", "bad"),
    [
        ("member import", "姓名 入党日期", ("赵六", "2020-07-01"), ("钱七", "2020-07")),
        ("applicant import", "姓名 申请日期", ("周八", "2026-01-05"), ("吴九", "2026-01")),
        (
            "meeting import",
            "会议类型 日期 主持人",
            ("集中学习", "2026-01-12", "张三"),
            ("集中学习", "2026-02", "张三"),
        ),
        ("talk import", "日期 谈话对象", ("2026-01-12", "张三、李四"), ("2026-02", "张三、李四")),
        (
            "dues import --month 2026-01",
            "姓名 实交 交纳日期",
            ("张三", "76.50", "2026-01-12"),
            ("李四", "76.50", "2026-01"),
        ),
    ],
)
def test_one_line_that_cannot_be_read_keeps_the_good_ones_out_too(
    branch: Run,
    workbook: Workbook,
    ledger: Path,
    command: str,
    headers: str,
    good: tuple[str, ...],
    bad: tuple[str, ...],
):
    before = digest(ledger)
    said = branch(f"{command} {workbook(headers, good, bad)}", code=65)
    assert "一行也没有写入" in said.err
    assert digest(ledger) == before
    assert "新增" in branch(f"{command} {workbook(headers, good)} --dry-run").out


@pytest.mark.parametrize(
    ("command", "headers", "line", "missing"),
    [
        ("meeting import", "会议类型 日期", ("集中学习", "2026-01-12"), "主持人"),
        ("member import", "姓名 性别", ("赵六", "男"), "入党日期"),
        ("talk import", "日期 主题", ("2026-01-12", "思想"), None),
        ("applicant import", "姓名 性别", ("周八", "男"), None),
    ],
)
def test_a_sheet_without_a_column_that_every_line_needs_is_told_so(
    branch: Run,
    workbook: Workbook,
    ledger: Path,
    command: str,
    headers: str,
    line: tuple[str, ...],
    missing: str | None,
):
    before = digest(ledger)
    said = branch(f"{command} {workbook(headers, line)}", code=65)
    assert (missing or "") in said.out + said.err
    assert digest(ledger) == before


def test_dues_of_members_who_left_are_taken_for_the_months_that_they_owe(
    branch: Run, workbook: Workbook
):
    branch("dues assess 李四,王五 --base 3000 --from 2026-01")
    branch("member leave 李四 --on 2026-03-10")
    branch("member leave 王五 --on 2026-03-10 --dues-to 2026-02")
    file = workbook("姓名 月份 实交 交纳日期", ("李四", "2026-03", "15", "2026-03-12"))
    branch(f"dues import {file}")
    assert "1 条" in branch(f"dues import {file} --dry-run").out
    for name, month in (("王五", "2026-03"), ("李四", "2026-04")):
        late = workbook("姓名 月份 实交 交纳日期", (name, month, "15", "2026-04-12"))
        assert "党员名册里没有" in branch(f"dues import {late}", code=65).out
    early = workbook("姓名 一月 二月 交纳日期", ("王五", "15", "15", "2026-03-12"))
    branch(f"dues import {early} --month 2026-01")
    paid = [row for row in branch("dues list --json").json if row["act"] == "payment"]
    assert [row["member"] for row in paid] == ["李四", "王五", "王五"]


def test_a_name_that_a_debtor_who_left_shares_is_not_guessed(branch: Run, workbook: Workbook):
    branch("dues assess 李四 --base 3000 --from 2026-01")
    branch("member leave 李四 --on 2026-03-10")
    branch("member add 李四 --joined 2020-07-01")
    heading = "姓名 入党日期 月份 实交 交纳日期"
    file = workbook(heading, ("李四", "", "2026-03", "15", "2026-03-12"))
    assert "台账里有几个同名的" in branch(f"dues import {file}", code=65).out
    later = workbook(heading, ("李四", "", "2026-04", "15", "2026-04-12"))
    branch(f"dues import {later}")
    branch("dues pay '#2' --month 2026-01..2026-03 --amount 45 --on 2026-03-12")
    file = workbook(heading, ("李四", "", "2026-03", "15", "2026-03-12"))
    branch(f"dues import {file}")
    paid = [row for row in branch("dues list --json").json if row["act"] == "payment"]
    assert [row["member_id"] for row in paid] == [4, 2, 4]
