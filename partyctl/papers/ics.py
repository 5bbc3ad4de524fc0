"""Write duties as an iCalendar file.

Each duty is an event; when the duty is met or waived, the event is marked as cancelled. Every event
has a permanent UID, so a calendar program that reads a newer file updates its events, and does not
add an event twice. The same ledger gives the same bytes on the same day.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event

from partyctl.light import NamedTuple
from partyctl.text import printable

MORNING = timedelta(hours=9)


class Entry(NamedTuple):
    """The calendar event for a duty: a permanent key for its UID, due day, title, details, alarms.

    `alarms`: how many days before the due day the calendar should remind; 0 is the due day itself.
    """

    key: str
    day: date
    summary: str
    description: str
    is_settled: bool
    alarms: tuple[int, ...] = ()


class Edition(NamedTuple):
    """The state of a ledger: its identifier, and the number and time of the last journal entry."""

    ledger: str
    number: int
    at: datetime


def written(name: str, entries: Iterable[Entry], edition: Edition) -> bytes:
    """Return the calendar as a file."""
    calendar = Calendar()
    calendar.add("prodid", "-//partyctl//calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", printable(name, lines=False))
    for entry in entries:
        calendar.add_component(_event(entry, edition))
    return bytes(calendar.to_ical())


def _event(entry: Entry, edition: Edition) -> Event:
    event = Event()
    digest = sha256(f"{edition.ledger}|{entry.key}".encode()).hexdigest()
    event.add("uid", f"{digest[:32]}@{edition.ledger}.partyctl.invalid")
    event.add("dtstamp", edition.at)
    event.add("sequence", edition.number)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", printable(entry.summary, lines=False))
    event.add("description", printable(entry.description))
    event.add("status", "CANCELLED" if entry.is_settled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    for days in () if entry.is_settled else entry.alarms:
        event.add_component(_alarm(entry, days))
    return event


def _alarm(entry: Entry, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", printable(entry.summary, lines=False))
    alarm.add("trigger", MORNING - timedelta(days=days))
    return alarm
