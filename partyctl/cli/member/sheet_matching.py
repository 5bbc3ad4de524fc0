"""Match a row to a member: by ID, identity number, or name."""

from typing import TYPE_CHECKING

from partyctl.bilingual import Told
from partyctl.cli.sheets.judging import Wanted, answer_key, unclear
from partyctl.papers.sheets.lines import Entry, Problem
from partyctl.text import plain_name

if TYPE_CHECKING:
    from partyctl.ledger.tables.people import Member
    from partyctl.records.members.people import People

SAME, ANOTHER = "同一人", "另一人"


class Unmatched(Exception):
    """Raised if a row does not clearly identify one person."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


def match(entry: Entry, known: "People", wanted: Wanted) -> "Member | None":
    """Return the member that a row is about, or None if nobody on the roll matches the row.

    Raises Unmatched.
    """
    values = entry.values
    if (number := values.get("number")) is not None:
        return numbered(entry, number, known)
    identity = values.get("id_number")
    if identity and (owner := known.by_identity.get(identity)) is not None:
        return _owner(entry, owner, wanted)
    named = known.named(values["name"])
    if not named:
        return None
    if identity:
        named = [member for member in named if member.id_number in (None, identity)]
    joined = values.get("joined_on")
    alike = [member for member in named if joined in (None, member.joined_on)]
    if len(alike) == 1:
        return alike[0]
    if not named:
        return None
    return _chosen(entry, alike or named, wanted, may_be_new=not alike)


def numbered(entry: Entry, number: int, known: "People") -> "Member":
    """Return the member with this ID; the row must give the same name. Raises Unmatched."""
    member = known.members.get(number)
    name = str(entry.values.get("name", ""))
    if member is None or plain_name(member.name) != plain_name(name):
        is_whose = f"，#{number} 是{member.name}" if member else f"，名册上没有 #{number}"
        raise Unmatched(
            unclear(
                entry,
                entry.columns.get("number", ""),
                f"#{number} {name}",
                Told(
                    f"台账编号与姓名对不上{is_whose}",
                    "the ID and the name do not match",
                ),
                kind="number-and-name",
            )
        )
    return member


def _owner(entry: Entry, owner: "Member", wanted: Wanted) -> "Member":
    """Return the member with this identity number; if the name differs, the clerk must confirm."""
    name = str(entry.values["name"])
    key = answer_key(entry, "identity")
    if plain_name(owner.name) != plain_name(name) and wanted.answers.get(key) != SAME:
        raise Unmatched(
            unclear(
                entry,
                entry.columns.get("name", ""),
                name,
                Told(
                    f"身份证号与台账的 #{owner.number} {owner.name} "
                    "相同，姓名不同；是同一人（改名）吗",
                    f"has the identity number of #{owner.number} {owner.name}; is it the "
                    "same person, with a new name?",
                ),
                kind="renamed",
                choices=(SAME,),
                key=key,
            )
        )
    return owner


def among(entry: Entry, candidates: "list[Member]", wanted: Wanted) -> "Member | None":
    """Return the member whom the clerk chose among several namesakes. Raises Unmatched."""
    return _chosen(entry, candidates, wanted, may_be_new=False)


def _chosen(
    entry: Entry, candidates: "list[Member]", wanted: Wanted, *, may_be_new: bool
) -> "Member | None":
    """Return the member whom the clerk chose among `candidates`.

    Return None if the clerk answered that the row is about a new person.
    """
    key = answer_key(entry, "same")
    one = len(candidates) == 1
    words = {SAME if one else f"#{each.number}": each for each in candidates}
    answer = wanted.answers.get(key)
    if answer in words:
        return words[answer]
    if answer == ANOTHER and may_be_new:
        return None
    listed = "、".join(f"#{each.number}（{each.joined_on} 入党）" for each in candidates)
    raise Unmatched(
        unclear(
            entry,
            entry.columns.get("name", ""),
            str(entry.values["name"]),
            Told(
                f"台账里有同名的 {listed}，入党日期不同；是同一人，还是另一人"
                if may_be_new
                else f"台账里有几个同名的：{listed}；请加身份证号或入党日期",
                f"this name is already recorded for {listed}; is the row about the same "
                "person, or about another person?",
            ),
            kind="namesake",
            choices=(*words, ANOTHER) if may_be_new else tuple(words),
            key=key,
        )
    )
