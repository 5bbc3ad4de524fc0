"""Read an extract that a branch sent. Every part of an extract is checked before it is trusted.

The decompressed size is limited, every field must have a fixed form, and the last line must be the
SHA-256 of the lines before it. A file that fails a check is refused: with WrongVersion (exit code
78) if a newer program wrote it, otherwise with BadInput (65).
"""

import json
import re
import zlib
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any

from partyctl.errors import BadInput, WrongVersion
from partyctl.language import say
from partyctl.ledger.file.opening import OLDEST, SCHEMA
from partyctl.rollup.chapters import CODES
from partyctl.rollup.extract import FORMAT, DuesSum, Duty, Extract, Header, Tally
from partyctl.terms import Layer, Noun, Status, Strength, Term

MOST_MB = 8
MOST_BYTES = MOST_MB * 1024 * 1024
"""The size limit after decompression.

An extract that contains the single duties of a branch with 1,000 members takes 2 MB.
"""
MOST_LINES = 60_000
MOST = 10**12
SHORT = 200
"""All lines of a valid extract, except the first, have at most this many characters.

Longer lines are not cached.
"""

HEX_16 = re.compile(r"[0-9a-f]{16}", re.ASCII)
HEX_64 = re.compile(r"[0-9a-f]{64}", re.ASCII)
HEAD = re.compile(r"[1-9][0-9]{0,11}-[0-9a-f]{16}", re.ASCII)
MONTH = re.compile(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])", re.ASCII)
DAY = re.compile(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", re.ASCII)
PERIOD = re.compile(r"((19|20|21)[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?)?", re.ASCII)
RULE = re.compile(r"[a-z][a-z0-9-]{0,63}", re.ASCII)
PROGRAM = re.compile(r"[0-9A-Za-z.+-]{1,40}", re.ASCII)
LEDGER_BRANCHES = 100_000


def read(content: bytes) -> Extract:
    """Parse an extract. Raises BadInput, WrongVersion."""
    text = expanded(content)
    body, seal = _parted(text)
    digest = sha256(body).hexdigest()
    if _object(seal) != {"sha256": digest}:
        raise _changed()
    first, *rest = body.decode("utf-8", "strict").splitlines() if _is_text(body) else _no_text()
    header = _header(_object(first))
    tallies: list[Tally] = []
    dues: list[DuesSum] = []
    duties: list[Duty] = []
    for line in rest:
        known = _known_line if len(line) <= SHORT else _read_line
        match known(line, header.coarse):
            case Tally() as tally:
                tallies.append(tally)
            case DuesSum() as said:
                dues.append(said)
            case duty:
                duties.append(duty)
    _require(len(dues) <= 1 and not (header.coarse and (dues or duties)))
    _require(len({each[:-1] for each in tallies}) == len(tallies))
    return Extract(header, tuple(tallies), dues[0] if dues else None, tuple(duties), digest)


def _read_line(line: str, coarse: bool) -> Tally | DuesSum | Duty:
    kind, value = _only_field(_object(line))
    if kind == "tally":
        return _tally(value, coarse=coarse)
    if kind == "dues":
        return _dues(value)
    _require(kind == "duty")
    return _duty(value)


_known_line = lru_cache(maxsize=20_000)(_read_line)
"""Parse a line and cache the result, because the extracts of many branches have the same lines."""


def expanded(content: bytes, most: int = MOST_BYTES) -> bytes:
    """Decompress gzip data to at most `most` bytes.

    Raises BadInput if the data are invalid, or if they would decompress to more than `most` bytes.
    """
    unpacking = zlib.decompressobj(wbits=31)
    try:
        text = unpacking.decompress(content, most + 1)
    except zlib.error:
        raise _no_extract(
            say("不是 gzip 文件，或已损坏", "the file is not a gzip file, or it is damaged")
        ) from None
    if len(text) > most:
        raise _no_extract(say("解压后过大", "the file is too large when decompressed"))
    if not unpacking.eof or unpacking.unused_data:
        raise _no_extract(
            say(
                "文件不完整，或后面还有别的内容",
                "the file is incomplete, or something was added at its end",
            )
        )
    return text


def _parted(text: bytes) -> tuple[bytes, str]:
    """Split a file's lines into the lines before the last line, and the last line."""
    if not text.endswith(b"\n") or text.count(b"\n") > MOST_LINES:
        raise _no_extract(say("行数不对", "the number of lines is not that of an extract"))
    cut = text.rfind(b"\n", 0, -1) + 1
    return text[:cut], text[cut:-1].decode("utf-8", "replace")


def _is_text(body: bytes) -> bool:
    try:
        return "\u2028" not in body.decode()
    except UnicodeDecodeError:
        return False


def _no_text() -> list[str]:
    raise _no_extract(say("不是 UTF-8 文本", "the file is not UTF-8 text"))


def _object(line: str) -> dict[str, Any]:
    """Parse a line of JSON, which must be an object without duplicate fields."""
    try:
        said = DECODER.decode(line)
    except (ValueError, RecursionError):
        raise _no_extract(say("有一行不是 JSON", "one of the lines is not JSON")) from None
    _require(isinstance(said, dict))
    return said  # type: ignore[no-any-return]  # json.loads gives Any; it is a dict by the line above


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("twice")
    return dict(pairs)


def _no_number(name: str) -> None:
    raise ValueError(name)


DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)


