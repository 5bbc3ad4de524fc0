"""`partyctl talk matrix`: who talked with whom in a quarter, who did not talk, and which talks are due."""

import sys
from collections import defaultdict
from datetime import date
from itertools import combinations
from typing import Any

from partyctl.calendar import Period, period_of
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.contract import talking as shapes
from partyctl.language import comma_list, say, semicolon_list, with_colon
from partyctl.law.changes.rulebook import Rulebook
from partyctl.law.chapters.talks_and_visits import TALK_COVERAGE
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.known import Known
from partyctl.law.engine.obligations import obligations
from partyctl.law.engine.rule import Rule
from partyctl.law.questions.talking import KINDS
from partyctl.ledger.reading import talks as talk_lists
from partyctl.ledger.reading.bodies import Branch
from partyctl.ledger.reading.lookup import branches_named
from partyctl.ledger.reading.talks import Pair
from partyctl.ledger.views.sources import TALKS
from partyctl.show.tables import Line, print_json, print_table
from partyctl.terms import COMMITTEE_POSTS, Status, TalkKind, stored_term
from partyctl.text import printable

Object = dict[str, Any]

BETWEEN = {
    TalkKind.COMMITTEE: "between committee members",
    TalkKind.COMMITTEE_MEMBER: "committee with other members",
    TalkKind.MEMBERS: "between other members",
}


def between(kind: str) -> str:
    """Say between which members a kind of talk is held, such as `between committee members`."""
    known = stored_term(TalkKind, kind)
    return say(known.chinese, BETWEEN[known])


def print_matrix(reading: Reading, quarter: Period | None, *, as_json: bool) -> None:
    """Print the talks of a quarter, by branch and person."""
    asked = quarter or period_of("quarter", reading.on)
    branches = branches_named(reading.ledger, current.branch())
    found = [_matrix(reading, branch, asked) for branch in branches]
    if as_json:
        answer: shapes.TalkMatrix = {
            "as_of": str(reading.on),
            "quarter": asked.name,
            "branches": found,
        }
        print_json(answer)
        return
    for each in found:
        _print(each, asked)


def _matrix(reading: Reading, branch: Branch, quarter: Period) -> shapes.BranchTalks:
    known = reading.known(branch, TALKS)
    pairs = talk_lists.pairs(reading.ledger, reading.on, branch.id, quarter)
    members = known.serving("member", min(quarter.last, reading.on))
    committee = _committee(known, min(quarter.last, reading.on))
    talked = _talked(pairs)
    return {
        "branch": branch.name,
        "coverage": [_coverage(kind, known, reading.rulebook, quarter, pairs) for kind in KINDS],
        "members": [
            {
                "id": each.id,
                "name": each.proper_name,
                "committee": each in committee,
                "talked_with": list(talked[each.id].values()),
            }
            for each in members
        ],
        "without": _without(known, reading.rulebook, quarter),
        "committee_pairs_missing": [
            [one.proper_name, two.proper_name]
            for one, two in combinations(committee, 2)
            if two.id not in talked[one.id]
        ],
    }


def _committee(known: Known, day: date) -> list[Subject]:
    found = {each for post in COMMITTEE_POSTS for each in known.serving(post, day)}
    return sorted(found, key=lambda each: each.id)


def _talked(pairs: list[Pair]) -> dict[int, dict[int, shapes.TalkedWith]]:
    """Return the people with whom each person talked, and the talks, keyed by person number."""
    talked: dict[int, dict[int, shapes.TalkedWith]] = defaultdict(dict)
    for pair in pairs:
        for one, two, name in (
            (pair.one, pair.two, pair.two_name),
            (pair.two, pair.one, pair.one_name),
        ):
            line = talked[one].setdefault(two, {"id": two, "name": name, "talks": []})
            line["talks"].append(pair.talk)
    return talked


def _coverage(
    rule: Rule, known: Known, rulebook: Rulebook | None, quarter: Period, pairs: list[Pair]
) -> shapes.TalkCoverage:
    owed = (each for each in obligations([rule], known, rulebook) if each.period == quarter.name)
    found = next(owed, None)
    return {
        "kind": rule.met_by or "",
        "rule": rule.id,
        "status": found.status if found else None,
        "talks": list(dict.fromkeys(p.talk for p in pairs if p.kind == rule.met_by)),
    }


def _without(known: Known, rulebook: Rulebook | None, quarter: Period) -> list[str]:
    """Return the names of the people who still owe a talk for the quarter."""
    return [
        each.subject.proper_name
        for each in obligations([TALK_COVERAGE], known, rulebook)
        if each.period == quarter.name and each.is_open
    ]


def _print(found: shapes.BranchTalks, quarter: Period) -> None:
    headings = ("#", say("姓名", "name"), say("班子", "committee"), say("谈过", "talked with"))
    title = say(
        f"{quarter} 谈心谈话 · {found['branch']}", f"Talks of {quarter} · {found['branch']}"
    )
    print_table(headings, [_line(each) for each in found["members"]], title)
    for line in _below(found):
        sys.stdout.write(printable(line, lines=False) + "\n")


def _line(member: shapes.TalkingMember) -> Line:
    partners = (
        each["name"] + (f"×{len(each['talks'])}" if len(each["talks"]) > 1 else "")
        for each in member["talked_with"]
    )
    mark = say("是", "yes") if member["committee"] else ""
    return Line((str(member["id"]), member["name"], mark, comma_list(partners) or "—"))


def _below(found: shapes.BranchTalks) -> list[str]:
    """Return the lines below the table: the status of each kind of talk, and who has not talked."""
    lines = []
    for each in found["coverage"]:
        status = (
            stored_term(Status, each["status"]).label
            if each["status"]
            else say("不要求", "not owed")
        )
        talks = comma_list(f"#{number}" for number in each["talks"])
        lines.append(with_colon(between(each["kind"]), f"{status} {talks}").rstrip())
    if found["without"]:
        lines.append(say("还没有谈过：", "With nobody yet: ") + comma_list(found["without"]))
    if found["committee_pairs_missing"]:
        pairs = semicolon_list("—".join(pair) for pair in found["committee_pairs_missing"])
        lines.append(
            say(
                "班子成员之间还没有谈：",
                "Committee members who have not talked with each other yet: ",
            )
            + pairs
        )
    return lines
