"""Answer a shell's request for completions quickly, without errors or prompts.

The shell passes the typed words in the environment, which other users cannot read. Only candidates
are printed, because an error message would appear in the middle of the user's typing.
"""

import os
import re
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from partyctl import language
from partyctl.cli.completion import completing, tree
from partyctl.errors import PartyctlError
from partyctl.ledger.file.connecting import is_encrypted
from partyctl.ledger.file.failures import sqlite_errors
from partyctl.ledger.file.opening import open_for_verifying
from partyctl.ledger.file.sealed_schema import require_as_sealed

SHELL, WORDS = "PARTYCTL_COMPLETE", "PARTYCTL_WORDS"
"""Two environment variables: PARTYCTL_COMPLETE holds the shell's name, and PARTYCTL_WORDS holds the
typed words up to the cursor, one per line. The last word is the one to complete."""

QUERIES = {
    "member": "SELECT name FROM member WHERE voided_at IS NULL AND left_on IS NULL ORDER BY id",
    "person": "SELECT name FROM member WHERE voided_at IS NULL AND left_on IS NULL "
    "UNION ALL SELECT name FROM staff WHERE voided_at IS NULL",
    "applicant": "SELECT name FROM applicant WHERE voided_at IS NULL ORDER BY closed_on, id",
    "branch": "SELECT name FROM branch WHERE voided_at IS NULL ORDER BY id",
    "cell": "SELECT name FROM cell WHERE voided_at IS NULL ORDER BY id",
    "staff": "SELECT name FROM staff WHERE voided_at IS NULL ORDER BY id",
    "contact": "SELECT name FROM contact WHERE voided_at IS NULL ORDER BY id",
}
MOST = 500
"""The maximum number of candidates: a ledger of a thousand branches has thirty thousand names."""


def answer() -> None:
    """Print the candidates, one per line: the word, a tab, its description."""
    shell = os.environ[SHELL]
    language.choose(os.environ.get("PARTYCTL_LANG", ""))
    words = os.environ.get(WORDS, "").split("\n")
    if shell == "bash":
        words = _rejoined(words)
    *before, current = words or [""]
    with suppress(PartyctlError, OSError, ValueError, LookupError, *sqlite_errors()):
        found = completing.offers(
            tree.tree(), before, current, lambda kind: names(ledger_of(before), kind)
        )
        lines = [_line(offer, shell) for offer in found[:MOST]]
        sys.stdout.buffer.write("".join(lines).encode())


def _line(offer: completing.Offer, shell: str) -> str:
    word = offer.word
    if shell == "bash" and word != completing.FILES:
        word = re.sub(r"([^\w,.:/@%+=~-])", r"\\\1", word)
    return f"{word}\t{' '.join(offer.help.split())}\n"


def _rejoined(words: Sequence[str]) -> list[str]:
    """Join the words that bash has split at a colon.

    Bash also splits --option=VALUE at the = sign. This function removes the = sign, but does not
    join VALUE to the option, because only VALUE is completed.
    """
    found: list[str] = []
    for word in words:
        if word == "=" and found and found[-1].startswith("--"):
            continue
        if found and (word == ":" or found[-1].endswith(":")):
            found[-1] += word
        else:
            found.append(word)
    if words and words[-1] == "=":
        found.append("")
    return found


def ledger_of(before: Sequence[str]) -> Path | None:
    """Return the path of the ledger that the typed command would open."""
    for place, word in enumerate(before):
        if word == "--ledger" and place + 1 < len(before):
            return Path(before[place + 1]).expanduser()
        if word.startswith("--ledger="):
            return Path(word.partition("=")[2]).expanduser()
    if given := os.environ.get("PARTYCTL_LEDGER"):
        return Path(given)
    from partyctl.cli.session.current import ledger_path

    return ledger_path()


def names(ledger: Path | None, kind: str) -> list[str]:
    """Return the names of the records of one kind in a ledger.

    Voided records, members who left, and names with unprintable characters are left out. Return []
    if there is no ledger or the ledger is encrypted.

    Commands that read the ledger compare its rows with the journal. Completion does not, because
    that would make TAB slow.
    """
    if ledger is None or not ledger.is_file() or is_encrypted(ledger):
        return []
    with open_for_verifying(ledger) as connection:
        require_as_sealed(connection)
        with closing(connection.execute(QUERIES[kind])) as rows:
            found = (name for (name,) in rows if isinstance(name, str) and name.isprintable())
            return list(dict.fromkeys(found))
