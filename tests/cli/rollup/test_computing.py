"""`rollup compute` runs in a pool of processes or on a Dask cluster, and replaces dead workers."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from partyctl.cli.rollup import computing
from partyctl.cli.rollup.computing import Done, Task, judge
from partyctl.rollup import storing
from partyctl.rollup.reading import read
from tests.cli.rollup.conftest import MONTH, sent
from tests.conftest import Run


def computed(folder: Path) -> list[tuple[object, ...]]:
    with storing.engine() as database:
        question = f"SELECT * FROM '{folder}/tally/*/*.parquet' ORDER BY ALL"
        return database.execute(question).fetchall()


def test_computing_gives_what_extracting_gives(office: Run, ledger: Path, number: str):
    office(f"rollup compute {ledger} {MONTH} -o one --workers 1")
    tallies = [tuple(each) for each in read(sent(office)).tallies]
    assert sorted(row[1:8] for row in computed(Path("one"))) == sorted(tallies)
    Path("ledgers").mkdir()
    for n in range(3):
        shutil.copy(ledger, f"ledgers/{n}.db")
    Path("ledgers/3.db").write_bytes(b"no ledger")
    said = office(f"rollup compute ledgers {MONTH} -o two --workers 2", code=3)
    assert "算完 3 本台账，1 本读不了" in said.out
    assert len(computed(Path("two"))) == 3 * len(tallies)


def test_each_task_has_a_parquet_file_and_moves_the_progress_bar(
    office: Run, ledger: Path, monkeypatch
):
    Path("ledgers").mkdir()
    for n in range(3):
        shutil.copy(ledger, f"ledgers/{n}.db")
    monkeypatch.setattr(computing, "TASK", 2)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    said = office(f"rollup compute ledgers {MONTH} -o out --workers 1")
    assert said.err == "\r2 / 3\r3 / 3\n"
    files = sorted(path.name for path in Path("out/tally/month=2026-03").iterdir())
    assert files == ["part-00000.parquet", "part-00001.parquet"]


@pytest.mark.hard
def test_a_dask_cluster_gives_the_same(office: Run, ledger: Path):
    office(f"rollup compute {ledger} {MONTH} -o pool --workers 1")
    office(f"rollup compute {ledger} {MONTH} -o cluster --dask local")
    assert computed(Path("cluster")) == computed(Path("pool"))


def test_a_cluster_that_is_none_is_refused(office: Run, ledger: Path):
    assert "不是集群地址" in office(f"rollup compute {ledger} {MONTH} -o x --dask '#2'", code=2).err


ENGINES = [
    pytest.param("--workers 2", id="pool"),
    pytest.param("--dask local", id="dask", marks=pytest.mark.hard),
]


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
def test_a_worker_that_dies_is_replaced(engine: str, office: Run, ledger: Path, monkeypatch):
    office(f"rollup compute {ledger} {MONTH} -o whole --workers 1")
    monkeypatch.setattr(computing, "judge", dies_once)
    said = office(f"rollup compute {ledger} {MONTH} -o out {engine}")
    assert Path("out.died").exists()
    assert "算完 1 本台账，0 本读不了" in said.out
    assert computed(Path("out")) == computed(Path("whole"))


def dies_once(task: Task) -> Done:
    """Compute a task; at the first task, end the worker instead, as if memory had run out."""
    mark = Path(task.folder + ".died")
    if not mark.exists():
        mark.touch()
        os._exit(137)
    return judge(task)


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
def test_ledgers_at_which_every_worker_dies_are_named_and_the_others_judged(
    engine: str, office: Run, ledger: Path, monkeypatch
):
    Path("box").mkdir()
    for name in ("a good", "b kills"):
        shutil.copy(ledger, f"box/{name}.db")
    monkeypatch.setattr(computing, "TASK", 1)
    monkeypatch.setattr(computing, "judge", dies_at_one)
    said = office(f"rollup compute box {MONTH} -o out {engine}", code=3)
    assert "算完 1 本台账，1 本读不了" in said.out
    assert "b kills.db: 3 次计算都中断了" in said.err
    assert "partyctl --ledger 'box/b kills.db' journal verify" in said.err
    assert computed(Path("out"))


def dies_at_one(task: Task) -> Done:
    if "b kills" in task.ledgers[0]:
        os._exit(137)
    return judge(task)


def test_whatever_is_in_a_ledger_the_others_are_judged(office: Run, ledger: Path):
    """One ledger was changed without the journal, one has damaged pages, and one file is empty."""
    Path("box").mkdir()
    for name in ("good", "page", "day"):
        shutil.copy(ledger, f"box/{name}.db")
    with Path("box/page.db").open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(300_000))
    with sqlite3.connect("box/day.db") as opened:
        for (name,) in opened.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            opened.execute(f'DROP TRIGGER "{name}"')
        opened.execute("PRAGMA ignore_check_constraints = ON")
        opened.execute("UPDATE meeting SET held_on = '2026-02-31' WHERE id = 1")
    Path("box/none.db").write_bytes(b"")
    said = office(f"rollup compute box {MONTH} -o out --workers 1", code=3)
    assert "算完 1 本台账，3 本读不了" in said.out
    assert len(said.err.splitlines()) == 3
    assert "→ partyctl --ledger box/day.db journal verify" in said.err
    require_remedies_of(said.err)
    assert "Traceback" not in said.err
    assert computed(Path("out"))


def require_remedies_of(said: str) -> None:
    """Check that the command suggested on each line names the ledger that the line is about."""
    for line in said.splitlines():
        _, arrow, remedy = line.partition(" → partyctl ")
        if arrow and not remedy.startswith(
            "--ledger … "
        ):  # the reader has to fill in the ledger in this command
            assert remedy.startswith(f"--ledger {line.partition(': ')[0]} "), line


def test_a_cluster_that_does_not_answer_is_refused(office: Run, ledger: Path, monkeypatch):
    monkeypatch.setattr(computing, "PATIENCE", "1s")
    said = office(f"rollup compute {ledger} {MONTH} -o x --dask tcp://127.0.0.1:9", code=69)
    assert "没有应答" in said.err
