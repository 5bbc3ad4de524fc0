"""Judge the rows of a sheet of talks: new and recorded talks."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from partyctl.bilingual import Told
from partyctl.cli.member.sheet_matching import Unmatched, numbered
from partyctl.cli.sheets.judging import (
    Import,
    Judged,
    Judgement,
    State,
    Wanted,
    answered,
    differing,
    lacking,
    twice,
    unclear,
    write_each,
)
from partyctl.cli.talk.entry_sheet import fill
from partyctl.papers.sheets.forms.talks import TALKS
from partyctl.papers.sheets.lines import Entry, Problem, Reading
from partyctl.text import plain_name

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.records.members.people import People

SAID = ("talker", "held_on", "place", "theme", "note", "follow_up", "due")


COMPARED = {
    "place": "place",
    "theme": "theme",
    "note": "note",
    "follow_up": "follow_up",
    "due": "follow_up_due",
}
"""The fields of a talk that a sheet can correct, each with its column in the ledger. A row corrects
the recorded talk with the same day and the same people."""


def judge(session: "Session", reading: Reading, wanted: Wanted) -> Judgement:
    """Judge every row: find the recorded talk that the row is about, if there is one."""
    from partyctl.ledger.reading import talks as talk_lists
    from partyctl.ledger.writing.session import driver_of
    from partyctl.records.members.people import people

    known = people(session, wanted.today)
    recorded = {
        (row["held_on"], frozenset(map(plain_name, row["with"]))): row
        for row in talk_lists.talks(driver_of(session), wanted.today)
    }
    judgement = Judgement()
    seen: dict[object, Entry] = {}
    for entry in reading.entries:
        found = _judged(session, entry, known, wanted)
        if isinstance(found, Judged) and found.state is State.NEW:
            which = (str(found.stored["held_on"]), frozenset(found.stored["name"]))
            if which in recorded:
                found = _compared(session, entry, recorded[which], found.stored)
            elif second := twice(seen, entry, which):
                found = second
        if isinstance(found, Problem):
            judgement.problems.append(found)
        else:
            judgement.lines.append(found)
    return judgement


def _judged(session: "Session", entry: Entry, known: "People", wanted: Wanted) -> Judged | Problem:
    values = dict(entry.values)
    if not any(name in values for name in SAID):
        return Judged(entry, State.NOTHING, None, {"name": values["name"]})
    if (number := values.get("number")) is not None:
        single = entry._replace(values=values | {"name": "、".join(values["name"])})
        try:
            numbered(single, number, known)
        except Unmatched as unmatched:
            return unmatched.problem
    values |= answered(entry, TALKS.column("held_on"), wanted)
    if "held_on" not in values:
        return lacking(entry, TALKS.column("held_on"))
    names = list(dict.fromkeys([*values.get("talker", ()), *values["name"]]))
    if len(names) < 2:
        return unclear(
            entry,
            TALKS.column("talker").name,
            "、".join(names),
            Told("谈话至少两个人；谁和他谈的没有写", "a talk needs at least two people"),
            kind="alone",
        )
    stored = {name: values[name] for name in SAID if name in values and name != "talker"}
    stored = {"name": [known.typed(name) for name in names], **stored}
    judged = Judged(entry, State.NEW, None, {**stored, "name": names})
    judged.write = lambda: _write(session, stored)
    return judged


def _compared(
    session: "Session", entry: Entry, recorded: Mapping[str, Any], stored: dict[str, Any]
) -> Judged:
    """Compare a row with a recorded talk."""
    changes = {
        name: stored[name]
        for name, column in COMPARED.items()
        if name in stored and str(stored[name]) != str(recorded[column])
    }
    judged = Judged(entry, State.DIFFERENT if changes else State.SAME, int(recorded["id"]), stored)
    judged.differences = [
        differing(TALKS.column(name), recorded[COMPARED[name]], value)
        for name, value in changes.items()
    ]
    if changes:
        judged.write = lambda: _correct(session, int(recorded["id"]), changes)
    return judged


def _correct(session: "Session", number: int, changes: dict[str, Any]) -> int:
    from partyctl.records.life import talks

    return talks.edit(session, number, talks.TalkEntry(**changes)).number


def _write(session: "Session", stored: dict[str, Any]) -> int:
    from partyctl.records.life import talks

    entry = talks.TalkEntry(
        held_on=stored["held_on"],
        parties="、".join(stored["name"]),
        place=stored.get("place"),
        theme=stored.get("theme"),
        note=stored.get("note"),
        follow_up=stored.get("follow_up"),
        due=stored.get("due"),
    )
    return talks.add(session, entry).number


TALK_IMPORT = Import(TALKS, "talks", Told("次", "talk"), judge, fill, write_each)
