"""Make texts printable: control characters, and characters that no font has, become codes."""

import re
from collections.abc import Callable, Collection
from typing import Any

from partyctl.errors import BadInput
from partyctl.language import say
from partyctl.text import printable

UNDISPLAYABLE = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
"""Matches Typst's error message about a text with a character that no font has."""

MOST = 40
"""Run Typst at most this many times.

A run takes about half a second, and reports the missing characters of only one text.
"""

PACKAGE = "apt-get install fonts-noto-cjk"

ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def legible(value: Any, missing: Collection[str] = ()) -> Any:  # noqa: ANN401 - any JSON value
    """Return a copy of the value in which unprintable characters are replaced by their codes."""
    if isinstance(value, str):
        said = printable(value)
        return "".join(_number(each) if each in missing else each for each in said)
    if isinstance(value, dict):
        return {name: legible(each, missing) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [legible(each, missing) for each in value]
    return value


def missing_in(said: str) -> set[str]:
    """Return the non-ASCII characters of the text that Typst's error message reports."""
    found = UNDISPLAYABLE.search(said)
    if found is None:
        return set()
    text = ESCAPED.sub(lambda each: chr(int(each[1], 16)), found[1])
    return {each for each in text if not each.isascii()}


def _number(character: str) -> str:
    number = ord(character)
    return f"\\U{number:08x}" if number > 0xFFFF else f"\\u{number:04x}"


def compiled(compile_with: Callable[[Any], bytes], values: Any) -> bytes:  # noqa: ANN401 - as above
    """Return the book; characters that no font has are replaced by their codes.

    Each run of Typst reports the missing characters of only one text. So the reported characters
    are replaced, and Typst runs again, until no character is missing.

    Raises BadInput if more than `MOST` runs are needed, and Typst's own error for other problems.
    """
    missing: set[str] = set()
    for _ in range(MOST):
        try:
            return compile_with(legible(values, missing))
        except RuntimeError as error:
            more = missing_in(str(error)) - missing
            if not more:
                raise
            missing |= more
    shown = " ".join(map(_number, sorted(missing)))
    raise BadInput(
        say(
            f"字体里没有的字太多，不能写 PDF：{shown}……",
            f"Too many characters are missing in the fonts, so no PDF can be written: {shown} …",
        ),
        PACKAGE,
    )
