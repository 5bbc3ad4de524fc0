"""The record that each row belongs to: an agenda item belongs to a meeting, a post to a member."""

from partyctl.ledger.reading.nouns import NOUNS
from partyctl.light import NamedTuple


class Owner(NamedTuple):
    """The record that owns a row: its noun (such as meeting), and the column with its number."""

    noun: str
    column: str


OTHERS = {
    "superior": Owner("superior", "kind"),
    "minutes_file": Owner("minutes-file", "sha256"),
    "announced_year": Owner("announced-year", "id"),
}
"""The owners of rows in the tables that NOUNS (meeting, member and others) does not contain.

Commands cannot show, correct or void these rows by number.
"""

OWNERS = (
    {kind.table: Owner(noun, "id") for noun, kind in NOUNS.items()}
    | {
        lines.table: Owner(noun, lines.owner)
        for noun, kind in NOUNS.items()
        for lines in kind.lines
    }
    | OTHERS
)
"""The owner of each table's rows, keyed by table. A test compares these tables with the schema."""

OUTBOX = ("reminder_digest", "reminder", "reminder_run")
"""The tables of the outbox.

These tables contain messages, not facts. The journal does not record changes to the outbox, because
the outbox changes several times a day and no clerk edits it.
"""

KEPT = ("answer",)
"""The table of stored answers. Deleting answers loses nothing: they can be computed again."""

UNWATCHED = ("journal_entry", "journal_detail", "alembic_version", *OUTBOX, *KEPT)
"""The tables without facts: the journal itself, the schema's version, the outbox, stored answers."""
