"""Compute obligations branch by branch; `check --json` of a large ledger uses several processes."""

import gc
import os
from collections.abc import Iterator, Sequence
from datetime import date

from partyctl.calendar import Period
from partyctl.cli.session.reading import Reading
from partyctl.language import choose, speaks_english
from partyctl.law.engine.obligations import is_wrong, obligations
from partyctl.law.engine.owed import EVERYTHING, Wanted, of_scoreboard
from partyctl.law.engine.rule import Rule
from partyctl.law.questions.scoreboard import Heat, Item, placed, warm
from partyctl.ledger.file.opening import open_for_reading
from partyctl.ledger.file.places import AnyPath
from partyctl.ledger.reading.bodies import Branch
from partyctl.light import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from partyctl.cli.check.pages import Pages

MANY = 64
"""The minimum number of branches that each process should judge, because a new process needs 0.2 s
to start."""

HEAD_START = 1.06
"""The first process is already running, so its share of the branches is larger by this factor."""


class Question(NamedTuple):
    """What `check --json` asks: the rules, the period or None, and whether --strict is given."""

    rules: tuple[str, ...]
    period: Period | None
    strict: bool


class Part(NamedTuple):
    """The answer for some branches: the obligations as JSON, and how many have each status.

    `heat`: the number of obligations by chapter, month and status; obligations carried over from
    earlier periods are not counted. `wrong`: whether one of the obligations makes `check` exit
    with 3.
    """

    pages: "Pages"
    heat: Heat
    wrong: bool


def found(
    reading: Reading,
    branches: Sequence[Branch],
    rules: list[Rule],
    period: Period | None,
    wanted: Wanted,
) -> Iterator[Item]:
    """Yield the obligations of some branches.

    With a period, yield only the obligations of the period and those carried over into it.
    """
    for branch in branches:
        owed = obligations(rules, reading.known(branch), reading.rulebook, wanted)
        yield from placed(owed, branch.name, period)


def part(reading: Reading, branches: Sequence[Branch], question: Question) -> Part:
    """Compute the answer for some of the branches."""
    from partyctl.cli.check.pages import Pages
    from partyctl.law.catalogue import rule_named
    from partyctl.show.obligation_json import as_json  # only JSON answers need this module

    period = question.period
    wanted = of_scoreboard(period) if period else EVERYTHING
    heat: Heat = {}
    pages, wrong = Pages(), False
    for item in found(reading, branches, [rule_named(r) for r in question.rules], period, wanted):
        wrong = wrong or is_wrong(item.obligation, strict=question.strict)
        warm(heat, item)
        pages.add(as_json(item, reading.on))
    return Part(pages, heat, wrong)


def side_by_side(
    reading: Reading, branches: list[Branch], ledger: AnyPath, question: Question
) -> list[Part]:
    """Compute the answer; if there are many branches, divide them among several processes.

    The parts are returned in the order of the branches.

    `reading` locks out writers while it is open, so all processes see the same data.
    """
    processes = min(os.cpu_count() or 1, len(branches) // MANY)
    if processes < 2:
        return [part(reading, branches, question)]
    from concurrent.futures import ProcessPoolExecutor  # imported only for large ledgers
    from multiprocessing import get_context

    from partyctl.ledger.file import keys

    own, *others = shares(branches, processes)
    # Use spawn instead of fork: a forked process would inherit the open ledger, which is unsafe.
    context = get_context("spawn")
    with ProcessPoolExecutor(
        len(others),
        mp_context=context,
        initializer=_begin,
        initargs=(keys.typed(), "en" if speaks_english() else ""),
    ) as pool:
        asked = (ledger, reading.on, reading.since_month, reading.until)
        waited_for = [pool.submit(_part_of_ledger, *asked, some, question) for some in others]
        return [part(reading, own, question), *(each.result() for each in waited_for)]


def shares(branches: list[Branch], processes: int) -> list[list[Branch]]:
    """Divide the branches among processes.

    The first process gets more branches, because it is already running.
    """
    first = round(len(branches) / processes * HEAD_START)
    size = -(-(len(branches) - first) // (processes - 1))
    rest = range(first, len(branches), size)
    return [branches[:first], *(branches[start : start + size] for start in rest)]


def _begin(typed: dict[str, bytes], language: str) -> None:
    """Prepare a new process: set the language, and remember the encryption keys that the user typed."""
    from partyctl.ledger.file import keys

    gc.disable()
    choose(language)
    keys.remember(typed)


def _part_of_ledger(
    ledger: AnyPath,
    on: date,
    since_month: Period | None,
    until: date,
    branches: list[Branch],
    question: Question,
) -> Part:
    with open_for_reading(ledger) as connection:
        return part(Reading(connection, on, since_month, until), branches, question)
