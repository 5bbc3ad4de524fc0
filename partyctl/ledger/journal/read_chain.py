"""Read and check the journal's chain for `journal verify`: every entry and its link to the previous entry.

Like `verification`, this module uses none of the code that writes the chain.
"""

import json
import sqlite3
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from partyctl.language import comma_list, say
from partyctl.light import NamedTuple

Key = tuple[str, str]


class Finding(NamedTuple):
    """A problem that was found: its kind, the entry or row, and a sentence that describes it."""

    kind: str
    where: str
    sentence: str


@dataclass
class Report:
    """The result of checking a ledger against its journal.

    `head`: the journal's head (its newest entry) in the form printed on papers. `anchors`: the
    number of heads kept outside this ledger that were compared with the chain.
    """

    entries: int = 0
    rows: int = 0
    redacted: int = 0
    anchors: int = 0
    replaced: int = 0
    ledger: str | None = None
    head: str | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether no problem was found."""
        return not self.findings

    def add(self, kind: str, where: str, chinese: str, english: str) -> None:
        """Add a finding."""
        self.findings.append(Finding(kind, where, say(chinese, english)))


class Excuse(NamedTuple):
    """A restore in the journal.

    The restore explains why the old entries with numbers above `after`, up to `last`, are missing.
    """

    seq: int
    after: int
    last: int


class Sealed(NamedTuple):
    """The latest state of a row according to the journal: the entry, the row's digest, the salt."""

    seq: int
    digest: str | None
    salt: str | None


ENTRIES = """
SELECT entry.hash, detail.salt, detail.detail, entry.seq, entry.version, entry.run, entry.at,
    entry.actor, entry.host, entry.command, entry.act, entry.record, entry.row_table,
    entry.row_key, entry.row_digest, entry.detail_digest
FROM journal_entry AS entry LEFT JOIN journal_detail AS detail ON detail.seq = entry.seq
ORDER BY entry.seq
"""


