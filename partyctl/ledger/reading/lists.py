"""Read branches, cells, members and staff as plain objects; private numbers are masked."""

import sqlite3
from collections.abc import Mapping
from datetime import date

from partyctl.ledger.reading.known.admitted import Admitted, admitted
from partyctl.ledger.reading.objects import OF_RECORDS, Object, Parts, parts_of
from partyctl.ledger.reading.objects import objects as _rows
from partyctl.ledger.reading.privacy import mask
from partyctl.light import TYPE_CHECKING, Any, cast
from partyctl.terms import Noun, Post, stored_term

if TYPE_CHECKING:
    from partyctl.contract.people import Branch, Cell, Member, MemberAdmission, Staff


BRANCH = """id, name, founded_on, has_committee AS committee,
    CASE WHEN elected_on <= :on THEN elected_on END AS elected_on"""
COMMITTEES = f"""
SELECT branch_id AS of, from_on AS "from", has_committee AS committee FROM branch_committee
WHERE branch_id {OF_RECORDS} AND voided_at IS NULL AND from_on <= :on ORDER BY from_on
"""
FOUNDED = "coalesce({}.founded_on, '') <= :on"


def branches(ledger: sqlite3.Connection, on: date) -> "list[Branch]":
    """The branches on a day: when each got or lost a committee, and whether it has one.

    A branch without a recorded day of founding is there on every day.
    """
    sql = (
        f"SELECT {BRANCH} FROM branch WHERE voided_at IS NULL AND {FOUNDED.format('branch')} "
        "ORDER BY id"
    )
    rows = _rows(ledger, sql, {"on": on.isoformat()})
    return _with_committee(ledger, on, rows)


def _with_committee(ledger: sqlite3.Connection, on: date, rows: list[Object]) -> "list[Branch]":
    """The branches with the days on which each got or lost a committee."""
    parts = parts_of(ledger, {"changes": COMMITTEES}, rows, {"on": on.isoformat()})
    return [_branch(row, parts[row["id"]]["changes"]) for row in rows]


def _branch(row: Object, found: list[Object]) -> "Branch":
    changes = [each | {"committee": bool(each["committee"])} for each in found]
    now = changes[-1]["committee"] if changes else bool(row["committee"])
    return cast("Branch", row | {"committee": now, "committee_changes": changes})


def cells(ledger: sqlite3.Connection, branch: int | None, on: date = date.max) -> "list[Cell]":
    """The cells of one branch, or of all branches, on a day.

    A cell without a recorded day of founding is there as long as its branch.
    """
    return cast(
        "list[Cell]",
        _rows(
            ledger,
            "SELECT cell.id, cell.name, branch.name AS branch, cell.founded_on FROM cell "
            "JOIN branch ON branch.id = cell.branch_id WHERE cell.voided_at IS NULL "
            f"AND {FOUNDED.format('cell')} AND {FOUNDED.format('branch')} "
            "AND (:branch IS NULL OR branch.id = :branch) ORDER BY cell.id",
            {"branch": branch, "on": on.isoformat()},
        ),
    )


def branch(ledger: sqlite3.Connection, on: date, number: int) -> "Branch | None":
    """The branch that has the given number, even if it was voided."""
    sql = f"SELECT {BRANCH}, recorded_at, voided_at, void_reason FROM branch WHERE id = :id"
    rows = _rows(ledger, sql, {"on": on.isoformat(), "id": number})
    return _with_committee(ledger, on, rows)[0] if rows else None


def cell(ledger: sqlite3.Connection, number: int) -> "Cell | None":
    """The cell that has the given number, even if it was voided."""
    found = _rows(
        ledger,
        "SELECT cell.id, cell.name, branch.name AS branch, cell.founded_on, cell.recorded_at, "
        "cell.voided_at, cell.void_reason FROM cell JOIN branch ON branch.id = cell.branch_id "
        "WHERE cell.id = ?",
        (number,),
    )
    return cast("Cell | None", found[0] if found else None)


def in_cell(ledger: sqlite3.Connection, cell: int, noun: Noun) -> set[int]:
    """The numbers of the members or meetings that belong to a cell, even if the cell was voided."""
    rows = ledger.execute(f"SELECT id FROM {noun.value} WHERE cell_id = ?", (cell,))
    return {number for (number,) in rows}


def staff_member(ledger: sqlite3.Connection, number: int) -> "Staff | None":
    """The staff member with the given number, even if the record was voided."""
    columns = "id, name, title, recorded_at, voided_at, void_reason"
    found = _rows(ledger, f"SELECT {columns} FROM staff WHERE id = ?", (number,))
    return cast("Staff | None", found[0] if found else None)


def staff(ledger: sqlite3.Connection) -> "list[Staff]":
    """The staff who are not Party members."""
    sql = "SELECT id, name, title FROM staff WHERE voided_at IS NULL ORDER BY id"
    return cast("list[Staff]", _rows(ledger, sql))


MEMBERS = """
SELECT member.id, member.name, branch.name AS branch, cell.name AS cell, member.joined_on,
    member.full_on, member.probationary, member.on_roll_from, member.dues_paid_to,
    member.gender, member.birth_on, member.id_number, member.phone, member.category,
    member.left_on, member.left_reason, member.left_to, member.left_dues_to,
    member.recorded_at, member.voided_at, member.void_reason
FROM member JOIN branch ON branch.id = member.branch_id LEFT JOIN cell ON cell.id = member.cell_id
"""
ON_ROLL = """
WHERE member.voided_at IS NULL AND member.on_roll_from <= :on
    AND (member.left_on IS NULL OR member.left_on > :on)
"""


