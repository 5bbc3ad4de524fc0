"""The journal masks telephone numbers, identity numbers and incomes; commands can reveal or erase them."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Prepare, Run

OLD_PHONE, PHONE, NUMBER = "13800001234", "13912345678", "110101199001011237"
SECRETS = (OLD_PHONE, PHONE, NUMBER, "5123.45", "512345")
"""The personal values typed for 张三. The income is stored both in yuan and in 分."""
OTHERS = ("13700009999", "6123.45")

PRIVATE = f"""
    member edit 张三 --phone {OLD_PHONE} --id-number {NUMBER}
    member edit 张三 --phone {PHONE}
    dues assess 张三 --base 5123.45 --from 2026-01
    dues assess 张三 --base 5000 --from 2026-03 --reason 调整
    dues pay 张三 --month 2026-01 --amount 76.85 --on 2026-01-20
    member edit 李四 --phone 13700009999
    dues assess 李四 --base 6123.45 --from 2026-01
"""


@pytest.fixture
def private(branch: Run, prepare: Prepare) -> Run:
    """A ledger with telephone numbers, an identity number and incomes."""
    prepare(PRIVATE)
    return branch


def test_what_is_masked_is_masked_in_every_story(private: Run):
    private("undo")
    private("dues void 1 --reason 误登")
    private("member edit 张三 --phone 13600001111 --id-number 无")
    shown = [private(f"journal list --all{option}").out for option in ("", " --json")]
    for each in private("journal list --all --json").json:
        shown += [private(f"journal show {each['run']}{option}").out for option in ("", " --json")]
    for show in ("member show 张三", "member show 李四", *(f"dues show {n}" for n in range(1, 5))):
        shown += [private(f"{show} --history{option}").out for option in ("", " --json")]
    everything = "".join(shown)

    assert not [secret for secret in (*SECRETS, *OTHERS, "13600001111") if secret in everything]
    for masked in ("138****1234 → 139****5678", "110101********1237", "137****9999", "***"):
        assert masked in everything


@pytest.mark.parametrize(
    ("show", "field", "column", "value"),
    [
        ("member show 张三", "id-number", "id_number", NUMBER),
        ("member show 张三", "phone", "phone", PHONE),
        ("dues show 1", "base", "base", 512345),
        ("dues show 1", "working", "working", "5123.45 × 1.5%"),
    ],
)
def test_a_field_is_revealed_for_a_reason_that_the_journal_keeps(
    show: str, field: str, column: str, value: str | int, private: Run
):
    answer = private(f"{show} --reveal {field} --reason 办理转接 --json").json
    printed = private(f"{show} --reveal {field} --reason 办理转接").out

    assert str(answer[column]).startswith(str(value))
    assert (NUMBER if field == "id-number" else "5123.45" if "dues" in show else PHONE) in printed
    assert {key: said for key, said in answer.items() if key != column} == {
        key: said for key, said in private(f"{show} --json").json.items() if key != column
    }
    story = private(f"{show} --history --json").json["history"]
    assert [each["act"] for each in story[-2:]] == ["reveal", "reveal"]
    assert story[-1]["said"] == {"fields": [field], "reason": "办理转接"}
    assert story[-1]["command"] == show.rsplit(" ", 1)[0]
    assert private("journal verify --json").json["ok"]
    assert "办理转接" in private(f"{show} --history").out


def test_several_fields_are_revealed_at_once(private: Run):
    said = private("member show 张三 --reveal phone --reveal id-number --reason 核对 --json").json
    assert (said["phone"], said["id_number"]) == (PHONE, NUMBER)
    story = private("member show 张三 --history --json").json["history"]
    assert story[-1]["said"] == {"fields": ["phone", "id-number"], "reason": "核对"}


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("member show 张三 --reveal phone", "--reason"),
        ("member show 张三 --reveal name --reason 核对", "name"),
        ("member show 张三 --reveal base --reason 核对", "base"),
        ("dues show 1 --reveal phone --reason 核对", "phone"),
        ("member show 张三 --reveal phone --reason ' '", "原因"),
        ("member show 张三 --reason 核对", "--reveal"),
        ("meeting show 1 --reveal phone --reason 核对", "--reveal"),
        ("journal redact 张三", "--reason"),
        ("journal redact 张三 --reason ' '", "原因"),
    ],
)
def test_what_cannot_be_asked_for_shows_nothing(
    line: str, named: str, private: Run, refused: Refused
):
    private("meeting add study --on 2026-01-14 --chair 张三")
    said = refused(line, 2)
    assert named in said
    assert not [secret for secret in SECRETS if secret in said]


def test_reveals_of_nobody_are_not_found(private: Run, refused: Refused):
    assert "党员名册里没有“没有此人”" in refused(
        "member show 没有此人 --reveal phone --reason 核对", 4
    )
    assert "没有党费" in refused("dues show 99 --reveal base --reason 核对", 4)
    assert "党员名册里没有“没有此人”" in refused("journal redact 没有此人 --reason 核对", 4)


def in_file(path: Path, *texts: str) -> list[str]:
    """Search the bytes of a file for some texts; return the texts that were found.

    Hashes are left out, because six digits can also be in a hash by chance.
    """
    content = re.sub(rb"[0-9a-f]{32,}", b"", path.read_bytes())
    return [text for text in texts if text.encode() in content]


def test_what_was_erased_is_gone_from_the_file(private: Run, ledger: Path, tmp_path: Path):
    before = private("member show 张三 --json").json, private("dues show 1 --json").json
    status = private("dues status --json --as-of 2026-06-30").json
    assert in_file(ledger, *SECRETS, *OTHERS) == [*SECRETS, *OTHERS]

    erased = private("journal redact 张三 --reason 本人要求 --json").json

    assert in_file(ledger, *SECRETS) == []
    assert in_file(ledger, *OTHERS) == list(OTHERS)
    for file in ledger.parent.rglob("*"):
        assert file.is_dir() or in_file(file, *SECRETS) == [], file
    with (
        closing(sqlite3.connect(ledger)) as source,
        closing(sqlite3.connect(tmp_path / "copy.db")) as copy,
    ):
        source.backup(copy)
        details = "".join(text for (text,) in copy.execute("SELECT detail FROM journal_detail"))
        bases = copy.execute("SELECT DISTINCT base FROM dues_assessment WHERE member_id = 1")
        assert bases.fetchall() == [(None,)]
    assert in_file(tmp_path / "copy.db", *SECRETS) == []
    assert not [secret for secret in SECRETS if secret in details]
    assert erased["member"] == 1
    assert erased["values"] == 6  # 2 values of the member, and 2 of each of the 2 assessments
    nothing = {"id_number": None, "phone": None}
    assert private("member show 张三 --json").json == before[0] | nothing
    assert private("dues show 1 --json").json == before[1]
    assert private("dues status --json --as-of 2026-06-30").json == status


def test_the_chain_verifies_after_an_erasure_and_says_how_much_is_gone(private: Run):
    erased = private("journal redact 张三 --reason 本人要求 --json").json
    answer = private("journal verify --json").json
    assert answer["ok"]
    assert answer["redacted"] == len(erased["entries"]) == 5
    assert "已脱敏 5 条" in private("journal verify").out

    story = private("member show 张三 --history --json").json["history"]
    assert {each["seq"] for each in story if each["erased"]} < set(erased["entries"])
    assert all(each["old"] == each["new"] == {} for each in story if each["erased"])
    assert story[-1]["said"] == {"entries": erased["entries"], "reason": "本人要求"}
    out = private("member show 张三 --history").out
    assert "（明细已脱敏）" in out
    assert "本人要求" in out
    said = private("member show 张三 --reveal phone --reason 核对 --json").json
    assert said["phone"] is None


def test_whoever_is_erased_again_keeps_no_value_either(private: Run, ledger: Path):
    private("journal redact 张三 --reason 本人要求")
    private("member edit 张三 --phone 13611112222")
    private("member leave 张三 --on 2026-06-30")
    assert in_file(ledger, "13611112222")
    private("journal redact '#1' --reason 到期")
    assert in_file(ledger, *SECRETS, "13611112222") == []
    assert private("journal verify --json").json["ok"]


def test_an_erasure_names_the_backups_that_still_hold_the_values(private: Run):
    said = private("journal redact 张三 --reason 本人要求")
    assert "已脱敏 党员 #1" in said.out
    assert "partyctl backup list" in said.err
    assert not [secret for secret in SECRETS if secret in said.out + said.err]


@pytest.mark.parametrize(
    "line", ["member edit 张三 --phone 13600001111", "dues assess 张三 --base 5200 --from 2027-01"]
)
def test_an_erased_command_is_not_taken_back(line: str, private: Run, refused: Refused):
    private(line)
    private("journal redact 张三 --reason 本人要求")
    assert "已经脱敏" in refused("undo", 5)


def test_an_erasure_is_not_taken_back_with_the_command_before_it(private: Run, ledger: Path):
    private("staff add 赵六")
    private("journal redact 张三 --reason 本人要求")
    assert "staff add" in private("undo").out
    assert private("staff list --json").json == []
    assert private("member show 张三 --json").json["phone"] is None
    assert in_file(ledger, *SECRETS) == []


SPOKEN = ("张三自己的话", "后来改掉的话", "李四自己的话", "客人说的话", "客人甲")


@pytest.fixture
def spoken(branch: Run) -> Run:
    """A meeting at which members and a guest spoke; one speech was corrected later."""
    said = "--spoke 张三:后来改掉的话 --spoke 李四:李四自己的话"
    branch(f"meeting add members --on 2026-01-14 --chair 张三 --guests 客人甲 {said}")
    said = "--spoke 李四:李四自己的话 --spoke 张三:张三自己的话 --spoke 客人甲:客人说的话"
    branch(f"meeting edit 1 {said}")
    return branch


def test_what_a_member_said_is_erased_with_the_member(spoken: Run, ledger: Path):
    assert in_file(ledger, *SPOKEN) == list(SPOKEN)
    erased = spoken("journal redact 张三 --reason 本人要求 --json").json
    assert erased["values"] == 1
    assert in_file(ledger, *SPOKEN) == ["李四自己的话", "客人说的话", "客人甲"]
    speeches = spoken("meeting show 1 --json").json["speeches"]
    assert [each["said"] for each in speeches] == ["李四自己的话", "—", "客人说的话"]
    assert speeches[1]["speaker"] == "张三"
    assert spoken("journal verify --json").json["ok"]


def test_who_sat_in_is_erased_with_what_they_said(spoken: Run, ledger: Path, refused: Refused):
    erased = spoken("journal redact meeting#1 --reason 本人要求 --json").json
    assert (erased["record"], erased["member"], erased["values"]) == ("meeting#1", None, 2)
    assert in_file(ledger, "客人说的话", "客人甲") == []
    shown = spoken("meeting show 1 --json").json
    assert shown["guests"] == "—"
    assert [each["speaker"] for each in shown["speeches"]] == ["李四", "张三", "—"]
    assert shown["chair"] == "张三"
    assert spoken("journal verify --json").json["ok"]
    assert "已脱敏" in spoken("journal redact 会议#1 --reason 再次").out
    assert "没有会议 #9" in refused("journal redact meeting#9 --reason 没有", 4)


NAMESAKES = """
    branch add 二支部 --founded 2020-01-01
    --branch 二支部 member add 赵七 --joined 2012-07-01 --post branch-secretary
    --branch 二支部 member add 张三 --joined 2012-07-01
    meeting add members --on 2026-01-14 --chair #1 --spoke #1:一支部的张三说的
    --branch 二支部 meeting add members --on 2026-01-15 --chair 赵七 --spoke #5:二支部的张三说的
    --branch 二支部 meeting add study --on 2026-01-16 --chair #5 --spoke #5:主持的张三说的
