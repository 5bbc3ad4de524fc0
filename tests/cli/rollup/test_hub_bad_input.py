"""Bad files at the hub are refused with one sentence and an exit code; good files are collected."""

import gzip
import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from partyctl.ledger.file.opening import SCHEMA
from partyctl.rollup.extract import Extract, packed
from tests.cli.rollup.mutated import LEDGERS, sealed, whole
from tests.conftest import Run

GOOD = whole(LEDGERS[1])


@pytest.fixture
def hub(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    run("rollup init hub --organ 机关工委")
    run(f"rollup enrol 001 第一支部 --ledger {LEDGERS[0]} --hub hub")
    run(f"rollup enrol 002 第二支部 --ledger {LEDGERS[1]} --hub hub")
    run(f"rollup enrol 003 第三支部 --ledger {LEDGERS[2]} --branch 2 --hub hub")
    Path("box").mkdir()
    return run


def headed(**changed: object) -> bytes:
    extract = whole()
    return packed(extract._replace(header=extract.header._replace(**changed)))


def with_first_line(**changed: object) -> bytes:
    """An extract with a valid digest, but with a first line that our program would never write."""
    body = gzip.decompress(packed(whole())).rstrip(b"\n").rpartition(b"\n")[0]
    first, _, rest = body.partition(b"\n")
    said = {**json.loads(first), **changed}
    return sealed(json.dumps(said).encode() + b"\n" + rest + b"\n")


def changed_behind_its_seal() -> bytes:
    return gzip.compress(gzip.decompress(packed(whole())).replace(b'"overdue"', b'"met"    ', 1))


BAD: dict[str, tuple[Callable[[], bytes], int, str]] = {
    "is no extract": (lambda: b"no extract at all", 65, "不是 gzip"),
    "is a text": (lambda: gzip.compress(b"hello\n"), 65, "不是 partyctl 提取文件"),
    "is empty": (lambda: b"", 65, "不完整"),
    "is cut off": (lambda: packed(whole())[:-9], 65, "不完整"),
    "was changed": (changed_behind_its_seal, 65, "被改过"),
    "is of an unknown ledger": (lambda: headed(ledger="f" * 16), 5, "没有在这里登记"),
    "is of another branch of a known ledger": (lambda: headed(branch=3), 5, "这里登记的是 001"),
    "is of a whole ledger, but only one of its branches is enrolled": (
        lambda: headed(ledger=LEDGERS[2]),
        5,
        "这里登记的是 003（第 2 个支部）",
    ),
    "is of a newer program": (lambda: headed(schema=SCHEMA + 1), 78, "更新的 partyctl"),
    "has a path as its ledger": (lambda: with_first_line(ledger="../../../etc"), 65, "样子"),
    "has a path as its month": (lambda: with_first_line(month="../../2026-03"), 65, "样子"),
    "has a path as its head": (lambda: with_first_line(head="/etc/passwd"), 65, "样子"),
    "is a bomb": (lambda: gzip.compress(b"0" * 200_000_000), 65, "过大"),
    "is a decompression bomb within another": (
        lambda: gzip.compress(gzip.compress(b"0" * 200_000_000)),
        65,
        "提取文件",
    ),
}


@pytest.mark.sweep(5)
@pytest.mark.parametrize("what", BAD)
def test_a_file_that(what: str, hub: Run):
    content_of, code, said = BAD[what]
    Path("box/a-bad.partyctl.gz").write_bytes(content_of())
    Path("box/b-good.partyctl.gz").write_bytes(packed(GOOD))
    told = hub("rollup collect box --hub hub", code=3)
    assert "收下 1 份，已有 0 份，没有收 1 份" in told.out
    (line,) = told.err.splitlines()
    assert said in line
    assert kept() == {"extracts/2026-03/002.gz": packed(GOOD)}
    alone = hub("rollup collect box/a-bad.partyctl.gz --hub hub", code=code)
    assert said in alone.err
    assert kept() == {"extracts/2026-03/002.gz": packed(GOOD)}


def kept() -> dict[str, bytes]:
    files = Path("hub/extracts").rglob("*.gz")
    return {str(each.relative_to("hub")): each.read_bytes() for each in files}


def put(name: str, extract: Extract) -> None:
    Path(name).write_bytes(packed(extract))


def test_the_same_file_twice_is_taken_once(hub: Run):
    put("box/a.partyctl.gz", GOOD)
    put("box/b.partyctl.gz", GOOD)
    assert "收下 1 份，已有 1 份，没有收 0 份" in hub("rollup collect box --hub hub").out
    assert "收下 0 份，已有 2 份" in hub("rollup collect box --hub hub").out
    rows = hub("rollup show --by branch --hub hub --json").json["rows"]
    assert [each["key"] for each in rows] == ["002"]


def test_an_older_one_is_refused_whatever_its_name(hub: Run):
    put("box/a.partyctl.gz", whole(number=90))
    put("box/b.partyctl.gz", whole(number=80))
    told = hub("rollup collect box --hub hub", code=3)
    assert "b.partyctl.gz：这里已有" in told.err
    assert kept() == {"extracts/2026-03/001.gz": packed(whole(number=90))}


def test_names_that_are_paths_pipes_links_or_folders_reach_nothing(hub: Run, tmp_path: Path):
    put("outside.partyctl.gz", whole())
    Path("box/link.partyctl.gz").symlink_to("/dev/zero")
    os.mkfifo("box/pipe.partyctl.gz")
    Path("box/folder.partyctl.gz").mkdir()
    Path("box/gone.partyctl.gz").symlink_to("nowhere")
    put("box/z-good.partyctl.gz", GOOD)
    told = hub("rollup collect box --hub hub", code=3)
    assert "收下 1 份，已有 0 份，没有收 4 份" in told.out
    assert kept() == {"extracts/2026-03/002.gz": packed(GOOD)}


def test_a_code_that_is_a_path_is_not_enrolled(hub: Run):
    for code in ("../x", "a/b", "..", ".", "a b", "", "x" * 33, "甲"):
        told = hub(f"rollup enrol '{code}' 支部 --ledger {'e' * 16} --hub hub", code=65)
        assert "代码只用" in told.err


def test_the_id_of_a_ledger_is_described_in_english(hub: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    told = hub("rollup enrol 009 Branch --ledger 12 --hub hub", code=2)
    assert "“12” is not the ID of a ledger: an ID has 16 digits, 0–9 and a–f." in told.err


def test_a_whole_ledger_and_one_of_its_branches_are_not_counted_twice(hub: Run):
    line = f"rollup enrol 009 支部 --ledger {LEDGERS[0]} --branch 1 --hub hub"
    assert "已经登记过" in hub(line, code=5).err
    line = f"rollup enrol 009 支部 --ledger {LEDGERS[2]} --hub hub"
    assert "已经登记过" in hub(line, code=5).err
    hub(f"rollup enrol 009 支部 --ledger {LEDGERS[2]} --branch 1 --hub hub")


def test_a_signature_beside_an_extract_is_let_alone(hub: Run):
    """The hub keeps an extract byte for byte, so a signature (`ssh-keygen -Y sign`) stays valid."""
    put("box/a.partyctl.gz", GOOD)
    Path("box/a.partyctl.gz.sig").write_text("-----BEGIN SSH SIGNATURE-----")
    assert "收下 1 份，已有 0 份，没有收 0 份" in hub("rollup collect box --hub hub").out
    digest = sha256(Path("box/a.partyctl.gz").read_bytes()).digest()
    assert sha256(Path("hub/extracts/2026-03/002.gz").read_bytes()).digest() == digest
