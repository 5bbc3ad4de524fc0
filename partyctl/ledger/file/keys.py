"""The keys of encrypted ledgers: kept in the keyring, in a key file, or in a person's memory.

A key never appears in an argument, in the environment, in the journal, on the screen, or in the
marker (the file `….key.json`, which describes the keys of an encrypted file). A key that partyctl
makes consists of 32 random bytes, and SQLCipher opens a file with this key in a millisecond. A
typed passphrase goes through SQLCipher's derivation (PBKDF2-HMAC-SHA512, 256,000 rounds, the file's
salt), so that SQLCipher's own shell opens the file with the same passphrase. The derivation is slow
on purpose (a fifth of a second).
"""

import hmac
import os
import re
import sys
import unicodedata
from enum import StrEnum
from hashlib import pbkdf2_hmac, sha256
from pathlib import Path

from partyctl.errors import BadInput, BadUsage, NotPermitted, Refused
from partyctl.language import say
from partyctl.ledger.file import handed_in
from partyctl.ledger.file.files import create_file, discard, draft_of, publish, require_private
from partyctl.light import NamedTuple

KEY_BYTES, SALT_BYTES = 32, 16
ROUNDS = 256_000
CHECK_DIGITS = 16
SHORTEST_PASSPHRASE = 8
TRIES = 3
SERVICE = "partyctl"


class Kept(StrEnum):
    """The kinds of places where a key can be kept."""

    KEYRING = "keyring"
    FILE = "file"
    PASSPHRASE = "passphrase"


class Mark(NamedTuple):
    """A marker's description of a key: its salt, its place, and a digest to detect a wrong key.

    Every file encrypted with a key begins with the key's salt. `place`: the keyring entry, or the
    path of the key file; empty for a passphrase.
    """

    salt: str
    check: str
    kept: Kept
    place: str


class Key(NamedTuple):
    """A key, and the mark that describes it."""

    mark: Mark
    raw: bytes

    def __repr__(self) -> str:
        return f"Key({self.mark})"

    @property
    def spec(self) -> str:
        """The key in SQLCipher's form: raw bytes, without derivation."""
        return f"x'{self.raw.hex()}{self.mark.salt}'"


_typed: dict[str, bytes] = {}
"""Keys typed in this process, keyed by salt, so that a batch asks for each key only once."""


def typed() -> dict[str, bytes]:
    """The keys typed in this process; they are sent to its child processes through a pipe."""
    return dict(_typed)


def remember(keys: dict[str, bytes]) -> None:
    """Remember keys that were typed in the parent process."""
    _typed.update(keys)


def new_key(ledger: Path, key_file: Path | None, unlike: Mark | None = None) -> Key:
    """Make a key for a ledger and store it before anything is encrypted with it.

    If `key_file` exists, the key in it is used; if it does not exist, it is created with a new key.
    Without a `key_file`, a new key is stored in the keyring. If there is no keyring, the clerk
    types a passphrase on the terminal and must remember it. `unlike`: the description of the
    ledger's old key, from which the key in `key_file` must differ. Raises BadUsage if there is no
    key file, no keyring and no terminal, or if the typed passphrase is not accepted. Raises Refused
    if `key_file` contains the old key. Also raises the errors that `read_file` raises.
    """
    salt = os.urandom(SALT_BYTES)
    if key_file is not None:
        return _key_in_file(salt, key_file.absolute(), unlike)
    raw, entry = os.urandom(KEY_BYTES), f"{ledger.name} {salt.hex()[:8]}"
    if _keep_in_keyring(entry, raw):
        return _key(salt, raw, Kept.KEYRING, entry)
    if not _has_terminal():
        raise BadUsage(
            say(
                "没有地方保存密钥：没有系统密钥环，也没有终端可以设口令。",
                "The key cannot be stored: there is no keyring, and no terminal on which "
                "to type a passphrase.",
            ),
            say("加上 --key-file 文件", "run the command again with --key-file FILE"),
        )
    raw = derived(_new_passphrase(), salt)
    _typed[salt.hex()] = raw
    return _key(salt, raw, Kept.PASSPHRASE, "")


def _key_in_file(salt: bytes, place: Path, unlike: Mark | None) -> Key:
    if not os.path.lexists(place):
        _write_file(place, os.urandom(KEY_BYTES))
    raw = read_file(place)
    if unlike is not None and _fits(raw, unlike):
        raise Refused(
            say(f"{place} 就是现在的密钥。", f"{place} contains the present key."),
            say("换一个文件名，新建一个", "name a new file, which will be created"),
        )
    return _key(salt, raw, Kept.FILE, str(place))


def _key(salt: bytes, raw: bytes, kept: Kept, place: str) -> Key:
    return Key(Mark(salt.hex(), check_of(salt, raw), kept, place), raw)


def check_of(salt: bytes, raw: bytes) -> str:
    """A digest of a key, by which partyctl can tell a wrong key from a damaged file."""
    return hmac.new(raw, b"partyctl key\0" + salt, sha256).hexdigest()[:CHECK_DIGITS]


