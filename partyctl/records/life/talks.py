"""Record and correct talks (谈心谈话) among members and with staff, and complete their follow-ups."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, delete, select

from partyctl.calendar import Period, period_named
from partyctl.errors import BadUsage, Refused
from partyctl.language import comma_list, say
from partyctl.law.sources.clauses import BRANCH
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.people import Member, Staff
from partyctl.ledger.tables.talks import Talk, TalkParty, TalkStaff
from partyctl.light import NamedTuple
from partyctl.records.common import finding
from partyctl.records.common.making_up import require_fit
from partyctl.records.common.several import for_each
from partyctl.records.common.words import clean_text
from partyctl.terms import TalkKind

CLAUSE = BRANCH["八"]
BETWEEN_NAMES = re.compile("[,，、]")
FEWEST = 2


class Parties(NamedTuple):
    """The people in a talk: one or more members, and perhaps bureau staff who are not members."""

    members: list[Member]
    staff: list[Staff]

    @property
    def names(self) -> str:
        """The names of all people in the talk, members first."""
        return comma_list(
            [*(each.name for each in self.members), *(each.name for each in self.staff)]
        )


@dataclass(frozen=True, kw_only=True)
class TalkEntry:
    """The values that the clerk typed for a talk. None means that a value was not given.

    `cleared`: the columns to set to NULL.
    """

    held_on: date | None = None
    parties: str | None = None
    place: str | None = None
    theme: str | None = None
    note: str | None = None
    follow_up: str | None = None
    due: date | None = None
    done: date | None = None
    makes_up: Period | None = None
    cleared: Sequence[str] = ()


def add(session: Session, entry: TalkEntry) -> Talk:
    """Record a talk.

    Raises Refused if the days of the talk contradict each other, or if a member in the talk is not
    on the roll.
    """
    assert entry.held_on is not None
    assert entry.parties is not None
    talk = new(Talk, held_on=entry.held_on)
    _set(talk, entry)
    parties = _parties(session, entry.parties)
    session.add(talk)
    session.flush()
    _set_parties(session, talk, parties)
    _require_people(session, talk, parties.members)
    return talk


def edit(session: Session, number: int, entry: TalkEntry) -> Talk:
    """Correct a talk. Values that are not given are left unchanged."""
    talk = _found(session, number)
    _set(talk, entry)
    if entry.parties is not None:
        _set_parties(session, talk, _parties(session, entry.parties))
    _require_people(session, talk, parties_of(session, talk).members)
    session.add(talk)
    return talk


def finish(session: Session, number: int, on: date) -> Talk:
    """Record that a talk's follow-up is done.

    Raises Refused if the follow-up is already on record as done, or if the talk has no follow-up.
    """
    talk = _found(session, number)
    if talk.follow_up_done is not None:
        raise Refused(
            say(
                f"谈话 #{number} 的后续事项已于 {talk.follow_up_done} 办结[{CLAUSE}]。",
                f"The follow-up of talk #{number} was done on {talk.follow_up_done} [{CLAUSE}].",
            ),
            f"partyctl talk edit {number} --done {on}",
        )
    talk.follow_up_done = on
    _require_days(talk)
    session.add(talk)
    return talk


def require_sense(session: Session, talk: Talk) -> None:
    """Refuse a talk if its days contradict each other, or if a member in it is not on the roll."""
    _require_days(talk)
    _require_people(session, talk, parties_of(session, talk).members)


def parties_of(session: Session, talk: Talk) -> Parties:
    """The people in a recorded talk."""
    members = (
        select(Member)
        .join(TalkParty, col(TalkParty.member_id) == col(Member.id))
        .where(TalkParty.talk_id == talk.number)
    )
    staff = (
        select(Staff)
        .join(TalkStaff, col(TalkStaff.staff_id) == col(Staff.id))
        .where(TalkStaff.talk_id == talk.number)
    )
    return Parties(list(session.exec(members).all()), list(session.exec(staff).all()))


def _found(session: Session, number: int) -> Talk:
    return finding.record(session, Talk, number)


def _set(talk: Talk, entry: TalkEntry) -> None:
    """Set the given values on a talk, and refuse days that contradict each other."""
    if entry.held_on is not None:
        talk.held_on = entry.held_on
    for column in entry.cleared:
        setattr(talk, column, None)
    for column, what in (
        ("place", say("地点", "the place")),
        ("theme", say("主题", "the theme")),
        ("note", say("谈话内容", "the note")),
        ("follow_up", say("后续事项", "what is to follow")),
    ):
        if (text := getattr(entry, column)) is not None:
            setattr(talk, column, clean_text(text, what))
    if entry.due is not None:
        talk.follow_up_due = entry.due
    if entry.done is not None:
        talk.follow_up_done = entry.done
    if entry.makes_up is not None:
        talk.makes_up = entry.makes_up.name
    # Check the days here, because SQLite's error for the table's CHECK would be less clear.
    _require_days(talk)


def _parties(session: Session, text: str) -> Parties:
    """The people named in a text.

    Raises Refused if the text names fewer than two people, a person twice, or no member.
    """
    names = [name.strip() for name in BETWEEN_NAMES.split(text) if name.strip()]
    people = for_each(names, lambda name: finding.person(session, name))
    twice = next((each.name for each in people if people.count(each) > 1), None)
    if twice is not None or len(people) < FEWEST:
        alone = twice or comma_list(names)
        raise Refused(
            say(
                f"谈心谈话至少两个人，每人写一次；{alone}不能和自己谈[{CLAUSE}]。",
                "A talk needs at least two people, each named once; nobody can talk with "
                f"themselves: {alone} [{CLAUSE}].",
            ),
            say("--with 姓名,姓名", "--with NAME,NAME"),
        )
    found = Parties(
        [each for each in people if isinstance(each, Member)],
        [each for each in people if isinstance(each, Staff)],
    )
    if not found.members:
        raise Refused(
            say(
                f"{found.names}都不是党员，不是本制度的谈心谈话[{CLAUSE}]。",
                f"{found.names}: no member takes part in that talk [{CLAUSE}].",
            ),
            say("--with 党员姓名,姓名", "--with MEMBER,NAME"),
        )
    return found


def _set_parties(session: Session, talk: Talk, parties: Parties) -> None:
    session.exec(delete(TalkParty).where(col(TalkParty.talk_id) == talk.number))
    session.exec(delete(TalkStaff).where(col(TalkStaff.talk_id) == talk.number))
    for member in parties.members:
        session.add(new(TalkParty, talk_id=talk.number, member_id=member.number))
    for person in parties.staff:
        session.add(new(TalkStaff, talk_id=talk.number, staff_id=person.number))
    session.flush()


def _require_people(session: Session, talk: Talk, members: list[Member]) -> None:
    """Refuse a talk if a member in the talk is not on the roll.

    Also refuse a talk that cannot make up for the missed period recorded with the talk.
    """
    for member in members:
        finding.member_on(
            session, finding.stored(member.number), talk.held_on, say("谈话人", "in a talk")
        )
    if talk.makes_up is not None:
        require_fit(session, [TalkKind.PART], period_named(talk.makes_up), talk.held_on)


def _require_days(talk: Talk) -> None:
    """Refuse a due day or a day of completion that does not fit the talk.

    A follow-up must have a due day. A talk without a follow-up can have neither day. Neither day
    can be before the talk.
    """
    if (talk.follow_up is None) != (talk.follow_up_due is None):
        lacking = "--follow-up" if talk.follow_up is None else "--due"
        raise BadUsage(say(f"缺少：{lacking}", f"Missing: {lacking}"), "--follow-up … --due …")
    if talk.follow_up is None and talk.follow_up_done is not None:
        raise Refused(
            say(
                f"谈话 #{talk.number} 没有后续事项[{CLAUSE}]。",
                f"No follow-up was agreed in talk #{talk.number} [{CLAUSE}].",
            ),
            f"partyctl talk edit {talk.number} --follow-up … --due …",
        )
    for day, what in (
        (talk.follow_up_due, say("后续期限", "the follow-up's deadline")),
        (talk.follow_up_done, say("后续办结", "the follow-up done")),
    ):
        if day is not None and day < talk.held_on:
            raise Refused(
                say(
                    f"{what} {day} 早于谈话 {talk.held_on}[{CLAUSE}]。",
                    f"{what}, {day}, is before the talk of {talk.held_on} [{CLAUSE}].",
                ),
                say("核对日期再试", "check the dates, then run the command again"),
            )
