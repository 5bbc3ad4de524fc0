"""Record a meeting's agenda: topics, decisions, resolutions and votes."""

import re
from collections.abc import Sequence

from sqlmodel import Session, col, delete, select

from partyctl.errors import BadUsage, Refused
from partyctl.language import say
from partyctl.law.engine.votes import Votes, Written
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.meetings import AgendaItem, Excluded, Meeting
from partyctl.ledger.views.columns import ORGAN_KINDS
from partyctl.light import NamedTuple
from partyctl.records.common.voters import by_roll, left_out, roll_of
from partyctl.records.common.words import clean_text
from partyctl.terms import MeetingKind
from partyctl.text import half_width


class Decision(NamedTuple):
    """An agenda item that a meeting must decide.

    An item without a resolution is not decided yet.
    """

    topic: str
    resolution: str | None
    votes: Votes | None


WITH_VOTES = re.compile(r"(.*)[;；]\s*(\d+\s*[/／].*)", re.DOTALL)
VOTES = re.compile(r"(\d{1,6})/(\d{1,6})/(\d{1,6})/(\d{1,6})/(\d{1,6})", re.ASCII)


def read_votes(text: str) -> Votes:
    """Parse votes as typed: 12/10/9/0/1.

    Raises BadUsage, and Refused if the votes do not add up.
    """
    match = VOTES.fullmatch(half_width(text))
    if match is None:
        raise BadUsage(
            say(f"票数“{text}”读不出来。", f"Cannot read the votes “{text}”."),
            say("写作 应到/实到/赞成/反对/弃权，如 12/10/9/0/1", "write them as 12/10/9/0/1"),
        )
    eligible, present, *cast = (int(number) for number in match.groups())
    votes = Votes(eligible, present, cast[0], cast[1], cast[2])
    if not votes.adds_up:
        raise Refused(
            say(
                f"票数对不上：应到 {votes.eligible}，实到 {votes.present}，"
                f"赞成、反对、弃权合计 {sum(cast)}。",
                f"The votes do not add up: {votes.present} of {votes.eligible} present, "
                f"{sum(cast)} votes.",
            ),
            say(
                "实到须等于赞成、反对、弃权之和", "the number present must be the sum of the votes"
            ),
        )
    return votes


def read_written(votes: Votes, text: str) -> Votes:
    """Add the written votes to the votes at the meeting.

    Written votes are typed as 1/0/0 (赞成/反对/弃权). Raises the errors that `read_votes` raises.
    """
    match = WRITTEN.fullmatch(half_width(text))
    if match is None:
        raise BadUsage(
            say(f"书面意见“{text}”读不出来。", f"Cannot read the written opinions “{text}”."),
            say("写作 赞成/反对/弃权，如 1/0/0", "write them as 1/0/0"),
        )
    approve, oppose, abstain = (int(number) for number in match.groups())
    whole = votes._replace(written=Written(approve, oppose, abstain))
    if not whole.adds_up:
        raise Refused(
            say(
                f"票数对不上：应到 {votes.eligible}，实到 {votes.present}，"
                f"书面意见 {sum(whole.written)}。",
                f"The votes do not add up: {votes.present} present and {sum(whole.written)} "
                f"in writing, of {votes.eligible}.",
            ),
            say(
                "实到加书面意见不超过应到",
                "the people present plus the written votes cannot exceed the people due",
            ),
        )
    return whole


def read_decision(text: str) -> Decision:
    """Parse a decision as typed: "TOPIC=RESOLUTION;12/10/9/0/1", or "TOPIC=" if it is not decided yet."""
    topic, equals, rest = text.partition("=")
    if not equals:
        raise BadUsage(
            say(f"决议“{text}”缺少等号。", f"The decision “{text}” has no equals sign."),
            say(
                '--decision "议题=决议;应到/实到/赞成/反对/弃权"',
                '--decision "TOPIC=RESOLUTION;due/present/for/against/abstained"',
            ),
        )
    match = WITH_VOTES.fullmatch(rest)
    resolution, votes = match.groups() if match else (rest, "")
    return Decision(
        clean_text(topic, say("议题", "the topic")),
        clean_text(resolution, say("决议", "the resolution")) if resolution.strip() else None,
        read_votes(votes) if votes.strip() else None,
    )


