"""Record preventive talks (防范·四2–四5)."""

import re
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, delete, select

from partyctl.errors import BadUsage, NoSuchRecord, Refused
from partyctl.language import say
from partyctl.law.sources.clauses import PREVENTION
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.people import Staff
from partyctl.ledger.tables.warnings import PreventiveTalk, Talker, WarningCase
from partyctl.records.common import finding
from partyctl.records.common.words import clean_text
from partyctl.records.prevention.cases import found, require_sense

CLAUSE = PREVENTION["四2"]
BETWEEN_NAMES = re.compile("[,，、]")


@dataclass(frozen=True, kw_only=True)
class PreventiveTalkEntry:
    """The values that the clerk typed for a talk.

    None means that a value was not given. The first person in `by` led the talk.
    """

    by: str | None = None
    notified_on: date | None = None
    place: str | None = None
    outline: str | None = None
    unclear: bool | None = None
    lead_reason: str | None = None


def hold(
    session: Session, number: int, held_on: date, entry: PreventiveTalkEntry
) -> PreventiveTalk:
    """Record a talk of a case.

    Raises Refused if the case already has a talk on this day, or if somebody named in `by` cannot
    hold the talk.
    """
    case = found(session, number)
    if _on(session, case, held_on) is not None:
        raise Refused(
            say(
                f"案件 #{number} {held_on} 的谈话已登记[{CLAUSE}]。",
                f"Case #{number}: the talk of {held_on} is on record [{CLAUSE}].",
            ),
            f"partyctl warning talk-edit {number} --on {held_on} …",
        )
    assert entry.by is not None
    talk = new(PreventiveTalk, warning_id=number, held_on=held_on, unclear=bool(entry.unclear))
    _set(session, case, talk, entry)
    require_sense(session, case)
    return talk


def edit(
    session: Session, number: int, held_on: date, entry: PreventiveTalkEntry
) -> PreventiveTalk:
    """Correct the talk that was held in a case on the day `held_on`.

    Values that are not given are left unchanged.
    """
    case = found(session, number)
    talk = talk_of(session, case, held_on)
    if entry.unclear is not None:
        talk.unclear = entry.unclear
    _set(session, case, talk, entry)
    return talk


def talk_of(session: Session, case: WarningCase, held_on: date) -> PreventiveTalk:
    """The talk that was held in a case on the day `held_on`. Raises NoSuchRecord."""
    talk = _on(session, case, held_on)
    if talk is None:
        raise NoSuchRecord(
            say(
                f"案件 #{case.number} {held_on} 没有谈话记录。",
                f"Case #{case.number} has no talk on {held_on}.",
            ),
            f"partyctl warning show {case.number}",
        )
    return talk


def _on(session: Session, case: WarningCase, held_on: date) -> PreventiveTalk | None:
    query = select(PreventiveTalk).where(
        PreventiveTalk.warning_id == case.number,
        PreventiveTalk.held_on == held_on,
        col(PreventiveTalk.voided_at).is_(None),
    )
    return session.exec(query).first()


def _set(
    session: Session, case: WarningCase, talk: PreventiveTalk, entry: PreventiveTalkEntry
) -> None:
    for column in ("place", "outline", "lead_reason"):
        if (text := getattr(entry, column)) is not None:
            setattr(talk, column, clean_text(text, say("内容", "the text")))
    talk.notified_on = entry.notified_on or talk.notified_on
    session.add(talk)
    session.flush()
    if entry.by is not None:
        _set_talkers(session, case, talk, entry.by)


def _set_talkers(session: Session, case: WarningCase, talk: PreventiveTalk, text: str) -> None:
    """Record who held the talk.

    Raises Refused if somebody is named twice, was not on the roll, or is the person of the case.
    """
    names = [name.strip() for name in BETWEEN_NAMES.split(text) if name.strip()]
    if not names:
        raise BadUsage(
            say("--by 要写谈话人。", "--by must name the people who held the talk."),
            say("--by 姓名,姓名", "--by NAME,NAME"),
        )
    session.exec(delete(Talker).where(col(Talker.talk_id) == talk.number))
    seen: set[tuple[bool, int]] = set()
    for position, name in enumerate(names, start=1):
        try:
            person = finding.member_or_staff(session, name, talk.held_on, say("谈话人", "a talker"))
        except Refused:  # the talker was not on the roll
            raise _not_these(case) from None
        of_staff = isinstance(person, Staff)
        is_theirs = person.number == (case.staff_id if of_staff else case.member_id)
        if is_theirs or (of_staff, person.number) in seen:
            raise _not_these(case)
        seen.add((of_staff, person.number))
        key = {"staff_id": person.number} if of_staff else {"member_id": person.number}
        session.add(
            new(Talker, talk_id=talk.number, position=position, warning_id=case.number, **key)
        )
    session.flush()


def _not_these(case: WarningCase) -> Refused:
    """The error for a known person in `--by` who cannot hold the talk.

    All reasons get the same error, because different errors would reveal the person of the case.
    """
    return Refused(
        say(
            f"--by 里有人不能作为案件 #{case.number} 的谈话人：须当日在册、各写一次、"
            f"不是防范对象[{CLAUSE}]。",
            f"--by must name people on the roll that day, each once, and not the person of case "
            f"#{case.number} [{CLAUSE}].",
        ),
        say("--by 姓名,姓名", "--by NAME,NAME"),
    )
