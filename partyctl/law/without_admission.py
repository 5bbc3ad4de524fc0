"""The rules that are not about admission, in the order of the regulation.

If a ledger has no applications and no probationary members, no rule about admission can require
anything, so `check` does not load these rules. `catalogue` lists all rules.
"""

from partyctl.law.chapters import (
    democratic_life,
    dues,
    meetings,
    openness,
    organisation_life,
    responsibility,
    talks_and_visits,
    warnings,
)
from partyctl.law.chapters.national import branches as national
from partyctl.law.engine.rule import Rule

BEFORE = (
    *responsibility.RULES,
    *meetings.RULES,
    *organisation_life.RULES,
    *democratic_life.RULES,
)
"""The bureau's rules up to the chapter on admission."""

AFTER = (*dues.RULES, *talks_and_visits.RULES, *openness.RULES, *warnings.RULES)
"""The bureau's rules after the chapter on admission."""

NATIONAL = national.RULES

RULES: tuple[Rule, ...] = (*BEFORE, *AFTER, *NATIONAL)
