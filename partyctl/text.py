"""Escape untrusted text, and measure its terminal width."""

import unicodedata
from functools import lru_cache

from partyctl.light import TYPE_CHECKING

if TYPE_CHECKING:
    import re

BIDI_AND_INVISIBLE = frozenset(
    "\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)


FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""A table for `str.translate`: from the full-width characters of a Chinese keyboard to ASCII."""


def half_width(text: str) -> str:
    """Convert full-width digits, letters and signs to ASCII, and strip spaces at both ends.

    The text is not normalised in any other way, because NFKC would turn 5² into 52.
    """
    return (text if text.isascii() else text.translate(FULL_WIDTH)).strip()


def is_digits(text: str) -> bool:
    """Whether a text is one or more of the digits 0 to 9. Digits of other scripts do not count."""
    return text.isascii() and text.isdecimal()


TIME = r"([01]?[0-9]|2[0-3])[:：.时点]([0-5][0-9])?分?"


def time_of_day(text: str) -> str | None:
    """Parse a time such as 9:30, 9点30分 or 11点, and return it as HH:MM, or None for other text."""
    import re

    found = re.fullmatch(TIME, half_width(text))
    if found is None or (found[2] is None and found[0][-1] in ":."):
        return None
    return f"{int(found[1]):02d}:{found[2] or '00'}"


DOTS = str.maketrans(dict.fromkeys("•・･‧⋅∙", "·"))
"""A table for `str.translate`: from the dots that people type in a name, such as •, to U+00B7."""

HAN = r"[\u3007\u3400-\u9fff\U00020000-\U000323af]"
BETWEEN_HAN = rf"(?<={HAN})\s+(?={HAN})"
AROUND_DOT = r"\s*·\s*"


def plain_name(text: str) -> str:
    """A person's name in its stored form, without padding: 周　一 becomes 周一.

    Spaces between Han characters are removed, several other spaces become one space, and all forms
    of the dot in a name become U+00B7.
    """
    if text.isalpha() and unicodedata.is_normalized("NFC", text):
        return text
    name = single_spaced(text.translate(DOTS))
    if " " not in name:
        return name
    import re

    return re.sub(AROUND_DOT, "·", re.sub(BETWEEN_HAN, "", name))


def single_spaced(text: str) -> str:
    """Normalise a text to Unicode NFC; replace white space by single spaces, and strip the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def spellings(text: str) -> tuple[str, str]:
    """Both forms of a name, as typed and as stored. A search looks for both forms."""
    return text.strip(), plain_name(text)


FORMULA_SIGNS = "=+-@＝＋－＠"
"""Spreadsheet programs treat a text that begins with one of these signs as a formula.

The last four signs are the full-width forms of the first four. partyctl refuses a name that
begins with one of these signs.
"""


def is_hostile(character: str) -> bool:
    """Whether a character can move the cursor, reorder a line or be invisible."""
    return unicodedata.category(character) in ("Cc", "Cs") or character in BIDI_AND_INVISIBLE


_CLASS = f"\\x7f-\\x9f\\ud800-\\udfff{''.join(sorted(BIDI_AND_INVISIBLE))}]"
HOSTILE = f"[\\x00-\\x1f{_CLASS}"
HOSTILE_IN_LINES = f"[\\x00-\\x09\\x0b-\\x1f{_CLASS}"
"""`HOSTILE` matches every hostile character.

`HOSTILE_IN_LINES` matches every hostile character that is not a line break.
"""


def printable(text: str, *, lines: bool = True) -> str:
    """Replace every hostile character by its code. `lines`: whether to keep line breaks."""
    if text.replace(WIDE_SPACE, "").isprintable():
        return text
    import re  # imported here, because hostile characters are rare

    return re.sub(HOSTILE_IN_LINES if lines else HOSTILE, _numbered, text)


WIDE_SPACE = "\u3000"
"""A harmless space that Python does not count as printable.

Many lines contain this space, so `printable` ignores it in its quick test.
"""


def _numbered(found: "re.Match[str]") -> str:
    """A character's code, written as in JSON."""
    return f"\\u{ord(found[0]):04x}"


def width(text: str) -> int:
    """A text's width on a terminal. A Han character takes two columns."""
    if text.isascii():
        return len(text)
    return sum(map(_character_width, text))


@lru_cache(maxsize=4096)
def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(text: str, columns: int) -> str:
    """Pad a text with spaces to a width."""
    return text + " " * (columns - width(text))


NEVER_FIRST = frozenset("、，。；：？！）」』】》〉”’…–,.;:?!)]}%")
NEVER_LAST = frozenset("（「『【《〈“‘([{")
"""If possible, no line begins with a character of NEVER_FIRST or ends with one of NEVER_LAST."""


def folded(text: str, columns: int) -> list[str]:
    """Wrap a text to a width. Only spaces at a break are lost.

    Lines can break between any two characters, but if possible not within a Latin word, a number or
    a range of periods, not before closing punctuation, and not after an opening bracket.
    """
    lines: list[str] = []
    while width(text) > columns and len(text) > 1:
        end = _longest(text, columns)
        end = next((place for place in range(end, 0, -1) if _breaks(text, place)), end)
        lines.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*lines, text]


def _breaks(text: str, place: int) -> bool:
    """Whether a line can be broken before the character at this place."""
    before, after = text[:place].rstrip(), text[place:].lstrip()
    if not before or not after:
        return bool(before)
    has_space = len(before) + len(after) < len(text)
    is_inside = not has_space and _is_latin(before[-1]) and _is_latin(after[0])
    return not is_inside and before[-1] not in NEVER_LAST and after[0] not in NEVER_FIRST


def _is_latin(character: str) -> bool:
    return character.isascii() or character == "–"


def _longest(text: str, columns: int) -> int:
    """The number of characters that fit into the columns, but at least one."""
    used = 0
    for place, character in enumerate(text):
        used += _character_width(character)
        if used > columns:
            return max(place, 1)
    return len(text)
