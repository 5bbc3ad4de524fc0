"""Turn failures of SQLite and the file system into errors with an exit code."""

import errno
import sqlite3
import sys

from partyctl.errors import (
    BadInput,
    Busy,
    CannotRead,
    CannotWrite,
    NotPermitted,
    PartyctlError,
    Tampered,
    WrongVersion,
)
from partyctl.language import say

PRIMARY_CODE = 0xFF
"""The last byte of SQLite's extended error code is the primary code."""


def sqlite_errors(kind: str = "Error") -> tuple[type[Exception], ...]:
    """The exception classes of Python's sqlite3, and of SQLCipher if it is loaded.

    Use this function in an except clause: `except sqlite_errors():`. `kind`: the name of the
    exception class, such as IntegrityError. Python's sqlite3 and SQLCipher use the same names.
    """
    loaded = (sqlite3, sys.modules.get("sqlcipher3.dbapi2"))
    return tuple(getattr(module, kind) for module in loaded if module is not None)


def is_busy(error: Exception) -> bool:
    """Whether SQLite failed because another process has the lock."""
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def damaged() -> CannotRead:
    """The error for a damaged file or a failing disk."""
    return CannotRead(say("台账读取出错或已损坏。", "The ledger is damaged or cannot be read."))


def explain_sqlite(error: Exception) -> PartyctlError | None:
    """The documented error for a failure of SQLite; None for other failures, such as our bugs."""
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Busy(
                say(
                    "台账正忙：另一个进程正在写入。",
                    "The ledger is busy: another process is writing.",
                ),
                say("稍后再试同一条命令", "run the command again a little later"),
            )
        case sqlite3.SQLITE_INTERRUPT:
            return Tampered(
                say(
                    "读取台账没有尽头，已停止：文件里有不是 partyctl 写的东西。",
                    "Reading took too long and was stopped: the file has content that partyctl never wrote.",
                ),
                "partyctl journal verify",
            )
        case sqlite3.SQLITE_FULL:
            return CannotWrite(
                say("磁盘已满，没有写入。", "The disk is full; nothing was written.")
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return NotPermitted(
                say("台账或所在文件夹不能写。", "The ledger or its folder cannot be written."),
                say("检查文件和文件夹的权限", "check the permissions of the file and its folder"),
            )
        case sqlite3.SQLITE_CONSTRAINT:
            return _unknown_word(str(error))
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CORRUPT:
            return damaged()
        case sqlite3.SQLITE_NOTADB:
            return _no_ledger(error)
    return None


def _no_ledger(error: Exception) -> PartyctlError:
    """Make the error for a file that SQLite does not accept as a database."""
    if not isinstance(error, sqlite3.Error):
        # The key was already checked, so if the file does not open, its content was changed or
        # damaged.
        return CannotRead(
            say(
                "加密台账的第一页已损坏，或被别的程序换了密钥。",
                "The first page of the encrypted ledger is damaged, or another program "
                "changed the key.",
            ),
            say("用备份恢复", "restore a backup"),
        )
    return BadInput(
        say(
            "这不是 partyctl 台账，或刚被替换。",
            "The file is not a partyctl ledger, or somebody has just replaced the ledger.",
        ),
        say("再执行一次同一条命令", "run the command again"),
    )


def _unknown_word(told: str) -> PartyctlError | None:
    """The error for a word that a column does not allow; None if another constraint failed."""
    import re

    vocabulary = re.search(r"\bck_\w+_is_known\b", told)
    if vocabulary is None:
        return None
    return WrongVersion(
        say(
            f"这个台账不认识这个词（{vocabulary[0]}）：它的词表属于另一版本，没有写入。",
            f"This ledger does not accept the word ({vocabulary[0]}), because the ledger's "
            "vocabulary is from another version. Nothing was written.",
        ),
        say(
            "完整安装同一版本的 partyctl，再执行 partyctl migrate",
            "reinstall all of partyctl, then: partyctl migrate",
        ),
    )


def is_missing(error: OSError) -> bool:
    """Whether there is no file at a path, or the path is too long for any file."""
    return error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)


def explain_os(error: OSError) -> PartyctlError | None:
    """The documented error for a file-system failure; None for an OSError without a number."""
    path = error.filename or ""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NotPermitted(say(f"没有权限：{path}", f"No permission: {path}"), f"ls -ld {path}")
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return CannotWrite(_no_room(error.errno))
    if error.errno in (errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.ENOENT):
        return CannotWrite(say(f"不能创建：{path}", f"Cannot create: {path}"))
    if error.errno in (errno.ELOOP, errno.ENXIO, errno.ENODEV):
        return BadInput(
            say(f"不是能用的文件：{path}", f"Not a usable file: {path}"), f"ls -ld {path}"
        )
    if error.errno is None:  # not a system error: a bug in partyctl
        return None
    from partyctl.ledger.file.system_words import why

    told = why(error)
    return CannotRead(say(f"读写出错（{told}）：{path}", f"Cannot read or write ({told}): {path}"))


def _no_room(number: int) -> str:
    """Why a file cannot grow: the disk is full, a quota is used up, or the file is too large."""
    why = {
        errno.EDQUOT: say("磁盘配额已用完", "the disk quota is used up"),
        errno.EFBIG: say("文件太大", "the file is too large"),
    }
    told = why.get(number, say("磁盘已满", "the disk is full"))
    return say(f"{told}，没有写入。", f"{told[0].upper()}{told[1:]}; nothing was written.")


def reading_errors() -> tuple[type[Exception], ...]:
    """The exceptions that opening or reading a damaged file can raise.

    Damage is not the only possible cause of these exceptions.
    """
    return (BadInput, CannotRead, *sqlite_errors())


def is_damage(error: Exception) -> bool:
    """Whether damaged content can cause this failure. A lock or a full disk is not damage."""
    known = error if isinstance(error, PartyctlError) else explain_sqlite(error)
    return known is None or isinstance(known, BadInput | CannotRead)
