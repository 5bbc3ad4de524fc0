"""Compare the bureau's rules with the national rules."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from partyctl.bilingual import Told
from partyctl.calendar import MONTHS_IN
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.changes.rulebook import Rulebook, duty_in_words, settable
from partyctl.law.engine.every import Every
from partyctl.law.engine.rule import Rule
from partyctl.law.sources import texts
from partyctl.law.sources.texts import Text
from partyctl.light import NamedTuple
from partyctl.terms import Term


class Verdict(Term):
    """对照结论: how the bureau's rule compares with the national one."""

    STRICTER = "stricter", "本局更严", "bureau stricter"
    LOOSER = "looser", "本局更宽", "bureau looser"
    SAME = "same", "一致"
    SILENT = "silent", "本局未规定", "bureau silent"
    DIFFERENT = "different", "口径不同", "another measure"


class Topic(NamedTuple):
    """A topic of the comparison: the bureau's rule if there is one, and the national requirement.

    `numbers`: the national numbers, under the names that the bureau's rule uses, so that both sets
    of numbers can be compared.
    """

    name: Told
    rule: str | None
    text: Text
    asks: Told
    numbers: Mapping[str, Any] | None = None
    verdict: Verdict = Verdict.SILENT
    national: str | None = None


MONTHLY, QUARTERLY = Told("一般每月 1 次", "monthly"), Told("一般每季度 1 次", "quarterly")
YEARLY = Told("每年至少 1 次", "yearly")
BRANCH_WORK, EDUCATION, ADMISSION = texts.BRANCH_WORK, texts.EDUCATION, texts.ADMISSION_2026
TOPICS = (
    Topic(
        Told("党员大会", "Members' meeting"),
        "members-meeting",
        BRANCH_WORK,
        QUARTERLY,
        {"every": "quarter"},
    ),
    Topic(
        Told("支委会", "Committee meeting"),
        "committee-meeting",
        BRANCH_WORK,
        MONTHLY,
        {"every": "month"},
    ),
    # The bureau's regulation gives no number for cell meetings, so no numbers are compared.
    Topic(Told("党小组会", "Cell meeting"), "cell-meeting", BRANCH_WORK, MONTHLY),
    Topic(
        Told("党课", "Party lecture"),
        "party-lecture",
        BRANCH_WORK,
        Told("定期，没有次数", "from time to time"),
        verdict=Verdict.STRICTER,
    ),
    Topic(
        Told("组织生活会", "Organisation life"), "org-life", BRANCH_WORK, YEARLY, {"every": "year"}
    ),
    Topic(
        Told("民主评议党员", "Yearly review"),
        "annual-review",
        BRANCH_WORK,
        YEARLY,
        {"every": "year"},
    ),
    *(
        Topic(name, rule, BRANCH_WORK, YEARLY, {"every": "year"})
        for name, rule in (
            (Told("班子成员之间谈心谈话", "Talks on the committee"), "talk-committee"),
            (Told("班子成员与党员谈心谈话", "Talks with members"), "talk-committee-member"),
            (Told("党员之间谈心谈话", "Talks among members"), "talk-members"),
        )
    ),
    Topic(
        Told("集中学习", "Study"),
        "study-session",
        EDUCATION,
        Told("每年 32 学时，支委 56 学时", "32 hours a year, 56 on the committee"),
        verdict=Verdict.DIFFERENT,
        national="study-hours",
    ),
    Topic(Told("主题党日", "Theme day"), None, BRANCH_WORK, MONTHLY, national="theme-day"),
    Topic(
        Told("党员大会表决到会人数", "Quorum"),
        None,
        BRANCH_WORK,
        Told("有表决权党员半数以上", "half of the eligible voters"),
        national="quorum-ordinary",
    ),
    Topic(
        Told("选举到会人数", "Quorum of an election"),
        None,
        texts.ELECTIONS,
        Told("有选举权党员五分之四以上", "four fifths of the eligible voters"),
        national="quorum-election",
    ),
    Topic(
        Told("评议优秀比例", "Share of the excellent"),
        None,
        EDUCATION,
        Told("一般不超过三分之一", "a third at most"),
        national="review-excellent-share",
    ),
    Topic(
        Told("支部任期", "Term of a branch"),
        None,
        BRANCH_WORK,
        Told("一般三年", "three years"),
        national="branch-term",
    ),
    Topic(
        Told("支部人数和支委会", "Size of a branch"),
        None,
        BRANCH_WORK,
        Told("3 人成立支部，7 人设支委会", "three members; seven or more need a committee"),
        national="branch-size",
    ),
    Topic(
        Told("补交党费", "Dues paid late"),
        "dues-late-limit",
        texts.DUES,
        Told("一般不超过 6 个月", "six months at most"),
        {"months": 6},
    ),
    Topic(
        Told("公布党费收缴情况", "Dues made known"),
        None,
        texts.DUES,
        Told("每年 1 次", "yearly"),
        national="dues-publication",
    ),
    Topic(
        Told("培养联系人", "Mentors"),
        "activist-mentors",
        ADMISSION,
        Told("1 至 2 名正式党员", "one or two full members"),
        verdict=Verdict.STRICTER,
    ),
    Topic(
        Told("积极分子书面汇报", "Thought reports"),
        "thought-report",
        ADMISSION,
        Told("没有次数", "no number"),
        verdict=Verdict.STRICTER,
    ),
    Topic(
        Told("积极分子考察", "Examination of activists"),
        "activist-exam",
        ADMISSION,
        Told("每半年", "every half-year"),
        {"every": "half-year"},
    ),
    Topic(
        Told("入党申请人谈话", "Talk with an applicant"),
        None,
        ADMISSION,
        Told("收到申请书一个月内", "within a month"),
        national="applicant-talk",
    ),
    Topic(
        Told("发展对象公示", "Publicity of a target"),
        None,
        ADMISSION,
        Told("不少于 5 个工作日（2026-05-11 起）", "five working days, since 2026-05-11"),
        national="target-publicity",
    ),
    Topic(
        Told("短期集中培训", "Training"),
        "training",
        ADMISSION,
        Told("不少于 3 天或 24 学时", "three days or 24 hours"),
        verdict=Verdict.LOOSER,
        national="training-hours",
    ),
    Topic(
        Told("预审后召开支部大会", "The vote after the preliminary review"),
        None,
        ADMISSION,
        Told("一个月内（2026-05-11 起）", "within a month, since 2026-05-11"),
        national="vote-after-preexam",
    ),
    Topic(
        Told("上级审批", "Approval"),
        None,
        ADMISSION,
        Told("三个月内", "within three months"),
        national="approval-in-three-months",
    ),
    Topic(
        Told("上级审批（特殊情况）", "Approval in special cases"),
        None,
        ADMISSION,
        Told("至迟六个月", "six months at most"),
        national="approval-in-six-months",
    ),
    Topic(
        Told("转正审批", "Approval of a conversion"),
        None,
        ADMISSION,
        Told("三个月内", "within three months"),
        national="conversion-approval-in-three-months",
    ),
    Topic(
        Told("申请入党年龄", "Age of an applicant"),
        None,
        ADMISSION,
        Told("年满十八岁", "eighteen"),
        national="activist-age",
    ),
    Topic(
        Told("接收预备党员大会到会人数", "Quorum of an admission"),
        None,
        ADMISSION,
        Told("有表决权党员超过半数", "more than half of the eligible voters"),
        national="quorum-admission",
    ),
    Topic(
        Told("入党宣誓", "The oath"),
        "oath",
        ADMISSION,
        Told("批复后一般一个月内（2026-05-11 起）", "within a month, since 2026-05-11"),
        verdict=Verdict.LOOSER,
        national="oath-in-a-month",
    ),
)


