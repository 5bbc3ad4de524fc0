"""Backups: complete, verified copies of a ledger, each with a manifest of its content.

SQLite copies a snapshot of the ledger, even while others write to it. Copying the file itself is
not safe: in a test with many writes, 1 of 103 copies was broken, and in WAL mode 31 of 50. A copy
gets a backup's name only after it has been verified, so every backup was valid when it was made. A
damaged ledger is not backed up: its backups would in time replace older, good ones (`retention`).
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from shlex import quote

from partyctl import __version__
from partyctl.errors import BadInput, CannotRead, MissingInput, Tampered
from partyctl.language import say
from partyctl.ledger.file import handed_in, leftovers, markers
from partyctl.ledger.file.connecting import Connection, connect
from partyctl.ledger.file.failures import is_damage, sqlite_errors
from partyctl.ledger.file.files import (
    create_file,
    digest_of,
    discard,
    draft_of,
    siblings,
    sync,
    write,
)
from partyctl.ledger.file.names import quoted
from partyctl.ledger.file.opening import OLDEST, SCHEMA, require_current, version_of
from partyctl.ledger.journal.read_chain import Report
from partyctl.ledger.journal.verification import verify

NAME = re.compile(r"ledger-(\d{8}T\d{6}Z)-u(\d+)-[0-9a-f]{8}(?:-\d+)?\.db")
MOMENT = "%Y%m%dT%H%M%SZ"
NO_HEAD = "0" * 8
"""If the journal is empty, a backup's name contains this text instead of the journal's head."""


@dataclass(frozen=True)
class Backup:
    """A backup and the content of its manifest.

    Without a readable manifest, only the size and the values in the file's name are known.
    `ledger`: the ledger's mark (see `Anchor`). `head`: the journal's head, as printed on papers.
    """

    path: Path
    made_at: datetime
    schema: int
    size: int
    sha256: str | None = None
    ledger: str | None = None
    head: str | None = None
    reason: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    partyctl: str = ""
    sqlite: str = ""


MANIFEST = tuple(each.name for each in fields(Backup) if each.name != "path")
"""The names of a manifest's fields: all fields of `Backup` except the path."""


FRESH_DAYS = 7
"""`status` and `doctor` warn if the newest backup is older than this many days."""


def newest_days(folder: Path) -> int | None:
    """The age in days of a folder's newest backup, by the times in the files' names, or None."""
    made = [moment for _, moment, _ in _named(folder)] if folder.is_dir() else []
    return (datetime.now(UTC) - max(made)).days if made else None


def make(ledger: Path, folder: Path, reason: str) -> Backup:
    """Back up a ledger to a folder. The caller must hold the ledger's lock (see `locking`).

    Raises Tampered or CannotRead for a ledger that fails verification, and the errors that
    `require_known` raises.
    """
    require_known(ledger)
    leftovers.clear_folder(folder, ledger.name)
    draft = draft_of(folder / ledger.name)
    create_file(draft)
    try:
        copy(ledger, draft)
        made = _described(draft, ledger, reason)
        sync(draft)
        return _published(draft, folder, made)
    finally:
        discard(draft)


def require_known(ledger: Path) -> int:
    """The schema number of a ledger that this program can open or migrate.

    Raises WrongVersion if the schema is too old or too new, and the errors that `version_of`
    raises.
    """
    version = version_of(ledger)
    if not OLDEST <= version <= SCHEMA:
        require_current(ledger)
    return version


def copy(source: Path, target: Path) -> None:
    """Copy a snapshot of a ledger into an empty file, while others can write to the ledger."""
    reads, writes = connect(source, "ro"), connect(target, "rw", like=source)
    with closing(reads) as reading, closing(writes) as written:
        # Take the read lock first, because waiting for it has a time limit; `Connection.backup`
        # would wait for ever.
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        reading.backup(written)
        written.execute("PRAGMA journal_mode = DELETE").fetchone()


def _described(draft: Path, ledger: Path, reason: str) -> Backup:
    """Verify a finished copy and describe it. Raises the errors that `verified` raises."""
    report = verified(draft, say(f"台账 {ledger}", f"The ledger {ledger}"))
    with closing(connect(draft, "ro")) as copied:
        rows, schema = row_counts(copied), copied.execute("PRAGMA user_version").fetchone()[0]
    return Backup(
        path=draft,
        made_at=datetime.now(UTC),
        schema=schema,
        size=draft.stat().st_size,
        sha256=digest_of(draft),
        ledger=report.ledger,
        head=report.head,
        reason=reason,
        rows=rows,
        partyctl=__version__,
        sqlite=sqlite3.sqlite_version,
    )


def verified(file: Path, what: str) -> Report:
    """Verify a file, called `what` in errors. Returns the report. Raises Tampered, CannotRead."""
    with closing(connect(file, "ro")) as ledger:
        try:
            ledger.execute("BEGIN")
            report = verify(ledger)
        except sqlite_errors() as error:
            if not is_damage(error):
                raise
            raise CannotRead(
                say(f"{what} 已损坏：“{error}”", f"{what} is damaged: {error}"),
                "partyctl backup list",
            ) from None
    require_sound(report, what)
    return report


