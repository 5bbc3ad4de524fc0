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
from partyctl.ledger.file.files import create_folder
from partyctl.ledger.file.flags import NO_LINK

SUMS, MANIFEST = "SHA256SUMS", "manifest.json"


class Folder:
    """A folder being filled, next to its final path; its files are private."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.digests: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> str:
        """Add a file to the folder under a name; returns its SHA-256."""
        file = self.path / name
        create_folder(file.parent)
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | NO_LINK, 0o600)
        with os.fdopen(descriptor, "wb") as written:
            written.write(content)
            written.flush()
            os.fsync(descriptor)
        return self.know(name)

    def know(self, name: str) -> str:
        """Add an existing file to the checksums; returns its SHA-256."""
        with (self.path / name).open("rb") as file:
            self.digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
        return self.digests[name]

    def is_free(self, name: str) -> bool:
        """Whether the name is still free."""
        return not os.path.lexists(self.path / name)

    def close(self, manifest: Mapping[str, Any]) -> None:
        """Add the manifest and the checksums in sha256sum's format."""
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=False) + "\n"
        self.add(MANIFEST, text.encode())
        lines = (f"{self.digests[name]}  {name}\n" for name in sorted(self.digests))
        self.add(SUMS, "".join(lines).encode())
        del self.digests[SUMS]


@contextmanager
def prepared_folder(place: Path, *, replace: bool) -> Iterator[Folder]:
    """A folder moved into place if the block succeeds; otherwise nothing is left.

    The next run removes the remains of a killed one. With `replace`, an existing folder of ours is replaced.
    Raises Refused if something else is in the way.
    """
    require_free_folder(place, replace=replace)
    create_folder(place.absolute().parent)
    _clear(place)
    draft = place.with_name(f".{place.name}.{os.urandom(4).hex()}.part")
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        draft.mkdir(mode=0o700)
        yield Folder(draft)
        require_free_folder(place, replace=replace)
        if place.is_dir():
            aside = place.with_name(f".{place.name}.{os.urandom(4).hex()}.part")
            place.rename(aside)
            draft.rename(place)
            shutil.rmtree(aside)
        else:
            draft.rename(place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        signal.signal(signal.SIGTERM, before)


def _stop(*_: object) -> None:
    """On SIGTERM, clean up first, as on Ctrl-C."""
    raise KeyboardInterrupt


def require_free_folder(place: Path, *, replace: bool) -> None:
    """Refuse to overwrite anything but such a folder with --replace."""
    if os.path.lexists(place) and not (replace and (place / MANIFEST).is_file()):
        is_ours = (place / MANIFEST).is_file()
        raise not_overwritten(place, REPLACE if is_ours else "-o …")


def _clear(place: Path) -> None:
    for left in place.absolute().parent.glob(f".{glob_safe(place.name)}.*.part"):
        shutil.rmtree(left, ignore_errors=True)


def glob_safe(name: str) -> str:
    """A name escaped as a glob pattern."""
    return "".join(f"[{each}]" if each in "*?[" else each for each in name)