class Compared(NamedTuple):
    """A topic on a day: the bureau's rule, and the identifier of partyctl's national rule.

    `bureau`: the rule's duty in words, or None if the rule is not in force. `rule` and `national`
    are None if there is no such rule.
    """

    topic: Topic
    rule: Rule | None
    bureau: Told | None
    verdict: Verdict
    national: str | None


def compared(rulebook: Rulebook, on: date) -> list[Compared]:
    """Compare every topic, using the bureau's rules that are in force on a day."""
    return [_compared(topic, rulebook, on) for topic in TOPICS]


def _compared(topic: Topic, rulebook: Rulebook, on: date) -> Compared:
    known = {rule.id: rule for rule in CATALOGUE}
    national = topic.national if topic.national in known else None
    rule = known.get(topic.rule or "")
    version = rulebook.on(rule, on) if rule else None
    if version is None:
        return Compared(topic, rule, None, Verdict.SILENT, national)
    verdict = _verdict(_numbers(version), topic.numbers) if topic.numbers else topic.verdict
    return Compared(topic, rule, duty_in_words(version), verdict, national)


def _numbers(rule: Rule) -> Mapping[str, Any]:
    """The numbers of a rule, including those that a clerk cannot change."""
    if isinstance(rule.duty, Every):
        return {"every": rule.duty.period, "count": rule.duty.count}
    return settable(rule)


def _verdict(bureau: Mapping[str, Any], national: Mapping[str, Any]) -> Verdict:
    """Compare two sets of numbers: a higher frequency or fewer months make a rule stricter."""
    ours, theirs = _looseness(bureau), _looseness(national)
    return Verdict.SAME if ours == theirs else Verdict.STRICTER if ours < theirs else Verdict.LOOSER


def _looseness(numbers: Mapping[str, Any]) -> tuple[int, ...]:
    """Convert a rule's numbers to a tuple for comparison.

    A larger tuple means a less strict rule.
    """
    if "every" in numbers:
        return MONTHS_IN[numbers["every"]], -int(numbers.get("count", 1))
    return (int(numbers["months"]),)
