"""Parquet files of a hub, made from the extracts of a month, for fast queries.

Each table has one file per month and organ: `parquet/TABLE/month=…/organ=…/part.parquet`. A month
is marked as stale while its Parquet files are made. If partyctl is interrupted before the
files are complete, the next `rollup collect` makes them again.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partyctl.errors import BadUsage, CannotRead, CannotWrite, PartyctlError
from partyctl.language import say
from partyctl.ledger.file import files, handed_in
from partyctl.rollup import packet
from partyctl.rollup.extract import Extract
from partyctl.rollup.hub import OWN, Hub
from partyctl.rollup.missing import note_missing
from partyctl.rollup.reading import read

if TYPE_CHECKING:
    from _csv import Writer

    import duckdb

TABLES = {
    "tally": "code VARCHAR, chapter VARCHAR, rule VARCHAR, layer VARCHAR, strength VARCHAR, "
    "period VARCHAR, status VARCHAR, n INTEGER",
    "obligation": "code VARCHAR, rule VARCHAR, subject_kind VARCHAR, subject_key VARCHAR, opens DATE, "
    "due DATE, status VARCHAR, proved_on DATE, provisional BOOLEAN",
    "dues": "code VARCHAR, members INTEGER, owed_fen BIGINT, paid_fen BIGINT, unpaid_members INTEGER",
    "extract": "code VARCHAR, ledger VARCHAR, branch INTEGER, as_of DATE, head VARCHAR, "
    "previous_head VARCHAR, rules VARCHAR, program VARCHAR, schema_number INTEGER, sha256 VARCHAR",
}
"""The tables and their columns.

Month and organ are not columns of the files but names of folders. The organ of a lower hub's
branches is the code of that hub, and the organ of this hub's own branches is `OWN`.
"""

NOTHING = "\\N"
"""The text that stands for NULL in our CSV files, so that NULL differs from an empty text."""

AS_WRITTEN = (
    "auto_detect = false, header = false, delim = ',', quote = '\"', escape = '\"', "
    f"new_line = '\\n', nullstr = '{NOTHING}'"
)
"""The format of our CSV files. DuckDB cannot detect the format of an empty file."""

Cells = tuple[Any, ...]


def engine() -> "duckdb.DuckDBPyConnection":
    """Start DuckDB, and forbid it to install or load extensions by itself.

    Raises BadUsage if DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError:
        raise BadUsage(
            say("汇总要用 duckdb，还没有安装。", "A hub needs duckdb, which is not installed."),
            "pip install 'partyctl[rollup]'",
        ) from None
    database = duckdb.connect()
    database.execute("SET autoinstall_known_extensions = false")
    database.execute("SET autoload_known_extensions = false")
    return database


@cache
def asked_engine() -> "duckdb.DuckDBPyConnection":
    """Return one connection for all queries of a command.

    DuckDB is started only once, because starting takes as long as a query.
    """
    database = engine()
    database.execute(
        "SET threads = 1"
    )  # a query takes 50 ms, so a second thread would cost more than it saves
    return database


def refresh(hub: Hub, months: Iterable[str]) -> None:
    """Make the Parquet files of the given months, and of the months that are marked as stale."""
    stale = hub.folder / "stale"
    wanted = set(months)
    with suppress(FileNotFoundError):
        wanted |= set(stale.read_text("utf-8").split())
    if not wanted:
        return
    files.write(stale, " ".join(sorted(wanted)))
    with engine() as database:
        for month in sorted(wanted):
            _make(database, hub, month)
    stale.unlink()


def _make(database: "duckdb.DuckDBPyConnection", hub: Hub, month: str) -> None:
    """Make the files of a month, organ by organ; remove the files of organs that no longer send data.

    Also make the list of the branches that the packets of lower hubs list as missing.
    """
    note_missing(hub, month)
    made = set()
    for organ, found in groupby(extracts(hub, month), key=lambda each: each[0]):
        cells = (each for _, code, extract in found for each in cells_of(code, extract))
        write_tables(database, cells, partial(_place_of, hub, month, organ))
        made.add(organ)
    for table in TABLES:
        for part in parts(hub, table, month):
            if part.parent.name.removeprefix("organ=") not in made:
                part.unlink()


def _place_of(hub: Hub, month: str, organ: str, table: str) -> Path:
    folder = hub.folder / "parquet" / table / f"month={month}"
    return folder / f"organ={organ}" / "part.parquet"


