"""Properties of the engine that hold for every history.

The tests also compute the engine's dates with simpler code, and compare the results.
"""

import calendar as stdlib
from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from partyctl.calendar import period_named, period_of
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.chapters import dues, meetings
from partyctl.law.engine.every import Every
from partyctl.law.engine.facts import Fact, Spell, Subject, what
from partyctl.law.engine.known import Known
from partyctl.law.engine.limits import Size
from partyctl.law.engine.obligations import falls_in, is_carried_over, is_wrong, obligations
from partyctl.law.engine.owed import EVERYTHING, ONLY_OPEN, OPEN, Proof, Wanted
from partyctl.law.engine.requires import Requires
from partyctl.law.engine.rule import Obligation
from partyctl.law.engine.values import Assessment, Exemption, LapseAct, Meeting, Payment
from partyctl.law.questions.scoreboard import Item, Scoreboard
from partyctl.terms import DuesAct, LapseStep, MeetingKind, Payer, PlanKind, Post, Status, Strength
from tests.support.facts import fact

DAY = timedelta(days=1)
START = date(2023, 9, 1)
BRANCH, MEMBER, CELL = ("branch", 1), "member", ("cell", 9)
PEOPLE = {1: "张三", 2: "李四", 3: "王五"}
CADENCES = ("month", "quarter", "year")

histories = settings(max_examples=50, database=None)


class Story(NamedTuple):
    """A history: facts, people and posts, the ledger's first day, and the day asked about."""

    facts: list[Fact]
    spells: list[Spell]
    since: date
    on: date

    def judged(self, wanted: Wanted = EVERYTHING) -> list[Obligation]:
        known = Known(self.facts, self.spells, since=self.since, on=self.on)
        return list(obligations(CATALOGUE, known, None, wanted))


def month_name(place: int) -> str:
    return f"{place // 12:04d}-{place % 12 + 1:02d}"


def walked(first: date, last: date):
    while first <= last:
        yield first
        first += DAY


# Histories

any_day = st.integers(-120, 1100).map(lambda count: START + count * DAY)
any_month = any_day.map(lambda day: period_of("month", day))
days = any_day | any_month.map(lambda month: month.first) | any_month.map(lambda month: month.last)
months = st.integers(2023 * 12 + 5, 2026 * 12 + 6).map(month_name)
people = st.sampled_from(list(PEOPLE))
maybe_day, maybe_month, maybe_person = (st.none() | each for each in (days, months, people))


@st.composite
def roll(draw) -> list[Spell]:
    """The branch, its cell, three members, and the holders of posts."""
    founded, committee = draw(maybe_day), draw(st.booleans())
    bodies = ["branch", "branch-with-committee"][: 1 + committee]
    spells = [Spell(role, *BRANCH, "机关党支部", 1, founded, None) for role in bodies]
    spells.append(Spell("cell", *CELL, "第一组", 1, draw(maybe_day), None))
    for number, name in PEOPLE.items():
        came, stayed = draw(maybe_day), draw(st.none() | st.integers(0, 700))
        left = None if stayed is None else (came or START) + stayed * DAY
        letters = draw(maybe_month), draw(maybe_month) if left else None
        admitted = int(came is not None and draw(st.booleans()))
        spells.append(Spell(MEMBER, MEMBER, number, name, 1, came, left, *letters, admitted))
    roles = [Post.BRANCH_SECRETARY, Post.DEPUTY_SECRETARY, Post.ORGANIZATION, "leader", "leader"]
    for role in roles:
        number, came, stayed = draw(people), draw(maybe_day), draw(st.integers(0, 700))
        left = draw(st.none() | st.just((came or START) + stayed * DAY))
        spells.append(Spell(str(role), MEMBER, number, PEOPLE[number], 1, came, left))
    return spells


@st.composite
def gathering(draw, record: int) -> list[Fact]:
    """A meeting of one or two kinds; if it makes up for a period, the period is before the meeting."""
    kinds = draw(st.sets(st.sampled_from(list(MeetingKind)[:5]), min_size=1, max_size=2))
    on, earlier = draw(days), draw(st.sampled_from([None, None, -1, -2]))
    cadence = draw(st.sampled_from(CADENCES))
    makes_up = period_of(cadence, on).shifted(earlier).name if earlier else None
    notified = draw(st.none() | st.integers(-2, 9).map(lambda before: on - before * DAY))
    of = Meeting(
        chair_id=draw(maybe_person),
        lecturer_id=draw(maybe_person),
        notified_on=notified,
        has_minutes=draw(st.booleans()),
        is_undecided=draw(st.booleans()),
    )
    return [
        fact(
            kind,
            on,
            CELL if kind is MeetingKind.CELL else BRANCH,
            ("meeting", record),
            of,
            makes_up=makes_up,
        )
        for kind in sorted(kinds)
    ]


