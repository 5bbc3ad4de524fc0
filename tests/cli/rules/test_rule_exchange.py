"""`rules export` and `import`: a bureau's rules as a file, and other organisations' files."""

from pathlib import Path

import pytest

from partyctl.law.catalogue import CATALOGUE
from tests.cli.conftest import Refused
from tests.conftest import Run

pytestmark = [
    pytest.mark.dated,
    pytest.mark.usefixtures("the_changes_are_of_days_to_come"),
]

PEERS = Path(__file__).parents[2] / "scenarios" / "peers"


@pytest.fixture
def rules(tmp_path: Path):
    def rules(text: str) -> Path:
        path = tmp_path / "rules.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return rules


WHY = "--from 2027-01-01 --reason 试行"


def test_what_is_exported_changes_nothing_where_it_is_imported(branch: Run, rules):
    file = rules(branch("rules export").out)
    assert "没有要改的" in branch(f"rules import {file} {WHY}").out
    assert branch("journal list --json").json[-1]["command"] == "member add"


def test_one_bureaus_rules_are_taken_over_by_another(branch: Run, rules, tmp_path: Path, run: Run):
    branch("rules set members-meeting --every quarter --from 2027-01-01 --reason 试行")
    branch("rules set study-plan --by 02-28 --strength should --from 2027-01-01 --reason 试行")
    branch("rules disable cell-meeting --from 2027-01-01 --reason 试行")
    branch("rules disable --layer national --from 2027-01-01 --reason 试行")
    branch("rules enable roll-forward --from 2027-01-01 --reason 试行")
    file = rules(branch("rules export --as-of 2027-01-01").out)

    other = f"--ledger {tmp_path / 'other' / 'ledger.db'}"
    run(f"{other} init --organ 乙 --branch 二 --since 2026-06-01")
    done = run(f"{other} rules import {file} {WHY} --json").json
    assert len(done["changes"]) == 5
    assert run(f"{other} rules export --as-of 2027-01-01").out == file.read_text(encoding="utf-8")
    before = run(f"{other} rules export --as-of 2026-12-31").out
    assert before == run("--ledger /nowhere/none.db rules export").out
    run(f"{other} undo")
    assert run(f"{other} rules export --as-of 2027-01-01").out == before


def test_the_file_names_every_rule_with_its_clause(run: Run):
    text = run("--ledger /nowhere/none.db rules export").out
    for rule in CATALOGUE:
        assert f"# {rule.article} {rule.title}\n[rules.{rule.id}]\n" in text
    told = run("--ledger /nowhere/none.db rules export --json").json
    assert list(told["rules"]) == [rule.id for rule in CATALOGUE]


def test_it_can_be_seen_first_what_a_file_would_change(branch: Run, rules):
    file = rules('[rules.members-meeting]\nevery = "quarter"\n')
    assert "members-meeting" in branch(f"rules import {file} {WHY} --dry-run").out
    found = branch(f"rules import {file} {WHY} --dry-run --json").json
    assert found["changes"] == [
        {"rule": "members-meeting", "act": "set", "from_on": "2027-01-01", "every": "quarter"}
    ]
    assert branch("rules history members-meeting --json").json == []


def test_a_file_that_judges_the_past_anew_must_be_confirmed(branch: Run, rules, refused: Refused):
    file = rules('[rules.members-meeting]\nevery = "quarter"\n')
    line = f"rules import {file} --from 2026-01-01 --reason 试行"
    assert "--confirm" in refused(line, 5)
    branch(f"{line} --confirm")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[rules.members-meeting\n", 1),
        ('name = "x"\n[rules.study]\nevery = "month"\n', 2),
        ('[rules.members-meeting]\n\nevery = "fortnight"\n', 3),
        ("[rules.members-meeting]\ndays = 3\n", 1),
        ("[rules.members-meeting]\nwhenever = 3\n", 2),
        ("[rules.members-meeting]\nenabled = 1\n", 2),
        ("[rules.dl-package]\ndays = 1.5\n", 2),
        ("[rules.dl-package]\ndays = -1\n", 2),
        ("[rules.dl-package]\ndays = true\n", 2),
        ('[rules.dl-package]\nworking = "yes"\n', 2),
        ('[rules.study-plan]\nby = "02-29"\n', 2),
        ("[rules.study-plan]\nby = 131\n", 2),
        ("[rules]\nstudy-plan = 1\n", 2),
        ("[layers]\nnational = 0\n", 2),
        ("[layers]\nprovincial = true\n", 2),
        ("[settings]\nroll-backward = true\n", 2),
        ("rule = 1\n", 1),
        ('from = "2027"\n', 1),
        ("rules = 1\n", 1),
    ],
)
def test_a_bad_file_is_refused_with_line_and_reason(
    branch: Run, refused: Refused, rules, text: str, line: int
):
    assert f"第 {line} 行" in refused(f"rules import {rules(text)} {WHY}", 65)