def _only_field(said: dict[str, Any]) -> tuple[str, list[Any]]:
    """Check that a line has exactly one field, and return the field's name and its values."""
    _require(len(said) == 1)
    ((name, values),) = said.items()
    if not isinstance(values, list):
        raise _no_shape()
    _require(all(map(_is_plain, values)))
    return name, values


def _is_plain(value: object) -> bool:
    """Whether a value is a text, a whole number or null."""
    return value is None or isinstance(value, str | int)


def _header(said: dict[str, Any]) -> Header:
    _require(all(map(_is_plain, said.values())))
    if said.pop("format", None) != FORMAT:
        raise _no_extract(say(f"格式不是 {FORMAT}", f"its format is not {FORMAT}"))
    _require(said.keys() == set(Header._fields))
    header = Header(**said)
    _require(
        fits(header.ledger, HEX_16),
        _is_count(header.branch, LEDGER_BRANCHES),
        fits(header.month, MONTH),
        _is_day(header.as_of),
        fits(header.head, HEAD),
        header.previous_head is None or fits(header.previous_head, HEAD),
        fits(header.program, PROGRAM),
        _is_count(header.schema, 10_000),
        fits(header.rules, HEX_64),
        isinstance(header.coarse, bool),
    )
    if header.schema > SCHEMA:
        raise WrongVersion(
            say(
                f"提取文件来自更新的 partyctl（结构 {header.schema}，本程序 {SCHEMA}）。",
                f"The extract comes from a newer partyctl (schema {header.schema}, ours {SCHEMA}).",
            ),
            "pip install --upgrade partyctl",
        )
    _require(header.schema >= OLDEST)
    return header


def _tally(said: list[Any], *, coarse: bool) -> Tally:
    _require(len(said) == len(Tally._fields))
    tally = Tally(*said)
    _require(
        tally.chapter in CODES,
        tally.rule == "" if coarse else fits(tally.rule, RULE),
        tally.layer in _values(Layer),
        tally.strength in _values(Strength),
        fits(tally.period, PERIOD),
        tally.status in _values(Status),
        _is_count(tally.n, 1_000_000) and tally.n > 0,
    )
    return tally


def _dues(said: list[Any]) -> DuesSum:
    _require(len(said) == len(DuesSum._fields))
    dues = DuesSum(*said)
    _require(_is_count(dues.members, 1_000_000))
    _require(
        _is_count(dues.unpaid_members, dues.members),
        _is_count(dues.owed_fen, MOST),
        _is_count(dues.paid_fen, MOST),
    )
    return dues


def _duty(said: list[Any]) -> Duty:
    _require(len(said) == len(Duty._fields))
    duty = Duty(*said)
    _require(
        fits(duty.rule, RULE),
        duty.subject_kind in _values(Noun),
        fits(duty.subject_key, HEX_16),
        _is_day(duty.opens),
        duty.due is None or _is_day(duty.due),
        duty.status in _values(Status),
        duty.proved_on is None or _is_day(duty.proved_on),
        isinstance(duty.provisional, bool),
    )
    return duty


@cache
def _values(words: type[Term]) -> frozenset[str]:
    return frozenset(word.value for word in words)


def fits(value: object, shape: re.Pattern[str]) -> bool:
    """Whether a value is a text that matches a pattern as a whole."""
    return isinstance(value, str) and shape.fullmatch(value) is not None


def _is_day(value: object) -> bool:
    if not fits(value, DAY):
        return False
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _is_count(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _require(*held: bool) -> None:
    """Raise BadInput if one of the conditions for a valid extract is false."""
    if not all(held):
        raise _no_shape()


def _no_shape() -> BadInput:
    return _no_extract(
        say("内容不是提取文件的样子", "the content does not have the form of an extract")
    )


def _no_extract(why: str) -> BadInput:
    return BadInput(
        say(f"不是 partyctl 提取文件：{why}。", f"The file is not a partyctl extract: {why}."),
        "partyctl rollup extract --month …",
    )


def _changed() -> BadInput:
    return BadInput(
        say(
            "提取文件的内容被改过，或不完整。",
            "The content of the extract was changed or is incomplete.",
        ),
        "partyctl rollup extract --month …",
    )
