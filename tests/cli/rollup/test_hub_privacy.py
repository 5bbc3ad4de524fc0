"""No file or output on the way from a ledger to the superior's page contains personal data."""

import gzip
import shutil
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest

from partyctl.rollup import storing
from tests.cli.rollup.conftest import MONTH
from tests.conftest import Result, Run
from tests.house.test_whose_case import PACKED
from tests.support.branch_of_32 import PEOPLE

IDENTITY, PHONE, BASE = "11010519491231002X", "13912345678", "98765.43"
TEXTS = ("越权审批事项", "收费不公开", "安排工作")
CANARIES = (*PEOPLE, "何群众", IDENTITY, PHONE, BASE, "9876543", *TEXTS)


def chain(number: str, ledger: Path) -> Iterator[tuple[str, int]]:
    """Every command on the way from the ledger to the superior's page, with its expected exit code.

    Some of the commands must fail.
    """
    yield f"dues assess 周海燕 --base {BASE} --from 2026-02 --reason 调资", 0
    yield f"rollup extract {MONTH} --rows -o a.partyctl.gz", 0
    yield f"rollup extract {MONTH} --rows -o a.partyctl.gz", 5
    yield "rollup extract --month 2026-04 -o b.partyctl.gz --json", 0
    yield "rollup init hub --organ 机关工委", 0
    yield f"rollup enrol 001 机关支部 --ledger {number} --hub hub", 0
    yield f"rollup enrol 002 机关支部 --ledger {number} --hub hub", 5
    yield "rollup collect . --hub hub", 0
    yield f"rollup collect {ledger} --hub hub", 65
    yield "rollup collect . --hub hub --json", 0
    for by in ("organ", "branch", "chapter", "rule", "month"):
        yield f"rollup show --by {by} --rank --hub hub", 0
        yield f"rollup show --by {by} --hub hub --json", 0
    yield f"rollup missing {MONTH} --hub hub --json", 0
    yield f"rollup report {MONTH} --hub hub -o page.html", 0
    yield f"rollup pass-up {MONTH} --hub hub -o up.partyctl-packet.gz", 0
    yield f"rollup compute {ledger} {MONTH} -o computed --workers 1", 0
    yield f"rollup compute {ledger} hub/hub.json {MONTH} -o computed --workers 2", 3
    yield "rollup verify --hub hub", 0


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nobody_is_in_anything_that_leaves(
    language: str, office: Run, number: str, ledger: Path, tmp_path: Path, monkeypatch
):
    monkeypatch.setenv("PARTYCTL_LANG", language)
    for line, code in chain(number, ledger):
        found = office(line, code=code)
        if line.startswith("rollup"):
            require_nobody(line, found)
    spoiled = Path("hub/extracts/2026-03/001.gz")
    spoiled.write_bytes(gzip.compress("王五".encode()))
    require_nobody("verify", office("rollup verify --hub hub", code=76))
    next(Path("hub/parquet/tally").rglob("*.parquet")).write_bytes(b"PAR1 no more")
    require_nobody("show", office("rollup show --hub hub", code=74))
    shutil.rmtree("hub/extracts/2026-03")
    seen = 0
    for file in tmp_path.rglob("*"):
        if file.is_file() and ledger.parent not in file.parents:
            require_none_of(str(file.relative_to(tmp_path)), said_by(file))
            seen += file.suffix in (".gz", ".parquet", ".html")
    assert seen > 10


def require_nobody(line: str, found: Result) -> None:
    require_none_of(line, found.out + found.err)


def require_none_of(where: str, text: str) -> None:
    assert [canary for canary in CANARIES if canary in text] == [], where


def said_by(file: Path) -> str:
    """A file's text, decompressed; for a packet, the text of every extract in it."""
    content = file.read_bytes()
    if file.suffix == ".parquet" and content[-4:] == b"PAR1":
        with storing.engine() as database:
            rows = database.execute(f"SELECT * FROM {storing.quoted(file)}").fetchall()
        return repr(rows) + content.decode(errors="replace")
    return unpacked(content)


def unpacked(content: bytes) -> str:
    if content[:2] != b"\x1f\x8b":
        return content.decode(errors="replace")
    text = gzip.decompress(content).decode(errors="replace")
    return text + "".join(unpacked(b64decode(each)) for each in PACKED.findall(text))


def test_what_would_leave_is_found(tmp_path: Path):
    """The test's search can find a text in an extract, in a packet of extracts and in a Parquet file."""
    import base64

    inner = gzip.compress("周海燕".encode())
    packet = gzip.compress(b'{"unit": "' + base64.b64encode(inner) + b'"}')
    (tmp_path / "x.gz").write_bytes(packet)
    assert "周海燕" in said_by(tmp_path / "x.gz")
    with storing.engine() as database:
        database.execute(f"COPY (SELECT '周海燕' AS name) TO '{tmp_path}/x.parquet'")
    assert "周海燕" in said_by(tmp_path / "x.parquet")


@pytest.mark.parametrize(("more", "told"), [("--rows", "true"), ("", "false")])
def test_that_rows_went_out_stands_in_the_journal(more: str, told: str, office: Run):
    office(f"rollup extract {MONTH} -o a.partyctl.gz {more}")
    run = max(each["run"] for each in office("journal list --json").json)
    shown = office(f"journal show {run} --json").out
    assert f'"rows": {told}' in shown
    screen = office(f"journal show {run}").out
    assert "党支部 全部；月份 2026-03；" in screen
    assert f"明细 {'是' if more else '否'}；" in screen


def test_rows_are_said_on_the_screen(office: Run):
    assert "逐条结果" in office(f"rollup extract {MONTH} -o a.partyctl.gz --rows").out
    assert "逐条结果" not in office(f"rollup extract {MONTH} -o b.partyctl.gz").out


def test_cases_and_opinions_leave_as_counts_alone(office: Run):
    """Of cases and opinions, an extract has only counts, even with --rows."""
    from partyctl.law.catalogue import CATALOGUE
    from partyctl.rollup.chapters import CLOSED, chapter_code
    from partyctl.rollup.reading import read

    office(f"rollup extract {MONTH} -o a.partyctl.gz --rows")
    found = read(Path("a.partyctl.gz").read_bytes())
    chapters = {rule.id: chapter_code(rule.article) for rule in CATALOGUE}
    assert {each.chapter for each in found.tallies} & CLOSED
    assert not {chapters[each.rule] for each in found.duties} & CLOSED
