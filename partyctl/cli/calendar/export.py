"""The duties of the coming months as a calendar file, of everybody or of one person."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from partyctl.cli.remind.sending import ladders_of
from partyctl.cli.session.reading import Reading
from partyctl.language import say
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.rule import Obligation
from partyctl.law.questions.scoreboard import Item
from partyctl.papers.ics import Edition, Entry, written
from partyctl.reminders.recipients import Due, answers
from partyctl.reminders.settings import USUAL_FIELDS
from partyctl.show.obligations import title
from partyctl.terms import Post, Status

SETTLED = (Status.MET, Status.LATE, Status.WAIVED)
LOOKING_BACK = timedelta(days=92)
"""How long what is settled stays in the file, so that a client learns of it."""

Posts = Mapping[str, Mapping[Post, list[Subject]]]
"""Who holds which post on the day, by the name of the branch."""


def as_calendar(reading: Reading, items: Iterable[Item], person: int | None) -> bytes:
    """A calendar of what is owed; of a person, own duties and those that the person answers for."""
    posts: Posts = {}
    if person is not None:
        judged = [(each.name, reading.known(each)) for each in reading.judged(None)]
        posts = {
            name: {post: known.serving(post, reading.on) for post in Post} for name, known in judged
        }
    name = say(f"{reading.organ.name} 党务日历", f"{reading.organ.name}: Party duties")
    return written(name, _entries(reading, items, person, posts), _edition(reading))


def _edition(reading: Reading) -> Edition:
    first, number, at = reading.ledger.execute(
        "SELECT (SELECT substr(hash, 1, 16) FROM journal_entry WHERE seq = 1), seq, at "
        "FROM journal_entry ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return Edition(first, number, datetime.fromisoformat(at).replace(microsecond=0))


def _entries(
    reading: Reading, items: Iterable[Item], person: int | None, posts: Posts
) -> Iterator[Entry]:
    ladders = ladders_of(reading)
    several = len(reading.branches) > 1
    for item in items:
        owed = item.obligation
        if not _belongs(owed, reading):
            continue
        due = Due(owed, item.branch, 0, posts.get(item.branch, {}))
        if person is None or answers(due, person, USUAL_FIELDS):
            rungs = ladders(owed.rule.id).rungs
            alarms = tuple(-rung for rung in rungs if rung <= 0)
            yield _entry(item, alarms, several=several)


def _belongs(owed: Obligation, reading: Reading) -> bool:
    """Whether it has a day, and is to be done or was settled lately; no record's condition."""
    if owed.due is None:
        return False
    if owed.status in SETTLED:
        is_condition = owed.period is None and owed.opens == owed.due
        return not is_condition and owed.due >= reading.on - LOOKING_BACK
    return owed.status is Status.DUE or owed.is_missed


def _entry(item: Item, alarms: tuple[int, ...], *, several: bool) -> Entry:
    owed = item.obligation
    assert owed.due is not None
    whose = owed.subject.name
    if several and whose != item.branch:
        whose = f"{item.branch} {whose}"
    what = " ".join(filter(None, (title(owed.rule), owed.period)))
    told = [say(f"依据 {owed.rule.article}", f"clause {owed.rule.article}"), owed.status.label]
    told += [owed.remedy] if owed.remedy else []
    settled = owed.status in SETTLED
    return Entry(owed.key, owed.due, f"{what} · {whose}", "\n".join(told), settled, alarms)