@st.composite
def plan(draw, record: int) -> list[Fact]:
    year = str(draw(st.integers(2023, 2026)))
    return [fact(PlanKind.STUDY, draw(days), BRANCH, ("plan", record), period=year)]


@st.composite
def entry(draw, record: int) -> list[Fact]:
    """An entry of the dues book; a payment has a line for each month."""
    act = draw(st.sampled_from([*DuesAct, DuesAct.PAYMENT, DuesAct.PAYMENT]))
    on = date.min if act is DuesAct.ASSESSMENT else draw(days)
    place, count = draw(st.integers(2023 * 12 + 5, 2026 * 12 + 6)), draw(st.integers(1, 8))
    names = [month_name(place + each) for each in range(count)]
    payer, consent_on = draw(st.sampled_from(list(Payer))), draw(st.sampled_from([None, on]))
    amount = draw(st.sampled_from([1, 4900, 7650]))
    of = {
        DuesAct.PAYMENT: Payment(amount=amount, payer=payer, consent_on=consent_on),
        DuesAct.ASSESSMENT: Assessment(amount=amount),
        DuesAct.EXEMPTION: Exemption(to_month=names[-1]),
        DuesAct.LAPSE: LapseAct(step=draw(st.sampled_from(list(LapseStep)))),
    }[act]
    subject, periods = (MEMBER, draw(people)), names if act is DuesAct.PAYMENT else names[:1]
    return [fact(act, on, subject, ("dues", record), of, period=each) for each in periods]


@st.composite
def stories(draw) -> Story:
    since = START + draw(st.integers(0, 400)) * DAY
    shapes = draw(
        st.lists(st.sampled_from([gathering, gathering, plan, entry, entry]), max_size=20)
    )
    facts = [fact for record, shape in enumerate(shapes) for fact in draw(shape(record))]
    return Story(facts, draw(roll()), since, since + draw(st.integers(0, 700)) * DAY)


# Differences without effect


