"""How a file takes the ledger's place: at every moment exactly the one or the other is there.

Laying a file over the path is no way: SQLite reads a -wal that is left beside it into whatever
file has the name, and 50 rows came back as 250 when measured. And moving the ledger away first
leaves a moment without any. So what stands gets a second name, then everything that SQLite could
read into the new file goes, then one rename gives the new file the first name.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple

from partyctl.errors import Busy
from partyctl.language import say
from partyctl.ledger.file import markers
from partyctl.ledger.file.connecting import WRITING, Connection, alone_with, connect, has_marker
from partyctl.ledger.file.failures import is_damage, reading_errors
from partyctl.ledger.file.files import create_file, discard, siblings, sync, sync_folder
from partyctl.ledger.file.leftovers import second_names
from partyctl.ledger.file.opening import APPLICATION_ID, HEADER_BYTES, SQLITE_MAGIC, version_of
from partyctl.ledger.maintenance.backup import MOMENT


class Place(NamedTuple):
    """What stands in the ledger's place, locked, and the folder that will keep it; None: nothing.

    `standing` is None too where SQLite cannot open what stands.
    """

    standing: Connection | None
    aside: Path | None


@contextmanager
def taking_the_place(draft: Path, ledger: Path) -> Iterator[Place]:
    """Lock what stands in the ledger's place, and, after the block, let the draft take it.

    Whatever breaks off leaves everything as it was. Raises Busy.
    """
    with (
        alone_with(ledger),
        _set_aside(ledger, draft) as aside,
        _closed(ledger, aside) as standing,
    ):
        yield Place(standing, aside)
        sync(draft)
        if aside is None:
            markers.publish(
                draft, ledger
            )  # which leaves alone what somebody started here meanwhile
            return
        # Before the rename: SQLite would read them into the new file. What stands does without:
        # taking its lock just now brought home whatever of them was its own. (A wreck, which
        # cannot be locked, stays one; its second name and they are together in the folder.)
        for each in siblings(ledger):
            each.rename(aside / each.name)
        sync_folder(aside)
        if has_marker(draft):  # before too: the file itself decides which key of them it takes
            markers.lend(draft, ledger)
        sync_folder(ledger.parent)
        draft.replace(ledger)
    sync_folder(ledger.parent)


def is_wreck(ledger: Path) -> bool:
    """Whether a file has not even a ledger's header any more; what has one SQLite will judge."""
    header = _header_of(ledger)
    if len(header) < HEADER_BYTES:
        return True
    return not header.startswith(SQLITE_MAGIC) and not has_marker(ledger)


def require_replaceable(ledger: Path) -> None:
    """Make sure that nothing stands there that never was a ledger. Raises BadInput."""
    is_file = ledger.is_file() and not ledger.is_symlink()
    header = _header_of(ledger) if is_file else b""
    is_sqlite = len(header) == HEADER_BYTES and header.startswith(SQLITE_MAGIC)
    if not is_file or (is_sqlite and header[68:72] != APPLICATION_ID.to_bytes(4, "big")):
        version_of(ledger)  # which says what it is


def _header_of(ledger: Path) -> bytes:
    descriptor = os.open(ledger, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as opened:
        return opened.read(HEADER_BYTES) or b""


@contextmanager
def _set_aside(ledger: Path, draft: Path) -> Iterator[Path | None]:
    """A folder beside the ledger that keeps what stands there; None where nothing does.

    Whatever breaks off before the draft took the ledger's place puts everything back.
    """
    _drop_second_names(ledger)
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


def _drop_second_names(ledger: Path) -> None:
    """Take back the second name that a killed restore gave: two names would be two journals."""
    for second in second_names(ledger) if ledger.exists() else ():
        discard(second)
        with suppress(OSError):
            second.parent.rmdir()


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
    """Give the standing ledger a second name, which stays when the restored one takes the first.

    Moving it away instead would leave a moment with no ledger at all.
    """
    if has_marker(ledger):
        markers.add(second, *markers.read(ledger))
    try:
        os.link(ledger, second)
    except OSError:  # no links here (a USB stick); _closed sees whether the copy is still the last
        before = ledger.stat()
        create_file(second)
        shutil.copyfile(ledger, second)
        os.utime(second, ns=(before.st_atime_ns, before.st_mtime_ns))


@contextmanager
def _closed(ledger: Path, aside: Path | None) -> Iterator[Connection | None]:
    """The standing ledger, locked against readers and writers; None where SQLite cannot open it.

    Taking the lock also brings home what a killed writer left in a journal. Whoever waits for the
    lock gets it, on the old file, when it is given back; writing then sees that another file has
    the name. Raises Busy.
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
                say("刚才有人写过台账，没有恢复。", "The ledger was just written; not restored."),
                say("再执行一次同一条命令", "the same command again"),
            )
        yield standing
    finally:
        if standing is not None:
            standing.close()


def _is_older(second: Path, ledger: Path) -> bool:
    """Whether a copy was made before the last write; a second name of one file never is."""
    return second.stat().st_mtime_ns != ledger.stat().st_mtime_ns
