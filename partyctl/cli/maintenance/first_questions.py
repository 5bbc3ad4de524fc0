"""The questions of `partyctl init` on a terminal. The user can accept a default or skip a question."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from partyctl.cli.input.dates import read_day, read_past_day, today
from partyctl.errors import MissingInput, PartyctlError
from partyctl.language import say
from partyctl.records.common.words import clean_name
from partyctl.terms import Post, read_term
from partyctl.text import printable

Answer = TypeVar("Answer")
YES, NO = ("是", "y", "yes"), ("否", "n", "no")
BETWEEN = "，、,"


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person to enter on the roll."""

    name: str
    joined: date
    posts: list[Post]

    def command(self) -> list[str]:
        """Return the command that enters this person."""
        posts = [word for post in self.posts for word in ("--post", post.value)]
        return ["member", "add", self.name, "--joined", self.joined.isoformat(), *posts]

    def told(self) -> str:
        """Describe this person in a line of the summary."""
        posts = say("、", ", ").join(post.label for post in self.posts)
        day = say(f"{self.joined} 入党", f"joined {self.joined}")
        return say("，", ", ").join(filter(None, (self.name, day, posts)))


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """The answers from which a new ledger is created."""

    organ: str
    branch: str
    since: date
    has_committee: bool
    cells: list[str]
    roster: Path | None
    people: list[Person] = field(default_factory=list)

    def told(self) -> list[str]:
        """List the parsed answers, for the user to confirm."""
        committee = (
            say("设支委会", "with a committee")
            if self.has_committee
            else say("不设支委会", "without a committee")
        )
        lines = [
            say(
                f"{self.organ}，{self.branch}（{committee}），{self.since} 起",
                f"{self.organ}, {self.branch} ({committee}), from {self.since}",
            )
        ]
        if self.cells:
            lines.append(say("党小组：", "Cells: ") + say("、", ", ").join(self.cells))
        if self.roster is not None:
            lines.append(say(f"名册：{self.roster}", f"Roster: {self.roster}"))
        return [*lines, *(person.told() for person in self.people)]


def ask_for_beginning() -> Beginning:
    """Ask all questions, but ask for members only if no roster is given.

    Raises EOFError or KeyboardInterrupt if the user stops; then nothing is written.
    """
    tell(
        say(
            "建立台账。直接回车用方括号里的回答，或跳过；最后确认才写入，Ctrl-C 随时放弃。",
            "A new ledger. Press Enter to accept the answer in brackets; without brackets, Enter "
            "skips the question. Nothing is written before you confirm; Ctrl-C cancels.",
        )
    )
    name = say("名称", "The name")
    cells = say("党小组名称，几个用顿号隔开", "Cells, separated by commas")
    roster = say("党员名册（Excel 文件）", "A roster to import (an Excel file)")
    first = date(today().year, 1, 1)
    organ = ask(
        say("党组名称", "The leading group"), _name(name), say("本单位党组", "Leading group")
    )
    branch = ask(say("党支部名称", "The branch"), _name(name), say("机关党支部", "Branch 1"))
    since = ask(say("从哪天起按制度计算", "Duties are computed from"), read_day, str(first))
    has_committee = ask(
        say("设支部委员会吗", "Does it have a committee"), read_yes, say("是", "yes")
    )
    named = ask(cells, _several(_name(name)), "")
    file = ask(roster, read_roster, "")
    people = [] if file else list(_people())
    return Beginning(
        organ=organ,
        branch=branch,
        since=since,
        has_committee=has_committee,
        cells=named,
        roster=file,
        people=people,
    )


def _people() -> Iterator[Person]:
    """Ask for the first members, one after another, until the user gives no name."""
    name = say("姓名", "The name")
    while True:
        asked = say("党员姓名（回车结束）", "A member's name (press Enter to finish)")
        found = ask(asked, lambda text: text and clean_name(text, name), "")
        if not found:
            return
        joined = ask(say("  入党日期", "  Joined on"), _day_or_none, "")
        if joined is None:
            tell(
                say(
                    f"  没有入党日期，没有记下{found}。",
                    f"  Without a day of joining, {found} is not entered.",
                )
            )
            continue
        posts = ask(
            say("  职务，几个用顿号隔开", "  Posts, separated by commas"), _several(_post), ""
        )
        yield Person(name=found, joined=joined, posts=posts)


def ask(asked: str, read: Callable[[str], Answer], ready: str) -> Answer:
    """Ask until the answer is valid, and return the parsed answer.

    If the user types nothing, the text in `ready` is parsed as the answer.
    """
    while True:
        shown = f" [{ready}]" if ready else ""
        sys.stderr.write(f"{asked}{shown}{say('：', ': ')}")
        sys.stderr.flush()
        try:
            return read(input().strip() or ready)
        except PartyctlError as error:
            tell("  ".join(filter(None, (printable(error.sentence), error.remedy))))


def tell(line: str) -> None:
    """Print a line on standard error, where the questions appear."""
    sys.stderr.write(f"{line}\n")


def read_yes(text: str) -> bool:
    """Parse yes or no. Raises PartyctlError if the answer is anything else."""
    if text.lower() in (*YES, *NO):
        return text.lower() in YES
    raise MissingInput(say("请回答“是”或“否”。", "Answer yes or no."))


def read_roster(text: str) -> Path | None:
    """Return the file of a roster, or None if the answer is empty.

    Raises MissingInput if there is no such file.
    """
    if not text:
        return None
    path = Path(text.strip("'\"")).expanduser()
    if not path.is_file():
        raise MissingInput(say(f"没有这个文件：{path}", f"There is no file {path}"))
    return path


def _name(of: str) -> Callable[[str], str]:
    return lambda text: clean_name(text, of, separators=True)


def _post(text: str) -> Post:
    return read_term(Post, text, of=say("职务", "post"))


def _day_or_none(text: str) -> date | None:
    return read_past_day(text) if text else None


def _several(read: Callable[[str], Answer]) -> Callable[[str], list[Answer]]:
    def read_all(text: str) -> list[Answer]:
        words = text.translate(str.maketrans(BETWEEN, " " * len(BETWEEN))).split()
        return [read(word) for word in words]

    return read_all
