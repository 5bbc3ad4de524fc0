"""Commands as processes of their own, as cron or a shell would start them."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import partyctl as package
from tests.support.waiting import PATIENCE

SOURCE = str(Path(package.__file__).parent.parent)
BARE = {"PATH": "/usr/bin:/bin", "PYTHONPATH": SOURCE}

Done = subprocess.CompletedProcess[bytes]


def partyctl(
    line: str, env: Mapping[str, str] = BARE, *, redirected: str = "", **settings: Any
) -> Done:
    """A command line in a process of its own; `redirected` as a shell would."""
    args = [sys.executable, "-m", "partyctl", *line.split()]
    shell = ["sh", "-c", f'exec "$@" {redirected}', "sh"] if redirected else []
    settings = {"stdin": subprocess.DEVNULL, "env": env, "timeout": PATIENCE} | settings
    done = subprocess.run([*shell, *args], capture_output=True, check=False, **settings)
    assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")
    assert done.returncode != 1, done.stderr.decode(errors="replace")
    return done
