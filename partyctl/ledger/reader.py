"""Reading: plain SQL over the views, giving the law what it may know. No ORM."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from partyctl.errors import NoSuchRecord
from partyctl.language import say
from partyctl.law.facts import Fact, Spell
from partyctl.ledger.views import FACT_COLUMNS, SOURCES

NOTIFIED, CONSENT = Fact._fields.index("notified_on"), Fact._fields.index("consent_on")

read_day = lru_cache(maxsize=8192)(date.fromisoformat)


class Organ(NamedTuple):
    """The leading group whose ledger this is, and the ledger's first day."""

    name: str
    since: date


class Branch(NamedTuple):
    """A branch by number and name."""

    id: int
    name: str


def organ(ledger: sqlite3.Connection) -> Organ:
    """The leading group and the ledger's start."""
    name, since = ledger.execute("SELECT name, since FROM organ").fetchone()
    return Organ(name, read_day(since))


def head(ledger: sqlite3.Connection) -> str:
    """The head of the journal, as papers bear it: whoever has one can check the ledger by it."""
    seq, digest = ledger.execute(
        "SELECT seq, substr(hash, 1, 16) FROM journal_entry ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return f"{seq}-{digest}"


def branches(ledger: sqlite3.Connection) -> list[Branch]:
    """The branches of the ledger, in the order of their numbers."""
    rows = ledger.execute("SELECT id, name FROM branch WHERE voided_at IS NULL ORDER BY id")
    return [Branch(*row) for row in rows]


def branches_named(ledger: sqlite3.Connection, name: str | None) -> list[Branch]:
    """The one branch of that name or number; all where no name is given. Raises NoSuchRecord."""
    every = branches(ledger)
    if name is None:
        return every
    found = [each for each in every if name in (each.name, f"#{each.id}", str(each.id))]
    if not found:
        known = "、".join(each.name for each in every[:5])
        raise NoSuchRecord(
            say(
                f"没有“{name}”这个党支部；已有：{known}。",
                f"No branch “{name}”; there are: {known}.",
            ),
            "partyctl branch list",
        )
    return found


def member_number(ledger: sqlite3.Connection, name: str) -> int:
    """The number of the member of that name, or #number. Raises NoSuchRecord."""
    found = ledger.execute(
        "SELECT member.id, branch.name, joined_on FROM member JOIN branch ON branch.id = branch_id "
        "WHERE '#' || member.id = ?1 OR (member.name = ?1 AND member.voided_at IS NULL)",
        (name.strip(),),
    ).fetchall()
    if len(found) == 1:
        return int(found[0][0])
    if not found:
        raise nobody_called(name)
    raise several_called(name, [f"#{number} {branch} {joined}" for number, branch, joined in found])


def nobody_called(name: str) -> NoSuchRecord:
    """Nobody on the roll has that name."""
    return NoSuchRecord(
        say(f"党员名册里没有“{name}”。", f"Nobody on the roll is called “{name}”."),
        f"partyctl member add {name} --joined …",
    )


def several_called(name: str, each: list[str]) -> NoSuchRecord:
    """More than one has that name; `each` begins with its #number."""
    listed = "、".join(each)
    return NoSuchRecord(
        say(
            f"有 {len(each)} 位“{name}”：{listed}。", f"{len(each)} are called “{name}”: {listed}."
        ),
        f"'{each[0].split()[0]}'",
    )


def facts(
    ledger: sqlite3.Connection, where: str, values: Iterable[Any], view: str = "fact"
) -> Iterator[Fact]:
    """The facts of the view `fact`, or of one of its sources, that meet a condition of our own."""
    rows = ledger.execute(f"SELECT {FACT_COLUMNS} FROM {view} WHERE {where}", tuple(values))
    make = tuple.__new__  # Fact._make in all but its own check of the length: the view has that
    for row in rows:
        notified, consent = row[NOTIFIED], row[CONSENT]
        if notified is None and consent is None:
            yield make(Fact, (row[0], read_day(row[1]), *row[2:]))
        else:
            days = (notified and read_day(notified), consent and read_day(consent))
            before, between, after = (
                row[2:NOTIFIED],
                row[NOTIFIED + 1 : CONSENT],
                row[CONSENT + 1 :],
            )
            yield make(
                Fact, (row[0], read_day(row[1]), *before, days[0], *between, days[1], *after)
            )


def facts_but_dues(ledger: sqlite3.Connection, branch: int) -> Iterator[Fact]:
    """Every fact of a branch but payments and assessments of dues, which are the many."""
    for view in SOURCES:
        if view not in ("payment_fact", "assessment_fact"):
            yield from facts(ledger, "branch_id = ?", (branch,), view)


def dues_since(ledger: sqlite3.Connection, branch: int, month: str) -> Iterator[Fact]:
    """The payments of a branch for the months from one on, and the assessments that hold then."""
    values = (branch, month)
    yield from facts(ledger, "branch_id = ? AND period >= ?", values, "payment_fact")
    holds = "branch_id = ? AND coalesce(until, '9999') > ?"
    yield from facts(ledger, holds, values, "assessment_fact")


def dues_before(ledger: sqlite3.Connection, branch: int, member: int, month: str) -> Iterator[Fact]:
    """What dues_since leaves out, of one member."""
    # With the branch, SQLite looks at its members; by the member alone it would scan everything.
    of_member, values = "branch_id = ? AND subject_id = ?", (branch, member, month)
    yield from facts(ledger, f"{of_member} AND period < ?", values, "payment_fact")
    ended = f"{of_member} AND coalesce(until, '9999') <= ?"
    yield from facts(ledger, ended, values, "assessment_fact")


def spells(ledger: sqlite3.Connection, branch: int) -> Iterator[Spell]:
    """Who is in which role of a branch, from when to when."""
    for row in ledger.execute("SELECT * FROM scope WHERE branch_id = ?", (branch,)):
        from_on, to_on = row[5], row[6]
        yield Spell._make(row)._replace(
            from_on=from_on and read_day(from_on), to_on=to_on and read_day(to_on)
        )


def shared_names(ledger: sqlite3.Connection) -> frozenset[str]:
    """The names that more than one person on the ledger bears."""
    rows = ledger.execute(
        "SELECT name FROM member WHERE voided_at IS NULL GROUP BY name HAVING count(*) > 1"
    )
    return frozenset(name for (name,) in rows)