class Chain:
    """The chain, read entry by entry.

    The class collects the latest state of each row and of the schema.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self.hashes: list[str] = []
        self.newest: dict[Key, Sealed] = {}
        self.without_detail: set[int] = set()
        self.redacted: set[int] = set()
        self.restores: list[Excuse] = []
        self.schema: tuple[int, str] | None = None
        self.objects: dict[str, str] = {}

    def check(self, stored: str, salt: str | None, detail: str | None, *content: Any) -> None:  # noqa: ANN401 - an entry's columns
        """Check one entry: its number, its link to the previous entry, and the digests of its values."""
        seq, act, row_table, row_key, row_digest, detail_digest = (content[n] for n in PLACES)
        if seq != len(self.hashes) + 1:
            self._add(
                "gap", seq, f"应为 #{len(self.hashes) + 1}", "entries before this entry are missing"
            )
        previous = self.hashes[-1] if self.hashes else "0" * 64
        said = canonical([readable(each) if type(each) is bytes else each for each in content])
        if stored != _sha("partyctl-journal\0", previous, said):
            self._add(
                "hash",
                seq,
                "内容或链接与哈希不符",
                "the content of this entry or its link to the previous entry was changed",
            )
        self.hashes.append(str(readable(stored)))
        if detail is None:
            self.without_detail.add(seq)
        elif detail_digest != salted(salt, "detail", detail):
            self._add("detail", seq, "明细与哈希不符", "the detail of this entry was changed")
        elif act in ("redact", "restore", "schema"):
            try:
                self._take(seq, act, row_key, json.loads(detail))
            except (KeyError, TypeError, ValueError):
                self._add("detail", seq, "明细不成样子", "the detail of this entry cannot be read")
        if row_digest is not None or act == "remove":
            self.newest[row_table, row_key] = Sealed(seq, row_digest, salt)

    def _take(self, seq: int, act: str, row_key: str, detail: dict[str, Any]) -> None:
        if act == "redact":
            entries = detail["entries"]
            if not isinstance(entries, list):
                raise TypeError(entries)
            self.redacted.update(int(seq) for seq in entries)
        elif act == "restore":
            self.restores.append(Excuse(seq, int(detail["restored"]), int(detail["replaced"])))
        else:
            self.schema = (int(row_key), str(detail["schema"]))
            self.objects = dict(detail.get("objects", {}))

    def finish(self, ledger: sqlite3.Connection) -> None:
        """Run the checks that need the whole chain."""
        for seq in sorted(self.without_detail - self.redacted):
            self._add(
                "detail",
                seq,
                "明细不见了，又没有脱敏记录",
                "the detail of this entry is missing, although no redaction is recorded",
            )
        orphans = ledger.execute(
            "SELECT seq FROM journal_detail WHERE seq NOT IN (SELECT seq FROM journal_entry)"
        )
        for (seq,) in orphans:
            self._add(
                "gap",
                seq,
                "只有明细，没有条目",
                "a detail with this number exists, but its entry is missing",
            )
        version = ledger.execute("PRAGMA user_version").fetchone()[0]
        if self.schema != (version, _schema(ledger)):
            names = comma_list(_strangers(ledger, self.objects)) if self.objects else ""
            self.report.add(
                "schema",
                names,
                f"表、索引、视图或触发器与封存的不一致：{names or '名称不详'}",
                f"Tables, indexes, views or triggers differ from the sealed schema: {names or '?'}",
            )
        self.report.entries = len(self.hashes)
        self.report.redacted = len(self.without_detail & self.redacted)
        if self.hashes:
            self.report.ledger = self.hashes[0][:16]
            self.report.head = f"{len(self.hashes)}-{self.hashes[-1][:16]}"

    def _add(self, kind: str, seq: int, chinese: str, english: str) -> None:
        self.report.add(kind, f"#{seq}", f"日志 #{seq}：{chinese}", f"Entry #{seq}: {english}")


CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
"""The encoder is created once, because creating one takes as long as encoding an entry."""

PLACES = (0, 7, 9, 10, 11, 12)
"""The positions of some columns of an entry: number, act, table, key, and both digests."""


def canonical(value: Any) -> str:  # noqa: ANN401 - whatever JSON can say
    """The canonical JSON of a value, from which the chain's digests are computed."""
    return CANONICAL(value)


def _sha(*texts: str) -> str:
    return sha256("".join(texts).encode("utf-8", "surrogateescape")).hexdigest()


def salted(salt: str | None, kind: str, text: str) -> str | None:
    """The salted digest of a row or of an entry's detail (values); None if the salt is invalid."""
    try:
        first = bytes.fromhex(salt or "")
    except (ValueError, TypeError):
        return None
    if first.hex() != salt:  # valid hexadecimal, but not in the form that partyctl writes
        return None
    return sha256(first + f"{kind}\0{text}".encode("utf-8", "surrogateescape")).hexdigest()


def _shape(ledger: sqlite3.Connection) -> list[list[Any]]:
    rows = ledger.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema "
        "WHERE name NOT GLOB 'sqlite_*' ORDER BY type, name"
    )
    return [[readable(value) for value in row] for row in rows]


def _schema(ledger: sqlite3.Connection) -> str:
    marks = [
        ledger.execute("PRAGMA application_id").fetchone()[0],
        ledger.execute("PRAGMA user_version").fetchone()[0],
    ]
    return _sha(canonical([marks, _shape(ledger)]))


def _strangers(ledger: sqlite3.Connection, sealed: dict[str, str]) -> list[str]:
    """The names of tables, indexes, views and triggers that differ from the sealed schema."""
    there = {str(row[1]): _sha(canonical(row))[:16] for row in _shape(ledger)}
    return sorted(name for name in there.keys() | sealed if there.get(name) != sealed.get(name))


def readable(value: Any) -> Any:  # noqa: ANN401 - whatever SQLite stores
    """A value that JSON can express; bytes become a text in hexadecimal."""
    return f"blob {value.hex()}" if isinstance(value, bytes) else value
