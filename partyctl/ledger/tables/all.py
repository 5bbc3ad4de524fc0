"""Every table, for those who need the whole schema: migrations and the tests of them."""

from partyctl.ledger.tables import (
    admission,
    democratic_life,
    disclosures,
    dues,
    holidays,
    journal,
    meetings,
    people,
    plans,
    reviews,
    rule_changes,
    talks,
    waivers,
)
from partyctl.ledger.tables.base import Base

MODULES = (
    *(people, meetings, dues, plans, democratic_life, reviews, talks, disclosures, waivers),
    *(holidays, rule_changes, admission, journal),
)
METADATA = Base.metadata
