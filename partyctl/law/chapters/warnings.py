"""廉政风险防范制度: the warning letter, the reply to it, the talks, and the dossier.

A case is one letter to one person, with its talks and other steps. 防范·一, 二 and 三 are not rules:
they define people, posts and matters, which are fields of a case. Lists show only a case's number.
"""

from collections.abc import Iterator
from datetime import date

from partyctl.bilingual import Told
from partyctl.law.engine.case_duty import Day
from partyctl.law.engine.deadlines import OnTheDay, Until, Within
from partyctl.law.engine.facts import Fact, Subject
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import Proof, proof_of
from partyctl.law.engine.rule import Rule
from partyctl.law.engine.values import Letter, PreventiveTalk, WarningAct
from partyctl.law.sources.clauses import PREVENTION
from partyctl.terms import Case, Noun, Post, Strength, WarningLevel, WarningStep

REPLY_DAYS = 10
"""10日内 (防范·五): the reply is due within ten days of delivery."""

CORRECTION_MONTHS = 1
"""一个月内 (防范·五): the report on an order to correct is due within a month of delivery."""

FEWEST_TALKERS = 2

LETTERS_OF_THE_HEAD = (WarningLevel.ADMONITION, WarningLevel.CORRECTION)
"""The levels of letters that need a talk, and the approval of the leading group's secretary, before
they are issued (防范·四4)."""


def the_case(case: Fact, known: Known) -> Iterator[Subject]:
    """The case as the subject of its duties, named by its number and never by a person's name."""
    number = case.record_id
    yield Subject(case.record_kind, number, Told(f"案件 #{number}", f"case #{number}"))


def first_step(step: WarningStep, case: Fact, known: Known) -> Proof | None:
    """The first record of a step of a case."""
    return next((proof_of(fact) for fact in known.of_case(step, case)), None)


def delivered(level: WarningLevel) -> Day:
    """Make a function that returns the day a letter of this level was delivered, or None."""

    def day(case: Fact[Letter], known: Known) -> date | None:
        found = first_step(WarningStep.DELIVER, case, known) if case.of.level is level else None
        return found.on if found else None

    return day


