"""Files that hold what is private: created closed to everybody else, put in place all at once."""

import os
from pathlib import Path


def create_file(path: Path) -> None:
    """An empty file that only its owner can read, in a folder that only its owner can enter.

    Raises FileExistsError where something is there already.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    os.fchmod(descriptor, 0o600)
    os.close(descriptor)


def draft_of(path: Path) -> Path:
    """Where a file is prepared that shall stand at a path: beside it, under a name of its own."""
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")


def publish(draft: Path, path: Path) -> None:
    """Put a finished file in its place, all at once. Raises FileExistsError, leaving what is there."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links (a USB stick): claim the name first, then take its place.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        draft.replace(path)
    else:
        draft.unlink()
    sync(path)


def sync(path: Path) -> None:
    """Make sure that a file, and its name in its folder, outlive a power cut."""
    for each, flags in ((path, os.O_RDONLY), (path.parent, os.O_RDONLY | os.O_DIRECTORY)):
        descriptor = os.open(each, flags)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
