"""`partyctl applicant`: the steps of an admission, the refusals, and breaches recorded with a reason."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from partyctl.law.admission.steps import STEPS
from tests.cli.conftest import Refused, Workbook
from tests.conftest import Run, write_ledger

BRANCH = """
    init --organ 市某局党组 --branch 机关支部 --since 2024-01-01
    member add 张三 --joined 2005-07-01 --post branch-secretary
    member add 李四 --joined 2008-07-01 --post organization
    member add 王五 --joined 2012-07-01
    member add 赵六 --joined 2023-09-01 --full 2024-09-01
    applicant add 周八 --applied 2024-01-10 --birth 1995-05-01
"""
WAY = """
    talk --on 2024-01-20
    activist --on 2024-03-04
    filing --on 2024-03-04
    publicity --on 2024-03-05
    registration-form --on 2024-03-13
    mentors --on 2024-03-14 --with 李四,王五
    report --on 2024-06-20
    exam --on 2024-06-25
    target-publicity --on 2025-02-20
    target --on 2025-03-10
    target-approval --on 2025-03-20
    introducers --on 2025-03-21 --with 李四,王五
    political-review --on 2025-04-10
    training --on 2025-04-20 --until 2025-04-22
    form-approval --on 2025-05-06
    application-form --on 2025-05-08
    committee-review --on 2025-05-12
    vote --on 2025-05-20 --votes 4/4/4/0/0 --signed-on 2025-05-21
    approval --on 2025-06-15
    oath --on 2025-07-01
    conversion-request --on 2026-05-15
    conversion-publicity --on 2026-05-16
    conversion-vote --on 2026-05-26 --votes 4/4/4/0/0
    conversion-approval --on 2026-06-20
    archive --on 2026-06-30
"""
EVERY_STEP = [line.split(maxsplit=1)[0] for line in WAY.strip().splitlines()]


LINES = {line.split()[0]: line.strip() for line in WAY.strip().splitlines()}
INSTEAD = {
    "extension": "extension --on 2026-05-26 --until 2027-05-19 --votes 4/4/4/0/0",
    "cancellation": "cancellation --on 2026-05-26 --votes 4/4/4/0/0",
}
"""The steps that replace `conversion-vote` if probation is extended or cancelled."""


@pytest.fixture(scope="session")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A copy of the ledger before each step of the admission, and one after the last step."""
    folder = tmp_path_factory.mktemp("way")
    ledger = write_ledger(folder / "ledger.db", BRANCH)
    found = {}
    for step, line in LINES.items():
        found[step] = Path(shutil.copy(ledger, folder / f"{step}.db"))
        write_ledger(ledger, f"applicant step 周八 {line}")
    return found | {"": ledger}


@pytest.fixture
def applied(run: Run, ledger: Path, snapshots: dict[str, Path]) -> Run:
    """A branch with four members and the applicant 周八; 赵六 became a full member in 2024-09."""
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(snapshots["talk"], ledger)
    return run


Went = Callable[..., Run]


@pytest.fixture
def went(run: Run, ledger: Path, snapshots: dict[str, Path]) -> Went:
    """A function that records all steps before the step `until`, except the steps in `without`.

    After the first step in `without`, the steps in NOT_NEEDED are left out too.
    """
    ledger.parent.mkdir(mode=0o700)

    def went(until: str = "", without: str = "") -> Run:
        skipped = without.split()
        begin = min([until, *skipped], key=[*EVERY_STEP, ""].index)
        shutil.copy(snapshots[begin], ledger)
        end = [*EVERY_STEP, ""].index(until)
        for step in EVERY_STEP[[*EVERY_STEP, ""].index(begin) : end]:
            if step not in (*skipped, *NOT_NEEDED):
                run(f"applicant step 周八 {LINES[step]}")
        return run

    return went


NOT_NEEDED = (
    "filing",
    "mentors",
    "report",
    "exam",
    "target-publicity",
    "oath",
    "conversion-request",
)
"""Steps that the later steps of these tests do not require.

If a test leaves out a step, `went` also leaves out the steps in this list that come after it.
"""


def test_a_whole_way_leads_to_full_membership(went: Went):
    run = went()
    found = run("applicant show 周八 --json --as-of 2026-07-01").json
    assert (found["stage"], found["since"]) == ("full", "2026-06-20")
    assert [step["step"] for step in found["steps"]] == EVERY_STEP
    assert (found["missing"], found["next"], found["overdue"]) == (
        [each for each in found["missing"] if each["rule"] in ("thought-report", "activist-exam")],
        None,
        3,
    )
    assert [step["with"] for step in found["steps"] if step["with"]] == [["李四", "王五"]] * 2
    member = run("member show 周八 --json --as-of 2026-07-01").json
    assert (member["joined_on"], member["full_on"]) == ("2025-05-20", "2026-05-20")
    assert not member["probationary"]


def test_the_table_of_steps_is_the_contracts():
    contract = """talk activist filing publicity registration-form mentors report exam
        target-publicity target target-approval introducers political-review training form-approval
        application-form committee-review vote approval oath conversion-request
        conversion-publicity conversion-vote conversion-approval extension cancellation archive"""
    assert [row.step.value for row in STEPS] == contract.split()


