"""Record who holds a post or is a leading cadre, and from which day until which day."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from sqlmodel import Session, col, select

from partyctl.calendar import ENDLESS
from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.reading.known.names import in_one_piece
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.people import Member
from partyctl.ledger.tables.periods import Appointment, Leadership
from partyctl.records.common import finding
from partyctl.records.common.voiding import void
from partyctl.terms import Correction, Post, stored_term


def appoint(
    session: Session, text: str, post: Post, from_on: date, to_on: date | None
) -> tuple[Member, Appointment]:
    """Record a member's term in a post.

    `to_on`: the last day of the term; ENDLESS if the term has no last day. If a term with the same
    first day is on record, only its last day is corrected; None leaves the last day unchanged.

    Raises Refused if the member is not on the roll on the first day, or if the term overlaps
    another term of the same member in this post.
    """
    member = finding.member_on(session, text, from_on, post.label)
    if to_on is not None and to_on < from_on:
        raise Refused(
            say(f"{to_on} 早于 {from_on}。", f"{to_on} is before {from_on}."),
            f"partyctl member post {in_one_piece(text)} {post} --from {to_on} --to {from_on}",
        )
    query = select(Appointment).where(
        Appointment.member_id == member.number,
        Appointment.post == post,
        col(Appointment.voided_at).is_(None),
    )
    terms = session.exec(query).all()
    term = next((each for each in terms if each.from_on == from_on), None)
    if term is None:
        term = new(Appointment, member_id=member.number, post=post, from_on=from_on)
    if to_on is not None:
        term.to_on = None if to_on == ENDLESS else to_on
    for other in terms:
        if (
            other.from_on != from_on
            and other.from_on <= (term.to_on or ENDLESS)
            and from_on <= (other.to_on or ENDLESS)
        ):
            raise _overlap(member, post, other.from_on, from_on)
    session.add(term)
    session.flush()
    return member, term


def hold(session: Session, text: str, posts: Sequence[Post], from_on: date) -> None:
    """Record all posts that a member has from a certain day on.

    The member's other posts end on the day before.
    """
    member = finding.member(session, text)
    query = select(Appointment).where(
        Appointment.member_id == member.number,
        col(Appointment.voided_at).is_(None),
        (col(Appointment.to_on).is_(None)) | (col(Appointment.to_on) >= from_on),
    )
    held = {stored_term(Post, each.post): each for each in session.exec(query).all()}
    for post, each in held.items():
        if post not in posts:
            appoint(session, text, post, each.from_on, from_on - timedelta(days=1))
    for post in posts:
        if post not in held:
            appoint(session, text, post, from_on, None)


def others_in_post(session: Session, member: Member, appointment: Appointment) -> list[Member]:
    """The other members of the branch whose term in the same post overlaps this term.

    If the post is not secretary of a branch or secretary of the leading group, the list is empty.
    """
    if appointment.post not in (Post.BRANCH_SECRETARY, Post.LEADING_SECRETARY):
        return []
    query = (
        select(Member)
        .join(Appointment, col(Appointment.member_id) == col(Member.id))
        .where(
            Appointment.post == appointment.post,
            col(Appointment.voided_at).is_(None),
            Appointment.from_on <= (appointment.to_on or ENDLESS),
            (col(Appointment.to_on).is_(None)) | (col(Appointment.to_on) >= appointment.from_on),
            Member.branch_id == member.branch_id,
            Member.id != member.id,
            col(Member.left_on).is_(None),
            col(Member.voided_at).is_(None),
        )
        .distinct()
    )
    return list(session.exec(query).all())


def require_sense(session: Session, member: Member) -> None:
    """Refuse a member's terms in the same post if they overlap."""
    query = (
        select(Appointment)
        .where(Appointment.member_id == member.number, col(Appointment.voided_at).is_(None))
        .order_by(col(Appointment.post), col(Appointment.from_on))
    )
    for first, then in pairwise(session.exec(query).all()):
        if first.post == then.post and then.from_on <= (first.to_on or ENDLESS):
            raise _overlap(member, stored_term(Post, first.post), first.from_on, then.from_on)


