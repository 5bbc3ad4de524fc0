"""Record a meeting's agenda: topics, decisions, resolutions and votes."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete, select

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.law.engine.votes import Votes
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.tables.proceedings import AgendaItem, Excluded
from partyctl.ledger.views.columns import ORGAN_KINDS
from partyctl.records.common.voters import by_roll, left_out, roll_of
from partyctl.records.common.words import clean_text
from partyctl.records.meetings.gathering import Decision
from partyctl.terms import MeetingKind


def _columns(votes: Votes | None) -> dict[str, int]:
    """Convert votes to columns of an agenda item.

    An agenda item has no columns for written votes.
    """
    return dict(zip(COLUMNS, votes[:5], strict=True)) if votes else {}


COLUMNS = Votes._fields[:5]


def put(
    session: Session, meeting: Meeting, topics: Sequence[str], decisions: Sequence[Decision]
) -> None:
    """Add topics and decisions to a meeting's agenda.

    A topic or a decision replaces the agenda item that has the same topic.
    """
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
    resolution. Raises Refused if there was a vote on a topic that is missing from the new list.
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
                f"The topic “{voted.topic}” of meeting #{meeting.number} was voted on, so "
                "it cannot be replaced by another topic.",
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

    If `names` is None, the people already recorded remain excluded.

    Raises Refused if recorded votes have more eligible voters than the roll has. This function does
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
