"""Combine remedies: one command for several people, or one meeting that counts as several kinds."""

from collections.abc import Iterable

from partyctl.calendar import period_named
from partyctl.errors import Run
from partyctl.law.chapters.dues import DUES_FULL_AMOUNT, DUES_MONTHLY
from partyctl.law.engine.every import Every
from partyctl.law.engine.known import address
from partyctl.law.questions.coming import command_of, place_of
from partyctl.law.questions.grouping import Group
from partyctl.law.questions.scoreboard import Item
from partyctl.light import NamedTuple
from partyctl.money import read_yuan
from partyctl.terms import Noun, Status

AMOUNT = " --amount "
UNKNOWN = "…"
FEW = 8
"""A command with more names than this uses --all instead of the names, if possible."""

NAME, MONTH = "\0", "\1"
"""Placeholders for a name and a month: characters that no command contains."""


class Bundle(NamedTuple):
    """Groups of obligations that share one command.

    `one_by_one`: whether the command is only the first of several similar commands.
    """

    groups: tuple[Group, ...]
    remedy: Run | None
    one_by_one: bool = False


def short_months(items: Iterable[Item]) -> frozenset[str]:
    """The months for which some member paid too little.

    For these months, `dues pay --all` needs `--unpaid`, because `--all` alone would also pay for
    members who paid only a part.
    """
    return frozenset(
        str(item.obligation.period)
        for item in items
        if item.obligation.rule.id == DUES_FULL_AMOUNT.id and item.obligation.is_open
    )


def bundled(
    groups: Iterable[Group], shared_names: frozenset[str], short: frozenset[str] | None = None
) -> list[Bundle]:
    """The groups with their commands, in order.

    Groups are joined if they have the same status (and due day, if they are due), and either have
    the same command or can be satisfied by one meeting.

    `shared_names`: names that several people have. `short`: the result of `short_months`, or None
    if it was not computed.
    """
    found: dict[object, list[Group]] = {}
    commands: dict[object, tuple[Run | None, bool]] = {}
    for group in groups:
        remedy, one_by_one = _command(group, shared_names, short)
        when = group.first.due if group.status is Status.DUE else group.status
        key = (when, _gathering(group) or remedy or group)
        found.setdefault(key, []).append(group)
        commands[key] = (remedy, one_by_one)
    return [
        Bundle(tuple(some), command_of([group.first for group in some]))
        if len(some) > 1 and _gathering(some[0])
        else Bundle(tuple(some), *commands[key])
        for key, some in found.items()
    ]


def _gathering(group: Group) -> tuple[object, ...] | None:
    """A key that is the same for all duties that one meeting can satisfy, or None.

    The key consists of the participants, the body and, for a meeting with `--makes-up`, the period.
    """
    rule, owed = group.rule, group.first
    is_body = owed.subject.kind in (Noun.BRANCH, Noun.ORGAN) and len(group.items) == 1
    place = place_of(rule.met_by)
    if place is None or not is_body or not isinstance(rule.duty, Every) or owed.remedy is None:
        return None
    return place, owed.subject, owed.period if " --makes-up " in owed.remedy else None


def _command(
    group: Group, shared_names: frozenset[str], short: frozenset[str] | None
) -> tuple[Run | None, bool]:
    """The command for a group, and whether it is only the first of several similar commands."""
    remedies = [item.obligation.remedy for item in group.items]
    first = remedies[0]
    if first is None or all(each == first for each in remedies):
        return first, False
    joined = _joined(group, shared_names, short) if group.rule.several else None
    return (joined, False) if joined else (first, True)


def _joined(group: Group, shared_names: frozenset[str], short: frozenset[str] | None) -> Run | None:
    """One command for all people and months of a group, or None if one command is not enough."""
    templates = set()
    for item in group.items:
        owed = item.obligation
        remedy, amount = _without_amount(owed.remedy or "")
        if not remedy or amount == UNKNOWN:
            return None
        own = address(owed.subject.proper_name, owed.subject.id, shared_names)
        named = remedy.replace(f" {own} ", f" {NAME} ", 1)
        templates.add(named.replace(f"--month {owed.period}", f"--month {MONTH}"))
    months = _months(group.periods)
    if (
        len(templates) > 1
        or months is None
        or any("," in each.proper_name for each in group.subjects)
    ):
        return None
    subjects = group.subjects
    names = ",".join(address(each.proper_name, each.id, shared_names) for each in subjects)
    if group.rule.everybody and len(subjects) > FEW:
        names = "--all"
    command = templates.pop().replace(NAME, names).replace(MONTH, months)
    return Run(f"{command} --unpaid" if names == "--all" and _is_short(group, short) else command)


def _is_short(group: Group, short: frozenset[str] | None) -> bool:
    """Whether `--all` could also pay for members who paid part of a month's dues."""
    is_dues = group.rule.id == DUES_MONTHLY.id
    return is_dues and (short is None or not short.isdisjoint(group.periods))


def amounts(group: Group) -> list[int] | None:
    """The amounts (in 分) in the commands of the items, or None if an amount is unknown."""
    found = [_without_amount(item.obligation.remedy or "")[1] for item in group.items]
    known = [read_yuan(each) for each in found if each not in ("", UNKNOWN)]
    return known if len(known) == len(group.items) else None


def _without_amount(remedy: str) -> tuple[str, str]:
    """A command without its amount, and the amount (an empty text if the command has none)."""
    before, _, after = remedy.partition(AMOUNT)
    amount, space, rest = after.partition(" ")
    return f"{before}{space}{rest}", amount


def _months(names: list[str]) -> str | None:
    """Months in the form that `--month` accepts, or None if the months are not consecutive."""
    if len(names) < 2:
        return "".join(names)
    first, last = period_named(names[0]), period_named(names[-1])
    whole = first.kind == "month" and last.place - first.place == len(names) - 1
    return f"{first.name}..{last.name}" if whole else None
