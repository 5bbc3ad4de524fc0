"""The output of `--json` for imports."""

from typing import TypedDict


class ImportDifference(TypedDict):
    """A value that differs from the ledger.

    `remedy` is the command that changes the value, if the import does not.
    """

    column: str
    ledger: str
    sheet: str
    remedy: str | None


class ImportRow(TypedDict):
    """A row of a sheet. Each column with a value is a further field."""

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
    """The members of a roster."""

    members: list[ImportRow]


class MeetingsImported(Imported):
    """The meetings of a sheet."""

    meetings: list[ImportRow]


class AttendanceImported(Imported):
    """The attendance of a meeting."""

    attendance: list[ImportRow]


class DuesImported(Imported):
    """The entries of a dues sheet."""

    entries: list[ImportRow]


class ApplicantsImported(Imported):
    """The applicants of a sheet."""

    applicants: list[ImportRow]


class RatingsImported(Imported):
    """The ratings of a review."""

    ratings: list[ImportRow]


class TalksImported(Imported):
    """The talks of a sheet."""

    talks: list[ImportRow]


class DisclosuresImported(Imported):
    """The disclosures of a sheet."""

    disclosures: list[ImportRow]
