"""Read talks and meetings as facts only if they matter to the days in question.

The days in question are those from `since` to `until`. Of most talks and meetings before `since`,
only the month is read. Most talks and meetings after `until` are not read at all. Every talk or
meeting that makes up for a missed period is read as a fact, and so is every meeting before `since`
to which a rule could still object. `PLAIN` has, for each kind of meeting, the condition under which
no rule objects to a meeting. `RULES` lists the rules that the conditions in `PLAIN` take into
account. A test compares `RULES` with the catalogue of rules.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from partyctl.law.engine.facts import Fact, Spell, what
from partyctl.law.engine.past import Past
from partyctl.law.engine.values import Talk
from partyctl.ledger.reading.known.typed import read_day, typed_facts
from partyctl.light import NamedTuple
from partyctl.terms import COMMITTEE_POSTS, Noun, Post, TalkKind

PLAIN = {
    "meeting:study": "has_minutes",
    "meeting:members": "notified_on < happened_on AND NOT is_undecided AND {by_secretary}",
    "meeting:committee": "has_minutes AND NOT is_undecided AND {by_committee}",
    "meeting:cell": "true",
    "meeting:theme-day": "true",
}
"""For each kind of meeting, the SQL condition under which no rule objects to a meeting.

Meetings before `since` are always read as facts if their kind is not listed here."""

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
"""The rules that use facts about talks, or about meetings of the kinds in `PLAIN`."""

KEPT = "makes_up IS NOT NULL OR (CASE what {plain} END) IS NOT TRUE"
"""The SQL condition under which a meeting before `since` is read as a fact."""

EARLIER_MEETINGS = """
SELECT what, subject_kind, subject_id,
    group_concat(CASE WHEN makes_up IS NULL THEN substr(happened_on, 1, 7) END),
    group_concat(CASE WHEN {kept} THEN record_id END)
FROM meeting_fact WHERE branch_id = :branch AND happened_on < :since
GROUP BY what, subject_kind, subject_id
"""
"""For each kind of meeting and each body: the months of the earlier meetings that do not make up
for a missed period, and the numbers of the earlier meetings that are read as facts."""

MEETINGS = """branch_id = :branch
    AND (happened_on >= :since OR record_id IN (SELECT value FROM json_each(:kept)))
    AND (happened_on <= :until OR makes_up IS NOT NULL)"""

PAIRS = """
SELECT what, happened_on, record_id, makes_up, one_id, two_id FROM talk_fact
WHERE branch_id = :branch AND (happened_on <= :until OR makes_up IS NOT NULL)
"""
"""Each row is a pair of people who talked, so `talk_part_fact` need not be read."""

PART = what(TalkKind.PART)
"""The kind of fact that says that a member took part in a talk."""


Pair = tuple[str, str, int, str | None, int, int]
"""A row of `PAIRS`."""


class Found(NamedTuple):
    """The facts that were read, and the months of the records that were not read as facts."""

    facts: Iterator[Fact]
    months: Past


class Activities(NamedTuple):
    """Reads a branch's talks and meetings for a question about the days from `since` to `until`."""

    branch: int
    since: date
    until: date

    def talks(self, ledger: sqlite3.Connection, spells: Iterable[Spell]) -> Found:
        """The talks.

        A talk before `since` or after `until` is read as a fact only if it makes up for a missed
        period.
        """
        since = str(self.since)
        in_full: list[Pair] = []
        talked: dict[str, set[str]] = defaultdict(set)
        took_part: dict[int, set[str]] = defaultdict(set)
        for pair in ledger.execute(PAIRS, self._values()):
            kind, on, _, makes_up, one, two = pair
            if on >= since or makes_up:
                in_full.append(pair)
                continue
            month = on[:7]
            talked[kind].add(month)
            took_part[one].add(month)
            took_part[two].add(month)
        months = {(kind, Noun.BRANCH, self.branch): each for kind, each in talked.items()} | {
            (PART, Noun.MEMBER, who): each for who, each in took_part.items()
        }
        return Found(
            self._facts_of_talks(in_full, spells),
            {about: ",".join(sorted(each)) for about, each in months.items()},
        )

    def _facts_of_talks(self, pairs: Iterable[Pair], spells: Iterable[Spell]) -> Iterator[Fact]:
        """Yield a fact of the branch for each pair, and facts of the members who took part.

        A member of the branch gets one fact for each talk.
        """
        members = {spell.subject_id for spell in spells if spell.role == "member"}
        parts: set[tuple[int, int]] = set()
        for kind, on, number, makes_up, one, two in pairs:
            talk: Fact = Fact(
                what=kind,
                on=read_day(on),
                subject_kind=Noun.BRANCH,
                subject_id=self.branch,
                branch_id=self.branch,
                record_kind=Noun.TALK,
                record_id=number,
                makes_up=makes_up,
                of=Talk(one_id=one, two_id=two),
            )
            yield talk
            for who in members.intersection((one, two)):
                if (
                    number,
                    who,
                ) not in parts:  # in a talk of three people, each person is in two pairs
                    parts.add((number, who))
                    yield talk.about(PART, Noun.MEMBER, who)

    def meetings(self, ledger: sqlite3.Connection, spells: Iterable[Spell]) -> Found:
        """The meetings. `KEPT` says which earlier meetings are read as facts."""
        values = self._values()
        chairs = {"by_secretary": (Post.BRANCH_SECRETARY,), "by_committee": COMMITTEE_POSTS}
        held = list(spells)
        by = {name: _chaired_by(posts, held, values) for name, posts in chairs.items()}
        plain = " ".join(f"WHEN '{kind}' THEN {sql.format(**by)}" for kind, sql in PLAIN.items())
        earlier = EARLIER_MEETINGS.format(kept=KEPT.format(plain=plain))
        months, kept = {}, []
        for kind, subject, number, held_in, numbers in ledger.execute(earlier, values):
            if held_in and kind in PLAIN:
                months[kind, subject, number] = held_in
            kept += [numbers] if numbers else []
        values |= {"kept": f"[{','.join(kept)}]"}
        return Found(typed_facts(ledger, "meeting_fact", MEETINGS, values), months)

    def _values(self) -> dict[str, int | str]:
        return {"branch": self.branch, "since": str(self.since), "until": str(self.until)}


def _chaired_by(
    posts: Iterable[Post], spells: Iterable[Spell], values: dict[str, int | str]
) -> str:
    """The SQL condition that a meeting's chair held one of the posts on the day of the meeting.

    People and days are not written into the SQL text, but added to `values`. So the text is the
    same for all branches, and SQLite prepares the statement only once.
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
