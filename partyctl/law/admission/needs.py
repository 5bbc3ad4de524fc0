"""支部·六: what each step of an admission needs, and the tests of whether a need is met.

The days of the steps are compared; the order of recording matters only between steps of the same
day. Each test of a need returns the record that meets the need. If no record meets the need, the
test returns a Lack, which says what is missing and which step must come first. If the need does not
apply, the test returns NotNeeded.
"""

from collections.abc import Callable
from datetime import date

from partyctl import calendar
from partyctl.bilingual import Told
from partyctl.law.admission.journey import Journey, day_after
from partyctl.law.admission.outcomes import Step, kind_of, passed
from partyctl.light import NamedTuple
from partyctl.terms import AdmissionStep

PUBLICITY_DAYS = 7
CULTIVATION_MONTHS = 12
INTRODUCERS = MENTORS = 2


class Lack(NamedTuple):
    """A need that is not met: what is missing, and (if known) the first day when it can be met.

    `is_closed`: True if a meeting has already voted, so that no step can meet the need.
    """

    step: AdmissionStep
    told: Told
    from_on: date | None = None
    is_closed: bool = False


class NotNeeded(NamedTuple):
    """The reason why a need does not apply to the tested step."""

    told: str


FROM_THE_ROLL = NotNeeded("the person joined the roll as a probationary member")

Found = Step | Lack | NotNeeded
Test = Callable[[Journey, Step], Found]


class Requirement(NamedTuple):
    """A condition for a step.

    `rule`: the rule that requires the condition, or None if no rule requires it. `own`: the step
    whose record meets the condition.
    """

    rule: str | None
    test: Test
    own: AdmissionStep | None = None


def words_of(step: AdmissionStep, on: str = "…") -> str:
    """The words that follow the applicant's name in the command that records a step on a day.

    An extension also needs its last day.
    """
    until = " --until …" if step is AdmissionStep.EXTENSION else ""
    return f"{step} --on {on}{until}"


def missing(step: AdmissionStep, day: date) -> Lack:
    """Return the Lack for a step that was not passed on or before a day."""
    return Lack(
        step,
        Told(
            f"{day} 当天或之前没有“{step.chinese}”（通过）的记录",
            f"no record of a passed step “{step}” on or before {day}",
        ),
    )


def after(step: AdmissionStep) -> Test:
    """Make a test whether `step` was passed on or before the day of the tested step."""

    def test(way: Journey, taken: Step) -> Step | Lack:
        return way.passed(step, taken.on) or missing(step, taken.on)

    return test


def publicity_over(way: Journey, taken: Step) -> Step | Lack:
    """Test that a notice was up for seven days before the step, and that nobody objected to it."""
    posted = way.all(AdmissionStep.PUBLICITY)
    objection = max((f.on for f in posted if not passed(f) and f.on <= taken.on), default=date.min)
    valid = [f for f in posted if passed(f) and objection <= f.on <= taken.on]
    valid = [f for f in valid if objection < f.on or _comes_after(f, posted)]
    if not valid:
        return missing(AdmissionStep.PUBLICITY, taken.on)
    over = next((f for f in valid if first_day_after(f) <= taken.on), None)
    if over is not None:
        return over
    allowed = min(map(first_day_after, valid))
    if allowed == date.max:
        return Lack(
            AdmissionStep.PUBLICITY,
            Told(
                f"{valid[-1].on} 张贴的公示到 {valid[-1].of.until_on} 就撤了，不满 {PUBLICITY_DAYS} 天",
                f"the notice of {valid[-1].on} was up only until {valid[-1].of.until_on},"
                f" not for {PUBLICITY_DAYS} days",
            ),
        )
    return Lack(
        AdmissionStep.PUBLICITY,
        Told(
            f"{valid[0].on} 张贴的公示满 {PUBLICITY_DAYS} 天后，{allowed} 起才可以",
            f"the notice of {valid[0].on} is up for {PUBLICITY_DAYS} days; possible from {allowed}",
        ),
        allowed,
    )


def _comes_after(posted: Step, every: list[Step]) -> bool:
    """Whether a notice was recorded after every objection of the same day."""
    same_day = [f for f in every if f.on == posted.on and not passed(f)]
    return all(posted.of.line_id > f.of.line_id for f in same_day)