def test_what_is_no_file_of_rules_is_refused(branch: Run, refused: Refused, tmp_path: Path, rules):
    assert "没有文件" in refused(f"rules import {tmp_path / 'none.toml'} {WHY}", 66)
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    assert "不是 UTF-8 文本" in refused(f"rules import {tmp_path / 'binary.toml'} {WHY}", 65)
    (tmp_path / "large.toml").write_bytes(b"#" * 300_000)
    assert "不是规则文件" in refused(f"rules import {tmp_path / 'large.toml'} {WHY}", 65)
    said = refused(f"rules import {rules('')}", 2)
    assert "--from" in said
    assert "--reason" in said


# Rules that other organisations have published; the expected effects are written by hand


def owed(run: Run, rule: str, as_of: str, code: int = 0) -> list[tuple[str, str, str]]:
    found = run(f"check --json --rule {rule} --as-of {as_of}", code=code).json["obligations"]
    return [(each["period"] or each["opens"], each["due"], each["status"]) for each in found]


def test_a_quarterly_members_meeting(run: Run):
    run("init --organ 甲 --branch 一 --since 2026-12-01")
    run("member add 张三 --joined 2010-07-01 --post branch-secretary")
    run(f"rules import {PEERS / 'quarterly-meetings.toml'}")
    assert owed(run, "members-meeting", "2027-04-01", code=3) == [
        ("2026-12", "2026-12-31", "overdue"),
        ("2027-Q1", "2027-03-31", "overdue"),
        ("2027-Q2", "2027-06-30", "due"),
    ]
    assert owed(run, "org-life", "2027-07-01", code=3) == [
        ("2026-H2", "2026-12-31", "overdue"),
        ("2027", "2027-12-31", "due"),
    ]
    # The imported rules change nothing for the committee, which must meet every month.
    assert [period for period, *_ in owed(run, "committee-meeting", "2027-02-10", code=3)] == [
        "2026-12",
        "2027-01",
        "2027-02",
    ]


def test_talks_every_year(run: Run):
    run("init --organ 甲 --branch 一 --since 2026-10-01")
    run("member add 张三 --joined 2010-07-01 --post branch-secretary")
    run(f"rules import {PEERS / 'yearly-talks.toml'}")
    for rule in ("talk-committee", "talk-committee-member", "talk-members"):
        assert owed(run, rule, "2027-12-31", code=3) == [
            ("2026-Q4", "2026-12-31", "overdue"),
            ("2027", "2027-12-31", "due"),
        ]
    assert owed(run, "talk-coverage", "2028-01-01") == [
        ("2026-Q4", "2026-12-31", "advised"),
        ("2027", "2027-12-31", "advised"),
        ("2028", "2028-12-31", "due"),
    ]


def test_records_within_three_working_days_after_a_meeting(leading: Run):
    leading(f"rules import {PEERS / 'three-working-days.toml'}")
    leading("meeting add democratic-life --on 2026-03-10 --chair 张三")
    leading("meeting add democratic-life --on 2026-09-29 --chair 张三")  # 10-01 to 10-07 are off
    assert owed(leading, "dl-package", "2026-10-09", code=3) == [
        ("2026-03-10", "2026-03-25", "overdue"),
        ("2026-09-29", "2026-10-09", "due"),
    ]
    assert owed(leading, "dl-briefing", "2026-10-10", code=3) == [
        ("2026-03-10", "2026-03-25", "advised"),
        ("2026-09-29", "2026-10-09", "overdue"),
    ]


def test_a_warning_system_of_three_cards(run: Run):
    run("init --organ 甲 --branch 一 --since 2026-01-01")
    run("member add 张三 --joined 2010-07-01 --post branch-secretary")
    run("member add 李四 --joined 2010-07-01 --post leading-secretary")
    run(f"rules import {PEERS / 'three-cards.toml'} --from 2026-03-01")
    number = 0
    for day in ("2026-02-10", "2026-03-02"):
        for level in ("inquiry", "admonition", "correction"):
            number += 1
            approved = f"--approved-by 李四 --approved-on {day}"
            run(
                f"warning issue 张三 --level {level} --category 1 --facts 迟报 --on {day} {approved}"
            )
            run(f"warning deliver {number} --on {day}")
    old_and_new = {
        "warning-inquiry-reply": ("2026-02-20", "2026-03-09"),
        "warning-admonition-report": ("2026-02-20", "2026-03-12"),
        "warning-correction-report": ("2026-03-10", "2026-03-17"),
    }
    for rule, days in old_and_new.items():
        found = owed(run, rule, "2026-03-02", code=0 if rule == "warning-correction-report" else 3)
        assert tuple(due for _, due, _ in found) == days