def stage(run: Run, day: str) -> str:
    return run(f"applicant show 周八 --json --as-of {day}").json["stage"]


def test_each_day_has_its_stage_and_the_roll_its_member(went: Went):
    run = went()
    for day, expected in {
        "2024-03-03": "applicant",
        "2024-03-04": "activist",
        "2025-03-09": "activist",
        "2025-03-10": "target",
        "2025-05-19": "target",
        "2025-05-20": "probationary",
        "2026-06-19": "probationary",
        "2026-06-20": "full",
    }.items():
        assert stage(run, day) == expected, day
    for day, expected in {"2025-05-19": [], "2025-05-20": [True], "2026-06-20": [False]}.items():
        rows = run(f"member list --json --as-of {day}").json
        assert [row["probationary"] for row in rows if row["name"] == "周八"] == expected, day


# If a hard precondition is missing, the step is refused; the message names the clause and the
# command for the missing step. If the user gives a reason, the step is recorded and reported
# as a breach. Each row is: step, its day, steps left out, clause, missing step, rule.

HARD = [
    ("filing", "2024-03-04", "activist", "六1", "activist", "activist-decision"),
    ("publicity", "2024-03-05", "activist", "六1", "activist", "activist-decision"),
    ("mentors", "2024-03-14", "activist", "六1", "activist", "activist-decision"),
    ("report", "2024-06-20", "activist", "六1", "activist", "activist-decision"),
    ("exam", "2024-06-25", "activist", "六1", "activist", "activist-decision"),
    ("target-publicity", "2025-02-20", "activist", "六1", "activist", "activist-decision"),
    ("registration-form", "2024-03-13", "publicity", "六1", "publicity", "activist-publicity"),
    ("registration-form", "2024-03-12", "", "六1", "registration-form", "activist-publicity"),
    ("registration-form", "2024-03-13", "activist", "六1", "activist", "activist-decision"),
    ("target", "2025-03-03", "", "六4", "target", "target-one-year"),
    ("target", "2025-03-10", "activist", "六1", "activist", "activist-decision"),
    ("target-approval", "2025-03-20", "target", "六4", "target", "target-decision"),
    ("introducers", "2025-03-21", "target-approval", "六4", "target-approval", "target-decision"),
    ("political-review", "2025-04-10", "target-approval", "六4", "target-approval", "target-decision"),
    ("training", "2025-04-20", "target-approval", "六4", "target-approval", "target-decision"),
    ("form-approval", "2025-05-06", "target-approval", "六4", "target-approval", "target-decision"),
    ("application-form", "2025-05-08", "form-approval", "六7", "form-approval", "application-form"),
    ("committee-review", "2025-05-12", "application-form", "六7", "application-form", "application-form"),
    ("vote", "2025-05-20", "introducers", "六5", "introducers", "introducers"),
    ("vote", "2025-05-20", "training", "六6", "training", "training"),
    ("vote", "2025-05-20", "application-form", "六7", "application-form", "application-form"),
    ("vote", "2025-05-20", "committee-review", "六8", "committee-review", "committee-examination"),
    ("approval", "2025-06-15", "vote", "六9", "vote", "admission-vote"),
    ("oath", "2025-07-01", "approval", "六10", "approval", "admission-approval"),
    ("conversion-request", "2026-05-15", "approval", "六10", "approval", "admission-approval"),
    ("conversion-publicity", "2026-05-16", "approval", "六10", "approval", "admission-approval"),
    ("conversion-vote", "2026-05-26", "conversion-publicity", "六11", *["conversion-publicity"] * 2),
    ("conversion-vote", "2026-05-26", "approval", "六10", "approval", "admission-approval"),
    ("conversion-vote", "2026-05-16", "", "六11", "conversion-vote", None),
    ("extension", "2026-05-26", "conversion-publicity", "六11", *["conversion-publicity"] * 2),
    ("extension", "2026-05-26", "approval", "六10", "approval", "admission-approval"),
    ("cancellation", "2026-05-26", "conversion-publicity", "六11", *["conversion-publicity"] * 2),
    ("cancellation", "2026-05-26", "approval", "六10", "approval", "admission-approval"),
    ("conversion-approval", "2026-06-20", "conversion-vote", "六11", "conversion-vote", None),
    ("archive", "2026-06-30", "conversion-approval", "六11", "conversion-approval", None),
    ("conversion-request", "2026-04-18", "", "六11", "conversion-request", "conversion-request"),
    (
        "conversion-publicity", "2026-05-15", "conversion-request", "六11",
        "conversion-request", "conversion-publicity"
    ),
]  # fmt: skip
DEPENDENT = {
    "activist": "filing publicity registration-form mentors report exam target-publicity",
    "target-approval": "introducers political-review training form-approval application-form "
    "committee-review",
    "target": "target-approval",
    "form-approval": "application-form",
    "application-form": "committee-review",
    "approval": "oath conversion-request conversion-publicity",
}
"""For each step, the later steps that require the step.

If a test leaves out the step, the test must leave out these later steps too.
"""


