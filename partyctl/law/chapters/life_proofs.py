"""Find the records that prove that a democratic-life meeting was prepared, held and followed up (支部·五).

Most functions take the meeting (`case`), a person with a duty, and all known facts.
"""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from partyctl.bilingual import ENUMERATION, NOTHING, Told, joined
from partyctl.calendar import period_of
from partyctl.law.engine.case_duty import held_or_planned
from partyctl.law.engine.facts import ONE_DAY, TWO, Fact, Subject, what
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import Proof, proof_of
from partyctl.law.engine.values import LifeMeeting
from partyctl.terms import Case, LifeStep, PackagePart, Post, TalkKind, dated, told_of

STUDY_HALF_DAYS = 2
"""集中学习时间不少于1天, in half days."""


def the_meeting(case: Fact[LifeMeeting], known: Known) -> Iterator[Subject]:
    """The meeting. Its name contains the day on which it was held or is planned."""
    yield Subject(
        case.record_kind,
        case.record_id,
        dated(Case.DEMOCRATIC_LIFE, held_or_planned(case, known)),
    )


def held(case: Fact[LifeMeeting], known: Known) -> date | None:
    """The day the meeting was held, or None if it has not been held."""
    held_on = case.of.held_on
    return held_on if held_on and held_on <= known.on else None


def head(case: Fact[LifeMeeting], known: Known) -> list[Subject]:
    """The secretary of the leading group on the meeting's day."""
    day = held_or_planned(case, known)
    return known.serving(Post.LEADING_SECRETARY, day) if day else []


def others(case: Fact[LifeMeeting], known: Known) -> list[Subject]:
    """The members of the leading group on the meeting's day, without the secretary."""
    day = held_or_planned(case, known)
    heads = head(case, known)
    return [m for m in known.serving(Post.LEADING_MEMBER, day) if m not in heads] if day else []


def leading_group(case: Fact[LifeMeeting], known: Known) -> list[Subject]:
    """The whole leading group on the meeting's day, the secretary first."""
    return [*head(case, known), *others(case, known)]


def pair(one: Subject, two: Subject) -> Subject:
    """The subject for two people who owe each other a talk.

    The `id` of this subject is the number of the second person.
    """
    return Subject(two.kind, two.id, f"{one.name}{TWO}{two.name}", one.id)


def head_pairs(case: Fact[LifeMeeting], known: Known) -> Iterator[Subject]:
    """Each pair of the secretary and another member of the leading group."""
    for leader in head(case, known):
        for member in others(case, known):
            yield pair(leader, member)


def peer_pairs(case: Fact[LifeMeeting], known: Known) -> Iterator[Subject]:
    """All pairs of members of the leading group, except the pairs with the secretary."""
    for one, two in combinations(others(case, known), 2):
        yield pair(one, two)


def first_step(step: LifeStep, case: Fact[LifeMeeting], known: Known) -> Proof | None:
    """The first record of a step."""
    return next((proof_of(fact) for fact in known.of_case(step, case)), None)


def reported(case: Fact[LifeMeeting], subject: Subject, known: Known) -> Proof | None:
    """The record that the plan, the preparation and the day were reported to the superior."""
    return first_step(LifeStep.PRIOR_REPORT, case, known)


def announced(case: Fact[LifeMeeting], subject: Subject, known: Known) -> Proof | None:
    """The record that the time and the theme were announced to the bureau."""
    return first_step(LifeStep.NOTICE, case, known)


def briefed(case: Fact[LifeMeeting], subject: Subject, known: Known) -> Proof | None:
    """The record that the outcome was announced."""
    return first_step(LifeStep.BRIEFING, case, known)


def studied(case: Fact[LifeMeeting], subject: Subject, known: Known) -> Proof | None:
    """The record of the study session that completed one whole day of study.

    The study sessions that are recorded for the meeting are added up, in order.
    """
    half_days = 0
    for study in known.of_case(LifeStep.STUDY, case):
        half_days += study.of.half_days or 0
        if half_days >= STUDY_HALF_DAYS:
            return proof_of(study)
    return None


OPINION_STEPS = (LifeStep.OPINIONS, LifeStep.FEEDBACK)


def heard(case: Fact[LifeMeeting], subject: Subject, known: Known) -> Proof | None:
    """The later of two records: that opinions were collected, and that they were passed on.

    The result is None if one of these two records is missing.
    """
    steps = [first_step(step, case, known) for step in OPINION_STEPS]
    found = [proof for proof in steps if proof is not None]
    return max(found, key=lambda proof: proof.on) if len(found) == len(steps) else None


def unheard(case: Fact[LifeMeeting], subject: Subject, known: Known) -> Told | None:
    """Words that say which step is not recorded: collecting opinions, or passing opinions on."""
    return _missing([told_of(s) for s in OPINION_STEPS if first_step(s, case, known) is None])


