"""The sheets of meetings (会议台账, one row per meeting) and of attendance (签到表, one row per member)."""

import re

from partyctl.bilingual import Told, alike
from partyctl.papers.sheets import kinds
from partyctl.papers.sheets.form import Column, Form, Values
from partyctl.papers.sheets.forms.roster import BRANCH, NAME, NUMBER
from partyctl.papers.sheets.grid import Cell
from partyctl.papers.sheets.unread import Unread
from partyctl.papers.sheets.words import prose_of, read_yes, text_of, tidy, unknown_word
from partyctl.terms import MeetingKind, Noun, told_of

SYNONYMS = {
    **{kind.chinese: kind for kind in MeetingKind},
    **{kind.value: kind for kind in MeetingKind},
    **dict.fromkeys(("支部党员大会", "党支部党员大会", "支部大会"), MeetingKind.MEMBERS),
    **dict.fromkeys(
        ("支部委员会", "支部委员会会议", "支委会会议", "支委会议", "支部委员会议", "党支部委员会"),
        MeetingKind.COMMITTEE,
    ),
    **dict.fromkeys(("党小组会议", "小组会"), MeetingKind.CELL),
    **dict.fromkeys(("上党课", "专题党课"), MeetingKind.LECTURE),
    **dict.fromkeys(("学习", "理论学习", "政治学习"), MeetingKind.STUDY),
    **dict.fromkeys(("专题组织生活会", "年度组织生活会"), MeetingKind.ORG_LIFE),
    **dict.fromkeys(("主题党日活动", "主题党日"), MeetingKind.THEME_DAY),
}
BETWEEN = re.compile(r"[、，,；;/／\n+＋]|暨|和")
CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:：](\d{2})")


def read_kinds(cell: Cell) -> Values:
    """Parse the kinds of a meeting. Raises Unread."""
    text = text_of(cell)
    if text is None:
        return {}
    found = []
    for part in BETWEEN.split(re.sub(r"[ \u3000]", "", text)):
        kind = SYNONYMS.get(part.lower())
        if part and kind is None:
            raise unknown_word(MeetingKind, part, SYNONYMS, told_of(Noun.MEETING))
        if kind is not None:
            found.append(kind)
    return {"kinds": list(dict.fromkeys(found))} if found else {}


_read_day = kinds.day("held_on")


def read_moment(cell: Cell) -> Values:
    """Parse a meeting's day, and a start time typed as text: 14:30, not 下午2:30. Raises Unread."""
    said = _read_day(cell)
    if said and isinstance(cell, str) and (match := CLOCK.search(tidy(cell))):
        hour, minute = int(match[1]), int(match[2])
        if hour < 24 and minute < 60 and not re.search("下午|晚上|pm", tidy(cell).lower()):
            said["from_time"] = f"{hour:02d}:{minute:02d}"
    return said


def read_guests(cell: Cell) -> Values:
    """Parse the names of guests."""
    text = prose_of(cell)
    if text is None:
        return {}
    names = (each.strip() for each in re.split(r"[、，,；;\n]", text))
    return {"guests": "、".join(filter(None, names))}


SAID = re.compile(r"[^：:；;\n]{1,30}[：:]\s*\S")


def read_speeches(cell: Cell) -> Values:
    """Parse speeches such as 李四：要抓落实, one per line or separated by 「；」. Raises Unread."""
    text = prose_of(cell)
    if text is None:
        return {}
    parts = [each.strip() for each in re.split(r"\n|[；;](?=[^：:；;\n]{1,30}[：:])", text)]
    found = [each for each in parts if each]
    for each in found:
        if not SAID.match(each):
            raise Unread(
                "speeches",
                f"发言“{each}”没有写是谁：写 姓名：要点，一人一行",
                f"who said “{each}”? Write each speech on its own line, as NAME: TEXT",
            )
    return {"speeches": found}