IN_CHINESE = {row.step.value: row.step.chinese for row in STEPS}
"""The Chinese name of each step, as suggested commands print it."""


def options_of(step: str) -> str:
    return " ".join((LINES | INSTEAD)[step].split()[3:])


def command_of(step: str, day: str) -> str:
    return f"applicant step 周八 {step} --on {day} {options_of(step)}".strip()


@pytest.mark.sweep(12)
@pytest.mark.parametrize(
    ("step", "day", "without", "clause", "missing", "rule"),
    HARD,
    ids=[f"{step} without {without or day}" for step, day, without, *_ in HARD],
)
def test_a_step_before_what_it_needs_is_refused_and_for_a_reason_in_breach(
    went: Went,
    refused: Refused,
    step: str,
    day: str,
    without: str,
    clause: str,
    missing: str,
    rule: str | None,
):
    run = went(
        "conversion-vote" if step in INSTEAD else step, f"{without} {DEPENDENT.get(without, '')}"
    )
    said = refused(command_of(step, day), 5)
    assert f"[支部·{clause}]" in said
    assert f"partyctl applicant step 周八 {IN_CHINESE[missing]} --on " in said
    if rule is None:
        assert refused(f"{command_of(step, day)} --override 上级要求", 5) == said
        return
    run(f"{command_of(step, day)} --override 上级要求")
    found = run(f"check --json --rule {rule} --as-of {day}", code=3).json["obligations"]
    assert [(each["status"], each["subject"]["name"]) for each in found] == [("breach", "周八")]
    assert "上级要求" in run("applicant show 周八").out


def test_every_hard_precondition_of_the_table_has_its_refusal_above():
    stated = {(row.step.value, need.rule) for row in STEPS for need in row.hard if need.rule}
    tried = {(step, rule) for step, *_, rule in HARD}
    assert stated <= tried


@pytest.mark.parametrize("result", ["none", "failed"])
def test_without_a_political_review_nobody_is_admitted_whatever_the_reason(
    went: Went, refused: Refused, result: str
):
    run = went("vote", "political-review")
    if result == "failed":
        run("applicant step 周八 political-review --on 2025-04-10 --result fail")
    vote = command_of("vote", "2025-05-20")
    for command in (vote, f"{vote} --override 上级要求"):
        said = refused(command, 5)
        assert "[支部·六6]" in said
        assert "partyctl applicant step 周八 政治审查 --on" in said
    assert "“政治审查合格”" in refused(
        "waive political-review --subject 周八 --reason 特殊 --decided-on 2025-05-20", 5
    )


@pytest.mark.parametrize("until", ["2026-11-18", "2027-05-20"])
def test_the_bounds_of_an_extension_have_no_exception(went: Went, refused: Refused, until: str):
    run = went("conversion-vote")
    line = f"applicant step 周八 extension --on 2026-05-26 --until {until} --votes 4/4/4/0/0"
    for command in (line, f"{line} --override 上级要求"):
        said = refused(command, 5)
        assert "2026-11-19" in said
        assert "2027-05-19" in said
        assert "[支部·六11]" in said
    assert "“预备期只延长一次，半年以上一年以下”[支部·六11] 不得免除" in refused(
        "waive extension-bounds --subject 周八 --reason 特殊 --decided-on 2026-05-20", 5
    )
    assert "缺少：--until" in refused("applicant step 周八 extension --on 2026-05-26", 2)
    run("applicant step 周八 extension --on 2026-05-26 --until 2026-11-19 --votes 4/4/4/0/0")


def test_who_is_on_probation_leaves_as_the_member_that_is_meant(went: Went):
    run = went("conversion-vote")
    member = run("member show 周八 --json").json["id"]
    run("member add 周八 --joined 2015-01-01 --since 2026-01-01")
    refused = run("applicant close '#1' --on 2026-05-01 --reason 调离", code=5).err
    assert f"→ partyctl member leave '#{member}' --on 2026-05-01\n" in refused


def test_after_a_failed_vote_the_meeting_can_vote_on_another_question(went: Went):
    run = went("conversion-vote")
    run("applicant step 周八 conversion-vote --on 2026-05-26 --votes 4/4/1/3/0")
    shown = run("applicant show 周八 --as-of 2026-06-01").out
    assert "下一步：延长预备期[支部·六11]" in shown
    assert (
        "    或者：取消预备党员资格\n    → partyctl applicant step 周八 取消预备党员资格 --on …"
        in shown
    )
    remedy = "applicant step 周八 延长预备期 --on … --until …"
    assert f"→ partyctl {remedy}" in shown
    assert remedy in run("check --rule conversion-vote --as-of 2026-06-01").out
    again = run("applicant step 周八 conversion-vote --on 2026-06-01 --votes 4/4/4/0/0", code=5).err
    assert "→ partyctl applicant show 周八" in again
    run("applicant step 周八 extension --on 2026-05-27 --until 2026-11-19 --votes 4/4/1/3/0")
    run("applicant step 周八 cancellation --on 2026-05-28 --votes 4/4/1/3/0")
    assert "applicant show 周八" in run("check --rule conversion-vote --as-of 2026-06-01").out
    assert run("applicant show 周八 --json").json["next"] is None


