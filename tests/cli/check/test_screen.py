"""The screen of `check` has three blocks: what is wrong, what is still to do, and what is advised.

Similar duties under one rule are grouped. Each group has one line, and the command that helps is
below it; several groups can share a command. Every line fits the width of the terminal.
"""

import re
import shutil
import sys
from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.text import width
from tests.cli.conftest import Refused
from tests.conftest import Run
from tests.support.branch_of_32 import CELLS, PEOPLE, write_branch

STATES = ("不合规", "逾期", "提示", "待办", "已完成", "逾期完成", "免除")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
JUNE = "check --as-of 2026-06-05"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_branch(tmp_path_factory.mktemp("branch-of-32") / "ledger.db")


@pytest.fixture
def office(written: Path, ledger: Path, run: Run) -> Run:
    """The ledger of a branch with 32 members; its last records are of May."""
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(written, ledger)
    return run


class Terminal:
    """Runs a command on a simulated terminal with a given number of columns; returns the output."""

    def __init__(self, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.patch, self.capsys = patch, capsys

    def shows(self, line: str, columns: int) -> str:
        self.capsys.readouterr()
        with self.patch.context() as patch:
            patch.setattr(sys.stdout, "isatty", lambda: True)
            patch.setenv("COLUMNS", str(columns))
            patch.setenv("TERM", "xterm-256color")
            patch.delenv("NO_COLOR", raising=False)
            run_command(line.split())
        return self.capsys.readouterr().out


@pytest.fixture
def terminal(
    office: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return Terminal(monkeypatch, capsys)


def rows(out: str) -> list[str]:
    """The lines that begin with a status, one for each group of a rule's duties."""
    return [line for line in out.splitlines() if line.startswith(STATES) and " " in line]


def column(line: str, text: str) -> int:
    return width(line[: line.index(text)])


def test_the_counts_stand_in_the_first_line(office: Run):
    first = office(JUNE, code=3).out.splitlines()[0]

    assert first == "2026-06-05 · 局机关党支部 · 逾期 4，待办 79，提示 1"


def test_three_blocks_what_is_wrong_what_is_to_do_by_day_what_is_advised(office: Run):
    out = office(JUNE, code=3).out

    headings = [line for line in out.splitlines() if line in ("逾期和不合规", "待办", "提示")]
    assert headings == ["逾期和不合规", "待办", "提示"]
    wrong, to_do, advice = out.split("\n\n")[1:]
    assert all(row.startswith("逾期 ") for row in rows(wrong))
    assert all(row.startswith("提示 已过 5 天") for row in rows(advice))
    days = [re.search(r"\d{4}-\d\d-\d\d", row)[0] for row in rows(to_do)]
    assert days == sorted(days)
    rules = [row.split("2026-", 1)[1] for row in rows(out)]
    assert len(rules) == len(set(rules))


def test_32_people_in_a_normal_month_fit_40_lines_of_100_columns(terminal: Terminal):
    out = ESCAPE.sub("", terminal.shows(JUNE, 100))

    lines = out.splitlines()
    assert sum(-(-width(line) // 100) or 1 for line in lines) <= 40
    assert {column(row, re.search(r"\d{4}-\d\d-\d\d", row)[0]) for row in rows(out)} == {16}
    assert len({column(row, "局机关党支部") for row in rows(out) if "局机关党支部" in row}) == 1
    for name in PEOPLE:
        assert name in out


def test_nothing_breaks_at_60_columns(terminal: Terminal):
    out = ESCAPE.sub("", terminal.shows(JUNE, 60))

    for line in out.splitlines():
        assert width(line) <= 60 or line.startswith("    → "), line
    assert {column(row, re.search(r"\d{4}-\d\d-\d\d", row)[0]) for row in rows(out)} == {16}
    under = " " * column(rows(out)[0], "支委会")
    assert f"{under}局机关党支部 · 支部·二(二)1" in out
    for name in (*PEOPLE, *CELLS[:1]):
        assert name in out


@pytest.mark.parametrize("columns", [100, 60])
def test_only_the_status_word_is_coloured(terminal: Terminal, columns: int):
    out = terminal.shows(JUNE, columns)

    coloured = [line for line in out.splitlines() if "\x1b[" in line]
    assert coloured
    for line in coloured:
        marked = re.fullmatch(r"\x1b\[1(;38;[0-9;]+)?m([^\x1b]+)\x1b\[0m([^\x1b]*)", line)
        assert marked, line
        assert marked[2] in ("逾期", "待办", "提示", "逾期和不合规")
    assert len([line for line in coloured if ";38;" in line]) == len(rows(ESCAPE.sub("", out)))


def test_people_of_one_rule_and_month_are_one_line_with_names_amounts_and_a_command_that_works(
    office: Run,
):
    out = office(JUNE, code=3).out

    assert "    何雪梅 40.70、宋大伟 41.10、丁一诺 21.50，共 103.30 元\n" in out
    command = "dues pay 何雪梅,宋大伟,丁一诺 --month 2026-05 --consent …"
    assert f"    → partyctl {command}\n" in out
    office(f"{command.replace('…', '2026-06-05')} --on 2026-06-05")
    assert not any(
        name in office(f"{JUNE} --rule dues-monthly").out for name in ("103.30", "逾期 ")
    )


def test_a_whole_branch_is_paid_for_by_the_command_that_is_printed(office: Run):
    command = "dues pay --all --month 2026-06"
    assert f"    → partyctl {command}\n" in office(JUNE, code=3).out

    office(f"{command} --on 2026-06-05")

    left = office("check --json --rule dues-monthly --month 2026-06 --as-of 2026-06-05", code=3)
    assert left.json["summary"]["met"] == 32


def test_no_name_is_cut_however_many_have_not_paid(office: Run):
    out = office("check --as-of 2026-07-03 --rule dues-monthly", code=3).out

    june = next(block for block in out.splitlines() if "丁一诺" in block and "陈建国" in block)
    assert all(name in june for name in PEOPLE)
    assert [june.index(name) for name in PEOPLE] == sorted(june.index(name) for name in PEOPLE)


def test_months_of_the_same_people_are_one_line_and_one_command(office: Run):
    out = office("check --as-of 2026-08-03 --rule dues-monthly", code=3).out

    # Three people have not paid for May; nobody has paid for June and July.
    overdue = [row for row in rows(out) if row.startswith("逾期")]
    assert [re.search(r"交纳 (\S+)", row)[1] for row in overdue] == ["2026-05", "2026-06–07"]
    assert "partyctl dues pay --all --month 2026-06..2026-07 --consent …" in out


def test_advice_of_one_rule_is_one_line_with_how_many(office: Run):
    out = office("check --as-of 2026-09-03 --rule cell-meeting").out

    [advice] = [row for row in rows(out) if row.startswith("提示")]
    assert "2026-05–08，13 项" in advice
    assert "4 个党小组" in advice
    assert "已过 95 天" in advice


def test_gatherings_of_the_same_people_share_one_command_and_talks_are_none(office: Run):
    out = office(JUNE, code=3).out

    assert "→ partyctl meeting add 集中学习,党员大会,组织生活会,主题党日 --on … --chair …\n" in out
    talks = out.index("党员之间谈心谈话")
    assert out[talks:].splitlines()[1].strip().startswith("→ partyctl talk add")


def test_all_spells_everything_out(office: Run):
    listed = office(f"{JUNE} --json", code=3).json["obligations"]
    out = office(f"{JUNE} --all", code=3).out

    assert len(rows(out)) == len(listed)


def test_a_period_of_any_length_has_a_scoreboard_by_chapter(office: Run):
    spoken = {"2026": "2026年", "2026-H1": "2026年上半年", "2026-Q2": "2026年第二季度"}
    for period in (*spoken, "2026-05"):
        line = f"check --period {period} --as-of 2026-06-05 --by chapter"
        out = office(line, code=3).out
        assert out.startswith(f"2026-06-05 · 局机关党支部 · {period} · ")
        assert "\n七、党费缴纳制度\n" in out
        answer = office(f"{line} --json", code=3).json
        assert answer["period"] == period
        said = office(
            f"check --period {spoken.get(period, '2026年5月')} --as-of 2026-06-05 --by chapter",
            code=3,
        )
        assert said.out == out
        assert answer["month"] == (period if period == "2026-05" else None)
    by_quarter = office("check --period 2026-Q1 --as-of 2026-06-05 --json").json["summary"]
    assert by_quarter == by_quarter | {"met": 377, "overdue": 0}


def test_a_month_is_the_same_period_by_either_name(office: Run):
    month = office("check --month 2026-05 --as-of 2026-06-05", code=3).out
    period = office("check --period 2026-05 --as-of 2026-06-05", code=3).out
    assert month == period


def test_month_and_period_exclude_each_other(office: Run, refused: Refused):
    said = refused("check --month 2026-05 --period 2026-Q1", 2)
    assert "--month 和 --period 只能用一个" in said


def test_by_chapter_and_by_status_can_be_chosen(office: Run):
    assert "\n七、党费缴纳制度\n" in office(f"{JUNE} --by chapter", code=3).out
    board = office("check --month 2026-05 --as-of 2026-06-05 --by 状态", code=3).out
    assert "\n逾期和不合规\n" in board
    assert "\n已办结\n" in board


def test_what_is_carried_over_is_counted_apart_and_stands_last(office: Run):
    out = office("check --period 2026-06 --as-of 2026-06-05", code=3).out

    assert out.splitlines()[0].endswith("，此前遗留 5")
    assert out.index("此前遗留 · 二、“三会一课”制度") > out.index("全国规定（提示）")


def test_summaries_still_wanted_are_one_command_that_works(january: Run):
    january("review open 2026 --on 2026-06-01")

    out = january("check --as-of 2026-12-05 --rule review-self").out
    assert "    → partyctl review self 2026 张三,李四,王五 --on …\n" in out
    january("review self 2026 张三,李四,王五 --on 2026-06-02")
    assert "→" not in january("check --as-of 2026-12-05 --rule review-self").out


@pytest.mark.parametrize("period", ["2026", "2026-H1", "2026-Q2"])
def test_a_long_period_of_32_people_fits_40_lines_of_100_columns(
    terminal: Terminal, office: Run, period: str
):
    line = f"check --period {period} --as-of 2026-06-05"
    out = ESCAPE.sub("", terminal.shows(line, 100))
    told = office(f"{line} --json", code=3).json

    lines = out.splitlines()
    assert sum(-(-width(each) // 100) or 1 for each in lines) <= 40, out
    chapters = [each for each in lines if re.search(r"[█░]{6} \d+/\d+", each)]
    counts = [re.search(r" (\d+)/(\d+)", each) for each in chapters]
    assert sum(int(each[2]) for each in counts if each) == sum(told["summary"].values())
    done = sum(told["summary"][each] for each in ("met", "late", "waived"))
    assert sum(int(each[1]) for each in counts if each) == done
    for each in told["obligations"]:
        if each["status"] in ("overdue", "breach"):
            assert each["title"] in out
            assert each["subject"]["name"] in out
        if each["status"] == "due":
            assert each["title"].replace(" ", "") in re.sub(r"\s", "", out)
            assert each["due"] in out
    assert "partyctl dues pay 何雪梅,宋大伟,丁一诺 --month 2026-05" in out
    assert f"partyctl check --period {period} --as-of 2026-06-05 --by chapter" in out


def test_the_hint_under_a_long_period_asks_the_same_question(office: Run):
    asked = "check --period 2026-Q1 --area dues --as-of 2026-03-31"
    hint = office(asked).out.rpartition("逐条、逐人：partyctl ")[2].splitlines()[0]
    assert hint == f"{asked} --by chapter"


def test_a_long_period_is_spelled_out_where_that_is_asked_for(office: Run, tmp_path: Path):
    line = "check --period 2026 --as-of 2026-06-05"
    assert "第一党小组" not in office(line, code=3).out
    by_rule = office(f"{line} --by chapter", code=3).out
    assert re.search(r"^已完成 +2026-01-20  集中学习要有记录", by_rule, re.MULTILINE)
    everything = office(f"{line} --all", code=3).out
    assert everything.count("党费足额交纳") == 157
    office(f"{line} -o {tmp_path / 'year.csv'}", code=3)
    assert "党费每月按时交纳 2026-05" in (tmp_path / "year.csv").read_text(encoding="utf-8-sig")


def test_a_long_list_of_people_is_written_out_once(office: Run):
    out = office("check --as-of 2026-07-03", code=3).out

    june, july = (
        next(n for n, line in enumerate(out.splitlines()) if f"按时交纳 {month}" in line)
        for month in ("2026-06", "2026-07")
    )
    lines = out.splitlines()
    assert all(name in lines[june + 1] for name in PEOPLE)
    assert lines[july + 1] == "    人员同上（党费每月按时交纳 2026-06），共 1158.60 元"
    assert sum(line.count("欧阳慧敏") for line in lines) == 1


def test_in_a_file_each_row_has_its_names(office: Run, tmp_path: Path):
    office(f"check --as-of 2026-07-03 -o {tmp_path / 'check.csv'}", code=3)

    text = (tmp_path / "check.csv").read_text(encoding="utf-8-sig")
    assert text.count("欧阳慧敏") == 2
    assert "人员同上" not in text


def test_two_months_unpaid_by_everybody_fit_40_lines(terminal: Terminal, office: Run):
    paid = office("dues list --month 2026-05 --json").json
    for entry in paid:
        office(f"dues void {entry['id']} --reason 误登")

    lines = ESCAPE.sub("", terminal.shows(JUNE, 100)).splitlines()

    assert sum(-(-width(line) // 100) or 1 for line in lines) <= 40
    assert "    → partyctl dues pay --all --month 2026-05 --consent …" in lines
    assert "    → partyctl dues pay --all --month 2026-06" in lines


def test_a_command_for_everybody_leaves_out_who_paid_too_little(office: Run, refused: Refused):
    office("dues pay 陈建国 --month 2026-06 --amount 1 --on 2026-06-02")
    command = "dues pay --all --month 2026-06 --unpaid"
    assert f"    → partyctl {command}\n" in office(JUNE, code=3).out

    office(f"{command} --on 2026-06-05")

    found = office("check --json --month 2026-06 --as-of 2026-06-05 --area dues", code=3).json
    statuses = {
        (each["rule"], each["subject"]["name"]): each["status"] for each in found["obligations"]
    }
    assert [name for (rule, name), status in statuses.items() if status == "breach"] == ["陈建国"]
    monthly = [status for (rule, _), status in statuses.items() if rule == "dues-monthly"]
    assert monthly.count("met") == 32
    assert "--all" in refused("dues pay 陈建国 --month 2026-06 --unpaid --on 2026-06-05", 2)


def test_a_person_who_paid_one_of_two_months_in_part_pays_the_other(office: Run):
    office("dues pay 陈建国 --month 2026-06 --amount 1 --on 2026-06-02")
    told = office("dues pay --all --month 2026-06..2026-07 --unpaid --on 2026-06-05 --json").json

    own = next(each for each in told if each["member"] == "陈建国")
    assert [each["month"] for each in own["months"]] == ["2026-07"]
    office("dues pay 陈建国 --month 2026-06 --on 2026-06-06")
