"""Read opinions as plain objects, as they were on a given day, without the submitters' names."""

import sqlite3
from datetime import date

from partyctl.calendar import Period
from partyctl.ledger.reading.objects import OF_RECORDS, Object, objects, parts_of, with_parts
from partyctl.ledger.reading.privacy import HIDDEN
from partyctl.light import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from partyctl.contract.openness import Opinion

OPINIONS = """
SELECT opinion.id, opinion.text, opinion.kind AS class, opinion.channel, opinion.received_on,
    opinion.recorded_at, opinion.voided_at, opinion.void_reason
FROM opinion
"""
STEPS = f"""
SELECT opinion_id AS of, step, taken_on, referred_to, until_on, said FROM opinion_step
WHERE opinion_id {OF_RECORDS} AND voided_at IS NULL AND taken_on <= :on ORDER BY taken_on, id
"""


def opinions(
    ledger: sqlite3.Connection,
    on: date,
    *,
    open_only: bool = False,
    kind: str | None = None,
    quarter: Period | None = None,
) -> "list[Opinion]":
    """The opinions received on or before a day.

    `kind` and `quarter`: return only the opinions of this class or quarter. `open_only`: leave out
    the opinions that need no further step (`is_done`).
    """
    found = objects(
        ledger,
        f"""{OPINIONS} WHERE voided_at IS NULL AND received_on <= :on
        AND (:kind IS NULL OR kind = :kind)
        AND (:first IS NULL OR received_on BETWEEN :first AND :last) ORDER BY received_on, id""",
        {
            "on": on.isoformat(),
            "kind": kind,
            "first": quarter and quarter.first.isoformat(),
            "last": quarter and quarter.last.isoformat(),
        },
    )
    rows = _whole(ledger, on, found)
    return [row for row in rows if not (open_only and is_done(row))]


def opinion(ledger: sqlite3.Connection, on: date, number: int) -> "Opinion | None":
    """The opinion that has this number, even if it was voided.

    The result says whether a submitter is known, but not who the submitter is.
    """
    rows = objects(ledger, f"{OPINIONS} WHERE id = ?", (number,))
    if not rows:
        return None
    (is_known,) = ledger.execute(
        "SELECT submitter IS NOT NULL FROM opinion WHERE id = ?", (number,)
    ).fetchone()
    (whole,) = _whole(ledger, on, rows)
    hidden = {"submitter": HIDDEN if is_known else None}
    return cast("Opinion", with_parts(dict(whole), hidden))


def is_done(row: "Opinion") -> bool:
    """Whether an opinion needs no further step.

    An opinion of the class `widespread` must be settled and published. Any other opinion must be
    settled and answered.
    """
    if row["settled_on"] is None:
        return False
    return bool(row["published_on"] if row["class"] == "widespread" else row["told_on"])


def _whole(ledger: sqlite3.Connection, on: date, rows: list[Object]) -> "list[Opinion]":
    """The opinions with their steps until a day."""
    parts = parts_of(ledger, {"steps": STEPS}, rows, {"on": on.isoformat()})
    return [_with_steps(row, parts[row["id"]]["steps"]) for row in rows]


def _with_steps(row: Object, steps: list[Object]) -> "Opinion":
    last = {step["step"]: step for step in steps}

    def day(step: str) -> str | None:
        return last[step]["taken_on"] if step in last else None

    return cast(
        "Opinion",
        with_parts(
            row,
            {
                "referred_to": [step["referred_to"] for step in steps if step["step"] == "refer"],
                "referred_on": next((s["taken_on"] for s in steps if s["step"] == "refer"), None),
                "delayed_until": last["delay"]["until_on"] if "delay" in last else None,
                "settled_on": day("settle"),
                "settlement": last["settle"]["said"] if "settle" in last else None,
                "told_on": day("tell"),
                "published_on": day("publish"),
                "steps": steps,
            },
        ),
    )