def test_probation_is_extended_only_once_and_everything_is_owed_anew(went: Went, refused: Refused):
    run = went("conversion-vote")
    step = "applicant step 周八"
    assert (
        "延长不少于半年、不超过一年"
        in run(f"{step} extension --on 2026-05-26 --until 2026-06-30 --votes 4/4/4/0/0", code=5).err
    )
    run(f"{step} extension --on 2026-05-26 --until 2026-11-19 --votes 4/4/4/0/0")
    assert "已有“延长预备期”的表决" in refused(
        f"{step} conversion-vote --on 2026-05-27 --votes 4/4/4/0/0", 5
    )
    run(f"{step} conversion-approval --on 2026-06-20")
    show = run("applicant show 周八 --json --as-of 2026-06-20").json
    assert (show["stage"], show["next_step"]) == ("probationary", "conversion-request")
    assert run("member show 周八 --json").json["admission"]["extended_to"] == "2026-11-19"
    # The records of a first probation do not count for a second probation
    assert "周八还不能“转正大会”" in refused(
        f"{step} conversion-vote --on 2026-11-19 --votes 4/4/4/0/0", 5
    )
    assert "当天或之前没有“转正公示”" in refused(
        f"{step} conversion-vote --on 2026-11-20 --votes 4/4/4/0/0", 5
    )
    run(f"{step} conversion-request --on 2026-11-10")
    run(f"{step} conversion-publicity --on 2026-11-18")
    again = f"{step} extension --on 2026-11-20 --until 2027-05-19 --votes 4/4/4/0/0"
    assert "只能延长一次" in refused(again, 5)
    assert "预备期已延长过一次" in refused(f"{again} --override 上级要求", 5)

    run(f"{step} conversion-vote --on 2026-11-20 --votes 4/4/4/0/0")
    assert run("member show 周八 --json").json["probationary"]


# Impossible values


@pytest.mark.parametrize(
    ("names", "code", "told"),
    [
        ("周八,李四", 5, "就是本人"),
        ("赵六,李四", 5, "还不是正式党员"),
        ("李四,李四", 5, "写了两次"),
        ("陈外", 5, "别的支部"),
        ("李四,钱一", 4, "钱一"),
    ],
)
def test_who_may_not_bear_the_part_is_refused_whatever_the_reason(
    applied: Run, refused: Refused, names: str, code: int, told: str
):
    applied("branch add 二支部 --founded 2020-01-01")
    applied("--branch 二支部 member add 陈外 --joined 2010-07-01")
    applied("applicant step 周八 activist --on 2024-03-04")
    line = f"applicant step 周八 mentors --on 2024-03-14 --with {names}"
    for command in (line, f"{line} --override 上级要求"):
        assert told in refused(command, code)


def test_a_mentor_on_sanction_or_gone_is_refused_until_then_and_after(
    applied: Run, refused: Refused
):
    applied("member sanction 李四 --from 2024-03-01 --to 2024-08-31 --note 警告")
    applied("member leave 王五 --on 2024-05-01")
    applied("applicant step 周八 activist --on 2024-02-04")
    line = "applicant step 周八 mentors --on {} --with {}"
    assert "受处分" in refused(line.format("2024-03-01", "李四"), 5)
    assert "受处分" in refused(line.format("2024-08-31", "李四"), 5)
    assert "不在名册上" in refused(line.format("2024-05-01", "王五"), 5)
    applied(line.format("2024-02-29", "李四,王五"))
    applied(line.format("2024-09-01", "李四,赵六"))
    applied("member sanction 李四 --from 2024-03-01 --void 误登")
    applied(line.format("2024-03-01", "李四"))
    assert "起的处分记录" in refused("member sanction 李四 --from 2024-03-01 --void 误登", 4)
    assert "2024-02-01 早于 2024-03-01" in refused(
        "member sanction 李四 --from 2024-03-01 --to 2024-02-01 --note 警告", 5
    )
    assert "缺少：--to、--note" in refused("member sanction 李四 --from 2024-03-01", 2)


