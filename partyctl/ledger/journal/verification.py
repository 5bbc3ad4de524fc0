"""Check a ledger against its journal, with separate SQL and hashing (`journal verify`).

Nothing here uses the code that writes the chain, so a mistake there cannot hide itself. It checks the file
(integrity, foreign keys), every entry and link, every value in an entry, every row of every table, and the
schema. It also checks heads kept elsewhere: only they can show that a chain's end was cut off, or that all of
it was rewritten. 可发现篡改，不能防篡改.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from partyctl.language import comma_list, say
from partyctl.ledger.file.failures import explain_sqlite, sqlite_errors
from partyctl.ledger.file.names import quoted
from partyctl.ledger.journal.heads import Anchor, place_of

Key = tuple[str, str]


class Finding(NamedTuple):
    """A finding: its kind, the entry or row concerned, and a sentence."""

    kind: str
    where: str
    sentence: str


@dataclass
class Report:
    """The result of a check. `head`: as printed on papers; `anchors`: how many were compared."""

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
        """Whether nothing was found."""
        return not self.findings

    def add(self, kind: str, where: str, chinese: str, english: str) -> None:
        """Add a finding."""
        self.findings.append(Finding(kind, where, say(chinese, english)))


class Excuse(NamedTuple):
    """A restore that explains missing heads: those after entry `after`, up to entry `last`."""

    seq: int
    after: int
    last: int


class Sealed(NamedTuple):
    """The journal's latest state of a row: its entry, its digest, the salt."""

    seq: int
    digest: str | None
    salt: str | None


def verify(
    ledger: sqlite3.Connection,
    anchors: Iterable[Anchor] = (),
    *,
    against: tuple[int, str] | None = None,
    place: Path | None = None,
) -> Report:
    """Check a ledger in one snapshot. Raises sqlite3.DatabaseError if it cannot be read.

    `anchors`: heads kept elsewhere, of any ledger; `against`: a head of this one, as printed;
    `place`: the ledger's path, to detect another ledger put there.
    """
    report = Report()
    ledger.text_factory = _read_text
    try:
        if not _has_tables(ledger, report):
            return report
        _check_file(ledger, report)
        chain = Chain(report)
        for row in ledger.execute(ENTRIES):
            chain.check(*row)
        chain.finish(ledger)
        _check_rows(ledger, chain, report)
        _check_files(ledger, report)
        kept = list(anchors)
        if against is not None:
            kept.append(Anchor(report.ledger or "", *against))
        _check_anchors(chain, kept, report)
        if place is not None:
            _check_place(place, kept, report)
    except sqlite_errors("OperationalError") as error:
        # A missing table or column is itself evidence of tampering.
        if not str(error).startswith(("no such table", "no such column")):
            raise
        report.add("schema", "", f"台账缺少应有的表或列：{error}", f"Not a whole ledger: {error}")
    except UnicodeEncodeError:  # a schema name no ledger has
        report.add("schema", "", "台账的表名被改过", "The name of a table was changed")
    finally:
        ledger.text_factory = str
    return report


def _read_text(raw: bytes) -> str:
    """Decode text leniently: every changed bit must show, even in invalid text."""
    return raw.decode("utf-8", "surrogateescape")


def _has_tables(ledger: sqlite3.Connection, report: Report) -> bool:
    """Whether these names are tables: a view in place of a table may return anything, or never end."""
    wanted = {"alembic_version", "journal_entry", "journal_detail", "minutes_file"}
    views = ledger.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall()
    false = sorted(wanted & {str(name) for (name,) in views})
    for name in false:
        report.add("schema", name, f"{name} 应是表，却是视图", f"{name} is a view, and no table")
    return not false


def _orphans(ledger: sqlite3.Connection, report: Report) -> list[tuple[str, int, str, int]]:
    """SQLite's foreign key check; it fails if a table's definition was changed."""
    try:
        return ledger.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite_errors("OperationalError") as error:
        if explain_sqlite(error):
            raise
        report.add("schema", "foreign keys", "外键与表的定义不符", "Foreign keys fit no table")
        return []


def _check_file(ledger: sqlite3.Connection, report: Report) -> None:
    for (said,) in ledger.execute("PRAGMA integrity_check"):
        if said != "ok":
            report.add("integrity", "", f"文件损坏：{said}", f"The file is damaged: {said}")
    # Also checks unreferenced pages; only SQLCipher has this check.
    for (said,) in ledger.execute("PRAGMA cipher_integrity_check"):
        report.add("integrity", "", f"加密页损坏：{said}", f"A page is damaged: {said}")
    indexes = "SELECT name, tbl_name FROM sqlite_schema WHERE name GLOB 'sqlite_autoindex_*'"
    for name, table in ledger.execute(indexes):
        if name.rpartition("_")[0] != f"sqlite_autoindex_{table}":
            report.add(
                "schema", name, f"索引 {name} 不是它的表的", f"{name} belongs to another table"
            )
    for table, row, parent, _ in _orphans(ledger, report):
        report.add(
            "foreign-key",
            f"{table} {row}",
            f"{table} 的一行指向不存在的 {parent}",
            f"A row of {table} points to no {parent}",
        )
    version = ledger.execute("PRAGMA user_version").fetchone()[0]
    migrated = [row[0] for row in ledger.execute("SELECT version_num FROM alembic_version")]
    if migrated != [f"{version:04d}"]:
        report.add(
            "version",
            "",
            f"文件头的结构版本 {version} 与迁移记录 {migrated} 不一致",
            f"The header has schema {version}, the migrations' mark is {migrated}",
        )


