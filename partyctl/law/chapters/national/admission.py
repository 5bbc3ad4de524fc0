"""Advice from 发展党员工作细则 on matters that the bureau's regulation does not cover.

The 2014 text applies to acts on or before 2026-05-10, and the 2026 text applies to acts after this
day. An act that is still to come is judged by the text in force now. This module has no rules on
the superior's talks, or on the order in which the superior files papers.
"""

from collections.abc import Iterator
from datetime import date

from partyctl import calendar
from partyctl.bilingual import SEMICOLON, Told, joined
from partyctl.law.admission.duties import ByAnAct, ByItsDay, Holds, Owed, Owing
from partyctl.law.admission.journey import Journey, is_gone, journeys
from partyctl.law.admission.outcomes import OUTCOMES, Step, kind_of, passed
from partyctl.law.engine.facts import Fact
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import proof_of
from partyctl.law.engine.quorum import votes_by_roll
from partyctl.law.engine.rule import Rule
from partyctl.law.sources.texts import ADMISSION_2014, ADMISSION_2026, Text, text_of
from partyctl.terms import AdmissionStep, Case, Layer, Noun, Strength

VOTES = (AdmissionStep.VOTE, *OUTCOMES)
AGE_MONTHS = 18 * 12
TALK_MONTHS = VOTE_MONTHS = OATH_MONTHS = 1
APPROVAL_MONTHS, LATEST_APPROVAL_MONTHS = 3, 6
PUBLICITY_WORKING_DAYS = 5
TRAINING_DAYS, TRAINING_HOURS = 3, 24


def both(article: int) -> str:
    """The citation of the 2014 text as a whole, and of one article of the 2026 text."""
    return f"{ADMISSION_2014}、{ADMISSION_2026.article(article)}"


def is_new(act: Fact | None, known: Known) -> bool:
    """Whether the 2026 text applied on the day of the act (or applies now, if the act is in the future)."""
    return (act.on if act else known.on) >= ADMISSION_2026.since


def _owed(way: Journey, opens: date, due: date, done: Fact | None) -> Owed:
    return Owed(way.subject, opens, due, proof_of(done) if done else None, way.case.record_id)


def age(known: Known) -> Iterator[Owed]:
    """An applicant must be at least eighteen. Without a day of birth, the age is not judged."""
    for way in journeys(known):
        born, applied = way.case.of.birth_on, way.case.on
        if born is not None:
            grown = calendar.months_after(born, AGE_MONTHS)
            told = Told(f"{grown} 才满 18 岁", f"eighteen on {grown}") if grown > applied else None
            owed = _owed(way, applied, applied, None if told else way.case)
            yield owed._replace(note=told)


def talk(known: Known) -> Iterator[Owed]:
    """A talk with the applicant must take place within a month of the application."""
    for way in journeys(known):
        had = next(iter(way.all(AdmissionStep.TALK)), None)
        if way.came_on is None and (had or not way.withdrawn_on):
            yield _owed(way, way.case.on, calendar.months_after(way.case.on, TALK_MONTHS), had)


def target_publicity(known: Known) -> Iterator[Owed]:
    """Since 2026-05-11, five working days of publicity (公示) must precede the decision on a target."""
    for way in journeys(known):
        for decision in way.all(AdmissionStep.TARGET):
            if passed(decision) and is_new(decision, known):
                yield _announced(way, decision, known)


def _announced(way: Journey, decision: Step, known: Known) -> Owed:
    owed = _owed(way, decision.on, decision.on, None)
    for notice in way.all(AdmissionStep.TARGET_PUBLICITY):
        last, provisional = calendar.working_days_after(
            notice.on, PUBLICITY_WORKING_DAYS, known.rest()
        )
        up_to = notice.of.until_on or last
        if passed(notice) and last <= up_to < decision.on:
            return owed._replace(proof=proof_of(notice), provisional=provisional)
        told = Told(f"公示到 {last}，之后才可以", f"until {last} at least")
        owed = owed._replace(note=told, provisional=provisional)
    return owed


def training(known: Known) -> Iterator[Owed]:
    """Training must take three days or 24 hours. Training without a recorded length is not judged."""
    for way in journeys(known):
        for course in way.all(AdmissionStep.TRAINING):
            until_on, half_hours = course.of.until_on, course.of.half_hours or 0
            days = (until_on - course.on).days + 1 if until_on else 0
            if passed(course) and (days or half_hours):
                long = days >= TRAINING_DAYS or half_hours >= 2 * TRAINING_HOURS
                yield _owed(way, course.on, course.on, course if long else None)


def vote_after_agreement(known: Known) -> Iterator[Owed]:
    """Since 2026-05-11, the meeting must vote within a month of the superior's agreement."""
    for way in journeys(known):
        vote = way.last(AdmissionStep.VOTE)
        agreed = way.passed(AdmissionStep.FORM_APPROVAL, vote.on if vote else date.max)
        if agreed and is_new(vote, known) and (vote or not way.is_over):
            yield _owed(way, agreed.on, calendar.months_after(agreed.on, VOTE_MONTHS), vote)


def approval_within(months: int) -> Owing:
    """The superior must answer within `months` months of the vote."""

    def owed(known: Known) -> Iterator[Owed]:
        for way in journeys(known):
            if vote := way.passed(AdmissionStep.VOTE):
                answer = way.last(AdmissionStep.APPROVAL)
                yield _owed(way, vote.on, calendar.months_after(vote.on, months), answer)

    return owed


