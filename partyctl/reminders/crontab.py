"""Read and write the user's crontab with the command `crontab`, and keep a copy of the old crontab."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from partyctl.errors import CannotWrite
from partyctl.language import say
from partyctl.ledger.file.files import create_file, sync
from partyctl.ledger.file.state import state_folder

SECONDS = 30
ALIKE = {"LC_ALL": "C"}
"""With this environment, `crontab` reports a missing crontab in English on every system."""


def read() -> str:
    """Return the crontab, or an empty text if the user has no crontab.

    Raises CannotWrite if cron is not installed or refuses.
    """
    done = _crontab("-l")
    if done.returncode and b"no crontab" not in done.stderr:
        raise _refused(done.stderr)
    # Decode the output here, because subprocess would change line endings.
    return "" if done.returncode else done.stdout.decode("utf-8", "surrogateescape")


def replace(old: str, new: str) -> Path | None:
    """Replace the crontab.

    Returns the path of the copy of the old crontab, or None if no copy was needed. Raises
    CannotWrite. Does nothing if the new crontab equals the old one.
    """
    if old == new:
        return None
    kept = _keep(old) if old else None
    done = _crontab("-", given=_bytes(new))
    if done.returncode:
        raise _refused(done.stderr)
    return kept


def _keep(text: str) -> Path:
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    path = state_folder() / "crontabs" / f"crontab-{moment}"
    create_file(path)
    path.write_bytes(_bytes(text))
    sync(path)
    return path


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def instead() -> str:
    """The option to suggest on a computer without cron: `--windows` or `--systemd`."""
    return "--windows" if sys.platform == "win32" else "--systemd"


def _crontab(argument: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["crontab", argument],
            input=given,
            env=os.environ | ALIKE,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (FileNotFoundError, PermissionError):
        raise CannotWrite(
            say("这台电脑没有 crontab。", "This computer has no crontab."),
            f"partyctl schedule print {instead()}",
        ) from None
    except subprocess.TimeoutExpired:
        raise _refused(say("没有回答", "no answer").encode()) from None


def _refused(why: bytes) -> CannotWrite:
    first = (why.decode(errors="replace").strip().splitlines() or [""])[0]
    return CannotWrite(
        say(f"crontab 不肯：{first}。", f"crontab refused: {first}."),
        "partyctl schedule print --cron",
    )
