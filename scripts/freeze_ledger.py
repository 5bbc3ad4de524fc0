"""Store a ledger of the newest schema for the tests of migrations: `make frozen`.

The newest stored ledger is migrated, and some commands are run on it. To add rows for a new table,
name a file with one command per line: `make frozen commands=FILE`.
"""

import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "tests" / "ledgers"

USED = """
member add 钱冻{schema} --joined 2019-07-01 --phone 13800009999
member edit 钱冻{schema} --gender 男
staff add 吴冻{schema}
staff add 吴冻{schema}乙
staff void {staff} --reason 误登
meeting add study --on 2026-02-03 --chair '#1' --minutes 学习记录
meeting add members,lecture --on 2026-02-04 --chair '#1' --notified 2026-02-01
cell add 冻结小组{schema}
cell void 冻结小组{schema} --reason 误登
"""
"""Ordinary commands of a clerk, run on branch #1 of the migrated ledger."""


def freeze(commands: str = "") -> Path:
    """Write the ledger of the newest schema; return its path."""
    from partyctl.ledger.file.opening import SCHEMA, version_of

    newest = max(FOLDER.glob("v*.db"))
    target = FOLDER / f"v{SCHEMA:04d}.db"
    if version_of(newest) >= SCHEMA:
        sys.exit(f"{newest.name} is of the newest schema already")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {"XDG_STATE_HOME": str(folder / "state"), "PARTYCTL_LANG": ""}
        ledger = folder / "ledger" / "ledger.db"
        ledger.parent.mkdir(mode=0o700)
        shutil.copyfile(newest, ledger)
        ledger.chmod(0o600)
        run(ledger, "migrate")
        lines = folder / "lines.txt"
        used = USED.format(staff=newest_staff(ledger) + 2, schema=SCHEMA)
        lines.write_text(used + commands, encoding="utf-8")
        run(ledger, f"--branch '#1' batch {shlex.quote(str(lines))}")
        run(ledger, "journal verify")
        shutil.copyfile(ledger, target)
    return target


def newest_staff(ledger: Path) -> int:
    """The highest id among the staff."""
    import sqlite3

    with sqlite3.connect(ledger) as reading:
        return int(reading.execute("SELECT max(id) FROM staff").fetchone()[0])


def run(ledger: Path, line: str) -> None:
    """Run one command on the ledger; exit if it fails."""
    from partyctl.cli.start.main import run as run_command

    words = shlex.split(line)
    if code := run_command(["--ledger", str(ledger), *words]):
        sys.exit(f"`partyctl {line}` exited with {code}: nothing was frozen")


if __name__ == "__main__":
    given = Path(sys.argv[1]).read_text(encoding="utf-8") if sys.argv[1:] else ""
    sys.stdout.write(f"{freeze(given)}\n")
