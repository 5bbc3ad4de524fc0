"""Duties that only national texts require: a term of office, a branch's size, hours of study."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from partyctl import calendar
from partyctl.bilingual import COMMA, Told, joined, many
from partyctl.calendar import Period
from partyctl.errors import Run
from partyctl.law.engine.case_duty import Deadline, Each, Met, Window
from partyctl.law.engine.facts import ONE_DAY, Fact, Subject, what
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import Proof, Wanted, proof_of
from partyctl.law.engine.rule import Obligation, Rule, Shape
from partyctl.law.engine.scope import Owing
from partyctl.law.engine.values import Election
from partyctl.light import NamedTuple
from partyctl.terms import COMMITTEE_POSTS, Noun, Status, StudyAct


def not_yet(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """Return None: no record satisfies this duty. A new election day for the branch ends it."""
    return None


def the_branch(case: Fact[Election], known: Known) -> Iterator[Subject]:
    """The branch whose committee has this term of office."""
    yield Subject(case.subject_kind, case.subject_id, case.of.branch)


class TermOfOffice(Deadline, kw_only=True):
    """A term of office in months. The duty to elect opens `ahead` months before the term ends."""

    months: int = 36
    ahead: int = 6
    met: Met = not_yet
    each: Each = the_branch
    whose: Noun | None = Noun.BRANCH

    def words(self, numbers: Told) -> Told:
        """Words that say how long a term is, and how early the reminder comes."""
        return Told(
            f"每 {numbers.chinese}换届，提前 {self.ahead} 个月提醒",
            f"every {numbers.english}; a reminder comes {self.ahead} months before",
        )

    def window(self, case: Fact, known: Known) -> Window | None:
        """The duty opens `ahead` months before the term ends, and is due when it ends."""
        opens = calendar.months_after(case.on, max(self.months - self.ahead, 0))
        return Window(opens, calendar.months_after(case.on, self.months))


class Flaw(NamedTuple):
    """What is wrong with a branch's size: too few members, or no committee."""

    members: int
    lacks_committee: bool


ONE_MORE = "member add … --joined …"
"""The command that adds a member, as the remedy for a branch with too few members."""


class Size(Shape):
    """A branch needs at least `fewest` full members.

    A branch with `committee_from` or more full members also needs a committee.
    """

    fewest: int = 3
    committee_from: int = 7

    def words(self, numbers: Told) -> Told:
        """Words that say how many full members a branch needs, and how many make a committee necessary."""
        return Told(
            f"正式党员 {self.fewest} 人以上，{self.committee_from} 人以上设支委会",
            f"{many(self.fewest, 'full member')}; {self.committee_from} or more need a committee",
        )

    def judge(self, rule: Rule, known: Known, wanted: Wanted) -> Iterator[Obligation]:
        """Return an obligation for each branch.

        The obligation opens on the last day on which the branch's size became wrong, or became
        right again. If the size never changed in this way, it opens on the first day of the ledger
        or of the branch.
        """
        for subject, spells in known.in_role("branch").items():
            start = max(known.since, spells[0].from_on or date.min)
            if start > known.on:
                continue
            since, flaw = self._present(known, start, subject)
            if flaw is not None or wanted.settled(since):
                yield self._obligation(rule, known, subject, since, flaw)

    def _obligation(
        self, rule: Rule, known: Known, branch: Subject, since: date, flaw: Flaw | None
    ) -> Obligation:
        if flaw is None:
            proof = Proof(branch.kind, branch.id, since)
            return Obligation(rule, branch, None, since, since, Status.MET, proof)
        status = rule.wrong(Status.BREACH)
        remedy = Run(f"{known.command} {ONE_MORE}")
        if flaw.lacks_committee:
            remedy = rule.command(known, branch, since.isoformat())
        note = Told(f"正式党员 {flaw.members} 人", many(flaw.members, "full member"))
        if flaw.lacks_committee:
            note = joined((note, Told("未设支委会", "no committee")), COMMA)
        return Obligation(rule, branch, None, since, since, status, None, remedy, note)

    def _present(self, known: Known, start: date, branch: Subject) -> tuple[date, Flaw | None]:
        """What is wrong with a branch's size on the day of `known`, and since when."""
        since, wrong, members = start, None, 0
        for day, change in sorted(_changes(known, start).items()):
            if day > known.on:
                break
            members += change
            has_committee = known.holds(branch.id, "branch-with-committee", day)
            lacking = members >= self.committee_from and not has_committee
            now = "few" if members < self.fewest else "committee" if lacking else None
            if now != wrong or day == start:
                since, wrong = day, now
        flaw = Flaw(members, wrong == "committee") if wrong else None
        return since, flaw


