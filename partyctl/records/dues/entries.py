"""Record entries of the dues book: exemptions, and steps against members who do not pay."""

from datetime import date

from sqlmodel import Session, col, select

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.dues import DuesEntry
from partyctl.ledger.tables.dues_decisions import Exemption, Lapse
from partyctl.ledger.tables.people import Member
from partyctl.records.common import finding
from partyctl.records.common.words import clean_text, text_if_given
from partyctl.records.dues.book import open_entry, require_member_by
from partyctl.terms import DuesAct, LapseStep


def exempt(
    session: Session,
    text: str,
    *,
    months: tuple[str, ...],
    decided_on: date,
    reason: str,
    approved_by: str,
) -> DuesEntry:
    """Record that a member is exempt from dues for consecutive months.

    Raises Refused if the member is already exempt for one of the months, or if `require_member_by`
    refuses the first month.
    """
    member = finding.member(session, text)
    require_member_by(member, months[0])
    _require_not_exempt(session, member, months[0], months[-1])
    entry = open_entry(session, member, DuesAct.EXEMPTION)
    session.add(
        new(
            Exemption,
            entry_id=entry.number,
            from_month=months[0],
            to_month=months[-1],
            decided_on=decided_on,
            reason=clean_text(reason, say("原因", "the reason")),
            approved_by=clean_text(approved_by, say("批准人", "the approver")),
        )
    )
    return entry


def _require_not_exempt(
    session: Session, member: Member, first: str, last: str, *, but: int | None = None
) -> None:
    """Refuse an exemption if an entry other than `but` exempts the member for one of the months."""
    query = (
        select(Exemption)
        .join(DuesEntry, col(DuesEntry.id) == col(Exemption.entry_id))
        .where(
            DuesEntry.member_id == member.number,
            col(DuesEntry.voided_at).is_(None),
            Exemption.from_month <= last,
            Exemption.to_month >= first,
            col(Exemption.entry_id).is_not(but),
        )
    )
    if (other := session.exec(query).first()) is not None:
        span = "–".join(dict.fromkeys((other.from_month, other.to_month)))
        raise Refused(
            say(
                f"{member.name} {span} 已免交党费（#{other.entry_id}）。",
                f"{member.name} is exempt for {span} already (#{other.entry_id}).",
            ),
            f"partyctl dues show {other.entry_id}",
        )


def require_sense(session: Session, entry: DuesEntry) -> None:
    """Refuse an exemption if another entry already exempts the member for one of its months."""
    exemption = session.get(Exemption, entry.number)
    if exemption is not None:
        member = session.get_one(Member, entry.member_id)
        months = exemption.from_month, exemption.to_month
        _require_not_exempt(session, member, *months, but=entry.number)


def record_lapse(
    session: Session, text: str, *, step: LapseStep, taken_on: date, note: str | None
) -> DuesEntry:
    """Record a step against a member who paid no dues for six months. [支部·七].

    There are three steps: education, the decision of the members' meeting, and the approval of the
    superior. Raises Refused if the previous step of this procedure is not on record or is dated
    later. The superior's approval ends a procedure, so steps before the approval do not count for
    the next procedure. The unpaid months are not checked.
    """
    member = finding.member(session, text)
    order = list(LapseStep)
    previous = order[order.index(step) - 1] if order.index(step) else None
    if previous is not None and previous not in _lapse_steps(session, member, taken_on):
        raise Refused(
            say(
                f"“{step.label}”之前应先有“{previous.label}”。",
                f"“{step}” comes after “{previous}”.",
            ),
            f"partyctl dues lapse '#{member.number}' --step {previous} --on …",
        )
    entry = open_entry(session, member, DuesAct.LAPSE)
    kept = text_if_given(note, say("说明", "the note"))
    session.add(new(Lapse, entry_id=entry.number, step=step, taken_on=taken_on, note=kept))
    return entry


def _lapse_steps(session: Session, member: Member, on: date) -> set[LapseStep]:
    """The steps against a member that are dated on or before a day.

    Steps before the superior's last approval are left out, because their procedure is finished.
    """
    query = (
        select(Lapse)
        .join(DuesEntry, col(DuesEntry.id) == col(Lapse.entry_id))
        .where(DuesEntry.member_id == member.number, col(DuesEntry.voided_at).is_(None))
        .where(col(Lapse.taken_on) <= on)
    )
    taken = session.exec(query).all()
    ends = [lapse.taken_on for lapse in taken if lapse.step == LapseStep.SUPERIOR]
    start = max(ends, default=date.min)
    return {lapse.step for lapse in taken if lapse.taken_on >= start}
