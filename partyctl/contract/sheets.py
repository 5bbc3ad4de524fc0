"""The output of `--json` for imports."""

from typing import TypedDict


class ImportDifference(TypedDict):
    """A value in the sheet that differs from the value in the ledger.

    `remedy` is the command that changes this value in the ledger. `remedy` is null if the import
    itself can change the value.
    """

    column: str
    ledger: str
    sheet: str
    remedy: str | None


class ImportRow(TypedDict):
    """A row of a sheet. Each column in which the row has a value is one more field."""

    id: int | None
    sheet: str
    row: int
    state: str
    differs: list[ImportDifference]


class WrongCell(TypedDict):
    """A cell that cannot be read or is refused."""

    sheet: str
    row: int
    column: str
    value: str
    sentence: str
    kind: str


class ImportErrors(TypedDict):
    """The errors in a file; nothing in the file was stored."""

    errors: list[WrongCell]
    remarks: list[str]


class Imported(TypedDict):
    """The result of an import, or its preview if `dry_run` is true."""

    dry_run: bool
    remarks: list[str]


class MembersImported(Imported):
    """The rows of an imported roster, one for each member."""

    members: list[ImportRow]


class MeetingsImported(Imported):
    """The rows of an imported sheet of meetings."""

    meetings: list[ImportRow]


class AttendanceImported(Imported):
    """The rows of an imported attendance sheet."""

    attendance: list[ImportRow]


class DuesImported(Imported):
    """The rows of an imported dues sheet."""

    entries: list[ImportRow]


class ApplicantsImported(Imported):
    """The rows of an imported sheet of applicants."""

    applicants: list[ImportRow]


class RatingsImported(Imported):
    """The rows of an imported sheet of ratings."""

    ratings: list[ImportRow]


class TalksImported(Imported):
    """The rows of an imported sheet of talks."""

    talks: list[ImportRow]


class DisclosuresImported(Imported):
    """The rows of an imported sheet of disclosures."""

    disclosures: list[ImportRow]
