"""Encrypted ledgers when something goes wrong: killed writers and conversions, many writers, flipped bits."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from partyctl.errors import PartyctlError
from partyctl.ledger.file import markers
from partyctl.ledger.file.connecting import connect
from partyctl.ledger.file.failures import sqlite_errors
from partyctl.ledger.file.opening import open_for_reading
from partyctl.ledger.journal.verification import verify
from tests.conftest import Run
from tests.support.encrypted import CANARIES, Place
from tests.support.waiting import PATIENCE

WRITER = """
import sys
from partyctl.cli.start.main import run
from partyctl.ledger.file import connecting
connecting.BUSY_SECONDS = 600  # as PATIENCE
for n in range(int(sys.argv[2])):
    code = run(["staff", "add", f"张三丰甲{sys.argv[1]}之{n}"])
    print("acked" if code == 0 else f"left {code}", f"张三丰甲{sys.argv[1]}之{n}", flush=True)
"""


def writer(name: object, writes: int) -> subprocess.Popen[str]:
    program = [sys.executable, "-c", WRITER, str(name), str(writes)]
    return subprocess.Popen(program, stdout=subprocess.PIPE, text=True, errors="replace")


def acked(said: str) -> set[str]:
    """The names that a writer has acknowledged; an incomplete last line does not count."""
    lines = [line for line in said.splitlines(keepends=True) if line.endswith("\n")]
    return {line.split()[1] for line in lines if line.startswith("acked ")}


def names_in(ledger: Path) -> set[str]:
    with open_for_reading(ledger) as opened:
        assert verify(opened).findings == []
        return {name for (name,) in opened.execute("SELECT name FROM staff")}


def readable(folder: Path) -> set[str]:
    """The canary texts that can be read in the files of a folder, as `strings` would find them."""
    found = set()
    for file in folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            found |= {canary for canary in CANARIES if canary.encode() in content}
    return found


@pytest.mark.hard
@pytest.mark.parametrize(
    "kills", [3, pytest.param(60, marks=pytest.mark.slow)], ids=["R-40", "R-40 whole"]
)
def test_a_writer_that_is_killed_loses_nothing_that_it_was_told_is_kept(
    encrypted: Place, kills: int
):
    chance = random.Random(40)
    kept: set[str] = set()
    unasked = 0
    for number in range(kills):
        process = writer(number, 1000)
        assert process.stdout is not None
        first = (
            process.stdout.readline()
        )  # wait for the first write: the start is slow and writes nothing
        time.sleep(chance.uniform(0, 0.25))
        process.send_signal(signal.SIGKILL)
        with process:
            kept |= acked(first + process.stdout.read())
        assert readable(encrypted.ledger.parent) == set()  # one of the files can be a hot journal
        present = names_in(encrypted.ledger)
        assert kept <= present
        assert len(present - kept) - unasked <= 1
        unasked = len(present - kept)
    assert len(kept) >= kills


@pytest.mark.hard
@pytest.mark.parametrize(
    ("writers", "writes"),
    [(4, 4), pytest.param(8, 60, marks=pytest.mark.slow)],
    ids=["R-40", "R-40 whole"],
)
def test_many_processes_write_at_once_and_nothing_is_lost(
    encrypted: Place, writers: int, writes: int
):
    processes = [writer(number, writes) for number in range(writers)]
    said = "".join(process.communicate(timeout=PATIENCE)[0] for process in processes)
    wanted = {f"张三丰甲{number}之{n}" for number in range(writers) for n in range(writes)}
    assert acked(said) == wanted
    assert names_in(encrypted.ledger) == wanted
    assert readable(encrypted.ledger.parent) == set()


@pytest.mark.hard
@pytest.mark.parametrize(
    "rounds", [1, pytest.param(15, marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_who_writes_while_the_key_changes_is_in_or_is_told_to_try_again(
    encrypted: Place, run: Run, rounds: int
):
    processes = [writer(number, 4 * rounds) for number in range(2)]
    keys = encrypted.key.parent
    for number in range(rounds):
        run(f"rekey --key-file '{keys / f'{number}.key'}'")
        run("decrypt --reason 测试")
        run(f"encrypt --key-file '{keys / f'{number}-again.key'}'")
    said = "".join(process.communicate(timeout=PATIENCE)[0] for process in processes)
    assert acked(said) == names_in(encrypted.ledger)
    codes = {line.split()[1] for line in said.splitlines() if line.startswith("left ")}
    assert codes <= {"75"}


@pytest.mark.hard
@pytest.mark.parametrize("what", ["rekey", "encrypt", "decrypt"])
def test_a_conversion_killed_at_any_step_leaves_the_old_file_or_the_new(
    what: str, encrypted: Place, plain_template: Path, tmp_path: Path
):
    """R-41: after a kill, either the old or the new key opens the ledger.

    The next conversion removes the files that the killed conversion has left.
    """
    if what == "encrypt":
        shutil.copy(plain_template, encrypted.ledger)
        markers.marker_of(encrypted.ledger).unlink()
    key = "-" if what == "decrypt" else str(tmp_path / "new.key")
    program = [sys.executable, "-m", "tests.support.killed.conversion", str(encrypted.ledger), key]
    done = subprocess.run(program, stdout=subprocess.PIPE, text=True, timeout=PATIENCE, check=True)
    outcomes = [(killed, changed) for killed, changed in json.loads(done.stdout)]
    assert outcomes[0] == (True, False)
    assert (True, True) in outcomes
    assert outcomes[-1] == (False, True)
    assert outcomes == sorted(outcomes, key=lambda each: (not each[0], each[1]))


KILLED = """
import sys
from pathlib import Path
from partyctl.ledger.file import keys
from partyctl.ledger.maintenance.conversion import convert
convert(Path(sys.argv[1]), keys.new_key(Path(sys.argv[1]), Path(sys.argv[2])))
"""


@pytest.mark.hard
@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("call", ["pwrite64", "write", "fsync,fdatasync", "unlink", "rename"])
def test_a_change_of_key_killed_at_every_write(call: str, encrypted: Place, tmp_path: Path):
    """R-41: for every n, the kernel kills the process at its nth call that changes a file."""
    with closing(connect(encrypted.ledger, "ro")) as ledger:
        before = verify(ledger)
    original = {each: each.read_bytes() for each in encrypted.ledger.parent.iterdir()}
    program = [sys.executable, "-c", KILLED, str(encrypted.ledger), str(tmp_path / "new.key")]
    strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}"]
    for when in count(1):
        for each, content in original.items():
            each.write_bytes(content)
        inject = f"--inject={call}:signal=KILL:when={when}"
        done = subprocess.run([*strace, inject, *program], timeout=PATIENCE, check=False)
        with closing(connect(encrypted.ledger, "ro")) as ledger:
            assert verify(ledger) == before, when
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, when
    assert when > 1
    assert encrypted.ledger.read_bytes() != original[encrypted.ledger]


@pytest.mark.hard
@pytest.mark.parametrize(
    "flips", [60, pytest.param(300, marks=pytest.mark.slow)], ids=["R-42", "R-42 whole"]
)
def test_every_flipped_bit_of_an_encrypted_ledger_shows(encrypted: Place, flips: int):
    original = encrypted.ledger.read_bytes()
    chance = random.Random(42)
    unseen = []
    for place in [3, 60, 4095, *(chance.randrange(len(original)) for _ in range(flips))]:
        content = bytearray(original)
        content[place] ^= 1 << chance.randrange(8)
        encrypted.ledger.write_bytes(content)
        try:
            with open_for_reading(encrypted.ledger) as ledger:
                if verify(ledger).ok:
                    unseen.append(place)
        except (PartyctlError, *sqlite_errors()):
            continue
    assert unseen == []


@pytest.mark.parametrize("line", ["check", "member list", "journal verify", "staff add 赵六"])
def test_a_damaged_page_is_called_damage_and_no_wrong_key(encrypted: Place, run: Run, line: str):
    content = bytearray(encrypted.ledger.read_bytes())
    content[100] ^= 1
    encrypted.ledger.write_bytes(content)
    assert "第一页已损坏" in run(line, code=74).err
    assert encrypted.ledger.read_bytes() == content


def test_a_ledger_cut_short_is_called_damaged(encrypted: Place, run: Run):
    content = encrypted.ledger.read_bytes()
    encrypted.ledger.write_bytes(content[: 4096 * 3])
    assert "台账读取出错或已损坏" in run("check", code=74).err
    encrypted.ledger.write_bytes(content[:5000])
    assert "台账读取出错或已损坏" in run("check", code=74).err
    encrypted.ledger.write_bytes(content[:50])
    assert "不是 partyctl 台账" in run("check", code=65).err
