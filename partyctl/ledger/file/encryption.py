"""Files that are encrypted whole, by SQLCipher (AES-256, each page with its own HMAC).

It is a SQLite of its own, with its own locks: whoever opens a file with it must not open that file
with Python's SQLite at the same time. 国密 SM4 is not offered, and nothing here is accredited.
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
    """SQLCipher's twin of Python's sqlite3. Raises WrongVersion where it is not installed."""
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
    """A connection of SQLCipher to a file: under a key, or to a plain one (to copy it)."""
    connection = driver().connect(
        address,
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
        factory=_kind(),
    )
    # It writes what goes wrong to standard error otherwise, past everything that we say.
    connection.execute("PRAGMA cipher_log_level = NONE").close()
    if key is not None:
        connection.set_key(key.spec)  # no SQL text holds the key
    return cast(sqlite3.Connection, connection)