"""
WORDS = ("一支部的张三说的", "二支部的张三说的", "主持的张三说的")


def test_what_a_namesake_of_another_branch_said_is_not_erased(
    branch: Run, prepare: Prepare, ledger: Path
):
    prepare(NAMESAKES)
    erased = branch("journal redact '#1' --reason 本人要求 --json").json
    assert (erased["values"], erased["unclear"]) == (1, [])
    assert in_file(ledger, *WORDS) == list(WORDS[1:])
    assert branch("journal redact '#5' --reason 本人要求 --json").json["unclear"] == []
    assert in_file(ledger, *WORDS) == []


def test_a_speech_that_two_namesakes_can_have_made_is_left_and_named(branch: Run, ledger: Path):
    branch("meeting add members --on 2026-01-14 --chair 李四 --spoke 张三:分不清的话")
    branch("member add 张三 --joined 2012-07-01")
    said = branch("journal redact '#1' --reason 本人要求")
    assert "会议 #1 有同名的人，分不清是谁的发言，没有抹去" in said.err
    assert "partyctl meeting edit 1 --present …" in said.err
    assert in_file(ledger, "分不清的话")
    branch("meeting edit 1 --present '李四,#4'")
    assert branch("journal redact '#1' --reason 本人要求 --json").json["unclear"] == []
    assert in_file(ledger, "分不清的话")
    branch("meeting edit 1 --present '李四,#1'")
    assert "分不清" not in branch("journal redact '#1' --reason 本人要求").err
    assert in_file(ledger, "分不清的话") == []
    assert branch("journal verify --json").json["ok"]


def test_a_guest_of_a_members_name_is_left_until_it_is_clear_who_spoke(branch: Run, ledger: Path):
    said = "--guests 客人甲、王五 --spoke 王五:王五说的话 --spoke 客人甲:客人说的话"
    branch(f"meeting add members --on 2026-01-14 --chair 张三 {said}")
    for whom in ("王五", "meeting#1"):
        assert branch(f"journal redact {whom} --reason 本人要求 --json").json["unclear"] == [1]
    assert in_file(ledger, "王五说的话", "客人说的话") == ["王五说的话"]
    assert branch("meeting show 1 --json").json["guests"] == "—、王五"
    branch("meeting edit 1 --present 张三,李四")
    assert branch("journal redact meeting#1 --reason 本人要求 --json").json["unclear"] == []
    assert in_file(ledger, "王五说的话") == []
    assert branch("meeting show 1 --json").json["guests"] == "—"


def test_a_meeting_without_guests_loses_nothing(branch: Run):
    branch("meeting add members --on 2026-01-14 --chair 张三")
    erased = branch("journal redact meeting#1 --reason 核对 --json").json
    assert erased["values"] == 0
    assert branch("meeting show 1 --json").json["guests"] is None
    assert branch("journal verify --json").json["ok"]
