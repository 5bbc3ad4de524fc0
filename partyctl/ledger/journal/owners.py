"""Which record each row belongs to: an agenda item to its meeting, a post to its member."""

from partyctl.ledger.reading.nouns import NOUNS
from partyctl.light import NamedTuple


class Owner(NamedTuple):
    """The record's noun, and the column with the record's number."""

    noun: str
    column: str


OTHERS = {
    "superior": Owner("superior", "kind"),
    "minutes_file": Owner("minutes-file", "sha256"),
    "announced_year": Owner("announced-year", "id"),
}
"""Tables without a noun: commands cannot show, correct or void their rows by number."""

OWNERS = (
    {kind.table: Owner(noun, "id") for noun, kind in NOUNS.items()}
    | {
        lines.table: Owner(noun, lines.owner)
        for noun, kind in NOUNS.items()
        for lines in kind.lines
    }
    | OTHERS
)
"""By table; a test compares it with the schema."""

OUTBOX = ("reminder_digest", "reminder", "reminder_run")
"""The outbox is not facts: its messages change several times a day, and nobody edits them."""

KEPT = ("answer",)
"""Answers computed from the facts: deleting them loses nothing."""

UNWATCHED = ("journal_entry", "journal_detail", "alembic_version", *OUTBOX, *KEPT)
"""The tables that hold no facts: the journal itself, the migrations' mark, the outbox, kept answers."""
