"""Encrypt, decrypt or rekey a ledger: make a verified copy, which then replaces the file.

SQLCipher makes the copy (`sqlcipher_export`) and opens both files, because a file must not be open
in two SQLite libraries at once. Even if the process is killed, the ledger's path always leads to
either the old or the new file, and the file `.key.json` next to it describes the keys of both.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from glob import escape
from pathlib import Path

from partyctl.errors import BadInput, Busy, CannotRead, CannotWrite, PartyctlError
from partyctl.language import say
from partyctl.ledger.file import connecting, encryption, keys, leftovers, markers
from partyctl.ledger.file.connecting import SETTINGS, Connection, address_of
from partyctl.ledger.file.failures import explain_sqlite, sqlite_errors
from partyctl.ledger.file.files import (
    create_file,
    default_folder,
    discard,
    sync,
    sync_folder,
)
from partyctl.ledger.file.keys import Key
from partyctl.ledger.file.locking import locked
from partyctl.ledger.file.opening import APPLICATION_ID, HEADER_BYTES
from partyctl.ledger.file.places import MARKER
from partyctl.ledger.journal import heads
from partyctl.ledger.journal.chain import extend, head_of
from partyctl.ledger.journal.commands import Command
from partyctl.ledger.journal.read_chain import Report
from partyctl.ledger.journal.verification import verify
from partyctl.light import NamedTuple

ZEROS = bytes(1 << 20)

COPY_SECONDS = 2
"""How many seconds `_mark_in` waits for other processes before it gives up."""

MARKS = ("user_version", "application_id")
"""The fields of the file's header that SQLCipher's export does not copy; `_copy` sets these
fields."""


def convert(path: Path, new: Key | None, command: Command | None = None) -> bool:
    """Encrypt a ledger with a new key, or decrypt it.

    During the conversion, no other process can open the ledger.

    `command`: the command to record in the new file's journal. Returns whether the old plain file
    was overwritten with zeros. Raises Busy, and the errors that `put_under` raises.
    """
    with locked(path), connecting.alone_with(path):
        leftovers.require_one_name(path)
        overwritten = put_under(path, new, command)
    if command is not None and command.head is not None:
        heads.keep(command.head, path)
    return overwritten


def put_under(path: Path, new: Key | None, command: Command | None = None) -> bool:
    """Replace a file by a copy that is encrypted with another key, or by a plain copy.

    Returns whether the old plain file was overwritten with zeros. On a hard disk, overwriting
    removes the old content. An SSD or a copy-on-write file system can still contain the old
    content; to be safe, the whole disk must be encrypted or destroyed. Raises CannotRead,
    CannotWrite, Busy, and the errors that `keys.find` raises.
    """
    mark = markers.mark_of(path)
    old = keys.find(mark) if mark else None
    with _held(path, old) as ledger:
        was = path.stat().st_ino
        draft = _cleared(path)
        create_file(draft)
        try:
            _copy(path, old, draft, new)
            _compare(_checked(path, old), _checked(draft, new))
            if command is not None:
                _enter(command, draft, new)
            sync(draft)
            if new is not None:
                markers.add(path, new.mark)
            replaced = os.open(path, os.O_WRONLY)
            if path.stat().st_ino != was:
                raise Busy(
                    say(
                        "台账刚被替换。",
                        "Somebody has just replaced the ledger, so nothing was changed.",
                    )
                )
            draft.replace(path)
        except BaseException:
            discard(draft)
            raise
        try:
            sync_folder(path.parent)
            return old is None and _overwrite(ledger, replaced)
        finally:
            os.close(replaced)


def put_like(draft: Path, ledger: Path) -> None:
    """Encrypt a draft with the ledger's key if the ledger is encrypted.

    Without this step, restoring a plain backup would leave the ledger unencrypted, and restoring an
    older backup would bring back the older key. Raises the errors that `put_under` raises.
    """
    mark = None
    with suppress(FileNotFoundError, BadInput):  # there is no ledger, or it is damaged
        mark = markers.mark_of(ledger)
    if mark is not None and mark != markers.mark_of(draft):
        put_under(draft, keys.find(mark))


def _cleared(path: Path) -> Path:
    """Remove copies that a killed command left, and return the path for the new copy."""
    for left in path.parent.glob(f".{escape(path.name)}{MARKER}.*.part"):
        discard(left)
    draft = path.with_name(f".{path.name}.converting.part")
    discard(draft)
    return draft


@contextmanager
def _held(path: Path, key: Key | None) -> Iterator[Connection]:
    """Lock a ledger so that other processes can read it but cannot write to it."""
    ledger = _open(path, key)
    try:
        connecting.begin(ledger)
        yield ledger
    finally:
        ledger.close()


def _open(path: Path, key: Key | None) -> Connection:
    connection = encryption.open_file(address_of(path, "rw"), key, connecting.patience())
    for setting in SETTINGS:
        connection.execute(f"PRAGMA {setting}").close()
    return connection


def _copy(path: Path, old: Key | None, draft: Path, new: Key | None) -> None:
    connection = _open(path, old)
    try:
        spec = new.spec if new else ""
        connection.execute("ATTACH DATABASE ? AS draft KEY ?", (address_of(draft, "rw"), spec))
        # SQLite needs no rollback journal for the draft: an unfinished draft is discarded, and a
        # finished one is flushed to disk.
        connection.execute("PRAGMA draft.journal_mode = OFF")
        connection.execute("PRAGMA draft.synchronous = OFF")
        _export(connection)
        for mark in MARKS:
            value = connection.execute(f"PRAGMA main.{mark}").fetchone()[0]
            connection.execute(f"PRAGMA draft.{mark} = {value}")
    finally:
        connection.close()


def _export(connection: Connection) -> None:
    """Copy the ledger into the draft.

    SQLCipher reports failures only as text, so a full disk is recognised by the word "full".
    """
    try:
        connection.execute("SELECT sqlcipher_export('draft')").fetchall()
    except sqlite_errors("DatabaseError") as error:
        if explain_sqlite(error) is not None:
            raise
        if "full" in str(error):
            raise CannotWrite(
                say("磁盘已满，没有改动台账。", "The disk is full; nothing was changed.")
            ) from None
        raise CannotRead(
            say(f"不能复制台账：“{error}”。", f"The ledger cannot be copied: {error}.")
        ) from None


def _enter(command: Command, draft: Path, key: Key | None) -> None:
    """Append the command to the copy's journal."""
    copy = _open(draft, key)
    try:
        copy.execute("BEGIN IMMEDIATE")
        extend(copy, command, ())
        copy.execute("COMMIT")
    finally:
        copy.close()