def test_what_does_not_belong_to_a_step_is_refused(applied: Run, refused: Refused):
    step = "applicant step 周八"
    applied(f"{step} activist --on 2024-03-04")
    for line, (code, told) in {
        f"{step} mentors --on 2024-03-14": (2, "缺少：--with"),
        f"{step} filing --on 2024-03-04 --votes 3/3/3/0/0": (2, "“报备”没有 --votes"),
        f"{step} talk --on 2024-03-04 --result fail": (2, "“派人谈话”没有 --result"),
        f"{step} filing --on 2024-03-04 --to work-committee": (2, "不是报备的对象"),
        f"{step} nonsense --on 2024-03-04": (2, "没有“nonsense”这种步骤"),
        f"{step} activist --on 2024-03-05": (5, "“确定积极分子”已登记"),
        f"{step} report --on 2024-01-09": (5, "早于周八的申请"),
        f"{step} publicity --on 2024-03-05 --until 2024-03-04": (
            5,
            "--until 2024-03-04 早于 2024-03-05",
        ),
        f"{step} talk --on 2199-01-01": (5, "只能登记已经发生的事"),
        f"{step} report --on 2024-06-20 --makes-up 2024-03": (5, "不按这样的期间办理"),
        f"{step} report --on 2024-06-20 --makes-up 2024-Q2": (5, "还没有结束"),
        f"{step} talk --on 2024-03-04 --written 1/0/0": (2, "缺少：--votes"),
        "applicant step 孙七 talk --on 2024-03-04": (4, "没有“孙七”的入党申请"),
        "applicant step '#9' talk --on 2024-03-04": (4, "没有“#9”的入党申请"),
        "applicant add 周八 --applied 2024-05-01": (5, "周八的入党申请已登记"),
        "applicant add 孙七 --applied 2024-05-01 --birth 2024-05-02": (5, "早于出生"),
        "applicant edit 周八 --applied 2024-03-05": (5, "申请不能晚到"),
        "applicant edit 周八 --signed-on 2024-03-05": (5, "还没有接收预备党员的大会表决"),
    }.items():
        assert told in refused(line, code)


@pytest.mark.parametrize(
    "votes", ["4/5/5/0/0", "4/4/3/0/0", "4/4/3/1/1", "4/4/4/0/0 --written 1/0/0"]
)
def test_votes_that_do_not_add_up_are_refused(went: Went, refused: Refused, votes: str):
    went("vote")
    line = f"applicant step 周八 vote --on 2025-05-20 --votes {votes}"
    assert "票数对不上" in refused(line, 5)


def test_a_vote_short_of_its_majority_is_recorded_advised_and_leads_nowhere(
    went: Went, refused: Refused
):
    run = went("vote")
    done = run("applicant step 周八 vote --on 2025-05-20 --votes 4/4/2/1/1")
    assert "未通过" in done.out
    advised = run("check --json --rule quorum-admission --as-of 2025-05-20").json["obligations"]
    assert [each["status"] for each in advised] == ["advised"]
    show = run("applicant show 周八 --json --as-of 2025-06-30").json
    assert (show["stage"], show["next"]) == ("not-admitted", None)
    assert "周八" not in run("member list --as-of 2025-06-30").out
    for line, told in (
        ("approval --on 2025-06-15", "起未接收"),
        ("vote --on 2025-05-20 --votes 4/4/4/0/0", "“接收预备党员大会”已登记"),
    ):
        assert told in refused(f"applicant step 周八 {line} --override 上级要求", 5)
    run("applicant list --json --as-of 2025-06-30")
    assert run("applicant list --json --as-of 2025-06-30").json == []
    assert len(run("applicant list --all --json --as-of 2025-06-30").json) == 1
    # A correction voids the vote and records it again, now with the votes of absent members
    run("applicant step 周八 vote --void 记错")
    run("applicant step 周八 vote --on 2025-05-20 --votes 4/3/2/1/0 --written 1/0/0")
    assert stage(run, "2025-05-20") == "probationary"


def test_a_sheet_that_corrects_a_vote_leaves_the_written_votes(went: Went, workbook: Workbook):
    run = went("vote")
    run("applicant step 周八 vote --on 2025-05-20 --votes 4/3/2/1/0 --written 1/0/0")
    heads = "姓名 接收预备党员大会日期 接收大会票数"
    for day, votes in (("2025-05-21", "4/3/2/1/0"), ("2025-05-21", "4/3/2/0/1")):
        run(f"applicant import {workbook(heads, ('周八', day, votes))} --update")
        step = run("applicant show 周八 --json --as-of 2025-05-30").json["steps"][-1]
        assert (step["on"], step["result"], step["votes"]["written"]["approve"]) == (day, "pass", 1)
    wrong = workbook(heads, ("周八", "2025-05-21", "4/4/3/0/1"))
    assert "书面意见 1" in run(f"applicant import {wrong} --update", code=65).out


def quorum(run: Run, day: str) -> list[str]:
    found = run(f"check --json --rule quorum-admission --as-of {day}").json["obligations"]
    return [each["status"] for each in found]


def test_a_result_is_kept_as_it_was_said_and_what_the_count_lacks_is_advised(went: Went):
    run = went("vote")
    run("applicant step 周八 vote --on 2025-05-20 --votes 4/4/2/1/1 --result pass")
    step = run("applicant show 周八 --json --as-of 2025-05-20").json["steps"][-1]
    assert (step["step"], step["result"]) == ("vote", "pass")
    assert stage(run, "2025-05-20") == "probationary"
    assert quorum(run, "2025-05-20") == ["advised"]


def test_no_more_are_due_than_have_a_vote(went: Went, refused: Refused):
    run = went("vote")
    line = "applicant step 周八 vote --on 2025-05-20 --votes"
    said = refused(f"{line} 5/5/5/0/0", 5)
    assert "应到 5 人" in said
    assert "只有 4 人" in said
    assert run("applicant show 周八 --json --as-of 2025-05-20").json["stage"] == "target"
    run(f"{line} 4/4/4/0/0")