def first_day_after(posted: Step) -> date:
    """The first day on which the announced step is allowed, or `date.max` if the notice ended too early.

    If the notice stays up longer than required, the step is allowed only after the notice's last
    day.
    """
    last = calendar.publicity_last(posted.on, PUBLICITY_DAYS)
    until_on = posted.of.until_on
    if until_on is not None:
        # A notice that was taken down too early does not count.
        return date.max if until_on < last else day_after(until_on)
    return calendar.act_after_publicity(posted.on, PUBLICITY_DAYS)


def one_year_on(way: Journey, taken: Step) -> Step | Lack:
    """Test that a year has passed since the person became an activist."""
    decision = way.passed(AdmissionStep.ACTIVIST, taken.on)
    if decision is None:
        return missing(AdmissionStep.ACTIVIST, taken.on)
    earliest = calendar.months_after(decision.on, CULTIVATION_MONTHS)
    if taken.on >= earliest:
        return decision
    return Lack(
        AdmissionStep.TARGET,
        Told(
            f"{decision.on} 确定积极分子，培养教育满一年要到 {earliest}",
            f"an activist since {decision.on}; one year is complete on {earliest}",
        ),
        earliest,
    )


def target_agreed(way: Journey, taken: Step) -> Step | Lack:
    """Test that the committee decided on the person as a target (发展对象) and the superior agreed.

    For the superior's answer itself, only the committee's decision is tested.
    """
    day = taken.on
    if way.passed(AdmissionStep.TARGET, day) is None:
        return missing(AdmissionStep.TARGET, day)
    if kind_of(taken) is AdmissionStep.TARGET_APPROVAL:
        return taken
    agreed = way.passed(AdmissionStep.TARGET_APPROVAL, day)
    return agreed or missing(AdmissionStep.TARGET_APPROVAL, day)


def named_by(way: Journey, step: AdmissionStep, day: date, wanted: int) -> Step | None:
    """Return the record with which the number of people named for a step reaches `wanted`, or None.

    Only the records of `step` on or before `day` are counted.
    """
    named: set[int] = set()
    for record in way.all(step):
        named.update(record.of.people if record.on <= day else ())
        if len(named) >= wanted:
            return record
    return None


def introduced(way: Journey, taken: Step) -> Step | Lack:
    """Test that two full members of the branch are recorded as introducers."""
    found = named_by(way, AdmissionStep.INTRODUCERS, taken.on, INTRODUCERS)
    return found or missing(AdmissionStep.INTRODUCERS, taken.on)


def form_allowed(way: Journey, taken: Step) -> Step | Lack:
    """Test that the superior agreed before the form was filled in.

    For a step that comes after the form, test that the form is recorded.
    """
    if kind_of(taken) is not AdmissionStep.APPLICATION_FORM:
        form = way.passed(AdmissionStep.APPLICATION_FORM, taken.on)
        return form or missing(AdmissionStep.APPLICATION_FORM, taken.on)
    agreed = way.passed(AdmissionStep.FORM_APPROVAL, taken.on)
    return taken if agreed else missing(AdmissionStep.FORM_APPROVAL, taken.on)


def voted(way: Journey, taken: Step) -> Found:
    """Test that the members' meeting voted to admit the applicant."""
    if way.came_on is not None:
        return FROM_THE_ROLL
    return way.passed(AdmissionStep.VOTE, taken.on) or missing(AdmissionStep.VOTE, taken.on)


def not_voted_down(way: Journey, taken: Step) -> Step | Lack:
    """Test that the members' meeting has not rejected the applicant.

    A rejection ends the admission.
    """
    vote = way.last(AdmissionStep.VOTE, taken.on)
    if vote is None or passed(vote):
        return vote or taken
    return Lack(
        AdmissionStep.VOTE,
        Told(
            f"{vote.on} 的大会表决未通过，不再往下办",
            f"the vote of {vote.on} failed; the admission goes no further",
        ),
        is_closed=True,
    )


def approved(way: Journey, taken: Step) -> Found:
    """Test that the superior approved the admission."""
    if way.came_on is not None:
        return FROM_THE_ROLL
    return way.passed(AdmissionStep.APPROVAL, taken.on) or missing(AdmissionStep.APPROVAL, taken.on)
