"""Open a ledger for reading, without an ORM, after checking that the file is a ledger with our schema.

The header is read before SQLite opens the file. To read the header later, we would have to open the
file a second time, and closing the file then would release SQLite's locks.
"""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager

from partyctl.errors import BadInput, MissingInput, NotPermitted, WrongVersion
from partyctl.language import comma_list, say
from partyctl.ledger.file.broken_writes import is_hot
from partyctl.ledger.file.comparison.compared import Look
from partyctl.ledger.file.connecting import Connection, connect, has_marker
from partyctl.ledger.file.failures import is_missing
from partyctl.ledger.file.flags import NO_WAIT
from partyctl.ledger.file.places import MARKER, AnyPath

APPLICATION_ID = 0x50415254
"""The letters PART, which stand at byte 68 of the file. These letters distinguish a ledger from
other SQLite files."""

SCHEMA = 16
"""The number of the newest migration, and the `PRAGMA user_version` of a ledger that can be opened."""
OLDEST = 7
"""The first released schema: `migrate` converts ledgers of this schema or a later one to SCHEMA."""

READING = ("query_only = ON", f"cache_size = -{32 * 1024}")
"""Settings for reading, with a cache of 32 MiB. With SQLite's default cache of 2 MiB, a query in a
ledger of a thousand branches would read the same pages again and again."""

HEADER_BYTES = 100
PAGE = 4096
SQLITE_MAGIC = b"SQLite format 3\0"
WAL = 2
"""In WAL mode, bytes 18 and 19 of the header have this value."""

NEWEST_MENDED = (3, 51)
MENDED = {(3, 44): (3, 44, 6), (3, 50): (3, 50, 7), NEWEST_MENDED: (3, 51, 3)}
"""For each SQLite release line in which WAL mode was corrected, such as 3.44: the first version
that loses no commits."""


def version_of(path: AnyPath) -> int:
    """The schema version of a ledger file, from its first 100 bytes.

    The version of an encrypted file is read with SQLCipher. Raises MissingInput if there is no
    file, NotPermitted if the file cannot be opened, BadInput if the file is no ledger or is
    truncated, and WrongVersion if the file is in WAL mode and this version of SQLite could lose
    commits.
    """
    status, header = _looked_at(path)
    if len(header) < HEADER_BYTES or not header.startswith(SQLITE_MAGIC):
        if len(header) == HEADER_BYTES and has_marker(path):
            return _version_inside(path)
        raise _no_ledger(path, _why_unreadable(path, status.st_size))
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise _no_ledger(path, say("是别的程序的数据库", "the file is another program's database"))
    if WAL in header[18:20] and _loses_commits(sqlite3.sqlite_version_info):
        raise _in_wal(path)
    page_size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    whole = pages * (65536 if page_size == 1 else page_size)
    # Ask for the size again, because a writer may have enlarged the file in the meantime.
    if not is_hot(path) and os.stat(path).st_size < whole:
        raise _no_ledger(
            path, say("文件被截断，请用备份恢复", "the file is truncated; restore a backup")
        )
    return int.from_bytes(header[60:64], "big")


def _loses_commits(version: tuple[int, ...]) -> bool:
    """Whether this SQLite can lose commits when two processes write in WAL mode (see MENDED)."""
    mended = MENDED.get((version[0], version[1]), MENDED[NEWEST_MENDED])
    return version < mended


def _in_wal(path: AnyPath) -> WrongVersion:
    import shlex

    versions = comma_list(".".join(map(str, each)) for each in MENDED.values())
    return WrongVersion(
        say(
            f"{path} 被改成了 WAL 模式；本机的 SQLite {sqlite3.sqlite_version} 这样会丢失写入"
            f"（{versions} 起已修正）。",
            f"{path} is in WAL mode, in which this SQLite {sqlite3.sqlite_version} can lose "
            f"records (fixed in {versions}).",
        ),
        f"sqlite3 {shlex.quote(os.fspath(path))} 'PRAGMA journal_mode = DELETE'",
    )


