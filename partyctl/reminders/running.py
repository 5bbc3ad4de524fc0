"""Run `remind`: plan the messages, then claim each digest, send it, and mark it as sent.

The ledger is closed while a digest is sent, because a mail server may be slow.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from partyctl.errors import PartyctlError
from partyctl.ledger.answers import answers
from partyctl.ledger.file.connecting import Connection
from partyctl.ledger.file.system_words import why
from partyctl.ledger.reading.reminding.reminder_state import is_set_back, newest_entry
from partyctl.ledger.writing import deliveries, outbox
from partyctl.ledger.writing.deliveries import Claimed
from partyctl.ledger.writing.outbox import Planned, Rung
from partyctl.light import NamedTuple
from partyctl.reminders import channels, digest
from partyctl.reminders.digest import Letter
from partyctl.reminders.kept_plan import KeptPlan
from partyctl.reminders.recipients import Due, recipients
from partyctl.reminders.settings import OFFICE, Channel, Kind, Settings
from partyctl.reminders.unavailable import tried_again

Key = tuple[str, str]


class View(NamedTuple):
    """What a run reads: the leading group's name, and the duties whose reminder day has come.

    `several`: whether the ledger has several branches.
    """

    organ: str
    several: bool
    dues: tuple[Due, ...]


Told = dict[str, dict[Key, Due]]
"""The duties in each recipient's reminders, keyed by recipient, then by the obligation's key."""


class Seen(NamedTuple):
    """The open duties, and the number of the newest journal entry when the duties were read."""

    newest: int
    view: View
    told: Told


Look = Callable[[sqlite3.Connection], View]
Clock = Callable[[], datetime]


class Delivery(NamedTuple):
    """A digest that was sent, or that would be sent."""

    channel: str
    recipient: str
    letter: Letter
    dues: tuple[Due, ...]


@dataclass
class Outcome:
    """The result of a run: the digests that were sent, and an error for each digest that was not.

    `set_back`: whether the clock is wrong according to `is_set_back`; if so,
    no new reminders are planned.
    """

    sent: list[Delivery] = field(default_factory=list)
    failures: list[PartyctlError] = field(default_factory=list)
    set_back: bool = False


@dataclass
class Run:
    """One run of `remind`. `look`: a function that reads the open duties from the ledger.

    `quiet`: whether digests for standard output are returned without being printed.
    """

    ledger: Path
    settings: Settings
    look: Look
    day: date
    clock: Clock
    quiet: bool = False
    _seen: Seen | None = None

    def perform(self, *, scheduled: bool, trust_clock: bool) -> Outcome:
        """Plan messages, and send those that are ready. Raises the errors of `outbox.opened`."""
        outcome = Outcome()
        with (
            answers.carried_over(self.ledger) as watch,
            outbox.opened(self.ledger, watch) as ledger,
        ):
            outcome.set_back = not trust_clock and is_set_back(ledger, self.clock())
            if trust_clock:
                outbox.trust(ledger, self.clock())
            if not outcome.set_back:
                self._plan(ledger, watch, scheduled=scheduled)
            ready = deliveries.ready(ledger, self.clock())
        for number in ready:
            self._send(number, outcome)
        return outcome

    def _plan(self, ledger: Connection, watch: answers.Watch, *, scheduled: bool) -> None:
        """Queue new reminders.

        If the ledger has no valid plan, the plan is made from the duties that are open now.
        """
        kept = KeptPlan(self.ledger, self.settings, self.day)
        with outbox.at_one_moment(ledger):
            known = kept.read(ledger, watch)
            planned = known
            if planned is None:
                planned = planned_of(self._seen_now(ledger).told, self.settings)

        def keep() -> None:
            if known is None and self._seen and self._seen.newest == newest_entry(ledger):
                kept.keep(ledger, planned)

        outbox.plan(ledger, planned, self.day, self.clock(), scheduled=scheduled, also=keep)

    def _seen_now(self, ledger: sqlite3.Connection) -> Seen:
        """Return the open duties of each recipient.

        The first call reads the duties from the ledger. A later call reads them again only if the
        journal has a new entry.
        """
        newest = newest_entry(ledger)
        if self._seen is None or self._seen.newest != newest:
            view = self.look(ledger)
            self._seen = Seen(newest, view, told_of(view.dues, self.settings))
        return self._seen

    def _send(self, number: int, outcome: Outcome) -> None:
        with outbox.opened(self.ledger) as ledger:
            claimed = deliveries.claim(ledger, number, self.clock(), self._owed_to)
        if claimed is None:
            return
        try:
            delivery = self._delivery(claimed)
            channel = self.settings.channel(claimed.channel)
            address = self.settings.routes(claimed.recipient)[claimed.channel]
            if not (self.quiet and channel.kind is Kind.STDOUT):
                channels.send(channel, claimed.recipient, address, claimed.day, delivery.letter)
        except (PartyctlError, OSError) as error:
            with outbox.opened(self.ledger) as ledger:
                deliveries.mark_failed(ledger, claimed, self.clock(), reason_of(error))
            if not isinstance(error, PartyctlError):
                raise
            told = tried_again(error, claimed.attempt, is_dead=claimed.is_last_attempt)
            outcome.failures.append(told)
            return
        with outbox.opened(self.ledger) as ledger:
            deliveries.mark_sent(ledger, claimed, self.clock())
        outcome.sent.append(delivery)

    def _owed_to(self, ledger: sqlite3.Connection, channel: str, recipient: str) -> set[Key]:
        """Return the keys of the open duties for a recipient and a channel; empty if no duty is open."""
        if channel not in self.settings.routes(recipient):
            return set()
        return set(self._seen_now(ledger).told.get(recipient, ()))

    def _delivery(self, claimed: Claimed) -> Delivery:
        assert self._seen is not None
        owed = self._seen.told[claimed.recipient]
        dues = [owed[rung.obligation, rung.due_on] for rung in claimed.rungs]
        to, made = (claimed.channel, claimed.recipient), (self.day, claimed.message_id)
        return delivery_of(self._seen.view, self.settings, to, dues, made)


def delivery_of(
    view: View,
    settings: Settings,
    to: tuple[str, str],
    dues: Iterable[Due],
    made: tuple[date, str],
) -> Delivery:
    """Return the digest for a recipient and a channel.

    `made`: the digest's day and Message-ID.
    """
    channel, recipient = to
    told = tuple(dues)
    names = may_name(settings.channel(channel), recipient)
    letter = digest.write(view.organ, made[0], told, made[1], names=names, several=view.several)
    return Delivery(channel, recipient, letter, told)


def may_name(channel: Channel, recipient: str) -> bool:
    """Whether a digest that goes to a recipient through a channel may name people.

    A digest names people if only the clerk who keeps the ledger can see the channel. A mail names
    people unless the mail goes to the office. A chat message never names people, because other
    people may read the chat.
    """
    return channel.is_local or (recipient != OFFICE and not channel.is_public)


def key_of(due: Due) -> Key:
    """Return an obligation's key in the outbox; a new deadline gives a new key."""
    owed = due.obligation
    return owed.key, owed.due.isoformat() if owed.due else ""


