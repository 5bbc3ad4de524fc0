"""Find the line of a setting in the settings file, so that an error can name the line."""

import tomllib
from typing import Any

from partyctl.light import NamedTuple
from partyctl.reminders.values import Keys


class Found(NamedTuple):
    """A line of the file. `is_above`: whether the wanted line is missing, and belongs below this line."""

    number: int
    is_above: bool


def line_of(text: str, keys: Keys) -> Found | None:
    """Return the line of a setting or a table, or the line of the table that lacks the setting.

    Return None if the file has neither.
    """
    heading: Keys = ()
    found: tuple[int, Found] | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        is_heading = line.lstrip().startswith("[")
        own = _keys_of(line if is_heading else f"{line.partition('=')[0]} = 0")
        if not own:
            continue
        heading = own if is_heading else heading
        path = own if is_heading else (*heading, *own)
        if keys[: len(path)] == path and (found is None or len(path) > found[0]):
            found = len(path), Found(number, is_heading and path != keys)
        elif path[: len(keys)] == keys and found is None:
            found = len(keys), Found(number, is_above=False)
    return found[1] if found else None


def _keys_of(line: str) -> Keys:
    """Return the keys of a heading, or of the part before `=`; empty if the line has no keys."""
    try:
        told: Any = tomllib.loads(line)
    except ValueError:
        return ()
    keys: list[str] = []
    while isinstance(told, dict) and told:
        name, told = next(iter(told.items()))
        keys.append(name)
    return tuple(keys)
