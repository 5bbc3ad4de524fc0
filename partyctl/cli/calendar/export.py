"""The duties of the coming months as a calendar file, for everybody or one person."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from partyctl.bilingual import many
from partyctl.cli.remind.sending import ladders_of
from partyctl.cli.session.reading import GROUP, Reading
from partyctl.language import comma_list, say, title_of, worded
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.rule import Obligation
from partyctl.law.questions.grouping import PEOPLE, SETTLED, grouped
from partyctl.law.questions.naming import permanent_names
from partyctl.law.questions.remedies import bundled
from partyctl.law.questions.scoreboard import Item
from partyctl.papers.ics import Edition, Entry, written
from partyctl.reminders.fields import USUAL_FIELDS
from partyctl.reminders.recipients import Due, answers
from partyctl.terms import Noun, Post, Status
from partyctl.typed import typed

LOOKING_BACK = timedelta(days=92)
"""A settled duty stays in the file for this long after its due date. In the file, the settled duty
is a cancelled event, so that calendar programs see the change."""

Posts = Mapping[str, Mapping[Post, list[Subject]]]
"""For each branch name and post: the people who hold the post on the day of --as-of, or today."""


def as_calendar(reading: Reading, items: Sequence[Item], person: int | None) -> bytes:
    """Return a calendar file of the duties in `items`, without those that `_belongs` leaves out.

    If `person` is given, the file has only the duties that this person has or is responsible for.
    """
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
    reading: Reading, items: Sequence[Item], person: int | None, posts: Posts
) -> Iterator[Entry]:
    ladders = ladders_of(reading)
    several = len(reading.branches) > 1
    numbers = {branch.name: branch.id for branch in reading.branches}
    events: dict[str, list[Item]] = {}
    for item, name in zip(items, permanent_names(items), strict=True):
        owed = item.obligation
        due = Due(owed, item.branch, 0, posts.get(item.branch, {}))
        if _belongs(owed, reading) and (person is None or answers(due, person, USUAL_FIELDS)):
            key = _event_of(item, name, numbers.get(item.branch, GROUP), person)
            events.setdefault(key, []).append(item)
    for key, some in events.items():
        rungs = ladders(some[0].obligation.rule.id).rungs
        alarms = tuple(-rung for rung in rungs if rung <= 0)
        yield _entry(key, some, alarms, reading.shared_names, several=several)


def _event_of(item: Item, name: str, branch: int, person: int | None) -> str:
    """Return the permanent key of a duty's event; `name` is the permanent name of the duty.

    If several people in a branch have the same duty for a period, they share one event. In
    the calendar of one person, that person's duty has a separate event.
    """
    owed = item.obligation
    is_own = owed.subject.kind == Noun.MEMBER and owed.subject.id == person
    if owed.period is None or owed.subject.kind not in PEOPLE or is_own:
        return name
    return f"{owed.rule.id}|{Noun.BRANCH}#{branch}|{owed.period}|{Noun.MEMBER}"


def _belongs(owed: Obligation, reading: Reading) -> bool:
    """Whether the file includes a duty; a duty without a due day is left out.

    A duty is included if its status is DUE, or if the duty is missed. A settled duty is included if
    its due day is at most `LOOKING_BACK` ago. Some obligations are conditions that a record must
    satisfy on the day it is made. If a condition is satisfied or waived, the file leaves the
    condition out.
    """
    if owed.due is None:
        return False
    if owed.status in SETTLED:
        is_condition = owed.period is None and owed.opens == owed.due
        return not is_condition and owed.due >= reading.on - LOOKING_BACK
    return owed.status is Status.DUE or owed.is_missed


def _entry(
    key: str,
    items: list[Item],
    alarms: tuple[int, ...],
    shared_names: frozenset[str],
    *,
    several: bool,
) -> Entry:
    """Return the event of a duty.

    If several people share the duty, the event lists the people for whom the duty is still open. If
    the duty is settled for everybody, the event lists all people who share it.
    """
    still_open = [item for item in items if item.obligation.status not in SETTLED]
    some = still_open or items
    owed = some[0].obligation
    assert owed.due is not None
    subjects = list(dict.fromkeys(worded(item.obligation.subject.name) for item in some))
    branch = some[0].branch
    whose = subjects[0]
    if len(subjects) > 1:
        whose = say(f"{len(subjects)} 人", f"{many(len(subjects), 'person')}")
    if several and whose != branch:
        whose = f"{branch} {whose}"
    what = " ".join(filter(None, (title_of(owed.rule), owed.period)))
    told = [say(f"依据 {owed.rule.article}", f"clause {owed.rule.article}"), owed.status.label]
    told += [comma_list(subjects)] if len(subjects) > 1 else []
    commands = [each.remedy for each in bundled(grouped(still_open), shared_names) if each.remedy]
    told += list(dict.fromkeys(map(typed, commands)))
    return Entry(key, owed.due, f"{what} · {whose}", "\n".join(told), not still_open, alarms)