def by_member(
    step: LifeStep, case: Fact[LifeMeeting], member: Subject, known: Known
) -> Proof | None:
    """A member's own record of a step that every member of the leading group must take."""
    own = (f for f in known.of_case(step, case) if f.is_about(member))
    return next(map(proof_of, own), None)


def outlined(case: Fact[LifeMeeting], member: Subject, known: Known) -> Proof | None:
    """The record of the member's outline."""
    return by_member(LifeStep.OUTLINE, case, member, known)


def criticised(case: Fact[LifeMeeting], member: Subject, known: Known) -> Proof | None:
    """The record of the member's criticism and self-criticism."""
    return by_member(LifeStep.CRITICISM, case, member, known)


def talked(case: Fact[LifeMeeting], two: Subject, known: Known) -> Proof | None:
    """The first talk between two people since the start of the meeting's year.

    Talks up to the day of the previous democratic-life meeting do not count.
    """
    day = held_or_planned(case, known)
    if day is None:
        return None
    last = previous(case, known)
    year = date(day.year, 1, 1)
    start = max(year, last + ONE_DAY) if last else year
    for talk in known.facts[what(TalkKind.PAIR)]:
        if talk.on >= start and {talk.of.one_id, talk.of.two_id} == {two.id, two.other_id}:
            return proof_of(talk)
    return None


def last_before(case: Fact[LifeMeeting], known: Known) -> Fact[LifeMeeting] | None:
    """The last democratic-life meeting that was held before the given meeting (`case`)."""
    day = held_or_planned(case, known)
    earlier = {
        found: other
        for other in known.facts[what(Case.DEMOCRATIC_LIFE)]
        if other.record_id != case.record_id and (found := held(other, known))
        if day and found < day
    }
    return earlier[max(earlier)] if earlier else None


def previous(case: Fact[LifeMeeting], known: Known) -> date | None:
    """The day of the last democratic-life meeting that was held before the given meeting."""
    last = last_before(case, known)
    return last.of.held_on if last else None


def held_after_another(case: Fact[LifeMeeting], known: Known) -> date | None:
    """The day the meeting was held, or None if the meeting was the first one or was not held."""
    return held(case, known) if previous(case, known) else None


def looked_back(case: Fact[LifeMeeting], subject: Subject, known: Known) -> Proof | None:
    """The record that progress on the last meeting's measures was examined."""
    return first_step(LifeStep.PREVIOUS_RECTIFICATION, case, known)


def parts(case: Fact[LifeMeeting], known: Known) -> dict[PackagePart, Proof]:
    """The parts of the package of papers that were handed in, each with its first record."""
    found: dict[PackagePart, Proof] = {}
    for fact in known.of_case(LifeStep.PACKAGE, case):
        found.setdefault(fact.of.part, proof_of(fact))
    return found


def handed_in(case: Fact[LifeMeeting], subject: Subject, known: Known) -> Proof | None:
    """The record that completed the package of papers, because it added the fifth and last part."""
    found = parts(case, known)
    return (
        max(found.values(), key=lambda proof: proof.on) if len(found) == len(PackagePart) else None
    )


def parts_missing(case: Fact[LifeMeeting], subject: Subject, known: Known) -> Told | None:
    """The parts of the package that are missing, in words."""
    return _missing([told_of(part) for part in PackagePart if part not in parts(case, known)])


def holding(known: Known, group: Subject, period: str) -> str | None:
    """The command that records a year's planned meeting as held, or None if no meeting is planned."""
    for case in known.facts[what(Case.DEMOCRATIC_LIFE)]:
        planned = case.of.held_on is None and case.of.planned_on
        if planned and period == (case.makes_up or period_of("year", planned).name):
            return f"meeting hold {case.record_id} --on … --chair …"
    return None


def parts_to_hand_in(known: Known, meeting: Subject, period: str) -> str:
    """The options of `meeting step` that record the parts of the package that are still missing."""
    case = known.case(Case.DEMOCRATIC_LIFE, meeting.id)
    return "".join(f" --part {part}" for part in PackagePart if part not in parts(case, known))


def asking_or_telling(known: Known, meeting: Subject, period: str) -> str:
    """The words after `meeting step ID` in the command that records the next step.

    The next step is to collect opinions or, if they have been collected, to pass them on.
    """
    case = known.case(Case.DEMOCRATIC_LIFE, meeting.id)
    asked = first_step(LifeStep.OPINIONS, case, known)
    return f" {LifeStep.FEEDBACK if asked else LifeStep.OPINIONS} --on …"


def _missing(words: list[Told]) -> Told | None:
    if not words:
        return None
    return joined((Told("缺：", "missing: "), joined(words, ENUMERATION)), NOTHING)


def measures_set(case: Fact[LifeMeeting], subject: Subject, known: Known) -> Proof | None:
    """The first measure of the meeting (each measure has a person and a deadline)."""
    items = (f for f in known.facts[what(Case.RECTIFICATION)] if f.of.meeting_id == case.record_id)
    return next(map(proof_of, items), None)
