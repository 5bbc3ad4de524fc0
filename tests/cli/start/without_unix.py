"""Run the command lines of a file without the Unix features that Python for Windows lacks.

`python -m tests.cli.start.without_unix FILE` runs on Unix. Before the program runs the command
lines, it removes the Unix features from Python, so code that needs such a feature fails as on
Windows. `partyctl batch` reads a backslash as a part of a path, as it does on Windows.
"""

import os
import shlex
import sys
from pathlib import Path

MODULES = (
    "fcntl",
    "resource",
    "pwd",
    "grp",
    "termios",
    "tty",
    "pty",
    "posix_ipc",
    "syslog",
    "crypt",
)
NAMES = (
    "O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY", "O_CLOEXEC", "O_SYNC", "O_DSYNC",
    "geteuid", "getuid", "getegid", "getgid", "getgroups", "fchmod", "fchown", "chown", "lchown",
    "pread", "pwrite", "fdatasync", "sync", "fork", "forkpty", "openpty", "wait4", "killpg", "setsid",
    "statvfs", "fstatvfs", "mkfifo", "mknod", "uname", "getloadavg", "sched_getaffinity", "posix_fallocate",
)  # fmt: skip


def take_away() -> None:
    """Remove the functions in NAMES and the modules in MODULES from this process.

    Standard library modules that are imported before the removal can keep the functions.
    """
    import importlib.util
    import multiprocessing.connection  # noqa: F401 - it chooses by system when imported
    import shutil  # noqa: F401
    import subprocess  # noqa: F401
    import tempfile
    import uuid  # noqa: F401

    tempfile.gettempdir()
    for name in MODULES:
        sys.modules[name] = None  # type: ignore[assignment]  # an import of it fails
    for name in NAMES:
        if hasattr(os, name):
            delattr(os, name)
    assert importlib.util.find_spec("partyctl")


def main() -> None:
    take_away()
    from partyctl.cli.start import batch, consoles
    from partyctl.cli.start.main import run

    batch.ESCAPE = ""
    sys.stdout.reconfigure(errors=consoles.ERRORS)  # type: ignore[union-attr]  # as main does
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        sys.stdout.write(f"$ {line}\n")
        code = run(shlex.split(line))
        sys.stdout.write(f"= {code}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