WRITTEN = re.compile(r"(\d{1,6})/(\d{1,6})/(\d{1,6})", re.ASCII)


def _columns(votes: Votes | None) -> dict[str, int]:
    """Convert votes to columns of an agenda item. Written votes have no columns here."""
    return dict(zip(COLUMNS, votes[:5], strict=True)) if votes else {}


COLUMNS = Votes._fields[:5]


def put(
    session: Session, meeting: Meeting, topics: Sequence[str], decisions: Sequence[Decision]
) -> None:
    """Add topics and decisions to a meeting's agenda, replacing items with the same topic."""
    query = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting.number)
        .order_by(col(AgendaItem.place))
    )
    items = {item.topic: item for item in session.exec(query).all()}
    topic_name = say("议题", "the topic")
    wanted = [Decision(clean_text(topic, topic_name), None, None) for topic in topics]
    for decision in (*wanted, *decisions):
        place = items[decision.topic].place if decision.topic in items else len(items) + 1
        votes = _columns(decision.votes)
        item = new(
            AgendaItem,
            meeting_id=meeting.number,
            place=place,
            topic=decision.topic,
            to_decide=decision in decisions,
            resolution=decision.resolution,
            **votes,
        )
        items[decision.topic] = session.merge(item)


def replace(session: Session, meeting: Meeting, topics: Sequence[str]) -> None:
    """Correct the list of a meeting's topics. A topic that remains in the list keeps its decision.

    If a new topic replaces an old one, the old topic's resolution becomes the new topic's
    resolution. Raises Refused if there was a vote on a topic that is missing in the new list.
    """
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting.number)
    items = list(session.exec(query.order_by(col(AgendaItem.place))).all())
    wanted = [clean_text(topic, say("议题", "the topic")) for topic in dict.fromkeys(topics)]
    gone = [item for item in items if item.topic not in wanted]
    new_topics = [topic for topic in wanted if topic not in {item.topic for item in items}]
    if voted := next((item for item in gone if item.eligible is not None), None):
        raise Refused(
            say(
                f"会议 #{meeting.number} 的议题“{voted.topic}”已经表决，不能改成别的议题。",
                f"“{voted.topic}” of meeting #{meeting.number} was voted on and cannot become"
                " another topic.",
            ),
            f"partyctl meeting edit {meeting.number} --decision …",
        )
    for item, topic in zip(gone, new_topics, strict=False):
        item.topic = topic
        session.add(item)
    for item in gone[len(new_topics) :]:
        session.delete(item)
    session.flush()
    put(session, meeting, new_topics[len(gone) :], ())


def put_excluded(
    session: Session, meeting: Meeting, kinds: Sequence[MeetingKind], names: Sequence[str] | None
) -> None:
    """Record who is excluded from a meeting's votes.

    If `names` is None, the recorded people are kept.

    Raises Refused if the recorded votes have more eligible voters than the roll. This function does
    nothing for the leading group's meetings, because the group votes by other rules.
    """
    if set(kinds) <= set(ORGAN_KINDS):
        return
    known = roll_of(session, meeting.branch_id, meeting.day)
    if names is not None:
        members = left_out(session, names, meeting.branch_id, meeting.day, known)
        session.exec(delete(Excluded).where(col(Excluded.meeting_id) == meeting.number))
        for member in members:
            session.add(new(Excluded, meeting_id=meeting.number, member_id=member.number))
        session.flush()
    query = select(Excluded.member_id).where(Excluded.meeting_id == meeting.number)
    excluded = session.exec(query).all()
    voted = select(AgendaItem).where(
        AgendaItem.meeting_id == meeting.number, col(AgendaItem.eligible).is_not(None)
    )
    for item in session.exec(voted).all():
        votes = Votes(*(getattr(item, column) for column in COLUMNS))
        by_roll(votes, meeting.day, excluded, known)
