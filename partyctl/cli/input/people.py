"""Options that choose one person, several people, or everybody."""

from dataclasses import dataclass
from typing import Annotated

import typer

from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.errors import BadUsage
from partyctl.language import say

NAMES = say("姓名,姓名", "NAME,NAME")
BETWEEN_NAMES = str.maketrans("，、", ",,")


class Names(tuple[str, ...]):
    """Several names.

    This is a separate class, because Typer would read a plain tuple as several arguments.
    """

    __slots__ = ()


NOBODY = Names()


def read_people(text: str) -> Names:
    """Parse one or more names: 张三,李四. A repeated name counts once.

    Raises BadUsage if the text contains no name.
    """
    typed = text.translate(BETWEEN_NAMES).split(",")
    names = Names(dict.fromkeys(name.strip() for name in typed if name.strip()))
    if not names:
        raise BadUsage(
            say(f"“{text}”里没有写是谁。", f"“{text}” names nobody."), say("姓名,姓名", "NAME,NAME")
        )
    return names


@dataclass(frozen=True)
class Chosen:
    """The people that a command is for: either named people, or everybody except excluded people."""

    names: Names | None
    excepted: Names = NOBODY

    @property
    def is_one(self) -> bool:
        """Whether exactly one person is named; if so, the answer is a single record."""
        return self.names is not None and len(self.names) == 1


def chosen(names: Names | None, *, everybody: bool, excepted: Names | None) -> Chosen:
    """Return the people that the user chose.

    Raises MissingFact if nobody is chosen, and BadUsage for names with --all, or for --except
    without --all.
    """
    if names is None and not everybody:
        raise MissingFact(
            Question("", say("姓名（几个人用逗号隔开），或 --all", "NAME,NAME or --all"))
        )
    if names is not None and everybody:
        raise BadUsage(
            say("写了姓名就不能再用 --all。", "Give either names or --all, not both."),
            say("去掉姓名，或去掉 --all", "leave out the names, or --all"),
        )
    if excepted and not everybody:
        raise BadUsage(
            say("--except 只和 --all 一起用。", "--except needs --all."), "--all --except …"
        )
    return Chosen(names, excepted or NOBODY)


PEOPLE = typer.Argument(
    parser=read_people,
    metavar=NAMES,
    help=say("姓名，或 #编号；几个人用逗号隔开", "names or #IDs, separated by commas"),
)
People = Annotated[Names | None, PEOPLE]
"""The names argument of a command that also has --all; with --all, no names are given."""

OnlyPeople = Annotated[Names, PEOPLE]
Everybody = Annotated[
    bool, typer.Option("--all", help=say("所有该办的人", "everybody to whom the command applies"))
]
Except = Annotated[
    Names | None,
    typer.Option(
        "--except",
        parser=read_people,
        metavar=NAMES,
        help=say("--all 时除外的人", "with --all: leave out these people"),
    ),
]
