"""Check a ledger against its journal (`journal verify`), with separate SQL and hashing code.

The check does not use the code that writes the chain, so it can find a bug in that code. The check
covers the file (integrity, foreign keys), every entry and its link, every row of the tables whose
changes the journal records, the minutes files, and the schema. The check also compares the chain
with heads that are kept outside the ledger; a head is the number and the hash of the entry that was
then the newest. Only heads kept outside the ledger can show that the chain's last entries were
removed, or that the whole chain was rewritten. 可发现篡改，不能防篡改.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from partyctl.ledger.file.failures import explain_sqlite, sqlite_errors
from partyctl.ledger.file.names import quoted
from partyctl.ledger.journal.heads import Anchor, place_of
from partyctl.ledger.journal.read_chain import ENTRIES, Chain, Report, canonical, readable, salted


def verify(
    ledger: sqlite3.Connection,
    anchors: Iterable[Anchor] = (),
    *,
    against: tuple[int, str] | None = None,
    place: Path | None = None,
) -> Report:
    """Check a snapshot of a ledger. Raises a DatabaseError if the snapshot cannot be read.

    `anchors`: heads kept outside the ledger, including those of other ledgers. `against`: a head of
    this ledger, as printed on papers. `place`: the ledger's path, to detect that another ledger was
    at this path before.
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
        # A missing table or column is a finding, not an error of the check.
        if not str(error).startswith(("no such table", "no such column")):
            raise
        report.add(
            "schema",
            "",
            f"台账缺少应有的表或列：“{error}”",
            f"A table or column is missing: {error}",
        )
    except UnicodeEncodeError:  # a name in the schema is not valid text
        report.add("schema", "", "台账的表名被改过", "The name of a table was changed")
    finally:
        ledger.text_factory = str
    return report


def _read_text(raw: bytes) -> str:
    """Decode text so that every changed bit remains visible, even if the text is not valid UTF-8."""
    return raw.decode("utf-8", "surrogateescape")


def _has_tables(ledger: sqlite3.Connection, report: Report) -> bool:
    """Whether the tables that this check reads by name are real tables, not views.

    A view could return any rows, even endless ones.
    """
    wanted = {"alembic_version", "journal_entry", "journal_detail", "minutes_file"}
    views = ledger.execute(
        "SELECT CAST(name AS TEXT) FROM sqlite_schema WHERE type = 'view'"
    ).fetchall()
    false = sorted(wanted & {str(name) for (name,) in views})
    for name in false:
        report.add("schema", name, f"{name} 应是表，却是视图", f"{name} is a view, not a table")
    return not false


def _orphans(ledger: sqlite3.Connection, report: Report) -> list[tuple[str, int, str, int]]:
    """Return the rows that SQLite's foreign key check finds.

    If a changed table definition makes the check itself fail, the report gets a finding, and no
    rows are returned.
    """
    try:
        return ledger.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite_errors("OperationalError") as error:
        if explain_sqlite(error):
            raise
        report.add(
            "schema",
            "foreign keys",
            "外键与表的定义不符",
            "The foreign keys do not match the definitions of the tables",
        )
        return []


def _check_file(ledger: sqlite3.Connection, report: Report) -> None:
    for (said,) in ledger.execute("PRAGMA integrity_check"):
        if said != "ok":
            report.add("integrity", "", f"文件损坏：“{said}”", f"The file is damaged: {said}")
    # Only SQLCipher has this check, which also covers unreferenced pages.
    for (said,) in ledger.execute("PRAGMA cipher_integrity_check"):
        report.add("integrity", "", f"加密页损坏：“{said}”", f"A page is damaged: {said}")
    indexes = """SELECT CAST(name AS TEXT), CAST(tbl_name AS TEXT) FROM sqlite_schema
        WHERE name GLOB 'sqlite_autoindex_*'"""
    for name, table in ledger.execute(indexes):
        if name.rpartition("_")[0] != f"sqlite_autoindex_{table}":
            report.add(
                "schema",
                name,
                f"索引 {name} 不是它的表的",
                f"The index {name} belongs to {table}, not to the table in its name",
            )
    for table, row, parent, _ in _orphans(ledger, report):
        report.add(
            "foreign-key",
            f"{table} {row}",
            f"{table} 的一行指向不存在的 {parent}",
            f"A row of {table} refers to a missing row of {parent}",
        )
    version = ledger.execute("PRAGMA user_version").fetchone()[0]
    migrated = [row[0] for row in ledger.execute("SELECT version_num FROM alembic_version")]
    if migrated != [f"{version:04d}"]:
        report.add(
            "version",
            "",
            f"文件头的结构版本 {version} 与迁移记录 {migrated} 不一致",
            f"The header has schema {version}, but the migrations record {migrated}",
        )


