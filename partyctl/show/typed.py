"""A command as the reader would type it: `meeting add 支委会`, or in English `meeting add committee`."""

import re
from itertools import pairwise

from partyctl.language import speaks_english
from partyctl.terms import AdmissionStep, LifeStep, MeetingKind, PlanKind, Term

WORDS: dict[tuple[str, str], tuple[int, type[Term]]] = {
    ("meeting", "add"): (0, MeetingKind),
    ("meeting", "plan"): (0, MeetingKind),
    ("meeting", "step"): (1, LifeStep),
    ("plan", "adopt"): (0, PlanKind),
    ("applicant", "step"): (1, AdmissionStep),
}
"""By noun and verb: which argument is a word of a vocabulary, and of which."""

TOKEN = re.compile(r"(?:'[^']*'|\S)+")
"""A word of a command; blanks within quotes belong to it."""


def typed(command: str) -> str:
    """The command with its vocabulary in the reader's language; both are accepted."""
    if speaks_english():
        return command
    tokens = list(TOKEN.finditer(command))
    for place, (noun, verb) in enumerate(pairwise(tokens)):
        known = WORDS.get((noun[0], verb[0]))
        if known is not None and place + 2 + known[0] < len(tokens):
            word = tokens[place + 2 + known[0]]
            chinese = {each.value: each.chinese for each in known[1]}
            told = ",".join(chinese.get(part, part) for part in word[0].split(","))
            return command[: word.start()] + told + command[word.end() :]
    return command