def _checked(path: Path, key: Key | None) -> Report:
    connection = _open(path, key)
    try:
        return verify(connection)
    finally:
        connection.close()


def _compare(source: Report, copy: Report) -> None:
    """Check that the reports on source and copy are equal, and that the source is not damaged."""
    damage = [found for found in source.findings if found.kind == "integrity"]
    if damage:
        raise CannotRead(damage[0].sentence, "partyctl backup list")
    if copy != source:
        raise CannotRead(
            say(
                "核对副本时发现不一致，台账没有改动。",
                "The copy of the ledger differs from the ledger; nothing was changed.",
            )
        )


def _overwrite(ledger: Connection, replaced: int) -> bool:
    """Overwrite the old plain file with zeros, as soon as no other process reads it.

    Returns whether the file was overwritten.
    """
    with suppress(OSError, *sqlite_errors()):
        ledger.execute("ROLLBACK")
        ledger.execute("BEGIN EXCLUSIVE")
        size = os.fstat(replaced).st_size
        for start in range(0, size, len(ZEROS)):
            os.lseek(replaced, start, os.SEEK_SET)
            os.write(replaced, ZEROS[: size - start])
        os.fsync(replaced)
        return True
    return False


class Plain(NamedTuple):
    """The unencrypted files near an encrypted ledger.

    `copies`: copies of this ledger. `unknown`: files whose journal cannot be read, so nobody
    knows which ledger they contain.
    """

    copies: list[Path]
    unknown: list[Path]


def plain_copies(path: Path, ledger: str | None) -> Plain:
    """The unencrypted copies near a ledger: backups, files that a restore replaced, and others.

    `ledger`: the mark that identifies the ledger (see `Anchor`). Other ledgers in the same folders
    are left out, because the clerk is asked to delete the copies.
    """
    replaced = path.parent.glob(f"{escape(path.name)}.before-restore-*")
    folders = (path.parent, default_folder(path), *replaced)
    found = sorted(each for folder in folders if folder.is_dir() for each in folder.iterdir())
    marks = {each: _mark_in(each) for each in found if each != path and _is_plain(each)}
    return Plain(
        [each for each, mark in marks.items() if mark is not None and mark == ledger],
        [each for each, mark in marks.items() if mark is None],
    )


def _mark_in(file: Path) -> str | None:
    """The mark of the ledger in an unencrypted file; None if no journal entry can be read."""
    with suppress(OSError, PartyctlError, *sqlite_errors()):
        with closing(connecting.connect(file, "ro", seconds=COPY_SECONDS)) as opened:
            head = head_of(opened)
        return head.ledger if head else None
    return None


def _is_plain(file: Path) -> bool:
    if file.is_symlink() or not file.is_file():
        return False
    with suppress(OSError), file.open("rb") as opened:
        header = opened.read(HEADER_BYTES)
        return header.startswith(markers.PLAIN) and header[68:72] == APPLICATION_ID.to_bytes(4)
    return False