def _looked_at(path: AnyPath) -> tuple[os.stat_result, bytes]:
    """A file's status and header, read without SQLite. Raises the errors that `version_of` raises."""
    try:
        status = os.lstat(path)
    except PermissionError:
        raise _forbidden(path) from None
    except OSError as error:
        if not is_missing(error):
            raise
        raise MissingInput(
            say(f"没有台账：{path}", f"There is no ledger at {path}"),
            "partyctl init --organ … --branch … --since …",
        ) from None
    if not stat.S_ISREG(status.st_mode):
        raise _no_ledger(path, say("不是普通文件", "the path does not name a regular file"))
    try:
        # O_NONBLOCK, because reading some kernel files would otherwise never end.
        descriptor = os.open(path, os.O_RDONLY | NO_WAIT)
        with os.fdopen(descriptor, "rb") as file:
            header = file.read(HEADER_BYTES) or b""
    except PermissionError:
        raise _forbidden(path) from None
    return status, header


def _version_inside(path: AnyPath) -> int:
    """The schema version of an encrypted ledger, whose header can be read only with the key."""
    connection = connect(path, "ro")
    try:
        application, version = (
            int(connection.execute(f"PRAGMA {mark}").fetchone()[0])
            for mark in ("application_id", "user_version")
        )
    finally:
        connection.close()
    if application != APPLICATION_ID:
        raise _no_ledger(path, say("是别的程序的数据库", "the file is another program's database"))
    return version


def _why_unreadable(path: AnyPath, size: int) -> str:
    """Say why a file cannot be read.

    If the file's size is a multiple of the page size, the file may be an encrypted ledger whose
    marker is missing.
    """
    if size and size % PAGE == 0:
        marker = os.path.basename(path) + MARKER
        return say(
            f"不是 SQLite 文件；如果是加密台账，缺了旁边的 {marker}（备份旁边也有）",
            "the file is not a SQLite file; if it is an encrypted ledger, its file "
            f"{marker} is missing from the folder",
        )
    return say("不是 SQLite 文件", "the file is not a SQLite file")


def require_current(path: AnyPath) -> None:
    """Check that a file is a ledger with this version's schema.

    Raises WrongVersion for another schema, and the errors that `version_of` raises.
    """
    version = version_of(path)
    if version > SCHEMA:
        raise WrongVersion(
            say(
                f"台账的结构版本 {version} 比本程序的 {SCHEMA} 新，请先升级 partyctl。",
                f"The ledger has schema {version}, newer than this program's {SCHEMA}.",
            ),
            "pip install --upgrade partyctl",
        )
    if version < OLDEST:
        raise WrongVersion(
            say(
                f"台账的结构版本 {version} 来自没有发布过的 partyctl，本程序最早能读 {OLDEST}。",
                f"The ledger has schema {version}, which no released partyctl had; the "
                f"oldest schema that this program reads is {OLDEST}.",
            ),
            "partyctl backup list",
        )
    if version < SCHEMA:
        raise WrongVersion(
            say(
                f"台账的结构版本 {version} 比本程序的 {SCHEMA} 旧。",
                f"The ledger has schema {version}, older than this program's {SCHEMA}.",
            ),
            "partyctl migrate",
        )


@contextmanager
def open_for_reading(path: AnyPath) -> Iterator[Connection]:
    """A read-only connection to one snapshot of a checked ledger (see `Look.require_compared`).

    Raises Tampered, and the errors that `require_current` and `connect` raise.
    """
    look = Look(path)
    with open_for_verifying(path) as connection:
        look.require_compared(connection)
        yield connection


@contextmanager
def open_for_verifying(path: AnyPath) -> Iterator[Connection]:
    """A read-only connection without checks of the content, for code that makes its own checks."""
    require_current(path)
    connection = connect(path, "ro", READING)
    try:
        connection.execute("BEGIN")
        yield connection
    finally:
        connection.close()


def _no_ledger(path: AnyPath, why: str) -> BadInput:
    return BadInput(
        say(f"{path} 不是 partyctl 台账：{why}。", f"{path} is not a partyctl ledger: {why}."),
        "partyctl --ledger … status",
    )


def _forbidden(path: AnyPath) -> NotPermitted:
    return NotPermitted(
        say(f"没有权限读取 {path}。", f"No permission to read {path}."), f"ls -l {path}"
    )
