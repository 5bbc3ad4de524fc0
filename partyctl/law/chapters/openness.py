"""党务公开工作制度: disclosures, and the opinions received.

No rule covers these clauses: 公开·1, 5, 6, 8 and 9 assign the work, and 公开·2 lists the subjects of
disclosure. 公开·12 forbids harming anybody because of an opinion. partyctl therefore hides the
submitter; no record shows whether the rest of this clause is obeyed.
"""

from collections.abc import Iterator
from datetime import date

from partyctl.bilingual import Told
from partyctl.law.engine.case_duty import Day
from partyctl.law.engine.deadlines import By, OnTheDay, Until, Within
from partyctl.law.engine.every import Every
from partyctl.law.engine.facts import Fact, Subject
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import Proof, proof_of
from partyctl.law.engine.requires import Requires
from partyctl.law.engine.rule import Rule
from partyctl.law.engine.scope import Each
from partyctl.law.engine.values import Opinion, OpinionAct, Publication
from partyctl.law.sources.clauses import OPENNESS
from partyctl.terms import Case, DisclosureKind, Noun, OpinionClass, OpinionStep, Strength

REPLY_DAYS = 3
"""三天内 (公开·11): three calendar days, unless a rule change makes them working days."""

SIMPLE = (OpinionClass.INDIVIDUAL, OpinionClass.GENERAL)
COMPLEX = (OpinionClass.COMPLEX,)
WIDESPREAD = (OpinionClass.WIDESPREAD,)


def approved_in_time(publication: Fact[Publication], known: Known) -> bool:
    """Whether the disclosure was approved on or before the day of its publication."""
    approved_on = publication.of.approved_on
    return approved_on is not None and approved_on <= publication.on


def title_of(publication: Fact[Publication], known: Known) -> str:
    """The name of a publication in the output: its title and day."""
    return f"{publication.of.title} {publication.on}"


def the_opinion(case: Fact, known: Known) -> Iterator[Subject]:
    """The opinion as the subject of its duties, named by its number.

    Lists of duties hide the content and the submitter of an opinion.
    """
    number = case.record_id
    yield Subject(case.record_kind, number, Told(f"意见 #{number}", f"opinion #{number}"))


def received(classes: tuple[OpinionClass, ...]) -> Day:
    """Make a function that returns the day on which an opinion of these classes was received."""

    def day(case: Fact[Opinion], known: Known) -> date | None:
        return case.on if case.of.kind in classes else None

    return day


def first_step(step: OpinionStep, case: Fact, known: Known) -> Fact[OpinionAct] | None:
    """The first record of a step on an opinion."""
    return next(iter(known.of_case(step, case)), None)


def settled_on(case: Fact, known: Known) -> date | None:
    """The day an opinion was settled, or None if it is open."""
    settled = first_step(OpinionStep.SETTLE, case, known)
    return settled.on if settled else None


def both(*steps: Fact | None) -> Proof | None:
    """Return the last of several steps as proof, or None if one of the steps is missing."""
    done = [step for step in steps if step is not None]
    return proof_of(max(done, key=lambda each: each.on)) if len(done) == len(steps) else None


