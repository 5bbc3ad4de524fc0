"""Read the talks up to a given day (as plain objects), and the pairs of people who talked."""

import sqlite3
from datetime import date

from partyctl.calendar import Period
from partyctl.ledger.reading.objects import OF_RECORDS, Object, objects, parts_of
from partyctl.light import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from partyctl.contract.people import Talk

TALKS = """
SELECT talk.id, talk.held_on, talk.place, talk.theme, talk.note, talk.follow_up, talk.follow_up_due,
    CASE WHEN talk.follow_up_done <= :on THEN talk.follow_up_done END AS follow_up_done,
    talk.makes_up, talk.recorded_at, talk.voided_at, talk.void_reason
FROM talk
"""
PARTS = {
    "members": f"""SELECT talk_id AS of, member.id, member.name
        FROM talk_party JOIN member ON member.id = member_id
        WHERE talk_id {OF_RECORDS} ORDER BY member.id""",
    "staff": f"""SELECT talk_id AS of, staff.id, staff.name
        FROM talk_staff JOIN staff ON staff.id = staff_id
        WHERE talk_id {OF_RECORDS} ORDER BY staff.id""",
    "kinds": f"""SELECT DISTINCT record_id AS of, substr(what, 6) AS kind FROM talk_fact
        WHERE record_id {OF_RECORDS} ORDER BY kind""",
}
COUNTS_FOR = """(talk.makes_up = :quarter
    OR talk.makes_up IS NULL AND talk.held_on BETWEEN :first AND :last)"""


class Pair(NamedTuple):
    """Two people in a talk. `kind` follows from the two people's posts on the day of the talk."""

    kind: str
    talk: int
    one: int
    one_name: str
    two: int
    two_name: str


def talks(
    ledger: sqlite3.Connection,
    on: date,
    branch: int | None = None,
    *,
    person: int | None = None,
    quarter: Period | None = None,
) -> "list[Talk]":
    """The talks held on or before a day, oldest first.

    `branch`: return only the talks in which a member of this branch took part. `person`: return
    only the talks in which the member with this number took part. `quarter`: return only the talks
    that count for this quarter.
    """
    values = {"on": on.isoformat(), "branch": branch, "person": person, **_bounds(quarter)}
    rows = objects(
        ledger,
        f"""{TALKS} WHERE talk.voided_at IS NULL AND talk.held_on <= :on
        AND (:branch IS NULL OR EXISTS (SELECT 1 FROM talk_party AS party
            JOIN member ON member.id = party.member_id
            WHERE party.talk_id = talk.id AND member.branch_id = :branch))
        AND (:person IS NULL OR EXISTS (SELECT 1 FROM talk_party AS party
            WHERE party.talk_id = talk.id AND party.member_id = :person))
        AND (:quarter IS NULL OR {COUNTS_FOR}) ORDER BY talk.held_on, talk.id""",
        values,
    )
    return _whole(ledger, rows)


def talk(ledger: sqlite3.Connection, on: date, number: int) -> "Talk | None":
    """The talk that has the given number, even if it was voided."""
    values = {"on": on.isoformat(), "number": number}
    rows = objects(ledger, f"{TALKS} WHERE talk.id = :number", values)
    return _whole(ledger, rows)[0] if rows else None


def _whole(ledger: sqlite3.Connection, rows: list[Object]) -> "list[Talk]":
    """The talks with the people who took part."""
    parts = parts_of(ledger, PARTS, rows)
    return [_talk(row, **parts[row["id"]]) for row in rows]


def _talk(row: Object, members: list[Object], staff: list[Object], kinds: list[Object]) -> "Talk":
    return cast(
        "Talk",
        {
            "id": row["id"],
            "held_on": row["held_on"],
            "with": [each["name"] for each in (*members, *staff)],
            "member_ids": [each["id"] for each in members],
            "staff_ids": [each["id"] for each in staff],
            "between": [each["kind"] for each in kinds],
        }
        | row,
    )


def pairs(ledger: sqlite3.Connection, on: date, branch: int, quarter: Period) -> list[Pair]:
    """The pairs of people whose talk counts for a quarter and was held on or before `on`.

    At least one of the two people belongs to the given branch.
    """
    rows = ledger.execute(
        f"""SELECT substr(fact.what, 6), talk.id, one.id, one.name, two.id, two.name
        FROM talk_fact AS fact JOIN talk ON talk.id = fact.record_id
        JOIN member AS one ON one.id = fact.one_id JOIN member AS two ON two.id = fact.two_id
        WHERE fact.branch_id = :branch AND talk.held_on <= :on
        AND {COUNTS_FOR} ORDER BY talk.held_on, talk.id, one.id, two.id""",
        {"on": on.isoformat(), "branch": branch, **_bounds(quarter)},
    )
    return [Pair(*row) for row in rows]


def _bounds(quarter: Period | None) -> Object:
    return {
        "quarter": quarter and quarter.name,
        "first": quarter and quarter.first.isoformat(),
        "last": quarter and quarter.last.isoformat(),
    }
