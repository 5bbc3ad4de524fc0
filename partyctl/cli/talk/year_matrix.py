"""`partyctl talk matrix --year`: whom each person talked with in each quarter of a year."""

import sys
from typing import Any

from partyctl.calendar import Period, periods_within
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.cli.talk.matrix import between
from partyctl.contract import talking as shapes
from partyctl.language import comma_list, say, with_colon
from partyctl.law.questions.talking import Kind, Person, YearOfTalks, year_of_talks
from partyctl.ledger.reading import talks as talk_lists
from partyctl.ledger.reading.bodies import Branch
from partyctl.ledger.reading.lookup import branches_named
from partyctl.ledger.views.sources import TALKS
from partyctl.show.tables import Line, print_json, print_table
from partyctl.text import printable

Object = dict[str, Any]
NOBODY = "—"


def found_in(reading: Reading, branch: Branch, year: Period) -> YearOfTalks:
    """Return the talks of a branch in a year, as of the day that was asked for."""
    quarters = list(periods_within("quarter", year.first, year.last))
    talked = {
        each.name: talk_lists.pairs(reading.ledger, reading.on, branch.id, each)
        for each in quarters
    }
    return year_of_talks(reading.known(branch, TALKS), reading.rulebook, year, talked)


def print_year(reading: Reading, year: Period, *, as_json: bool) -> None:
    """Print the talks of a year, by branch and person."""
    branches = branches_named(reading.ledger, current.branch())
    found = [(branch, found_in(reading, branch, year)) for branch in branches]
    if as_json:
        answer: shapes.TalkYear = {
            "as_of": str(reading.on),
            "year": year.name,
            "branches": [{"branch": branch.name, **as_object(each)} for branch, each in found],
        }
        print_json(answer)
        return
    for branch, each in found:
        _print(each, say(f"{year} 谈心谈话 · {branch.name}", f"Talks of {year} · {branch.name}"))


def as_object(found: YearOfTalks) -> shapes.TalksOfYear:
    """Return a year's talks as plain data for JSON."""
    names = {each.subject.id: each.subject.proper_name for each in found.people}
    return {
        "quarters": list(found.quarters),
        "coverage": [
            {"kind": each.of, "rule": each.rule, "statuses": dict(each.statuses)}
            for each in found.kinds
        ],
        "members": [
            {
                "id": each.subject.id,
                "name": each.subject.proper_name,
                "committee": each.in_committee,
                "without": list(each.without),
            }
            for each in found.people
        ],
        "pairs": [
            {
                "one": {"id": one, "name": names.get(one)},
                "two": {"id": two, "name": names.get(two)},
                "talks": {quarter: list(talks) for quarter, talks in each.items()},
            }
            for (one, two), each in sorted(found.pairs.items())
        ],
        "committee_pairs_missing": {
            quarter: [list(pair) for pair in found.committee_missing(quarter)]
            for quarter in found.quarters
        },
    }


def _print(found: YearOfTalks, title: str) -> None:
    headings = ("#", say("姓名", "name"), say("班子", "committee"), *found.quarters)
    print_table(headings, [_line(found, each) for each in found.people], title)
    for line in map(_coverage, found.kinds):
        sys.stdout.write(printable(line, lines=False) + "\n")


def _line(found: YearOfTalks, person: Person) -> Line:
    mark = say("是", "yes") if person.in_committee else ""
    cells = (_partners(found, person, quarter) for quarter in found.quarters)
    return Line(
        (str(person.subject.id), person.subject.proper_name, mark, *cells),
        "overdue" if person.without else None,
    )


def _partners(found: YearOfTalks, person: Person, quarter: str) -> str:
    partners = [
        each.subject.proper_name
        for each in found.partners(person.subject.id)
        if found.between(person.subject.id, each.subject.id).get(quarter)
    ]
    return comma_list(partners) or NOBODY


def _coverage(kind: Kind) -> str:
    """Describe the status of a kind of talk in each quarter: 班子成员之间：2026-Q1 已完成、2026-Q2 逾期."""
    told = comma_list(f"{quarter} {status.label}" for quarter, status in kind.statuses.items())
    return with_colon(between(kind.of), told or say("不要求", "not owed"))