def answered(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """The proof that the opinion was settled and the submitter was told."""
    settled = first_step(OpinionStep.SETTLE, case, known)
    return both(settled, first_step(OpinionStep.TELL, case, known))


def made_known(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """The proof that the opinion was settled and the result was posted on the notice board."""
    settled = first_step(OpinionStep.SETTLE, case, known)
    return both(settled, first_step(OpinionStep.PUBLISH, case, known))


def accounted_for(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """The record of a delay with its new deadline, or of the settlement, whichever came first."""
    steps = (first_step(step, case, known) for step in (OpinionStep.DELAY, OpinionStep.SETTLE))
    found = [proof_of(step) for step in steps if step is not None]
    return min(found, key=lambda proof: proof.on, default=None)


def referred(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """The proof that the opinion was referred to the deciding body in time.

    In time means on or before the day on which the opinion was settled.
    """
    settled = settled_on(case, known)
    passed = first_step(OpinionStep.REFER, case, known)
    in_time = passed is not None and settled is not None and passed.on <= settled
    return proof_of(passed) if passed is not None and in_time else None


def still_delayed_to(delay: Fact[OpinionAct], known: Known) -> date | None:
    """The new deadline that was set when a complex opinion was delayed.

    The result is None if the opinion is not complex, or if a later delay was recorded on or before
    this deadline.
    """
    until_on = delay.of.until_on
    if delay.of.kind not in COMPLEX or until_on is None:
        return None
    later = (
        each
        for each in known.of_case(OpinionStep.DELAY, delay)
        if (each.on, each.of.line_id) > (delay.on, delay.of.line_id)
    )
    return None if any(each.on <= until_on for each in later) else until_on


def next_step(known: Known, opinion: Subject, period: str) -> str:
    """The words after `opinion` in the command that records the next step of an opinion.

    For an open opinion, the command settles the opinion. For a settled opinion, the command records
    that the submitter was told.
    """
    case = known.case(Case.OPINION, opinion.id)
    if settled_on(case, known):
        return f" {OpinionStep.TELL} {opinion.id} --on …"
    return f" {OpinionStep.SETTLE} {opinion.id} --on … --told"


def next_to_publish(known: Known, opinion: Subject, period: str) -> str:
    """The words after `opinion` in the command that records the next step of an opinion.

    For an open opinion, the command settles the opinion. For a settled opinion, the command records
    that the result was published.
    """
    case = known.case(Case.OPINION, opinion.id)
    if settled_on(case, known):
        return f" {OpinionStep.PUBLISH} {opinion.id} --on …"
    return f" {OpinionStep.SETTLE} {opinion.id} --on … --published"


DISCLOSURE_APPROVAL = Rule(
    id="disclosure-approval",
    title="公开内容经审定后公布",
    english="A disclosure is approved before it is published",
    article=OPENNESS["4"],
    area=Noun.DISCLOSURE,
    owed_by=Case.PUBLICATION,
    duty=Requires(approved_in_time, named=title_of),
    remedy="disclosure edit {id} --approved-on …",
)

PROGRESS_DISCLOSURE = Rule(
    id="progress-disclosure",
    title="阶段性工作定期公开（每季度）",
    english="Work in progress is disclosed every quarter",
    article=OPENNESS["3"],
    area=Noun.DISCLOSURE,
    owed_by=Each.ORGAN,
    duty=Every("quarter"),
    met_by=DisclosureKind.PROGRESS,
    strength=Strength.SHOULD,
    remedy="disclosure add progress --title … --scope … --approved-on … --on … --by …",
)

DISCLOSURE_BRIEFING = Rule(
    id="disclosure-briefing",
    title="党务公开每季度通报",
    english="A briefing on openness every quarter",
    article=OPENNESS["7"],
    area=Noun.DISCLOSURE,
    owed_by=Each.ORGAN,
    duty=Every("quarter"),
    met_by=DisclosureKind.BRIEFING,
    remedy="disclosure add briefing --title … --scope … --approved-on … --on … --by …",
)

OPINION_REPLY = Rule(
    id="opinion-reply",
    title="个别性、一般性意见三天内办结并告知",
    english="An individual or general opinion is settled and answered within three days",
    article=OPENNESS["11"],
    area=Noun.OPINION,
    owed_by=Case.OPINION,
    duty=Within(days=REPLY_DAYS, of=received(SIMPLE), met=answered, each=the_opinion),
    remedy="opinion",
    detail=next_step,
)

OPINION_PUBLISH = Rule(
    id="opinion-publish",
    title="普遍性意见办理结果公布",
    english="The result of a widespread opinion is posted on the notice board",
    article=OPENNESS["11"],
    area=Noun.OPINION,
    owed_by=Case.OPINION,
    duty=Until(since=received(WIDESPREAD), met=made_known, each=the_opinion),
    remedy="opinion",
    detail=next_to_publish,
)

OPINION_REASON = Rule(
    id="opinion-reason",
    title="复杂性意见三天内说明原因和下次期限",
    english="A complex opinion's delay is recorded within three days, with reason and new deadline",
    article=OPENNESS["11"],
    area=Noun.OPINION,
    owed_by=Case.OPINION,
    duty=Within(days=REPLY_DAYS, of=received(COMPLEX), met=accounted_for, each=the_opinion),
    remedy="opinion delay {id} --reason … --until … --on …",
)

OPINION_DELAYED = Rule(
    id="opinion-delayed",
    title="延期的意见按期办结",
    english="A delayed opinion is settled by its new deadline",
    article=OPENNESS["11"],
    area=Noun.OPINION,
    owed_by=OpinionStep.DELAY,
    duty=By(until=still_delayed_to, met=answered, each=the_opinion),
    remedy="opinion",
    detail=next_step,
)

OPINION_REFERRAL = Rule(
    id="opinion-referral",
    title="意见分类后提交研究",
    english="An opinion is referred to the deciding body before it is settled",
    article=OPENNESS["10"],
    area=Noun.OPINION,
    owed_by=Case.OPINION,
    duty=OnTheDay(day=settled_on, met=referred, each=the_opinion),
    remedy="opinion refer {id} --to … --on …",
)

RULES = (
    DISCLOSURE_APPROVAL,
    PROGRESS_DISCLOSURE,
    DISCLOSURE_BRIEFING,
    OPINION_REPLY,
    OPINION_PUBLISH,
    OPINION_REASON,
    OPINION_DELAYED,
    OPINION_REFERRAL,
)