def derived(passphrase: str, salt: bytes) -> bytes:
    """The key that SQLCipher derives from a passphrase."""
    words = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogateescape")
    return pbkdf2_hmac("sha512", words, salt, ROUNDS, KEY_BYTES)


def find(mark: Mark) -> Key:
    """Find the key that a mark describes. If the key is not stored, ask the clerk on the terminal.

    Raises NotPermitted if the key is unavailable or wrong, and the errors that `read_file` raises.
    """
    raw = None
    if mark.kept is Kept.FILE and os.path.lexists(mark.place):
        raw = read_file(Path(mark.place))
    elif mark.kept is Kept.KEYRING:
        raw = _read_keyring(mark.place)
    if raw is None:
        raw = _typed.get(mark.salt) or _ask(mark)
    if not _fits(raw, mark):
        raise NotPermitted(
            say(f"密钥不对，打不开台账：{place_of(mark)}。", f"The wrong key: {place_of(mark)}."),
            say(
                "用加密时保存的那个密钥", "use the key that was kept when the ledger was encrypted"
            ),
        )
    return Key(mark, raw)


def _fits(raw: bytes, mark: Mark) -> bool:
    return hmac.compare_digest(check_of(bytes.fromhex(mark.salt), raw), mark.check)


def place_of(mark: Mark) -> str:
    """A description of the place where a key is kept."""
    return {
        Kept.FILE: say(f"密钥文件 {mark.place}", f"key file {mark.place}"),
        Kept.KEYRING: say(f"系统密钥环“{mark.place}”", f"keyring entry “{mark.place}”"),
        Kept.PASSPHRASE: say("口令", "passphrase"),
    }[mark.kept]


def _has_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def _ask(mark: Mark) -> bytes:
    """Ask up to TRIES times for a key on the terminal. Raises NotPermitted without a terminal."""
    if not _has_terminal():
        raise NotPermitted(
            say(
                f"台账已加密，没有密钥：{place_of(mark)}。",
                f"The ledger is encrypted, and its key is missing: {place_of(mark)}.",
            ),
            say(
                "在终端里输入，或把密钥放回原处",
                "run the command in a terminal and type the key, or put the key back in its place",
            ),
        )
    from getpass import getpass

    asked = say(f"台账密钥（{place_of(mark)}）：", f"Key of the ledger ({place_of(mark)}): ")
    for _ in range(TRIES):
        raw = _read_typed(getpass(asked), mark)
        if _fits(raw, mark):
            _typed[mark.salt] = raw
            break
    return raw


def _read_typed(text: str, mark: Mark) -> bytes:
    """Make a key from a typed text.

    The text is a passphrase, or the digits of a key that is kept in a file or in the keyring.
    """
    if mark.kept is not Kept.PASSPHRASE and (raw := _read_digits(text)):
        return raw
    return derived(text, bytes.fromhex(mark.salt))


def _new_passphrase() -> str:
    from getpass import getpass

    first = getpass(say("设一个口令（忘了就打不开）：", "A passphrase (never lose it): "))
    if len(first) < SHORTEST_PASSPHRASE:
        raise BadUsage(
            say(
                f"口令至少 {SHORTEST_PASSPHRASE} 个字。",
                f"A passphrase has {SHORTEST_PASSPHRASE} characters or more.",
            )
        )
    if getpass(say("再输入一次：", "Again: ")) != first:
        raise BadUsage(say("两次输入的不一样。", "The two passphrases are not the same."))
    return first


def read_file(path: Path) -> bytes:
    """Read the key in a key file.

    Raises NotPermitted if the file is not private, and BadInput if the file contains no key.
    """
    require_private(path, say("密钥文件", "the key file"))
    raw = _read_digits(handed_in.read(path).decode("ascii", "replace")[:200])
    if raw is None:
        raise BadInput(
            say(f"{path} 里不是密钥（64 位十六进制数）。", f"{path} contains no key of 64 digits."),
            "head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \\n'",
        )
    return raw


def _read_digits(text: str) -> bytes | None:
    digits = text.strip()
    return bytes.fromhex(digits) if re.fullmatch(r"[0-9a-fA-F]{64}", digits) else None


def _write_file(path: Path, raw: bytes) -> None:
    draft = draft_of(path)
    create_file(draft)
    try:
        draft.write_text(f"{raw.hex()}\n", encoding="ascii")
        publish(draft, path)
    finally:
        discard(draft)


def _keep_in_keyring(entry: str, raw: bytes) -> bool:
    """Store a key in the keyring.

    Return whether the key can be read back: some keyrings accept a key but do not store it.
    """
    try:
        import keyring

        keyring.set_password(SERVICE, entry, raw.hex())
    except Exception:  # each backend raises its own kinds of errors
        return False
    return _read_keyring(entry) == raw


def _read_keyring(entry: str) -> bytes | None:
    """The key in the keyring, or None if there is no such key or no keyring (as under cron)."""
    try:
        import keyring

        return _read_digits(keyring.get_password(SERVICE, entry) or "")
    except Exception:
        return None
