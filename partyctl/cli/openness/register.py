"""The register of opinions: what it says, from what is on record."""

from typing import Any

from partyctl.calendar import Period
from partyctl.cli.session.reading import Reading
from partyctl.ledger.reading import opinions
from partyctl.papers.forms.briefings import register_values
from partyctl.show.papers import printed_foot


def register_fields(reading: Reading, quarter: Period | None) -> dict[str, Any]:
    """The fields of the register, of one quarter or of all; never who said them."""
    rows = opinions.opinions(reading.ledger, reading.on, quarter=quarter)
    values = register_values(rows, reading.organ.name, quarter, reading.on)
    return values | {"页脚": printed_foot(reading.ledger)}
