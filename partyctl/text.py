"""Escape untrusted text, and measure its terminal width."""

import re
import unicodedata
from functools import lru_cache

BIDI_AND_INVISIBLE = frozenset(
    "\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)


FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""The full-width forms of ASCII characters, as a Chinese keyboard types them."""


def half_width(text: str) -> str:
    """The text with full-width digits and signs as ASCII, and without blanks at its ends.

    Nothing else is normalised: NFKC would read 5² as 52.
    """
    return (text if text.isascii() else text.translate(FULL_WIDTH)).strip()


TIME = r"([01]?[0-9]|2[0-3])[:：.时点]([0-5][0-9])?分?"


def time_of_day(text: str) -> str | None:
    """Parse a time as people write it to HH:MM: 9:30, 9点30分, 11点; None if it is not a time."""
    found = re.fullmatch(TIME, half_width(text))
    if found is None or (found[2] is None and found[0][-1] in ":."):
        return None
    return f"{int(found[1]):02d}:{found[2] or '00'}"


DOTS = str.maketrans(dict.fromkeys("•・･‧⋅∙", "·"))
"""Other characters used for the dot within a name, U+00B7."""

HAN = r"[\u3007\u3400-\u9fff\U00020000-\U000323af]"
BETWEEN_HAN = rf"(?<={HAN})\s+(?={HAN})"
AROUND_DOT = r"\s*·\s*"


def plain_name(text: str) -> str:
    """A person's name as stored, without the padding used to fill a column: 周　一 is 周一.

    Blanks between Han characters are removed, and other runs of blanks become one blank. All forms of the dot
    within a name become U+00B7.
    """
    if text.isalpha() and unicodedata.is_normalized("NFC", text):
        return text
    name = single_spaced(text.translate(DOTS))
    return re.sub(AROUND_DOT, "·", re.sub(BETWEEN_HAN, "", name))


def single_spaced(text: str) -> str:
    """The text in Unicode NFC, with every run of blanks as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def spellings(text: str) -> tuple[str, str]:
    """A name as typed and as stored, to find people by either."""
    return text.strip(), plain_name(text)


def is_hostile(character: str) -> bool:
    """Whether a character could move the cursor, reorder the line or hide in it."""
    return unicodedata.category(character) in ("Cc", "Cs") or character in BIDI_AND_INVISIBLE


_CLASS = f"\\x7f-\\x9f\\ud800-\\udfff{''.join(sorted(BIDI_AND_INVISIBLE))}]"
HOSTILE = f"[\\x00-\\x1f{_CLASS}"
HOSTILE_IN_LINES = f"[\\x00-\\x09\\x0b-\\x1f{_CLASS}"
"""`HOSTILE` matches every hostile character; `HOSTILE_IN_LINES` does not match the line break."""


def printable(text: str, *, lines: bool = True) -> str:
    """The text with every hostile character shown as its code; line breaks are kept if wanted."""
    if text.replace(WIDE_SPACE, "").isprintable():
        return text
    return re.sub(HOSTILE_IN_LINES if lines else HOSTILE, _numbered, text)


WIDE_SPACE = "\u3000"
"""Harmless, but not printable to Python. It is in many lines, which need no pattern then."""


def _numbered(found: re.Match[str]) -> str:
    """A character as its code, as in JSON."""
    return f"\\u{ord(found[0]):04x}"


def width(text: str) -> int:
    """The text's width on a terminal: two columns for a Han character."""
    if text.isascii():
        return len(text)
    return sum(map(_character_width, text))


@lru_cache(maxsize=4096)
def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(text: str, columns: int) -> str:
    """The text padded with spaces to a width."""
    return text + " " * (columns - width(text))


NEVER_FIRST = frozenset("、，。；：？！）」』】》〉”’…–,.;:?!)]}%")
NEVER_LAST = frozenset("（「『【《〈“‘([{")
"""Characters that never begin, and never end, a line."""


def folded(text: str, columns: int) -> list[str]:
    """The text wrapped to a width; nothing is cut off.

    A line breaks between two characters, but not inside a Latin word, a number or a span of periods, and
    not before punctuation, unless there is no other place.
    """
    lines: list[str] = []
    while width(text) > columns and len(text) > 1:
        end = _longest(text, columns)
        end = next((place for place in range(end, 0, -1) if _breaks(text, place)), end)
        lines.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*lines, text]


def _breaks(text: str, place: int) -> bool:
    """Whether a line may end before a character."""
    before, after = text[place - 1], text[place]
    if before == " " or after == " ":
        return True
    is_inside = _is_latin(before) and _is_latin(after)
    return not is_inside and before not in NEVER_LAST and after not in NEVER_FIRST


def _is_latin(character: str) -> bool:
    return character.isascii() or character == "–"


def _longest(text: str, columns: int) -> int:
    """How many characters fit in the columns; at least one."""
    used = 0
    for place, character in enumerate(text):
        used += _character_width(character)
        if used > columns:
            return max(place, 1)
    return len(text)
