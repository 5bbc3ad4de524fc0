"""Bugs that test_fuzz.py and similar tests have found, one case for each."""

import io
from pathlib import Path

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Run


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        # Python turns arguments in another encoding into texts with lone surrogates.
        ("member show \udcd5\udcc5", 2, "不是 UTF-8 文字"),
        ("dues list --member \udcd5", 2, "不是 UTF-8 文字"),
        ("--ledger \ud800.db member list", 2, "不是 UTF-8 文字"),
        # A correction to an empty or impossible value is refused.
        ("member edit 王五 --name ''", 2, "姓名应有 1 到 60 个字"),
        ("member edit 王五 --cell ''", 4, "没有“”这个党小组"),
        ("member edit 王五 --phone ' '", 2, "电话应是 1 到 100000 个字"),
        ("member edit 王五 --id-number ''", 2, "身份证号不对"),
        (
            "member edit 王五 --phone '\udcd5'",
            2,
            "电话应是 1 到 100000 个字的文字，不能有空字符或无效编码。",
        ),
    ],
)
def test_what_says_nothing_is_refused_with_a_sentence(
    january: Run, refused: Refused, line: str, code: int, told: str
):
    assert told in refused(line, code)


def test_a_telephone_is_cleared_by_the_word_for_none(january: Run):
    january("member edit 王五 --phone 13800001234")
    assert january("member show 王五 --json").json["phone"] == "138****1234"

    january("member edit 王五 --phone 无")

    assert january("member show 王五 --json").json["phone"] is None


def test_two_superiors_of_one_kind_are_wrong_usage(run: Run, ledger: Path):
    line = "init --organ 甲 --branch 乙 --since 2026-01-01 --superior"

    err = run(f"{line} work-committee=丙 --superior work-committee=丁", code=2).err

    assert "机关工委" in err or "工委" in err
    assert not ledger.exists()


@pytest.mark.parametrize("typed", [b"\xff\xfem\x00\n", b"member show '\xff'\n"])
def test_standard_input_in_another_encoding_is_no_batch(
    january: Run, monkeypatch: pytest.MonkeyPatch, typed: bytes
):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed), "utf-8"))

    assert "UTF-8" in january("batch -", code=65).err


@pytest.mark.parametrize("line", ["member add '\x00'", "member import '\x00'", "batch \x00"])
def test_a_nul_in_a_line_of_a_batch_is_wrong_usage(
    january: Run, monkeypatch: pytest.MonkeyPatch, line: str
):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{line}\n"))

    assert "NUL" in january("batch -", code=2).err or "batch" in line


def test_an_empty_standard_input_clears_no_identity_number(
    january: Run, monkeypatch: pytest.MonkeyPatch
):
    january("member edit 王五 --id-number 110101199001011237")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(), "utf-8"))

    assert "标准输入里什么也没有" in january("member edit 王五 --id-number -", code=2).err

    assert january("member show 王五 --json").json["id_number"] == "110101********1237"
