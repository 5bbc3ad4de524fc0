"""The rules that matter in every ledger, in the order of the regulation.

The rules that are not in this module are about admission and warnings. If a ledger has no
applications, no probationary members and no warnings, the rules about admission and warnings cannot
require anything, so `check` does not load them. `catalogue` lists all rules.
"""

from partyctl.law.chapters import (
    democratic_life,
    dues,
    meetings,
    openness,
    organisation_life,
    responsibility,
    talks_and_visits,
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

AFTER = (*dues.RULES, *talks_and_visits.RULES, *openness.RULES)
"""The bureau's rules between the chapters on admission and on warnings."""

NATIONAL = national.RULES

RULES: tuple[Rule, ...] = (*BEFORE, *AFTER, *NATIONAL)