@histories
@given(stories(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_read_does_not_matter(story, dice):
    shuffled = dice.sample(story.facts, len(story.facts))
    assert story._replace(facts=shuffled).judged() == story.judged()


@histories
@given(stories())
def test_what_happens_later_changes_nothing_earlier(story):
    until_then = [fact for fact in story.facts if fact.on <= story.on]
    assert story._replace(facts=until_then).judged() == story.judged()


@histories
@given(stories())
def test_a_later_change_of_standing_is_not_foreseen(story):
    until_then = [
        spell._replace(to_on=None, leaves_to=None)
        if spell.to_on and spell.to_on >= story.on
        else spell
        for spell in story.spells
        if spell.from_on is None or spell.from_on <= story.on
    ]
    assert story._replace(spells=until_then).judged() == story.judged()


@histories
@given(stories(), st.integers(1, 200))
def test_what_a_branch_has_settled_stays_settled_as_days_go_by(story, later):
    def settled(asked: Story) -> set:
        return {
            (o.rule.id, o.period, o.status, o.proof)
            for o in asked.judged()
            if o.subject.kind in ("branch", "cell")
            and not o.is_open
            and not isinstance(o.rule.duty, Size)  # depends on the branch's present size
        }

    assert settled(story) <= settled(story._replace(on=story.on + later * DAY))


# The options of `check` that choose obligations


@histories
@given(stories())
def test_asking_for_what_is_open_gives_the_open_part_of_everything(story):
    assert story.judged(ONLY_OPEN) == [o for o in story.judged() if o.is_open]
    assert all(o.is_open == (o.status in OPEN) for o in story.judged())


@histories
@given(stories(), st.integers(-3, 26))
def test_asking_for_a_month_loses_nothing_of_its_scoreboard(story, count):
    month = period_of("month", story.since).shifted(count)

    def scoreboard(found: list[Obligation]) -> list[Obligation]:
        return [o for o in found if falls_in(o, month) or is_carried_over(o, month)]

    narrowed = story.judged(Wanted(month.first, month.last))
    assert scoreboard(narrowed) == scoreboard(story.judged())


def test_what_has_no_due_date_belongs_to_every_month_on_a_day_of_which_it_was_open():
    march = period_named("2026-03")
    around = list(walked(date(2026, 2, 27), date(2026, 4, 2)))
    procedure = Obligation(
        dues.DUES_LAPSE, Subject(MEMBER, 1, "张三"), None, START, None, Status.MET
    )
    for opens in around:
        for settled_on in around:
            ended = procedure._replace(opens=opens, proof=Proof("dues", 1, settled_on))
            open_in_march = any(opens <= day <= settled_on and day.month == 3 for day in around)
            if opens <= settled_on:
                assert falls_in(ended, march) is open_in_march
                assert Wanted(march.first, march.last).was_open(opens, settled_on) is open_in_march
        still_open = procedure._replace(opens=opens, status=Status.DUE)
        assert falls_in(still_open, march) is (opens < date(2026, 4, 1))
        assert not is_carried_over(still_open, march)


def test_what_was_due_before_a_month_is_carried_over_while_something_is_wrong():
    march = period_named("2026-03")
    for due in walked(date(2026, 2, 27), date(2026, 4, 2)):
        for status in Status:
            owed = Obligation(
                dues.DUES_MONTHLY, Subject(MEMBER, 1, "张三"), "…", START, due, status
            )
            wrong = status in {Status.OVERDUE, Status.BREACH, Status.ADVISED}
            assert is_carried_over(owed, march) is (due.month == 2 and wrong)
            assert falls_in(owed, march) is (due.month == 3)


@histories
@given(stories())
def test_the_tally_counts_every_obligation_once(story):
    found = story.judged()
    board = Scoreboard(None, [Item(owed, "", carried_over=False) for owed in found])
    counts = board.counts
    assert list(counts) == list(Status)
    assert sum(counts.values()) == len(found)
    wrong = counts[Status.OVERDUE] + counts[Status.BREACH]
    assert sum(map(is_wrong, found)) == wrong
    assert sum(is_wrong(o, strict=True) for o in found) == wrong + counts[Status.ADVISED]


# Dates


def last_day_named(name: str) -> date:
    """The last day of a period, by the standard library."""
    year, rest = int(name[:4]), name[5:]
    length = {"Q": 3, "H": 6}.get(rest[:1])
    month = int(rest[1]) * length if length else int(rest or 12)
    return date(year, month, stdlib.monthrange(year, month)[1])


def due_by_oracle(o: Obligation, story: Story) -> date | None:
    match o.rule.duty:
        case Every() if o.rule is meetings.STUDY_PLAN:
            return date(int(o.period), 1, 31)
        case Every():
            return last_day_named(o.period)
        case Requires():
            record = (o.subject.kind, o.subject.id)
            return next(f.on for f in story.facts if (f.record_kind, f.record_id) == record)
        case dues.FullAmount():
            paid = (what(DuesAct.PAYMENT), o.subject.id, o.period)
            return min(f.on for f in story.facts if (f.what, f.subject_id, f.period) == paid)
        case dues.Lapse():
            return None
        case Size():
            return size_changed_on(story)


def size_changed_on(story: Story) -> date:
    """The last day on which a branch's size class changed; the branch's first day counts as a change.

    There are three classes: fewer than 3 full members; 7 or more but no committee; all others.
    """
    founded = next((s.from_on for s in story.spells if s.role == "branch"), None)
    has_committee = any(s.role == "branch-with-committee" for s in story.spells)
    changed, before = None, None
    for day in walked(max(story.since, founded or story.since), story.on):
        full = sum(
            {MEMBER: 1, "probationary": -1}.get(s.role, 0) for s in story.spells if covered(s, day)
        )
        now = "few" if full < 3 else "committee" if full >= 7 and not has_committee else "well"
        changed, before = (changed if now == before else day), now
    return changed


def covered(spell: Spell, day: date) -> bool:
    return (spell.from_on or day) <= day <= (spell.to_on or day)


@histories
@given(stories())
def test_every_due_date_is_the_one_that_an_oracle_finds(story):
    for o in story.judged():
        assert o.due == due_by_oracle(o, story)
        assert o.opens <= story.on
        assert o.due is None or max(o.opens, story.since) <= o.due


@histories
@given(stories())
def test_statuses_agree_with_the_dates_and_with_the_proof(story):
    for o in story.judged():
        due, proof = o.due or date.max, o.proof and o.proof.on
        match o.status:
            case Status.MET:
                assert proof <= due
            case Status.LATE:
                assert proof > due
            case Status.WAIVED:
                exempt = what(DuesAct.EXEMPTION)
                assert o.proof.id in {f.record_id for f in story.facts if f.what == exempt}
            case Status.DUE:
                assert due >= story.on
            case Status.OVERDUE:
                assert due < story.on
            case Status.ADVISED:
                assert due < story.on or isinstance(o.rule.duty, Size)
                assert o.rule.strength is Strength.SHOULD
        assert (o.status in OPEN) == (proof is None) == (o.remedy is not None)
        assert proof is None or proof <= story.on
        assert not (is_wrong(o) and o.rule.strength is Strength.SHOULD)


# Oracles that go through the days: the months owed, and the series of six or more unpaid months


def owes(spell: Spell, month: date, story: Story) -> bool:
    """Whether, by the words of the clause, a member owes dues for the month that begins on a day."""
    name, came = f"{month:%Y-%m}", spell.from_on or date.min
    if not story.since <= month <= story.on or came > story.on:
        return False
    begun = came <= month or (spell.admitted and name == f"{came:%Y-%m}")
    if spell.paid_to:
        begun = name > spell.paid_to
    if spell.to_on is None or spell.to_on >= story.on:
        return bool(begun)
    return bool(begun) and name <= (spell.leaves_to or f"{spell.to_on + DAY:%Y-%m}")


@histories
@given(stories())
def test_dues_are_owed_for_the_months_that_the_clause_names(story):
    firsts = [day for day in walked(story.since, story.on) if day.day == 1]
    members = [spell for spell in story.spells if spell.role == MEMBER]
    expected = {
        (spell.subject_id, f"{first:%Y-%m}")
        for spell in members
        for first in firsts
        if owes(spell, first, story)
    }
    found = [(o.subject.id, o.period) for o in story.judged() if o.rule is dues.DUES_MONTHLY]
    assert sorted(found) == sorted(expected)


class Row(NamedTuple):
    """A series of unpaid months; it opens on the first day of the month after six unpaid months."""

    opens: date
    months: list[str]
    ends: list[date]
    broken: list[date]

    def note(self) -> str:
        return f"{self.months[0]}–{self.months[-1]}"


Settled = dict[str, date]
"""For each month, the day on which it was paid or excused."""


def unpaid(names: list[str], settled: Settled, day: date) -> str:
    """For each month: U if it was neither paid nor excused by the end of a day, otherwise -."""
    return "".join("U" if settled.get(name, date.max) > day else "-" for name in names)


def look_back(rows: list[Row], settled: Settled, day: date) -> None:
    """If last month is unpaid, add it to the open series.

    If no series is open and the last six months are unpaid, open a series of these six months.
    """
    place = day.year * 12 + day.month - 1
    six = [month_name(place - back) for back in range(6, 0, -1)]
    marks = unpaid(six, settled, day - DAY)
    last = rows[-1] if rows else None
    if last and not last.broken and last.months[-1] == six[-2] and marks[-1] == "U":
        last.months.append(six[-1])
    elif marks == "UUUUUU" and six[0] >= f"{START:%Y-%m}":
        rows.append(Row(day, six, [], []))


def rows_by_oracle(settled: Settled, approvals: list[date], on: date) -> list[Row]:
    """All unpaid series up to a day, found by going through the days one by one."""
    rows: list[Row] = []
    for day in walked(START + DAY, on):
        if day.day == 1:
            look_back(rows, settled, day)
        for row in rows:
            if not row.broken and "UUUUUU" not in unpaid(row.months, settled, day):
                row.broken.append(day)
            if day in approvals or day in row.broken:
                row.ends.append(day)
    return rows


@settings(histories, max_examples=200)
@given(
    st.lists(st.sampled_from([None, None, None, None, -10, 5, 40, 150, 230]), max_size=30),
    st.lists(st.integers(180, 900), max_size=2),
    st.integers(0, 950),
)
def test_six_months_without_dues_open_one_procedure_for_each_row(delays, approved, asked):
    """Each month is settled some days before or after its first day, or never.

    Every third settled month is exempted; the others are paid.
    """
    places = range(START.year * 12 + START.month - 1, 2030 * 12)
    settled = {
        month_name(place): period_named(month_name(place)).first + delay * DAY
        for place, delay in zip(places, delays, strict=False)
        if delay is not None
    }
    facts = [
        fact(
            DuesAct.EXEMPTION,
            on,
            (MEMBER, 1),
            ("dues", record),
            Exemption(to_month=month),
            period=month,
        )
        if record % 3 == 0
        else fact(
            DuesAct.PAYMENT, on, (MEMBER, 1), ("dues", record), Payment(amount=0), period=month
        )
        for record, (month, on) in enumerate(settled.items())
    ]
    approvals, on = [START + after * DAY for after in approved], START + asked * DAY
    facts += [
        fact(DuesAct.LAPSE, day, (MEMBER, 1), ("dues", 100 + n), LapseAct(step=LapseStep.SUPERIOR))
        for n, day in enumerate(approvals)
    ]
    story = Story(facts, [Spell(MEMBER, MEMBER, 1, PEOPLE[1], 1, None, None)], START, on)
    found = [o for o in story.judged() if o.rule is dues.DUES_LAPSE]
    expected = rows_by_oracle(settled, approvals, on)
    assert [(o.opens, o.note and o.note.chinese, o.proof and o.proof.on) for o in found] == [
        (row.opens, row.note(), min(row.ends, default=None)) for row in expected
    ]
