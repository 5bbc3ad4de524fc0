"""The option --key-file, and what `encrypt`, `decrypt`, `rekey` and `init` share about keys."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from partyctl.cli.output.answers import tell
from partyctl.errors import BadUsage, Refused
from partyctl.language import say
from partyctl.ledger.file import encryption, keys
from partyctl.ledger.file.connecting import is_encrypted
from partyctl.ledger.file.keys import Kept, Key, Mark
from partyctl.ledger.file.opening import require_current

KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        metavar="FILE",
        help=say(
            "密钥文件（没有则新建，0600）；不写则存系统密钥环，再不行则设口令",
            "the key file (created if missing); default: the keyring, or a passphrase",
        ),
    ),
]


def require(path: Path, *, encrypted: bool) -> None:
    """Check the ledger before it is encrypted, decrypted or rekeyed, and before a key is made.

    If `encrypted` is true, the ledger must be encrypted; if `encrypted` is false, the ledger must
    not be encrypted. Raises Refused if this condition is not met, WrongVersion if SQLCipher is not
    installed, and any error that require_current raises.
    """
    require_current(path)
    encryption.driver()
    if is_encrypted(path) and not encrypted:
        raise Refused(say("台账已经加密。", "The ledger is already encrypted."), "partyctl rekey")
    if encrypted and not is_encrypted(path):
        raise Refused(say("台账没有加密。", "The ledger is not encrypted."), "partyctl encrypt")


def key_maker(ledger: Path, key_file: Path | None, *, wanted: bool) -> Callable[[], Key] | None:
    """Return a function that makes a new ledger's key, or None for a ledger without encryption.

    `wanted`: whether the ledger is to be encrypted. Raises BadUsage if a key file is given without
    encryption, and WrongVersion if encryption is wanted but SQLCipher is not installed.
    """
    if not wanted:
        if key_file is not None:
            raise BadUsage(
                say("--key-file 要和 --encrypt 一起用。", "--key-file needs --encrypt."),
                say("--encrypt --key-file 文件", "--encrypt --key-file FILE"),
            )
        return None
    encryption.driver()
    return lambda: keys.new_key(ledger, key_file)


def print_place(mark: Mark, ledger: Path) -> None:
    """Print where the key is kept, and warn that nobody can open the ledger without it."""
    place = keys.place_of(mark)
    tell(
        say(
            f"密钥：{place}。丢了它，谁也打不开台账和备份：请另存一份，不要和台账放在一起。",
            f"Key: {place}. Without the key nobody can open the ledger or its backups: "
            "keep a second copy of the key, but not beside the ledger.",
        )
    )
    if mark.kept is Kept.KEYRING:
        tell(
            say(
                "密钥环跟着本机账户走；要一个能另存的密钥文件：partyctl rekey --key-file 文件",
                "The keyring belongs to this account; for a key that you can store elsewhere: "
                "partyctl rekey --key-file FILE",
            )
        )
    if mark.kept is Kept.FILE and Path(mark.place).parent == ledger.absolute().parent:
        tell(
            say(
                "注意：密钥文件和台账在同一个文件夹，拷走文件夹的人两样都有。",
                "Note: a copy of this folder contains both the ledger and its key.",
            ),
            err=True,
        )
