"""Questions to a hub: how many duties were met and missed per organ, branch, chapter, and so on.

A waived duty does not count as missed. A branch without a report is listed as missing, and does not
count as a branch without problems. Branches whose rules are not the most common ones are listed
separately.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from partyctl.light import NamedTuple
from partyctl.rollup import storing
from partyctl.rollup.chapters import CODES
from partyctl.rollup.hub import Hub
from partyctl.terms import Status

STATUSES = tuple(status.value for status in Status)

SUMS = ", ".join(f"sum(n) FILTER (status = '{each}')" for each in STATUSES)
"""SQL for the number of duties per status."""

BY = {"organ": "organ", "branch": "code", "chapter": "chapter", "rule": "rule", "month": "month"}
"""The ways to group the counts, each with the column to group by."""

DONE = ("met", "late")
MISSED = ("overdue", "breach")


class Counts(NamedTuple):
    """One row of a table: a group, the number of branches, and the number of duties per status.

    `key`: the name of the group, such as a month, a rule or a branch's code. `of`: the number of
    duties per status; a duty that is not mandatory counts only if its status is advised or waived.
    `n` counts the mandatory duties that were met or missed; `done` counts only those that were met,
    on time or late.
    """

    key: str
    branches: int
    of: dict[str, int]
    n: int
    done: int

    @property
    def percent(self) -> int | None:
        """The share of met duties in whole percent.

        The share is rounded down, so 100 means that all duties were met.
        """
        return self.done * 100 // self.n if self.n else None

    @property
    def met_share(self) -> float | None:
        """The share of duties that were met, on time or late, or None if `n` is zero."""
        return self.done / self.n if self.n else None


def table(hub: Hub, by: str, months: Sequence[str], *, rank: bool) -> list[Counts]:
    """Count the duties of some months, grouped by one of the keys of `BY`.

    With `rank`, the group with the largest share of met duties is first.
    """
    found = list(_counted(hub, BY[by], months))
    if rank:
        return sorted(found, key=lambda each: (-(each.met_share or 0), -each.n, each.key))
    order = {code: place for place, code in enumerate(CODES)}
    return sorted(found, key=lambda each: (order.get(each.key, 0), each.key))


Heat = dict[tuple[str, str], dict[str, int]]
"""The number of duties per status, keyed by branch and chapter."""


def heat(hub: Hub, month: str, codes: Sequence[str]) -> Heat:
    """Count the duties of some branches per status, by branch and chapter."""
    listed = ", ".join(f"'{code}'" for code in codes)
    where = f"WHERE code IN ({listed})" if codes else "WHERE false"
    question = f"SELECT code, chapter, {SUMS} FROM given {where} GROUP BY ALL"
    rows = _asked(hub, "tally", [month], question)
    return {(code, chapter): _by_status(counts) for code, chapter, *counts in rows}


def by_chapter(hub: Hub, month: str) -> dict[str, dict[str, int]]:
    """Count the duties of all branches, mandatory or not, per chapter and status."""
    rows = _asked(hub, "tally", [month], f"SELECT chapter, {SUMS} FROM given GROUP BY ALL")
    return {chapter: _by_status(counts) for chapter, *counts in rows}


def judged_apart(hub: Hub, months: Sequence[str]) -> list[list[str]]:
    """Return a list of branches for each set of rules that differs from the most common set."""
    question = (
        "SELECT rules FROM given GROUP BY rules ORDER BY count(DISTINCT code) DESC, rules OFFSET 1"
    )
    others = [rules for (rules,) in _asked(hub, "extract", months, question)]
    if not others:
        return []
    listed = ", ".join(f"'{rules}'" for rules in others)
    question = f"SELECT DISTINCT rules, code FROM given WHERE rules IN ({listed}) ORDER BY code"
    found: dict[str, list[str]] = {rules: [] for rules in others}
    for rules, code in _asked(hub, "extract", months, question):
        found[rules].append(code)
    return list(found.values())


def dues(hub: Hub, month: str) -> tuple[int, int, int, int]:
    """Return a month's dues: the sums of the fields of `DuesSum` over all extracts."""
    sums = "sum(members), sum(owed_fen), sum(paid_fen), sum(unpaid_members)"
    ((*found,),) = _asked(hub, "dues", [month], f"SELECT {sums} FROM given") or [(0, 0, 0, 0)]
    members, owed, paid, unpaid = (int(each or 0) for each in found)
    return members, owed, paid, unpaid


def _counted(hub: Hub, column: str, months: Sequence[str]) -> Iterator[Counts]:
    # If the duties are grouped by code, each group is one branch, so the branches of a group need
    # not be counted. There can be 5,000 groups.
    how_many = "1" if column == "code" else "count(DISTINCT code)"
    question = (
        f"SELECT {column}, {how_many}, {SUMS} FROM given "
        f"WHERE strength = 'must' OR status IN ('advised', 'waived') GROUP BY {column}"
    )
    for key, branches, *counts in _asked(hub, "tally", months, question):
        of = _by_status(counts)
        done, missed = (sum(map(of.__getitem__, each)) for each in (DONE, MISSED))
        yield Counts(str(key), branches, of, done + missed, done)


def _by_status(counts: Sequence[int | None]) -> dict[str, int]:
    return {status: int(n or 0) for status, n in zip(STATUSES, counts, strict=True)}


def _asked(hub: Hub, of: str, months: Sequence[str], question: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query.

    The query reads from `given`, which contains a table's rows for these months. `of`: the name of
    the table.
    """
    places = [each for month in months for each in storing.parts(hub, of, month)]
    if not places:
        return []
    database = storing.asked_engine()
    import duckdb

    listed = ", ".join(map(storing.quoted, places))
    options = "hive_partitioning = true, hive_types_autocast = false"
    given = f"SELECT * FROM read_parquet([{listed}], {options})"
    try:
        return database.execute(f"WITH given AS ({given}) {question}").fetchall()
    except duckdb.Error as error:
        raise storing.damaged(error) from None
