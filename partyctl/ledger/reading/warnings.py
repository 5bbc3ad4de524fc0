"""Read integrity-risk cases as they were on a given day; personal fields are masked.

The person, the facts and the source of a case have the privacy class P3 (sensitive). To see these
fields, the clerk gives a reason, which the journal records. `shown`: the fields that are not
masked, because the clerk gave a reason.
"""

import sqlite3
from collections.abc import Callable
from datetime import date

from partyctl.language import comma_list
from partyctl.ledger.reading.objects import OF_RECORDS, Object, objects, parts_of, with_parts
from partyctl.ledger.reading.privacy import HIDDEN
from partyctl.light import TYPE_CHECKING, NamedTuple, cast
from partyctl.terms import Post, stored_term

if TYPE_CHECKING:
    from partyctl.contract.openness import WarningCase, WarningRow

Protection = Callable[[str | None, str], str | None]

NAME, FACTS, SOURCE = "name", "facts", "source"
PROTECTED = (NAME, FACTS, SOURCE)
NOTHING: frozenset[str] = frozenset()

CASES = """
SELECT warning.id, coalesce(member.name, staff.name) AS name, warning.member_id, warning.staff_id,
    warning.post, warning.level, warning.category, warning.scope, warning.source, warning.facts,
    warning.issued_on, approver.name AS approved_by, warning.approved_on,
    warning.recorded_at, warning.voided_at, warning.void_reason
FROM warning
LEFT JOIN member ON member.id = warning.member_id
LEFT JOIN staff ON staff.id = warning.staff_id
LEFT JOIN member AS approver ON approver.id = warning.approver_id
"""
POSTS = """
SELECT post FROM appointment WHERE member_id = :member AND voided_at IS NULL
    AND from_on <= :on AND (to_on IS NULL OR to_on >= :on) ORDER BY from_on, id
"""
STANDING = """
SELECT CASE WHEN member.full_on > warning.issued_on OR member.probationary AND member.full_on IS NULL
    THEN 'probationary' ELSE 'member' END
FROM warning JOIN member ON member.id = warning.member_id WHERE warning.id = ?
"""
STEPS = f"""
SELECT warning_id AS of, step, taken_on, note, promise, demand, volume FROM warning_step
WHERE warning_id {OF_RECORDS} AND voided_at IS NULL AND taken_on <= :on ORDER BY taken_on, id
"""
TALKS = """
SELECT id, held_on, CASE WHEN notified_on <= :on THEN notified_on END AS notified_on, place, outline,
    unclear, lead_reason
FROM warning_talk WHERE warning_id = :warning AND voided_at IS NULL AND held_on <= :on
ORDER BY held_on, id
"""
TALKERS = """
SELECT coalesce(member.name, staff.name) FROM warning_talker AS talker
LEFT JOIN member ON member.id = talker.member_id LEFT JOIN staff ON staff.id = talker.staff_id
WHERE talker.talk_id = ? ORDER BY talker.position
"""
MIGHT_BE = f"""
SELECT warning.id AS of, person.name FROM warning JOIN member AS person
    ON person.voided_at IS NULL AND person.on_roll_from <= warning.issued_on
    AND (person.left_on IS NULL OR person.left_on > warning.issued_on)
    AND person.id IS NOT warning.approver_id
    AND person.id NOT IN (SELECT member_id FROM warning_talker
        WHERE warning_id = warning.id AND member_id IS NOT NULL)
WHERE warning.id {OF_RECORDS}
UNION ALL SELECT warning.id, person.name FROM warning JOIN staff AS person
    ON person.voided_at IS NULL AND person.id NOT IN (SELECT staff_id FROM warning_talker
        WHERE warning_id = warning.id AND staff_id IS NOT NULL)
WHERE warning.id {OF_RECORDS}
"""
"""For each case, the names of all people who could be the person in the case. These people are on
the roll or the staff list, and neither approved the case nor held its talks."""

FEWEST = 3
"""A name is masked in such a way that it could be the name of at least this many people."""


class Crowd(NamedTuple):
    """The names of all people who could be the person in the case.

    If a masked name would fit fewer than FEWEST of these people, the whole name is masked.
    """

    names: tuple[str, ...]

    def masked(self, name: str) -> str:
        """Mask a name as 张**, or as ** if too few names begin with 张."""
        alike = sum(each[:1] == name[:1] for each in self.names)
        return f"{name[:1]}**" if alike >= FEWEST else "**"

    def told(self, name: str | None) -> str | None:
        """The name of somebody who took part in the case; hidden if too few people could be meant."""
        return name if name is None or len(self.names) >= FEWEST else HIDDEN


def _crowds(ledger: sqlite3.Connection, cases: list[Object]) -> dict[int, Crowd]:
    """The crowd of each case, keyed by the number of the case."""
    found = parts_of(ledger, {"people": MIGHT_BE}, cases)
    return {
        case: Crowd(tuple(each["name"] for each in parts["people"]))
        for case, parts in found.items()
    }