def told_of(dues: Iterable[Due], settings: Settings) -> Told:
    """Return the duties for each recipient, in the order of `dues`."""
    told: Told = {}
    for due in dues:
        for recipient in recipients(due, settings):
            told.setdefault(recipient, {})[key_of(due)] = due
    return told


def planned_of(told: Told, settings: Settings) -> list[Planned]:
    """Return one planned message per recipient and channel, with the latest reminder for each duty."""
    return [
        Planned(channel, recipient, tuple(Rung(*key, due.rung) for key, due in owed.items()))
        for recipient, owed in told.items()
        for channel in settings.routes(recipient)
    ]


def would_send(
    ledger: sqlite3.Connection, view: View, settings: Settings, day: date
) -> Iterator[Delivery]:
    """Yield the digests that a run on a day would send, without writing anything."""
    told = told_of(view.dues, settings)
    for each in outbox.unsaid(ledger, planned_of(told, settings), day):
        dues = [told[each.recipient][rung.obligation, rung.due_on] for rung in each.rungs]
        yield delivery_of(view, settings, (each.channel, each.recipient), dues, (day, ""))


def reason_of(error: PartyctlError | OSError) -> str:
    """Describe a failure for the outbox in our own words, without addresses or secrets."""
    return error.sentence if isinstance(error, PartyctlError) else why(error)
