"""`rollup pass-up`: the next hub accepts every packet, and no two branches have the same code in it."""

import json
import re
from pathlib import Path

import pytest

from partyctl.rollup.extract import packed
from partyctl.rollup.hub import Hub
from partyctl.rollup.missing import missing_branches
from tests.cli.conftest import Refused
from tests.cli.rollup.conftest import MONTH
from tests.cli.rollup.mutated import whole
from tests.conftest import Run

LONG = "1234567890" * 3 + "12"


@pytest.fixture
def desk(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    return run


def hub_of(run: Run, folder: str, units: dict[str, str]) -> str:
    """Make a hub, and enrol each code with its ledger; return the hub's number."""
    run(f"rollup init {folder} --organ 机关")
    for code, ledger in units.items():
        run(f"rollup enrol {code} 支部 --ledger {ledger} --hub {folder}")
    return str(json.loads(Path(folder, "hub.json").read_text("utf-8"))["hub"])


def report(run: Run, folder: str, ledger: str, month: str = "2026-03", entry: int = 3) -> None:
    """Collect an extract of a ledger at a hub. `entry`: the number of the newest journal entry."""
    made = whole(ledger)
    previous = f"{entry - 1}-{'a' * 16}"
    header = made.header._replace(month=month, head=f"{entry}-{'a' * 16}", previous_head=previous)
    Path("one.partyctl.gz").write_bytes(packed(made._replace(header=header)))
    run(f"rollup collect one.partyctl.gz --hub {folder}")


def pass_up(run: Run, folder: str, above: str, month: str = MONTH) -> str:
    """Pass a month up, and collect the packet at the next hub; return the notice of new codes."""
    packet = f"{folder}.partyctl-packet.gz"
    told = run(f"rollup pass-up {month} --hub {folder} -o {packet} --replace").err
    run(f"rollup collect {packet} --hub {above}")
    return told


def codes(run: Run, folder: str) -> list[str]:
    """The codes of the branches that a hub counts, and of those that are missing."""
    shown = run(f"rollup show {MONTH} --hub {folder} --json").json
    missing = missing_branches(Hub(Path(folder)), "2026-03")
    return [each["key"] for each in shown["rows"]] + [each.code for each in missing]


def test_codes_that_would_be_too_long_are_shortened(desk: Run):
    low = hub_of(desk, "low", {LONG: "a" * 16, f"{LONG[:-1]}3": "b" * 16, "001": "c" * 16})
    middle = hub_of(desk, "middle", {"S1": low})
    hub_of(desk, "top", {"P1": middle})
    report(desk, "low", "a" * 16)
    assert pass_up(desk, "low", "middle") == ""
    told = pass_up(desk, "middle", "top")
    assert f"S1/{LONG} → S1-123456789012-" in told
    assert "S1/001" not in told
    found = codes(desk, "top")
    assert len({*found}) == 3
    assert "P1/S1-001" in found
    assert all(re.fullmatch(r"P1/[\w-]{6,32}", each) for each in found)
    assert desk("rollup verify --hub top").code == 0


def test_two_branches_with_the_same_joined_code_get_different_codes(desk: Run):
    one = hub_of(desk, "one", {"B-C": "a" * 16})
    two = hub_of(desk, "two", {"C": "b" * 16})
    middle = hub_of(desk, "middle", {"A": one, "A-B": two, "A-B-C": "c" * 16})
    hub_of(desk, "top", {"P1": middle})
    for folder, ledger in (("one", "a"), ("two", "b"), ("middle", "c")):
        report(desk, folder, ledger * 16)
    pass_up(desk, "one", "middle")
    pass_up(desk, "two", "middle")
    told = pass_up(desk, "middle", "top")
    assert "A/B-C → A-B-C-" in told
    assert "A-B/C → A-B-C-" in told
    found = codes(desk, "top")
    assert len(found) == len({*found}) == 3
    assert "P1/A-B-C" in found


def test_a_branch_has_the_same_code_in_a_month_in_which_the_other_hub_did_not_report(desk: Run):
    """If a branch's code changed from month to month, a hub could take two branches for one."""
    one = hub_of(desk, "one", {"B-C": "a" * 16})
    two = hub_of(desk, "two", {"C": "b" * 16})
    middle = hub_of(desk, "middle", {"A": one, "A-B": two})
    hub_of(desk, "top", {"P1": middle})
    report(desk, "one", "a" * 16)
    report(desk, "two", "b" * 16, entry=8)
    pass_up(desk, "one", "middle")
    pass_up(desk, "two", "middle")
    first = pass_up(desk, "middle", "top")
    report(desk, "two", "b" * 16, month="2026-04", entry=9)
    pass_up(desk, "two", "middle", "--month 2026-04")
    assert pass_up(desk, "middle", "top", "--month 2026-04") == first
    assert desk("rollup verify --hub top").code == 0


def test_a_hub_with_names_that_are_refused_now_can_still_pass_up(desk: Run):
    low = hub_of(desk, "low", {"001": "a" * 16, "002": "b" * 16})
    hub_of(desk, "top", {"S1": low})
    place = Path("low/hub.json")
    said = json.loads(place.read_text("utf-8"))
    said["organ"] = "机" * 300
    said["units"][0][1] = ""
    said["units"][1][1] = "支\n部" * 100
    place.write_text(json.dumps(said), encoding="utf-8")
    report(desk, "low", "a" * 16)
    pass_up(desk, "low", "top")
    assert codes(desk, "top") == ["S1/001", "S1/002"]


@pytest.mark.parametrize(
    ("code", "name", "told"),
    [
        ("own", "支部", "代码不能是 own"),
        ("OWN", "支部", "代码不能是 own"),
        (LONG + "3", "支部", "最多 32 个"),
        ("009", "''", "名称要有 1 到 200 个"),
        ("009", "甲" * 201, "名称要有 1 到 200 个"),
    ],
)
def test_what_the_next_hub_would_refuse_is_not_enrolled(
    desk: Run, refused: Refused, code: str, name: str, told: str
):
    hub_of(desk, "hub", {"a": "a" * 16})
    before = Path("hub/hub.json").read_bytes()
    assert told in refused(f"rollup enrol {code} {name} --ledger {'f' * 16} --hub hub", 65)
    assert Path("hub/hub.json").read_bytes() == before


def test_codes_that_differ_only_in_case_would_share_a_file_on_some_systems(
    desk: Run, refused: Refused
):
    hub_of(desk, "hub", {"a": "a" * 16})
    assert "已经登记过" in refused(f"rollup enrol A 支部 --ledger {'f' * 16} --hub hub", 5)


def test_a_hub_has_a_name(desk: Run, refused: Refused):
    assert "名称要有 1 到 200 个" in refused("rollup init hub --organ ''", 65)
    assert not Path("hub").exists()