def oath(known: Known) -> Iterator[Owed]:
    """Since 2026-05-11, the oath must be taken within a month of the approval."""
    for way in journeys(known):
        agreed, sworn = way.passed(AdmissionStep.APPROVAL), way.last(AdmissionStep.OATH)
        gone = way.member is None or (not sworn and is_gone(way.member, known.on, known))
        if agreed and is_new(sworn, known) and not gone:
            yield _owed(way, agreed.on, calendar.months_after(agreed.on, OATH_MONTHS), sworn)


def conversion_approval(known: Known) -> Iterator[Owed]:
    """The superior must answer each decision on probation within three months of the meeting."""
    for way in journeys(known):
        answers = way.all(AdmissionStep.CONVERSION_APPROVAL)
        for step in way.steps:
            if kind_of(step) in OUTCOMES and passed(step):
                answer = next((each for each in answers if each.on >= step.on), None)
                due = calendar.months_after(step.on, APPROVAL_MONTHS)
                yield _owed(way, step.on, due, answer)


def quorum(known: Known) -> Iterator[Owed]:
    """More than half of the eligible voters must be present, and more than half must be in favour.

    The voters present and the votes in favour are both compared with all eligible voters.
    """
    for way in journeys(known):
        for step in way.steps:
            votes = votes_by_roll(step, known)
            if kind_of(step) not in VOTES or votes is None:
                continue
            short = []
            if not votes.is_quorate_to_admit:
                short.append(Told("到会未超过应到半数", "not more than half were present"))
            if not votes.is_carried:
                short.append(Told("赞成未超过应到半数", "not more than half were in favour"))
            owed = _owed(way, step.on, step.on, None if short else step)
            yield owed._replace(note=joined(short, SEMICOLON) if short else None)


def cited(article: str) -> list[Text]:
    """The national texts that a citation refers to."""
    return [text for text in map(text_of, article.split("、")) if text is not None]


def _rule(
    name: str, title: str, english: str, article: str, duty: ByItsDay | Holds, remedy: str
) -> Rule:
    """Make a rule from a national text. The rule applies to admissions, and only advises."""
    return Rule(
        id=name,
        title=title,
        english=english,
        article=article,
        area=Noun.APPLICANT,
        owed_by=Case.APPLICANT,
        duty=duty,
        remedy=f"applicant {remedy}",
        strength=Strength.SHOULD,
        layer=Layer.NATIONAL,
        since=min(text.since for text in cited(article)),
    )


QUORUM_ADMISSION = _rule(
    "quorum-admission",
    "接收和预备期表决：到会和赞成都超过应到半数",
    "More than half are present and more than half in favour at a vote on admission or probation",
    both(19),
    Holds(quorum),
    "show {name}",
)

APPLICANT_TALK = _rule(
    "applicant-talk",
    "收到申请一个月内派人谈话",
    "A talk within a month of the application",
    both(7),
    ByItsDay(talk),
    "step {name} talk --on …",
)

TARGET_PUBLICITY = _rule(
    "target-publicity",
    "列为发展对象前公示五个工作日",
    "A development target is announced for five working days before the decision",
    ADMISSION_2026.article(13),
    Holds(target_publicity),
    "step {name} target-publicity --on …",
)

TRAINING_HOURS_RULE = _rule(
    "training-hours",
    "集中培训不少于三天或二十四学时",
    "Training lasts at least three days or 24 hours",
    both(17),
    Holds(training),
    "step {name} training --void …",
)

VOTE_AFTER_PREEXAM = _rule(
    "vote-after-preexam",
    "预审合格一个月内召开支部大会",
    "The meeting votes within a month of the superior's agreement",
    ADMISSION_2026.article(19),
    ByAnAct(vote_after_agreement, ADMISSION_2026.since),
    "step {name} vote --on … --votes …",
)

APPROVAL_IN_THREE_MONTHS = _rule(
    "approval-in-three-months",
    "上级三个月内审批",
    "The superior answers within three months of the vote",
    both(25),
    ByItsDay(approval_within(APPROVAL_MONTHS)),
    "step {name} approval --on …",
)

APPROVAL_IN_SIX_MONTHS = _rule(
    "approval-in-six-months",
    "特殊情况下上级六个月内审批",
    "In special cases, the superior answers within six months of the vote",
    both(25),
    ByItsDay(approval_within(LATEST_APPROVAL_MONTHS)),
    "step {name} approval --on …",
)

OATH_IN_A_MONTH = _rule(
    "oath-in-a-month",
    "批复后一个月内宣誓",
    "The oath is taken within a month of the approval",
    ADMISSION_2026.article(29),
    ByAnAct(oath, ADMISSION_2026.since),
    "step {name} oath --on …",
)

CONVERSION_APPROVAL_IN_THREE_MONTHS = _rule(
    "conversion-approval-in-three-months",
    "预备期表决后三个月内审批",
    "The superior answers within three months of a meeting's decision on probation",
    both(33),
    ByItsDay(conversion_approval),
    "step {name} conversion-approval --on …",
)

ACTIVIST_AGE = _rule(
    "activist-age",
    "申请入党年满十八岁",
    "An applicant is at least eighteen",
    both(5),
    Holds(age),
    "edit {name} --birth …",
)

RULES = (
    QUORUM_ADMISSION,
    APPLICANT_TALK,
    TARGET_PUBLICITY,
    TRAINING_HOURS_RULE,
    VOTE_AFTER_PREEXAM,
    APPROVAL_IN_THREE_MONTHS,
    APPROVAL_IN_SIX_MONTHS,
    OATH_IN_A_MONTH,
    CONVERSION_APPROVAL_IN_THREE_MONTHS,
    ACTIVIST_AGE,
)
