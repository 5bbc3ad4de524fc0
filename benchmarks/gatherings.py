"""A branch's meetings, month by month, and its yearly study plan."""

from datetime import date

from roster import MONTHS, Branch, Member
from rows import Rows, at

from partyctl.calendar import days_before, period_named
from partyctl.terms import MeetingKind, PlanKind

MISSED = 0.01
"""The share of meetings that are not held; a lecture outside a members' meeting is always held.

Of the monthly meetings that were missed, one in five is held in the next month.
"""

AMISS = 0.005
"""The share of meetings with a wrong chair.

Late notice, missing minutes and missing resolutions each have the same share.
"""

PRESENT = 0.95
TOPICS = ("学习贯彻上级会议精神", "讨论本季度工作安排", "通报党费收缴情况", "研究支部品牌创建工作")
MINUTES = (
    "会议由主持人宣布开始，清点人数，符合要求。与会同志围绕议题逐项学习讨论，结合岗位实际谈了体会。"
    "会议要求全体党员认真落实各项部署，把学习成果转化为工作成效。会议形成一致意见，由专人负责记录。"
)
HALF_YEARS_END, QUARTERS_END = ("06", "12"), ("03", "06", "09", "12")
MONTHLY = (MeetingKind.MEMBERS, MeetingKind.COMMITTEE, MeetingKind.STUDY, MeetingKind.CELL)


def plan(rows: Rows, branch: Branch, month: str) -> None:
    """Add the year's study plan in January; a branch forgets it in one year of fifty."""
    if month.endswith("-01") and branch.random.random() > 0.02:
        day = f"{month}-{branch.random.randrange(4, 30):02d}"
        rows.add("plan", at(day), branch.id, PlanKind.STUDY, int(month[:4]), day)


def hold(rows: Rows, branch: Branch, month: str) -> None:
    """Add the meetings of a month."""
    lecture = _lecturer(branch, month)
    joint = lecture is not None and branch.id % 2 == 0
    for kind in MONTHLY:
        together = lecture if joint and kind is MeetingKind.MEMBERS else None
        if branch.random.random() >= MISSED:
            _meet(rows, branch, month, kind, together)
        elif branch.random.random() < 0.2 and month < "2026-06":
            later = period_named(month).shifted(1).name
            _meet(rows, branch, later, kind, None, makes_up=month)
    if month[5:] in HALF_YEARS_END and branch.random.random() >= MISSED:
        _meet(rows, branch, month, MeetingKind.ORG_LIFE, None)
    if lecture and not joint:
        _meet(rows, branch, month, MeetingKind.LECTURE, lecture)


def _lecturer(branch: Branch, month: str) -> Member | None:
    """The lecturer of a month, or None if there is no lecture.

    The three leaders and an ordinary member take turns, one per quarter. The records begin in July.
    In the first calendar year, each of the two quarters has a second lecture, so that all four
    lecturers have a turn.
    """
    year, number = int(month[:4]), int(month[5:])
    if number % 3 == 0:
        return branch.members[(0, 1, 2, 10)[number // 3 - 1] % len(branch.members)]
    if f"{year}" == MONTHS[0][:4] and number % 3 == 2:
        return branch.members[(0, 1)[number // 3 - 2]]
    return None


def _meet(
    rows: Rows,
    branch: Branch,
    month: str,
    kind: MeetingKind,
    lecturer: Member | None,
    makes_up: str | None = None,
) -> None:
    dice = branch.random.random
    day = f"{month}-{branch.random.randrange(4, 28):02d}"
    number = rows.next_number("meeting")
    committee = branch.committee(day)
    chair = branch.members[20 % len(branch.members)] if dice() < AMISS else committee[0]
    if kind is MeetingKind.COMMITTEE and dice() < 0.1:
        chair = committee[2]
    notified = day if dice() < AMISS else days_before(date.fromisoformat(day), 3).isoformat()
    invited = committee if kind is MeetingKind.COMMITTEE else branch.members
    due = [member.id for member in invited if member.attends(day)]
    present = [member for member in due if dice() < PRESENT]
    rows.add(
        "meeting",
        number,
        at(day),
        branch.id,
        branch.id if kind is MeetingKind.CELL else None,
        day,
        chair.id,
        lecturer.id if lecturer else None,
        notified,
        len(present),
        len(due),
        *(_opinions(notified) if kind is MeetingKind.ORG_LIFE else (None, None, None)),
        kind is MeetingKind.ORG_LIFE,
        kind is MeetingKind.STUDY and month[5:] in QUARTERS_END,
        makes_up,
        None if dice() < AMISS else MINUTES,
    )
    rows.add("meeting_kind", number, kind)
    if lecturer and kind is MeetingKind.MEMBERS:
        rows.add("meeting_kind", number, MeetingKind.LECTURE)
    topic = TOPICS[number % len(TOPICS)]
    rows.add("agenda_item", number, 1, topic, 1, None if dice() < AMISS else f"同意：{topic}")
    rows.waiting["attendance"].extend((number, member, None) for member in present)
    absent = set(due).difference(present)
    rows.waiting["attendance"].extend(
        (number, member, "因公出差") for member in sorted(absent) if member % 2
    )


def _opinions(asked_on: str) -> tuple[int, int, str]:
    """Opinions from inside and outside the Party, and the day on which the branch asked for opinions."""
    return 4, 3, asked_on
