"""Values for the letters of an integrity-risk case.

The fields have the same names as in the templates. None marks a value that is not in the ledger and
must be filled in by hand.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from partyctl.bilingual import many
from partyctl.language import comma_list, say, worded
from partyctl.law.chapters.warnings import ADMONITION_REPORT, CORRECTION_REPORT, INQUIRY_REPLY
from partyctl.law.engine.deadlines import Within
from partyctl.papers.forms.days import in_words
from partyctl.papers.labels import headed
from partyctl.terms import WARNING_CATEGORIES, WarningLevel, stored_term

Object = dict[str, Any]


REPLY = {
    WarningLevel.INQUIRY: INQUIRY_REPLY,
    WarningLevel.ADMONITION: ADMONITION_REPORT,
    WarningLevel.CORRECTION: CORRECTION_REPORT,
}
"""For each kind of letter, the rule that sets the time for a reply."""


def _standing(standing: str | None) -> str | None:
    """Return a person's standing in the Party in the words of forms, such as 中共党员.

    Return None if the standing is unknown.
    """
    return {
        "member": say("中共党员", "member of the CPC"),
        "probationary": say("中共预备党员", "probationary member of the CPC"),
    }.get(standing or "")


def term_in_words(duty: Within) -> str:
    """Write the time for a reply in the form that letters use, such as 10个工作日."""
    if duty.months:
        return say(f"{duty.months}个月", many(duty.months, "month"))
    if duty.working:
        return say(f"{duty.days}个工作日", many(duty.days, "working day"))
    return say(f"{duty.days}日", many(duty.days, "day"))


def case_values(
    case: Mapping[str, Any], *, organ: str, term: str, due: date | None, standing: str | None
) -> Object:
    """Return the fields of a case's letters.

    `term`: the time allowed for a reply. `due`: the last day for the reply, or None until the
    letter is delivered. `standing`: `member` or `probationary`, or None.
    """
    talk = case["talks"][-1] if case["talks"] else {}
    form = case["registers"][-1] if case["registers"] else {}
    level = stored_term(WarningLevel, case["level"])
    is_inquiry = level is WarningLevel.INQUIRY
    led_by, *others = talk.get("by") or [None]
    return {
        "党组": organ,
        "文号": None,
        "编号": str(case["id"]),
        "对象": case["name"],
        "单位职务": case["post"],
        "政治面貌": _standing(standing),
        "防范方式": level.label,
        "防范范围": case["scope"],
        "内容编号": str(case["category"]),
        "内容类别": worded(WARNING_CATEGORIES[case["category"]]),
        "来源": case["source"],
        "事实": case["facts"],
        "发出日期": in_words(case["issued_on"]),
        "通知日期": in_words(talk.get("notified_on")),
        "送达日期": in_words(case["delivered_on"]),
        "期限": term,
        "期限日期": in_words(due),
        "回复日期": in_words(case["replied_on"]),
        "受理部门": say("局办公室", "the bureau's office"),
        "批准人": case["approved_by"],
        "批准日期": in_words(case["approved_on"]),
        "谈话日期": in_words(talk.get("held_on")),
        "谈话时刻": None,
        "谈话地点": talk.get("place"),
        "主谈人": led_by,
        "参加人": comma_list(others) or None,
        "记录人": None,
        "核实问题": talk.get("outline"),
        "本人说明": None,
        "整改要求": form.get("demand"),
        "本人承诺": form.get("promise"),
        "承诺或要求": headed("本人承诺" if is_inquiry else "整改要求"),
        "承诺或要求内容": form.get("promise" if is_inquiry else "demand"),
        "复谈": in_words(case["talks"][-1]["held_on"]) if len(case["talks"]) > 1 else None,
        "登记日期": in_words(form.get("on")),
        "卷号": case["volume"],
    }
