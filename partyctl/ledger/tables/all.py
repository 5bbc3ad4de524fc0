"""Every table, for code that needs the whole schema: migrations and their tests."""

from partyctl.ledger.tables import (
    admission,
    answers,
    democratic_life,
    disclosures,
    dues,
    holidays,
    journal,
    meetings,
    opinions,
    organisation,
    people,
    periods,
    plans,
    proceedings,
    reminders,
    reviews,
    rule_changes,
    talks,
    waivers,
    warnings,
)
from partyctl.ledger.tables.base import Base

MODULES = (
    people,
    organisation,
    periods,
    meetings,
    proceedings,
    dues,
    plans,
    democratic_life,
    reviews,
    talks,
    disclosures,
    waivers,
    holidays,
    rule_changes,
    admission,
    opinions,
    warnings,
    reminders,
    answers,
    journal,
)
METADATA = Base.metadata
