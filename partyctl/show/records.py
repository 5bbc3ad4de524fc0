"""Print one record: its fields with their names, or JSON."""

import sys
from collections.abc import Mapping
from typing import Any

from partyctl.language import say, worded
from partyctl.money import print_yuan
from partyctl.show.lines import LINES
from partyctl.show.tables import print_json
from partyctl.show.wording import LABELS, OF_NOUN, label
from partyctl.terms import Noun
from partyctl.text import padded, printable, width


def print_record(record: Mapping[str, Any], *, as_json: bool, noun: Noun | None = None) -> None:
    """Print a record; on the screen, leave out fields that are empty, zero or without a label."""
    if as_json:
        print_json(record)
        return
    labels = LABELS | OF_NOUN.get(noun, {})
    fields = [
        (worded(labels[field]), words(field, value))
        for field, value in record.items()
        if field in labels and value not in (None, [], False)
    ]
    columns = max(width(name) for name, _ in fields)
    for name, text in fields:
        first, *rest = text.split("\n")
        sys.stdout.write(f"{padded(name, columns)}  {printable(first)}\n")
        for line in rest:
            sys.stdout.write(f"{' ' * columns}  {printable(line)}\n")


BELOW_EACH_OTHER = (
    "decisions",
    "speeches",
    "papers",
    "months",
    "posts",
    "reports",
    "summaries",
    "ratings",
    "votes",
    "outcomes",
    "visits",
    "items",
    "roles",
    "publications",
    "sanctions",
    "categories",
    "away",
    "steps",
)
"""Fields with lists whose items are printed on separate lines."""


def words(field: str, value: Any) -> str:  # noqa: ANN401 - records have values of any type
    """Return a value in readable form."""
    if value is True:
        return say("是", "yes")
    if field in ("amount", "base", "extra") and isinstance(value, int):
        return print_yuan(value)
    if isinstance(value, list):
        separator = "\n" if field in BELOW_EACH_OTHER else say("、", ", ")
        return separator.join(words(field, each) for each in value)
    if isinstance(value, dict):
        return LINES[field](value)
    return label(field, str(value))