def test_fewer_due_than_the_roll_are_judged_by_the_roll_unless_a_decision_left_them_out(
    went: Went, refused: Refused
):
    run = went("vote")
    line = "applicant step 周八 vote --on 2025-05-20"
    # Two votes in favour are not a majority of four members, even if only two members were entered
    # as entitled to vote
    assert "未通过" in run(f"{line} --votes 2/2/2/0/0").out
    assert quorum(run, "2025-05-20") == ["advised"]
    run("applicant step 周八 vote --void 记错")
    for excluded, code, told in (
        ("李四,李四", 5, "李四写了两次"),
        ("周八", 4, "党员名册里没有“周八”"),
        ("", 2, "没有写是谁"),
    ):
        assert told in refused(f"{line} --votes 2/2/2/0/0 --excluded '{excluded}'", code)
    assert "有表决权的正式党员只有 2 人" in refused(
        f"{line} --votes 3/3/3/0/0 --excluded 李四,王五", 5
    )
    assert "缺少：--votes" in refused(f"{line} --excluded 李四,王五", 2)
    assert "缺少：--votes" in refused("applicant step 周八 talk --on 2025-05-20 --excluded 李四", 2)
    assert "未通过" not in run(f"{line} --votes 2/2/2/0/0 --excluded 李四,王五").out
    assert quorum(run, "2025-05-20") == ["met"]
    assert run("applicant show 周八 --json").json["steps"][-1]["excluded"] == ["李四", "王五"]
    assert "未计入 李四、王五" in run("applicant show 周八").out


def test_a_condition_stands_alike_in_show_and_in_check_on_its_own_day(went: Went):
    run = went("vote")
    run("applicant step 周八 vote --on 2025-05-20 --votes 4/4/2/1/1 --result pass")
    shown = run("applicant show 周八 --json --as-of 2025-05-20").json["missing"]
    found = run("check --json --rule quorum-admission --as-of 2025-05-20").json["obligations"]
    mine = [each["status"] for each in shown if each["rule"] == "quorum-admission"]
    assert mine == [each["status"] for each in found] == ["advised"]


def test_conversion_is_asked_for_a_month_before_and_publicity_follows(went: Went, refused: Refused):
    run = went("conversion-request")
    following = run("applicant show 周八 --json --as-of 2025-07-01").json
    assert following["next_step"] == "conversion-request"
    assert "2026-04-19起" in run("applicant show 周八 --as-of 2025-07-01").out
    assert "2026-04-19" in refused("applicant step 周八 conversion-request --on 2026-04-18", 5)
    assert "当天或之前没有“转正申请”" in refused(
        "applicant step 周八 conversion-publicity --on 2026-04-19", 5
    )
    run("applicant step 周八 conversion-request --on 2026-04-19")
    run("applicant step 周八 conversion-publicity --on 2026-04-19")


def test_an_applicant_under_age_is_recorded_and_advised(applied: Run):
    applied("applicant add 孙七 --applied 2024-05-01 --birth 2008-05-01")
    found = applied("check --json --rule activist-age --as-of 2024-05-01").json["obligations"]
    assert {each["subject"]["name"]: each["status"] for each in found} == {
        "周八": "met",
        "孙七": "advised",
    }


# The vote admits the applicant as a member; after the vote, only later steps change the standing


def test_a_refusal_by_the_superior_ends_the_standing_from_the_vote(went: Went, refused: Refused):
    run = went("approval")
    before = run("dues status --member 周八 --json --as-of 2025-08-01").json["members"]
    assert before[0]["unpaid_months"] == ["2025-05", "2025-06", "2025-07"]
    run("applicant step 周八 approval --on 2025-08-15 --result fail")
    assert run("dues status --json --as-of 2025-08-14").json["members"][-1]["name"] == "周八"
    assert "周八" in run("member list --as-of 2025-08-14").out
    for day in ("2025-08-15", "2026-01-01"):
        names = [m["name"] for m in run(f"dues status --json --as-of {day}").json["members"]]
        assert "周八" not in names
        assert "周八" not in run(f"member list --as-of {day}").out
    assert (
        run("check --json --rule conversion-request --as-of 2026-06-01").json["obligations"] == []
    )
    assert "当天或之前没有“上级批准”" in refused("applicant step 周八 oath --on 2025-08-15", 5)
    assert "不能作为主持人" in refused("meeting add study --on 2025-09-01 --chair 周八", 5)
    assert run("applicant add 周八 --applied 2025-10-01").code == 0


def test_the_standing_of_whoever_was_admitted_is_no_ones_to_edit(went: Went, refused: Refused):
    run = went("oath")
    for change in ("--full 2025-07-01", "--not-probationary", "--joined 2025-01-01"):
        assert "applicant show" in refused(f"member edit 周八 {change}", 5)
    assert "applicant step '#1' 接收预备党员大会 --void" in refused(
        "member void 周八 --reason 误登", 5
    )
    assert "的大会接收为预备党员" in refused("applicant void 周八 --reason 误登", 5)
    run("member edit 周八 --gender 男 --phone 13800001234")
    # The vote cannot be voided while an oath is recorded; after the oath is voided, the vote can be
    # voided too
    run("applicant step 周八 oath --on 2025-07-01")
    assert "当天或之前没有“接收预备党员大会”" in refused("applicant step 周八 vote --void 记错", 5)
    run("applicant step 周八 oath --void 记错")
    run("applicant step 周八 vote --void 记错")
    assert "周八" not in run("member list").out
    run("applicant step 周八 vote --on 2025-05-22 --votes 4/4/4/0/0")
    member = run("member show 周八 --json").json
    assert (member["id"], member["joined_on"], member["gender"]) == (5, "2025-05-22", "male")


