"""`partyctl meeting attendance`: how many meetings people attended, and reasons for absence."""

from collections import Counter
from datetime import date
from typing import Annotated, Any

import typer

from partyctl.bilingual import many
from partyctl.calendar import Period, period_of
from partyctl.cli.input.dates import read_period, today
from partyctl.cli.input.options import AsJson, AsOf, listed
from partyctl.cli.meeting.options import read_kind
from partyctl.cli.output.answers import tell
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.contract import overviews as shapes
from partyctl.language import comma_list, say
from partyctl.ledger.reading.attendance import Attendance, Attended, Held, attended
from partyctl.show.tables import Line, print_json, print_table
from partyctl.terms import MeetingKind

Object = dict[str, Any]


@to_file("出席情况", "Attendance")
def attendance(
    period: Annotated[
        Period | None,
        typer.Option(
            "--period",
            parser=read_period,
            metavar="2026|2026-H1|2026-Q1|2026-03",
            help=say("哪一期（默认今年）", "the period (default: this year)"),
        ),
    ] = None,
    kind: Annotated[
        MeetingKind | None,
        typer.Option(parser=read_kind, metavar="KIND", help=listed(MeetingKind)),
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show how many meetings people attended, and why they missed others.

    For each person, only the meetings that record this person as present or absent are counted.
    """
    on = as_of or today()
    asked = period or period_of("year", on)
    with current.reading(on) as reading:
        found = attended(reading.ledger, asked, on, current.branch_number(reading), kind)
    if as_json:
        print_json(_as_object(found, on, asked))
        return
    headings = (
        "#",
        say("姓名", "name"),
        say("应到", "due"),
        say("实到", "present"),
        "%",
        say("缺席", "absent"),
    )
    print_table(headings, [_line(each) for each in found.people])
    _tell_rest(found)


def _as_object(found: Attended, on: date, period: Period) -> shapes.Attendance:
    return {
        "as_of": on.isoformat(),
        "period": period.name,
        "meetings": [_meeting(each) for each in found.meetings],
        "members": [
            {
                "id": each.id,
                "name": each.name,
                "due": each.due,
                "present": each.present,
                "absent": [
                    {
                        "meeting": came.meeting.id,
                        "on": came.meeting.on,
                        "kinds": list(came.meeting.kinds),
                        "reason": came.because,
                    }
                    for came in each.absent
                ],
            }
            for each in found.people
        ],
        "without_names": [each.id for each in found.without_names],
    }


def _meeting(held: Held) -> shapes.AttendedMeeting:
    return {
        "id": held.id,
        "on": held.on,
        "kinds": list(held.kinds),
        "branch": held.branch,
        "cell": held.cell,
        "by_name": held.by_name,
    }


def _line(each: Attendance) -> Line:
    reasons = Counter(came.because or "" for came in each.absent)
    told = comma_list(f"{why} {times}" for why, times in reasons.most_common())
    share = f"{each.present * 100 // each.due}"
    return Line((str(each.id), each.name, str(each.due), str(each.present), share, told))


def _tell_rest(found: Attended) -> None:
    """Print the number of meetings, and how many of them do not record attendance by name."""
    held, nameless = len(found.meetings), len(found.without_names)
    more = say(
        f"，其中 {nameless} 次没有按姓名登记出席",
        f"; {nameless} of them do not record attendance by name",
    )
    tell(say(f"共 {held} 次会议", f"{many(held, 'meeting')}") + (more if nameless else ""))
