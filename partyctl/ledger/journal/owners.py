"""Which record each row belongs to: a line of an agenda to its meeting, a post to its member."""

from typing import NamedTuple

from partyctl.ledger.reading.nouns import NOUNS


class Owner(NamedTuple):
    """The noun of the record, and the row's column that holds the record's number."""

    noun: str
    column: str


OTHERS = {
    "superior": Owner("superior", "kind"),
    "minutes_file": Owner("minutes-file", "sha256"),
    "announced_year": Owner("announced-year", "id"),
}
"""The tables of what has no noun: nobody shows, corrects or voids it by a number."""

OWNERS = (
    {kind.table: Owner(noun, "id") for noun, kind in NOUNS.items()}
    | {
        lines.table: Owner(noun, lines.owner)
        for noun, kind in NOUNS.items()
        for lines in kind.lines
    }
    | OTHERS
)
"""By table; a test holds it against the tables that there are."""

OUTBOX = ("reminder_digest", "reminder", "reminder_run")
"""Traffic, not facts: what was sent to whom, several changes a day, none of them a person's."""

UNWATCHED = ("journal_entry", "journal_detail", "alembic_version", *OUTBOX)
"""The tables that are no facts: the journal itself, the migrations' own mark, the outbox."""
