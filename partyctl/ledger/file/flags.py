"""Flags for `open` that exist on Unix but not on Windows.

A missing flag has no effect. On Windows, clerks may not create links, pipes are not files, and the folder
controls read permission.
"""

import os

NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
"""Refuse a link, which somebody may have planted."""

NO_WAIT: int = getattr(os, "O_NONBLOCK", 0)
"""Do not wait for a pipe's writer."""

FOLDER: int = getattr(os, "O_DIRECTORY", 0)
"""Open a folder; 0 where folders cannot be opened."""

OURS_ALONE: int = getattr(os, "O_CLOEXEC", 0)
"""Child processes do not inherit the file."""

RAW: int = getattr(os, "O_BINARY", 0)
"""Unchanged bytes for `os.read`; Windows would drop carriage returns."""

TO_SYNC: int = os.O_RDONLY if FOLDER else os.O_RDWR
"""For fsync, which Windows refuses for a file opened read-only."""
