"""`partyctl rollup`: branches make extracts; a hub collects and queries them, and makes packets."""

import gzip
import html
import json
import re
from pathlib import Path

import pytest

from partyctl.rollup import storing
from partyctl.rollup.extract import packed
from partyctl.rollup.reading import read
from tests.cli.conftest import Refused
from tests.cli.rollup.conftest import MONTH, sent
from tests.conftest import Run
from tests.support.branch_of_32 import PEOPLE

# The branch's extract


def test_an_extract_counts_what_check_counts(office: Run):
    found = read(sent(office))
    asked = office("check --month 2026-03 --json", code=3).json
    for status, n in asked["summary"].items():
        assert sum(each.n for each in found.tallies if each.status == status) == n, status
    assert found.dues is not None
    status = office("dues status --month 2026-03 --json").json
    assert found.dues.owed_fen == status["totals"]["owed"]
    assert found.dues.paid_fen == status["totals"]["paid"]


def test_the_same_extract_again_has_the_same_bytes(office: Run):
    first = sent(office)
    assert sent(office) == first
    office("staff add 新来的")
    after = read(sent(office)).header
    assert after.previous_head == read(first).header.head
    assert after.head != read(first).header.head


def test_no_person_is_in_an_extract(office: Run):
    """Of cases and opinions, an extract contains only counts; its rows contain no names."""
    for more in ("", "--rows"):
        text = gzip.decompress(sent(office, more)).decode()
        for canary in (*PEOPLE, "何群众", "收费", "越权", "13912345678", "11010519491231002X"):
            assert str(canary).split()[0] not in text, canary
    duties = read(sent(office, "--rows")).duties
    assert duties
    assert not {each.rule for each in duties} & {"warning-reply", "opinion-individual"}
    assert all(re.fullmatch(r"[0-9a-f]{16}", each.subject_key) for each in duties)


def test_a_person_has_one_number_in_every_month(office: Run):
    march = {each.subject_key for each in read(sent(office, "--rows")).duties}
    office("rollup extract --month 2026-02 --rows -o two.partyctl.gz")
    february = {each.subject_key for each in read(Path("two.partyctl.gz").read_bytes()).duties}
    assert len(march & february) > 20


def test_the_journal_keeps_that_an_extract_went_out(office: Run):
    sent(office, "--rows")
    said = office("journal list --json").json
    assert [each["command"] for each in said if "extract" in each["command"]] == ["rollup extract"]
    assert office("journal verify").code == 0


