"""Names from a file are put into SQL only by one function (`ledger.file.names`)."""

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "partyctl"
BY_HAND = re.compile(
    r"""f(['"]).*(?:SELECT|PRAGMA|FROM|INTO|UPDATE|DROP|ON)\b[^{]*\\?"\{\w+\}\\?".*\1"""
)
"""Matches an f-string that puts a name into SQL between double quotes. A double quote in the name
would end the name too early.
"""


def test_no_name_is_quoted_by_hand():
    assert BY_HAND.search("""f'PRAGMA table_info("{table}")'""")
    found = [
        f"{path.relative_to(PACKAGE)}: {line.strip()}"
        for path in PACKAGE.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if BY_HAND.search(line)
    ]
    assert not found
