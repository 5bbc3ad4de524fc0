"""Show commands in this run's language.

`meeting add 支委会` is the same command as `meeting add committee`.
"""

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
"""For each noun and verb: which argument is a vocabulary word (its index), and the vocabulary."""

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
"""For each noun, verb and option: the vocabulary of the option's value."""


def typed(command: str) -> str:
    """Return a command with its vocabulary words in this run's language.

    Every command works in both languages.
    """
    if speaks_english():
        return command
    words = _words(command)
    for place, (noun, verb) in enumerate(pairwise(words)):
        known = ARGUMENTS.get((noun, verb))
        changed = {}
        if known is not None and place + 2 + known[0] < len(words):
            changed[place + 2 + known[0]] = known[1]
        for after, word in enumerate(words[place + 2 : -1], place + 3):
            if terms := OPTIONS.get((noun, verb, word)):
                changed[after] = terms
        if known is not None or changed:
            return " ".join(
                _in_chinese(word, changed[at]) if at in changed else word
                for at, word in enumerate(words)
            )
    return command


def _words(command: str) -> list[str]:
    """The words of a command. A quoted text is one word, even if it contains spaces."""
    words: list[str] = []
    for part in command.split(" "):
        if words and words[-1].count("'") % 2:
            words[-1] += f" {part}"
        else:
            words.append(part)
    if words[-1].count("'") % 2:  # an odd number of quotes: the last is an apostrophe (O'Neill)
        begun, quote, rest = words.pop().rpartition("'")
        first, *others = rest.split(" ")
        words += [f"{begun}{quote}{first}", *others]
    return words


def _in_chinese(word: str, terms: type[Term]) -> str:
    """Return a word of a command in Chinese.

    A word such as `a=b,c` can contain several English words.
    """
    chinese = {each.value: each.chinese for each in terms}
    return ",".join(
        "=".join(chinese.get(each, each) for each in part.split("=")) for part in word.split(",")
    )
