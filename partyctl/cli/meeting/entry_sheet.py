"""The attendance sheet of a meeting: everybody who should attend, with the attendance recorded so far."""

from datetime import date
from sqlite3 import Connection

from partyctl.cli.sheets.filling import EntrySheet
from partyctl.language import say
from partyctl.ledger.reading import lists, meetings
from partyctl.ledger.reading.attendance import members_due
from partyctl.ledger.reading.belonging import require_own
from partyctl.ledger.reading.nouns import no_such, voided
from partyctl.papers.sheets.forms.meetings import ATTENDANCE
from partyctl.show.wording import label
from partyctl.terms import Noun

FIELDS = ("number", "name", "came", "because")


def fill(ledger: Connection, what: str, on: date, branch: int | None) -> EntrySheet:
    """Fill the sheet with the members who should attend, and those whose attendance is recorded.

    Members who were not on the roll on the day of the meeting are left out. Raises NoSuchRecord.
    """
    number = int(what)
    require_own(ledger, Noun.MEETING, number, branch)
    meeting = meetings.meeting(ledger, number)
    if meeting is None:
        raise no_such(Noun.MEETING, number)
    if meeting["voided_at"]:
        raise voided(Noun.MEETING, number, meeting["void_reason"])
    held = meeting["held_on"] or meeting["planned_on"]
    assert held is not None  # the meeting table's CHECK requires held_on or planned_on
    day, recorded = date.fromisoformat(held), attendance_of(ledger, number)
    listed = {*recorded, *members_due(ledger, number, day)}
    rows = []
    for row in lists.members(ledger, day):
        if row["id"] in listed:
            came, because = recorded.get(row["id"], (None, None))
            said = {"number": row["id"], "name": row["name"], "came": came, "because": because}
            rows.append(said)
    kinds = "、".join(label("kinds", kind) for kind in meeting["kinds"])
    note = say(
        "出席的写 √，没到的写 × 和原因。", "√ for people who came; otherwise × and the reason."
    )
    title = say(f"{held} {kinds}签到表", f"attendance {held} {kinds}")
    return EntrySheet(ATTENDANCE, what, title, FIELDS, rows, (note,))


def attendance_of(ledger: Connection, meeting: int) -> dict[int, tuple[bool, str | None]]:
    """Return each member's recorded attendance at a meeting, keyed by the member's number.

    The attendance is a pair: whether the member was present, and the reason for an absence.
    """
    rows = ledger.execute(
        "SELECT member_id, absent_because FROM attendance WHERE meeting_id = ?", (meeting,)
    )
    return {number: (because is None, because) for number, because in rows}
