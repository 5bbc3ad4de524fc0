"""The Parquet of a hub, made anew from the extracts of a month: what questions are asked of.

`parquet/TABLE/month=…/organ=…/part.parquet`, one file a month and organ. A month that is being made is
marked as stale, so that a run that was cut off is made good by the next.
"""

import csv
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partyctl.errors import BadUsage, CannotRead, PartyctlError
from partyctl.language import say
from partyctl.ledger.file import files, handed_in
from partyctl.rollup import packet
from partyctl.rollup.extract import Extract
from partyctl.rollup.hub import Hub
from partyctl.rollup.reading import read

if TYPE_CHECKING:
    import duckdb

OWN = "own"
"""The partition of the hub's own organ; an organ that passes up its hub has its code."""

TABLES = {
    "tally": "code VARCHAR, chapter VARCHAR, rule VARCHAR, layer VARCHAR, strength VARCHAR, "
    "period VARCHAR, status VARCHAR, n INTEGER",
    "obligation": "code VARCHAR, rule VARCHAR, subject_kind VARCHAR, subject_key VARCHAR, opens DATE, "
    "due DATE, status VARCHAR, proved_on DATE, provisional BOOLEAN",
    "dues": "code VARCHAR, members INTEGER, owed_fen BIGINT, paid_fen BIGINT, unpaid_members INTEGER",
    "extract": "code VARCHAR, ledger VARCHAR, branch INTEGER, as_of DATE, head VARCHAR, "
    "previous_head VARCHAR, rules VARCHAR, program VARCHAR, schema_number INTEGER, sha256 VARCHAR",
}
"""The tables, and their columns; month and organ are the names of the folders."""

NOTHING = "\\N"
"""What stands for nothing between us and DuckDB; an empty text is a text."""

AS_WRITTEN = (
    "auto_detect = false, header = false, delim = ',', quote = '\"', escape = '\"', "
    f"new_line = '\\n', nullstr = '{NOTHING}'"
)
"""How DuckDB reads what `csv` writes; an empty file has nothing to find it out by."""

Cells = tuple[Any, ...]


def engine() -> "duckdb.DuckDBPyConnection":
    """DuckDB, which fetches nothing from outside. Raises BadUsage where it is not installed."""
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


def refresh(hub: Hub, months: Iterable[str]) -> None:
    """Make the Parquet of some months anew, and of those that a cut-off run left stale."""
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
    rows = _rows_of(hub, month)
    for table, columns in TABLES.items():
        folder = hub.folder / "parquet" / table / f"month={month}"
        for organ in {OWN, *(organ for organ, of in rows if of == table)}:
            place = folder / f"organ={organ}" / "part.parquet"
            store(database, columns, rows.get((organ, table), []), place)


def store(
    database: "duckdb.DuckDBPyConnection", columns: str, rows: list[Cells], place: Path
) -> None:
    """Write rows as a Parquet file, all at once; one that is there is replaced."""
    files.create_folder(place.parent)
    text, draft = files.draft_of(place.with_suffix(".csv")), files.draft_of(place)
    files.create_file(text)
    files.create_file(draft)
    try:
        with text.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(map(_told, rows))
        typed = ", ".join(f"'{name}': '{kind}'" for name, kind in _columns(columns))
        given = f"read_csv({quoted(text)}, columns = {{{typed}}}, {AS_WRITTEN})"
        wanted = f"{quoted(draft)} (FORMAT parquet, COMPRESSION zstd)"
        database.execute(f"COPY (SELECT * FROM {given}) TO {wanted}")
        draft.chmod(0o600)
        files.sync(draft)
        draft.replace(place)
    finally:
        files.discard(text)
        files.discard(draft)


def _told(row: Cells) -> list[Any]:
    return [NOTHING if cell is None else cell for cell in row]


def _columns(columns: str) -> list[tuple[str, str]]:
    return [(name, kind) for name, kind in (each.split() for each in columns.split(", "))]


def quoted(path: Path) -> str:
    """A path as it stands in a question. Raises BadUsage for a name that is no Unicode."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise BadUsage(
            say("文件夹的名称不是 UTF-8。", "The folder's name is no UTF-8."), "ls"
        ) from None
    return "'" + str(path).replace("'", "''") + "'"


def _rows_of(hub: Hub, month: str) -> dict[tuple[str, str], list[Cells]]:
    """The rows of a month, by organ and table."""
    rows: dict[tuple[str, str], list[Cells]] = {}
    for organ, code, extract in extracts(hub, month):
        for table, cells in cells_of(code, extract):
            rows.setdefault((organ, table), []).append(cells)
    return rows


def extracts(hub: Hub, month: str) -> Iterator[tuple[str, str, Extract]]:
    """The extracts of a month with organ and code; one that was damaged is for `verify` to name."""
    for unit in hub.reported(month):
        with suppress(PartyctlError, OSError):
            content = handed_in.read(hub.place_of(unit, month), packet.MOST_MB)
            if not packet.is_packet(content):
                yield OWN, unit.code, read(content)
                continue
            for each in packet.read_packet(content).sent:
                yield unit.code, f"{unit.code}/{each.code}", each.extract


def cells_of(code: str, extract: Extract) -> Iterator[tuple[str, Cells]]:
    """The rows of an extract, each with its table."""
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
    """The Parquet cannot be read; the extracts, from which it is made, stand beside it."""
    return CannotRead(
        say(f"汇总的 Parquet 读不出来：{error}", f"The Parquet cannot be read: {error}"),
        "partyctl rollup collect --rebuild",
    )