MEETING_COLUMNS = (
    Column(
        field="kinds",
        title=Told("会议种类", "kinds"),
        names=(
            "会议类型",
            "会议种类",
            "会议类别",
            "活动类型",
            "活动类别",
            "会议形式",
            "kinds",
            "三会一课类型",
            "组织生活类型",
            "组织生活类别",
        ),
        read=read_kinds,
        choices=tuple(kind.chinese for kind in MeetingKind),
        is_key=True,
        is_needed=True,
    ),
    Column(
        field="held_on",
        title=Told("会议日期", "held on"),
        names=(
            "会议日期",
            "会议时间",
            "实际会议时间",
            "召开时间",
            "召开日期",
            "开会时间",
            "活动时间",
            "活动日期",
            "时间",
            "日期",
            "held-on",
        ),
        read=read_moment,
        is_needed=True,
        is_past=True,
    ),
    Column(
        field="from_time",
        title=Told("开始时间", "from"),
        names=("开始时间", "开始", "from-time"),
        read=kinds.clock("from_time"),
    ),
    Column(
        field="to_time",
        title=Told("结束时间", "to"),
        names=("结束时间", "结束", "散会时间", "to-time"),
        read=kinds.clock("to_time"),
    ),
    Column(
        field="ordinal",
        title=Told("第几次", "ordinal"),
        names=("第几次", "次数", "会议次数", "会次", "ordinal"),
        read=kinds.ordinal("ordinal"),
        width=8,
    ),
    Column(
        field="chair",
        title=Told("主持人", "chair"),
        names=("主持人", "会议主持人", "主持", "召集人", "chair"),
        read=kinds.person("chair"),
        is_needed=True,
    ),
    BRANCH,
    Column(
        field="cell",
        title=told_of(Noun.CELL),
        names=("党小组", "所在党小组", "cell"),
        read=kinds.text("cell"),
    ),
    Column(
        field="place",
        title=Told("会议地点", "place"),
        names=("会议地点", "地点", "活动地点", "place"),
        read=kinds.prose("place"),
    ),
    Column(
        field="due_present",
        title=Told("应到", "due"),
        names=("应到人数", "应到", "应参加人数", "应到会人数", "应出席人数", "due"),
        read=kinds.count("due_present"),
    ),
    Column(
        field="present",
        title=Told("实到", "present"),
        names=("实到人数", "实到", "实参加人数", "实际参加人数", "出席人数", "到会人数", "present"),
        read=kinds.count("present"),
    ),
    Column(
        field="absent_count",
        title=Told("请假", "absent"),
        names=("请假人数", "缺席人数", "请假", "缺席", "未到人数", "absent"),
        read=kinds.count("absent_count"),
    ),
    Column(
        field="lecturer",
        title=Told("讲课人", "lecturer"),
        names=("讲课人", "主讲人", "授课人", "lecturer"),
        read=kinds.person("lecturer"),
    ),
    Column(
        field="recorder",
        title=Told("记录人", "recorder"),
        names=("记录人", "会议记录人", "recorder"),
        read=kinds.person("recorder"),
    ),
    Column(
        field="guests",
        title=Told("列席人员", "guests"),
        names=("列席人员", "列席", "列席人", "guests"),
        read=read_guests,
        width=16,
    ),
    Column(
        field="speeches",
        title=Told("发言要点", "speeches"),
        names=("发言要点", "发言", "讨论发言", "发言情况", "speeches"),
        read=read_speeches,
        width=30,
    ),
    Column(
        field="notified_on",
        title=Told("通知日期", "notified"),
        names=("通知日期", "通知时间", "议题通知日期", "notified"),
        read=kinds.day("notified_on"),
        is_past=True,
    ),
    Column(
        field="topic",
        title=Told("会议议题", "topic"),
        names=("会议议题", "议题", "主要议题", "会议内容", "活动内容", "会议主要内容", "topic"),
        read=kinds.prose("topic"),
        width=24,
    ),
    Column(
        field="resolution",
        title=Told("会议决议", "resolution"),
        names=("会议决议", "决议", "决议事项", "会议决定", "决定事项", "形成决议", "resolution"),
        read=kinds.prose("resolution"),
        width=24,
    ),
)
MEETINGS = Form(noun="meeting", version=1, columns=MEETING_COLUMNS)
"""One row per meeting that was held."""

CAME = Told("出席", "present")


def read_attendance(cell: Cell) -> Values:
    """Parse whether a member attended.

    The cell contains yes or no (√, 到) or a usual reason for absence, such as 病假. Raises Unread.
    """
    text = text_of(cell)
    if text is None:
        return {}
    word = text.replace(" ", "")
    if word in ("到", "出席", "已到", "参加", "到会"):
        return {"came": True}
    if word in ("未到", "缺席", "请假", "没到", "病假", "事假", "公差", "出差"):
        return {"came": False} | ({} if word in ("未到", "缺席", "没到") else {"because": word})
    try:
        said = read_yes(cell)
    except Unread:
        raise Unread(
            "came",
            f"“{text}”是到了还是没到？写 √ 或 ×，没到的写原因",
            f"did “{text}” come? Write √ or ×",
            choices=("√", "×"),
        ) from None
    return {} if said is None else {"came": said}


ATTENDANCE = Form(
    noun="meeting",
    version=1,
    columns=(
        NUMBER,
        NAME,
        Column(
            field="came",
            title=CAME,
            names=(
                "出席",
                "出席情况",
                "是否出席",
                "到会",
                "到会情况",
                "签到",
                "是否到会",
                "参会情况",
            ),
            read=read_attendance,
            choices=("√", "×"),
            yes_no=(alike("√"), alike("×")),
        ),
        Column(
            field="because",
            title=Told("缺席原因", "absent because"),
            names=("缺席原因", "请假原因", "未到原因", "because"),
            read=kinds.text("because"),
            width=20,
        ),
    ),
    of_what=lambda what: {"meeting": int(what)},
)
"""One row per member who should attend the meeting."""
