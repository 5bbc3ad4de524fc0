"""Compute members' standing under the admission rules from the steps in the ledger."""

import sqlite3
from collections.abc import Iterable
from datetime import date

from partyctl.light import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from partyctl.law.admission.outcomes import Standing

LINKS = """
SELECT link.member_id, link.applicant_id, link.by_vote, member.joined_on
FROM admission AS link JOIN member ON member.id = link.member_id
JOIN applicant ON applicant.id = link.applicant_id
WHERE member.voided_at IS NULL AND applicant.voided_at IS NULL
"""


class Admitted(NamedTuple):
    """A member's admission. `by_vote`: whether a vote in this ledger made the applicant a member."""

    applicant: int
    by_vote: bool
    standing: "Standing"


def admitted(
    ledger: sqlite3.Connection, where: str = "true", values: Iterable[Any] = ()
) -> dict[int, Admitted]:
    """The admissions of the members that meet an SQL condition, keyed by the member's number."""
    links = ledger.execute(f"{LINKS} AND {where}", tuple(values)).fetchall()
    if not links:
        return {}
    # Imported here, so that a command that writes does not load the law if there is no admission.
    from partyctl.law.admission.outcomes import standing
    from partyctl.ledger.reading.known.typed import read_day, typed_facts

    found = {}
    for member, applicant, by_vote, joined_on in links:
        steps = typed_facts(ledger, "admission_step_fact", "record_id = ?", (applicant,))
        found[member] = Admitted(applicant, bool(by_vote), standing(read_day(joined_on), steps))
    return found


def ended_by(ledger: sqlite3.Connection, day: date) -> set[int]:
    """The numbers of the members who were refused, or whose probation was cancelled.

    A cancellation counts only if it was on or before `day`. A refusal on a later day counts, too.
    """
    return {number for number, found in admitted(ledger).items() if _has_ended(found, day)}


def _has_ended(found: Admitted, day: date) -> bool:
    cancelled_on = found.standing.cancelled_on
    return found.standing.refused_on is not None or (
        cancelled_on is not None and cancelled_on <= day
    )
