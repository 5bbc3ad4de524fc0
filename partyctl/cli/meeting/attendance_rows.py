"""Judge the rows of an attendance sheet: who was present, who was absent, and why."""

from typing import TYPE_CHECKING

from partyctl.bilingual import Told
from partyctl.cli.meeting.entry_sheet import attendance_of, fill
from partyctl.cli.member.sheet_matching import Unmatched, match
from partyctl.cli.sheets import judging
from partyctl.cli.sheets.printing import printed
from partyctl.errors import PartyctlError
from partyctl.papers.sheets.forms.meetings import ATTENDANCE
from partyctl.papers.sheets.lines import Entry, Problem, Reading

if TYPE_CHECKING:
    from sqlmodel import Session

UNSAID = "未说明"


def judge(session: "Session", reading: Reading, wanted: judging.Wanted) -> judging.Judgement:
    """Judge every row: whether its attendance is new, unchanged, or differs from the record.

    If the meeting is not known, judge no row.
    """
    from partyctl.ledger.writing.session import driver_of
    from partyctl.records.members.people import people

    known = people(session, wanted.today)
    judgement = judging.Judgement()
    for entry in reading.entries:
        meeting = entry.values.get("meeting")
        if meeting is None:
            judgement.problems.append(_no_meeting(entry))
            break
        try:
            member = match(entry, known, wanted)
        except Unmatched as unmatched:
            judgement.problems.append(unmatched.problem)
            continue
        if member is None:
            judgement.problems.append(judging.nobody(entry))
        elif second := judgement.twice(entry, member.number):
            judgement.problems.append(second)
        else:
            recorded = attendance_of(driver_of(session), meeting).get(member.number)
            judgement.lines.append(_judged(entry, member.number, member.name, recorded))
    return judgement


def _no_meeting(entry: Entry) -> Problem:
    return judging.unclear(
        entry,
        "",
        "",
        Told(
            "没有说是哪次会议；先 partyctl meeting list 看编号，再用 --meeting 编号",
            "which meeting? See partyctl meeting list, then --meeting ID",
        ),
        kind="no-meeting",
    )


def _judged(
    entry: Entry, number: int, name: str, recorded: "tuple[bool, str | None] | None"
) -> judging.Judged:
    values = entry.values
    came = values.get("came", False if "because" in values else None)
    stored = {"number": number, "name": name, "meeting": values["meeting"]}
    if came is None:
        return judging.Judged(entry, judging.State.NOTHING, number, stored)
    because = None if came else values.get("because", UNSAID)
    stored |= {"came": came} | ({"because": because} if because else {})
    said = (came, because)
    if recorded is None:
        return judging.Judged(entry, judging.State.NEW, number, stored)
    if recorded == said or (came is False and "because" not in values and not recorded[0]):
        return judging.Judged(entry, judging.State.SAME, number, stored)
    column = ATTENDANCE.column("came")
    texts = [printed(column, was) + (f" {why}" if why else "") for was, why in (recorded, said)]
    differs = judging.Difference(column.name, texts[0], texts[1])
    return judging.Judged(entry, judging.State.DIFFERENT, number, stored, [differs])


def write(
    session: "Session", judgement: judging.Judgement, wanted: judging.Wanted
) -> list[Problem]:
    """Store the sheet's new attendance as one change to the meeting.

    With --update, attendance that differs is stored, too. If the change is refused, return the
    problem.

    The attendance of people who are not in the sheet does not change.
    """
    from partyctl.ledger.writing.session import driver_of
    from partyctl.records.common import finding
    from partyctl.records.meetings import meetings
    from partyctl.records.meetings.gathering import Absence, Gathering

    due = [
        line
        for line in judgement.lines
        if line.state is judging.State.NEW or (wanted.update and line.is_written)
    ]
    if not due:
        return []
    number = due[0].stored["meeting"]
    recorded = attendance_of(driver_of(session), number)
    said = {line.stored["number"]: line.stored for line in due}
    here = [each for each, (came, _) in recorded.items() if came and each not in said]
    here += [each for each, stored in said.items() if stored["came"]]
    absent = [
        Absence(finding.stored(each), stored["because"])
        for each, stored in said.items()
        if not stored["came"]
    ]
    present = [finding.stored(each) for each in here] or None
    try:
        meetings.edit(session, number, Gathering(present=present, absent=absent))
    except PartyctlError as error:
        return [judging.refused(due[0].entry, error)]
    return []


ATTENDANCE_IMPORT = judging.Import(
    ATTENDANCE, "attendance", Told("人", "member"), judge, fill, write
)
