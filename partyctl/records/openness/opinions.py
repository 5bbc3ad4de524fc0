"""Record opinions on openness (公开·9–12), and the steps in handling them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from partyctl.errors import NoSuchRecord, Refused
from partyctl.language import say
from partyctl.law.sources.clauses import OPENNESS
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.opinions import Opinion, OpinionStepLine
from partyctl.records.common import finding
from partyctl.records.common.voiding import void
from partyctl.records.common.words import clean_text, text_if_given
from partyctl.terms import (
    Correction,
    OpinionChannel,
    OpinionClass,
    OpinionStep,
    ReferredTo,
    stored_term,
)

CLAUSE = OPENNESS["11"]
AFTER_SETTLING = (OpinionStep.TELL, OpinionStep.PUBLISH)
"""The steps that are possible only after an opinion is settled."""


@dataclass(frozen=True, kw_only=True)
class OpinionEntry:
    """The values that the clerk typed for an opinion.

    None means that a value was not given. An empty `submitter` removes the name. `taken_back`:
    steps whose latest record is voided.
    """

    text: str | None = None
    kind: OpinionClass | None = None
    channel: OpinionChannel | None = None
    submitter: str | None = None
    received_on: date | None = None
    taken_back: Sequence[OpinionStep] = ()


@dataclass(frozen=True, kw_only=True)
class Step:
    """The values that the clerk typed for a step.

    `until_on`: the new deadline, if the step is a delay.
    """

    step: OpinionStep
    taken_on: date
    referred_to: ReferredTo | None = None
    until_on: date | None = None
    said: str | None = None


def add(session: Session, entry: OpinionEntry) -> Opinion:
    """Record an opinion received."""
    assert entry.text is not None
    opinion = new(
        Opinion,
        text=_clean(entry.text),
        kind=entry.kind,
        channel=entry.channel,
        submitter=text_if_given(entry.submitter, _submitter()),
        received_on=entry.received_on,
    )
    session.add(opinion)
    session.flush()
    return opinion


def take(session: Session, number: int, *steps: Step) -> Opinion:
    """Record steps in handling an opinion.

    Raises Refused if a step is on record already, or if the day of a step does not fit.
    """
    opinion = _opinion(session, number)
    for each in steps:
        _require_new(session, opinion, each)
        _require_later(opinion, each)
        session.add(
            new(
                OpinionStepLine,
                opinion_id=number,
                step=each.step,
                taken_on=each.taken_on,
                referred_to=each.referred_to,
                until_on=each.until_on,
                said=text_if_given(each.said, say("说明", "what is said")),
            )
        )
        session.flush()
    require_sense(session, opinion)
    return opinion


def edit(session: Session, number: int, entry: OpinionEntry) -> Opinion:
    """Correct an opinion, including its class. Values that are not given are left unchanged."""
    opinion = _opinion(session, number)
    if entry.text is not None:
        opinion.text = _clean(entry.text)
    if entry.submitter is not None:
        opinion.submitter = text_if_given(entry.submitter, _submitter())
    opinion.kind = entry.kind or opinion.kind
    opinion.channel = entry.channel or opinion.channel
    opinion.received_on = entry.received_on or opinion.received_on
    for step in entry.taken_back:
        _take_back(session, opinion, step)
    session.add(opinion)
    session.flush()
    require_sense(session, opinion)
    return opinion


def _clean(text: str) -> str:
    return clean_text(text, say("意见内容", "the opinion"))


def _submitter() -> str:
    return say("提出人", "who said it")


def _opinion(session: Session, number: int) -> Opinion:
    return finding.record(session, Opinion, number)


def _steps(session: Session, opinion: Opinion, *kinds: OpinionStep) -> Sequence[OpinionStepLine]:
    """An opinion's steps of the given kinds (by default all), oldest first."""
    query = select(OpinionStepLine).where(
        OpinionStepLine.opinion_id == opinion.number,
        col(OpinionStepLine.voided_at).is_(None),
        col(OpinionStepLine.step).in_(kinds or tuple(OpinionStep)),
    )
    order = (col(OpinionStepLine.taken_on), col(OpinionStepLine.id))
    return session.exec(query.order_by(*order)).all()