def test_the_last_step_can_be_undone_with_the_member_that_it_made(went: Went):
    run = went("vote")
    run(f"applicant step 周八 {LINES['vote']}")
    assert "周八" in run("member list --as-of 2025-05-20").out
    run("undo")
    assert "周八" not in run("member list --as-of 2025-05-20").out
    assert stage(run, "2025-05-20") == "target"
    run(f"applicant step 周八 {LINES['vote']}")
    assert stage(run, "2025-05-20") == "probationary"


def test_whoever_came_on_the_roll_on_probation_is_taken_over(applied: Run, refused: Refused):
    applied("member add 孙七 --joined 2025-02-01 --probationary")
    found = applied("check --json --rule conversion-request --as-of 2025-06-01").json["obligations"]
    assert [(each["subject"]["name"], each["due"]) for each in found] == [("孙七", "2026-01-31")]
    assert found[0]["remedy"] == "partyctl applicant add 孙七 --applied …"
    assert "早于申请" in refused("applicant add 孙七 --applied 2025-02-02", 5)
    applied("applicant add 孙七 --applied 2023-02-02")
    show = applied("applicant show 孙七 --json --as-of 2025-06-01").json
    assert (show["stage"], show["next_step"], show["member_id"]) == (
        "probationary",
        "conversion-request",
        5,
    )
    applied("applicant step 孙七 conversion-request --on 2026-01-30")
    applied("applicant step 孙七 conversion-publicity --on 2026-02-01")
    applied("applicant step 孙七 conversion-vote --on 2026-02-10 --votes 4/4/4/0/0")
    applied("applicant step 孙七 conversion-approval --on 2026-03-01")
    assert applied("member show 孙七 --json").json["full_on"] == "2026-02-01"


def test_a_voided_application_lets_go_of_the_member(applied: Run, refused: Refused):
    """The member's dates can be edited while the application is void and there is no new one."""
    applied("member add 孙七 --joined 2025-02-01 --probationary")
    applied("applicant add 孙七 --applied 2023-02-02")
    applied("applicant void 孙七 --reason 误登")
    applied("member edit 孙七 --joined 2025-02-02 --since 2025-02-02")
    applied("applicant add 孙七 --applied 2023-02-03")

    assert applied("applicant show 孙七 --json").json["member_id"] == 5
    assert "applicant show '#3'" in refused("member edit 孙七 --joined 2025-02-03", 5)
    applied("applicant step 孙七 conversion-request --on 2026-01-30")

    for _ in range(4):
        applied("undo")
    shown = applied("applicant show 孙七 --json").json
    assert (shown["id"], shown["member_id"]) == (2, 5)
    assert "applicant show '#2'" in refused("member edit 孙七 --joined 2025-02-03", 5)
    applied("undo")
    applied("member edit 孙七 --joined 2025-02-03 --since 2025-02-03")


def test_a_meeting_that_is_only_planned_has_not_decided(applied: Run, refused: Refused):
    applied("meeting plan committee --on 2024-03-04 --chair 张三")
    said = refused("applicant step 周八 activist --on 2024-03-04 --meeting 1", 5)
    assert "会议 #1 还没有开，不能决定“确定积极分子”" in said
    assert "partyctl meeting hold 1 --on …" in said


def test_a_step_may_name_the_meeting_that_decided(applied: Run, refused: Refused):
    applied("meeting add committee --on 2024-03-04 --chair 张三 --minutes 记录")
    applied("meeting add members --on 2024-03-04 --chair 张三 --notified 2024-03-01")
    step = "applicant step 周八 activist --on 2024-03-04"
    assert "“确定积极分子”不能由它决定" in refused(f"{step} --meeting 2", 5)
    assert "会议 #1 是 2024-03-04 开的，不是 2024-03-05" in refused(
        "applicant step 周八 activist --on 2024-03-05 --meeting 1", 5
    )
    assert "“派人谈话”不能由它决定" in refused(
        "applicant step 周八 talk --on 2024-03-04 --meeting 1", 5
    )
    assert "没有会议" in refused(f"{step} --meeting 9", 4)
    applied(f"{step} --meeting 1")
    assert applied("applicant show 周八 --json").json["steps"][0]["meeting_id"] == 1


# On the screen


