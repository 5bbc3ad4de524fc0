"""Ledgers that SQLCipher encrypts as a whole (AES-256, each page with its own HMAC).

SQLCipher is a separate SQLite library with its own locks: a file opened with it must not be opened
with Python's SQLite at the same time. The Chinese cipher 国密 SM4 is not offered, and this
encryption has no official certification.
"""

import sqlite3
from functools import cache
from types import ModuleType
from typing import Any, cast

from partyctl.errors import WrongVersion
from partyctl.language import say
from partyctl.ledger.file.keys import Key
from partyctl.ledger.file.sharing import sharing


@cache
def driver() -> ModuleType:
    """The module of SQLCipher, used in place of Python's sqlite3.

    Raises WrongVersion if SQLCipher is not installed.
    """
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        raise WrongVersion(
            say("加密台账需要 SQLCipher，还没有安装。", "An encrypted ledger needs SQLCipher."),
            "pip install 'partyctl[encrypt]'",
        ) from None
    return cast(ModuleType, dbapi2)


@cache
def _kind() -> type[Any]:
    return sharing(driver())


def open_file(address: str, key: Key | None, busy_seconds: float) -> sqlite3.Connection:
    """Open a file with SQLCipher. `key` is None for a plain file, which only a conversion opens."""
    connection = driver().connect(
        address,
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
        factory=_kind(),
    )
    # Without this setting, SQLCipher itself writes errors to standard error.
    connection.execute("PRAGMA cipher_log_level = NONE").close()
    if key is not None:
        connection.set_key(key.spec)  # not with PRAGMA key, so that no SQL text contains the key
    return cast(sqlite3.Connection, connection)
