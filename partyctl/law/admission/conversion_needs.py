"""支部·六11: test whether the needs of the steps at the end of probation are met."""

from datetime import date

from partyctl import calendar
from partyctl.bilingual import Told
from partyctl.law.admission.journey import Journey, Probation, day_after
from partyctl.law.admission.needs import Found, Lack, NotNeeded, missing
from partyctl.law.admission.outcomes import (
    NOT_RECORDED,
    OUTCOMES,
    Step,
    in_order,
    kind_of,
    passed,
)
from partyctl.terms import AdmissionStep

EXTENSION_MONTHS = (6, 12)
REQUEST_MONTHS = 1
BEFORE_ITS_END = NotNeeded("probation was cancelled before its year was over")
NEVER_ASKED = NotNeeded(
    "probation is over and nobody asked for conversion; the meeting decides nevertheless"
)


def conversion_announced(way: Journey, taken: Step) -> Found:
    """Test that the publicity (公示) was over before the meeting.

    A cancellation before probation ends needs no publicity.
    """
    probation = way.probation(taken.on)
    early = probation is not None and taken.on <= probation.ends
    if early and kind_of(taken) is AdmissionStep.CANCELLATION:
        return BEFORE_ITS_END
    notice = way.last(AdmissionStep.CONVERSION_PUBLICITY, taken.on)
    since = probation.begins if probation else date.min
    if notice is None or not passed(notice) or notice.on < since:
        return missing(AdmissionStep.CONVERSION_PUBLICITY, taken.on)
    allowed = day_after(notice.of.until_on or notice.on)
    if allowed <= taken.on:
        return notice
    return Lack(
        AdmissionStep.CONVERSION_PUBLICITY,
        Told(
            f"公示在会前：{allowed} 起才可以开会",
            f"the meeting can be held only after the publicity, from {allowed} on",
        ),
        allowed,
    )


def first_request_day(probation: Probation) -> date:
    """The first day on which conversion can be requested: one month before probation ends."""
    return calendar.months_after(probation.ends, -REQUEST_MONTHS)


def not_too_early(way: Journey, taken: Step) -> Found:
    """Test that conversion was requested no earlier than one month before probation ends."""
    probation = way.probation(taken.on)
    if probation is None:
        return missing(AdmissionStep.VOTE, taken.on)
    first = first_request_day(probation)
    if taken.on >= first:
        return taken
    return Lack(
        AdmissionStep.CONVERSION_REQUEST,
        Told(
            f"预备期到 {probation.ends} 满，转正申请最早提前一个月，{first} 起才可以",
            f"probation ends on {probation.ends}; conversion can be requested from {first}",
        ),
        first,
    )


def requested(way: Journey, taken: Step) -> Found:
    """Test that the member requested conversion in the present period of probation.

    A meeting that decides after the end of probation needs no request for conversion.
    """
    probation = way.probation(taken.on)
    asked = way.last(AdmissionStep.CONVERSION_REQUEST, taken.on)
    since = probation.begins if probation else date.min
    if asked is None or asked.on <= since:
        if probation is not None and taken.on > probation.ends:
            return NEVER_ASKED
        return missing(AdmissionStep.CONVERSION_REQUEST, taken.on)
    return asked


def probation_over(way: Journey, taken: Step) -> Step | Lack:
    """Test that probation has ended, so that the meeting can decide on conversion."""
    probation = way.probation(taken.on)
    if probation is None:
        return missing(AdmissionStep.VOTE, taken.on)
    first = day_after(probation.ends)
    if taken.on >= first:
        return taken
    return Lack(
        kind_of(taken),
        Told(
            f"预备期到 {probation.ends} 才满，{first} 起才可以",
            f"probation ends on {probation.ends}; possible from {first}",
        ),
        first,
    )


def extension_days(probation: Probation) -> tuple[date, date]:
    """The first and the last day on which an extension can end: after half a year, and after a year."""
    first = day_after(probation.ends)
    shortest, longest = EXTENSION_MONTHS
    return calendar.probation_end(first, shortest), calendar.probation_end(first, longest)


def within_bounds(way: Journey, taken: Step) -> Step | Lack:
    """Test that the extension is the first one, and lasts between half a year and a year."""
    probation = way.probation(taken.on)
    if probation is None:
        return missing(AdmissionStep.VOTE, taken.on)
    if probation is not way.probations[0]:
        told = Told(
            "预备期已延长过一次，只能延长一次",
            "probation can be extended only once, and it was already extended",
        )
        return Lack(AdmissionStep.CANCELLATION, told)
    first, last = extension_days(probation)
    until_on = taken.of.until_on
    if until_on is not None and first <= until_on <= last:
        return taken
    return Lack(
        AdmissionStep.EXTENSION,
        Told(
            f"延长不少于半年、不超过一年：--until 应在 {first} 到 {last} 之间",
            f"at least half a year, at most a year: --until from {first} to {last}",
        ),
    )


def decided(way: Journey, taken: Step) -> Step | Lack:
    """Test that a members' meeting decided on probation, and that the superior has not answered yet."""
    return way.waiting(taken.on, before=taken) or missing(AdmissionStep.CONVERSION_VOTE, taken.on)


def concluded(way: Journey, taken: Step) -> Step | Lack:
    """Test that the admission has ended."""
    ended = way.is_over and way.reached.since <= taken.on
    return taken if ended else missing(AdmissionStep.CONVERSION_APPROVAL, taken.on)


def first_in_term(way: Journey, taken: Step) -> Step | Lack:
    """Test that a vote on probation does not repeat an earlier vote (see `repeated`)."""
    other = repeated(way, kind_of(taken), in_order(taken))
    if other is None:
        return taken
    return Lack(
        kind_of(other),
        Told(
            f"{other.on} 已有“{kind_of(other).chinese}”的表决，同一个问题不表决两次",
            f"{kind_of(other)} of {other.on} is on record; a question is voted on only once",
        ),
        is_closed=True,
    )


def repeated(way: Journey, question: AdmissionStep, at: tuple[date, int]) -> Step | None:
    """The earlier vote that a vote on probation would repeat, or None.

    `question`: conversion, extension or cancellation. `at`: the place of the vote in the order of
    the steps (see `in_order`). A vote repeats an earlier vote in the same period of probation if the
    earlier one was passed, or was on the same question. If the superior refused the decision of a
    vote, that vote and all before it are ignored.
    """
    answers = way.all(AdmissionStep.CONVERSION_APPROVAL)
    refusals = [each.on for each in answers if not passed(each) and in_order(each) < at]
    return next(
        (
            step
            for kind in OUTCOMES
            for step in way.all(kind)
            if in_order(step) < at
            and (passed(step) or kind is question)
            and way.probation(step.on) is way.probation(at[0])
            and not any(refused_on >= step.on for refused_on in refusals)
        ),
        None,
    )


def open_votes(way: Journey, on: date) -> list[AdmissionStep]:
    """The questions on probation (such as conversion) on which a meeting can still vote on a day.

    A vote that would repeat an earlier one (see `repeated`) is left out. Probation can be extended
    only once.
    """
    at = (on, NOT_RECORDED)
    is_extended = way.probation(on) not in way.probations[:1]
    return [
        kind
        for kind in OUTCOMES
        if repeated(way, kind, at) is None and not (kind is AdmissionStep.EXTENSION and is_extended)
    ]
