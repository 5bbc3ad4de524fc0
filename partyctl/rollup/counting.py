"""Count a branch's duties for the tallies of its extract, without names and texts."""

import hmac
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from hashlib import sha256

from partyctl.law.changes.rulebook import Rulebook, settable
from partyctl.law.dues.status import Standing
from partyctl.law.engine.rule import Rule
from partyctl.law.questions.scoreboard import Item
from partyctl.rollup.chapters import CLOSED, chapter_code
from partyctl.rollup.extract import DuesSum, Duty, Tally, sorted_tallies

FEW = 5
"""If a branch has fewer members than this, its extract has only tallies by chapter."""


def tallied(items: Iterable[Item], *, coarse: bool) -> tuple[Tally, ...]:
    """Count duties by rule, period and status; with `coarse`, by chapter, strength and status."""
    counts = Counter(_kind(item, coarse=coarse) for item in items)
    return sorted_tallies(Tally(*kind, n) for kind, n in counts.items())


def _kind(item: Item, *, coarse: bool) -> tuple[str, str, str, str, str, str]:
    owed = item.obligation
    rule = owed.rule
    common = (rule.layer.value, rule.strength.value)
    if coarse:
        return (_chapter(rule.article), "", *common, "", owed.status.value)
    return (_chapter(rule.article), rule.id, *common, owed.period or "", owed.status.value)


@lru_cache(maxsize=512)
def _chapter(article: str) -> str:
    return chapter_code(article)


def summed(standings: Iterable[Standing]) -> DuesSum:
    """Add up a month's dues of all members. An amount that was not assessed counts as zero."""
    found = list(standings)
    return DuesSum(
        len(found),
        sum(each.owed or 0 for each in found),
        sum(each.paid for each in found),
        sum(bool(each.unpaid_months) for each in found),
    )


def rows(items: Iterable[Item], secret: bytes) -> tuple[Duty, ...]:
    """Return all single duties, except those of the CLOSED systems (cases, opinions, disclosures).

    Instead of its subject, a duty has a number that is computed from the subject and a secret of
    the ledger. The number of a subject is the same every month. Only the branch knows which number
    stands for which person or record.
    """
    return tuple(sorted(_duty(item, secret) for item in items if _is_open_to_rows(item)))


def _is_open_to_rows(item: Item) -> bool:
    return _chapter(item.obligation.rule.article) not in CLOSED


def _duty(item: Item, secret: bytes) -> Duty:
    owed = item.obligation
    named = f"{owed.subject.kind}#{owed.subject.id}".encode()
    return Duty(
        owed.rule.id,
        str(owed.subject.kind),
        hmac.new(secret, named, sha256).hexdigest()[:16],
        owed.opens.isoformat(),
        owed.due.isoformat() if owed.due else None,
        owed.status.value,
        owed.proof.on.isoformat() if owed.proof else None,
        owed.provisional,
    )


def digest_of_rules(rules: Iterable[Rule], book: Rulebook | None, on: date) -> str:
    """Return the SHA-256 of the rules in force on a day.

    Equal digests mean that the rules judge alike; titles, commands and reminders can differ.
    """
    standing = [(book.on(rule, on) if book else rule) for rule in rules]
    said = "\n".join(_told(rule) for rule in standing if rule is not None)
    return sha256(said.encode()).hexdigest()


def _told(rule: Rule) -> str:
    """Return the parts of a rule that affect how a duty is judged."""
    numbers = {name: value for name, value in settable(rule).items() if name != "remind"}
    return repr(
        (rule.id, rule.article, rule.layer.value, rule.since, rule.until, sorted(numbers.items()))
    )
