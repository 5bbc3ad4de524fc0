"""Replace the ledger's file. At every moment the ledger's path leads to either the old or the new file.

The old file is not overwritten, because SQLite would then apply the old file's -wal file to the new
content (in a test, 50 rows became 250). The old file is not moved away first, because there would
be no ledger for a moment. Instead, the old file first gets a second name. Then the side files that
SQLite could apply to the new file are moved away. Finally, one rename gives the new file the
ledger's name.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from partyctl.errors import Busy
from partyctl.language import say
from partyctl.ledger.file import markers
from partyctl.ledger.file.connecting import WRITING, Connection, alone_with, connect, has_marker
from partyctl.ledger.file.failures import is_damage, reading_errors
from partyctl.ledger.file.files import create_file, discard, siblings, sync, sync_folder
from partyctl.ledger.file.flags import NO_WAIT
from partyctl.ledger.file.leftovers import drop_second_names
from partyctl.ledger.file.opening import APPLICATION_ID, HEADER_BYTES, SQLITE_MAGIC, version_of
from partyctl.ledger.maintenance.backup import MOMENT
from partyctl.light import NamedTuple


class Place(NamedTuple):
    """The current file of a ledger.

    `standing`: a connection that locks the file; None if there is no file, or SQLite cannot open
    it. `aside`: the folder in which the file will be kept; None if there is no file to keep.
    """

    standing: Connection | None
    aside: Path | None


@contextmanager
def taking_the_place(draft: Path, ledger: Path) -> Iterator[Place]:
    """Lock the current file, and replace it by the draft at the end of the `with` block.

    If the block raises an error, no file is changed. Raises Busy.
    """
    with (
        alone_with(ledger),
        _set_aside(ledger, draft) as aside,
        _closed(ledger, aside) as standing,
    ):
        yield Place(standing, aside)
        sync(draft)
        if aside is None:
            # `publish` does not overwrite a file that another process has created meanwhile.
            markers.publish(draft, ledger)
            return
        # Move the side files away before the rename, or SQLite would apply them to the new file.
        # The current file no longer needs its side files: they were rolled back or merged when the
        # lock was taken. A damaged file cannot be locked, so its side files are kept together with
        # the file.
        for each in siblings(ledger):
            each.rename(aside / each.name)
        sync_folder(aside)
        # Before the rename, the ledger's marker (`.key.json`) must already list the draft's key.
        if has_marker(draft):
            markers.lend(draft, ledger)
        sync_folder(ledger.parent)
        draft.replace(ledger)
    sync_folder(ledger.parent)


def is_wreck(ledger: Path) -> bool:
    """Whether a file is too short for a ledger, or is neither SQLite nor marked as encrypted."""
    header = _header_of(ledger)
    if len(header) < HEADER_BYTES:
        return True
    return not header.startswith(SQLITE_MAGIC) and not has_marker(ledger)


def require_replaceable(ledger: Path) -> None:
    """Check that a path is a regular file, and not another program's database. Raises BadInput."""
    is_file = ledger.is_file() and not ledger.is_symlink()
    header = _header_of(ledger) if is_file else b""
    is_sqlite = len(header) == HEADER_BYTES and header.startswith(SQLITE_MAGIC)
    if not is_file or (is_sqlite and header[68:72] != APPLICATION_ID.to_bytes(4, "big")):
        version_of(ledger)  # raises the error that fits the file


def _header_of(ledger: Path) -> bytes:
    descriptor = os.open(ledger, os.O_RDONLY | NO_WAIT)
    with os.fdopen(descriptor, "rb") as opened:
        return opened.read(HEADER_BYTES) or b""


@contextmanager
def _set_aside(ledger: Path, draft: Path) -> Iterator[Path | None]:
    """Create a folder next to the ledger to keep its current file.

    Yields the folder, or None if there is no file and no side file. If the block fails before the
    draft replaces the ledger, everything is moved back.
    """
    if ledger.exists():
        drop_second_names(ledger)
    if not (os.path.lexists(ledger) or siblings(ledger)):
        yield None
        return
    aside = _new_folder(ledger)
    try:
        if os.path.lexists(ledger):
            _keep(ledger, aside / ledger.name)
        yield aside
    except BaseException:
        if draft.exists():
            for each in siblings(aside / ledger.name):
                each.rename(ledger.with_name(each.name))
            discard(aside / ledger.name)
            aside.rmdir()
        raise


def _new_folder(ledger: Path) -> Path:
    moment = datetime.now(UTC).strftime(MOMENT)
    for number in count(1):
        ending = moment if number == 1 else f"{moment}-{number}"
        folder = ledger.with_name(f"{ledger.name}.before-restore-{ending}")
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            return folder
    raise AssertionError


def _keep(ledger: Path, second: Path) -> None:
    """Give the current file a second name, because the new file will take over the first name.

    The current file is not moved away, because then there would be no ledger for a moment.
    """
    if has_marker(ledger):
        markers.add(second, *markers.read(ledger))
    try:
        os.link(ledger, second)
    except (
        OSError
    ):  # no hard links (a USB stick): copy the file; `_closed` checks that the copy is current
        before = ledger.stat()
        create_file(second)
        shutil.copyfile(ledger, second)
        os.utime(second, ns=(before.st_atime_ns, before.st_mtime_ns))


@contextmanager
def _closed(ledger: Path, aside: Path | None) -> Iterator[Connection | None]:
    """Lock the current ledger against readers and writers.

    Yields the connection that holds the lock, or None if SQLite cannot open the file.

    Taking the lock also rolls back the unfinished write of a killed process. A process that is
    waiting for this lock will get the lock on the old file. Before the waiting process writes, it
    notices that the file was replaced. Raises Busy.
    """
    if not os.path.lexists(ledger) or is_wreck(ledger):
        yield None
        return
    standing = None
    try:
        try:
            standing = connect(ledger, "rw", WRITING)
            standing.execute("BEGIN EXCLUSIVE")
        except reading_errors() as error:
            if not is_damage(error):
                raise
        if aside is not None and _is_older(aside / ledger.name, ledger):
            raise Busy(
                say(
                    "刚才有人写过台账，没有恢复。",
                    "Somebody has just written to the ledger, so nothing was restored.",
                ),
                say("再执行一次同一条命令", "run the command again"),
            )
        yield standing
    finally:
        if standing is not None:
            standing.close()


def _is_older(second: Path, ledger: Path) -> bool:
    """Whether somebody wrote to the ledger after it was copied.

    Always False if the copy is a hard link, because both names then belong to one file.
    """
    return second.stat().st_mtime_ns != ledger.stat().st_mtime_ns
