"""The register of opinions."""

from typing import Any

from partyctl.calendar import Period
from partyctl.cli.session.reading import Reading
from partyctl.ledger.reading import opinions
from partyctl.papers.forms.briefings import register_values
from partyctl.show.papers import printed_foot


def register_fields(reading: Reading, quarter: Period | None) -> dict[str, Any]:
    """Return the values of the register for one quarter or for all quarters, without submitters."""
    rows = opinions.opinions(reading.ledger, reading.on, quarter=quarter)
    values = register_values(rows, reading.organ.name, quarter, reading.on)
    return values | {"页脚": printed_foot(reading.ledger)}
