"""Ask the clerk on the terminal about unclear cells.

Without a terminal, unclear cells are errors.
"""

import sys

from partyctl.cli.session import current
from partyctl.language import bracketed, comma_list, say, with_colon
from partyctl.papers.sheets.choices import meant, offered
from partyctl.papers.sheets.lines import Problem
from partyctl.text import printable

MOST_QUESTIONS = 20
"""The maximum number of questions at a time. If there are more, no question is asked, because
editing the sheet is faster."""


def ask(problems: list[Problem]) -> dict[str, str]:
    """Ask the clerk about the problems, and return the answers, keyed by the problems' keys.

    Ask nothing and return an empty dict in three cases: there is no terminal, a problem has no key,
    or there are more than MOST_QUESTIONS questions.

    An answer applies to all problems with the same key. If the clerk gives no answer to a problem,
    the problem remains.
    """
    questions = {each.key: each for each in problems if each.key is not None}
    are_all_asked = all(each.key is not None for each in problems)
    if not (current.is_interactive() and are_all_asked and len(questions) <= MOST_QUESTIONS):
        return {}
    answers: dict[str, str] = {}
    for key, problem in questions.items():
        sys.stderr.write(printable(_question(problem), lines=False))
        sys.stderr.flush()
        answer = input().strip()
        if answer:
            answers[key] = meant(answer, problem.choices)
    return answers


def _question(problem: Problem) -> str:
    place = say(f"{problem.sheet} 第 {problem.row} 行", f"{problem.sheet} row {problem.row}")
    value = f"“{problem.value}”" if problem.value else ""
    named = comma_list(
        f"{number} {offered(word)}" for number, word in enumerate(problem.choices, 1)
    )
    choices = bracketed(named) if named else ""
    return (
        with_colon(f"{place} {problem.column}{value}", problem.sentence) + choices + say("：", ": ")
    )
