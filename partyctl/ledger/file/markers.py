"""The marker of an encrypted file, `ledger.db.key.json`: it says which key opens the file.

The marker never contains the key itself. An encrypted file begins with 16 random bytes, its salt; a
plain file begins with SQLite's signature. The marker describes all keys of a ledger, each with its
salt, the newest last. The salt at the beginning of an encrypted file shows which of the described
keys opens the file. Therefore a file and its marker need not change at the same moment, and
partyctl still finds the key of an older backup.
"""

import json
from pathlib import Path

from partyctl.errors import BadInput, MissingInput
from partyctl.language import say
from partyctl.ledger.file import files, handed_in
from partyctl.ledger.file.files import write
from partyctl.ledger.file.keys import SALT_BYTES, Kept, Mark
from partyctl.ledger.file.places import MARKER

FORMAT = "partyctl key marker 1"
PLAIN = b"SQLite format 3\0"
"""The first bytes of a plain file. An encrypted file begins with a salt, which has the same length.
"""


def marker_of(path: Path) -> Path:
    """The path of a file's marker."""
    return Path(f"{path}{MARKER}")


def mark_of(path: Path) -> Mark | None:
    """Return the mark that describes a file's key, or None if the file is plain or has no marker.

    For an empty file, return the newest mark in its marker. If there is a marker, this function
    reads the file's first bytes. Never call this function while this process holds a lock on the
    file: closing the file would release the lock. Raises BadInput.
    """
    marks = read(path)
    if not marks:
        return None
    with path.open("rb") as file:
        first = file.read(SALT_BYTES)
    if first == PLAIN:
        return None
    if not first:
        return marks[-1]
    for mark in marks:
        if mark.salt == first.hex():
            return mark
    raise BadInput(
        say(
            f"{path} 损坏，或不是 {marker_of(path).name} 所说的加密台账。",
            f"{path} is damaged, or is not the encrypted ledger that {marker_of(path).name} describes.",
        ),
        say("用备份恢复，连同它的 .key.json", "restore a backup together with its file .key.json"),
    )


def present(path: Path) -> Mark:
    """The mark that describes an encrypted file's key.

    Raises BadInput, for example if the file is plain.
    """
    mark = mark_of(path)
    if mark is None:
        raise BadInput(say(f"{path} 没有加密。", f"{path} is not encrypted."))
    return mark


def read(path: Path) -> list[Mark]:
    """The marks in a file's marker, each describing a key; empty if there is no marker. Raises BadInput."""
    marker = marker_of(path)
    try:
        content = handed_in.parsed_json(handed_in.read_text(marker))
        if content["format"] != FORMAT:
            raise ValueError(content["format"])
        return [
            Mark(
                bytes.fromhex(each["salt"]).hex(),
                str(each["check"]),
                Kept(each["kept"]),
                str(each["place"]),
            )
            for each in content["keys"]
        ]
    except MissingInput:
        return []
    except (BadInput, ValueError, LookupError, TypeError):
        raise BadInput(
            say(f"{marker} 损坏。", f"{marker} is damaged."),
            say("用备份旁边的 .key.json 代替它", "replace it with the .key.json of a backup"),
        ) from None


def add(path: Path, *marks: Mark) -> None:
    """Add descriptions of keys to a file's marker atomically; the last one becomes the newest."""
    known = [mark for mark in read(path) if mark not in marks]
    content = {"format": FORMAT, "keys": [mark._asdict() for mark in (*known, *marks)]}
    write(marker_of(path), json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def lend(source: Path, target: Path) -> None:
    """Before an encrypted source is copied to a target, describe its key in the target's marker."""
    mark = mark_of(source)
    if mark is not None:
        add(target, mark)


def publish(draft: Path, path: Path) -> None:
    """Move a finished ledger into place; if the ledger is encrypted, its marker is moved first.

    If a file already exists at the path, the existing file is kept, and FileExistsError is raised.
    """
    if marker_of(draft).exists():
        lend(draft, path)
    files.publish(draft, path)
    marker_of(draft).unlink(missing_ok=True)