def require_sound(report: Report, what: str) -> None:
    """Check that a report has no findings. Raise CannotRead for damage, and Tampered for other findings."""
    if report.ok:
        return
    damage = [found for found in report.findings if found.kind == "integrity"]
    first = (damage or report.findings)[0].sentence
    sentence = say(f"{what} 没有通过校验：{first}", f"{what} does not verify: {first}")
    if damage:
        raise CannotRead(sentence, "partyctl backup list")
    raise Tampered(sentence, "partyctl journal verify")


def row_counts(ledger: Connection) -> dict[str, int]:
    """The number of rows per table."""
    tables = ledger.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
        "ORDER BY name"
    ).fetchall()
    return {
        table: ledger.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()[0]
        for (table,) in tables
    }


def _published(draft: Path, folder: Path, made: Backup) -> Backup:
    """Give a finished copy the name of a backup, and write its manifest."""
    head = made.head.partition("-")[2][:8] if made.head else NO_HEAD
    stem = f"ledger-{made.made_at.strftime(MOMENT)}-u{made.schema}-{head}"
    for number in count(1):
        path = folder / (f"{stem}.db" if number == 1 else f"{stem}-{number}.db")
        try:
            markers.publish(draft, path)
        except FileExistsError:  # another backup was made in the same second
            continue
        break
    known = asdict(made) | {"made_at": made.made_at.isoformat()}
    said = {name: known[name] for name in MANIFEST}
    write(manifest_of(path), json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    return replace(made, path=path)


def manifest_of(backup: Path) -> Path:
    """The path of a backup's manifest."""
    return backup.with_suffix(".json")


def listing(folder: Path) -> list[Backup]:
    """The backups in a folder, newest first; empty if the folder does not exist."""
    if not folder.is_dir():
        return []
    return sorted(_found(folder), key=lambda each: (each.made_at, each.path.name), reverse=True)


def _found(folder: Path) -> Iterator[Backup]:
    for path, moment, schema in _named(folder):
        try:
            told = _read_manifest(path)
        except CannotRead:
            told = None
        yield told or Backup(path, moment, schema, path.stat().st_size)


def _named(folder: Path) -> Iterator[tuple[Path, datetime, int]]:
    """The files in a folder that have the name of a backup, each with its time and schema."""
    for path in folder.iterdir():
        named = NAME.fullmatch(path.name)
        if named and path.is_file() and not path.is_symlink():
            moment = datetime.strptime(named[1], MOMENT).replace(tzinfo=UTC)
            yield path, moment, int(named[2])


def _read_manifest(backup: Path) -> Backup | None:
    """Read a backup's manifest; return None if the backup has no manifest. Raises CannotRead."""
    file = manifest_of(backup)
    try:
        said = handed_in.parsed_json(handed_in.read_text(file))
        made_at = datetime.fromisoformat(said["made_at"]).astimezone(UTC)
        known = {name: said[name] for name in MANIFEST if name in said}
        return Backup(**(known | {"path": backup, "made_at": made_at}))
    except MissingInput:
        return None
    except (BadInput, ValueError, TypeError, KeyError):
        raise CannotRead(
            say(f"清单 {file} 读不出来。", f"The manifest {file} cannot be read."), f"cat {file}"
        ) from None


def is_intact(backup: Backup) -> bool:
    """Whether a backup still has the digest in its manifest."""
    return backup.path.is_file() and digest_of(backup.path) == backup.sha256


def check(file: Path) -> Report:
    """Check that a backup matches its manifest, and that the ledger in it passes verification.

    If there is no manifest, only the ledger is verified. Raises CannotRead if the backup is damaged
    or its digest is wrong, Tampered for other findings, and MissingInput, BadInput, WrongVersion.
    """
    if not handed_in.is_there(file):
        raise MissingInput(
            say(f"没有备份文件 {file}。", f"There is no backup {file}."), "partyctl backup list"
        )
    told = _read_manifest(file) if file.is_file() else None
    _require_alone(file)
    if told is not None:
        _require_untouched(told)
    require_known(file)
    report = verified(file, say(f"备份 {file}", f"The backup {file}"))
    if told is not None and (told.ledger, told.head) != (report.ledger, report.head):
        raise Tampered(
            say(
                f"备份 {file} 的链头与清单不符。", f"{file}: the journal differs from the manifest."
            ),
            f"cat {manifest_of(file)}",
        )
    return report


def _require_alone(file: Path) -> None:
    """Check that a backup has no side files, because SQLite would apply them to the backup."""
    for stranger in siblings(file):
        raise BadInput(
            say(
                f"备份旁边有不属于它的 {stranger.name}，SQLite 会把它读进去。",
                f"{stranger} is next to the backup, and SQLite would merge it into the backup.",
            ),
            f"mv {quote(str(stranger))} {quote(f'{stranger}.old')}",
        )


def _require_untouched(backup: Backup) -> None:
    """Check that a backup still has the digest in its manifest. Raises CannotRead."""
    if not is_intact(backup):
        raise CannotRead(
            say(
                f"备份 {backup.path} 的内容与清单不符：已损坏，或被改过。",
                f"The backup {backup.path} does not match its manifest: it is damaged or was changed.",
            ),
            "partyctl backup list",
        )
