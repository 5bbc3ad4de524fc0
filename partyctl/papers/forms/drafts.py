"""The data for a paper: a file name that describes it, and values for a form or a register."""

from typing import Any

from partyctl.light import NamedTuple
from partyctl.papers.forms.registers import Register
from partyctl.terms import PaperKind
from partyctl.text import is_hostile

Object = dict[str, Any]
NOT_IN_FILE_NAMES = frozenset('/\\:*?"<>|')
LONGEST_PART, LONGEST_ENGLISH = 30, 60
"""The maximum length of a part of a file name, for parts with Chinese and for parts in ASCII.

A Chinese character needs three bytes in a file name.
"""


class Draft(NamedTuple):
    """A paper's kind and values. `name`: the file name without its suffix."""

    kind: PaperKind
    name: str
    values: Object
    register: Register | None = None


def file_name(*parts: object) -> str:
    """Join parts into a file name that describes a paper: 会议记录-2026-03-10-党员大会."""
    return "-".join(filter(None, (_fit(str(part).replace(", ", "+")) for part in parts)))


def _fit(part: str) -> str:
    """Shorten a part of a file name, and replace the characters that some file systems refuse.

    Invisible and control characters are removed.
    """
    longest = LONGEST_PART if not part.isascii() else LONGEST_ENGLISH
    kept = ("" if is_hostile(each) else "·" if each in NOT_IN_FILE_NAMES else each for each in part)
    return "".join(kept).strip(" .")[:longest]
