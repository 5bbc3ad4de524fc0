"""`-o FILE.xlsx|.csv|.html`, an option of commands that print tables: write them to a file.

The command runs as usual, but its tables are collected and then written to the file. The file
therefore has the rows that the screen would show, in that order and with the same masked fields.
"""

import hashlib
import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from partyctl.bilingual import many
from partyctl.cli.input.dates import today
from partyctl.cli.output.answers import tell
from partyctl.cli.output.saving import Replace, require_ending, require_free, write_file
from partyctl.cli.session import current
from partyctl.contract.papers import WrittenList
from partyctl.errors import BadUsage, PartyctlError
from partyctl.language import say, speaks_english
from partyctl.ledger.file.opening import open_for_reading
from partyctl.papers.listings.listing import Block, Listing, Row, shown, whole_lines
from partyctl.show.papers import printed_foot
from partyctl.show.tables import Printed, Table, kept, print_json

Answer = Callable[..., None]

ENDINGS = (".xlsx", ".csv", ".html")
ToFile = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE.xlsx|.csv|.html",
        help=say("写到文件，不显示", "write to a file instead of the screen"),
    ),
]


def to_file(chinese: str, english: str, *, of_ledger: bool = True) -> Callable[[Answer], Answer]:
    """Add -o and --replace to a command; `chinese` and `english` are the title in the file.

    With `of_ledger`, the file ends with the ledger's ID and its journal head (number and hash of the
    newest journal entry).
    """

    def with_options(answer: Answer) -> Answer:
        @wraps(answer)
        def answered(
            *args: Any,  # noqa: ANN401 - the list's own options, handed on
            output: Path | None = None,
            replace: bool = False,
            **options: Any,  # noqa: ANN401 - the list's own options, handed on
        ) -> None:
            if output is None:
                _require_file(replace=replace)
                answer(*args, **options)
                return
            foot = _foot() if of_ledger else ""
            name = say(chinese, english)
            _write(answer, args, options, output, name, foot, replace=replace)

        answered.__signature__ = _with_options(inspect.signature(answer))  # type: ignore[attr-defined] # Typer reads this
        return answered

    return with_options


def _with_options(own: inspect.Signature) -> inspect.Signature:
    keyword = inspect.Parameter.KEYWORD_ONLY
    added = [
        inspect.Parameter("output", keyword, default=None, annotation=ToFile),
        inspect.Parameter("replace", keyword, default=False, annotation=Replace),
    ]
    return own.replace(parameters=[*own.parameters.values(), *added])


def _require_file(*, replace: bool) -> None:
    if replace:
        raise BadUsage(
            say("--replace 只和 -o 一起用。", "--replace needs -o."), "-o FILE.xlsx --replace"
        )


def _write(
    answer: Answer,
    args: tuple[Any, ...],
    options: dict[str, Any],
    path: Path,
    name: str,
    foot: str,
    *,
    replace: bool,
) -> None:
    """Run a command, write its output to a file, and exit with the command's exit code.

    Raises BadUsage, Refused.
    """
    require_ending(path, *ENDINGS)
    require_free(path, replace=replace)
    as_json = options.pop("as_json", False)
    code = 0
    with kept() as printed:
        try:
            answer(*args, **options)
        except typer.Exit as done:
            code = done.exit_code
    listing = _listing(name, printed, foot)
    content = _content(listing, path.suffix.lower())
    write_file(path, content, replace=replace)
    _tell(path, content, sum(len(block.rows) for block in listing.blocks), as_json=as_json)
    if code:
        raise typer.Exit(code)


def _tell(path: Path, content: bytes, rows: int, *, as_json: bool) -> None:
    if as_json:
        digest = hashlib.sha256(content).hexdigest()
        answer: WrittenList = {"file": str(path), "rows": rows, "sha256": digest}
        print_json(answer)
        return
    tell(say(f"已写出 {path}（{rows} 行）", f"{path} written, {many(rows, 'row')}"))


def _content(listing: Listing, ending: str) -> bytes:
    if ending == ".csv":
        from partyctl.papers.listings.csv_file import as_csv

        return as_csv(listing)
    if ending == ".html":
        from partyctl.papers.listings.html_file import as_html

        return as_html(listing, "en" if speaks_english() else "zh-CN")
    from partyctl.papers.listings.workbook import as_workbook

    return as_workbook(listing, today())


def _listing(name: str, printed: Printed, foot: str) -> Listing:
    parts: list[Block | str] = []
    texts: list[str] = []
    for part in printed:
        if isinstance(part, str):
            texts.append(part)
            continue
        parts += whole_lines(texts)
        parts.append(_block(part))
        texts = []
    parts += whole_lines(texts)
    # Some commands also print the journal head. Leave this line out, because the file's footer
    # contains the journal head.
    told = (part for part in parts if not (isinstance(part, str) and part in foot))
    return Listing(name, tuple(told), foot)


def _block(table: Table) -> Block:
    """Return a table for the file; a text shown below a row on screen goes into the last column."""
    headings, lines = table.headings, table.lines
    has_more = any(line.below for line in lines)
    if has_more:
        headings = (*headings, say("办法或凭据", "remedy or proof"))
    rows = []
    for line in lines:
        cells = (*line.cells, (line.below or "").removeprefix("→ ")) if has_more else line.cells
        rows.append(Row(tuple(map(shown, cells)), line.tone))
    return Block(shown(table.title), tuple(map(shown, headings)), tuple(rows))


def _foot() -> str:
    """Return the ledger's ID and its journal head, or an empty text if no ledger can be read."""
    try:
        with open_for_reading(current.ledger_path()) as ledger:
            return printed_foot(ledger)
    except PartyctlError:
        return ""
