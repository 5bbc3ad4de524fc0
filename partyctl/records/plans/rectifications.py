"""Record rectification items (整改事项): problem, measure, person responsible, due day, day done."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.law.sources.clauses import BRANCH
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.democratic_life import Rectification
from partyctl.ledger.tables.meetings import Meeting
from partyctl.records.common import finding
from partyctl.records.common.words import clean_text, text_if_given
from partyctl.records.meetings.meetings import kinds_of
from partyctl.records.plans import undertakings
from partyctl.terms import MeetingKind

CLAUSE = BRANCH["五(6)"]
MEETINGS = (MeetingKind.DEMOCRATIC_LIFE, MeetingKind.ORG_LIFE)
"""The kinds of meetings that find problems and set measures."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """The values that the clerk typed for an item.

    None means that a value was not given. In a correction, 0 for `meeting` removes the meeting from
    the item.
    """

    problem: str | None = None
    owner: str | None = None
    due_on: date | None = None
    set_on: date | None = None
    measure: str | None = None
    source: str | None = None
    meeting: int | None = None
    not_closed: bool = False


def add(session: Session, said: Item, today: date) -> Rectification:
    """Record an item.

    If the clerk gave no day, the item gets the day on which its meeting was held, or today's date
    if it has no meeting or the meeting is only planned.
    """
    assert said.problem is not None
    assert said.owner is not None
    assert said.due_on is not None
    meeting = None if said.meeting is None else _meeting(session, said.meeting)
    held_on = meeting.held_on if meeting else None
    set_on = said.set_on or held_on or today
    undertakings.require_deadline(set_on, said.due_on, CLAUSE)
    item = new(
        Rectification,
        problem=clean_text(said.problem, say("问题", "the problem")),
        measure=text_if_given(said.measure, say("整改措施", "the measure")),
        source=text_if_given(said.source, say("来源", "the source")),
        owner_id=undertakings.owner(session, said.owner, set_on).number,
        meeting_id=None if meeting is None else meeting.number,
        set_on=set_on,
        due_on=said.due_on,
    )
    session.add(item)
    session.flush()
    return item


def close(session: Session, number: int, closed_on: date) -> Rectification:
    """Record that an item is done.

    Raises Refused if the item was set after this day, or if the item is done already.
    """
    item = _item(session, number)
    again = f"partyctl rectify edit {number} --not-closed"
    undertakings.require_open(_name(item), item.closed_on, again)
    undertakings.require_order(_name(item), item.set_on, closed_on)
    item.closed_on = closed_on
    session.add(item)
    return item


def edit(session: Session, number: int, said: Item) -> Rectification:
    """Correct an item. Values that are not given are left unchanged."""
    item = _item(session, number)
    if said.problem is not None:
        item.problem = clean_text(said.problem, say("问题", "the problem"))
    if said.measure is not None:
        item.measure = text_if_given(said.measure, say("整改措施", "the measure"))
    if said.source is not None:
        item.source = text_if_given(said.source, say("来源", "the source"))
    if said.meeting is not None:
        item.meeting_id = _meeting(session, said.meeting).number if said.meeting else None
    _put_days(session, item, said)
    session.add(item)
    return item


def _put_days(session: Session, item: Rectification, said: Item) -> None:
    """Check the days and the person responsible that the clerk gave, and store them in the item."""
    set_on, due_on = said.set_on or item.set_on, said.due_on or item.due_on
    closed_on = None if said.not_closed else item.closed_on
    undertakings.require_deadline(set_on, due_on, CLAUSE)
    undertakings.require_order(_name(item), set_on, closed_on, latest=closed_on)
    person = finding.stored(item.owner_id) if said.owner is None else said.owner
    item.owner_id = undertakings.new_owner(session, person, set_on, due_on).number
    item.set_on, item.due_on, item.closed_on = set_on, due_on, closed_on


def require_sense(session: Session, item: Rectification) -> None:
    """Refuse an item whose days contradict each other, or whose meeting cannot set measures."""
    if item.meeting_id is not None:
        _meeting(session, item.meeting_id)
    _put_days(session, item, Item())


def _meeting(session: Session, number: int) -> Meeting:
    """The meeting with this number, which set the measures of a rectification item.

    Raises Refused if a meeting of this kind cannot set measures.
    """
    meeting = finding.record(session, Meeting, number)
    if not set(MEETINGS) & set(kinds_of(session, meeting)):
        kinds = say("、", " and ").join(kind.label for kind in MEETINGS)
        raise Refused(
            say(
                f"会议 #{number} 不是{kinds}，不产生整改事项[{CLAUSE}]。",
                f"Meeting #{number} is not a {kinds} meeting, so no measures can come from "
                f"it [{CLAUSE}].",
            ),
            f"partyctl meeting show {number}",
        )
    return meeting


def _item(session: Session, number: int) -> Rectification:
    return finding.record(session, Rectification, number)


def _name(item: Rectification) -> str:
    return say(f"整改事项 #{item.number}", f"Item #{item.number}")
