"""Read a record of any noun by its number, with the reader of the noun's own module."""

from collections.abc import Callable, Mapping
from datetime import date
from sqlite3 import Connection

from partyctl.ledger.reading import (
    applicants,
    contacts,
    disclosures,
    lists,
    meetings,
    opinions,
    plans,
    rectifications,
    reviews,
    talks,
    warnings,
)
from partyctl.ledger.reading.dues import remittances
from partyctl.ledger.reading.dues.entries import dues_entry
from partyctl.ledger.reading.rules import changes as rule_changes
from partyctl.ledger.reading.rules import holidays, waivers
from partyctl.light import Any
from partyctl.terms import Noun

Object = Mapping[str, Any]
Reader = Callable[[Connection, date, int], Object | None]
"""Reads the record that has a given number, even if it was voided. Some readers leave out what
happened after the given day."""

Opened = Callable[[Connection, date, int, frozenset[str]], Object]
"""Reads a record as a Reader does, but does not mask the fields in the last argument."""

READERS: dict[Noun, Reader] = {
    Noun.BRANCH: lists.branch,
    Noun.CELL: lambda ledger, on, number: lists.cell(ledger, number),
    Noun.MEMBER: lambda ledger, on, number: lists.member(ledger, number, on),
    Noun.STAFF: lambda ledger, on, number: lists.staff_member(ledger, number),
    Noun.MEETING: lambda ledger, on, number: meetings.meeting(ledger, number, on),
    Noun.DUES: lambda ledger, on, number: dues_entry(ledger, number),
    Noun.REMITTANCE: lambda ledger, on, number: remittances.remittance(ledger, number),
    Noun.PLAN: plans.plan,
    Noun.PLAN_ITEM: plans.target,
    Noun.RECTIFY: rectifications.rectification,
    Noun.REVIEW: lambda ledger, on, number: reviews.review(ledger, number, on),
    Noun.TALK: talks.talk,
    Noun.CONTACT: contacts.contact,
    Noun.DISCLOSURE: disclosures.disclosure,
    Noun.OPINION: opinions.opinion,
    Noun.WARNING: warnings.warning,
    Noun.APPLICANT: applicants.applicant,
    Noun.WAIVER: lambda ledger, on, number: waivers.waiver(ledger, number),
    Noun.HOLIDAY: lambda ledger, on, number: holidays.holiday(ledger, number),
    Noun.RULE_CHANGE: lambda ledger, on, number: rule_changes.change(ledger, number),
}
"""For each noun, the function that reads a record. The leading group has no such function, because
no command shows the leading group by number."""

OPENED: dict[Noun, Opened] = {Noun.WARNING: warnings.opened}
"""For each noun whose masked fields need a special reader, the function that shows these fields.
For every other noun, the stored values of the masked columns are shown."""
