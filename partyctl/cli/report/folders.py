"""A folder of papers, written completely or not at all."""

import hashlib
import json
import os
import shutil
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from partyctl.cli.output.saving import REPLACE, not_overwritten
from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.file.files import create_folder
from partyctl.ledger.file.flags import NO_LINK
from partyctl.ledger.file.leftovers import RANDOM

SUMS, MANIFEST = "SHA256SUMS", "manifest.json"
SUM_WIDTH = len("  ") + 2 * hashlib.sha256().digest_size
"""The number of characters before each name in SHA256SUMS: the checksum and two spaces."""

OF_THE_SYSTEM = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""The files that an operating system adds to a folder when somebody looks into the folder."""


class Folder:
    """A new folder, while its files are being written.

    Until the folder is complete, it has a temporary name, in the same parent folder as its final
    path. Only the owner can read its files.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.digests: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> str:
        """Write a file into the folder; return its SHA-256."""
        file = self.path / name
        create_folder(file.parent)
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | NO_LINK, 0o600)
        with os.fdopen(descriptor, "wb") as written:
            written.write(content)
            written.flush()
            os.fsync(descriptor)
        return self.know(name)

    def know(self, name: str) -> str:
        """Add the checksum of a file that is already in the folder; return its SHA-256."""
        with (self.path / name).open("rb") as file:
            self.digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
        return self.digests[name]

    def is_free(self, name: str) -> bool:
        """Whether the folder has no file of this name yet."""
        return not os.path.lexists(self.path / name)

    def close(self, manifest: Mapping[str, Any]) -> None:
        """Write the manifest, and the checksums in the format of sha256sum."""
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=False) + "\n"
        self.add(MANIFEST, text.encode())
        lines = (f"{self.digests[name]}  {name}\n" for name in sorted(self.digests))
        self.add(SUMS, "".join(lines).encode())
        del self.digests[SUMS]


@contextmanager
def prepared_folder(place: Path, kind: str, *, replace: bool) -> Iterator[Folder]:
    """Yield a draft folder.

    If the `with` block succeeds, move the draft to `place`; if the block fails, remove the draft.

    If partyctl is killed, the draft remains until the next call for the same `place` removes it.
    A folder that is being replaced is removed only when the new folder is at `place`.
    With `replace`, a folder at `place` is replaced if partyctl wrote it for the same `kind` and
    nobody has put other files in it. In all other cases, Refused is raised if `place` exists.
    """
    place = place.absolute()  # the path "." has no name
    require_free_folder(place, kind, replace=replace)
    create_folder(place.parent)
    _clear(place)
    draft = _hidden(place)
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        draft.mkdir(mode=0o700)
        yield Folder(draft)
        require_free_folder(place, kind, replace=replace)
        _publish(draft, place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        signal.signal(signal.SIGTERM, before)


def _publish(draft: Path, place: Path) -> None:
    """Move a finished draft to `place`, and remove the folder that was there.

    The old folder is first given a name that is not hidden and that `_clear` does not match. If
    partyctl is killed before the new folder is in place, the old folder remains under that name.
    """
    if not place.is_dir():
        draft.rename(place)
        return
    aside = place.with_name(f"{place.name}.before-replace-{os.urandom(4).hex()}")
    try:
        place.rename(aside)
        draft.rename(place)
    except BaseException:
        if aside.is_dir() and not os.path.lexists(place):
            aside.rename(place)
        raise
    outdated = _hidden(place)
    aside.rename(outdated)
    shutil.rmtree(outdated)


def _hidden(place: Path) -> Path:
    """Return a new path next to a folder, for content that `_clear` may remove later."""
    return place.with_name(f".{place.name}.{os.urandom(4).hex()}.part")


def _stop(*_: object) -> None:
    """Handle SIGTERM like Ctrl-C, so that the draft folder is removed."""
    raise KeyboardInterrupt


def require_free_folder(place: Path, kind: str, *, replace: bool) -> None:
    """Raise Refused if the path exists.

    With `replace`, do not raise Refused for a folder that partyctl wrote for the same `kind`, and
    in which nobody has put other files.
    """
    if not os.path.lexists(place):
        return
    strange = _strange_file(place) if _is_of(place, kind) else None
    if strange is not None:
        raise Refused(
            say(
                f"{place} 里的 {strange} 不是 partyctl 写的，没有覆盖。",
                f"{place} was not overwritten: partyctl did not write its file {strange}.",
            ),
            "-o …",
        )
    if not _is_of(place, kind):
        raise not_overwritten(place, "-o …")
    if not replace:
        raise not_overwritten(place, REPLACE)


def _is_of(place: Path, kind: str) -> bool:
    """Whether a path is a folder with checksums and with a manifest of the given kind."""
    try:
        manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        is_complete = (place / SUMS).is_file() and not place.is_symlink()
    except (OSError, ValueError, RecursionError):
        return False
    return is_complete and isinstance(manifest, dict) and manifest.get("kind") == kind


def _strange_file(place: Path) -> str | None:
    """Return the first file that neither SHA256SUMS nor OF_THE_SYSTEM lists, or None."""
    sums = (place / SUMS).read_text(encoding="utf-8", errors="replace").split("\n")
    known = {line[SUM_WIDTH:] for line in sums} | {SUMS}
    for each in sorted(place.rglob("*")):
        name = each.relative_to(place).as_posix()
        is_file = each.is_symlink() or not each.is_dir()
        if is_file and name not in known and each.name not in OF_THE_SYSTEM:
            return name
    return None


def _clear(place: Path) -> None:
    """Remove the drafts that a killed command left for this path, but no other folder's drafts."""
    for left in place.parent.glob(f".{glob_safe(place.name)}.{RANDOM}.part"):
        shutil.rmtree(left, ignore_errors=True)


def glob_safe(name: str) -> str:
    """Escape a file name for use in a glob pattern."""
    return "".join(f"[{each}]" if each in "*?[" else each for each in name)
