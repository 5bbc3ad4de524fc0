"""Make an extract from a ledger; the extract has no names."""

import json
from collections.abc import Iterator
from hashlib import sha256
from sqlite3 import Connection

from partyctl import __version__
from partyctl.calendar import Period
from partyctl.cli.session.reading import Reading
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.dues.status import Standing, standings
from partyctl.law.engine.obligations import obligations
from partyctl.law.engine.owed import Wanted
from partyctl.law.questions.scoreboard import Item, placed
from partyctl.ledger.file.opening import SCHEMA
from partyctl.ledger.reading.bodies import Branch
from partyctl.light import NamedTuple
from partyctl.rollup.counting import FEW, digest_of_rules, rows, summed, tallied
from partyctl.rollup.extract import Extract, Header
from partyctl.show.papers import mark

NOTES = """
SELECT entry.seq, detail.detail FROM journal_entry AS entry
JOIN journal_detail AS detail ON detail.seq = entry.seq
WHERE entry.act = 'extract' ORDER BY entry.seq DESC LIMIT 500
"""
LAST_WRITTEN = """
SELECT seq, substr(hash, 1, 16) FROM journal_entry WHERE act <> 'extract' ORDER BY seq DESC LIMIT 1
"""
SECRET = "SELECT salt FROM journal_detail WHERE seq = 1"


class Heads(NamedTuple):
    """The head of an extract, and the head of the branch's previous extract.

    When an extract is made, the last journal entry that is not about an extract is looked up. The
    head is the number of this entry and the start of its hash. `noted` means that the journal
    already records this extract.
    """

    head: str
    previous: str | None
    noted: bool


class Judged(NamedTuple):
    """The results of some branches for a month: duties, number of members, and dues."""

    items: list[Item]
    members: int
    standings: list[Standing]


class Note(NamedTuple):
    """What the journal records about an extract.

    `rows`: whether the extract lists the duties one by one, in addition to the counts.
    """

    branch: int
    month: str
    as_of: str
    rows: bool
    head: str


def extract_of(
    reading: Reading, branches: list[Branch], number: int, month: Period, *, with_rows: bool
) -> tuple[Extract, Heads]:
    """Make the extract of one or all branches of a ledger.

    `number`: the number of the branch, or 0 if the extract is about all branches.
    """
    judged = _judged(reading, branches, month)
    coarse = judged.members < FEW
    note = Note(number, month.name, reading.on.isoformat(), with_rows and not coarse, "")
    heads = heads_of(reading.ledger, note)
    header = Header(
        mark(reading.ledger),
        number,
        month.name,
        reading.on.isoformat(),
        heads.head,
        heads.previous,
        __version__,
        SCHEMA,
        digest_of_rules(CATALOGUE, reading.rulebook, reading.on),
        coarse,
    )
    dues = None if coarse else summed(judged.standings)
    duties = rows(judged.items, secret_of(reading.ledger)) if note.rows else ()
    return Extract(header, tallied(judged.items, coarse=coarse), dues, duties), heads


def _judged(reading: Reading, branches: list[Branch], month: Period) -> Judged:
    """Judge only the duties of this month; earlier duties are in the extracts of earlier months."""
    day, wanted = min(month.last, reading.on), Wanted(month.first, month.last)
    items: list[Item] = []
    members: set[int] = set()
    found: list[Standing] = []
    for branch in branches:
        known = reading.known(branch)
        owed = obligations(list(CATALOGUE), known, reading.rulebook, wanted)
        items += (each for each in placed(owed, branch.name, month) if not each.carried_over)
        if branch != reading.group:
            members |= {s.subject_id for s in known.spells["member"] if s.covers(day)}
            found += standings(known, month, {})
    return Judged(items, len(members), found)


def heads_of(ledger: Connection, note: Note) -> Heads:
    """Return the head of an extract, and the head of the branch's previous extract (see `Heads`).

    If the same extract is made again, and only extracts were recorded in between, the heads are the
    same as the first time.
    """
    seq, digest = ledger.execute(LAST_WRITTEN).fetchone()
    notes = list(_notes(ledger))
    for place, (noted_at, each) in enumerate(notes):
        if noted_at > seq and each._replace(head="") == note:
            return Heads(each.head, _before(notes[place + 1 :], note), noted=True)
    return Heads(f"{seq}-{digest}", _before(notes, note), noted=False)


def _before(notes: list[tuple[int, Note]], note: Note) -> str | None:
    return next((each.head for _, each in notes if each.branch == note.branch), None)


def _notes(ledger: Connection) -> Iterator[tuple[int, Note]]:
    for seq, detail in ledger.execute(NOTES):
        said = json.loads(detail)
        if said.keys() >= set(Note._fields):
            yield seq, Note(**{name: said[name] for name in Note._fields})


def secret_of(ledger: Connection) -> bytes:
    """Return this ledger's secret, from which the numbers that replace names are derived.

    The secret is computed from the salt of the first journal entry.
    """
    (salt,) = ledger.execute(SECRET).fetchone()
    return sha256(b"partyctl-extract\0" + bytes.fromhex(salt)).digest()


def note_of(extract: Extract, *, with_rows: bool) -> Note:
    """Return what the journal must record about an extract."""
    header = extract.header
    return Note(
        header.branch, header.month, header.as_of, with_rows and not header.coarse, header.head
    )
