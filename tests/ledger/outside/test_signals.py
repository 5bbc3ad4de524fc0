"""If a signal ends a command in the middle of a write, the ledger is either unchanged or fully written."""

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.support.another_day import ahead
from tests.support.soundness import require_whole
from tests.support.waiting import PATIENCE, wait_until

pytestmark = pytest.mark.hard

WRITES = (
    "staff add 赵六",
    "meeting add study --on 2026-03-02 --chair 张三丰甲 --minutes 学习",
    "member edit 张三丰甲 --phone 13900002222",
    "journal redact 张三丰甲 --reason 本人要求",
    "backup make {folder}/kept",
    "encrypt --key-file {folder}/key",
    "remind --as-of 2026-03-02",
)
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
MOMENTS = (0, 0.01, 0.05)
"""The moments of the signal, in seconds after the command has opened the ledger."""


def started(line: str, folder: Path, **more: object) -> subprocess.Popen[bytes]:
    words = [word.format(folder=folder) for word in line.split()]
    return subprocess.Popen(
        [sys.executable, "-m", "partyctl", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **more,
    )


def wait_until_open(process: subprocess.Popen[bytes], ledger: Path) -> None:
    def is_open_or_over() -> bool:
        with suppress(OSError):  # the process can end or close a file at any moment
            opened = Path(f"/proc/{process.pid}/fd").iterdir()
            return process.poll() is not None or any(each.readlink() == ledger for each in opened)
        return process.poll() is not None

    wait_until(is_open_or_over, "the ledger is open", step=0.002)


@pytest.mark.parametrize("number", SIGNALS, ids=lambda each: each.name)
@pytest.mark.parametrize("line", WRITES)
def test_a_signal_in_the_middle_of_a_write(line: str, number: int, plain: Path, tmp_path: Path):
    for moment in MOMENTS:
        with started(line, tmp_path) as process:
            wait_until_open(process, plain)
            time.sleep(moment)
            process.send_signal(number)
            _, said = process.communicate(timeout=PATIENCE)
        assert b"Traceback" not in said
        if not Path(f"{plain}.key.json").exists():
            require_whole(plain)
        whole = [sys.executable, "-m", "partyctl", "journal", "verify"]
        assert subprocess.run(whole, capture_output=True, check=False).returncode == 0


INTERRUPTED_CLOSE = """
import sys
from partyctl.ledger.file.connecting import PLAIN
close = PLAIN.close

def interrupted(ledger):
    close(ledger)
    if "sqlalchemy" in sys._getframe(1).f_code.co_filename:
        raise KeyboardInterrupt

PLAIN.close = interrupted
from partyctl.cli.start.main import main
main()
"""


def test_a_ctrl_c_while_sqlalchemy_closes_the_ledger_prints_no_traceback(plain: Path):
    line = [sys.executable, "-c", INTERRUPTED_CLOSE, "staff", "add", "赵六"]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == 130
    require_whole(plain)


def test_nothing_is_open_to_others_whatever_the_umask(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("PARTYCTL_LEDGER", str(tmp_path / "new" / "ledger.db"))
    for line in (
        "init --organ 甲 --branch 乙 --since 2026-01-01",
        "member add 张三 --joined 2010-07-01",
        "warning issue 张三 --level inquiry --category 4 --facts 越权 --on 2026-03-02",
        "warning letter 1 -o {folder}/new/letter.docx",
        "member list -o {folder}/new/list.xlsx",
        "backup make {folder}/kept",
        "warning templates",
        "encrypt --key-file {folder}/keys/key",
    ):
        with started(line, tmp_path, umask=0) as process:
            _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said
    folders = [tmp_path / name for name in ("new", "state", "kept", "keys")]
    found = [each for folder in folders for each in (folder, *folder.rglob("*"))]
    assert len(found) > 12
    for each in found:
        assert not stat.S_IMODE(each.stat().st_mode) & 0o077, each


@pytest.mark.parametrize(
    "zone", ["UTC", "Pacific/Kiritimati", "No/Such_Zone", "XYZ-99:99", ":/dev/zero"]
)
def test_an_odd_time_zone_changes_no_answer(zone: str, plain: Path, tmp_path: Path):
    line = "check --as-of 2026-03-31 --json"
    with started(line, tmp_path) as process:
        usual, _ = process.communicate(timeout=PATIENCE)
    with started(line, tmp_path, env=os.environ | {"TZ": zone}) as process:
        odd, said = process.communicate(timeout=PATIENCE)
    assert (odd, process.returncode) == (usual, 3), said


AS_NOBODY = """
import os, sys
from partyctl.cli.start import main
main.run(["status"])
main.run(["staff", "add", "先前"])
os.setgroups([]); os.setgid(65534); os.setuid(65534)
print("as nobody", flush=True)
sys.exit(main.run(sys.argv[1:]))
"""
"""A program that imports partyctl as root, and then becomes the user `nobody`.

It imports partyctl first, because `nobody` is perhaps not allowed to read the checkout.
"""


@pytest.fixture
def public(plain: Path) -> Iterator[Path]:
    """A ledger of mode 0644 in a folder open to everybody."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user: run this test as root")
    with tempfile.TemporaryDirectory(prefix="partyctl-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        ledger = Path(shutil.copy(plain, folder / "ledger.db"))
        ledger.chmod(0o644)
        yield ledger


def test_another_users_ledger_answers_or_refuses_and_is_not_touched(public: Path, plain: Path):
    """A ledger of mode 0644 that belongs to another user: reading works, writing exits with 77."""
    before = public.read_bytes()
    env = os.environ | {"HOME": "/nonexistent", "XDG_STATE_HOME": "/nonexistent/state"}

    def as_nobody(line: str) -> tuple[int, str, str]:
        words = [sys.executable, "-c", AS_NOBODY, "--ledger", str(public), *line.split()]
        done = subprocess.run(
            words, env=env, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False
        )
        assert "as nobody" in done.stdout, done
        return done.returncode, done.stdout.partition("as nobody")[2], done.stderr

    code, out, said = as_nobody("status")
    assert (code, said) == (0, ""), out
    assert "张三丰甲" in out or "机关支部" in out
    code, out, said = as_nobody("staff add 赵六")
    assert code == 77, (out, said)
    assert "台账或所在文件夹不能写" in said
    assert public.read_bytes() == before
    assert [each.name for each in public.parent.iterdir()] == ["ledger.db"]


def test_a_clock_that_went_backwards_loses_nothing(plain: Path, tmp_path: Path):
    """After the clock was set back, new records still come after the earlier ones, and the journal
    verifies.
    """
    for number, days in enumerate((400, 0, -9000)):
        for line in (f"staff add 干部{number}", "backup make", "status"):
            with started(line, tmp_path, env=ahead(os.environ, str(days))) as process:
                _, said = process.communicate(timeout=PATIENCE)
            assert process.returncode == 0, (days, line, said)
    require_whole(plain)
    with closing(sqlite3.connect(plain)) as ledger:
        names = [name for (name,) in ledger.execute("SELECT name FROM staff ORDER BY id")]
        moments = [at for (at,) in ledger.execute("SELECT at FROM journal_entry ORDER BY seq")]
    assert names[-3:] == ["干部0", "干部1", "干部2"]
    assert moments != sorted(moments)  # the clock was really set back
    assert len(list((plain.parent / "backups").glob("*.db"))) == 3
