"""支部委员会工作制度·一 and 二: study, and "three meetings and one lecture" (三会一课).

二(一)3 and 二(二)3 are not rules: they list the subjects of meetings, which are recorded as topics.
People judge whether study has rich content and enough time; partyctl does not compute this.
"""

from partyctl.law.engine.every import Every
from partyctl.law.engine.facts import Fact, Subject
from partyctl.law.engine.known import Known
from partyctl.law.engine.requires import Requires
from partyctl.law.engine.rule import Rule
from partyctl.law.engine.scope import Each
from partyctl.law.engine.values import Meeting
from partyctl.law.sources.clauses import BRANCH
from partyctl.terms import COMMITTEE_POSTS, MeetingKind, Noun, PlanKind, Post, Strength

START_OF_YEAR = (1, 31)
""""Early in the year" (年初): the regulation gives no day, so we use the end of January."""


def chaired_by_secretary(meeting: Fact[Meeting], known: Known) -> bool:
    """Whether the secretary chaired the meeting.

    If the secretary's post is vacant, the deputy must chair. If the posts of secretary and deputy
    are both vacant, a committee member must chair.
    """
    if not known.is_vacant(Post.BRANCH_SECRETARY, meeting.on):
        return known.holds(meeting.of.chair_id, Post.BRANCH_SECRETARY, meeting.on)
    if not known.is_vacant(Post.DEPUTY_SECRETARY, meeting.on):
        return known.holds(meeting.of.chair_id, Post.DEPUTY_SECRETARY, meeting.on)
    return chaired_by_committee(meeting, known)


def chaired_by_committee(meeting: Fact[Meeting], known: Known) -> bool:
    """Whether the secretary or a committee member chaired (our reading of 主持工作的支部委员)."""
    return any(known.holds(meeting.of.chair_id, post, meeting.on) for post in COMMITTEE_POSTS)


def notified_earlier(meeting: Fact[Meeting], known: Known) -> bool:
    """Whether the agenda was announced before the day of the meeting."""
    return meeting.of.notified_on is not None and meeting.of.notified_on < meeting.on


def resolved(meeting: Fact[Meeting], known: Known) -> bool:
    """Whether every item that had to be decided has a resolution."""
    return not meeting.of.is_undecided


def recorded(meeting: Fact[Meeting], known: Known) -> bool:
    """Whether minutes are on record."""
    return meeting.of.has_minutes


def resolved_and_recorded(meeting: Fact[Meeting], known: Known) -> bool:
    """Whether minutes are on record, and every item that had to be decided has a resolution."""
    return resolved(meeting, known) and recorded(meeting, known)


def given_by(lecture: Fact[Meeting], leader: Subject, known: Known) -> bool:
    """Whether a leading cadre gave the lecture."""
    return lecture.of.lecturer_id == leader.id


def given_by_ordinary_member(lecture: Fact[Meeting], branch: Subject, known: Known) -> bool:
    """Whether the lecturer was a member who was not a leading cadre on the day of the lecture."""
    lecturer = lecture.of.lecturer_id
    return (
        lecture.is_about(branch)
        and known.holds(lecturer, "member", lecture.on)
        and not known.holds(lecturer, "leader", lecture.on)
    )


STUDY_PLAN = Rule(
    id="study-plan",
    title="年初制定学习计划",
    english="A study plan at the start of the year",
    article=BRANCH["一"],
    area=Noun.PLAN,
    owed_by=Each.BRANCH,
    duty=Every("year", by=START_OF_YEAR, named=True),
    met_by=PlanKind.STUDY,
    remedy="plan adopt study {period} --on …",
)

STUDY_SESSION = Rule(
    id="study-session",
    title="集中学习每月至少一次",
    english="Group study every month",
    article=BRANCH["一"],
    area=Noun.MEETING,
    owed_by=Each.BRANCH,
    duty=Every("month"),
    met_by=MeetingKind.STUDY,
    remedy="meeting add study --on … --chair …",
)

STUDY_RECORD = Rule(
    id="study-record",
    title="集中学习要有记录",
    english="Group study has minutes",
    article=BRANCH["一"],
    area=Noun.MEETING,
    owed_by=MeetingKind.STUDY,
    duty=Requires(recorded),
    remedy="meeting edit {id} --minutes …",
)

MEMBERS_MEETING = Rule(
    id="members-meeting",
    title="党员大会每月一次",
    english="A members' meeting every month",
    article=BRANCH["二(一)1"],
    area=Noun.MEETING,
    owed_by=Each.BRANCH,
    duty=Every("month"),
    met_by=MeetingKind.MEMBERS,
    remedy="meeting add members --on … --chair …",
)

