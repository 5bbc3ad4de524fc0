"""Record and correct meetings."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from partyctl.calendar import Period, period_named
from partyctl.errors import BadUsage, Refused
from partyctl.language import comma_list, say
from partyctl.law.sources.clauses import BRANCH
from partyctl.ledger.file.rows import insert_all
from partyctl.ledger.reading import meetings as reader
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.tables.people import Branch, Cell, Member, Staff
from partyctl.ledger.writing.session import driver_of
from partyctl.records.common import finding
from partyctl.records.common.making_up import require_fit, rulebook_of
from partyctl.records.common.words import clean_text
from partyctl.records.meetings import days as meeting_days
from partyctl.records.meetings import proceedings
from partyctl.records.meetings.gathering import Gathering
from partyctl.records.meetings.minutes import keep
from partyctl.terms import IntegrityAct, MeetingKind, Term, stored_term


def add(session: Session, said: Gathering, branch_name: str | None) -> Meeting:
    """Record a meeting that was held. Raises Refused if its values do not fit together."""
    assert said.kinds is not None
    assert said.day is not None
    assert said.chair is not None
    branch = branch_of(session, said, branch_name)
    meeting = new(Meeting, branch_id=branch, held_on=said.day)
    apply(session, meeting, said)
    return meeting


def edit(session: Session, number: int, said: Gathering) -> Meeting:
    """Correct a meeting, or move a planned meeting.

    Values that are not given are left unchanged.
    """
    meeting = finding.record(session, Meeting, number)
    if said.day is not None:
        meeting_days.move(session, meeting, said.day)
    if said.kinds is not None:
        _require_kind_of_steps(session, meeting, said.kinds)
    apply(session, meeting, said)
    meeting_days.require_order(session, meeting)
    return meeting


def branch_of(session: Session, said: Gathering, branch_name: str | None) -> int:
    """The number of a meeting's branch.

    The branch is the first of these that is known: the branch that the clerk named, the branch of
    the cell, the branch of the chair, the only branch of the ledger.
    """
    assert said.day is not None
    if said.chair is not None:
        chair = finding.member_on(session, said.chair, said.day, say("主持人", "the chair"))
    if branch_name is not None:
        return finding.branch(session, branch_name).number
    if said.cell is not None:
        return finding.cell(session, said.cell, None).branch_id
    if said.chair is not None:
        return chair.branch_id
    return finding.branch(session, None).number


def apply(session: Session, meeting: Meeting, said: Gathering) -> None:
    """Set the given values on a meeting, and refuse values that do not fit the meeting's day.

    A new meeting gets its number in this function.
    """
    kinds = kinds_of(session, meeting) if said.kinds is None else sorted(set(said.kinds))
    _set_people(session, meeting, said)
    _set_cell(session, meeting, kinds, said.cell)
    _set_columns(meeting, said)
    session.add(meeting)
    session.flush()
    if said.kinds is not None:
        _set_kinds(session, meeting, said.kinds)
    if said.made_on is not None:
        meeting_days.put_made_on(session, meeting, said.made_on)
    if said.minutes is not None:
        keep(session, meeting, said.minutes)
    _put_agenda(session, meeting, kinds, said)
    proceedings.put(session, meeting, said)
    if meeting.held_on is None:
        _require_nothing_of_the_day(meeting, said)
    else:
        _put_attendance(session, meeting, said)
    _require_people_and_days(session, meeting, kinds)


def _put_agenda(
    session: Session, meeting: Meeting, kinds: Sequence[MeetingKind], said: Gathering
) -> None:
    excludes = said.excluded is not None or any(each.votes for each in said.decisions)
    if not (said.topics or said.topics_instead or said.decisions or excludes):
        return
    # Imported here, because `agenda` loads tables that few meetings need.
    from partyctl.records.meetings import agenda

    if said.topics_instead:
        agenda.replace(session, meeting, said.topics_instead)
    agenda.put(session, meeting, said.topics, said.decisions)
    if excludes:
        agenda.put_excluded(session, meeting, kinds, said.excluded)


def _put_attendance(session: Session, meeting: Meeting, said: Gathering) -> None:
    """Record attendance, and check that the chair, the lecturer and the speakers are not absent."""
    is_said = said.present is not None or said.absent or said.due_present is not None
    if not is_said and not reader.has_attendance(driver_of(session), meeting.number):
        return
    # Imported here, because `attendance` loads tables that few meetings need.
    from partyctl.records.meetings import attendance

    attendance.put(session, meeting, said.present, said.absent, said.due_present)


SET_AS_SAID = (
    "notified_on",
    "opinions_on",
    "opinions_inside",
    "opinions_outside",
    "criticism",
    "integrity",
    "half_hours",
)


def _set_columns(meeting: Meeting, said: Gathering) -> None:
    if said.theme is not None:
        meeting.theme = clean_text(said.theme, say("主题", "the theme"))
    if said.makes_up is not None:
        meeting.makes_up = said.makes_up.name
    for column in SET_AS_SAID:
        if (value := getattr(said, column)) is not None:
            setattr(meeting, column, value)


def _require_nothing_of_the_day(meeting: Meeting, said: Gathering) -> None:
    """Refuse values that a meeting can have only after it was held."""
    of_the_day = {
        "--present": said.present,
        "--absent": said.absent,
        "--due-present": said.due_present,
        "--minutes": said.minutes,
        "--decision": [each for each in said.decisions if each.resolution],
        "--excluded": said.excluded,
        "--criticism": said.criticism,
        "--hours": said.half_hours,
        "--spoke": said.speeches,
    }
    for option, value in of_the_day.items():
        if value:
            raise Refused(
                say(
                    f"会议 #{meeting.number} 还没有开，不能登记 {option}。",
                    f"Meeting #{meeting.number} has not been held yet, so {option} cannot "
                    "be recorded.",
                ),
                f"partyctl meeting hold {meeting.number} --on … {option} …",
            )


def require_sense(session: Session, meeting: Meeting) -> None:
    """Refuse a meeting if its people, days, kinds or steps do not fit together."""
    kinds = kinds_of(session, meeting)
    _require_people_and_days(session, meeting, kinds)
    _require_kind_of_steps(session, meeting, kinds)
    meeting_days.require_order(session, meeting)


def _require_people_and_days(
    session: Session, meeting: Meeting, kinds: Sequence[MeetingKind]
) -> None:
    """Refuse a meeting whose people, days and period contradict each other."""
    for day, what in (
        (meeting.notified_on, say("通知", "notice")),
        (meeting.opinions_on, say("征求意见", "asking for opinions")),
    ):
        if day is not None:
            _require_before(day, meeting.day, what)
    for person, part in (
        (meeting.chair_id, say("主持人", "the chair")),
        (meeting.lecturer_id, say("讲课人", "the lecturer")),
        (meeting.recorder_id, say("记录人", "the recorder")),
    ):
        if person is not None:
            finding.member_on(session, finding.stored(person), meeting.day, part)
    if meeting.makes_up is not None:
        period = period_named(meeting.makes_up)
        require_fit(session, _making_up(session, meeting, kinds, period), period, meeting.day)


def _making_up(
    session: Session, meeting: Meeting, kinds: Sequence[MeetingKind], period: Period
) -> Sequence[Term]:
    """What a meeting makes up for: missed meetings of its own kinds, or integrity education.

    A meeting with a session on integrity makes up for integrity education if this education is due
    in periods as long as `period`, such as quarters.
    """
    # Imported here, because `catalogue` loads all rules, which takes time.
    from partyctl.law.catalogue import cadences

    if meeting.integrity and period.kind in cadences(IntegrityAct.EDUCATION, rulebook_of(session)):
        return [IntegrityAct.EDUCATION]
    return kinds


def _set_kinds(session: Session, meeting: Meeting, kinds: Sequence[MeetingKind]) -> None:
    """Record the kinds of a meeting.

    This function uses plain SQL, because the class of a table takes long to load.
    """
    ledger, recorded = driver_of(session), kinds_of(session, meeting)
    gone = [(meeting.number, kind.value) for kind in recorded if kind not in kinds]
    ledger.executemany("DELETE FROM meeting_kind WHERE meeting_id = ? AND kind = ?", gone)
    new_kinds = [kind for kind in dict.fromkeys(kinds) if kind not in recorded]
    added = [(meeting.number, kind.value) for kind in new_kinds]
    insert_all(ledger, "meeting_kind", ("meeting_id", "kind"), added)


def _require_kind_of_steps(
    session: Session, meeting: Meeting, kinds: Sequence[MeetingKind]
) -> None:
    if MeetingKind.DEMOCRATIC_LIFE not in kinds and meeting_days.has_steps(session, meeting):
        raise Refused(
            say(
                f"会议 #{meeting.number} 已登记民主生活会的步骤，不能改成别的会议[{BRANCH['五']}]。",
                f"Meeting #{meeting.number} has steps of a democratic-life meeting, so it "
                f"cannot become a meeting of another kind [{BRANCH['五']}].",
            ),
            f"partyctl meeting void {meeting.number} --reason …",
        )


def kinds_of(session: Session, meeting: Meeting) -> list[MeetingKind]:
    """The recorded kinds of a meeting. A meeting can have several kinds."""
    recorded = reader.kinds(driver_of(session), meeting.number)
    return [stored_term(MeetingKind, kind) for kind in recorded]


def _set_people(session: Session, meeting: Meeting, said: Gathering) -> None:
    if said.chair is not None:
        part = say("主持人", "the chair")
        meeting.chair_id = finding.member_on(session, said.chair, meeting.day, part).number
    if said.lecturer is not None:
        part = say("讲课人", "the lecturer")
        lecturer = finding.member_or_staff(session, said.lecturer, meeting.day, part)
        meeting.lecturer_id = lecturer.number if isinstance(lecturer, Member) else None
        meeting.lecturer_staff_id = lecturer.number if isinstance(lecturer, Staff) else None


def _set_cell(
    session: Session, meeting: Meeting, kinds: Sequence[MeetingKind], text: str | None
) -> None:
    """Set a meeting's cell: the cell that the clerk named.

    If the clerk named none, and a meeting of a cell has no cell yet, set the branch's only cell.
    """
    if text is not None:
        branch = session.get_one(Branch, meeting.branch_id)
        meeting.cell_id = finding.cell(session, text, branch).number
    elif MeetingKind.CELL in kinds and meeting.cell_id is None:
        query = select(Cell).where(
            Cell.branch_id == meeting.branch_id, col(Cell.voided_at).is_(None)
        )
        cells = session.exec(query).all()
        if len(cells) != 1:
            names = comma_list(cell.name for cell in cells)
            raise BadUsage(
                say(f"缺少：--cell（{names}）", f"Missing: --cell ({names})")
                if cells
                else say("还没有党小组。", "There is no cell yet."),
                "--cell …" if cells else "partyctl cell add …",
            )
        meeting.cell_id = cells[0].number


def _require_before(earlier: date, day: date, what: str) -> None:
    if earlier > day:
        raise Refused(
            say(f"{what} {earlier} 不能晚于开会 {day}。", f"{what} on {earlier} is after {day}."),
            say("核对日期再试", "check the dates, then run the command again"),
        )
