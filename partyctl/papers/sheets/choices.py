"""Lists of words, in both languages, that users can choose in a cell or on the terminal."""

import re

from partyctl.bilingual import Told
from partyctl.language import comma_list, say
from partyctl.terms import (
    Category,
    DisclosureForm,
    DisclosureKind,
    DisclosureScope,
    Gender,
    Grade,
    MeetingKind,
    PeriodClass,
    Post,
    Result,
    Stage,
    told_of,
)
from partyctl.text import is_digits

TERMS = (
    Category,
    Gender,
    Grade,
    MeetingKind,
    Post,
    DisclosureForm,
    DisclosureKind,
    DisclosureScope,
    PeriodClass,
    Result,
)
OTHERS = (
    Told("是", "yes"),
    Told("否", "no"),
    Told("正式", "full"),
    Told("预备", "probationary"),
    told_of(Stage.FULL),
    told_of(Stage.PROBATIONARY),
    Told("领导干部", "leading cadre"),
    Told("不登记", "leave it out"),
    Told("同一人", "the same person"),
    Told("另一人", "another person"),
    Told("同一事项", "the same matter"),
    Told("另一事项", "another matter"),
    Told("另一次会议", "another meeting"),
    Told("不在本支部交", "not owed here"),
    Told("免交", "exempt"),
    Told("已交足", "paid in full"),
    Told("已免除", "waived"),
    Told("已交过一部分", "paid in part"),
)
ENGLISH = dict((*(Told(word.chinese, word.value) for terms in TERMS for word in terms), *OTHERS))
CHINESE = {english: chinese for chinese, english in reversed(ENGLISH.items())}
BETWEEN = re.compile("、|, ")


def offered(choice: str) -> str:
    """Return a choice in the user's language."""
    return say(choice, ENGLISH.get(choice, choice))


def meant(answer: str, choices: tuple[str, ...]) -> str:
    """Return the choice that an answer (a number or a word) means.

    If the answer means none of the choices, return the answer unchanged.
    """
    if is_digits(answer) and 0 < int(answer) <= len(choices):
        return choices[int(answer) - 1]
    word = answer.casefold()
    return next((each for each in choices if ENGLISH.get(each, "").casefold() == word), answer)


def in_this_language(said: str) -> str:
    """Translate the words of a cell from either language to the user's language."""
    words = (CHINESE.get(word, word) for word in BETWEEN.split(said))
    return comma_list(map(offered, words))
