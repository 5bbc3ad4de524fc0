"""Show obligations as rows: status, due date, duty, subject and clause.

The names and the command are printed below a row.
"""

from collections.abc import Iterable
from datetime import date

from partyctl.bilingual import Told, many
from partyctl.language import say, title_of, worded
from partyctl.law.engine.facts import TWO, Subject
from partyctl.law.engine.rule import Obligation
from partyctl.law.questions.grouping import PEOPLE, SETTLED, Group, grouped, spans
from partyctl.law.questions.remedies import FEW, Bundle, amounts, bundled
from partyctl.law.questions.scoreboard import Item
from partyctl.light import NamedTuple
from partyctl.money import print_yuan
from partyctl.show.obligations import noted, state_of
from partyctl.terms import Noun, Status, stored_term
from partyctl.text import printable, width
from partyctl.typed import typed

ROOM = 14
"""The width that a row has for names. A longer list of names is never printed in the row."""

MEASURES = {
    Noun.BRANCH: Told("个党支部", "branch"),
    Noun.CELL: Told("个党小组", "cell"),
    Noun.CONTACT: Told("个联系点", "contact point"),
}
RECORDS = Told("条", "record")


NAMELESS = frozenset({Noun.ORGAN, Noun.BRANCH, Noun.CELL, Noun.OPINION, Noun.WARNING})
"""Kinds of subjects that are named after a body or a number, never after a person."""


class Row(NamedTuple):
    """One row on the screen.

    The names are printed below the row, followed by the sum of these people's amounts (`together`).
    The command, or the record that proves the duty done, is printed last (`below`).
    """

    status: Status
    state: str
    due: str
    duty: str
    whose: str
    clause: str
    names: str = ""
    below: str = ""
    together: str = ""

    @property
    def people(self) -> str:
        """The names, followed by the sum of these people's amounts, if there are amounts."""
        return self.names + self.together


class Spoken(NamedTuple):
    """The values that rows are made from, in addition to the items.

    `shared_names`: the names that several people have. `short`: the months for which at least
    one member paid too little, or None if these months were not computed.
    """

    on: date
    several_branches: bool
    shared_names: frozenset[str]
    short: frozenset[str] | None = None


def grouped_rows(items: Iterable[Item], spoken: Spoken) -> list[Row]:
    """Return a row for each group of items.

    If several rows share one command, this command is printed below the last of these rows.
    """
    rows = []
    for bundle in bundled(grouped(items), spoken.shared_names, spoken.short):
        some = [_of_group(group, spoken) for group in bundle.groups]
        rows += [*some[:-1], some[-1]._replace(below=_below_bundle(bundle))]
    return rows


def nameless_rows(items: Iterable[Item], spoken: Spoken) -> list[Row]:
    """Return rows for public display.

    The rows say how many people a duty concerns, but contain no names of people and no commands.
    """
    return [_unnamed(_of_group(group, spoken), group) for group in grouped(items)]


def _unnamed(row: Row, group: Group) -> Row:
    """Return a row without the parts that may contain names."""
    kind, subjects = group.subjects[0].kind, group.subjects
    has_no_name = kind in NAMELESS
    is_pair = subjects[0].other_id is not None
    names = TWO.join(dict.fromkeys(worded(each.name) for each in subjects))
    return row._replace(
        duty=" ".join(filter(None, (title_of(group.rule), worded(spans(group.periods))))),
        whose=names if has_no_name else _measured(kind, len(subjects), is_pair=is_pair),
        names="",
        together="",
    )


def single_rows(items: Iterable[Item], spoken: Spoken) -> list[Row]:
    """Return a row for each item, with the item's command or the record that proves it done."""
    rows = []
    for item in items:
        row = _of_group(Group((item,)), spoken)
        rows.append(row._replace(below=_below(item.obligation)))
    return rows