def warnings(
    ledger: sqlite3.Connection, on: date, shown: frozenset[str] = NOTHING
) -> "list[WarningRow]":
    """The cases whose letters were issued on or before a day: the cases' levels and days.

    The names are masked (unless `shown` contains NAME), and the facts are left out.
    """
    sql = (
        f"{CASES} WHERE warning.voided_at IS NULL AND issued_on <= ? ORDER BY issued_on, warning.id"
    )
    rows = objects(ledger, sql, (on.isoformat(),))
    steps = _steps(ledger, on, rows)
    crowds = {} if NAME in shown else _crowds(ledger, rows)
    return [_summary(row, steps[row["id"]], crowds.get(row["id"])) for row in rows]


def warning(
    ledger: sqlite3.Connection, on: date, number: int, shown: frozenset[str] = NOTHING
) -> "WarningCase | None":
    """The case that has this number (even if it was voided), with its talks and forms."""
    rows = objects(ledger, f"{CASES} WHERE warning.id = ?", (number,))
    return _whole(ledger, on, rows[0], shown) if rows else None


def opened(
    ledger: sqlite3.Connection, on: date, number: int, shown: frozenset[str]
) -> "WarningCase":
    """Return a case with the fields in `shown` unmasked. The case must exist."""
    found = warning(ledger, on, number, shown)
    assert found is not None
    return found


def party_standing(ledger: sqlite3.Connection, number: int) -> str | None:
    """The person's standing when the letter was issued: probationary, member, or None for staff."""
    found = ledger.execute(STANDING, (number,)).fetchone()
    return None if found is None else str(found[0])


def _steps(ledger: sqlite3.Connection, on: date, rows: list[Object]) -> dict[int, list[Object]]:
    """The steps of each case until a day, keyed by the number of the case."""
    found = parts_of(ledger, {"steps": STEPS}, rows, {"on": on.isoformat()})
    return {case: parts["steps"] for case, parts in found.items()}


def _summary(row: Object, steps: list[Object], crowd: Crowd | None) -> "WarningRow":
    """A case in short. `crowd`: the people who could be meant, or None to show the name."""
    fields = ("id", "level", "category", "scope", "issued_on")
    name = row["name"] if crowd is None else crowd.masked(row["name"])
    told = {field: row[field] for field in fields} | {"name": name} | _days(steps)
    return cast("WarningRow", told)


def _whole(
    ledger: sqlite3.Connection, on: date, row: Object, shown: frozenset[str]
) -> "WarningCase":
    steps = _steps(ledger, on, [row])[row["id"]]
    protect = _protection(shown)
    member = row.pop("member_id")
    row.pop("staff_id")
    crowd = _crowds(ledger, [row])[row["id"]]
    told: Callable[[str | None], str | None] = crowd.told
    if NAME in shown:
        told = str
    else:
        row["name"] = crowd.masked(row["name"])
    row["facts"], row["source"] = protect(row["facts"], FACTS), protect(row["source"], SOURCE)
    if row["approved_on"] is not None and row["approved_on"] > on.isoformat():
        row["approved_on"] = row["approved_by"] = None
    row["approved_by"] = row["approved_by"] and told(row["approved_by"])
    # If a title was typed, show it; otherwise show the posts that a member held on the day of the
    # letter.
    held = ledger.execute(POSTS, {"member": member, "on": row["issued_on"]}).fetchall()
    talks = [
        {
            **{field: talk[field] for field in ("held_on", "notified_on", "place", "lead_reason")},
            "by": [told(name) for (name,) in ledger.execute(TALKERS, (talk["id"],))],
            "outline": protect(talk["outline"], FACTS),
            "unclear": bool(talk["unclear"]),
        }
        for talk in objects(ledger, TALKS, {"warning": row["id"], "on": on.isoformat()})
    ]
    forms = [
        {
            "on": line["taken_on"],
            "promise": protect(line["promise"], FACTS),
            "demand": protect(line["demand"], FACTS),
            "note": protect(line["note"], FACTS),
        }
        for line in steps
        if line["step"] == "register"
    ]
    posts = [stored_term(Post, post) for (post,) in held]
    row["post"] = row["post"] or comma_list(post.label for post in posts) or None
    if NAME not in shown:  # hide the posts too, because a post identifies its holder
        row["post"], posts = HIDDEN, []
    parts = _days(steps) | {"posts": posts, "talks": talks, "registers": forms}
    return cast("WarningCase", with_parts(row, parts))


def _protection(shown: frozenset[str]) -> Protection:
    def protect(text: str | None, field: str) -> str | None:
        return text if text is None or field in shown else HIDDEN

    return protect


def _days(steps: list[Object]) -> Object:
    """The day of each step, and where the dossier is kept."""
    last = {line["step"]: line for line in steps}

    def day(step: str) -> str | None:
        return last[step]["taken_on"] if step in last else None

    return {
        "delivered_on": day("deliver"),
        "replied_on": day("reply"),
        "registered_on": day("register"),
        "closed_on": day("close"),
        "archived_on": day("archive"),
        "volume": last["archive"]["volume"] if "archive" in last else None,
    }
