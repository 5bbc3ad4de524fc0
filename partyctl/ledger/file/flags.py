"""Flags for `open` that exist on Unix but not on Windows.

Where a flag is missing, its value 0 has no effect. Windows needs most of them less: ordinary users
cannot create links, pipes are not files, and the folder decides who can read.
"""

import os

NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
"""Refuse to open a symbolic link, which an attacker may have created."""

NO_WAIT: int = getattr(os, "O_NONBLOCK", 0)
"""Do not wait for another process to open a pipe for writing."""

FOLDER: int = getattr(os, "O_DIRECTORY", 0)
"""Open only a folder; 0 where folders cannot be opened."""

OURS_ALONE: int = getattr(os, "O_CLOEXEC", 0)
"""Child processes do not inherit the descriptor."""

RAW: int = getattr(os, "O_BINARY", 0)
"""Read bytes unchanged; otherwise Windows drops carriage returns."""

TO_SYNC: int = os.O_RDONLY if FOLDER else os.O_RDWR
"""How to open a file for fsync, which Windows refuses for a file opened read-only."""