def test_a_branch_of_few_gives_chapters_alone(branch: Run, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = branch(f"rollup extract {MONTH} --rows -o few.partyctl.gz").out
    assert "没有给出逐条结果" in said
    found = read(Path("few.partyctl.gz").read_bytes())
    assert found.header.coarse
    assert {each.rule for each in found.tallies} == {""}
    assert (found.dues, found.duties) == (None, ())


def test_a_month_that_has_not_begun_has_no_extract(office: Run, refused: Refused):
    assert "还没有开始" in refused("rollup extract --month 2199-01", 2)


# Collecting at the hub


def test_what_was_taken_in_is_answered(hub: Run):
    content = sent(hub)
    assert "收下 1 份" in hub("rollup collect sent.partyctl.gz --hub hub").out
    assert "已有 1 份" in hub("rollup collect . --hub hub").out
    answer = hub(f"rollup show --hub hub {MONTH} --json").json
    (row,) = answer["rows"]
    must = [each for each in read(content).tallies if each.strength == "must"]
    for status in ("met", "late", "overdue", "breach"):
        assert row[status] == sum(each.n for each in must if each.status == status)
    assert answer["months"] == [{"month": "2026-03", "reported": 1, "missing": 1}]
    assert hub("rollup verify --hub hub").code == 0


@pytest.mark.parametrize("by", ["organ", "branch", "chapter", "rule", "month"])
def test_the_sums_are_the_same_however_arranged(by: str, hub: Run):
    sent(hub)
    hub("rollup collect . --hub hub")
    rows = hub(f"rollup show --by {by} --hub hub --json").json["rows"]
    whole = hub("rollup show --by month --hub hub --json").json["rows"][0]
    assert sum(each["n"] for each in rows) == whole["n"]
    assert sum(each["met"] for each in rows) == whole["met"]


def test_who_is_missing_is_never_without_findings(hub: Run):
    sent(hub)
    hub("rollup collect . --hub hub")
    assert "002" in hub(f"rollup missing {MONTH} --hub hub", code=3).out
    assert "已报 1 / 2" in hub("rollup show --hub hub").out
    assert "第二支部" in report(hub)


def test_what_cannot_be_taken_is_named_and_the_rest_is_taken(hub: Run, number: str):
    content = sent(hub, name="box/good.partyctl.gz") if Path("box").mkdir() is None else b""
    made = read(content)
    other = made._replace(header=made.header._replace(ledger="f" * 16))
    box = Path("box")
    (box / "a-stranger.partyctl.gz").write_bytes(packed(other))
    (box / "cut.partyctl.gz").write_bytes(content[:200])
    (box / "bomb.partyctl.gz").write_bytes(gzip.compress(b"0" * 90_000_000))
    (box / "link.partyctl.gz").symlink_to("/dev/zero")
    said = hub("rollup collect box --hub hub", code=3)
    assert "收下 1 份，已有 0 份，没有收 4 份" in said.out
    assert "没有在这里登记" in said.err
    assert hub(f"rollup missing {MONTH} --hub hub --json", code=3).json["reported"] == 1
    assert sorted(each.name for each in Path("hub/extracts/2026-03").iterdir()) == ["001.gz"]


def test_one_bad_file_alone_has_its_own_code(hub: Run):
    Path("x.partyctl.gz").write_bytes(b"no extract")
    assert "不是 gzip" in hub("rollup collect x.partyctl.gz --hub hub", code=65).err
    assert "没有文件" in hub("rollup collect gone.partyctl.gz --hub hub", code=66).err


def test_an_older_extract_does_not_replace_a_newer_one(hub: Run):
    old = sent(hub, name="old.partyctl.gz")
    hub("staff add 新来的")
    new = sent(hub, name="new.partyctl.gz")
    hub("rollup collect new.partyctl.gz --hub hub")
    assert "更旧" in hub("rollup collect old.partyctl.gz --hub hub", code=5).err
    assert Path("hub/extracts/2026-03/001.gz").read_bytes() == new != old


def test_a_rewritten_ledger_shows_at_the_hub(hub: Run):
    """The superior has the hash of the journal's newest entry; no clerk can change this copy."""
    made = read(sent(hub))
    hub("rollup collect . --hub hub")
    later = made.header._replace(month="2026-04", head="900-" + "b" * 16)
    for name, previous, told in (
        ("follows", made.header.head, None),
        ("forked", "12-" + "c" * 16, "接不上"),
        ("gap", "899-" + "d" * 16, "没有收到"),
    ):
        forged = made._replace(header=later._replace(previous_head=previous))
        Path(f"{name}.partyctl.gz").write_bytes(packed(forged))
        hub(f"rollup collect {name}.partyctl.gz --hub hub")
        if told is None:
            hub("rollup verify --hub hub")
        else:
            said = hub("rollup verify --hub hub", code=76).out
            assert told in said
            assert f"journal verify --against {made.header.head}" in said.replace("\n", "")
        later = later._replace(head=f"{int(later.head[:3]) + 1}-" + "b" * 16, month="2026-05")
        Path("hub/received.jsonl").write_text(
            Path("hub/received.jsonl").read_text().splitlines()[0] + "\n"
        )


def test_a_file_changed_at_the_hub_is_found(hub: Run):
    content = sent(hub)
    hub("rollup collect . --hub hub")
    made = read(content)
    better = made._replace(tallies=tuple(t for t in made.tallies if t.status != "overdue"))
    Path("hub/extracts/2026-03/001.gz").write_bytes(packed(better))
    assert "不是收到的那一份" in hub("rollup verify --hub hub", code=76).out
    Path("hub/extracts/2026-03/001.gz").unlink()
    assert "不在或损坏" in hub("rollup verify --hub hub", code=76).out


def test_branches_judged_by_other_rules_are_named_apart(hub: Run):
    made = read(sent(hub))
    hub("rollup collect . --hub hub")
    header = made.header._replace(ledger="0123456789abcdef", rules="b" * 64)
    Path("two.partyctl.gz").write_bytes(packed(made._replace(header=header)))
    hub("rollup collect two.partyctl.gz --hub hub")
    assert "按另一套规则判断" in hub("rollup show --hub hub").out
    assert "按另一套规则判断" in report(hub)


def test_a_run_that_was_cut_off_is_made_good_by_the_next(hub: Run, monkeypatch):
    sent(hub)
    real = storing.write_tables
    monkeypatch.setattr(
        storing, "write_tables", lambda *args: (_ for _ in ()).throw(KeyboardInterrupt)
    )
    hub("rollup collect . --hub hub", code=130)
    monkeypatch.setattr(storing, "write_tables", real)
    hub("rollup collect . --hub hub")
    assert hub("rollup show --hub hub --json").json["rows"]


def test_damaged_parquet_is_named_and_made_anew(hub: Run):
    sent(hub)
    hub("rollup collect . --hub hub")
    (part,) = Path("hub/parquet/tally").rglob("*.parquet")
    part.write_bytes(b"PAR1 no more")
    assert "collect --rebuild" in hub("rollup show --hub hub", code=74).err
    hub("rollup collect --rebuild --hub hub")
    assert hub("rollup show --hub hub --json").json["rows"]


def test_a_hub_is_for_its_owner_alone(hub: Run):
    sent(hub)
    hub("rollup collect . --hub hub")
    for each in Path("hub").rglob("*"):
        assert each.stat().st_mode & 0o077 == 0, each


def test_a_hub_is_found_by_its_variable(hub: Run, monkeypatch):
    monkeypatch.setenv("PARTYCTL_HUB", "hub")
    assert "机关工委" in hub(f"rollup missing {MONTH}", code=3).out
    monkeypatch.setenv("PARTYCTL_HUB", "nowhere")
    assert "不是汇总处" in hub(f"rollup missing {MONTH}", code=66).err


def test_enrolling_twice_or_badly_is_refused(hub: Run, refused: Refused, number: str):
    assert "已经登记过" in refused("rollup enrol 001 别的 --ledger ffffffffffffffff --hub hub", 5)
    assert "已经登记过" in refused(f"rollup enrol 009 别的 --ledger {number} --hub hub", 5)
    assert "读不出来" in refused("rollup enrol 009 别的 --ledger 12 --hub hub", 2)
    assert "代码只用" in refused("rollup enrol ../x 别的 --ledger ffffffffffffffff --hub hub", 65)
    assert "已经是汇总处" in refused("rollup init hub --organ 甲", 5)


# The page of a hub, and the packet for the next level


def report(hub: Run) -> str:
    hub(f"rollup report {MONTH} --hub hub -o page.html --replace")
    return Path("page.html").read_text(encoding="utf-8")


def test_the_page_says_what_the_sums_say(hub: Run):
    content = sent(hub)
    hub("rollup collect . --hub hub")
    text = report(hub)
    tiles = dict(re.findall(r'data-status="([\w-]+)">([\d/]+)<', text))
    assert tiles.pop("reported") == "1/2"
    for status, n in tiles.items():
        assert int(n) == sum(each.n for each in read(content).tallies if each.status == status)
    assert "<script" not in text
    assert "default-src 'none'" in html.unescape(text)
    assert not any(str(name).split()[0] in text for name in PEOPLE)
    assert Path("page.html").stat().st_mode & 0o077 == 0


def test_the_next_level_collects_a_packet_as_one(hub: Run):
    sent(hub)
    hub("rollup collect . --hub hub")
    below = hub("rollup show --hub hub --json").json["rows"][0]
    said = hub(f"rollup pass-up {MONTH} --hub hub -o up.partyctl-packet.gz").out
    number = re.search(r"本级编号 (\w{16})", said)[1]
    hub("rollup init top --organ 省直机关")
    hub(f"rollup enrol S1 市直 --ledger {number} --hub top")
    hub("rollup collect up.partyctl-packet.gz --hub top")
    assert "已有 1 份" in hub("rollup collect up.partyctl-packet.gz --hub top").out
    (above,) = hub("rollup show --by organ --hub top --json").json["rows"]
    assert (above["name"], above["n"], above["met"]) == ("S1 市直", below["n"], below["met"])
    assert hub("rollup show --by branch --hub top --json").json["rows"][0]["key"] == "S1/001"
    assert hub("rollup verify --hub top").code == 0


def passed_up(hub: Run, folder: str, code: str, above: str) -> None:
    """Pass a hub's month up to a new hub above it, which enrols the lower hub under this code."""
    said = hub(f"rollup pass-up {MONTH} --hub {folder} -o {folder}.partyctl-packet.gz").out
    number = re.search(r"本级编号 (\w{16})", said)[1]
    hub(f"rollup init {above} --organ 上级")
    hub(f"rollup enrol {code} 下级 --ledger {number} --hub {above}")
    hub(f"rollup collect {folder}.partyctl-packet.gz --hub {above}")


def test_a_branch_that_did_not_report_is_missing_at_every_level_above(hub: Run):
    sent(hub)
    hub("rollup collect . --hub hub")
    (gone,) = hub(f"rollup missing {MONTH} --hub hub --json", code=3).json["missing"]
    passed_up(hub, "hub", "S1", "top")
    passed_up(hub, "top", "P1", "centre")
    for above, code in (("top", "S1/002"), ("centre", "P1/S1-002")):
        answer = hub(f"rollup missing {MONTH} --hub {above} --json", code=3).json
        assert answer["reported"] == 1
        assert answer["missing"] == [{"code": code, "name": gone["name"]}]
        assert "已报 1 / 1，下级未报 1" in hub(f"rollup missing {MONTH} --hub {above}", code=3).out
        assert "已报 1 / 1，下级未报 1" in hub(f"rollup show {MONTH} --hub {above}").out
        note, *_ = Path(above, "parquet", "missing").iterdir()
        note.unlink()  # without this file, the command reads the packets
        assert code in hub(f"rollup missing {MONTH} --hub {above}", code=3).out
        note.write_text("[1]", encoding="utf-8")
        (month,) = hub(f"rollup show {MONTH} --hub {above} --json").json["months"]
        assert (month["reported"], month["missing"]) == (1, 1)
        said = hub(f"rollup report {MONTH} --hub {above} -o {above}.html").out
        assert "1 个支部没有报送" in said
        assert code in Path(f"{above}.html").read_text(encoding="utf-8")


def test_a_packet_without_any_extract_still_lists_the_missing_branches(hub: Run):
    passed_up(hub, "hub", "S1", "top")
    said = hub(f"rollup missing {MONTH} --hub top --json", code=3).json
    assert [each["code"] for each in said["missing"]] == ["S1/001", "S1/002"]


def test_a_changed_packet_is_refused_whole(hub: Run):
    sent(hub)
    hub("rollup collect . --hub hub")
    hub(f"rollup pass-up {MONTH} --hub hub -o up.partyctl-packet.gz")
    text = gzip.decompress(Path("up.partyctl-packet.gz").read_bytes())
    Path("bad.partyctl-packet.gz").write_bytes(gzip.compress(text.replace(b'"001"', b'"009"')))
    assert "汇总包" in hub("rollup collect bad.partyctl-packet.gz --hub hub", code=65).err


# The error without DuckDB, and the answers in JSON


def test_without_duckdb_the_package_is_named(hub: Run, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "duckdb", None)
    sent(hub)
    assert "partyctl[rollup]" in hub("rollup collect . --hub hub", code=2).err


def test_what_is_answered_as_json_is_json(hub: Run):
    sent(hub)
    for line in ("rollup collect . --hub hub", "rollup verify --hub hub"):
        assert json.loads(hub(f"{line} --json").out) is not None