def parts(hub: Hub, table: str, month: str) -> list[Path]:
    """Return the files of a table and month, one per organ."""
    return sorted((hub.folder / "parquet" / table / f"month={month}").glob("organ=*/part.parquet"))


def write_tables(
    database: "duckdb.DuckDBPyConnection",
    rows: Iterable[tuple[str, Cells]],
    place_of: Callable[[str], Path],
) -> None:
    """Write rows to one Parquet file per table, replacing existing files.

    `rows`: pairs of a table's name and a row.

    The rows are first written to CSV files, so a hundred thousand branches need no more memory than
    one.
    """
    texts = {table: files.draft_of(place_of(table).with_suffix(".csv")) for table in TABLES}
    try:
        with ExitStack() as opened:
            writers = {table: _writer(opened, text) for table, text in texts.items()}
            for table, cells in rows:
                writers[table].writerow(_told(cells))
        for table, text in texts.items():
            _convert(database, TABLES[table], text, place_of(table))
    finally:
        for text in texts.values():
            files.discard(text)


def _writer(opened: ExitStack, text: Path) -> "Writer":
    files.create_file(text)
    file = opened.enter_context(text.open("w", encoding="utf-8", newline=""))
    return csv.writer(file, lineterminator="\n")


def _convert(database: "duckdb.DuckDBPyConnection", columns: str, text: Path, place: Path) -> None:
    """Convert rows from text to a Parquet file, atomically. Raises CannotWrite."""
    import duckdb

    typed = ", ".join(f"'{name}': '{kind}'" for name, kind in _columns(columns))
    given = f"read_csv({quoted(text)}, columns = {{{typed}}}, {AS_WRITTEN})"
    draft = files.draft_of(place)
    files.create_file(draft)
    try:
        wanted = f"{quoted(draft)} (FORMAT parquet, COMPRESSION zstd)"
        database.execute(f"COPY (SELECT * FROM {given}) TO {wanted}")
        draft.chmod(0o600)
        files.sync(draft)
        draft.replace(place)
    except duckdb.Error:
        raise CannotWrite(
            say(
                f"写不了 {place}：磁盘已满，或出错。",
                f"Cannot write {place}: the disk is full, or there was an error.",
            ),
            f"df {place.parent}",
        ) from None
    finally:
        files.discard(draft)


def _told(row: Cells) -> list[Any]:
    return [NOTHING if cell is None else cell for cell in row]


def _columns(columns: str) -> list[tuple[str, str]]:
    return [(name, kind) for name, kind in (each.split() for each in columns.split(", "))]


def quoted(path: Path) -> str:
    """Quote a path for SQL. Raises BadUsage if the name is not valid Unicode."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise BadUsage(
            say("文件夹的名称不是 UTF-8。", "The folder's name is not UTF-8."), "ls"
        ) from None
    return "'" + str(path).replace("'", "''") + "'"


def extracts(hub: Hub, month: str) -> Iterator[tuple[str, str, Extract]]:
    """Yield each extract of a month, with its organ and its code, grouped by organ.

    Damaged extracts are left out; `verify` reports them.
    """
    below = []
    for unit in hub.reported(month):
        with suppress(PartyctlError, OSError):
            content = handed_in.read(hub.place_of(unit, month), packet.MOST_MB)
            if packet.is_packet(content):
                below.append(unit)
            else:
                yield OWN, unit.code, read(content)
    for unit in below:
        with suppress(PartyctlError, OSError):
            content = handed_in.read(hub.place_of(unit, month), packet.MOST_MB)
            for each in packet.read_packet(content).sent:
                yield unit.code, f"{unit.code}/{each.code}", each.extract


def cells_of(code: str, extract: Extract) -> Iterator[tuple[str, Cells]]:
    """Yield the rows of an extract, each with the name of its table."""
    head = extract.header
    told = (head.ledger, head.branch, head.as_of, head.head, head.previous_head, head.rules)
    yield "extract", (code, *told, head.program, head.schema, extract.sha256)
    for tally in extract.tallies:
        yield "tally", (code, *tally)
    if extract.dues:
        yield "dues", (code, *extract.dues)
    for duty in extract.duties:
        yield "obligation", (code, *duty)


def damaged(error: Exception) -> CannotRead:
    """Return the error for unreadable Parquet files, which can be made again from the extracts."""
    return CannotRead(
        say(f"汇总的 Parquet 读不出来：“{error}”", f"The Parquet files cannot be read: {error}"),
        "partyctl rollup collect --rebuild",
    )
