"""`partyctl warning talk`, `talk-edit` and `talk-void`: the preventive talks of a case."""

from datetime import date
from typing import TYPE_CHECKING

from partyctl.cli.input.dates import today
from partyctl.cli.input.option_groups import taking_options
from partyctl.cli.input.options import AsJson, Number, On, Reason
from partyctl.cli.output.answers import acknowledge, acknowledge_correction
from partyctl.cli.output.record import void_line
from partyctl.cli.session import current
from partyctl.cli.warning.options import (
    By,
    LeadReason,
    NewBy,
    NewUnclear,
    Notified,
    Outline,
    Place,
    TalkOn,
    Unclear,
)
from partyctl.language import say
from partyctl.light import NamedTuple
from partyctl.terms import Noun

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.base import Record
    from partyctl.records.prevention.talks import PreventiveTalkEntry


class Said(NamedTuple):
    """Options that `talk` and `talk-edit` share."""

    notified: Notified = None
    place: Place = None
    outline: Outline = None
    lead_reason: LeadReason = None

    def entry(self, by: str | None, *, unclear: bool | None) -> "PreventiveTalkEntry":
        """Return the talk that the options describe."""
        from partyctl.records.prevention.talks import PreventiveTalkEntry

        return PreventiveTalkEntry(
            by=by,
            notified_on=self.notified,
            place=self.place,
            outline=self.outline,
            lead_reason=self.lead_reason,
            unclear=unclear,
        )


@taking_options
def hold(
    *,
    number: Number,
    by: By,
    on: On = None,
    said: Said,
    unclear: Unclear = False,
    as_json: AsJson = False,
) -> None:
    """Record a talk with the person whom a case of integrity risk concerns."""
    day = on or today()
    with current.writing() as session:
        from partyctl.records.prevention import talks as preventive_talks

        entry = said.entry(by, unclear=unclear)
        preventive_talks.hold(session, number, day, entry)
    line = say(f"已登记案件 #{number} {day} 防范谈话", f"Case #{number}: talk on {day}")
    acknowledge(Noun.WARNING, number, line, as_json=as_json)


@taking_options
def edit(
    *,
    number: Number,
    on: TalkOn,
    by: NewBy = None,
    said: Said,
    unclear: NewUnclear = None,
    as_json: AsJson = False,
) -> None:
    """Correct the talk that was held on a day."""
    with current.correcting() as session:
        from partyctl.records.prevention import talks as preventive_talks

        entry = said.entry(by, unclear=unclear)
        preventive_talks.edit(session, number, on, entry)
    line = say(f"已更正案件 #{number} {on} 的谈话", f"Case #{number}: talk of {on} corrected")
    acknowledge_correction(Noun.WARNING, number, line, as_json=as_json)


def void(number: Number, on: TalkOn, reason: Reason, as_json: AsJson = False) -> None:
    """Void the talk that is recorded for a day."""
    told = say(f"案件 #{number} {on} 的谈话", f"case #{number}: talk of {on}")
    void_line(
        Noun.WARNING, lambda session: _talk(session, number, on), told, reason, as_json=as_json
    )


def _talk(session: "Session", number: int, on: date) -> "Record":
    from partyctl.records.prevention import cases
    from partyctl.records.prevention import talks as preventive_talks

    return preventive_talks.talk_of(session, cases.found(session, number), on)
