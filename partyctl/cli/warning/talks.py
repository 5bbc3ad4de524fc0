"""`partyctl warning talk`, `talk-edit` and `talk-void`: the preventive talks of a case."""

from partyctl.cli.input.dates import today
from partyctl.cli.input.options import AsJson, Number, On, Reason
from partyctl.cli.output.answers import acknowledge
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
from partyctl.terms import Noun


def hold(
    number: Number,
    by: By,
    on: On = None,
    notified: Notified = None,
    place: Place = None,
    outline: Outline = None,
    lead_reason: LeadReason = None,
    unclear: Unclear = False,
    as_json: AsJson = False,
) -> None:
    """Record a talk with the person of a case."""
    day = on or today()
    with current.writing() as session:
        from partyctl.records.prevention import talks as preventive_talks

        entry = preventive_talks.PreventiveTalkEntry(
            by=by,
            notified_on=notified,
            place=place,
            outline=outline,
            lead_reason=lead_reason,
            unclear=unclear,
        )
        preventive_talks.hold(session, number, day, entry)
    line = say(f"已登记案件 #{number} {day} 防范谈话", f"Case #{number}: talk on {day}")
    acknowledge(Noun.WARNING, number, line, as_json=as_json)


def edit(
    number: Number,
    on: TalkOn,
    by: NewBy = None,
    notified: Notified = None,
    place: Place = None,
    outline: Outline = None,
    lead_reason: LeadReason = None,
    unclear: NewUnclear = None,
    as_json: AsJson = False,
) -> None:
    """Correct what is recorded of the talk of a day."""
    with current.writing() as session:
        from partyctl.records.prevention import talks as preventive_talks

        entry = preventive_talks.PreventiveTalkEntry(
            by=by,
            notified_on=notified,
            place=place,
            outline=outline,
            lead_reason=lead_reason,
            unclear=unclear,
        )
        preventive_talks.edit(session, number, on, entry)
    line = say(f"已更正案件 #{number} {on} 的谈话", f"Case #{number}: talk of {on} corrected")
    acknowledge(Noun.WARNING, number, line, as_json=as_json)


def void(number: Number, on: TalkOn, reason: Reason, as_json: AsJson = False) -> None:
    """Void the talk of a day, which did not take place."""
    with current.writing() as session:
        from partyctl.records.prevention import talks as preventive_talks

        preventive_talks.void_talk(session, number, on, reason)
    line = say(f"已作废案件 #{number} {on} 的谈话", f"Case #{number}: talk of {on} voided")
    acknowledge(Noun.WARNING, number, line, as_json=as_json)
