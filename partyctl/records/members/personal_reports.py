"""Record that leading cadres reported on personal matters (个人有关事项报告).

The content of a report is not stored.
"""

from datetime import date

from sqlmodel import Session, col, select

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.law.sources.clauses import BRANCH
from partyctl.ledger.reading.known.names import in_one_piece
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.people import Member
from partyctl.ledger.tables.periods import Leadership
from partyctl.ledger.tables.talks import PersonalReport
from partyctl.records.common import finding
from partyctl.records.common.voiding import void

CLAUSE = BRANCH["十5"]


def report(session: Session, text: str, year: int, on: date) -> Member:
    """Record a leading cadre's report for a year.

    Raises Refused for a second report of the same year, for a future year, or for somebody who was
    not a leading cadre in that year.
    """
    member = finding.member_on(session, text, on, say("报告人", "reporting"))
    if year > on.year:
        raise Refused(
            say(
                f"{on} 时 {year} 年还没有开始，不能报告[{CLAUSE}]。",
                f"{year} had not begun on {on}: nothing to report yet [{CLAUSE}].",
            ),
            f"partyctl member report {in_one_piece(text)} {on.year} --on {on}",
        )
    if not _led_in(session, member, year):
        raise Refused(
            say(
                f"{member.name} {year} 年不是党员领导干部，不必报告[{CLAUSE}]。",
                f"{member.name} was not a leading cadre in {year} and owes no report [{CLAUSE}].",
            ),
            f"partyctl member edit '#{member.number}' --leader --from …",
        )
    if earlier := _of_year(session, member, year):
        raise Refused(
            say(
                f"{member.name}已于 {earlier.reported_on} 报告过 {year} 年的[{CLAUSE}]。",
                f"{member.name} reported for {year} on {earlier.reported_on} [{CLAUSE}].",
            ),
            f"partyctl member report '#{member.number}' {year} --void …",
        )
    line = new(PersonalReport, member_id=member.number, year=year, reported_on=on)
    session.add(line)
    return member


def void_report(session: Session, text: str, year: int, reason: str) -> Member:
    """Void a report that was recorded wrongly.

    Raises Refused if no report for this year is on record.
    """
    member = finding.member(session, text)
    line = _of_year(session, member, year)
    if line is None:
        raise Refused(
            say(
                f"{member.name}没有 {year} 年的报告记录。",
                f"{member.name} has no report for {year} on record.",
            ),
            f"partyctl member show '#{member.number}'",
        )
    void(session, line, reason)
    return member


def _of_year(session: Session, member: Member, year: int) -> PersonalReport | None:
    query = select(PersonalReport).where(
        PersonalReport.member_id == member.number,
        PersonalReport.year == year,
        col(PersonalReport.voided_at).is_(None),
    )
    return session.exec(query).first()


def _led_in(session: Session, member: Member, year: int) -> bool:
    """Whether a member was a leading cadre on any day of a year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    query = select(Leadership).where(
        Leadership.member_id == member.number, col(Leadership.voided_at).is_(None)
    )
    return any(
        held.from_on <= last and (held.to_on is None or held.to_on >= first)
        for held in session.exec(query).all()
    )
