"""The output of `--json` for reminders and their schedule."""

from typing import TypedDict


class DigestItem(TypedDict):
    """A duty in a digest, which is one message with all reminders for one recipient.

    `rung`: the day of the reminder, as a number of days after the due day (negative: before it).
    If the duty has no due day, the days are counted from the day on which it opened.
    """

    rule: str
    article: str
    period: str | None
    due: str | None
    status: str
    rung: int


class Digest(TypedDict):
    """A digest: one message to one recipient through one channel."""

    channel: str
    recipient: str
    subject: str
    text: str
    items: list[DigestItem]


class Sent(TypedDict):
    """The digests that this run of `remind` sent, and the number of digests that failed."""

    as_of: str
    ok: bool
    failed: int
    digests: list[Digest]


class WouldSend(TypedDict):
    """The digests that `remind --dry-run` shows."""

    as_of: str
    digests: list[Digest]


class DigestRow(TypedDict):
    """A digest in `remind log`: queued, sent, failed or cancelled (`state`)."""

    id: int
    day: str
    channel: str
    recipient: str
    state: str
    attempts: int
    planned_at: str
    sent_at: str | None
    next_try: str | None
    message_id: str
    last_error: str | None
    items: int


class RemindChannel(TypedDict):
    """A channel in the settings."""

    name: str
    kind: str


class RemindRecipient(TypedDict):
    """A recipient, and the channels used for this recipient; addresses are not printed."""

    name: str
    channels: list[str]


class RemindStatus(TypedDict):
    """The settings, the last run, and how many digests are queued, failed or new.

    `queued` does not include the failed digests (`dead`). `to_send` counts the new digests: those
    that a run would add and send now.
    """

    as_of: str
    config: str
    channels: list[RemindChannel]
    recipients: list[RemindRecipient]
    last_run: str | None
    last_scheduled: str | None
    queued: int
    dead: int
    to_send: int


class TrialSent(TypedDict):
    """A trial reminder."""

    ok: bool
    channel: str
    recipient: str


class ScheduleChanged(TypedDict):
    """A change to the crontab; `backup` is a file with the old crontab."""

    ok: bool
    backup: str | None


class Schedule(TypedDict):
    """The lines that partyctl has in the crontab, and when the schedule last ran."""

    installed: bool
    lines: list[str]
    last_run: str | None
    stale: bool
