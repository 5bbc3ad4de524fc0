"""The output of `--json` for the journal, backups and the ledger file."""

from typing import NotRequired, TypedDict

Cell = str | int | float | bool | None
"""A value as a database row stores it."""


class JournalChange(TypedDict):
    """An entry of the journal: a row before and after a change, or an event, with masked values.

    `said`: the details of the journal entry that are not values of the changed row.
    """

    seq: int
    run: int
    at: str
    actor: str
    command: str
    act: str
    record: str
    row_table: str
    row_key: str
    hash: str
    erased: bool
    old: dict[str, Cell]
    new: dict[str, Cell]
    said: dict[str, object]


class JournalRun(TypedDict):
    """A command that wrote to the journal. `called` describes the records that the command changed.

    `undone_by` is the number of the later command that undid this command.
    """

    run: int
    at: str
    actor: str
    host: str
    command: str
    entries: int
    records: list[str]
    seq: int
    undone_by: int | None
    called: NotRequired[list[str]]
    changes: NotRequired[list[JournalChange]]


class JournalFinding(TypedDict):
    """A problem found by `journal verify`."""

    kind: str
    where: str
    sentence: str


class JournalReport(TypedDict):
    """The result of checking the ledger against its journal."""

    ok: bool
    entries: int
    rows: int
    redacted: int
    anchors: int
    replaced: int
    ledger: str | None
    head: str | None
    findings: list[JournalFinding]


class Redaction(TypedDict):
    """An erasure: the record, and the journal entries whose details were erased.

    `member` is null if the record is not a member. `unclear`: the meetings with speeches that were
    not erased, because another person with the same name may have made them.
    """

    member: int | None
    record: str
    values: int
    entries: list[int]
    unclear: list[int]


class Undone(TypedDict):
    """An undone command, and the records that the command had changed."""

    run: int
    command: str
    at: str
    records: list[str]
    called: list[str]


class BackupMade(TypedDict):
    """A backup as its manifest describes it; `rows` counts the rows of each table."""

    id: str
    path: str
    made_at: str
    schema: int
    size: int
    sha256: str | None
    ledger: str | None
    head: str | None
    reason: str
    rows: dict[str, int]
    partyctl: str
    sqlite: str


class BackupChecked(TypedDict):
    """A backup that was verified, with its problem if there is one."""

    id: str
    path: str
    ok: bool
    code: int
    error: str | None
    ledger: str | None
    head: str | None
    entries: int | None
    rows: int | None


class BackupsChecked(TypedDict):
    """The result of `backup verify`."""

    ok: bool
    backups: list[BackupChecked]


class Restore(TypedDict):
    """The result or preview of a restore.

    `redact_again` lists the records whose erased values came back with the backup.
    """

    dry_run: bool
    file: str
    ledger: str
    schema: int
    restored: str | None
    replaced: str | None
    after: int | None
    head: str | None
    backup: str | None
    aside: str | None
    redact_again: list[str]
    next: str | None


class DoctorFinding(TypedDict):
    """The result of one check of `doctor`: ok, warning or failed."""

    name: str
    state: str
    detail: str
    remedy: str | None
    exit_code: int


class Doctor(TypedDict):
    """The result of `doctor`."""

    ok: bool
    findings: list[DoctorFinding]
