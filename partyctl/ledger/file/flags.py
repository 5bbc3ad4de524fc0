"""How files are opened: what Unix can be asked for, and Windows cannot.

Where a flag is missing it asks for nothing. On Windows, making a link takes a right that clerks do
not have, no pipe has a place among the files, and who reads a file is decided by its folder.
"""

import os

NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
"""Refuse a link: somebody may have put it there."""

NO_WAIT: int = getattr(os, "O_NONBLOCK", 0)
"""Do not wait for whoever writes into a pipe."""

FOLDER: int = getattr(os, "O_DIRECTORY", 0)
"""Open a folder; 0 where folders cannot be opened."""

OURS_ALONE: int = getattr(os, "O_CLOEXEC", 0)
"""Programs that are started do not inherit the file."""

RAW: int = getattr(os, "O_BINARY", 0)
"""Bytes as they are, for `os.read`; Windows would take a carriage return away."""

TO_SYNC: int = os.O_RDONLY if FOLDER else os.O_RDWR
"""For fsync, which Windows refuses for a file that was opened to be read."""
