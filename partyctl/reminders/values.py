"""Check values in the settings of reminders. An error says where in the file the value is."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from partyctl.language import say
from partyctl.ledger.file import handed_in

Word = TypeVar("Word", bound=StrEnum)


def key(name: str) -> str:
    """Return a name as TOML writes it in the heading of a table: in quotes, unless it is plain."""
    return name if re.fullmatch("[A-Za-z0-9_-]+", name) else f'"{name}"'


def table(told: dict[str, Any], name: str, heading: str) -> dict[str, Any]:
    """Return a table of the file; empty if the table is missing.

    `heading`: how the table is written, for the error if the value is not a table.
    """
    given = told.get(name, {})
    if not isinstance(given, dict):
        raise ValueError(
            say(f"{name} 要写成一个表：{heading}", f"{name} must be a table: {heading}")
        )
    return given


def require_known(name: str, given: dict[str, Any], known: tuple[str, ...]) -> None:
    """Refuse unknown keys in a table."""
    for each in given:
        if each not in known:
            where = f"[{name}] " if name else ""
            raise ValueError(
                say(
                    f"{where}没有 {each} 这一项，可写：{'、'.join(known)}",
                    f"{where}{each} is not known; the choices are: {', '.join(known)}",
                )
            )


def text(name: str, given: dict[str, Any], option: str, default: str = "") -> str:
    """Return a value that must be one line of text."""
    value = given.get(option, default)
    if not isinstance(value, str) or "\n" in value or "\r" in value:
        raise ValueError(
            say(
                f"渠道 {name} 的 {option} 要写成引号里的一行文字",
                f"{option} of {name} must be one line in quotes",
            )
        )
    return value


def word(
    name: str, given: dict[str, Any], option: str, words: type[Word], default: str = ""
) -> Word:
    """Return a value that must be one of a few words."""
    value = text(name, given, option, default)
    if value not in [*words]:
        raise ValueError(
            say(
                f"渠道 {name} 的 {option} 可写：{'、'.join(words)}",
                f"{option} of {name} must be one of: {', '.join(words)}",
            )
        )
    return words(value)


def path_in(name: str, given: dict[str, Any], option: str, folder: Path) -> Path | None:
    """Return a path. A relative path is relative to the folder of the settings file."""
    value = text(name, given, option)
    return folder / handed_in.path_of(value) if value else None
