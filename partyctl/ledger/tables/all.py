"""Every table, for those who need the whole schema: migrations and the tests of them."""

from partyctl.ledger.tables import (
    democratic_life,
    disclosures,
    dues,
    journal,
    meetings,
    people,
    plans,
    reviews,
    talks,
    waivers,
)
from partyctl.ledger.tables.base import Base

MODULES = (
    *(people, meetings, dues, plans, democratic_life, reviews, talks, disclosures, waivers),
    journal,
)
METADATA = Base.metadata