ENTRIES = """
SELECT entry.hash, detail.salt, detail.detail, entry.seq, entry.version, entry.run, entry.at,
    entry.actor, entry.host, entry.command, entry.act, entry.record, entry.row_table,
    entry.row_key, entry.row_digest, entry.detail_digest
FROM journal_entry AS entry LEFT JOIN journal_detail AS detail ON detail.seq = entry.seq
ORDER BY entry.seq
"""


class Chain:
    """The chain, read entry by entry, and the states of rows, schema and erasures from it."""

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
        """Check one entry: its number, its link to the previous one, the values it mentions."""
        seq, act, row_table, row_key, row_digest, detail_digest = (content[n] for n in PLACES)
        if seq != len(self.hashes) + 1:
            self._add("gap", seq, f"应为 #{len(self.hashes) + 1}", "entries are missing before it")
        previous = self.hashes[-1] if self.hashes else "0" * 64
        said = _plain([_readable(value) for value in content])
        if stored != _sha("partyctl-journal\0", previous, said):
            self._add("hash", seq, "内容或链接与哈希不符", "its content or link was changed")
        self.hashes.append(str(_readable(stored)))
        if detail is None:
            self.without_detail.add(seq)
        elif detail_digest != _salted(salt, "detail", detail):
            self._add("detail", seq, "明细与哈希不符", "its detail was changed")
        elif act in ("redact", "restore", "schema"):
            try:
                self._take(seq, act, row_key, json.loads(detail))
            except (KeyError, TypeError, ValueError):
                self._add("detail", seq, "明细不成样子", "its detail is not readable")
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
        """The checks that need the whole chain."""
        for seq in sorted(self.without_detail - self.redacted):
            self._add(
                "detail", seq, "明细不见了，又没有脱敏记录", "its detail is gone, unaccounted"
            )
        orphans = ledger.execute(
            "SELECT seq FROM journal_detail WHERE seq NOT IN (SELECT seq FROM journal_entry)"
        )
        for (seq,) in orphans:
            self._add("gap", seq, "只有明细，没有条目", "it has a detail, and no entry")
        version = ledger.execute("PRAGMA user_version").fetchone()[0]
        if self.schema != (version, _schema(ledger)):
            names = comma_list(_strangers(ledger, self.objects)) if self.objects else ""
            self.report.add(
                "schema",
                names,
                f"表、视图或触发器与封存的不一致：{names or '名称不详'}",
                f"Tables, views or triggers are not those that were sealed: {names or '?'}",
            )
        self.report.entries = len(self.hashes)
        self.report.redacted = len(self.without_detail & self.redacted)
        if self.hashes:
            self.report.ledger = self.hashes[0][:16]
            self.report.head = f"{len(self.hashes)}-{self.hashes[-1][:16]}"

    def _add(self, kind: str, seq: int, chinese: str, english: str) -> None:
        self.report.add(kind, f"#{seq}", f"日志 #{seq}：{chinese}", f"Entry #{seq}: {english}")


PLACES = (0, 7, 9, 10, 11, 12)
"""The positions of number, act, table, key and both digests in an entry's columns."""


def _plain(value: Any) -> str:  # noqa: ANN401 - whatever JSON can say
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _sha(*texts: str) -> str:
    return sha256("".join(texts).encode("utf-8", "surrogateescape")).hexdigest()


def _salted(salt: str | None, kind: str, text: str) -> str | None:
    try:
        first = bytes.fromhex(salt or "")
    except (ValueError, TypeError):
        return None
    if first.hex() != salt:  # the same bytes in another notation
        return None
    return sha256(first + f"{kind}\0{text}".encode("utf-8", "surrogateescape")).hexdigest()


def _shape(ledger: sqlite3.Connection) -> list[list[Any]]:
    rows = ledger.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema "
        "WHERE name NOT GLOB 'sqlite_*' ORDER BY type, name"
    )
    return [list(row) for row in rows]


def _schema(ledger: sqlite3.Connection) -> str:
    marks = [
        ledger.execute("PRAGMA application_id").fetchone()[0],
        ledger.execute("PRAGMA user_version").fetchone()[0],
    ]
    return _sha(_plain([marks, _shape(ledger)]))


def _strangers(ledger: sqlite3.Connection, sealed: dict[str, str]) -> list[str]:
    """The names of objects added, changed or removed since the seal."""
    there = {str(row[1]): _sha(_plain(row))[:16] for row in _shape(ledger)}
    return sorted(name for name in there.keys() | sealed if there.get(name) != sealed.get(name))