MEMBERS_MEETING_CHAIR = Rule(
    id="members-meeting-chair",
    title="党员大会由支部书记主持",
    english="The secretary chairs the members' meeting",
    article=BRANCH["二(一)2"],
    area=Noun.MEETING,
    owed_by=MeetingKind.MEMBERS,
    duty=Requires(chaired_by_secretary),
    remedy="meeting edit {id} --chair …",
)

MEMBERS_MEETING_NOTICE = Rule(
    id="members-meeting-notice",
    title="党员大会议题事先通知",
    english="The agenda of the members' meeting is announced beforehand",
    article=BRANCH["二(一)4"],
    area=Noun.MEETING,
    owed_by=MeetingKind.MEMBERS,
    duty=Requires(notified_earlier),
    remedy="meeting edit {id} --notified …",
)

MEMBERS_MEETING_RESOLUTION = Rule(
    id="members-meeting-resolution",
    title="党员大会决议事项形成决议",
    english="Every item to be decided has a resolution",
    article=BRANCH["二(一)4"],
    area=Noun.MEETING,
    owed_by=MeetingKind.MEMBERS,
    duty=Requires(resolved),
    remedy='meeting edit {id} --decision "…=…"',
)

COMMITTEE_MEETING = Rule(
    id="committee-meeting",
    title="支委会每月一次",
    english="A committee meeting every month",
    article=BRANCH["二(二)1"],
    area=Noun.MEETING,
    owed_by=Each.BRANCH_WITH_COMMITTEE,
    duty=Every("month"),
    met_by=MeetingKind.COMMITTEE,
    remedy="meeting add committee --on … --chair …",
)

COMMITTEE_MEETING_CHAIR = Rule(
    id="committee-meeting-chair",
    title="支委会由书记或支部委员主持（惯例）",
    english="The secretary or a committee member chairs the committee meeting (by custom)",
    article=BRANCH["二(二)2"],
    area=Noun.MEETING,
    owed_by=MeetingKind.COMMITTEE,
    duty=Requires(chaired_by_committee),
    remedy="meeting edit {id} --chair …",
)

COMMITTEE_MINUTES = Rule(
    id="committee-minutes",
    title="支委会形成决议并做好记录",
    english="The committee's resolutions and minutes are on record",
    article=BRANCH["二(二)4"],
    area=Noun.MEETING,
    owed_by=MeetingKind.COMMITTEE,
    duty=Requires(resolved_and_recorded),
    remedy='meeting edit {id} --minutes … --decision "…=…"',
)

CELL_MEETING = Rule(
    id="cell-meeting",
    title="党小组会每月一次（本局未定次数）",
    english="A cell meeting every month (the bureau sets no frequency)",
    article=BRANCH["二"],
    area=Noun.MEETING,
    owed_by=Each.CELL,
    duty=Every("month"),
    met_by=MeetingKind.CELL,
    strength=Strength.SHOULD,
    remedy="meeting add cell --cell {name} --on … --chair …",
)

PARTY_LECTURE = Rule(
    id="party-lecture",
    title="党课每季度至少一次",
    english="A Party lecture every quarter",
    article=BRANCH["二(三)"],
    area=Noun.MEETING,
    owed_by=Each.BRANCH,
    duty=Every("quarter"),
    met_by=MeetingKind.LECTURE,
    remedy="meeting add lecture --on … --chair … --lecturer …",
)

LEADER_LECTURE = Rule(
    id="leader-lecture",
    title="党员领导干部每年讲一次党课",
    english="Every leading cadre gives a lecture every year",
    article=BRANCH["二(三)"],
    area=Noun.MEETING,
    owed_by=Each.LEADER,
    duty=Every("year"),
    met_by=MeetingKind.LECTURE,
    counts=given_by,
    remedy="meeting add lecture --lecturer {name} --on … --chair …",
)

MEMBER_LECTURE = Rule(
    id="member-lecture",
    title="安排普通党员讲党课",
    english="An ordinary member gives a lecture",
    article=BRANCH["二(三)"],
    area=Noun.MEETING,
    owed_by=Each.BRANCH,
    duty=Every("year"),
    met_by=MeetingKind.LECTURE,
    counts=given_by_ordinary_member,
    strength=Strength.SHOULD,
    remedy="meeting add lecture --lecturer … --on … --chair …",
)

RULES = (
    STUDY_PLAN,
    STUDY_SESSION,
    STUDY_RECORD,
    MEMBERS_MEETING,
    MEMBERS_MEETING_CHAIR,
    MEMBERS_MEETING_NOTICE,
    MEMBERS_MEETING_RESOLUTION,
    COMMITTEE_MEETING,
    COMMITTEE_MEETING_CHAIR,
    COMMITTEE_MINUTES,
    CELL_MEETING,
    PARTY_LECTURE,
    LEADER_LECTURE,
    MEMBER_LECTURE,
)
