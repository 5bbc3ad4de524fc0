"""支部委员会工作制度·五: the democratic-life meeting, and the duties before and after it."""

from collections.abc import Iterator

from partyctl.calendar import Period
from partyctl.law.chapters import life_proofs as proofs
from partyctl.law.chapters.life_proofs import the_meeting
from partyctl.law.engine.deadlines import Before, By, OnTheDay, Within
from partyctl.law.engine.every import Every
from partyctl.law.engine.facts import what
from partyctl.law.engine.known import Known
from partyctl.law.engine.rule import Rule
from partyctl.law.engine.scope import Due, Each, Owed, Owing
from partyctl.law.sources.clauses import BRANCH
from partyctl.terms import Case, DisclosureKind, MeetingKind, Noun, Strength

REPORT_DAYS = 15
"""The plan is due 15 days before the meeting.

The papers, the measures and the briefing are due 15 days after the meeting.
"""


class WhileItemsAreOpen(Owing):
    """The leading group owes a duty for each half-year in which a rectification item was open."""

    noun = Noun.ORGAN

    def periods(self, known: Known, kind: str, due: Due) -> Iterator[Owed]:
        """The periods (half-years) in which a rectification item was open on at least one day."""
        for subject, periods in Each.ORGAN.periods(known, kind, due):
            yield subject, [period for period in periods if _open_in(period, known)]


def _open_in(period: Period, known: Known) -> bool:
    return any(
        item.on <= period.last and (item.of.done_on is None or item.of.done_on >= period.first)
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
    instead=proofs.holding,
)

PRIOR_REPORT = Rule(
    id="dl-prior-report",
    title="民主生活会前 15 日报告上级",
    english="The plan of the meeting is reported to the superior 15 days before the meeting",
    article=BRANCH["五"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Before(days=REPORT_DAYS, met=proofs.reported, each=the_meeting),
    remedy="meeting step {id} prior-report --on …",
)

PACKAGE = Rule(
    id="dl-package",
    title="民主生活会后 15 日内上报五项材料",
    english="The five parts of the report are handed in within 15 days of the meeting",
    article=BRANCH["五"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Within(
        days=REPORT_DAYS, met=proofs.handed_in, each=the_meeting, note=proofs.parts_missing
    ),
    remedy="meeting step {id} package --on …",
    detail=proofs.parts_to_hand_in,
)

STUDY = Rule(
    id="dl-study",
    title="民主生活会前集中学习不少于 1 天",
    english="A day of study before the meeting",
    article=BRANCH["五(1)"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Before(days=0, met=proofs.studied, each=the_meeting),
    remedy="meeting step {id} study --days 1 --on …",
)

NOTICE = Rule(
    id="dl-notice",
    title="民主生活会前向局机关通报时间和主题",
    english="The time and the theme of the meeting are announced to the bureau",
    article=BRANCH["五(2)"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Before(days=1, met=proofs.announced, each=the_meeting),
    remedy="meeting step {id} notice --on …",
)

OPINIONS = Rule(
    id="dl-opinions",
    title="民主生活会前征求并反馈意见",
    english="Opinions are collected, and passed on to the people concerned",
    article=BRANCH["五(2)"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Before(days=1, met=proofs.heard, each=the_meeting, note=proofs.unheard),
    remedy="meeting step {id}",
    detail=proofs.asking_or_telling,
)

OUTLINE = Rule(
    id="dl-outline",
    title="党组成员撰写发言提纲",
    english="Every member of the leading group writes an outline of a speech",
    article=BRANCH["五(3)"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Before(days=0, met=proofs.outlined, each=proofs.leading_group, whose=Noun.MEMBER),
    remedy="meeting step {id} outline --with {name} --on …",
    several=True,
)

TALKS = Rule(
    id="dl-talks",
    title="党组主要负责人与每个成员谈心",
    english="The secretary of the leading group talks with each of its members",
    article=BRANCH["五(4)"],
    area=Noun.TALK,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Before(days=0, met=proofs.talked, each=proofs.head_pairs, whose=Noun.MEMBER),
    remedy="talk add --with {name} --on …",
)

PEER_TALKS = Rule(
    id="dl-peer-talks",
    title="党组成员之间互相谈心",
    english="The members of the leading group talk with each other",
    article=BRANCH["五(4)"],
    area=Noun.TALK,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Before(days=0, met=proofs.talked, each=proofs.peer_pairs, whose=Noun.MEMBER),
    remedy="talk add --with {name} --on …",
)

CRITICISM = Rule(
    id="dl-criticism",
    title="党组成员开展批评与自我批评",
    english="Criticism and self-criticism by every member of the leading group",
    article=BRANCH["五(5)"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=OnTheDay(
        day=proofs.held, met=proofs.criticised, each=proofs.leading_group, whose=Noun.MEMBER
    ),
    remedy="meeting step {id} criticism --with {name} --on …",
    several=True,
)

PREVIOUS_RECTIFICATION = Rule(
    id="dl-previous-rectification",
    title="检查上次民主生活会整改落实情况",
    english="The measures set at the last meeting are examined",
    article=BRANCH["五(6)"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=OnTheDay(day=proofs.held_after_another, met=proofs.looked_back, each=the_meeting),
    remedy="meeting step {id} previous-rectification --on …",
)

RECTIFICATION = Rule(
    id="dl-rectification",
    title="民主生活会后 15 日内制定整改措施",
    english="Measures with a person and a deadline are set within 15 days of the meeting",
    article=BRANCH["五(6)"],
    area=Noun.RECTIFY,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Within(days=REPORT_DAYS, met=proofs.measures_set, each=the_meeting),
    remedy="rectify add … --meeting {id} --owner … --due …",
)

RECTIFICATION_ITEM = Rule(
    id="rectification-item",
    title="整改事项按期完成",
    english="Each measure is done by its due date",
    article=BRANCH["五(6)"],
    area=Noun.RECTIFY,
    owed_by=Case.RECTIFICATION,
    duty=By(),
    remedy="rectify close {id} --on …",
)

RECTIFICATION_BRIEFING = Rule(
    id="rectification-briefing",
    title="通报整改落实情况",
    english="The progress of measures is announced every half-year",
    article=BRANCH["五(6)"],
    area=Noun.DISCLOSURE,
    owed_by=WhileItemsAreOpen(),
    duty=Every("half-year"),
    met_by=DisclosureKind.RECTIFICATION,
    strength=Strength.SHOULD,
    remedy="disclosure add rectification --title … --scope … --approved-on … --on … --by …",
)

BRIEFING = Rule(
    id="dl-briefing",
    title="通报民主生活会情况",
    english="The outcome of the meeting is announced",
    article=BRANCH["五(7)"],
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Within(days=REPORT_DAYS, met=proofs.briefed, each=the_meeting),
    strength=Strength.SHOULD,
    remedy="meeting step {id} briefing --on …",
)

RULES = (
    DEMOCRATIC_LIFE,
    PRIOR_REPORT,
    PACKAGE,
    STUDY,
    NOTICE,
    OPINIONS,
    OUTLINE,
    TALKS,
    PEER_TALKS,
    CRITICISM,
    PREVIOUS_RECTIFICATION,
    RECTIFICATION,
    RECTIFICATION_ITEM,
    RECTIFICATION_BRIEFING,
    BRIEFING,
)