def _require_new(session: Session, opinion: Opinion, entry: Step) -> None:
    """Refuse a step that is on record already.

    An opinion can have several delays on different days, and several referrals to different bodies.
    """
    for earlier in _steps(session, opinion, entry.step):
        same_day = earlier.taken_on == entry.taken_on
        again = entry.step is not OpinionStep.DELAY or same_day
        if again and earlier.referred_to == entry.referred_to:
            raise Refused(
                say(
                    f"意见 #{opinion.number} 已于 {earlier.taken_on} {entry.step.label}[{CLAUSE}]。",
                    f"Opinion #{opinion.number}: {entry.step} is on record, "
                    f"{earlier.taken_on} [{CLAUSE}].",
                ),
                f"partyctl opinion edit {opinion.number} --not {entry.step}",
            )


def _require_later(opinion: Opinion, entry: Step) -> None:
    """Refuse a delay whose new deadline is on or before the day on which the delay was granted."""
    if entry.until_on is not None and entry.until_on <= entry.taken_on:
        raise _refused(
            opinion,
            say(
                f"延期到 {entry.until_on}，不晚于延期之日 {entry.taken_on}",
                f"the new deadline, {entry.until_on}, is not after the day of the delay, "
                f"{entry.taken_on}",
            ),
        )


def _take_back(session: Session, opinion: Opinion, step: OpinionStep) -> None:
    """Void the latest record of a step. Raises NoSuchRecord if no such step is on record."""
    found = _steps(session, opinion, step)
    if not found:
        raise NoSuchRecord(
            say(
                f"意见 #{opinion.number} 没有“{step.label}”的记录。",
                f"Opinion #{opinion.number} has no record of “{step}”.",
            ),
            f"partyctl opinion show {opinion.number}",
        )
    void(session, found[-1], Correction.STEP)
    session.flush()


def require_sense(session: Session, opinion: Opinion) -> None:
    """Refuse steps on impossible days, such as an answer dated before the opinion was settled."""
    steps = _steps(session, opinion)
    for line in steps:
        step = stored_term(OpinionStep, line.step)
        _require(
            opinion, step, line.taken_on, opinion.received_on, say("收到", "the opinion came in")
        )
    settled = next((line for line in steps if line.step == OpinionStep.SETTLE), None)
    for line in steps:
        step = stored_term(OpinionStep, line.step)
        if step in AFTER_SETTLING and settled is None:
            raise Refused(
                say(
                    f"意见 #{opinion.number} 还没有办结，不能{step.chinese}[{CLAUSE}]。",
                    f"Opinion #{opinion.number} is not settled yet, so the step {step} "
                    f"cannot be recorded [{CLAUSE}].",
                ),
                f"partyctl opinion settle {opinion.number} --on …",
            )
        if settled is None:
            continue
        if step in AFTER_SETTLING:
            _require(
                opinion,
                step,
                line.taken_on,
                settled.taken_on,
                say("办结", "the opinion was settled"),
            )
        if step is OpinionStep.DELAY and line.taken_on > settled.taken_on:
            raise _refused(
                opinion,
                say(
                    f"{settled.taken_on} 已经办结，不能在 {line.taken_on} 延期",
                    f"the opinion was settled on {settled.taken_on} and cannot be delayed "
                    f"on {line.taken_on}",
                ),
            )


def _require(opinion: Opinion, step: OpinionStep, day: date, first: date, what: str) -> None:
    if day < first:
        raise _refused(
            opinion,
            say(
                f"{step.chinese}的日期 {day} 早于{what}的日期 {first}",
                f"the step {step} on {day} is before the day {first} when {what}",
            ),
        )


def _refused(opinion: Opinion, why: str) -> Refused:
    return Refused(
        say(
            f"意见 #{opinion.number}：{why}[{CLAUSE}]。",
            f"Opinion #{opinion.number}: {why} [{CLAUSE}].",
        ),
        f"partyctl opinion show {opinion.number}",
    )
