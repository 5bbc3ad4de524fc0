"""Record contact points (联系点), the leaders responsible for them, and leaders' visits."""

from datetime import date

from sqlmodel import Session, col, select

from partyctl.calendar import Period
from partyctl.errors import Refused
from partyctl.language import say
from partyctl.law.sources.clauses import BRANCH
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.talks import Contact, ContactVisit
from partyctl.light import NamedTuple
from partyctl.records.common import finding
from partyctl.records.common.making_up import require_fit
from partyctl.records.common.words import clean_name, text_if_given
from partyctl.terms import Noun, VisitKind

CLAUSE = BRANCH["九"]


class Visit(NamedTuple):
    """The values that the clerk typed for a visit to a contact point. `note`: what was done."""

    on: date
    kind: VisitKind
    note: str | None
    makes_up: Period | None


def add(session: Session, name: str, leader: str, since: date | None, today: date) -> Contact:
    """Add a contact point. Raises Refused if the name is taken or the leader is not on the roll."""
    named = _new_name(session, name)
    keeper = finding.member_on(session, leader, since or today, _leader())
    contact = new(Contact, name=named, leader_id=keeper.number, since=since)
    session.add(contact)
    session.flush()
    return contact


def edit(session: Session, text: str, name: str | None, leader: str | None, today: date) -> Contact:
    """Correct a contact point's name or leader. Values that are not given are left unchanged."""
    contact = found(session, text)
    if name is not None and name.strip() != contact.name:
        contact.name = _new_name(session, name)
    if leader is not None:
        day = max(contact.since or today, today)
        contact.leader_id = finding.member_on(session, leader, day, _leader()).number
    session.add(contact)
    return contact


def start(session: Session, contact: Contact, since: date | None) -> None:
    """Correct the day on which a contact point was set up.

    `since`: the corrected day; None means a day before the ledger began.
    """
    contact.since = since
    _require_visits_since(session, contact)
    session.add(contact)


def visit(session: Session, text: str, made: Visit) -> ContactVisit:
    """Record a leader's visit to a contact point.

    Raises Refused if the visit was before the contact point was set up, or if the visit cannot make
    up for the missed period that the clerk named.
    """
    contact = found(session, text)
    _require_since(contact, made.on)
    if made.makes_up is not None:
        require_fit(session, [made.kind], made.makes_up, made.on)
    line = new(
        ContactVisit,
        contact_id=contact.number,
        kind=made.kind,
        visited_on=made.on,
        note=text_if_given(made.note, say("内容", "the note")),
        makes_up=made.makes_up.name if made.makes_up else None,
    )
    session.add(line)
    session.flush()
    return line


def require_sense(session: Session, contact: Contact) -> None:
    """Refuse a contact point whose name is taken, or that was set up after one of its visits."""
    _require_only(session, contact.name, but=contact.number)
    _require_visits_since(session, contact)


def visit_numbered(session: Session, number: int) -> ContactVisit:
    """The visit that has this number.

    Raises NoSuchRecord if the visit does not exist, and Refused if it was voided.
    """
    return finding.record(session, ContactVisit, number, say("走访", "visit"))


def found(session: Session, text: str) -> Contact:
    """The contact point that has this name or #number. Raises NoSuchRecord, Refused."""
    number = finding.number(session, Noun.CONTACT, text)
    return finding.record(session, Contact, number, elsewhere=True)


def _leader() -> str:
    return say("联系领导", "its leader")


def _new_name(session: Session, name: str) -> str:
    named = clean_name(name, say("联系点名称", "the name"), separators=True)
    _require_only(session, named)
    return named


def _require_only(session: Session, named: str, but: int | None = None) -> None:
    query = select(Contact).where(
        Contact.name == named, Contact.id != but, col(Contact.voided_at).is_(None)
    )
    if other := session.exec(query).first():
        raise Refused(
            say(
                f"已有联系点“{named}”（#{other.number}）[{CLAUSE}]。",
                f"There is a “{named}” already, #{other.number} [{CLAUSE}].",
            ),
            "partyctl contact list",
        )


def _require_visits_since(session: Session, contact: Contact) -> None:
    query = select(ContactVisit).where(
        ContactVisit.contact_id == contact.number, col(ContactVisit.voided_at).is_(None)
    )
    for visit in session.exec(query).all():
        _require_since(contact, visit.visited_on)


def _require_since(contact: Contact, day: date) -> None:
    if contact.since is not None and day < contact.since:
        raise Refused(
            say(
                f"{contact.name} {contact.since} 起才是联系点，{day} 还不是[{CLAUSE}]。",
                f"{contact.name} became a contact point on {contact.since}, after {day} [{CLAUSE}].",
            ),
            f"partyctl contact edit '#{contact.number}' --since {day}",
        )