def _check_rows(ledger: sqlite3.Connection, chain: Chain, report: Report) -> None:
    """Check that every row matches the journal's latest state, and that no such row is missing."""
    left = dict(chain.newest)
    for table, key, row in _rows(ledger):
        report.rows += 1
        sealed = left.pop((table, key), None)
        where = f"{table} {key}"
        if sealed is None or sealed.digest is None:
            report.add(
                "row",
                where,
                f"{where}：日志里没有这一行",
                f"{where}: the journal knows no such row",
            )
        elif sealed.digest != _salted(sealed.salt, "row", _plain(row)):
            report.add(
                "row",
                where,
                f"{where}：与日志 #{sealed.seq} 记载的不同",
                f"{where}: it is not what entry #{sealed.seq} says",
            )
    for (table, key), sealed in left.items():
        if sealed.digest is not None:
            where = f"{table} {key}"
            report.add(
                "row",
                where,
                f"{where}：日志 #{sealed.seq} 有，表里没有",
                f"{where}: entry #{sealed.seq} has it, the table has not",
            )


def _rows(ledger: sqlite3.Connection) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every row of every table except the journal, the outbox and the kept answers: table, key, values."""
    tables = ledger.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' "
        "AND name NOT IN ('journal_entry', 'journal_detail', 'alembic_version', "
        "'reminder_digest', 'reminder', 'reminder_run', 'answer')"
    ).fetchall()
    for (table,) in tables:
        columns = ledger.execute("SELECT * FROM pragma_table_info(?)", (table,)).fetchall()
        keys = [column[1] for column in sorted(columns, key=lambda column: column[5]) if column[5]]
        names = [column[1] for column in columns if column[2] != "BLOB"]
        if not names:  # not one of our tables
            continue
        listed = ", ".join(map(quoted, names))
        for values in ledger.execute(f"SELECT {listed} FROM {quoted(table)}"):
            row = {
                name: _readable(value)
                for name, value in zip(names, values, strict=True)
                if value is not None
            }
            yield table, "|".join(str(row.get(key, "")) for key in keys), row


def _readable(value: Any) -> Any:  # noqa: ANN401 - whatever SQLite stores
    """A value JSON can express; unexpected bytes are shown as bytes."""
    return f"blob {value.hex()}" if isinstance(value, bytes) else value


def _check_files(ledger: sqlite3.Connection, report: Report) -> None:
    """Check that a stored file still has the digest that rows refer to."""
    for digest, content in ledger.execute("SELECT sha256, content FROM minutes_file"):
        if not isinstance(content, bytes) or sha256(content).hexdigest() != digest:
            begin = str(digest)[:12]  # another program may have put anything there
            report.add(
                "file",
                f"minutes_file {digest}",
                f"会议记录文件 {begin}… 的内容变了",
                f"The minutes file {begin}… has other content",
            )


def _check_anchors(chain: Chain, anchors: list[Anchor], report: Report) -> None:
    """Check that a head kept elsewhere is an entry of this chain, or of one a restore replaced.

    Heads explained by a restore are counted separately, as a warning to readers who know of no restore. A
    restore explains nothing unless it was announced outside the ledger, because anybody can write such an
    entry.
    """
    own = [anchor for anchor in anchors if anchor.ledger == report.ledger]
    promised = {anchor.seq for anchor in own if anchor.is_promise and _is_on(chain, anchor)}
    own = [anchor for anchor in own if not anchor.is_promise]
    report.anchors += len(own)
    for anchor in own:
        if _is_on(chain, anchor):
            continue
        excuses = [each for each in chain.restores if each.after < anchor.seq <= each.last]
        if any(each.seq in promised for each in excuses):
            report.replaced += 1
        elif excuses:
            report.add(
                "anchor",
                f"#{anchor.seq}",
                f"账外留存的链头 #{anchor.seq} {anchor.hash} 被日志 #{excuses[-1].seq} 的恢复替换，"
                "但账外没有那次恢复的记录：恢复是伪造的，或在别的电脑上做的",
                f"The head #{anchor.seq} {anchor.hash} kept elsewhere was replaced by the restore "
                f"of entry #{excuses[-1].seq}, of which nothing is known here: it was forged, "
                "or made on another machine",
            )
        else:
            report.add(
                "anchor",
                f"#{anchor.seq}",
                f"账外留存的链头 #{anchor.seq} {anchor.hash} 不在这条链上：尾部被截断，或整体被重写",
                f"The head #{anchor.seq} {anchor.hash} kept elsewhere is not on this chain: "
                "its end was cut off, or it was rewritten",
            )


def _is_on(chain: Chain, anchor: Anchor) -> bool:
    within = 1 <= anchor.seq <= len(chain.hashes)
    return within and chain.hashes[anchor.seq - 1].startswith(anchor.hash)


def _check_place(place: Path, anchors: list[Anchor], report: Report) -> None:
    """Check that the ledger here is the one last written at this path."""
    here = [each.ledger for each in anchors if each.path == place_of(place)]
    if here and here[-1] != report.ledger:
        report.add(
            "anchor",
            "",
            f"这里上次写的是另一本台账 {here[-1]}：整本被换过，或整体被重写",
            f"Another ledger, {here[-1]}, was written here last: it was replaced or rewritten",
        )
