"""Format a value of a sheet as text."""

from datetime import date
from typing import Any

from partyctl.language import comma_list, say, worded
from partyctl.money import print_yuan
from partyctl.papers.sheets.form import Column
from partyctl.terms import Term


def printed(column: Column, value: Any) -> str:  # noqa: ANN401 - fields have values of any type
    """Format a value for the screen or an entry sheet; mask personal data."""
    if column.private is not None and value is not None:
        first, last = column.private
        text = str(value)
        return f"{text[:first]}***{text[len(text) - last :] if last else ''}"
    match value:
        case None:
            return ""
        case bool():
            return _yes(column, value)
        case Term():
            return value.label
        case date():
            return value.isoformat()
        case list() | tuple():
            return comma_list(printed(column, each) for each in value)
        case int() if column.is_money:
            return print_yuan(value)
    return str(value)


def _yes(column: Column, value: bool) -> str:
    if column.yes_no is not None:
        return worded(column.yes_no[0 if value else 1])
    return say("是", "yes") if value else say("否", "no")
