"""Flags for `open` that not every system has; most of them exist only on Unix.

On a system that lacks a flag, the flag's value here is 0, which has no effect. On Windows these
flags of Unix matter less: ordinary users cannot create symbolic links, pipes are not files, and the
folder's permissions decide who can read a file.
"""

import os

NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
"""Refuse to open a symbolic link, which an attacker may have created."""

NO_WAIT: int = getattr(os, "O_NONBLOCK", 0)
"""When a pipe is opened for reading, do not wait until another process opens it for writing."""

FOLDER: int = getattr(os, "O_DIRECTORY", 0)
"""Refuse to open anything but a folder. FOLDER is 0 on systems that cannot open folders."""

OURS_ALONE: int = getattr(os, "O_CLOEXEC", 0)
"""Child processes do not inherit the descriptor."""

RAW: int = getattr(os, "O_BINARY", 0)
"""Read bytes unchanged; without this flag, Windows drops carriage returns."""

TO_SYNC: int = os.O_RDONLY if FOLDER else os.O_RDWR
"""How to open a file for fsync. Windows refuses fsync if the file was opened read-only."""
