"""The output of `--json` for papers, reports, and lists written to a file."""

from typing import NotRequired, TypedDict


class WrittenPaper(TypedDict):
    """A paper that was written: its template, the fields still empty, and the digest of the file."""

    paper: NotRequired[str]
    file: str
    template: str | None
    blank: list[str]
    sha256: str


class WrittenPapers(TypedDict):
    """Several papers written by one command."""

    paper: NotRequired[str]
    files: list[WrittenPaper]


class PaperRow(TypedDict):
    """A kind of paper in `paper list`: its clause, its fields, and the commands that write it.

    `template`: null if the paper has no Word template, or several templates (`dl-package`).
    """

    paper: str
    title: str
    article: str
    about: str | None
    files: list[str]
    template: str | None
    fields: list[str]
    needs: list[str]
    command: str
    also: str | None


class WrittenList(TypedDict):
    """A list written to a file."""

    file: str
    rows: int
    sha256: str


class WrittenSheet(TypedDict):
    """An entry sheet. `head`: number and hash of the last journal entry when the sheet was made."""

    file: str
    rows: int
    head: str


class ReportPage(TypedDict):
    """The page of a month or a year; `summary` counts the duties by status."""

    file: str
    sha256: str
    summary: dict[str, int]


class ReportBook(TypedDict):
    """The book of a year, and the typefaces used."""

    file: str
    sha256: str
    fonts: dict[str, str]


class ReportInspection(TypedDict):
    """The folder for an inspection; `gaps`: how many duties are overdue or in breach.

    `gaps` and `advised` also count duties that were carried over into the year.
    """

    folder: str
    files: int
    gaps: int
    advised: int
    sha256: str


class ReportHandover(TypedDict):
    """The folder for the clerk's successor; `sha256` is the digest of its manifest."""

    folder: str
    backup: str
    head: str | None
    encrypted: bool
    sha256: str
