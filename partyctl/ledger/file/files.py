"""Create files that only their owner can read, and move them into place atomically."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from partyctl.errors import BadInput, NotPermitted
from partyctl.language import say
from partyctl.ledger.file.flags import FOLDER, NO_LINK, TO_SYNC
from partyctl.ledger.file.places import MARKER

SIBLINGS = ("-journal", "-wal", "-shm")
"""The suffixes of SQLite's side files. SQLite would apply old side files to a new file of the same name."""


OPEN_TO_OTHERS = 0o077


def require_private(path: Path, what: str) -> None:
    """Check that a file belongs to the current user, and that nobody else can read or change it.

    Raises BadInput if the path is not a regular file, and NotPermitted if somebody else owns the
    file or can read or change it.
    """
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise BadInput(say(f"{what} {path} 不是普通文件。", f"{path} is not a regular file."))
    if _is_anothers(status) or is_open_to_others(status):
        raise NotPermitted(
            say(
                f"{what} {path} 须归你所有，且只有你能读写。",
                f"{path}, {what}, must belong to you, and only you may read or change it.",
            ),
            f"chmod 600 {path}",
        )


def is_open_to_others(status: os.stat_result) -> bool:
    """Whether others can read, write or run a file, according to its mode.

    On Windows the mode does not show this, and access lists protect a clerk's folders, so the
    answer is always False.
    """
    return hasattr(os, "geteuid") and bool(status.st_mode & OPEN_TO_OTHERS)


def _is_anothers(status: os.stat_result) -> bool:
    return hasattr(os, "geteuid") and status.st_uid != os.geteuid()


def create_file(path: Path) -> None:
    """Create an empty file that only its owner can read, and its folder if the folder is missing.

    Raises FileExistsError if something already exists at the path.
    """
    create_folder(path.parent)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | NO_LINK, 0o600)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, 0o600)
    os.close(descriptor)


def create_folder(path: Path) -> None:
    """Create a folder and its parents, accessible only to the owner; an existing folder stays as it is.

    Raises NotADirectoryError if a file is in the way.
    """
    if path.is_dir():
        return
    create_folder(path.parent)
    with suppress(FileExistsError):  # another process may have created the folder first
        path.mkdir(mode=0o700)
    if not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))


def draft_of(path: Path) -> Path:
    """A new path next to a file, for a draft that is later moved into place."""
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")


def discard(draft: Path) -> None:
    """Remove a draft, its marker (the file `….key.json` next to it), and SQLite's side files."""
    for each in (draft, _marker_of(draft), *siblings(draft)):
        each.unlink(missing_ok=True)


def siblings(path: Path) -> list[Path]:
    """SQLite's side files that exist next to a file."""
    beside = (Path(f"{path}{ending}") for ending in SIBLINGS)
    return [each for each in beside if os.path.lexists(each)]


def write(path: Path, text: str) -> None:
    """Write a text file atomically; an existing file is replaced."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file atomically; an existing file is replaced."""
    draft = draft_of(path)
    create_file(draft)
    try:
        draft.write_bytes(content)
        sync(draft)
        draft.replace(path)
    finally:
        discard(draft)
    sync_folder(path.parent)


def publish(draft: Path, path: Path) -> None:
    """Move a finished file into place atomically.

    If a file already exists at the path, the existing file is kept, and FileExistsError is raised.
    If the file is encrypted, its marker must already describe the key: see `markers.publish`.
    """
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:
        # On a file system without hard links (a USB stick), create an empty file first, then replace it.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        draft.replace(path)
    else:
        draft.unlink(missing_ok=True)  # perhaps another command has already removed it
    sync(path)
    sync_folder(path.parent)


def _marker_of(path: Path) -> Path:
    return Path(f"{path}{MARKER}")


def default_folder(ledger: Path) -> Path:
    """The default folder for a ledger's backups."""
    return ledger.parent / "backups"


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's content.

    Never call this function for a file that this process has open through SQLite. The function
    opens and closes the file, and closing it would release SQLite's locks.
    """
    import hashlib  # imported late: `check` uses this module but never hashes a file

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Flush a file to disk, so that it survives a power cut."""
    _sync(path, TO_SYNC)


def sync_folder(path: Path) -> None:
    """Flush a folder to disk, so that its file names survive a power cut; not needed on Windows."""
    if not FOLDER:
        return
    try:
        _sync(path, os.O_RDONLY | FOLDER)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network shares cannot do this
            raise


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
