"""Files that hold what is private: created closed to everybody else, put in place all at once."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from partyctl.errors import BadInput, NotPermitted
from partyctl.language import say

SIBLINGS = ("-journal", "-wal", "-shm")
"""What SQLite may leave beside a file, and would read into whatever file has the name next."""


MARKER = ".key.json"
"""The suffix of the file beside an encrypted one that says which key opens it (`markers`)."""

OPEN_TO_OTHERS = 0o077


def require_private(path: Path, what: str) -> None:
    """Make sure that a file is its owner's, ours, and nobody else can read it.

    Raises NotPermitted, and BadInput for what is no regular file.
    """
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise BadInput(say(f"{what} {path} 不是普通文件。", f"{path} is no regular file."))
    if status.st_uid != os.geteuid() or status.st_mode & OPEN_TO_OTHERS:
        raise NotPermitted(
            say(
                f"{what} {path} 须归你所有，且只有你能读写。",
                f"{path}, {what}, must be yours, and open to nobody else.",
            ),
            f"chmod 600 {path}",
        )


def create_file(path: Path) -> None:
    """An empty file that only its owner can read, in a folder that only its owner can enter.

    Raises FileExistsError where something is there already.
    """
    create_folder(path.parent)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    os.fchmod(descriptor, 0o600)
    os.close(descriptor)


def create_folder(path: Path) -> None:
    """A folder, with those above it, that only its owner can enter; one that is there stays as is.

    Raises NotADirectoryError where a file is in the way.
    """
    if path.is_dir():
        return
    create_folder(path.parent)
    with suppress(FileExistsError):  # another process may have been faster
        path.mkdir(mode=0o700)
    if not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))


def draft_of(path: Path) -> Path:
    """Where a file is prepared that shall stand at a path: beside it, under a name of its own."""
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")


def discard(draft: Path) -> None:
    """Remove a draft that is not wanted, with its marker and whatever SQLite left beside it."""
    for each in (draft, _marker_of(draft), *siblings(draft)):
        each.unlink(missing_ok=True)


def siblings(path: Path) -> list[Path]:
    """What SQLite may have left beside a file, of what is there."""
    beside = (Path(f"{path}{ending}") for ending in SIBLINGS)
    return [each for each in beside if os.path.lexists(each)]


def write(path: Path, text: str) -> None:
    """A file of text at a path, all at once; one that is there is replaced."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """A file at a path, all at once; one that is there is replaced."""
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
    """Put a finished file in its place, all at once. Raises FileExistsError, leaving what is there.

    The marker of an encrypted file must know the key already: see `markers.publish`.
    """
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links (a USB stick): claim the name first, then take its place.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        draft.replace(path)
    else:
        draft.unlink(missing_ok=True)  # a command that found the file under two names was faster
    sync(path)
    sync_folder(path.parent)


def _marker_of(path: Path) -> Path:
    return Path(f"{path}{MARKER}")


def default_folder(ledger: Path) -> Path:
    """Where a ledger's backups are kept unless another folder is named."""
    return ledger.parent / "backups"


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes.

    Never of a file that this process has open through SQLite: closing it drops SQLite's locks.
    """
    import hashlib  # a check opens ledgers through this module, and hashes nothing

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Make sure that what is in a file outlives a power cut."""
    _sync(path, os.O_RDONLY)


def sync_folder(path: Path) -> None:
    """Make sure that the names in a folder outlive a power cut."""
    try:
        _sync(path, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network shares cannot
            raise


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