def test_the_next_ninety_days_of_everybody(applied: Run):
    applied("applicant step 周八 activist --on 2024-03-04")
    applied("applicant step 周八 filing --on 2024-03-04")
    applied("applicant step 周八 publicity --on 2024-03-05")
    applied("applicant add 孙七 --applied 2024-03-01")
    items = applied("applicant next --json --as-of 2024-03-06").json
    found = [
        (item["on"], item["applicant"]["name"], item["step"] or item["rule"]) for item in items
    ]
    assert found == [
        ("2024-02-10", "周八", "applicant-talk"),
        ("2024-03-06", "孙七", "activist"),
        ("2024-03-13", "周八", "registration-form"),
        ("2024-04-01", "孙七", "applicant-talk"),
        (None, "周八", "activist-mentors"),
    ]
    items = applied("applicant next --json --as-of 2024-04-02 --days 90").json
    assert [item["on"] for item in items if item["rule"] == "thought-report"] == ["2024-06-30"]
    assert applied("applicant next --as-of 2024-03-06 --days 0").out.count("→") == 3


def test_what_an_ended_admission_did_wrong_is_only_counted(applied: Run):
    applied("applicant step 周八 activist --on 2024-03-04")
    applied("applicant add 孙七 --applied 2024-08-15")
    applied("applicant close 周八 --on 2024-08-01 --reason 调离")

    assert "周八" in applied("applicant next --as-of 2024-07-31").out
    told = applied("applicant next --as-of 2024-08-20")
    assert "周八" not in told.out
    assert "孙七" in told.out
    hint = "已结束的发展另有 3 项逾期或不合规，这里不列：partyctl check --area applicant"
    assert f"{hint} --as-of 2024-08-20\n" in told.err
    names = {
        item["applicant"]["name"]
        for item in applied("applicant next --json --as-of 2024-08-20").json
    }
    assert names == {"孙七"}


def test_an_ended_admission_is_next_until_its_papers_are_archived(went: Went):
    run = went("archive")
    items = run("applicant next --json --as-of 2026-06-30").json
    assert [(item["applicant"]["name"], item["step"]) for item in items] == [("周八", "archive")]

    run(f"applicant step 周八 {LINES['archive']}")
    assert run("applicant next --json --as-of 2026-06-30").json == []


@pytest.mark.dated
def test_a_step_entered_long_after_its_day_says_so(applied: Run):
    applied("applicant step 周八 activist --on 2024-03-04")
    out = applied("applicant show 周八").out
    assert "补录" in out
    days = applied("applicant show 周八 --json").json["steps"][0]["back_filled_days"]
    assert f"补录 {days} 天" in out
    applied("applicant step 周八 talk --on yesterday")
    last = applied("applicant show 周八 --json").json["steps"][-1]
    assert last["back_filled_days"] == 0


def test_whoever_gives_up_owes_nothing_more(applied: Run, refused: Refused):
    applied("applicant step 周八 activist --on 2024-03-04")
    assert "不能终止发展" in refused("applicant close 周八 --on 2024-03-03 --reason 调离", 5)
    applied("applicant close 周八 --on 2024-08-01 --reason 调离")
    open_ = applied("check --json --area applicant --as-of 2025-01-01", code=3).json["obligations"]
    assert {o["rule"] for o in open_ if o["status"] == "overdue"} == {
        "activist-filing",
        "thought-report",
        "activist-exam",
    }
    assert stage(applied, "2025-01-01") == "withdrawn"
    assert "没有“思想汇报”这一步" in refused("applicant step 周八 report --on 2024-08-02", 5)
    applied("applicant edit 周八 --closed 无")
    assert stage(applied, "2025-01-01") == "activist"
    applied("applicant void 周八 --reason 误登")
    assert applied("applicant list --all --json").json == []


def test_voiding_a_step_names_the_one_that_is_meant(applied: Run, refused: Refused):
    applied("applicant step 周八 activist --on 2024-03-04")
    for day in ("2024-06-20", "2024-09-20"):
        applied(f"applicant step 周八 report --on {day}")
    assert "2024-06-20" in refused("applicant step 周八 report --void 记错", 2)
    assert "周八没有这样的“积极分子考察”记录" in refused("applicant step 周八 exam --void 记错", 4)
    applied("applicant step 周八 report --on 2024-06-20 --void 记错")
    assert "2024-06-20" not in applied("applicant show 周八").out


def test_a_step_that_lacks_nothing_but_time_is_the_same_step_from_its_day_on(branch: Run):
    branch("applicant add 周八 --applied 2026-01-05")
    branch("applicant step 周八 activist --on 2026-02-02")
    branch("applicant step 周八 publicity --on 2026-02-03")
    early = branch("applicant step 周八 registration-form --on 2026-02-10", code=5).err
    assert "→ partyctl applicant step 周八 填写积极分子登记表 --on 2026-02-11" in early
    branch("applicant step 周八 registration-form --on 2026-02-11")


def test_a_notice_that_came_down_early_must_go_up_again(branch: Run):
    branch("applicant add 周八 --applied 2026-01-05")
    branch("applicant step 周八 activist --on 2026-02-02")
    branch("applicant step 周八 publicity --on 2026-02-03 --until 2026-02-05")
    said = branch("applicant step 周八 registration-form --on 2026-03-10", code=5).err
    assert "2026-02-03 张贴的公示到 2026-02-05 就撤了，不满 7 天" in said
    assert "→ partyctl applicant step 周八 积极分子公示 --on …" in said
