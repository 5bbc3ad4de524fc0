"""Answer `partyctl rollup compute`: judge the duties in many ledgers, in parallel.

One task judges up to fifty ledgers and writes a Parquet file per table. If a worker dies, only
unfinished tasks are run again. A ledger that cannot be read is reported and skipped.
"""

import os
import re
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from partyctl.bilingual import many
from partyctl.calendar import Period, period_named
from partyctl.cli.input.dates import today
from partyctl.cli.output.answers import tell
from partyctl.cli.rollup.extracting import extract_of
from partyctl.cli.session import failures
from partyctl.cli.session.reading import Reading
from partyctl.errors import (
    FOUND,
    BadUsage,
    ChannelUnavailable,
    MissingInput,
    Remedy,
    Run,
)
from partyctl.language import say
from partyctl.ledger.file import handed_in
from partyctl.ledger.file.opening import open_for_reading
from partyctl.light import NamedTuple
from partyctl.rollup import storing

TASK = 50
TRIES = 3
LOCAL = "local"
ADDRESS = re.compile(r"(tcp|tls)://[A-Za-z0-9.:\[\]_-]{1,100}:[0-9]{1,5}")
PATIENCE = "20s"
CHECK = Run("partyctl journal verify")


class Task(NamedTuple):
    """A task: ledgers to judge, the month, the current day, and where to write."""

    ledgers: tuple[str, ...]
    month: str
    on: str
    number: int
    folder: str


class Failure(NamedTuple):
    """A ledger that could not be judged, with the problem and the remedy."""

    ledger: str
    sentence: str
    remedy: Remedy | None


class Done(NamedTuple):
    """The result of a task: how many ledgers were judged, and which ledgers could not be judged."""

    judged: int
    failed: tuple[Failure, ...]


def judge(task: Task) -> Done:
    """Judge a task's ledgers and write their rows.

    A local pool and a cluster both call this function.
    """
    failed: list[Failure] = []
    with storing.engine() as database:
        storing.write_tables(database, _all_cells(task, failed), partial(_place_of, task))
    return Done(len(task.ledgers) - len(failed), tuple(failed))


def _place_of(task: Task, table: str) -> Path:
    return Path(task.folder) / table / f"month={task.month}" / f"part-{task.number:05}.parquet"


def _all_cells(task: Task, failed: list[Failure]) -> Iterator[tuple[str, storing.Cells]]:
    """Yield the rows of a task's ledgers; a ledger that cannot be judged is added to `failed`."""
    month, on = period_named(task.month), date.fromisoformat(task.on)
    for ledger in task.ledgers:
        try:
            yield from _cells_of(Path(ledger), month, on)
        except Exception as error:  # one bad ledger must not stop the others
            failed.append(_failure(ledger, error))


def _cells_of(ledger: Path, month: Period, on: date) -> list[tuple[str, storing.Cells]]:
    with open_for_reading(ledger) as connection:
        reading = Reading(connection, on, month)
        made, _ = extract_of(reading, reading.judged(None), 0, month, with_rows=False)
        return list(storing.cells_of(made.header.ledger, made))


def _failure(ledger: str, error: Exception) -> Failure:
    """Return the problem of a ledger as a sentence, with a remedy."""
    known = failures.explain_of(Path(ledger), error)
    if known is not None:
        return Failure(ledger, known.sentence, _of_this(known.remedy, ledger))
    kind = type(error).__name__
    sentence = say(
        f"台账里有读不懂的内容（{kind}）。", f"The ledger contains something unreadable ({kind})."
    )
    return Failure(ledger, sentence, _of_this(CHECK, ledger))


def _of_this(remedy: Remedy | None, ledger: str) -> Remedy | None:
    """Add --ledger to a remedy's command, because the ledger is not the user's default ledger."""
    if not isinstance(remedy, Run) or "--ledger" in remedy.split():
        return remedy
    return Run(f"partyctl --ledger {shlex.quote(ledger)} {remedy.removeprefix('partyctl ')}")


def compute_all(
    places: Sequence[Path], month: Period, folder: Path, *, workers: int | None, dask: str | None
) -> int:
    """Judge all ledgers; return 3 if some could not be judged.

    Raises BadUsage, MissingInput, ChannelUnavailable.
    """
    storing.engine().close()  # if DuckDB is not installed, fail here instead of in a worker
    storing.quoted(folder)
    if workers and dask:
        raise BadUsage(
            say("--workers 和 --dask 只能用一个。", "--workers and --dask exclude each other."),
            "partyctl rollup compute … --month … -o … --workers 2",
        )
    ledgers = [str(each) for place in places for each in _ledgers(place)]
    if not ledgers:
        raise MissingInput(say("没有台账文件。", "There are no ledgers."), "ls -l")
    on = today().isoformat()
    parts = [tuple(ledgers[start : start + TASK]) for start in range(0, len(ledgers), TASK)]
    tasks = [Task(part, month.name, on, n, str(folder)) for n, part in enumerate(parts)]
    if dask:
        results = _on_cluster(tasks, dask)
    else:
        results = map(judge, tasks) if workers == 1 else _in_pool(tasks, workers)
    judged = 0
    failed: list[Failure] = []
    for done in results:
        judged += done.judged
        failed += done.failed
        _show_progress(judged + len(failed), len(ledgers))
    for each in failed:
        tell(_told(each), err=True)
    tell(
        say(
            f"算完 {judged} 本台账，{len(failed)} 本读不了：{folder}",
            f"{many(judged, 'ledger')} judged, {len(failed)} not read: {folder}",
        )
    )
    return FOUND if failed else 0


