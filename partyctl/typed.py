"""Show commands in this run's language.

`meeting add 支委会` is the same command as `meeting add committee`.
"""

import re
from itertools import pairwise

from partyctl.language import speaks_english
from partyctl.terms import (
    AdmissionStep,
    DisclosureForm,
    DisclosureKind,
    DisclosureScope,
    Grade,
    LapseStep,
    LeaveReason,
    LifeStep,
    MeetingKind,
    OpinionClass,
    PackagePart,
    PlanKind,
    Post,
    ReferredTo,
    Result,
    Role,
    Term,
    VisitKind,
    WarningLevel,
)

ARGUMENTS: dict[tuple[str, str], tuple[int, type[Term]]] = {
    ("meeting", "add"): (0, MeetingKind),
    ("meeting", "plan"): (0, MeetingKind),
    ("meeting", "step"): (1, LifeStep),
    ("plan", "adopt"): (0, PlanKind),
    ("applicant", "step"): (1, AdmissionStep),
    ("disclosure", "add"): (0, DisclosureKind),
    ("member", "post"): (1, Post),
    ("review", "rate"): (2, Grade),
}
"""By noun and verb: the position and vocabulary of an argument that is a word of a vocabulary."""

OPTIONS: dict[tuple[str, str, str], type[Term]] = {
    ("dues", "lapse", "--step"): LapseStep,
    ("contact", "visit", "--kind"): VisitKind,
    ("meeting", "edit", "--kind"): MeetingKind,
    ("meeting", "list", "--kind"): MeetingKind,
    ("meeting", "step", "--part"): PackagePart,
    ("opinion", "add", "--class"): OpinionClass,
    ("opinion", "refer", "--to"): ReferredTo,
    ("disclosure", "add", "--scope"): DisclosureScope,
    ("disclosure", "add", "--by"): DisclosureForm,
    ("disclosure", "publish", "--by"): DisclosureForm,
    ("warning", "issue", "--level"): WarningLevel,
    ("member", "add", "--post"): Post,
    ("member", "leave", "--reason"): LeaveReason,
    ("applicant", "step", "--result"): Result,
    ("plan", "adopt", "--assign"): Role,
    ("plan", "edit", "--assign"): Role,
}
"""By noun, verb and option: the vocabulary of the option's value."""

TOKEN = re.compile(r"(?:'[^']*'|\S)+")
"""Matches one word of a command. Spaces within quotes belong to the word."""


def typed(command: str) -> str:
    """A command with its vocabulary words in this run's language. Commands accept both languages."""
    if speaks_english():
        return command
    tokens = list(TOKEN.finditer(command))
    for place, (noun, verb) in enumerate(pairwise(tokens)):
        known = ARGUMENTS.get((noun[0], verb[0]))
        changed = {}
        if known is not None and place + 2 + known[0] < len(tokens):
            changed[place + 2 + known[0]] = known[1]
        for after, token in enumerate(tokens[place + 2 : -1], place + 3):
            if terms := OPTIONS.get((noun[0], verb[0], token[0])):
                changed[after] = terms
        if known is not None or changed:
            return _with_words(command, tokens, changed)
    return command


def _with_words(command: str, tokens: list[re.Match[str]], changed: dict[int, type[Term]]) -> str:
    """A command in which the words at some positions are replaced by Chinese."""
    for place in sorted(changed, reverse=True):
        word = tokens[place]
        chinese = {each.value: each.chinese for each in changed[place]}
        told = "".join(chinese.get(part, part) for part in re.split("([,=])", word[0]))
        command = command[: word.start()] + told + command[word.end() :]
    return command
