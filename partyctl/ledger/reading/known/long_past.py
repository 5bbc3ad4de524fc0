"""Read facts of the years before the years in question; of most facts, only the month is read.

A talk or meeting of an earlier year is read as a fact only if a rule could still object to it.
`PLAIN` is the condition, by kind of meeting, under which no rule objects. `RULES` lists the rules
that the conditions in `PLAIN` take into account. A test compares `RULES` with the catalogue of
rules.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from partyctl.law.engine.facts import Fact, Spell, what
from partyctl.law.engine.past import Past
from partyctl.ledger.reading.known.typed import typed_facts
from partyctl.ledger.views.sources import TALKS
from partyctl.light import NamedTuple
from partyctl.terms import COMMITTEE_POSTS, Noun, Post, TalkKind

PLAIN = {
    "meeting:study": "has_minutes",
    "meeting:members": "notified_on < happened_on AND NOT is_undecided AND {by_secretary}",
    "meeting:committee": "has_minutes AND NOT is_undecided AND {by_committee}",
    "meeting:cell": "true",
    "meeting:theme-day": "true",
}
"""The SQL condition under which no rule objects to a meeting, by kind. Other kinds are always read."""

RULES = frozenset(
    {
        "study-session",
        "study-record",
        "members-meeting",
        "members-meeting-chair",
        "members-meeting-notice",
        "members-meeting-resolution",
        "committee-meeting",
        "committee-meeting-chair",
        "committee-minutes",
        "cell-meeting",
        "theme-day",
        "talk-committee",
        "talk-committee-member",
        "talk-members",
        "talk-coverage",
    }
)
"""The rules that use facts about meetings of these kinds, or about talks."""

OF_YEARS_PAST = "branch_id = :branch AND happened_on < :since AND makes_up IS NULL"
OTHERS = "branch_id = :branch AND (happened_on >= :since OR makes_up IS NOT NULL {or_else})"
MONTHS = """
SELECT what, subject_kind, subject_id, group_concat(substr(happened_on, 1, 7))
FROM meeting_fact WHERE {where} GROUP BY what, subject_kind, subject_id
"""
PAIRS = """
SELECT what, subject_kind, subject_id, one_id, two_id, substr(happened_on, 1, 7)
FROM talk_fact WHERE {where}
"""
"""Each row is a pair of people who talked, so `talk_part_fact` need not be read."""

PART = what(TalkKind.PART)
"""A member's part in a talk."""


class LongPast(NamedTuple):
    """Reads a branch's facts for a question about some years; `day` is the first day of these years."""

    branch: int
    day: date

    @property
    def values(self) -> dict[str, int | str]:
        """The parameters of both WHERE clauses."""
        return {"branch": self.branch, "since": self.day.isoformat()}

    def months(self, ledger: sqlite3.Connection) -> Past:
        """The months of earlier years with talks and meetings, by kind and subject."""
        kinds = ", ".join(f"'{kind}'" for kind in PLAIN)
        meetings = MONTHS.format(where=f"{OF_YEARS_PAST} AND what IN ({kinds})")
        found: dict[tuple[str, str, int], str] = {
            (fact, kind, number): months
            for fact, kind, number, months in ledger.execute(meetings, self.values)
        }
        pairs = PAIRS.format(where=OF_YEARS_PAST)
        talked: dict[tuple[str, str, int], set[str]] = defaultdict(set)
        for fact, kind, number, one, two, month in ledger.execute(pairs, self.values):
            talked[fact, kind, number].add(month)
            talked[PART, Noun.MEMBER, one].add(month)
            talked[PART, Noun.MEMBER, two].add(month)
        return found | {about: ",".join(sorted(months)) for about, months in talked.items()}

    def talks(self, ledger: sqlite3.Connection) -> Iterator[Fact]:
        """The talks of the years in question, and older talks that make up for a missed period."""
        for view in TALKS:
            yield from typed_facts(ledger, view, OTHERS.format(or_else=""), self.values)

    def meetings(self, ledger: sqlite3.Connection, spells: Iterable[Spell]) -> Iterator[Fact]:
        """The meetings of the years in question, and older meetings that may break a rule."""
        chairs = {"by_secretary": (Post.BRANCH_SECRETARY,), "by_committee": COMMITTEE_POSTS}
        held = list(spells)
        values = self.values
        by = {name: _chaired_by(posts, held, values) for name, posts in chairs.items()}
        cases = " ".join(f"WHEN '{kind}' THEN {sql.format(**by)}" for kind, sql in PLAIN.items())
        flawed = f"(CASE what {cases} END) IS NOT TRUE"
        where = OTHERS.format(or_else=f"OR {flawed}")
        yield from typed_facts(ledger, "meeting_fact", where, values)


def _chaired_by(
    posts: Iterable[Post], spells: Iterable[Spell], values: dict[str, int | str]
) -> str:
    """The SQL condition that a meeting's chair held one of the posts on the day of the meeting.

    People and days are added to `values`, so that branches share the statement and SQLite prepares it once.
    """
    wanted, terms = set(posts), []
    for spell in spells:
        if spell.role in wanted:
            n = len(values)
            values |= {
                f"chair{n}": spell.subject_id,
                f"from{n}": str(spell.from_on or date.min),
                f"to{n}": str(spell.to_on or date.max),
            }
            terms.append(f"chair_id = :chair{n} AND happened_on BETWEEN :from{n} AND :to{n}")
    return f"({' OR '.join(terms) or 'false'})"
