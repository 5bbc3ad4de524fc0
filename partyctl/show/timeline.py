"""Show a democratic-life meeting as a timeline: the duties that are done, late, next or missing."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from partyctl.language import bracketed, comma_list, say, title_of, with_colon, worded
from partyctl.law.engine.deadlines import Before
from partyctl.law.engine.obligations import days_left, days_overdue
from partyctl.law.engine.owed import WRONG
from partyctl.law.engine.rule import Obligation
from partyctl.law.questions.timeline import MEASURE, Way
from partyctl.show.obligations import noted, state_of
from partyctl.show.scoreboard import WORST_FIRST
from partyctl.show.tables import Line, print_table, write
from partyctl.terms import Case, LifeStep, Noun, PackagePart, Status
from partyctl.typed import typed

if TYPE_CHECKING:
    from partyctl.contract.meetings import MeetingWay, TimelinePair, TimelineStep

NO_WAY: "MeetingWay" = {
    "timeline": [],
    "talks": {"people": [], "pairs": [], "missing": []},
    "package": {part.value: None for part in PackagePart},
    "previous_rectification": [],
}


def way_as_json(way: Way | None, on: date) -> "MeetingWay":
    """Return the timeline as plain data for JSON; empty if `way` is None.

    `way` is None if the meeting was not yet recorded on the day `on`.
    """
    if way is None:
        return NO_WAY
    pairs = [_pair(owed) for owed in way.talks]
    return {
        "timeline": [{**_owed(owed, on), "next": owed is way.following} for owed in way.owed],
        "talks": {
            "people": [
                {"id": each.id, "name": each.proper_name, "head": place < way.heads}
                for place, each in enumerate(way.leading)
            ],
            "pairs": pairs,
            "missing": [pair["names"] for pair in pairs if pair["on"] is None],
        },
        "package": {
            part.value: str(way.parts[part].on) if part in way.parts else None
            for part in PackagePart
        },
        "previous_rectification": [_owed(owed, on) for owed in way.earlier],
    }


def _owed(owed: Obligation, on: date) -> "TimelineStep":
    kind, number, name, _ = owed.subject
    return {
        "rule": owed.rule.id,
        "article": owed.rule.article,
        "title": title_of(owed.rule),
        "subject": {"kind": kind, "id": number, "name": worded(name)},
        "opens": str(owed.opens),
        "due": str(owed.due) if owed.due else None,
        "status": owed.status,
        "on": str(owed.proof.on) if owed.proof else None,
        "days_overdue": days_overdue(owed, on),
        "days_left": days_left(owed, on),
        "note": noted(owed),
        "remedy": owed.remedy,
    }


def _pair(owed: Obligation) -> "TimelinePair":
    return {
        "rule": owed.rule.id,
        "ids": [owed.subject.other_id, owed.subject.id],
        "names": owed.subject.proper_name,
        "status": owed.status,
        "on": str(owed.proof.on) if owed.proof else None,
        "talk": owed.proof.id if owed.proof else None,
    }


def print_way(way: Way, on: date) -> None:
    """Print duties by due date, then report parts, talks, and measures of earlier meetings."""
    name = Case.DEMOCRATIC_LIFE.label + ("" if way.is_held else say("（计划）", " (planned)"))
    before = [owed for owed in way.owed if _is_before(owed, way.day)]
    after = [owed for owed in way.owed if not _is_before(owed, way.day)]
    meeting = Line((way.day.isoformat(), "——", name, ""))
    headings = (say("期限", "due"), say("状态", "status"), say("事项", "duty"), say("办理", "done"))
    sys.stdout.write("\n")
    lines = [*_lines(before, way, on), meeting, *_lines(after, way, on)]
    print_table(headings, lines, f"{name} · {on}")
    _print_parts(way)
    _print_talks(way)
    if way.earlier:
        sys.stdout.write("\n")
        earlier = say("以前的民主生活会后整改", "Measures of earlier meetings")
        print_table(headings, [*_lines(way.earlier, way, on)], earlier)


def _is_before(owed: Obligation, day: date) -> bool:
    """Whether a duty must be done before the meeting; False for duties at the meeting or later."""
    if owed.due is None or owed.due > day:
        return False
    return owed.due < day or isinstance(owed.rule.duty, Before)


def _lines(owed: Sequence[Obligation], way: Way, on: date) -> Iterator[Line]:
    """Yield a line per duty.

    People with the same duty and day share a line; each rectification measure has its own line.
    """
    for _, group in groupby(owed, key=_together):
        found = list(group)
        worst = min(found, key=lambda each: WORST_FIRST[each.status])
        state = state_of(worst, on)
        if way.following in found:
            state = f"{say('下一步', 'next')} {state}"
        shows_how = worst.status in WRONG or way.following in found
        below = f"→ {typed(worst.remedy)}" if shows_how and worst.remedy else None
        due = worst.due.isoformat() if worst.due else ""
        yield Line((due, state, _duty(worst), _done(found)), worst.status, below)


def _together(owed: Obligation) -> tuple[str, date | None, str]:
    alone = worded(owed.subject.name) if owed.rule.id == MEASURE else ""
    return owed.rule.id, owed.due, alone


def _duty(owed: Obligation) -> str:
    return worded(owed.subject.name) if owed.rule.id == MEASURE else title_of(owed.rule)


def _done(owed: list[Obligation]) -> str:
    """Say on which day a duty was done, or which records and people are missing."""
    if len(owed) == 1 and owed[0].subject.kind != Noun.MEMBER:
        return str(owed[0].proof.on) if owed[0].proof else noted(owed[0]) or ""
    missing = [each.subject.proper_name for each in owed if each.is_open]
    done = f"{len(owed) - len(missing)}/{len(owed)}"
    last = max((each.proof.on for each in owed if each.proof), default=None)
    return f"{done} {_lack(missing)}" if missing else f"{done} {last}"


def _lack(names: Sequence[str]) -> str:
    return say(f"缺：{'；'.join(names)}", f"missing: {'; '.join(names)}")


def _print_parts(way: Way) -> None:
    """Print the parts of the report after the meeting, each with the day of its submission."""
    parts = (
        f"{part.label} {way.parts[part].on if part in way.parts else say('缺', 'missing')}"
        for part in PackagePart
    )
    if way.is_held:
        sys.stdout.write("\n" + with_colon(LifeStep.PACKAGE.label, comma_list(parts)) + "\n")


def _print_talks(way: Way) -> None:
    """Print the talks between members of the leading group, and the pairs who have not talked."""
    if not way.talks:
        return
    talks = {frozenset((e.subject.other_id, e.subject.id)): e for e in way.talks}
    headings = ("", *(each.proper_name for each in way.leading))
    lines = [
        Line(
            (
                one.proper_name,
                *(_met(talks.get(frozenset((one.id, two.id)))) for two in way.leading),
            )
        )
        for one in way.leading
    ]
    sys.stdout.write("\n")
    print_table(headings, lines, say("谈心谈话", "Talks"))
    if missing := [each.subject.proper_name for each in way.talks if each.is_open]:
        write(_lack(missing))


def _met(talk: Obligation | None) -> str:
    """Return the day of a talk, marked if it was late."""
    if talk is None:
        return "—"
    if talk.proof is None:
        return say("缺", "missing")
    mark = "" if talk.status is Status.MET else bracketed(talk.status.label)
    return f"{talk.proof.on}{mark}"