def replied(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """The record that the person's written reply or report was received."""
    return first_step(WarningStep.REPLY, case, known)


def issued_with_approval(case: Fact[Letter], known: Known) -> date | None:
    """The day the letter was issued, or None if its level needs no talk and no approval."""
    return case.on if case.of.level in LETTERS_OF_THE_HEAD else None


def approved(case: Fact[Letter], subject: Subject, known: Known) -> Proof | None:
    """The letter as proof, if the secretary (or, in a vacancy, anybody) approved it in time."""
    day = case.of.approved_on
    if day is None or day > case.on:
        return None
    is_head = known.holds(case.of.approver_id, Post.LEADING_SECRETARY, day)
    return proof_of(case) if is_head or known.is_vacant(Post.LEADING_SECRETARY, day) else None


def talks(case: Fact, known: Known) -> list[Fact[PreventiveTalk]]:
    """The talks of a case, oldest first."""
    return known.of_case(Case.PREVENTIVE_TALK, case)


def talked_before(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """The first talk with the person, if the talk was no later than the day of the letter."""
    return next((proof_of(talk) for talk in talks(case, known) if talk.on <= case.on), None)


def own_day(talk: Fact[PreventiveTalk], known: Known) -> date | None:
    """The day of a talk."""
    return talk.on


def by_two(talk: Fact[PreventiveTalk], subject: Subject, known: Known) -> Proof | None:
    """The talk as proof, if at least two people held it."""
    return proof_of(talk) if talk.of.talkers >= FEWEST_TALKERS else None


def outlined(talk: Fact[PreventiveTalk], subject: Subject, known: Known) -> Proof | None:
    """The talk as proof, if it has an outline."""
    return proof_of(talk) if talk.of.has_outline else None


def notified_before(talk: Fact[PreventiveTalk], subject: Subject, known: Known) -> Proof | None:
    """The talk as proof, if the person got a written notice on an earlier day."""
    notified_on = talk.of.notified_on
    in_time = notified_on is not None and notified_on < talk.on
    return proof_of(talk) if in_time else None


def led(talk: Fact[PreventiveTalk], subject: Subject, known: Known) -> Proof | None:
    """The talk as proof, if the secretary led the talk or a reason for another leader is recorded."""
    is_head = known.holds(talk.of.lead_id, Post.LEADING_SECRETARY, talk.on)
    return proof_of(talk) if is_head or talk.of.has_lead_reason else None


def registered(talk: Fact[PreventiveTalk], subject: Subject, known: Known) -> Proof | None:
    """The first registration form with the required promise or demand, on or after the talk's day."""
    forms: list[Fact[WarningAct]] = known.of_case(WarningStep.REGISTER, talk)
    filled = (each for each in forms if each.of.answers(talk.of.level))
    return next((proof_of(form) for form in filled if form.on >= talk.on), None)


def what_to_register(known: Known, case: Subject, period: str) -> str:
    """The option that adds a promise or a demand to the command that records the form."""
    level = known.case(Case.PREVENTIVE_TALK, case.id).of.level
    return " --promise …" if level is WarningLevel.INQUIRY else " --demand …"


def left_unclear(talk: Fact[PreventiveTalk], known: Known) -> date | None:
    """The day of a talk that left the matter unclear, or None if the talk made the matter clear."""
    return talk.on if talk.of.is_unclear else None


def talked_again(talk: Fact[PreventiveTalk], subject: Subject, known: Known) -> Proof | None:
    """The case's first talk on a day after the given talk."""
    return next((proof_of(other) for other in talks(talk, known) if other.on > talk.on), None)


def closed(case: Fact, known: Known) -> date | None:
    """The day a case was closed, or None if it is open."""
    found = first_step(WarningStep.CLOSE, case, known)
    return found.on if found else None


def archived(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """The record of the archiving of the dossier."""
    return first_step(WarningStep.ARCHIVE, case, known)


INQUIRY_REPLY = Rule(
    id="warning-inquiry-reply",
    title="询问函送达后10日内书面回复",
    english="A letter of inquiry is answered in writing within 10 days of delivery",
    article=PREVENTION["五"],
    area=Noun.WARNING,
    owed_by=Case.WARNING,
    duty=Within(days=REPLY_DAYS, of=delivered(WarningLevel.INQUIRY), met=replied, each=the_case),
    remedy="warning reply {id} --on …",
)

ADMONITION_REPORT = Rule(
    id="warning-admonition-report",
    title="警示诫勉送达后10日内报整改情况",
    english="An admonition is answered with a report within 10 days of delivery",
    article=PREVENTION["五"],
    area=Noun.WARNING,
    owed_by=Case.WARNING,
    duty=Within(days=REPLY_DAYS, of=delivered(WarningLevel.ADMONITION), met=replied, each=the_case),
    remedy="warning reply {id} --on …",
)

CORRECTION_REPORT = Rule(
    id="warning-correction-report",
    title="责令纠错送达后一个月内报整改报告",
    english="An order to correct is answered with a report within a month of delivery",
    article=PREVENTION["五"],
    area=Noun.WARNING,
    owed_by=Case.WARNING,
    duty=Within(
        months=CORRECTION_MONTHS,
        of=delivered(WarningLevel.CORRECTION),
        met=replied,
        each=the_case,
    ),
    remedy="warning reply {id} --on …",
)

APPROVAL = Rule(
    id="warning-approval",
    title="警示诫勉、责令纠错经主要领导批准",
    english="The principal leader approves an admonition or an order to correct before issue",
    article=PREVENTION["四4"],
    area=Noun.WARNING,
    owed_by=Case.WARNING,
    duty=OnTheDay(day=issued_with_approval, met=approved, each=the_case),
    remedy="warning edit {id} --approved-by … --approved-on …",
)

TALK_FIRST = Rule(
    id="warning-talk-first",
    title="发出通知书前先谈话",
    english="A preventive talk comes before an admonition or an order to correct",
    article=PREVENTION["四4"],
    area=Noun.WARNING,
    owed_by=Case.WARNING,
    duty=OnTheDay(day=issued_with_approval, met=talked_before, each=the_case),
    strength=Strength.SHOULD,
    remedy="warning talk {id} --on … --by …,…",
)

TWO_PEOPLE = Rule(
    id="talk-two-people",
    title="防范谈话两人以上参加",
    english="At least two people hold a preventive talk",
    article=PREVENTION["四2"],
    area=Noun.WARNING,
    owed_by=Case.PREVENTIVE_TALK,
    duty=OnTheDay(day=own_day, met=by_two, each=the_case),
    remedy="warning talk-edit {id} --on {period} --by …,…",
)

OUTLINE = Rule(
    id="talk-outline",
    title="防范谈话有谈话提纲",
    english="A preventive talk has an outline",
    article=PREVENTION["四2"],
    area=Noun.WARNING,
    owed_by=Case.PREVENTIVE_TALK,
    duty=OnTheDay(day=own_day, met=outlined, each=the_case),
    remedy="warning talk-edit {id} --on {period} --outline …",
)

NOTICE = Rule(
    id="talk-notice",
    title="防范谈话事先书面通知本人",
    english="The person is notified in writing before a preventive talk",
    article=PREVENTION["四3"],
    area=Noun.WARNING,
    owed_by=Case.PREVENTIVE_TALK,
    duty=OnTheDay(day=own_day, met=notified_before, each=the_case),
    remedy="warning talk-edit {id} --on {period} --notified …",
)

LEAD = Rule(
    id="talk-lead",
    title="防范谈话一般由党组书记主谈",
    english="The secretary of the leading group leads a preventive talk",
    article=PREVENTION["四2"],
    area=Noun.WARNING,
    owed_by=Case.PREVENTIVE_TALK,
    duty=OnTheDay(day=own_day, met=led, each=the_case),
    strength=Strength.SHOULD,
    remedy="warning talk-edit {id} --on {period} --lead-reason …",
)

REGISTER = Rule(
    id="talk-register",
    title="谈话后填写防范工作登记表",
    english="The registration form is filled in after a preventive talk",
    article=PREVENTION["四4"],
    area=Noun.WARNING,
    owed_by=Case.PREVENTIVE_TALK,
    duty=Until(since=own_day, met=registered, each=the_case),
    remedy="warning register {id} --on …",
    detail=what_to_register,
)

REPEAT = Rule(
    id="talk-repeat",
    title="没有说清的问题复谈",
    english="Another preventive talk is held if a matter is still unclear",
    article=PREVENTION["四5"],
    area=Noun.WARNING,
    owed_by=Case.PREVENTIVE_TALK,
    duty=Until(since=left_unclear, met=talked_again, each=the_case),
    strength=Strength.SHOULD,
    remedy="warning talk {id} --on … --by …,…",
)

ARCHIVE = Rule(
    id="warning-archive",
    title="结案后一人一卷归档",
    english="The dossier of a closed case is archived",
    article=PREVENTION["六"],
    area=Noun.WARNING,
    owed_by=Case.WARNING,
    duty=Until(since=closed, met=archived, each=the_case),
    remedy="warning archive {id} --on … --volume …",
)

RULES = (
    INQUIRY_REPLY,
    ADMONITION_REPORT,
    CORRECTION_REPORT,
    APPROVAL,
    TALK_FIRST,
    TWO_PEOPLE,
    OUTLINE,
    NOTICE,
    LEAD,
    REGISTER,
    REPEAT,
    ARCHIVE,
)
