"""The digest of the program: a stored answer is valid only while this digest is unchanged."""

import os
import sys

import partyctl
from partyctl.ledger.file.digests import digest


def digest_of_program() -> str:
    """A digest of partyctl's files, and of the versions of Python, SQLite and the installed libraries.

    Only the name, size and modification time of each file are read. Computing the digest takes a
    twentieth of the time that printing a stored answer takes. Raises OSError.
    """
    from sqlite3 import sqlite_version

    told = [sys.version, sqlite_version, partyctl.__version__]
    for folder in sys.path:
        if folder.endswith("-packages"):
            told.append(f"{folder} {os.stat(folder).st_mtime_ns}")
    folders = [os.path.dirname(str(partyctl.__file__))]
    while folders:
        with os.scandir(folders.pop()) as found:
            for each in found:
                if each.is_dir():
                    if each.name != "__pycache__":
                        folders.append(each.path)
                    continue
                status = each.stat()
                told.append(f"{each.path} {status.st_size} {status.st_mtime_ns}")
    return digest("\n".join(sorted(told)).encode("utf-8", "surrogateescape"))
