"""A folder of papers that stands whole at its place, or not at all."""

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
    """A folder that is being filled, beside its place; its files are its owner's alone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.digests: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> str:
        """Put a file into the folder, by its name within; its SHA-256."""
        file = self.path / name
        create_folder(file.parent)
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | NO_LINK, 0o600)
        with os.fdopen(descriptor, "wb") as written:
            written.write(content)
            written.flush()
            os.fsync(descriptor)
        return self.know(name)

    def know(self, name: str) -> str:
        """Take a file into the sums that was put there already; its SHA-256."""
        with (self.path / name).open("rb") as file:
            self.digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
        return self.digests[name]

    def is_free(self, name: str) -> bool:
        """Whether no file has the name yet."""
        return not os.path.lexists(self.path / name)

    def close(self, manifest: Mapping[str, Any]) -> None:
        """Add the manifest, and the sums as sha256sum checks them."""
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=False) + "\n"
        self.add(MANIFEST, text.encode())
        lines = (f"{self.digests[name]}  {name}\n" for name in sorted(self.digests))
        self.add(SUMS, "".join(lines).encode())
        del self.digests[SUMS]


@contextmanager
def prepared_folder(place: Path, *, replace: bool) -> Iterator[Folder]:
    """A folder that takes its place when the block ends well; of anything else nothing is left.

    What a run that was killed outright left behind is cleared by the next. With `replace` a folder
    of ours gives way. Raises Refused where something else is in the way.
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
    """Whoever ends the program politely has it clear up first, as at the keyboard."""
    raise KeyboardInterrupt


def require_free_folder(place: Path, *, replace: bool) -> None:
    """Refuse to write over what is there, unless it is such a folder and is to be replaced."""
    if os.path.lexists(place) and not (replace and (place / MANIFEST).is_file()):
        is_ours = (place / MANIFEST).is_file()
        raise not_overwritten(place, REPLACE if is_ours else "-o …")


def _clear(place: Path) -> None:
    for left in place.absolute().parent.glob(f".{glob_safe(place.name)}.*.part"):
        shutil.rmtree(left, ignore_errors=True)


def glob_safe(name: str) -> str:
    """A name as a pattern that means nothing but itself."""
    return "".join(f"[{each}]" if each in "*?[" else each for each in name)
