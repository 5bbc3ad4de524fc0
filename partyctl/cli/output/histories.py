"""The journal in the clerk's words: times, actions, and descriptions of records."""

from datetime import datetime
from typing import Any

from partyctl.cli.input.dates import zone
from partyctl.language import bracketed, comma_list
from partyctl.ledger.journal.acts import Act
from partyctl.ledger.journal.naming import Named
from partyctl.ledger.reading.nouns import split
from partyctl.show.records import words
from partyctl.show.wording import TERMS


def clock(at: str) -> str:
    """Format a time of the journal in the bureau's time zone."""
    return datetime.fromisoformat(at).astimezone(zone()).strftime("%Y-%m-%d %H:%M")


def record_label(record: str) -> str:
    """Return a record's noun and number: 会议 #7. Return other texts unchanged."""
    noun, number = split(record)
    return f"{noun.label} #{number}" if noun else record


STEPS_SHOWN = 2
"""The maximum number of a record's steps that are listed. If there are more steps, their total
number is also shown."""


def called(one: Named) -> str:
    """Describe a record in full: 发展党员 #2 方圆 入党宣誓 2026-09-28."""
    steps = [_in_words(each) for each in one.steps]
    named = [record_label(one.record), _in_words(one.name), comma_list(steps[:STEPS_SHOWN])]
    text = " ".join(filter(None, named))
    return text + ("…" + bracketed(len(steps)) if len(steps) > STEPS_SHOWN else "")


def _in_words(said: tuple[tuple[str, Any], ...]) -> str:
    return " ".join(filter(None, (_value(field, value) for field, value in said)))


def _value(field: str, value: Any) -> str:  # noqa: ANN401 - columns have values of any type
    """Translate a value to the clerk's words.

    Return a value unchanged if it is not a stored term.
    """
    known = field if field in TERMS else field.rpartition(".")[2]
    try:
        if known == "kinds":
            return comma_list(words(known, each) for each in str(value).split(","))
        return words(known, value)
    except StopIteration:
        return str(value)


def act_label(act: str) -> str:
    """Return the word for an action on a row."""
    return next((known.label for known in Act if known == act), act)