def _changes(known: Known, start: date) -> dict[date, int]:
    """The change in the number of full members on each day.

    A change before the day `start` is added to the change on the day `start`.
    """
    found: dict[date, int] = defaultdict(int)
    found[start] = 0
    last_days = {spell.subject_id: spell.to_on for spell in known.spells["member"]}
    for role, sign in (("member", 1), ("probationary", -1), ("branch-with-committee", 0)):
        for spell in known.spells[role]:
            # End the probation when the member leaves. Otherwise the member would be subtracted as
            # a probationary member even after leaving.
            left_on = last_days.get(spell.subject_id) if role == "probationary" else None
            to_on = min(filter(None, (spell.to_on, left_on)), default=None)
            found[max(spell.from_on or start, start)] += sign
            if to_on is not None:
                found[max(to_on + ONE_DAY, start)] -= sign
    return found


HALF = 2


class Hours(Shape, kw_only=True):
    """Each member must study a number of hours per year; committee members need more hours.

    A year is judged only if the ledger has hours of at least one member for this year.
    """

    of: StudyAct
    hours: int = 32
    on_committee: int = 56

    def words(self, numbers: Told) -> Told:
        """Words that say how many hours members and committee members must study."""
        return Told(
            f"每年 {self.hours} 学时，支委 {self.on_committee} 学时",
            f"{many(self.hours, 'hour')} a year, {self.on_committee} for committee members",
        )

    def judge(self, rule: Rule, known: Known, wanted: Wanted) -> Iterator[Obligation]:
        """Return an obligation for each member and year. Years without any recorded hours are left out."""
        years = {str(fact.on.year) for fact in known.facts[what(self.of)]}
        if not years:
            return
        assert isinstance(rule.owed_by, Owing)
        for member, periods in rule.owed_by.periods(known, "year", lambda year: year.last):
            for year in periods:
                if year.name in years:
                    owed = self._obligation(rule, known, member, year)
                    if owed.is_open or wanted.settled(year.last):
                        yield owed

    def _obligation(self, rule: Rule, known: Known, member: Subject, year: Period) -> Obligation:
        day = min(year.last, known.on)
        sits = any(known.holds(member.id, post, day) for post in COMMITTEE_POSTS)
        least, studied = (self.on_committee if sits else self.hours) * HALF, 0
        for fact in known.about.get((what(self.of), member.kind, member.id), []):
            if year.first <= fact.on <= year.last:
                studied += fact.of.half_hours
                if studied >= least:
                    proof, status = proof_of(fact), Status.MET
                    return Obligation(rule, member, year.name, year.first, year.last, status, proof)
        status = Status.DUE if year.last >= known.on else rule.wrong(Status.OVERDUE)
        note = Told(
            f"已 {_hours(studied)} 学时，应 {_hours(least)} 学时",
            f"{_hours(studied)} of {many(_hours(least), 'hour')}",
        )
        remedy = rule.command(known, member, year.name)
        head = (rule, member, year.name, year.first, year.last, status)
        return Obligation(*head, None, remedy, note)


def _hours(halves: int) -> str:
    """Format a number of half hours as hours: 7 becomes 3.5."""
    return f"{halves // HALF}.5" if halves % HALF else str(halves // HALF)
