"""Run one command for several people.

If the command fails for one person, nothing is written for anybody. The error lists every reason.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from sqlmodel import Session

from partyctl.bilingual import many
from partyctl.errors import PartyctlError
from partyctl.language import comma_list, say, semicolon_list
from partyctl.ledger.reading.bodies import shared_names
from partyctl.ledger.tables.people import Member
from partyctl.ledger.writing.session import driver_of
from partyctl.light import NamedTuple
from partyctl.records.common import finding

Item = TypeVar("Item")
Done = TypeVar("Done")


class Failure(NamedTuple):
    """The name of a person (as typed) for whom the command fails, and the error."""

    name: str
    error: PartyctlError


class LeftAlone(NamedTuple):
    """A person whom a command for the whole branch skips, and the reason."""

    name: str
    reason: str


class Together(PartyctlError):
    """An error that lists the people for whom a command failed, and why; nothing was written."""

    def __init__(self, failures: Sequence[Failure], *, everybody: bool) -> None:
        reasons = semicolon_list(each.error.sentence.rstrip("。. ") for each in failures)
        left_out = f"--except {','.join(each.name for each in failures)}"
        super().__init__(
            say(
                f"{len(failures)} 人不能登记，一条也没有写入：{reasons}。",
                "Nothing was written, because the command fails for "
                f"{many(len(failures), 'person')}: {reasons}.",
            ),
            left_out if everybody else failures[0].error.remedy,
        )
        self.exit_code = failures[0].error.exit_code


def for_each(
    items: Iterable[Item],
    act: Callable[[Item], Done],
    *,
    named: Callable[[Item], str] = str,
    everybody: bool = False,
) -> list[Done]:
    """Run a function for each person.

    If the function fails for only one person, the error is raised unchanged. If the function fails
    for several people, their errors are raised as one `Together`.

    `everybody`: whether the command is for the whole branch. If so, even a single error is raised
    as a `Together`, which suggests `--except` with the names of the people for whom the function
    failed.
    """
    done: list[Done] = []
    failures: list[Failure] = []
    for item in items:
        try:
            done.append(act(item))
        except PartyctlError as error:
            failures.append(Failure(named(item), error))
    if len(failures) == 1 and not everybody:
        raise failures[0].error
    if failures:
        raise Together(failures, everybody=everybody)
    return done


def members_named(session: Session, names: Iterable[str]) -> list[Member]:
    """The members that have the given names or #numbers, without repetition.

    Raises an error that lists all unknown names.
    """
    found = for_each(names, lambda name: finding.member(session, name))
    return list({member.number: member for member in found}.values())


def address(session: Session, member: Member) -> str:
    """A member's name for a suggested command, or the #number if several members have the name."""
    shared = member.name in shared_names(driver_of(session))
    return f"#{member.number}" if shared else member.name


def told(left_alone: Sequence[LeftAlone]) -> str | None:
    """One line with the skipped people and the reasons, or None if nobody was skipped."""
    reasons: dict[str, list[str]] = {}
    for each in left_alone:
        reasons.setdefault(each.reason, []).append(each.name)
    if not reasons:
        return None
    listed = semicolon_list(f"{comma_list(names)} {reason}" for reason, names in reasons.items())
    return say(f"未登记：{listed}", f"Not recorded: {listed}")
