"""Which record each row belongs to: a line of an agenda to its meeting, a post to its member."""

from typing import NamedTuple


class Owner(NamedTuple):
    """The noun of the record, and the row's column that holds the record's number."""

    noun: str
    column: str


OWNERS = {
    "organ": Owner("organ", "id"),
    "superior": Owner("superior", "kind"),
    "branch": Owner("branch", "id"),
    "cell": Owner("cell", "id"),
    "member": Owner("member", "id"),
    "appointment": Owner("member", "member_id"),
    "leadership": Owner("member", "member_id"),
    "staff": Owner("staff", "id"),
    "meeting": Owner("meeting", "id"),
    "meeting_kind": Owner("meeting", "meeting_id"),
    "agenda_item": Owner("meeting", "meeting_id"),
    "attendance": Owner("meeting", "meeting_id"),
    "minutes_file": Owner("minutes-file", "sha256"),
    "dues_entry": Owner("dues", "id"),
    "dues_assessment": Owner("dues", "entry_id"),
    "dues_payment": Owner("dues", "entry_id"),
    "dues_payment_line": Owner("dues", "entry_id"),
    "dues_exemption": Owner("dues", "entry_id"),
    "dues_lapse": Owner("dues", "entry_id"),
    "plan": Owner("plan", "id"),
}
"""By table; a test holds it against the tables that there are."""

UNWATCHED = ("journal_entry", "journal_detail", "alembic_version")
"""The tables that are no facts: the journal itself, and the migrations' own mark."""
