"""Extracts with random changes are collected from a folder.

The hub either refuses an extract or stores it byte for byte; a refusal does not end the run.
"""

import json
import os
import random
import re
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from partyctl.rollup import storing
from partyctl.rollup.extract import packed
from tests.cli.rollup.mutated import LEDGERS, mutated, opened, whole
from tests.conftest import Result, Run

EVERYDAY, ALL, BATCH = 400, 10_000, 500
CODES = {ledger: f"{place:03}" for place, ledger in enumerate(LEDGERS)}
GOOD = "00000000000000bb"
"""The number of the only ledger whose extracts get no random changes."""
NAMES = ("{}", "-rf {}", "甲 {}\n乙", "; rm {}", "{}" + "x" * 180, "\udcff{}", "'{}'", "$({})")
OF_THE_HUB = re.compile(
    r"hub\.json|received\.jsonl|checkpoint\.json|extracts(/\d{4}-\d\d(/\d{3}\.gz)?)?"
    r"|parquet/missing/\d{4}-\d\d\.json"
    r"|parquet(/\w+(/month=\d{4}-\d\d(/organ=own(/part\.parquet)?)?)?)?"
)


@pytest.fixture
def hub(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    run("rollup init hub --organ 机关工委")
    for ledger, code in {**CODES, GOOD: "999"}.items():
        run(f"rollup enrol {code} 支部 --ledger {ledger} --hub hub")
    return tmp_path / "hub"


class Batch(NamedTuple):
    """A run of `collect`: the output, and the content of each file in the folder by its name."""

    said: Result
    contents: dict[str, bytes]

    @property
    def taken(self) -> list[dict[str, Any]]:
        """What the command said about each accepted file, in the order of the output."""
        return [each for each in self.said.json if each["state"] == "taken"]


def collected(run: Run, hub: Path, chance: random.Random, number: int, count: int) -> Batch:
    box = hub.parent / "box"
    box.mkdir()
    contents = {}
    for n in range(count):
        name = chance.choice(NAMES).format(f"{n:05}") + ".partyctl.gz"
        contents[name] = mutated(chance)
    for place in ("00000", "50000", "99999"):
        month = f"20{number + 10:02}-{int(place[0]) + 1:02}"
        contents[f"{place} good.partyctl.gz"] = packed(whole(GOOD, month))
    for name, content in contents.items():
        (box / name).write_bytes(content)
    before = outside(hub)
    said = run("rollup collect box --hub hub --json", code=3)
    assert outside(hub) == before
    for each in box.iterdir():
        each.unlink()
    box.rmdir()
    told = {os.fsencode(name).decode("utf-8", "replace"): each for name, each in contents.items()}
    return Batch(said, told)


def outside(hub: Path) -> dict[str, str]:
    """What is near the hub but outside it; `collect` must not change any of this.

    Of files in the hub's parent folder, the result has the digests; of files and folders one level
    higher, it has only the names.
    """
    files = [each for each in hub.parent.rglob("*") if hub not in each.parents and each.is_file()]
    told = {os.fsdecode(each): sha256(each.read_bytes()).hexdigest() for each in files}
    return told | dict.fromkeys(map(os.fsdecode, hub.parent.parent.iterdir()), "")


@pytest.mark.parametrize(
    "count", [EVERYDAY, pytest.param(ALL, marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_a_mutated_extract_is_collected_right_or_refused(run: Run, hub: Path, count: int):
    chance = random.Random(20261127)
    standing: dict[tuple[str, str], bytes] = {}
    states: Counter[str] = Counter()
    for number, start in enumerate(range(0, count, BATCH)):
        batch = collected(run, hub, chance, number, min(BATCH, count - start))
        states.update(each["state"] for each in batch.said.json)
        assert len(batch.said.json) == len(batch.contents)
        assert sum("good" in each["file"] for each in batch.taken) == 3
        for each in batch.said.json:
            assert (each["error"] is None) == (each["state"] != "refused")
        for each in batch.taken:
            standing[each["code"], each["month"]] = batch.contents[each["file"]]
        require_kept_as_sent(hub, standing)
    assert sum(states.values()) >= count
    assert states["refused"] > count * 0.6
    assert states["taken"] > count * 0.05
    require_parquet_of(hub, standing)


def require_kept_as_sent(hub: Path, standing: dict[tuple[str, str], bytes]) -> None:
    """Check that the hub has the last accepted extract of each branch and month, byte for byte."""
    kept = {
        (each.stem, each.parent.name): each.read_bytes() for each in hub.glob("extracts/*/*.gz")
    }
    assert kept == standing
    for content in standing.values():
        assert opened(content) is not None
    for each in hub.rglob("*"):
        assert OF_THE_HUB.fullmatch(str(each.relative_to(hub))), each
        assert not each.is_symlink()


def require_parquet_of(hub: Path, standing: dict[tuple[str, str], bytes]) -> None:
    """Check that the sums in the hub's Parquet files equal the sums of its extracts.

    The extracts are added up without partyctl's code.
    """
    wanted: Counter[tuple[str, str, str, str]] = Counter()
    for (code, month), content in standing.items():
        for line in (opened(content) or [])[1:]:
            if "tally" in line:
                chapter, _, _, _, _, status, n = line["tally"]
                wanted[code, month, chapter, status] += n
    place = storing.quoted(hub / "parquet" / "tally")[1:-1]
    with storing.engine() as database:
        rows = database.execute(
            "SELECT code, month, chapter, status, sum(n)::INTEGER FROM "
            f"read_parquet('{place}/*/*/*.parquet', hive_partitioning = true, "
            "hive_types_autocast = false) GROUP BY ALL"
        ).fetchall()
    assert {(code, month, chapter, status): n for code, month, chapter, status, n in rows} == wanted


def test_what_is_refused_is_said_in_one_sentence_each(run: Run, hub: Path):
    """The screen does not repeat the content of any file, and no file name moves the cursor."""
    box = hub.parent / "box"
    box.mkdir()
    chance = random.Random(3)
    for n in range(60):
        (box / f"\x1b[2J{n}.partyctl.gz").write_bytes(mutated(chance))
    said = run("rollup collect box --hub hub", code=3)
    refused = [line for line in said.err.splitlines() if line.startswith("没有收")]
    assert refused
    assert "\x1b" not in said.err + said.out
    assert all("。" in line for line in refused)
    for canary in ("13912345678", "王五", "/etc/passwd", "Traceback"):
        assert canary not in said.err + said.out
    assert json.loads(run("rollup collect box --hub hub --json", code=3).out)
