"""Every table, for those who need the whole schema: migrations and the tests of them."""

from partyctl.ledger.tables import dues, journal, meetings, people, plans
from partyctl.ledger.tables.base import Base

MODULES = (people, meetings, dues, plans, journal)
METADATA = Base.metadata