def members(
    ledger: sqlite3.Connection, on: date, branch: int | None = None, *, everyone: bool = False
) -> "list[Member]":
    """The members on the roll on a day; if `everyone` is set, all members that were ever entered."""
    condition = ON_ROLL if not everyone else "WHERE true"
    sql = f"{MEMBERS} {condition} AND (:branch IS NULL OR branch.id = :branch) ORDER BY member.id"
    rows = _rows(ledger, sql, {"on": on.isoformat(), "branch": branch})
    found = admitted(ledger)
    if not everyone:
        rows = [row for row in rows if not _has_ended(found.get(row["id"]), on)]
    return _whole(ledger, on, rows, found)


def member(ledger: sqlite3.Connection, number: int, on: date) -> "Member | None":
    """The member with the given number, even if the record was voided."""
    rows = _rows(ledger, f"{MEMBERS} WHERE member.id = ?", (number,))
    found = admitted(ledger, "member.id = ?", (number,))
    return _whole(ledger, on, rows, found)[0] if rows else None


def _has_ended(found: Admitted | None, on: date) -> bool:
    """Whether, on or before a day, full membership was refused, or the membership was cancelled."""
    ends = (found.standing.refused_on, found.standing.cancelled_on) if found else ()
    return any(day is not None and day <= on for day in ends)


def _times(table: str, what: str, known: str = "") -> str:
    """The SQL for the members' periods of one kind, such as posts, each with its first and last day.

    `known`: a further condition in SQL. Without it, periods that begin later are included.
    """
    return f"""SELECT member_id AS of, {what}, from_on AS "from", to_on AS "to" FROM {table}
    WHERE member_id {OF_RECORDS} AND voided_at IS NULL {known}
    ORDER BY from_on, id"""


PARTS = {
    "posts": _times("appointment", "post"),
    "sanctions": _times("sanction", "note", known="AND from_on <= :on"),
    "away": _times("member_away", "reason"),
    "leads": f"""SELECT member_id AS of FROM leadership WHERE member_id {OF_RECORDS}
        AND voided_at IS NULL AND from_on <= :on AND (to_on IS NULL OR to_on >= :on)""",
    "reports": f"""SELECT member_id AS of, year, reported_on AS "on" FROM personal_report
        WHERE member_id {OF_RECORDS} AND voided_at IS NULL AND reported_on <= :on ORDER BY year""",
    "categories": f"""SELECT member_id AS of, from_month AS "from", category FROM member_category
        WHERE member_id {OF_RECORDS} AND voided_at IS NULL AND from_month <= substr(:on, 1, 7)
        ORDER BY from_month""",
}
"""The SQL for each part of a member's record."""


def _whole(
    ledger: sqlite3.Connection, on: date, rows: list[Object], found: Mapping[int, Admitted]
) -> "list[Member]":
    """The members with their posts and their other parts. `found`: their admissions."""
    parts = parts_of(ledger, PARTS, rows, {"on": on.isoformat()})
    return [_member(row, on, found.get(row["id"]), parts[row["id"]]) for row in rows]


def _member(row: Object, on: date, found: Admitted | None, parts: Parts) -> "Member":
    admission = _admission(found, on)
    full_on = row["full_on"] or (admission["full_on"] if admission else None)
    categories = parts["categories"]
    is_probationary = bool(row["probationary"]) and not _is_past(full_on, on.isoformat())
    return cast(
        "Member",
        row
        | {
            "full_on": full_on,
            "category": categories[-1]["category"] if categories else row["category"],
            "categories": categories,
            "probationary": is_probationary,
            "id_number": mask(row["id_number"], 6, 4),
            "phone": mask(row["phone"], 3, 4),
            "leader": bool(parts["leads"]),
            "posts": parts["posts"],
            "reports": parts["reports"],
            "sanctions": parts["sanctions"],
            "away": parts["away"],
            "admission": admission,
        },
    )


def _admission(found: Admitted | None, on: date) -> "MemberAdmission | None":
    """A member's standing under the admission rules on a day.

    Returns None if the ledger has no record of the member's admission.

    `full_on`: the day from which full membership counts. `converted_on`: the day on which full membership was
    approved.
    """
    if found is None:
        return None
    made = found.standing
    known = {
        "refused_on": (made.refused_on, made.refused_on),
        "full_on": (made.full_on, made.converted_on),
        "converted_on": (made.converted_on, made.converted_on),
        "extended_to": (made.extended_to, made.extended_on),
        "cancelled_on": (made.cancelled_on, made.cancelled_on),
    }
    days = {
        name: day.isoformat() if day and decided_on and decided_on <= on else None
        for name, (day, decided_on) in known.items()
    }
    return cast("MemberAdmission | None", {"applicant_id": found.applicant} | days)


def posts_on(member: Mapping[str, Any], on: date) -> list[Post]:
    """The posts that a member holds on a day. The first and the last day of a term belong to it."""
    day = on.isoformat()
    return [
        stored_term(Post, each["post"])
        for each in member["posts"]
        if each["from"] <= day and (each["to"] is None or each["to"] >= day)
    ]


def _is_past(day: str | None, on: str) -> bool:
    return day is not None and day <= on