def _told(failure: Failure) -> str:
    """Describe in one line what is wrong with a ledger."""
    remedy = f" → {failure.remedy}" if failure.remedy else ""
    return f"{failure.ledger}: {failure.sentence}{remedy}"


def _ledgers(place: Path) -> Iterable[Path]:
    return sorted(place.glob("*.db")) if handed_in.is_folder(place) else [place]


def _show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done >= total else ""
        sys.stderr.write(f"\r{done} / {total}{end}")
        sys.stderr.flush()


def _in_pool(tasks: list[Task], workers: int | None) -> Iterator[Done]:
    """Run the tasks in local processes; if a worker dies, its task is tried again."""
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    left = list(tasks)
    for _ in range(TRIES - 1):
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            waiting = {pool.submit(judge, task): task for task in left}
            with suppress(BrokenProcessPool):
                for each in as_completed(waiting):
                    done = each.result()
                    left.remove(waiting[each])
                    yield done
        if not left:
            return
    # If a worker dies, all unfinished tasks of its pool fail. For the last try, each task therefore
    # gets a pool of its own.
    for task in left:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            try:
                yield pool.submit(judge, task).result()
            except BrokenProcessPool:
                yield _given_up(task)


def _given_up(task: Task) -> Done:
    """Return the result of a task whose worker died at every try: its ledgers were not judged."""
    sentence = say(
        f"{TRIES} 次计算都中断了（内存不够？）。",
        f"The process died {TRIES} times (too little memory?).",
    )
    return Done(0, tuple(Failure(each, sentence, _of_this(CHECK, each)) for each in task.ledgers))


def _require_address(address: str) -> None:
    """Raise BadUsage unless the text is `local` or an address such as tcp://10.0.0.5:8786."""
    if address != LOCAL and not ADDRESS.fullmatch(address):
        raise BadUsage(
            say(f"“{address}”不是集群地址。", f"“{address}” is not an address of a cluster."),
            "--dask tcp://10.0.0.5:8786",
        )


def _on_cluster(tasks: list[Task], address: str) -> Iterator[Done]:
    """Run the tasks on a Dask cluster; `local` starts a cluster on this machine."""
    try:
        from distributed import KilledWorker, as_completed
    except ImportError:
        raise BadUsage(
            say(
                "--dask 要用 dask 和 distributed，还没有安装。",
                "--dask needs dask and distributed.",
            ),
            "pip install 'partyctl[cluster]'",
        ) from None
    _require_address(address)
    with ExitStack() as opened:
        client = opened.enter_context(_client(address, opened))
        waiting = {client.submit(judge, task, retries=TRIES, pure=False): task for task in tasks}
        for each in as_completed(waiting):  # type: ignore[no-untyped-call] # Dask has no type hints
            try:
                yield each.result()
            except KilledWorker:
                yield _given_up(waiting[each])


def _client(address: str, opened: ExitStack) -> Any:  # noqa: ANN401 - Dask has no type hints
    """Connect to the Dask cluster at this address, or start one on this machine.

    If this function starts a cluster, the cluster stops when the exit stack `opened` is closed.
    """
    from distributed import Client, LocalCluster

    cluster: Any = address
    try:
        if address == LOCAL:
            # One thread per process: judging is pure Python code, and Python runs only one
            # thread at a time.
            cluster = opened.enter_context(
                LocalCluster(  # type: ignore[no-untyped-call] # Dask has no type hints
                    n_workers=os.cpu_count() or 1,
                    threads_per_worker=1,
                    dashboard_address=None,
                    # Dask's web page uses port 8787 by default. If two commands run at once, the
                    # second would find this port occupied. 0 means any free port.
                    scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
                )
            )
        return Client(cluster, timeout=PATIENCE)  # type: ignore[no-untyped-call] # Dask has no type hints
    except (OSError, TimeoutError):
        raise ChannelUnavailable(
            say(f"Dask 集群 {address} 没有应答。", f"The cluster {address} does not answer."),
            "partyctl rollup compute … --month … -o … --workers 2",
        ) from None
