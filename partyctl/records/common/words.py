"""Clean names and texts that the clerk typed, and refuse hostile characters in names."""

from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.text import FORMULA_SIGNS, is_hostile, plain_name, single_spaced

LONGEST_NAME = 60
LONGEST_TEXT = 100_000
SEPARATORS = frozenset(",，、;；:：=＝#＃@＠")
"""Characters that separate or mark names on the command line, so no person's name contains them."""


def clean_name(text: str, of: str, *, separators: bool = False) -> str:
    """Convert a typed name to the form in which the ledger stores it. Raises BadUsage.

    `of`: the kind of name, for error messages, in this run's language. By default, the text is the
    name of a person, which cannot contain a separator and is stored in the form that `plain_name`
    returns. With `separators`, the name can contain separators, and several spaces become one.
    """
    name = single_spaced(text) if separators else plain_name(text)
    if name.isalpha() and len(name) <= LONGEST_NAME:
        return name  # a name that has only letters needs no further check
    forbidden = (c for c in name if is_hostile(c) or (not separators and c in SEPARATORS))
    if (first := next(forbidden, None)) is not None:
        mark = f"U+{ord(first):04X}" if is_hostile(first) else first
        raise BadUsage(
            say(f"{of}里不能有“{mark}”这个字符。", f"{of} cannot contain the character “{mark}”."),
            say("去掉这个字符再试", "run the command again without that character"),
        )
    if name.startswith(tuple(FORMULA_SIGNS)):
        raise BadUsage(
            say(f"{of}不能以“{name[0]}”开头。", f"{of} cannot begin with “{name[0]}”."),
            say("去掉这个字符再试", "run the command again without that character"),
        )
    if not name or len(name) > LONGEST_NAME:
        raise BadUsage(
            say(
                f"{of}应有 1 到 {LONGEST_NAME} 个字。",
                f"{of} has 1 to {LONGEST_NAME} characters.",
            )
        )
    return name


def clean_text(text: str, of: str) -> str:
    """Remove the blanks around a text.

    Raises BadUsage if the text is empty, too long, not valid Unicode, or contains a NUL character.
    """
    cleaned = text.strip()
    if not cleaned or len(cleaned) > LONGEST_TEXT or "\x00" in cleaned or _has_surrogate(cleaned):
        raise BadUsage(
            say(
                f"{of}应是 1 到 {LONGEST_TEXT} 个字的文字，不能有空字符或无效编码。",
                f"{of} must be a text of 1 to {LONGEST_TEXT} valid characters, without NUL.",
            )
        )
    return cleaned


def text_if_given(text: str | None, of: str) -> str | None:
    """Convert a text to its stored form; return None for None or an empty text. Raises BadUsage."""
    return clean_text(text, of) if text else None


def _has_surrogate(text: str) -> bool:
    """Whether an argument contains bytes that were not valid UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