def _overlap(member: Member, post: Post, held_from: date, from_on: date) -> Refused:
    """The error for two terms that overlap.

    The suggested command ends the earlier term before the later one begins. If both begin on the
    same day, it voids one.
    """
    start, later = sorted((held_from, from_on))
    corrected = f"--to {later - timedelta(days=1)}" if start < later else "--void …"
    return Refused(
        say(
            f"{member.name}自 {held_from} 起已任{post.label}，任期重叠。",
            f"{member.name} has been {post} since {held_from}: the times overlap.",
        ),
        f"partyctl member post '#{member.number}' {post} --from {start} {corrected}",
    )


def void_post(
    session: Session, text: str, post: Post, from_on: date, reason: str
) -> tuple[Member, Appointment]:
    """Void a post that was recorded by mistake. Raises Refused if this post is not on record."""
    member = finding.member(session, text)
    query = select(Appointment).where(
        Appointment.member_id == member.number,
        Appointment.post == post,
        Appointment.from_on == from_on,
        col(Appointment.voided_at).is_(None),
    )
    held = session.exec(query).first()
    if held is None:
        raise Refused(
            say(
                f"{member.name}没有自 {from_on} 起的{post.label}记录。",
                f"{member.name} has no record as {post} from {from_on}.",
            ),
            f"partyctl member show '#{member.number}'",
        )
    void(session, held, reason)
    return member, held


def lead(
    session: Session, text: str, leads: bool, on: date, *, is_day_named: bool = True
) -> Member:
    """Record that a member became a leading cadre on a day, or ceased to be one.

    `is_day_named`: whether the clerk named the day. If not, nothing is recorded for a member who
    already has the status that `leads` asks for.

    If `leads` is true: raises Refused if the member became a leading cadre on another day and still
    is one, or if the member ceased to be one after `on`. If `leads` is false: raises Refused if the
    member ceased to be one before `on`; if the member ceased later, the end is moved to `on`.
    """
    member = finding.member_on(session, text, on, say("领导干部", "leading cadre"))
    periods = _periods_as_leader(session, member)
    leads_now = bool(periods) and periods[-1].to_on is None
    if leads == leads_now and not is_day_named:
        return member
    if leads:
        _begin_to_lead(session, member, periods, on)
    else:
        _cease_to_lead(session, member, periods, on)
    return member


def _periods_as_leader(session: Session, member: Member) -> list[Leadership]:
    query = (
        select(Leadership)
        .where(Leadership.member_id == member.number, col(Leadership.voided_at).is_(None))
        .order_by(col(Leadership.from_on))
    )
    return list(session.exec(query).all())


def _begin_to_lead(
    session: Session, member: Member, periods: Sequence[Leadership], on: date
) -> None:
    last = periods[-1] if periods else None
    if last is None or (last.to_on is not None and last.to_on < on):
        session.add(new(Leadership, member_id=member.number, from_on=on))
    elif last.to_on is not None or last.from_on != on:
        begun = last.from_on if last.to_on is None else last.to_on + timedelta(days=1)
        option = "--not-leader" if last.to_on is None else "--leader"
        raise Refused(
            say(
                f"{member.name} {last.from_on}–{last.to_on or ''} 已登记为领导干部，"
                f"不能再从 {on} 起登记。",
                f"{member.name} is on record as a leading cadre {last.from_on}–{last.to_on or ''} "
                f"and cannot become one on {on}.",
            ),
            f"partyctl member edit '#{member.number}' {option} --from {begun}",
        )


def _cease_to_lead(
    session: Session, member: Member, periods: Sequence[Leadership], on: date
) -> None:
    if periods and (ended := periods[-1].to_on) is not None and ended < on - timedelta(days=1):
        day_after = ended + timedelta(days=1)
        raise Refused(
            say(
                f"{member.name}自 {day_after} 起已不是领导干部。",
                f"{member.name} has not been a leading cadre since {day_after}.",
            ),
            f"partyctl member edit '#{member.number}' --leader --from {day_after}",
        )
    for each in periods:
        if each.from_on >= on:
            void(session, each, Correction.LEADER)
        elif each.to_on is None or each.to_on >= on:
            each.to_on = on - timedelta(days=1)
            session.add(each)
