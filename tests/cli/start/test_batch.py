"""`partyctl batch` runs one command per line, in one process, until one fails."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.waiting import PATIENCE


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def held(run: Run) -> list[str]:
    return [each["held_on"] for each in run("meeting list --json").json]


def test_comments_blank_lines_and_the_programs_own_name_do_no_harm(branch: Run, tmp_path: Path):
    file = write(
        tmp_path / "三月.txt",
        "\ufeff# 三月的会\n\n   \n"
        "meeting add members --on 2026-03-05 --chair 张三 --topic '年度 工作'\n"
        "   # 缩进的注释\n"
        "partyctl meeting add study --on 2026-03-06 --chair 张三\r\n",
    )

    branch(f"batch {file}")

    assert held(branch) == ["2026-03-05", "2026-03-06"]
    assert branch("meeting show 1 --json").json["topics"] == ["年度 工作"]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("meeting add members --on 2026-02-30 --chair 张三", 2),
        ("meeting add members --chair", 2),
        ("meetings add", 2),
        ("meeting add members --on 2026-03-05 --chair 没有人", 4),
        ("meeting add members --on 2025-03-05 --chair 张三", 5),
        ("member import nowhere.xlsx", 66),
    ],
)
def test_it_stops_at_the_first_failure_naming_the_line_with_that_commands_exit_code(
    branch: Run, tmp_path: Path, bad: str, code: int
):
    good = "meeting add study --on 2026-03-0{} --chair 张三\n"
    file = write(tmp_path / "b.txt", f"# 首行\n{good.format(1)}{bad}\n{good.format(2)}")

    result = branch(f"batch {file}", code=code)

    assert "3" in result.err.splitlines()[-1]
    assert held(branch) == ["2026-03-01"]


def test_a_check_with_findings_is_no_failure_but_the_batch_ends_with_findings_too(
    branch: Run, tmp_path: Path
):
    file = write(
        tmp_path / "b.txt",
        "check --as-of 2026-06-01\nmeeting add study --on 2026-03-01 --chair 张三\n",
    )

    branch(f"batch {file}", code=3)

    assert held(branch) == ["2026-03-01"]


@pytest.mark.parametrize("end", ["'没完", "议题 \\"])
def test_an_unmatched_quote_or_a_line_that_goes_on_stops_at_its_line(
    branch: Run, tmp_path: Path, end: str
):
    file = write(
        tmp_path / "b.txt",
        f"meeting list\nmeeting add study --topic {end}\n--on 2026-03-05 --chair 张三\n",
    )

    left = branch(f"batch {file}", code=65)

    assert "第 2 行的引号不成对，或以 \\ 结尾。" in left.err
    assert held(branch) == []


def test_the_programs_own_name_alone_prints_the_summary_as_on_the_command_line(
    branch: Run, tmp_path: Path
):
    branch("branch add 老干部支部 --founded 2020-01-01")
    summaries = [branch(f"{options}").out for options in ("", "--branch 2")]
    file = write(tmp_path / "b.txt", "partyctl\n# 注释\npartyctl --branch 2\n")

    assert branch(f"batch {file}").out == "".join(summaries)
    assert "机关支部" in summaries[0]


def test_a_dash_reads_standard_input(branch: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        "sys.stdin", io.StringIO("meeting add study --on 2026-03-05 --chair 张三\n")
    )

    branch("batch -")

    assert held(branch) == ["2026-03-05"]


def test_the_commands_inherit_the_ledger_and_the_branch(
    branch: Run, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    branch("branch add 老干部支部 --founded 2020-01-01")
    monkeypatch.setenv("PARTYCTL_LEDGER", str(tmp_path / "elsewhere.db"))
    file = write(
        tmp_path / "b.txt",
        "member add 赵六 --joined 2020-07-01\n"
        "--branch 机关支部 member add 钱七 --joined 2020-07-01\n"
        "member add 孙八 --joined 2020-07-01\n",
    )

    branch(f"--ledger {ledger} --branch 老干部支部 batch {file}")

    monkeypatch.setenv("PARTYCTL_LEDGER", str(ledger))
    rows = branch("member list --json").json
    assert {row["name"]: row["branch"] for row in rows if row["id"] > 3} == {
        "赵六": "老干部支部",
        "钱七": "机关支部",
        "孙八": "老干部支部",
    }


def test_a_ledger_can_be_started_and_filled_by_one_batch(run: Run, tmp_path: Path):
    file = write(
        tmp_path / "b.txt",
        "init --organ 市某局党组 --branch 机关支部 --since 2026-01-01\n"
        "member add 张三 --joined 2010-07-01 --post branch-secretary\n"
        "meeting add members --on 2026-01-05 --chair 张三\n",
    )

    run(f"batch {file}")

    assert held(run) == ["2026-01-05"]


def test_a_file_that_is_not_there_or_is_no_text_is_no_batch(branch: Run, tmp_path: Path):
    assert "没有文件 " in branch(f"batch {tmp_path}/没有.txt", code=66).err
    assert "程序出错" not in branch(f"batch {tmp_path}", code=65).err


def test_a_batch_that_calls_itself_ends_with_a_sentence(branch: Run, tmp_path: Path):
    file = tmp_path / "b.txt"
    write(file, f"batch {file}\n")

    err = branch(f"batch {file}", code=2).err

    assert len(err.splitlines()) <= 4


ADD = "member add 卢九 --joined 2020-07-01\n# 备注：𠮷\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_may_be_utf_8_or_gb18030_and_the_latter_is_said(
    branch: Run, tmp_path: Path, encoding: str
):
    file = tmp_path / "b.txt"
    file.write_bytes(ADD.encode(encoding))

    result = branch(f"batch {file}")

    assert branch("member list --json").json[-1]["name"] == "卢九"
    assert ("按 GB18030 读取" in result.err) is (encoding == "gb18030")


def test_standard_input_may_be_gb18030_too(branch: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ADD.encode("gb18030"))))
    assert "标准输入 不是 UTF-8，按 GB18030 读取。" in branch("batch -").err
    assert branch("member list --json").json[-1]["name"] == "卢九"


@pytest.mark.parametrize(
    "content",
    [
        ADD.encode("utf-8")[:-2],
        ADD.encode("utf-8").replace("九".encode(), b"\xe4\xb9"),
        ADD.encode("utf-16"),
        "member show 卢".encode("gb18030"),
        b"member list\n\0\xff",
        b"member list \xff\xff\n",
    ],
    ids=["cut off", "broken", "UTF-16", "unclear", "binary", "neither"],
)
def test_what_is_neither_or_may_be_either_is_refused_and_nothing_is_written(
    branch: Run, tmp_path: Path, content: bytes
):
    file = tmp_path / "b.txt"
    file.write_bytes(content)

    err = branch(f"batch {file}", code=65).err

    assert "→" in err
    assert len(branch("member list --json").json) == 3


def test_in_english_a_file_that_is_no_text_is_to_be_saved_as_utf_8(
    branch: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    file = tmp_path / "b.txt"
    file.write_bytes(b"member list \xff\xff\n")

    assert "→ save the file as UTF-8, and try again" in branch(f"batch {file}", code=65).err


def test_progress_is_shown_on_a_terminal_only(tmp_path: Path, branch: Run, ledger: Path):
    file = write(tmp_path / "b.txt", "# 三行\nmember list\n\ncell list\nbranch list\n")
    assert "/3]" not in branch(f"batch {file}").err

    master, slave = os.openpty()
    command = [sys.executable, "-m", "partyctl", "--ledger", str(ledger), "batch", str(file)]
    done = subprocess.run(
        command, stderr=slave, stdout=subprocess.PIPE, timeout=PATIENCE, check=False
    )
    os.close(slave)
    shown = os.read(master, 4096).decode()
    os.close(master)

    assert done.returncode == 0
    assert [f"[{n}/3]" in shown for n in (1, 2, 3)] == [True] * 3
    assert "/3]" not in done.stdout.decode()


SPELLED = (
    "batch {file}",
    "partyctl batch {file}",
    "--ledger {ledger} batch {file}",
    "--ledger={ledger} batch {file}",
    "partyctl --branch 机关支部 batch {file}",
    "batch --ledger {ledger} {file}",
    "--branch=1 batch -- {file}",
    "batch -",
    "'batch' {file}",
    "bat\\ch {file}",
)


@pytest.mark.parametrize("line", SPELLED)
def test_no_batch_in_a_batch_however_it_is_spelled(line, branch: Run, ledger: Path, tmp_path: Path):
    inner, outer = tmp_path / "inner.txt", tmp_path / "outer.txt"
    inner.write_text("staff add 内层\n", encoding="utf-8")
    outer.write_text(f"{line.format(file=inner, ledger=ledger)}\nstaff add 外层\n", "utf-8")
    assert "batch 里不能再用 batch" in branch(f"batch {outer}", code=2).err
    assert branch("staff list --json").json == []
    branch(f"batch {inner}")  # the refusal does not affect a later batch in this process