def _of_group(group: Group, spoken: Spoken) -> Row:
    owed, subjects = group.first, group.subjects
    whose, names, together = _whose(group, subjects, spoken)
    return Row(
        owed.status,
        owed.status.label if owed.status in SETTLED else state_of(owed, spoken.on),
        owed.due.isoformat() if owed.due else say("无期限", "no date"),
        _duty(group, subjects),
        whose,
        owed.rule.article,
        names,
        together=together,
    )


def _duty(group: Group, subjects: list[Subject]) -> str:
    """Describe a duty and its periods.

    Add the number of items if the row does not show that number.
    """
    owed = group.first
    notes = {item.obligation.note for item in group.items}
    which = worded(spans(group.periods)) or (noted(owed) if len(notes) == 1 else "")
    what = " ".join(filter(None, (title_of(owed.rule), which)))
    says_periods = group.names_everybody or len(subjects) == 1
    of_each = len(group.periods) if says_periods and group.periods else 1
    if len(group.items) == len(subjects) * of_each:
        return what
    return what + say(f"，{len(group.items)} 项", f", {len(group.items)} in all")


def _whose(group: Group, subjects: list[Subject], spoken: Spoken) -> tuple[str, str, str]:
    """Return three texts: the subjects, the names below the row, and the sum of the amounts.

    If the names do not fit into the row, or if there are amounts, the first text says only how many
    subjects there are.
    """
    kind = subjects[0].kind
    branch = ""
    if spoken.several_branches and kind != Noun.BRANCH and len(group.branches) == 1:
        [branch] = group.branches
        branch = "" if subjects[0].name == branch else f"{branch} "
    called = [_called(each, alone=len(subjects) == 1) for each in subjects]
    text = TWO.join(called)
    money = amounts(group)
    if len(subjects) == 1 or (width(text) <= ROOM and not money):
        return branch + text, "", ""
    count = _measured(kind, len(subjects), is_pair=subjects[0].other_id is not None)
    if not group.names_everybody:
        return branch + count, "", ""
    if money is None:
        return branch + count, text, ""
    if len(called) == len(money) <= FEW:
        text = TWO.join(f"{n} {print_yuan(fen)}" for n, fen in zip(called, money, strict=True))
    together = print_yuan(sum(money))
    return branch + count, text, say(f"，共 {together} 元", f"; {together} yuan in all")


def _called(subject: Subject, *, alone: bool) -> str:
    name = worded(subject.name)
    if subject.other_id is not None:
        return name.replace(TWO, "–")
    if alone or subject.kind in (*PEOPLE, *MEASURES, Noun.ORGAN) or "#" in name:
        return name
    return f"#{subject.id} {name}"


def _measured(kind: str, count: int, *, is_pair: bool) -> str:
    if is_pair:
        return say(f"{count} 对", many(count, "pair"))
    if kind in PEOPLE:
        return say(f"{count} 人", many(count, "person"))
    unit = next((MEASURES[each] for each in MEASURES if each == kind), RECORDS)
    return say(f"{count} {unit.chinese}", many(count, unit.english))


def _below_bundle(bundle: Bundle) -> str:
    if not bundle.remedy:
        items = bundle.groups[-1].items
        return _below(items[0].obligation) if len(items) == 1 else ""
    first = say("逐项办理，先：", "one by one, first: ") if bundle.one_by_one else ""
    return f"→ {first}{typed(bundle.remedy)}"


def _below(owed: Obligation) -> str:
    if owed.remedy:
        return f"→ {typed(owed.remedy)}"
    if owed.proof:
        kind = stored_term(Noun, owed.proof.kind).label
        return f"✓ {kind} #{owed.proof.id} {owed.proof.on}"
    return ""


def cells(row: Row) -> tuple[str, ...]:
    """Return the row's columns, escaped for a terminal."""
    return tuple(
        printable(each, lines=False)
        for each in (row.state, row.due, row.duty, row.whose, row.clause)
    )
