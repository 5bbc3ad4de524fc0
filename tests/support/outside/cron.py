"""Run Debian's cron daemon and `crontab` for a test, apart from the machine's own crontabs.

The daemon runs in a separate namespace with an empty spool, an empty /etc/crontab and an empty
/run. In a container without namespaces, the test uses root's real spool, but only if the spool is
empty and no cron daemon runs; otherwise the test is skipped.
"""

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

APART = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
FURNISH = """
mount -t tmpfs -o mode=1730 none /var/spool/cron/crontabs
chgrp crontab /var/spool/cron/crontabs
mount -t tmpfs none /etc/cron.d
mount -t tmpfs none /run
touch /run/none
mount --bind /run/none /etc/crontab
"""
SPOOL = Path("/var/spool/cron/crontabs")
RUNNING = Path("/run/crond.pid")

Line = Sequence[str]


@contextmanager
def cron(env: Mapping[str, str], crontab: str, *then: Line) -> Iterator[None]:
    """Run some command lines, and start cron with a crontab; skip the test if cron cannot run."""
    args = [*_apart(), "sh", "-euc", _script(then)]
    with subprocess.Popen(
        args, env=env, stdin=subprocess.PIPE, text=True, stdout=subprocess.DEVNULL
    ) as running:
        try:
            assert running.stdin is not None
            running.stdin.write(crontab)
            running.stdin.close()
            yield
            assert running.poll() is None, "cron ended at once"
        finally:
            running.kill()
            if not _apart():
                subprocess.run(["crontab", "-r"], check=True)
                RUNNING.unlink(missing_ok=True)


def _script(then: Sequence[Line]) -> str:
    """The shell lines that prepare the namespace, run some commands, and start cron."""
    lines = [shlex.join(line) for line in (("crontab", "-"), *then)]
    return "\n".join([FURNISH if _apart() else "", *lines, "exec cron -f"])


@cache
def _apart() -> tuple[str, ...]:
    """The arguments that start a command in a separate namespace; empty if root's spool is used."""
    if not (shutil.which("cron") and shutil.which("crontab")):
        pytest.skip("no cron here: install Debian's package cron")
    if os.geteuid() != 0:
        pytest.skip("a cron daemon already runs as root")
    if subprocess.run([*APART, "true"], capture_output=True, check=False).returncode == 0:
        return APART
    if not RUNNING.exists() and not any(SPOOL.iterdir()):
        return ()
    pytest.skip("no namespace for a separate cron, and the machine's own crontabs are in use")
