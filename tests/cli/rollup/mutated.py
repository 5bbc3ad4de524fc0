"""Extracts with random changes to bytes, fields or lines, drawn from a seed."""

import gzip
import json
import random
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from partyctl.ledger.file.opening import SCHEMA
from partyctl.rollup.extract import DuesSum, Duty, Extract, Header, Tally, packed

LEDGERS = tuple(f"{0xABCDEF + place:016x}" for place in range(60))
"""The ledger numbers in the extracts."""
MONTHS = tuple(f"2026-{month:02}" for month in range(1, 7))

STRANGE = (
    "../../../../tmp/x",
    "/etc/passwd",
    "..",
    "a/b",
    "2026-03/../../x",
    "",
    "王五",
    "13912345678",
    "\u2028",
    "\ud800",
    "x" * 5_000,
    "2026-13",
    "9999-12-31",
    -1,
    0,
    1,
    10**30,
    0.5,
    True,
    None,
    [],
    {},
    [["a"]],
    {"a": {"b": 1}},
)
NEIGHBOURS = ("0", "1", "2026-02", "2026-03-31", *LEDGERS[:3], "met", "overdue", "支部·七", "must")
"""Plausible values: if such a value replaces another value, the extract can still be valid."""


def whole(ledger: str = LEDGERS[0], month: str = "2026-03", number: int = 74) -> Extract:
    """A valid extract with lines of every kind; `number`: the number of its newest journal entry."""
    header = Header(
        ledger=ledger,
        branch=0,
        month=month,
        as_of="2026-04-10",
        head=f"{number}-71b428bbad691b96",
        previous_head=None,
        program="0.1.0",
        schema=SCHEMA,
        rules="a" * 64,
        coarse=False,
    )
    tallies = (
        Tally("支部·七", "dues-monthly", "bureau", "must", month, "met", 31),
        Tally("支部·七", "dues-monthly", "bureau", "must", month, "overdue", 1),
        Tally("责任", "work-plan", "bureau", "must", "2026", "met", 1),
    )
    duty = Duty(
        rule="dues-monthly",
        subject_kind="member",
        subject_key="fedcba9876543210",
        opens="2026-03-01",
        due="2026-03-31",
        status="met",
        proved_on="2026-03-05",
        provisional=False,
    )
    return Extract(header, tallies, DuesSum(32, 320_000, 310_000, 1), (duty,))


def sealed(body: bytes) -> bytes:
    """The text as a compressed file with a valid seal (a last line with the digest of the text)."""
    seal = json.dumps({"sha256": sha256(body).hexdigest()}, separators=(",", ":"))
    return gzip.compress(body + seal.encode() + b"\n", mtime=0)


def opened(content: bytes) -> list[Any] | None:
    """The lines of a file, read without partyctl's code; None if they or the digest are damaged."""
    try:
        body, _, seal = gzip.decompress(content).rstrip(b"\n").rpartition(b"\n")
        if json.loads(seal) != {"sha256": sha256(body + b"\n").hexdigest()}:
            return None
        return [json.loads(line) for line in body.split(b"\n")]
    except (OSError, EOFError, ValueError, RecursionError):
        return None


def mutated(chance: random.Random) -> bytes:
    """An extract with a random change; some changes leave it valid."""
    source = whole(chance.choice(LEDGERS), chance.choice(MONTHS), chance.randint(70, 90))
    return chance.choice(KINDS)(packed(source), chance)


def _bytes_changed(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(changed))
        act = chance.randrange(3)
        if act == 0:
            changed[place] = chance.randrange(256)
        elif act == 1:
            del changed[place : place + chance.randint(1, 30)]
        else:
            changed[place:place] = chance.choice(
                (b"\0", b'"', b"9" * 40, b"[]", b",", b"\n", b"{}", b"\xff")
            )
        if not changed:
            break
    return bytes(changed)


def _text_changed(content: bytes, chance: random.Random) -> bytes:
    return gzip.compress(_bytes_changed(gzip.decompress(content), chance), mtime=0)


def _body_of(content: bytes) -> bytes:
    return gzip.decompress(content).rstrip(b"\n").rpartition(b"\n")[0] + b"\n"


def _body_changed(content: bytes, chance: random.Random) -> bytes:
    return sealed(_bytes_changed(_body_of(content), chance))


def _field_changed(content: bytes, chance: random.Random) -> bytes:
    lines = [json.loads(line) for line in _body_of(content).splitlines()]
    line = chance.choice(lines)
    ((name, held),) = chance.sample(list(line.items()), 1)
    strange: Any = chance.choice(chance.choice((STRANGE, NEIGHBOURS)))
    if isinstance(held, list) and chance.random() < 0.9:
        held[chance.randrange(len(held))] = strange
    else:
        line[name] = strange
    text = "".join(json.dumps(each) + "\n" for each in lines)
    return sealed(text.encode())


def _number_changed(content: bytes, chance: random.Random) -> bytes:
    """A valid extract in which one count was replaced by a random number."""
    lines = [json.loads(line) for line in _body_of(content).splitlines()]
    tally = chance.choice([line for line in lines if "tally" in line])
    tally["tally"][-1] = chance.randint(1, 99)
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines)
    return sealed(text.encode())


def _lines_changed(content: bytes, chance: random.Random) -> bytes:
    lines = _body_of(content).splitlines(keepends=True)
    act = chance.randrange(4)
    if act == 0:
        lines.pop(chance.randrange(len(lines)))
    elif act == 1:
        lines.append(chance.choice(lines))
    elif act == 2:
        chance.shuffle(lines)
    else:
        lines.insert(
            chance.randint(0, len(lines)), chance.choice((b"\n", b"{}\n", b"[]\n", b"null\n"))
        )
    return sealed(b"".join(lines))


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _packed_again(content: bytes, chance: random.Random) -> bytes:
    return chance.choice((content + content, gzip.compress(content), content + b"\0" * 9))


KINDS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _bytes_changed,
    _text_changed,
    _body_changed,
    _field_changed,
    _field_changed,
    _number_changed,
    _lines_changed,
    _cut,
    _packed_again,
)
