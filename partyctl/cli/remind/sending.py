"""Find the open duties for which a reminder day has come or passed."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from partyctl.calendar import period_of
from partyctl.cli.session.reading import Reading
from partyctl.law.catalogue import CATALOGUE, rule_named
from partyctl.law.changes.ladders import Ladder, ladder_of, rung_of
from partyctl.law.engine.obligations import obligations
from partyctl.law.engine.owed import ONLY_OPEN
from partyctl.reminders.recipients import Due
from partyctl.reminders.running import Look, View
from partyctl.terms import Post


def look_on(day: date) -> Look:
    """Return a function that takes a ledger and returns the duties whose reminder day has come."""

    def look(ledger: sqlite3.Connection) -> View:
        reading = Reading(ledger, day, period_of("month", day))
        return View(reading.organ.name, len(reading.branches) > 1, tuple(_dues(reading)))

    return look


def ladders_of(reading: Reading) -> Callable[[str], Ladder]:
    """Return a function that takes a rule's ID and returns the rule's reminder days."""

    @cache
    def ladder(name: str) -> Ladder:
        rule = rule_named(name)
        version = reading.rulebook.on(rule, reading.on) if reading.rulebook else rule
        return ladder_of(version or rule)

    return ladder


def _dues(reading: Reading) -> Iterator[Due]:
    ladders = ladders_of(reading)
    for branch in reading.judged(None):
        known = reading.known(branch)
        posts = {post: known.serving(post, reading.on) for post in Post}
        for owed in obligations(CATALOGUE, known, reading.rulebook, ONLY_OPEN):
            rung = rung_of(owed, reading.on, ladders(owed.rule.id))
            if rung is not None:
                yield Due(owed, branch.name, rung, posts, reading.shared_names)
