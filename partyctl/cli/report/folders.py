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
def prepared_folder(place: Path, *, replace: bool) -> Iterator[Folder]:
    """Yield a draft folder.

    If the `with` block succeeds, move the draft to `place`; if the block fails, remove the draft.

    If partyctl is killed, the draft remains until the next call for the same `place` removes it.
    With `replace`, a folder at `place` that contains a file `manifest.json` is replaced. If
    anything else exists at `place`, Refused is raised.
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
    """Handle SIGTERM like Ctrl-C, so that the draft folder is removed."""
    raise KeyboardInterrupt


def require_free_folder(place: Path, *, replace: bool) -> None:
    """Raise Refused if the path exists.

    With `replace`, do not raise Refused for a folder that contains a file `manifest.json`.
    """
    if os.path.lexists(place) and not (replace and (place / MANIFEST).is_file()):
        is_ours = (place / MANIFEST).is_file()
        raise not_overwritten(place, REPLACE if is_ours else "-o …")


def _clear(place: Path) -> None:
    for left in place.absolute().parent.glob(f".{glob_safe(place.name)}.*.part"):
        shutil.rmtree(left, ignore_errors=True)


def glob_safe(name: str) -> str:
    """Escape a file name for use in a glob pattern."""
    return "".join(f"[{each}]" if each in "*?[" else each for each in name)
