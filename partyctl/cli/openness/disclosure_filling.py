"""The entry sheet of disclosures: all disclosures that are not withdrawn, and empty rows."""

from collections.abc import Mapping
from datetime import date
from sqlite3 import Connection
from typing import Any

from partyctl.cli.sheets.filling import EntrySheet
from partyctl.language import say
from partyctl.ledger.reading import disclosures
from partyctl.papers.sheets.forms.disclosures import DISCLOSURES
from partyctl.terms import DisclosureForm, DisclosureKind, DisclosureScope, PeriodClass, stored_term

FIELDS = (
    "number",
    "title",
    "kind",
    "scope",
    "form",
    "period_class",
    "responsible",
    "reviewed_on",
    "approved_on",
    "published_on",
)


def fill(ledger: Connection, what: str, on: date, branch: int | None) -> EntrySheet:
    """Fill the sheet with the disclosures that are not withdrawn, each with its latest day of publication."""
    rows = [
        as_said(row) for row in disclosures.disclosures(ledger, on) if row["withdrawn_on"] is None
    ]
    note = say(
        "台账编号和标题不要改；新的事项编号空着，写在下面。公布日期写了新的一天，就再登记一次公布。",
        "Do not change IDs or titles; add new disclosures below, without an ID. If you "
        "write a new date of publication, another publication is recorded.",
    )
    title = say("党务公开填报表", "disclosures")
    return EntrySheet(DISCLOSURES, what, title, FIELDS, rows, (note,), opens_empty=True)


def as_said(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the recorded values of a disclosure, by field of the sheet."""
    last = row["publications"][-1]["published_on"] if row["publications"] else None
    return {
        **row,
        "number": row["id"],
        "kind": stored_term(DisclosureKind, row["kind"]),
        "scope": stored_term(DisclosureScope, row["scope"]),
        "form": row["form"] and stored_term(DisclosureForm, row["form"]),
        "period_class": stored_term(PeriodClass, row["period_class"]),
        "published_on": last,
    }
