"""Record disclosures (党务公开), their publications, and their withdrawal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from partyctl.calendar import Period, period_named
from partyctl.errors import NoSuchRecord, Refused
from partyctl.language import say
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.disclosures import Disclosure, Publication
from partyctl.records.common import finding
from partyctl.records.common.making_up import require_fit
from partyctl.records.common.voiding import void
from partyctl.records.common.words import clean_text, text_if_given
from partyctl.terms import (
    Correction,
    DisclosureForm,
    DisclosureKind,
    DisclosureScope,
    PeriodClass,
    stored_term,
)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """The values that the clerk typed for a disclosure. None means that a value was not given."""

    kind: DisclosureKind | None = None
    title: str | None = None
    scope: DisclosureScope | None = None
    form: DisclosureForm | None = None
    period_class: PeriodClass | None = None
    reviewed_on: date | None = None
    approved_on: date | None = None
    responsible: str | None = None
    not_published: date | None = None
    not_withdrawn: bool = False


def add(session: Session, said: Matter) -> Disclosure:
    """Add a disclosure.

    Raises Refused if an unpublished disclosure of this kind with this title is on record.
    """
    assert said.title is not None
    assert said.kind is not None
    title = clean_text(said.title, say("标题", "the title"))
    _require_not_waiting(session, said.kind, title)
    disclosure = new(
        Disclosure,
        kind=said.kind,
        title=title,
        scope=said.scope,
        form=said.form,
        period_class=said.period_class,
        reviewed_on=said.reviewed_on,
        approved_on=said.approved_on,
        responsible=text_if_given(said.responsible, say("责任人", "who is responsible")),
    )
    session.add(disclosure)
    session.flush()
    return disclosure


def _require_not_waiting(session: Session, kind: DisclosureKind, title: str) -> None:
    """Refuse a title that an unpublished disclosure of this kind already has."""
    query = select(Disclosure).where(
        Disclosure.kind == kind,
        Disclosure.title == title,
        col(Disclosure.voided_at).is_(None),
        col(Disclosure.withdrawn_on).is_(None),
    )
    for known in session.exec(query):
        if not _publications(session, known):
            raise Refused(
                say(
                    f"公开事项 #{known.number} {title} 已登记，还没有公布。",
                    f"Disclosure #{known.number} already has the title {title} and is not "
                    "published yet.",
                ),
                f"partyctl disclosure publish {known.number} --on … --by …",
            )


def publish(
    session: Session,
    number: int,
    published_on: date,
    form: DisclosureForm,
    makes_up: Period | None = None,
) -> Disclosure:
    """Record a publication.

    Raises Refused if the disclosure was withdrawn before that day, if the publication is on record
    already, or if it cannot make up for the missed period that the clerk named.
    """
    disclosure = _disclosure(session, number)
    if makes_up is not None:
        require_fit(session, [stored_term(DisclosureKind, disclosure.kind)], makes_up, published_on)
    _require_new(disclosure, published_on, form, _publications(session, disclosure))
    session.add(
        new(
            Publication,
            disclosure_id=number,
            published_on=published_on,
            form=form,
            makes_up=None if makes_up is None else makes_up.name,
        )
    )
    session.flush()
    _require_order(session, disclosure)
    return disclosure


def _require_new(
    disclosure: Disclosure, day: date, form: DisclosureForm, known: Sequence[Publication]
) -> None:
    """Refuse a publication with the same day and form as a publication on record."""
    if (day, form) in [(each.published_on, each.form) for each in known]:
        number, how = disclosure.number, stored_term(DisclosureForm, form)
        raise Refused(
            say(
                f"公开事项 #{number} {day} 以{how.chinese}形式公布已登记。",
                f"Disclosure #{number}: publication on {day} is on record.",
            ),
            f"partyctl disclosure show {number}",
        )


def withdraw(session: Session, number: int, withdrawn_on: date) -> Disclosure:
    """Record that a disclosure was withdrawn.

    Raises Refused if the disclosure has already been withdrawn, or was approved or published after
    this day. A disclosure that was never published can be withdrawn.
    """
    disclosure = _disclosure(session, number)
    if disclosure.withdrawn_on is not None:
        raise Refused(
            say(
                f"公开事项 #{number} 已于 {disclosure.withdrawn_on} 撤下。",
                f"Disclosure #{number} was withdrawn on {disclosure.withdrawn_on}.",
            ),
            f"partyctl disclosure edit {number} --not-withdrawn",
        )
    disclosure.withdrawn_on = withdrawn_on
    session.add(disclosure)
    _require_order(session, disclosure)
    return disclosure


def edit(session: Session, number: int, said: Matter) -> Disclosure:
    """Correct a disclosure. Values that are not given are left unchanged."""
    disclosure = _disclosure(session, number)
    if said.title is not None:
        disclosure.title = clean_text(said.title, say("标题", "the title"))
    for column in ("kind", "scope", "form", "period_class", "reviewed_on", "approved_on"):
        setattr(disclosure, column, getattr(said, column) or getattr(disclosure, column))
    if said.responsible is not None:
        disclosure.responsible = clean_text(said.responsible, say("责任人", "who is responsible"))
    if said.not_withdrawn:
        disclosure.withdrawn_on = None
    if said.not_published is not None:
        _take_back(session, disclosure, said.not_published)
    session.add(disclosure)
    _require_order(session, disclosure)
    if said.kind is not None:
        _require_periods(session, disclosure)
    return disclosure


def require_sense(session: Session, disclosure: Disclosure) -> None:
    """Refuse a disclosure whose approval or publication is dated after its withdrawal.

    Also refuse a publication that is recorded twice, or that cannot make up for the missed period
    recorded with it.
    """
    _require_order(session, disclosure)
    _require_periods(session, disclosure)
    known = _publications(session, disclosure)
    for place, each in enumerate(known):
        _require_new(disclosure, each.published_on, each.form, known[:place])


def _require_periods(session: Session, disclosure: Disclosure) -> None:
    """Refuse a publication that cannot make up for the missed period recorded with it."""
    kind = stored_term(DisclosureKind, disclosure.kind)
    for publication in _publications(session, disclosure):
        if publication.makes_up is not None:
            require_fit(
                session, [kind], period_named(publication.makes_up), publication.published_on
            )


def _disclosure(session: Session, number: int) -> Disclosure:
    return finding.record(session, Disclosure, number)


def _publications(session: Session, disclosure: Disclosure) -> Sequence[Publication]:
    query = select(Publication).where(
        Publication.disclosure_id == disclosure.number, col(Publication.voided_at).is_(None)
    )
    return session.exec(query.order_by(col(Publication.published_on))).all()


def _take_back(session: Session, disclosure: Disclosure, day: date) -> None:
    """Void all publications of a disclosure that are dated `day`. Raises NoSuchRecord."""
    wrong = [each for each in _publications(session, disclosure) if each.published_on == day]
    if not wrong:
        raise NoSuchRecord(
            say(
                f"公开事项 #{disclosure.number} 没有 {day} 的公布记录。",
                f"Disclosure #{disclosure.number} has no publication on {day}.",
            ),
            f"partyctl disclosure show {disclosure.number}",
        )
    for publication in wrong:
        void(session, publication, Correction.PUBLICATION)
    session.flush()


def _require_order(session: Session, disclosure: Disclosure) -> None:
    """Refuse an approval or a publication that is dated after the withdrawal."""
    withdrawn = disclosure.withdrawn_on
    if withdrawn is None:
        return
    days = [each.published_on for each in _publications(session, disclosure)]
    for day, act in (
        (disclosure.approved_on, say("批准", "approved")),
        (max(days, default=None), say("公布", "published")),
    ):
        if day is not None and day > withdrawn:
            raise Refused(
                say(
                    f"公开事项 #{disclosure.number} {withdrawn} 已撤下，不能在 {day} {act}。",
                    f"Disclosure #{disclosure.number}, withdrawn on {withdrawn}, "
                    f"cannot have been {act} on {day}.",
                ),
                f"partyctl disclosure edit {disclosure.number} --not-withdrawn",
            )
