"""支部委员会工作制度·五: the democratic-life meeting, laid out backwards and forwards from its day."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from partyctl.calendar import Period
from partyctl.language import say
from partyctl.law.clauses import BRANCH
from partyctl.law.deadlines import Before, By, OnTheDay, Within, held_or_planned
from partyctl.law.facts import ONE_DAY, TWO, Fact, Known, Subject, what
from partyctl.law.rule import Every, Proof, Rule, proof_of
from partyctl.law.scope import Due, Each, Owed, Owing
from partyctl.terms import (
    Case,
    DisclosureKind,
    LifeStep,
    MeetingKind,
    Noun,
    PackagePart,
    Post,
    Strength,
    TalkKind,
)

REPORT_DAYS = 15
"""Days before the meeting for the report to the superior, and after it for the package."""

STUDY_HALF_DAYS = 2
"""集中学习时间不少于1天, in half days."""


def the_meeting(case: Fact, known: Known) -> Iterator[Subject]:
    """The meeting, by the day that it was held or is planned for."""
    label = Case.DEMOCRATIC_LIFE.label
    yield Subject(case.record_kind, case.record_id, f"{label} {held_or_planned(case, known)}")


def held(case: Fact, known: Known) -> date | None:
    """The day it was held, once it was."""
    return case.done_on if case.done_on and case.done_on <= known.on else None


def head(case: Fact, known: Known) -> list[Subject]:
    """The leading group's secretary on the meeting's day."""
    day = held_or_planned(case, known)
    return known.serving(Post.LEADING_SECRETARY, day) if day else []


def others(case: Fact, known: Known) -> list[Subject]:
    """The leading group's other members on the meeting's day."""
    day = held_or_planned(case, known)
    heads = head(case, known)
    return [m for m in known.serving(Post.LEADING_MEMBER, day) if m not in heads] if day else []


def leading_group(case: Fact, known: Known) -> list[Subject]:
    """The whole leading group on the meeting's day, the secretary first."""
    return [*head(case, known), *others(case, known)]


def pair(one: Subject, two: Subject) -> Subject:
    """Two people who owe a talk to each other; numbered as the second of them."""
    return Subject(two.kind, two.id, f"{one.name}{TWO}{two.name}", one.id)


def head_pairs(case: Fact, known: Known) -> Iterator[Subject]:
    """The secretary with each other member."""
    for leader in head(case, known):
        for member in others(case, known):
            yield pair(leader, member)


def peer_pairs(case: Fact, known: Known) -> Iterator[Subject]:
    """Each two of the other members."""
    for one, two in combinations(others(case, known), 2):
        yield pair(one, two)


def first_step(step: LifeStep, case: Fact, known: Known) -> Proof | None:
    """The first record of a step."""
    return next((proof_of(fact) for fact in known.of_case(step, case)), None)


