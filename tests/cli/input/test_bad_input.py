"""Impossible input gets one sentence and the documented exit code; the ledger does not change."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Refused, digest
from tests.conftest import Run


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-02-30", "没有“2026-02-30”这一天"),
        ("2026-13-01", "没有“2026-13-01”这一天"),
        ("20260230", "没有“20260230”这一天"),
        ("2026年2月30日", "没有“2026年2月30日”这一天"),
        ("05/03/2026", "日期“05/03/2026”读不出来"),
        ("soon", "日期“soon”读不出来"),
        ("''", "日期“”读不出来"),
    ],
)
def test_a_day_that_does_not_exist_is_wrong_usage(
    january: Run, refused: Refused, day: str, told: str
):
    assert told in refused(f"meeting add members --on {day} --chair 张三", 2)
    assert told in refused(f"check --as-of {day}", 2)
    assert told in refused(f"dues pay 张三 --month 2026-02 --amount 1 --on {day}", 2)


@pytest.mark.parametrize(
    ("month", "told"),
    [
        ("2026-13", "月份“2026-13”读不出来"),
        ("2026-00", "月份“2026-00”读不出来"),
        ("202603", "月份“202603”读不出来"),
        ("2026-3-1", "月份“2026-3-1”读不出来"),
        ("March", "月份“March”读不出来"),
        ("2026-Q1", "月份“2026-Q1”读不出来"),
    ],
)
def test_a_month_that_does_not_exist_is_wrong_usage(
    january: Run, refused: Refused, month: str, told: str
):
    assert told in refused(f"dues pay 张三 --month {month} --amount 1", 2)
    assert told in refused(f"check --month {month}", 2)
    assert told in refused(f"dues status --month {month}", 2)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("check --as-of 9999-12-31 --rule members-meeting", "没有“9999-12-31”这一天"),
        ("check --month 9999-12", "月份“9999-12”读不出来"),
        ("member add 赵六 --joined 2020-07-01 --dues-to 9999-12", "月份“9999-12”读不出来"),
        ("dues pay 张三 --month 9999-12 --amount 10", "月份“9999-12”读不出来"),
    ],
)
def test_a_year_beyond_any_ledger_is_wrong_usage(
    january: Run, refused: Refused, line: str, told: str
):
    assert told in refused(line, 2)
    january("check --as-of 2026-01-31")


def test_a_number_beyond_any_ledger_is_nobody(january: Run, refused: Refused):
    assert "要写姓名或 #编号" in refused("member show '#99999999999999999999'", 4)
    assert "要写姓名或 #编号" in refused("dues status --member '#99999999999999999999'", 4)
    assert "要写姓名或 #编号" in refused("dues status --member '#99'", 4)


def test_months_the_wrong_way_round_are_wrong_usage(january: Run, refused: Refused):
    assert "月份“2026-06..2026-02”前后颠倒了" in refused(
        "dues pay 张三 --month 2026-06..2026-02 --amount 1", 2
    )
    assert "2026-06 晚于 2026-02" in refused(
        "dues exempt 张三 --from 2026-06 --to 2026-02 --reason 病 --approved-by 支委会 --on 2026-06-01",
        2,
    )


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        ("-5", "金额读不出来"),
        ("1e3", "金额读不出来"),
        ("76.505", "金额读不出来"),
        ("0", "金额须大于零"),
        ("0.00", "金额须大于零"),
        ("NaN", "金额读不出来"),
        ("inf", "金额读不出来"),
        ("1,000", "金额读不出来"),
        ("５²", "金额读不出来"),
        ("十元", "金额读不出来"),
        ("''", "金额读不出来"),
        ("9" * 12, "金额读不出来"),
        ("76.", "金额读不出来"),
    ],
)
def test_an_amount_that_is_no_sum_of_yuan_is_wrong_usage(
    january: Run, refused: Refused, amount: str, told: str
):
    assert told in refused(f"dues pay 张三 --month 2026-02 --amount {amount}", 2)
    assert told in refused(f"dues assess 张三 --base {amount} --from 2026-02", 2)


@pytest.mark.dated
@pytest.mark.parametrize(
    "line",
    [
        "meeting add members --on tomorrow --chair 张三",
        "meeting edit 2 --on tomorrow",
        "meeting edit 2 --notified tomorrow",
        "dues pay 张三 --month 2026-02 --amount 10 --on tomorrow",
        "dues lapse 张三 --step education --on tomorrow",
        "plan adopt work 2026 --on tomorrow",
        "member post 王五 discipline --from tomorrow",
        "dues pay 张三 --month 2026-02 --amount 10 --consent tomorrow",
    ],
)
def test_a_day_to_come_is_refused_as_the_day_of_something_done(
    january: Run, refused: Refused, line: str
):
    assert "只能登记已经发生的事" in refused(line, 5)


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        # Impossible values.
        ("dues pay 王五 --month 2020-06 --amount 10", 5, "还不是党员"),
        ("dues assess 王五 --base 5000 --from 2020-06", 5, "还不是党员"),
        (
            "meeting add members --on 2026-03-05 --chair 张三 --decision '换届=同意;3/3/2/0/0'",
            5,
            "赞成、反对、弃权合计 2",
        ),
        (
            "meeting add members --on 2026-03-05 --chair 张三 --decision '换届=同意;3/4/4/0/0'",
            5,
            "赞成、反对、弃权合计 4",
        ),
        (
            "meeting add members --on 2026-03-05 --chair 张三 --present 4 --due-present 3",
            5,
            "实到 4 人多于应到 3 人",
        ),
        (
            "meeting add members --on 2026-03-05 --chair 张三 --present 4",
            5,
            "实到 4 人多于应到 3 人",
        ),
        (
            "meeting add members --on 2026-03-05 --chair 张三 --present all --due-present 2",
            5,
            "实到 3 人多于应到 2 人",
        ),
        (
            "meeting add members --on 2026-03-05 --chair 张三 --present 王五 --absent 王五:病",
            5,
            "王五不能既出席又缺席",
        ),
        ("meeting add members --on 2025-12-31 --chair 张三", 5, "不能作为主持人"),
        (
            "meeting add members --on 2026-03-05 --chair 张三 --notified 2026-03-06",
            5,
            "不能晚于开会",
        ),
        (
            "meeting add org-life --on 2026-03-05 --chair 张三 --opinions-on 2026-03-06",
            5,
            "不能晚于开会",
        ),
        # Unknown people and records.
        ("meeting add members --on 2026-03-05 --chair 没有人", 4, "党员名册里没有“没有人”"),
        (
            "meeting add members --on 2026-03-05 --chair 张三 --lecturer 没有人",
            4,
            "党员和干部职工里都没有“没有人”",
        ),
        (
            "meeting add members --on 2026-03-05 --chair 张三 --present 张三,没有人",
            4,
            "党员名册里没有“没有人”",
        ),
        (
            "meeting add cell --on 2026-03-05 --chair 张三 --cell 第九小组",
            4,
            "没有“第九小组”这个党小组",
        ),
        ("dues pay 张三 --month 2026-02 --amount 10 --by 没有人", 4, "党员名册里没有“没有人”"),
        ("dues void 99 --reason 误登", 4, "没有党费记录"),
        ("plan void 99 --reason 误登", 4, "没有计划"),
        # Unreadable values.
        (
            "meeting add members --on 2026-03-05 --chair 张三 --decision 换届",
            2,
            "决议“换届”缺少等号",
        ),
        (
            "meeting add members --on 2026-03-05 --chair 张三 --decision '换届=同意;3/3/2/-1/2'",
            2,
            "票数“3/3/2/-1/2”读不出来",
        ),
        (
            "meeting add members --on 2026-03-05 --chair 张三 --absent 王五",
            2,
            "缺席“王五”应写成 姓名",
        ),
        (
            "meeting add members --on 2026-03-05 --chair 张三 --absent 王五:",
            2,
            "缺席原因应是 1 到 100000 个字的文字",
        ),
        (
            "meeting add members --on 2026-03-05 --chair 张三 --due-present -1",
            2,
            "人数“-1”读不出来",
        ),
        ("meeting add members --on 2026-03-05 --chair 张三 --hours 1.3", 2, "时长“1.3”读不出来"),
        (
            "meeting add members --on 2026-03-05 --chair 张三 --minutes ''",
            2,
            "会议记录应是 1 到 100000 个字的文字",
        ),
        ("meeting add members,nonsense --on 2026-03-05 --chair 张三", 2, "没有“nonsense”这种会议"),
        ("meeting add '' --on 2026-03-05 --chair 张三", 2, "没有“”这种会议"),
        ("meeting show first", 2, "编号“first”读不出来"),
        ("meeting show -1", 2, "没有 -1 这个选项"),
        ("meeting void 2", 2, "缺少：--reason"),
        ("meeting void 2 --reason ''", 2, "作废原因应是 1 到 100000 个字的文字"),
        ("member void 王五", 2, "缺少：--reason"),
        ("dues void 1", 2, "缺少：--reason"),
        ("dues void 1 --reason '  '", 2, "作废原因应是 1 到 100000 个字的文字"),
        ("dues status --month 2026-02 --year 2026", 2, "--month 和 --year 只能用一个"),
        ("plan adopt work 26", 2, "年份“26”读不出来"),
        ("meeting add members --nonsense", 2, "没有 --nonsense 这个选项"),
        ("check --all=yes", 2, "选项 --all 不带值"),
        ("check extra", 2, "多写了“extra”"),
        ("nonsense", 2, "没有“nonsense”这个命令"),
        ("member nonsense", 2, "没有“nonsense”这个命令"),
        ("--nonsense", 2, "没有 --nonsense 这个选项"),
    ],
)
def test_what_cannot_be_is_refused(january: Run, refused: Refused, line: str, code: int, told: str):
    assert told in refused(line, code)


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("meeting add member --on 2026-03-05 --chair 张三", "members"),
        ("meeting add 党员大汇 --on 2026-03-05 --chair 张三", "党员大会"),
        ("member post 王五 支部书计 --from 2026-03-05", "支部书记"),
        ("meetng list", "meeting"),
        ("meeting ad members", "add"),
        ("check --strickt", "--strict"),
        ("check --rule members-meting", "members-meeting"),
    ],
)
def test_the_nearest_word_is_named(january: Run, refused: Refused, typed: str, nearest: str):
    assert nearest in refused(typed, 2)


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("meeting add", ["--chair"]),
        ("member add 赵六", ["--joined"]),
        ("dues pay", ["--month"]),
        ("dues exempt 张三", ["--from", "--to", "--reason", "--approved-by"]),
        ("dues lapse 张三", ["--step"]),
        ("member post 张三 discipline", ["--from"]),
    ],
)
def test_every_missing_fact_is_named_at_once(
    january: Run, refused: Refused, line: str, missing: list[str]
):
    err = refused(line, 2)

    assert all(option in err for option in missing)


def another_database(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE member (id INTEGER, name TEXT)")
    other.close()


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def cut_to_a_stump(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def of_a_newer_schema(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[60:64] = (9999).to_bytes(4, "big")
    path.write_bytes(content)


def a_link(path: Path) -> None:
    real = path.with_name("real.db")
    shutil.move(path, real)
    path.symlink_to(real)


def replaced(write: Callable[[Path], object]) -> Callable[[Path], None]:
    def replace(path: Path) -> None:
        path.unlink()
        write(path)

    replace.__name__ = write.__name__
    return replace


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (replaced(another_database), 65),
        (replaced(Path.touch), 65),
        (replaced(Path.mkdir), 65),
        (replaced(lambda path: path.write_text("党员,入党日期\n" * 50)), 65),
        (cut_short, 65),
        (cut_to_a_stump, 65),
        (a_link, 65),
        (of_a_newer_schema, 78),
        (Path.unlink, 66),
    ],
)
@pytest.mark.parametrize("line", ["check", "member list", "member add 赵六 --joined 2020-07-01"])
def test_what_is_no_ledger_is_neither_read_nor_changed(
    january: Run, ledger: Path, spoil: Callable[[Path], None], code: int, line: str
):
    spoil(ledger)
    before = digest(ledger)

    result = january(line, code=code)

    assert digest(ledger) == before
    assert result.err.startswith("错误：")
    assert str(ledger) in result.err or code == 78
    assert not list(ledger.parent.glob("*-journal"))


def test_a_sentence_about_a_hostile_word_is_harmless_itself(january: Run, refused: Refused):
    for line in (
        "meeting add '\x1b[2J'",
        "member show '\u202e三张'",
        "check --rule '\x1b]0;x\x07'",
    ):
        err = refused(line + (" --chair 张三" if "add" in line else ""), 4 if "show" in line else 2)
        assert not {"\x1b", "\u202e", "\x07"} & set(err)
