"""The letters of an integrity-risk case as data: their titles and paragraphs in Chinese and in English."""

from typing import NamedTuple

Pair = tuple[str, str]
"""A text in Chinese and in English."""


class Letter(NamedTuple):
    """A letter to one person: the file's name, the title, the body, and the field for its date."""

    name: str
    title: Pair
    paragraphs: tuple[Pair, ...]
    day: str = "{{ 发出日期 }}"


FACTS, DEMAND = ("{{ 事实 }}",) * 2, ("{{ 整改要求 }}",) * 2
FALLS_UNDER = (
    "属于防范内容第{{ 内容编号 }}类（{{ 内容类别 }}）。经{{ 批准人 }}于{{ 批准日期 }}批准，",
    "This falls under number {{ 内容编号 }} of the nine contents ({{ 内容类别 }}). With the "
    "approval of {{ 批准人 }} on {{ 批准日期 }},",
)

LETTERS = (
    Letter(
        "inquiry.docx",
        ("询  问  函", "Letter of inquiry"),
        (
            (
                "根据本局廉政风险防范制度，现就反映你（{{ 单位职务 }}）的以下情况向你询问：",
                "Under the bureau's rules on integrity risks, you ({{ 单位职务 }}) are asked about "
                "what has been reported:",
            ),
            FACTS,
            (
                "以上情况属于防范内容第{{ 内容编号 }}类（{{ 内容类别 }}）。",
                "This falls under number {{ 内容编号 }} of the nine contents ({{ 内容类别 }}).",
            ),
            (
                "请就上述问题逐项说明有关经过和你的认识，自收到本函之日起{{ 期限 }}内"
                "将书面回复交{{ 受理部门 }}。说明应当实事求是，有关材料可以附后。",
                "Within {{ 期限 }} from the day you receive this letter, please explain to "
                "{{ 受理部门 }} in writing, point by point, what happened and how you see it. Keep "
                "to the facts; papers may be attached.",
            ),
        ),
    ),
    Letter(
        "admonition.docx",
        ("警示诫勉通知书", "Notice of admonition"),
        (
            (
                "经查，你（{{ 单位职务 }}）存在以下问题，事实清楚：",
                "It has been found, and the facts are clear, that you ({{ 单位职务 }}):",
            ),
            FACTS,
            (
                f"以上问题{FALLS_UNDER[0]}现对你予以警示诫勉，并提出如下整改要求：",
                f"{FALLS_UNDER[1]} you are admonished and required to do the following:",
            ),
            DEMAND,
            (
                "请自收到本通知书之日起{{ 期限 }}内，将个人整改情况以书面形式报{{ 受理部门 }}。",
                "Within {{ 期限 }} from the day you receive this notice, report to "
                "{{ 受理部门 }} in writing what you have put right.",
            ),
        ),
    ),
    Letter(
        "correction.docx",
        ("责令纠错通知书", "Order to correct"),
        (
            (
                "经查，你（{{ 单位职务 }}）存在以下错误：",
                "It has been found that you ({{ 单位职务 }}) made these mistakes:",
            ),
            FACTS,
            (
                f"以上错误{FALLS_UNDER[0]}责令你立即纠正，具体要求如下：",
                f"{FALLS_UNDER[1]} you are ordered to correct this at once, as follows:",
            ),
            DEMAND,
            (
                "请自收到本通知书之日起{{ 期限 }}内，将书面整改报告交{{ 受理部门 }}。",
                "Hand in a written report within {{ 期限 }} from the day you receive this notice, "
                "to {{ 受理部门 }}.",
            ),
        ),
    ),
    Letter(
        "talk-notice.docx",
        ("谈 话 通 知", "Notice of a talk"),
        (
            (
                "根据本局廉政风险防范制度，经研究，决定与你（{{ 单位职务 }}）进行谈话。",
                "Under the bureau's rules on integrity risks it has been decided to talk with you "
                "({{ 单位职务 }}).",
            ),
            (
                "谈话时间：{{ 谈话日期 }}{{ 谈话时刻 }}",
                "Day and hour: {{ 谈话日期 }} {{ 谈话时刻 }}",
            ),
            ("谈话地点：{{ 谈话地点 }}", "Place: {{ 谈话地点 }}"),
            ("主 谈 人：{{ 主谈人 }}", "Led by: {{ 主谈人 }}"),
            ("参加人员：{{ 参加人 }}", "Taking part: {{ 参加人 }}"),
            (
                "请按时到达，就群众和有关方面反映的问题如实说明。因故不能参加的，"
                "请提前向{{ 受理部门 }}说明。",
                "Please be on time, and speak truly on what has been reported. If you cannot come, "
                "tell {{ 受理部门 }} beforehand.",
            ),
        ),
        day="{{ 通知日期 }}",
    ),
)
