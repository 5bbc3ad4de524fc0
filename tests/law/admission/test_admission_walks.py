"""Random admissions in any legal order: a step that is required and not excused can never be left out."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from partyctl.law.admission.journey import Journey, journeys
from partyctl.law.admission.steps import STEP_OF, lacking
from partyctl.law.engine.facts import Fact, Spell, what
from partyctl.law.engine.known import Known
from partyctl.law.engine.values import AdmissionAct, Application
from partyctl.terms import AdmissionStep, Case, Result, Stage
from tests.support.facts import fact

DAY = timedelta(days=1)
APPLIED = date(2021, 3, 1)
SUBJECT = ("applicant", 1)
S = AdmissionStep
STRAIGHT = [step for step in S if step not in (S.EXTENSION, S.CANCELLATION)]
GAPS = [0, 0, 1, 3, 8, 8, 30, 100, 200, 366, 380]
walks = settings(max_examples=60, database=None)


def known(facts: list[Fact], on: date = date(2035, 1, 1)) -> Known:
    of = Application(name="周八", member_id=9)
    case = fact(Case.APPLICANT, APPLIED, SUBJECT, SUBJECT, of)
    roll = Spell("member", "member", 9, "周八", 1, None, None)
    return Known([case, *facts], [roll], since=APPLIED, on=on)


def way(facts: list[Fact]) -> Journey:
    return journeys(known(facts))[0]


def tried(step: AdmissionStep, on: date, number: int, passed: bool, until: date | None) -> Fact:
    of = AdmissionAct(
        line_id=number,
        result=Result.PASS if passed else Result.FAIL,
        until_on=until,
        people=(3, 4) if STEP_OF[step].parts else (),
    )
    return fact(step, on, SUBJECT, SUBJECT, of)


@st.composite
def legal_walk(draw) -> list[Fact]:
    """Steps that `applicant step` would accept, sometimes with an override reason.

    Each step is usually the next one in the normal order, sometimes a random one. A step is
    usually dated some days after the previous step, but sometimes 40 or 400 days earlier.
    """
    facts: list[Fact] = []
    place, on = 0, APPLIED
    for number in range(1, draw(st.integers(15, 50))):
        astray = draw(st.integers(0, 9)) == 0
        step = draw(st.sampled_from(list(S))) if astray else STRAIGHT[place % len(STRAIGHT)]
        place += not astray
        on += draw(st.sampled_from(GAPS)) * DAY
        day = max(APPLIED, on - draw(st.sampled_from([0, 0, 0, 0, 40, 400])) * DAY)
        passed = draw(st.integers(0, 9)) > 0 or not STEP_OF[step].is_judged
        months = draw(st.sampled_from([100, 200, 300, 400]))
        until = day + months * DAY if step is S.EXTENSION else None
        step_taken = tried(step, day, number, passed, until)
        is_overridden = draw(st.integers(0, 4)) == 0
        if is_legal(facts, step_taken, step, overridden=is_overridden):
            facts.append(step_taken)
        elif draw(st.booleans()):
            place -= 1
    return facts


def is_legal(facts: list[Fact], taken: Fact, step: AdmissionStep, *, overridden: bool) -> bool:
    """Whether `applicant step` accepts a step after the steps recorded so far.

    After the end of the admission, only the oath and the archiving are accepted. A `single` step
    can be passed only once. The step must meet its own `hard` requirements, unless it is
    overridden. Once the step is recorded, all steps must meet their `firm` requirements.
    """
    before = way(facts)
    row = STEP_OF[step]
    if before.is_over and taken.on > before.reached.since and step not in (S.OATH, S.ARCHIVE):
        return False
    if row.single and any(each.of.result is Result.PASS for each in before.all(step)):
        return False
    after = way([*facts, taken])
    if not overridden and lacking(row.hard, after, taken):
        return False
    kinds = {what(each): each for each in S}
    return not any(lacking(STEP_OF[kinds[f.what]].firm, after, f) for f in after.steps)


def passed_by(facts: list[Fact], step: AdmissionStep, day: date) -> bool:
    """Whether the newest record of a step, up to and including a day, has the result “passed”."""
    found = [f for f in facts if f.what == what(step) and f.on <= day]
    last = max(found, key=lambda f: (f.on, f.of.line_id), default=None)
    return last is not None and last.of.result is Result.PASS


@walks
@given(legal_walk(), st.integers(0, 3000))
def test_whatever_order_is_legal_nobody_slips_past_what_nothing_excuses(facts, later):
    require_admitted_rightly(facts)
    require_bounds(facts)
    require_no_foresight(facts, APPLIED + later * DAY)


def require_admitted_rightly(facts: list[Fact]) -> None:
    """Membership needs a review and a vote; full membership needs an approval and a year of probation."""
    journey = way(facts)
    if journey.member is None:
        assert journey.reached.stage not in (Stage.PROBATIONARY, Stage.FULL, Stage.CANCELLED)
        return
    votes = [f for f in facts if f.what == what(S.VOTE) and f.of.result is Result.PASS]
    assert [f.on for f in votes] == [journey.joined_on]
    assert passed_by(facts, S.POLITICAL_REVIEW, votes[0].on)
    if journey.reached.stage is Stage.FULL:
        assert passed_by(facts, S.APPROVAL, journey.reached.since)
        outcome = journey.conclusions[-1].outcome
        assert outcome.what == what(S.CONVERSION_VOTE)
        assert outcome.on > journey.probations[-1].ends >= votes[0].on + 364 * DAY


def require_bounds(facts: list[Fact]) -> None:
    """Probation is extended once at most, by half a year to a year."""
    terms = way(facts).probations
    assert len(terms) <= 2
    if len(terms) == 2:
        assert 180 <= (terms[1].ends - terms[0].ends).days <= 366


def require_no_foresight(facts: list[Fact], day: date) -> None:
    """The stage on a day depends only on the steps taken until that day, not on later steps."""
    seen = journeys(known(facts, day))[0].reached
    alone = journeys(known([f for f in facts if f.on <= day], day))[0].reached
    assert seen == alone
    assert seen.since <= day


def test_walks_do_come_to_their_end():
    """A normal admission is legal at every step, and its last step gives full membership."""
    facts: list[Fact] = []
    on = APPLIED
    for number, step in enumerate(STRAIGHT):
        on += (380 if step in (S.TARGET, S.CONVERSION_REQUEST) else 10) * DAY
        step_taken = tried(step, on, number, True, None)
        assert is_legal(facts, step_taken, step, overridden=False), step
        facts.append(step_taken)
    assert way(facts).reached.stage is Stage.FULL
