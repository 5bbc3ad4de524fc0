"""Record the bureau's own rest days and make-up working days, and import the holidays of whole years."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.law.engine.rest_days import Day, shipped
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.holidays import AnnouncedYear, Holiday
from partyctl.records.common.words import clean_text, text_if_given


def add(session: Session, each: Day) -> Holiday:
    """Record one day.

    Raises Refused if the day is on record already, or if the record would change nothing.
    """
    if (present := _present(session, each.day)) is not None:
        raise Refused(
            say(
                f"{each.day} 已经登记（#{present.number}）。",
                f"{each.day} is on record (#{present.number}).",
            ),
            f"partyctl calendar holidays void {present.number} --reason …",
        )
    _require_change(each)
    return _store(session, each)


def import_year(session: Session, days: Sequence[Day], source: str) -> list[Holiday]:
    """Record the announced holidays of some years, and that all holidays of these years are known."""
    stored = []
    for each in days:
        present = _present(session, each.day)
        if present is None:
            stored.append(_store(session, each))
        elif present.works != each.works:
            raise Refused(
                say(
                    f"{each.day} 已登记为{_kind(present.works)}（#{present.number}）。",
                    f"{each.day} is on record as {_kind(present.works)} (#{present.number}).",
                ),
                f"partyctl calendar holidays void {present.number} --reason …",
            )
    for year in sorted({each.day.year for each in days} - shipped().years):
        _announce(session, year, source)
    return stored


def _kind(works: bool) -> str:
    return say("上班", "worked") if works else say("放假", "off")


def _present(session: Session, day: date) -> Holiday | None:
    query = select(Holiday).where(Holiday.day == day, col(Holiday.voided_at).is_(None))
    return session.exec(query).first()


def _require_change(each: Day) -> None:
    """Refuse a record that does not change whether the day is a rest day or a working day."""
    if shipped().is_rest(each.day) is not each.works:
        raise Refused(
            say(
                f"{each.day} 本来就{_kind(each.works)}。",
                f"{each.day} is {_kind(each.works)} already.",
            ),
            f"partyctl calendar holidays list --year {each.day.year}",
        )


def _store(session: Session, each: Day) -> Holiday:
    name = text_if_given(each.name, say("名称", "the name"))
    row = new(Holiday, day=each.day, works=each.works, name=name)
    session.add(row)
    session.flush()
    return row


def _announce(session: Session, year: int, source: str) -> None:
    query = select(AnnouncedYear).where(
        AnnouncedYear.year == year, col(AnnouncedYear.voided_at).is_(None)
    )
    if session.exec(query).first() is None:
        session.add(new(AnnouncedYear, year=year, source=clean_text(source, say("来源", "file"))))
