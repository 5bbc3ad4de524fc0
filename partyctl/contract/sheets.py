"""The output of `--json` for imports."""

from typing import TypedDict


class ImportDifference(TypedDict):
    """A different value; `remedy` is the command for it, if the import does not change it."""

    column: str
    ledger: str
    sheet: str
    remedy: str | None


class ImportRow(TypedDict):
    """A row of a sheet; each filled column of the form is one more field."""

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
    """The errors of a file; nothing of it was written."""

    errors: list[WrongCell]
    remarks: list[str]


class Imported(TypedDict):
    """The result of an import, or its preview with `dry_run`."""

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