def reported(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """Plan, preparation and day were reported to the superior."""
    return first_step(LifeStep.PRIOR_REPORT, case, known)


def announced(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """Time and theme were made known to the bureau."""
    return first_step(LifeStep.NOTICE, case, known)


def briefed(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """The outcome was made known."""
    return first_step(LifeStep.BRIEFING, case, known)


def studied(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """The leading group studied together for a day at least, in one go or several."""
    half_days = 0
    for study in known.of_case(LifeStep.STUDY, case):
        half_days += study.amount or 0
        if half_days >= STUDY_HALF_DAYS:
            return proof_of(study)
    return None


OPINION_STEPS = (LifeStep.OPINIONS, LifeStep.FEEDBACK)


def heard(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """Opinions were asked for, and told to those whom they are about."""
    steps = [first_step(step, case, known) for step in OPINION_STEPS]
    found = [proof for proof in steps if proof is not None]
    return max(found, key=lambda proof: proof.on) if len(found) == len(steps) else None


def unheard(case: Fact, subject: Subject, known: Known) -> str | None:
    """Which of the two is missing."""
    return _missing([s.label for s in OPINION_STEPS if first_step(s, case, known) is None])


def by_member(step: LifeStep, case: Fact, member: Subject, known: Known) -> Proof | None:
    """The record of a step that each member of the leading group takes."""
    about = (member.kind, member.id)
    own = (f for f in known.of_case(step, case) if (f.subject_kind, f.subject_id) == about)
    return next(map(proof_of, own), None)


def outlined(case: Fact, member: Subject, known: Known) -> Proof | None:
    """The member's outline was written."""
    return by_member(LifeStep.OUTLINE, case, member, known)


def criticised(case: Fact, member: Subject, known: Known) -> Proof | None:
    """The member's criticism and self-criticism are on record."""
    return by_member(LifeStep.CRITICISM, case, member, known)


def talked(case: Fact, two: Subject, known: Known) -> Proof | None:
    """The two talked, since the last such meeting and within the year."""
    day = held_or_planned(case, known)
    if day is None:
        return None
    last = previous(case, known)
    year = date(day.year, 1, 1)
    start = max(year, last + ONE_DAY) if last else year
    for talk in known.facts[what(TalkKind.PAIR)]:
        if talk.on >= start and {talk.subject_id, talk.other_id} == {two.id, two.other_id}:
            return proof_of(talk)
    return None


def last_before(case: Fact, known: Known) -> Fact | None:
    """The last democratic-life meeting that was held before this one."""
    day = held_or_planned(case, known)
    earlier = {
        found: other
        for other in known.facts[what(Case.DEMOCRATIC_LIFE)]
        if other.record_id != case.record_id and (found := held(other, known))
        if day and found < day
    }
    return earlier[max(earlier)] if earlier else None


def previous(case: Fact, known: Known) -> date | None:
    """The day of the last democratic-life meeting before this one."""
    last = last_before(case, known)
    return last.done_on if last else None


def held_after_another(case: Fact, known: Known) -> date | None:
    """The day it was held, if there was an earlier one whose measures can be looked at."""
    return held(case, known) if previous(case, known) else None


def looked_back(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """The carrying-out of the last meeting's measures was examined."""
    return first_step(LifeStep.PREVIOUS_RECTIFICATION, case, known)


def parts(case: Fact, known: Known) -> dict[str, Proof]:
    """The parts of the package that were handed in, each with its first record."""
    found: dict[str, Proof] = {}
    for fact in known.of_case(LifeStep.PACKAGE, case):
        found.setdefault(str(fact.step), proof_of(fact))
    return found


def handed_in(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """The package is whole: met by its fifth part."""
    found = parts(case, known)
    return (
        max(found.values(), key=lambda proof: proof.on) if len(found) == len(PackagePart) else None
    )


def parts_missing(case: Fact, subject: Subject, known: Known) -> str | None:
    """The parts that are not there yet."""
    return _missing([part.label for part in PackagePart if part not in parts(case, known)])


def parts_to_hand_in(known: Known, meeting: Subject, period: str) -> str:
    """The options for the parts that are not there yet."""
    case = known.case(Case.DEMOCRATIC_LIFE, meeting.id)
    return "".join(f" --part {part}" for part in PackagePart if part not in parts(case, known))


def asking_or_telling(known: Known, meeting: Subject, period: str) -> str:
    """The step that comes next: opinions are asked for first, then passed on."""
    case = known.case(Case.DEMOCRATIC_LIFE, meeting.id)
    asked = first_step(LifeStep.OPINIONS, case, known)
    return f" {LifeStep.FEEDBACK if asked else LifeStep.OPINIONS} --on …"


def _missing(words: list[str]) -> str | None:
    return say(f"缺：{'、'.join(words)}", f"missing: {', '.join(words)}") if words else None


def measures_set(case: Fact, subject: Subject, known: Known) -> Proof | None:
    """At least one measure, with person and deadline, belongs to the meeting."""
    items = (f for f in known.facts[what(Case.RECTIFICATION)] if f.case_id == case.record_id)
    return next(map(proof_of, items), None)


class WhileItemsAreOpen(Owing):
    """The leading group, for the half-years in which something was still to be put right."""

    noun = Noun.ORGAN

    def periods(self, known: Known, kind: str, due: Due) -> Iterator[Owed]:
        """The periods on a day of which an item was open."""
        for subject, periods in Each.ORGAN.periods(known, kind, due):
            yield subject, [period for period in periods if _open_in(period, known)]


def _open_in(period: Period, known: Known) -> bool:
    return any(
        item.on <= period.last and (item.done_on is None or item.done_on >= period.first)
        for item in known.facts[what(Case.RECTIFICATION)]
    )


DEMOCRATIC_LIFE = Rule(
    id="democratic-life",
    title="民主生活会每年一次",
    english="A democratic-life meeting every year",
    article=BRANCH["五"],
    area=Noun.MEETING,
    owed_by=Each.ORGAN,
    duty=Every("year"),
    met_by=MeetingKind.DEMOCRATIC_LIFE,
    remedy="meeting plan democratic-life --on …",
)

PRIOR_REPORT = Rule(
    id="dl-prior-report",
    title="民主生活会前 15 日报告上级",
    english="The plan is reported to the superior 15 days before",
    article=BRANCH["五"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Before(days=REPORT_DAYS, met=reported, each=the_meeting),
    remedy="meeting step {id} prior-report --on …",
)

PACKAGE = Rule(
    id="dl-package",
    title="民主生活会后 15 日内上报五项材料",
    english="The five parts of the report within 15 days after",
    article=BRANCH["五"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Within(days=REPORT_DAYS, met=handed_in, each=the_meeting, note=parts_missing),
    remedy="meeting step {id} package --on …",
    detail=parts_to_hand_in,
)

STUDY = Rule(
    id="dl-study",
    title="民主生活会前集中学习不少于 1 天",
    english="A day of study before the meeting",
    article=BRANCH["五(1)"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Before(days=0, met=studied, each=the_meeting),
    remedy="meeting step {id} study --days 1 --on …",
)

NOTICE = Rule(
    id="dl-notice",
    title="民主生活会前向局机关通报时间和主题",
    english="Time and theme are announced to the bureau",
    article=BRANCH["五(2)"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Before(days=1, met=announced, each=the_meeting),
    remedy="meeting step {id} notice --on …",
)

OPINIONS = Rule(
    id="dl-opinions",
    title="民主生活会前征求并反馈意见",
    english="Opinions are asked for and passed on",
    article=BRANCH["五(2)"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Before(days=1, met=heard, each=the_meeting, note=unheard),
    remedy="meeting step {id}",
    detail=asking_or_telling,
)

OUTLINE = Rule(
    id="dl-outline",
    title="党组成员撰写发言提纲",
    english="Every member of the leading group writes an outline",
    article=BRANCH["五(3)"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Before(days=0, met=outlined, each=leading_group, whose=Noun.MEMBER),
    remedy="meeting step {id} outline --with {name} --on …",
)

TALKS = Rule(
    id="dl-talks",
    title="党组主要负责人与每个成员谈心",
    english="The secretary talks with every member of the leading group",
    article=BRANCH["五(4)"],
    area=Noun.TALK,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Before(days=0, met=talked, each=head_pairs, whose=Noun.MEMBER),
    remedy="talk add --with {name} --on …",
)

PEER_TALKS = Rule(
    id="dl-peer-talks",
    title="党组成员之间互相谈心",
    english="The members of the leading group talk with each other",
    article=BRANCH["五(4)"],
    area=Noun.TALK,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Before(days=0, met=talked, each=peer_pairs, whose=Noun.MEMBER),
    remedy="talk add --with {name} --on …",
)

CRITICISM = Rule(
    id="dl-criticism",
    title="党组成员开展批评与自我批评",
    english="Criticism and self-criticism by every member of the leading group",
    article=BRANCH["五(5)"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=OnTheDay(day=held, met=criticised, each=leading_group, whose=Noun.MEMBER),
    remedy="meeting step {id} criticism --with {name} --on …",
)

PREVIOUS_RECTIFICATION = Rule(
    id="dl-previous-rectification",
    title="检查上次民主生活会整改落实情况",
    english="The measures of the last meeting are examined",
    article=BRANCH["五(6)"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=OnTheDay(day=held_after_another, met=looked_back, each=the_meeting),
    remedy="meeting step {id} previous-rectification --on …",
)

RECTIFICATION = Rule(
    id="dl-rectification",
    title="民主生活会后 15 日内制定整改措施",
    english="Measures with person and deadline within 15 days",
    article=BRANCH["五(6)"],
    area=Noun.RECTIFY,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Within(days=REPORT_DAYS, met=measures_set, each=the_meeting),
    remedy="rectify add … --meeting {id} --owner … --due …",
)

RECTIFICATION_ITEM = Rule(
    id="rectification-item",
    title="整改事项按期完成",
    english="Each measure by its own date",
    article=BRANCH["五(6)"],
    area=Noun.RECTIFY,
    owed_by=Case.RECTIFICATION,
    duty=By(),
    remedy="rectify close {id} --on …",
)

RECTIFICATION_BRIEFING = Rule(
    id="rectification-briefing",
    title="通报整改落实情况",
    english="The carrying-out of measures is made known every half-year",
    article=BRANCH["五(6)"],
    area=Noun.DISCLOSURE,
    owed_by=WhileItemsAreOpen(),
    duty=Every("half-year"),
    met_by=DisclosureKind.RECTIFICATION,
    strength=Strength.SHOULD,
    remedy="disclosure publish … --on … --by …",
)

BRIEFING = Rule(
    id="dl-briefing",
    title="通报民主生活会情况",
    english="The outcome of the meeting is made known",
    article=BRANCH["五(7)"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Within(days=REPORT_DAYS, met=briefed, each=the_meeting),
    strength=Strength.SHOULD,
    remedy="meeting step {id} briefing --on …",
)

RULES = (
    *(DEMOCRATIC_LIFE, PRIOR_REPORT, PACKAGE, STUDY, NOTICE, OPINIONS, OUTLINE),
    *(TALKS, PEER_TALKS, CRITICISM, PREVIOUS_RECTIFICATION, RECTIFICATION),
    *(RECTIFICATION_ITEM, RECTIFICATION_BRIEFING, BRIEFING),
)
