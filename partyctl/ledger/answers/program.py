"""Which program this is: a kept answer holds for no other."""

import os
import sys

import partyctl
from partyctl.ledger.file.digests import digest


def digest_of_program() -> str:
    """A digest of partyctl's own files, of Python, of SQLite, and of which libraries are installed.

    Of a file its name, size and moment: looking at them takes a twentieth of a kept answer.
    Raises OSError.
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
