"""Check values in the settings of reminders. An error says where in the file the value is."""

import json
import re
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.ledger.file import handed_in

Word = TypeVar("Word", bound=StrEnum)
Keys = tuple[str, ...]
"""The keys that lead to a value in the file, such as channels, mail, port."""

EXAMPLES = {
    "kind": "mail",
    "server": "smtp.example.cn",
    "security": "starttls",
    "user": "partyctl@example.cn",
    "from": "partyctl@example.cn",
    "secret_file": "mail.secret",
    "folder": "reminders",
    "format": "html",
}
"""For each channel setting that is a text: a valid value."""


class Invalid(ValueError):
    """An invalid value of the settings: what is wrong, and its place in the file.

    `keys`: the keys that lead to the value, or to the table that lacks the value. `instead`: a
    valid line, or None if the line can only be corrected or deleted.
    """

    def __init__(self, why: str, keys: Keys, instead: str | None = None) -> None:
        super().__init__(why)
        self.keys = keys
        self.instead = instead


def key(name: str) -> str:
    """Return a name as TOML writes it in the heading of a table: in quotes, unless it is plain."""
    return name if re.fullmatch("[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)


def example_line(option: str, value: str = "") -> str:
    """Return a valid line for a channel setting that is a text."""
    return f'{option} = "{value or EXAMPLES[option]}"'


def table(told: dict[str, Any], keys: Keys, heading: str) -> dict[str, Any]:
    """Return a table of the file; empty if the table is missing.

    `told`: the outer table, which contains this table. `heading`: the heading of this table, such
    as [fields]. If the value is not a table, the error shows this heading.
    """
    name = keys[-1]
    given = told.get(name, {})
    if not isinstance(given, dict):
        raise Invalid(
            say(f"{name} 要写成一个表：{heading}", f"{name} must be a table: {heading}"), keys
        )
    return given


def require_known(keys: Keys, given: dict[str, Any], known: tuple[str, ...]) -> None:
    """Refuse unknown keys in a table."""
    for each in given:
        if each not in known:
            where = f"[{'.'.join(map(key, keys))}] " if keys else ""
            raise Invalid(
                say(
                    f"{where}没有 {each} 这一项，可写：{'、'.join(known)}",
                    f"{where}{each} is not known; the choices are: {', '.join(known)}",
                ),
                (*keys, each),
            )


def text(keys: Keys, given: dict[str, Any], option: str, default: str = "") -> str:
    """Return a value that must be one line of text. `keys`: the channel's table."""
    value = given.get(option, default)
    if not isinstance(value, str) or (value and not value.isprintable()):
        raise Invalid(
            say(
                f"渠道 {keys[-1]} 的 {option} 要写成引号里的一行文字",
                f"{option} of {keys[-1]} must be one line in quotes",
            ),
            (*keys, option),
            example_line(option),
        )
    return value


def word(
    keys: Keys, given: dict[str, Any], option: str, words: type[Word], default: str = ""
) -> Word:
    """Return a value that must be one of a few words."""
    value = text(keys, given, option, default)
    if value not in [*words]:
        near = get_close_matches(value, [str(each) for each in words], 1)
        raise Invalid(
            say(
                f"渠道 {keys[-1]} 的 {option} 可写：{'、'.join(words)}",
                f"{option} of {keys[-1]} must be one of: {', '.join(words)}",
            ),
            (*keys, option),
            example_line(option, "".join(near)),
        )
    return words(value)


def path_in(keys: Keys, given: dict[str, Any], option: str, folder: Path) -> Path | None:
    """Return a path. A relative path is relative to the folder of the settings file."""
    value = text(keys, given, option)
    try:
        return folder / handed_in.path_of(value) if value else None
    except BadUsage as error:
        raise Invalid(error.sentence.rstrip("。."), (*keys, option), example_line(option)) from None
