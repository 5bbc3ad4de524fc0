"""支部委员会工作制度·六11: probation, and how it ends.

A meeting can decide to convert the member, to extend probation, or to cancel probation. The
meeting's decision takes effect when the superior approves the decision. At the end of an extension,
the request for conversion and the meeting are due again.
"""

from collections.abc import Iterator
from datetime import date

from partyctl.bilingual import Told
from partyctl.law.admission import steps
from partyctl.law.admission.conversion_needs import first_request_day, open_votes
from partyctl.law.admission.duties import (
    ByItsDayNotEarlier,
    Holds,
    Owed,
    UntilDone,
    needed_each_time,
)
from partyctl.law.admission.journey import day_after, is_gone, journeys, probations
from partyctl.law.admission.needs import words_of
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import proof_of
from partyctl.law.engine.rule import Rule
from partyctl.law.sources.clauses import BRANCH
from partyctl.terms import AdmissionStep, Case, Noun


def oath(known: Known) -> Iterator[Owed]:
    """A probationary member must take the oath after the recorded approval."""
    for way in journeys(known):
        approval, sworn = way.passed(AdmissionStep.APPROVAL), way.last(AdmissionStep.OATH)
        if approval is None or way.member is None or (way.refused and not sworn):
            continue
        if sworn or not is_gone(way.member, known.on, known):
            proof = proof_of(sworn) if sworn else None
            yield Owed(way.member, approval.on, None, proof, way.case.record_id)


def conversion_request(known: Known) -> Iterator[Owed]:
    """Conversion must be requested before probation ends, and again before an extension ends."""
    for probation in probations(known):
        way = probation.journey
        until = probation.concluded.approval.on if probation.concluded else date.max
        requests = way.all(AdmissionStep.CONVERSION_REQUEST) if way else []
        made = [f for f in requests if probation.begins < f.on <= until]
        asked = next((f for f in made if f.on >= first_request_day(probation)), None)
        case = way.case.record_id if way else None
        if made and asked is None:
            early = made[0].on
            note = Told(f"{early} 申请过早", f"asked too early, on {early}")
            yield Owed(probation.member, early, early, None, case, note)
        elif asked or not is_gone(probation.member, known.on, known):
            proof = proof_of(asked) if asked else None
            yield Owed(probation.member, probation.begins, probation.ends, proof, case)


def conversion_vote(known: Known) -> Iterator[Owed]:
    """After probation the members' meeting must decide; the duty is done when the superior approves."""
    for probation in probations(known):
        way, first = probation.journey, day_after(probation.ends)
        end = probation.concluded.approval if probation.concluded else None
        if (end and end.on < first) or (end is None and is_gone(probation.member, known.on, known)):
            continue
        case = way.case.record_id if way else None
        yield Owed(probation.member, first, None, proof_of(end) if end else None, case)


def step_of_member(step: AdmissionStep, known: Known, member: Subject) -> str:
    """The words after `applicant` in the command that records a step for a member.

    If the member has no application in the ledger, the command adds an application instead.
    """
    for way in journeys(known):
        if way.member == member:
            return f" step {known.addressed(way.subject)} {words_of(step)}"
    return f" add {known.addressed(member)} --applied …"


def ask_for_conversion(known: Known, member: Subject, period: str) -> str:
    """The words after `applicant` in the command that records a request for conversion."""
    return step_of_member(AdmissionStep.CONVERSION_REQUEST, known, member)


def decide_on_conversion(known: Known, member: Subject, period: str) -> str:
    """The words after `applicant` in the command for the next step towards conversion.

    The next step is the publicity (公示), the meeting's vote, or the superior's answer. If the meeting
    voted down one question (for example, conversion), the vote is on the next question. If no
    question is left (see `open_votes`), the command shows the admission.
    """
    way = next((each for each in journeys(known) if each.member == member), None)
    probation = way.probation(known.on) if way else None
    following = AdmissionStep.CONVERSION_PUBLICITY
    if way and probation:
        noticed = way.passed(AdmissionStep.CONVERSION_PUBLICITY)
        if way.waiting(known.on):
            following = AdmissionStep.CONVERSION_APPROVAL
        elif noticed and noticed.on >= probation.begins:
            votes = open_votes(way, known.on)
            if not votes:
                return f" show {known.addressed(way.subject)}"
            following = votes[0]
    return step_of_member(following, known, member)


def take_the_oath(known: Known, member: Subject, period: str) -> str:
    """The words after `applicant` in the command that records an oath."""
    return step_of_member(AdmissionStep.OATH, known, member)


OATH = Rule(
    id="oath",
    title="预备党员面对党旗宣誓",
    english="A probationary member takes the oath",
    article=BRANCH["六11"],
    area=Noun.APPLICANT,
    owed_by=Case.PROBATION,
    duty=UntilDone(oath),
    remedy="applicant",
    detail=take_the_oath,
)

CONVERSION_REQUEST = Rule(
    id="conversion-request",
    title="预备期满本人申请转正",
    english="A probationary member asks for conversion",
    article=BRANCH["六11"],
    area=Noun.APPLICANT,
    owed_by=Case.PROBATION,
    duty=ByItsDayNotEarlier(conversion_request),
    remedy="applicant",
    detail=ask_for_conversion,
)

CONVERSION_PUBLICITY = Rule(
    id="conversion-publicity",
    title="转正会前公示",
    english="Publicity before the meeting on conversion",
    article=BRANCH["六11"],
    area=Noun.APPLICANT,
    owed_by=Case.APPLICANT,
    duty=Holds(needed_each_time(steps.CONVERSION_ANNOUNCED, steps.REQUESTED)),
    remedy="applicant step {name} conversion-publicity --on …",
)

CONVERSION_VOTE = Rule(
    id="conversion-vote",
    title="党员大会讨论转正、延长或取消，上级批准",
    english="The meeting votes on conversion, extension or cancellation; the superior approves",
    article=BRANCH["六11"],
    area=Noun.APPLICANT,
    owed_by=Case.PROBATION,
    duty=UntilDone(conversion_vote),
    remedy="applicant",
    detail=decide_on_conversion,
)

EXTENSION_BOUNDS = Rule(
    id="extension-bounds",
    title="预备期只延长一次，半年以上一年以下",
    english="Probation is extended at most once, by half a year to a year",
    article=BRANCH["六11"],
    area=Noun.APPLICANT,
    owed_by=Case.APPLICANT,
    duty=Holds(needed_each_time(steps.EXTENSION_BOUNDS)),
    remedy="applicant step {name} extension --void …",
)

RULES = (OATH, CONVERSION_REQUEST, CONVERSION_PUBLICITY, CONVERSION_VOTE, EXTENSION_BOUNDS)
