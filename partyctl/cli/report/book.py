"""`partyctl report book`: a year as a PDF book."""

import hashlib
from datetime import date
from pathlib import Path

from partyctl.calendar import Period
from partyctl.cli.output.answers import tell
from partyctl.cli.output.saving import require_ending, require_free, write_file
from partyctl.cli.paper.sources import the_branch
from partyctl.cli.report.book_values import book_values
from partyctl.cli.session import current
from partyctl.contract.papers import ReportBook
from partyctl.language import comma_list, say
from partyctl.show.tables import print_json

PDF = ".pdf"


def write_book(
    year: Period, output: Path | None, on: date, *, replace: bool, as_json: bool
) -> None:
    """Write the book of a year and print its file name. Raises BadUsage, Refused, WrongVersion."""
    path = output or Path(say(f"党建工作年册-{year}{PDF}", f"yearbook-{year}{PDF}"))
    require_ending(path, PDF)
    require_free(path, replace=replace)
    with current.reading(on) as reading:
        values = book_values(reading, the_branch(reading), year)
    from partyctl.papers.book.binding import bind

    bound = bind(values, on)
    write_file(path, bound.content, replace=replace)
    if as_json:
        digest = hashlib.sha256(bound.content).hexdigest()
        answer: ReportBook = {"file": str(path), "sha256": digest, "fonts": bound.faces}
        print_json(answer)
        return
    faces = comma_list(dict.fromkeys(bound.faces.values()))
    tell(say(f"已写出 {path}（字体 {faces}）", f"{path} written (fonts: {faces})"))