def _check_rows(ledger: sqlite3.Connection, chain: Chain, report: Report) -> None:
    """Check that every row equals its latest state in the journal, and that no row is missing."""
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
                f"{where}: this row is in the table, but not in the journal",
            )
        elif sealed.digest != salted(sealed.salt, "row", canonical(row)):
            report.add(
                "row",
                where,
                f"{where}：与日志 #{sealed.seq} 记载的不同",
                f"{where}: differs from entry #{sealed.seq} of the journal",
            )
    for (table, key), sealed in left.items():
        if sealed.digest is not None:
            where = f"{table} {key}"
            report.add(
                "row",
                where,
                f"{where}：日志 #{sealed.seq} 有，表里没有",
                f"{where}: this row is in journal entry #{sealed.seq}, but not in the table",
            )


def _rows(ledger: sqlite3.Connection) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """All rows (table, key, values), except those of the tables that contain no facts."""
    tables = ledger.execute(
        "SELECT CAST(name AS TEXT) FROM sqlite_schema "
        "WHERE type = 'table' AND name NOT GLOB 'sqlite_*' "
        "AND name NOT IN ('journal_entry', 'journal_detail', 'alembic_version', "
        "'reminder_digest', 'reminder', 'reminder_run', 'answer')"
    ).fetchall()
    for (table,) in tables:
        columns = ledger.execute("SELECT * FROM pragma_table_info(?)", (table,)).fetchall()
        keys = [column[1] for column in sorted(columns, key=lambda column: column[5]) if column[5]]
        names = [column[1] for column in columns if column[2] != "BLOB"]
        if not names:  # a table with only BLOB columns, which partyctl does not have
            continue
        listed = ", ".join(map(quoted, names))
        for values in ledger.execute(f"SELECT {listed} FROM {quoted(table)}"):
            row = {
                name: readable(value) if type(value) is bytes else value
                for name, value in zip(names, values, strict=True)
                if value is not None
            }
            yield table, "|".join(str(row.get(key, "")) for key in keys), row


def _check_files(ledger: sqlite3.Connection, report: Report) -> None:
    """Check that every stored minutes file still has the digest under which it was stored."""
    for digest, content in ledger.execute("SELECT sha256, content FROM minutes_file"):
        if not isinstance(content, bytes) or sha256(content).hexdigest() != digest:
            begin = str(digest)[:12]  # `str`, because another program can store any value
            report.add(
                "file",
                f"minutes_file {digest}",
                f"会议记录文件 {begin}… 的内容变了",
                f"The minutes file {begin}… has other content",
            )


def _check_anchors(chain: Chain, anchors: list[Anchor], report: Report) -> None:
    """Check that each head kept outside the ledger is in this chain, or was replaced by a restore.

    Heads that a restore replaced are counted separately, to warn readers who do not know that a
    restore took place. A restore explains a missing head only if the restore was announced outside
    the ledger, because anybody who can write to the ledger's file can forge a restore entry.
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
                f"The head #{anchor.seq} {anchor.hash} kept elsewhere was replaced by the "
                f"restore of entry #{excuses[-1].seq}, but no head kept elsewhere records "
                "this restore: the restore was forged, or made on another machine",
            )
        else:
            report.add(
                "anchor",
                f"#{anchor.seq}",
                f"账外留存的链头 #{anchor.seq} {anchor.hash} 不在这条链上：尾部被截断，或整体被重写",
                f"The head #{anchor.seq} {anchor.hash} kept elsewhere is not in this "
                "journal: the end of the journal was cut off, or the journal was "
                "rewritten",
            )


def _is_on(chain: Chain, anchor: Anchor) -> bool:
    within = 1 <= anchor.seq <= len(chain.hashes)
    return within and chain.hashes[anchor.seq - 1].startswith(anchor.hash)


def _check_place(place: Path, anchors: list[Anchor], report: Report) -> None:
    """Check that the last write at this path was to this ledger, and not to another ledger."""
    here = [each.ledger for each in anchors if each.path == place_of(place)]
    if here and here[-1] != report.ledger:
        report.add(
            "anchor",
            "",
            f"这里上次写的是另一本台账 {here[-1]}：整本被换过，或整体被重写",
            f"The last write at this path was to another ledger, {here[-1]}: somebody "
            "replaced or rewrote the whole file",
        )
