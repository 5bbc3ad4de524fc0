"""Extracts: equal results give equal bytes, and only a complete extract is accepted."""

import gzip
import json
import random
from hashlib import sha256
from typing import Any

import pytest

from partyctl.errors import BadInput, PartyctlError, WrongVersion
from partyctl.ledger.file.opening import SCHEMA
from partyctl.rollup.chapters import CODES
from partyctl.rollup.extract import Extract, Tally, packed
from partyctl.rollup.reading import MOST_BYTES, read
from tests.cli.rollup.mutated import whole

WHOLE = whole("0123456789abcdef")
HEADER, TALLIES, DUES = WHOLE.header, WHOLE.tallies, WHOLE.dues
[DUTY] = WHOLE.duties
MUTANTS, ALL_MUTANTS = 1_000, 10_000


def lines(extract: Extract = WHOLE) -> list[dict[str, Any]]:
    text = gzip.decompress(packed(extract)).decode()
    return [json.loads(line) for line in text.splitlines()][:-1]


def sealed(said: list[Any]) -> bytes:
    """An extract with these lines and a valid seal (a last line with the digest of the text)."""
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in said)
    seal = json.dumps({"sha256": sha256(text.encode()).hexdigest()}, separators=(",", ":"))
    return gzip.compress(f"{text}{seal}\n".encode())


def test_what_is_written_is_read():
    found = read(packed(WHOLE))
    assert found._replace(sha256="") == WHOLE
    assert packed(found) == packed(WHOLE)


def test_every_chapter_has_a_code_of_its_own():
    assert list(CODES)[:3] == ["责任", "支部·一", "支部·二"]
    assert list(CODES)[-2:] == ["防范", "全国"]
    assert len(CODES) == len(set(CODES.values()))


WRONG = {
    "another format": {"format": "partyctl-extract/2"},
    "a path as the ledger": {"ledger": "../../../../etc"},
    "a text that is not a month": {"month": "2026-13"},
    "a text that is not a day": {"as_of": "2026-02-30"},
    "a text as the head": {"head": "x"},
    "a branch below nothing": {"branch": -1},
    "true as the branch": {"branch": True},
    "a schema number that never existed": {"schema": 1},
    "a field more": {"more": 1},
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_first_line_is_refused(what: str):
    said = lines()
    said[0] |= WRONG[what]
    with pytest.raises(BadInput):
        read(sealed(said))


def test_an_extract_of_a_newer_program_is_refused_as_that():
    said = lines()
    said[0]["schema"] = SCHEMA + 1
    with pytest.raises(WrongVersion):
        read(sealed(said))


WRONG_LINES = {
    "a name": {"tally": ["支部·七", "王五", "bureau", "must", "2026-03", "met", 1]},
    "an unknown chapter as the chapter": {
        "tally": ["支部·廿", "x", "bureau", "must", "2026-03", "met", 1]
    },
    "an unknown status as the status": {
        "tally": ["支部·七", "x", "bureau", "must", "2026-03", "done", 1]
    },
    "half a duty": {"tally": ["支部·七", "x", "bureau", "must", "2026-03", "met", 0.5]},
    "no duty at all": {"tally": ["支部·七", "x", "bureau", "must", "2026-03", "met", 0]},
    "a line of nothing": {},
    "two things on a line": {"tally": [], "dues": []},
    "an unknown thing": {"member": ["王五"]},
    "a second sum of dues": {"dues": list(DUES)},
    "more unpaid members than members who owe": {"dues": [1, 1, 1, 2]},
    "the same tally again": {"tally": list(TALLIES[0])},
    "a subject by name": {"duty": ["x", "member", "王五", "2026-03-01", None, "met", None, False]},
    "a list": [],
}


@pytest.mark.parametrize("what", WRONG_LINES)
def test_a_wrong_line_is_refused(what: str):
    with pytest.raises(BadInput):
        read(sealed([*lines(), WRONG_LINES[what]]))


def test_a_coarse_extract_has_neither_rules_nor_dues_nor_rows():
    coarse = HEADER._replace(coarse=True)
    by_chapter = (Tally("支部·七", "", "bureau", "must", "", "met", 3),)
    assert read(packed(Extract(coarse, by_chapter, None, ()))).tallies == by_chapter
    for more in ((TALLIES, None, ()), (by_chapter, DUES, ()), (by_chapter, None, (DUTY,))):
        with pytest.raises(BadInput):
            read(packed(Extract(coarse, *more)))


BROKEN = {
    "nothing": b"",
    "no gzip": b"no gzip",
    "an empty text": gzip.compress(b""),
    "an empty line": gzip.compress(b"\n"),
    "no UTF-8": gzip.compress(b"\xff\n{}\n"),
    "brackets alone": gzip.compress(b"[" * 100_000 + b"\n{}\n"),
    "a number without end": gzip.compress(b"9" * 100_000 + b"\n{}\n"),
    "cut off": packed(WHOLE)[:-5],
    "more behind it": packed(WHOLE) + b"more",
    "twice": packed(WHOLE) + packed(WHOLE),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_no_whole_extract_is_refused(what: str):
    with pytest.raises(BadInput):
        read(BROKEN[what])


def test_a_bomb_is_not_expanded():
    with pytest.raises(BadInput, match="过大"):
        read(gzip.compress(b"0" * (20 * MOST_BYTES)))


def mutants(count: int, seed: int) -> list[bytes]:
    """Extracts in which a few bytes were changed, removed or inserted.

    In one half of the extracts, the text is changed before its digest is added and the file is
    compressed. In the other half, the compressed file is changed.
    """
    chance = random.Random(seed)
    whole = packed(WHOLE)
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines()).encode()
    found = []
    for n in range(count):
        content = bytearray(text if n % 2 else whole)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(content))
            act = chance.randrange(3)
            if act == 0:
                content[place] = chance.randrange(256)
            elif act == 1:
                del content[place : place + chance.randint(1, 30)]
            else:
                content[place:place] = chance.choice([b"\x00", b'"', b"9" * 40, b"[]", b",", b"\n"])
        if n % 2:
            seal = json.dumps(
                {"sha256": sha256(content).hexdigest()}, separators=(",", ":")
            ).encode()
            found.append(gzip.compress(bytes(content) + seal + b"\n"))
        else:
            found.append(bytes(content))
    return found


@pytest.mark.parametrize(
    "count", [MUTANTS, pytest.param(ALL_MUTANTS, marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_a_mutated_extract_is_read_right_or_refused(count: int):
    """An accepted extract is valid: writing it again gives the same content."""
    refused = 0
    for content in mutants(count, seed=7):
        try:
            found = read(content)
        except PartyctlError:
            refused += 1
        else:
            assert read(packed(found)) == found._replace(sha256=read(packed(found)).sha256)
    assert refused > count * 0.8
