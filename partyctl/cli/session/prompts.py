"""Ask on a terminal for missing values of a command; without a terminal, list them in the error."""

import sys

import typer
from typer.core import TyperArgument, TyperOption

from partyctl.errors import BadUsage
from partyctl.language import comma_list, say
from partyctl.light import NamedTuple


class Question(NamedTuple):
    """One missing value: its option (empty for an argument), and the question to ask."""

    option: str
    asked: str


class MissingFact(BadUsage):
    """Raised when required values are missing."""

    def __init__(self, *questions: Question) -> None:
        named = comma_list(question.option or question.asked for question in questions)
        super().__init__(say(f"缺少：{named}", f"Missing: {named}"))
        self.questions = questions

    def ask(self) -> list[str]:
        """Ask on the terminal; return the answers as arguments. Raises EOFError, KeyboardInterrupt."""
        answers: list[str] = []
        for option, asked in self.questions:
            sys.stderr.write(say(f"{asked}：", f"{asked}: "))
            sys.stderr.flush()
            answer = input().strip()
            answers += [option, answer] if option else [answer]
        return answers


def missing_facts(error: typer.BadParameter) -> MissingFact:
    """Return an error that names all missing required values, not only the first."""
    assert error.ctx is not None
    given = {name for name, value in error.ctx.params.items() if value is not None}
    missing = [
        parameter
        for parameter in error.ctx.command.get_params(error.ctx)
        if isinstance(parameter, TyperArgument | TyperOption)
        and parameter.required
        and parameter.name not in given
    ]
    return MissingFact(*(_question(parameter) for parameter in missing))


def _question(parameter: TyperArgument | TyperOption) -> Question:
    asked = parameter.help or parameter.human_readable_name
    if isinstance(parameter, TyperOption):
        return Question(max(parameter.opts, key=len), asked)
    return Question("", asked)
