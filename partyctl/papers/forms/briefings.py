"""Values for the quarterly briefing on openness and the register of opinions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from partyctl.calendar import Period, period_named
from partyctl.language import comma_list, say
from partyctl.money import print_yuan
from partyctl.papers.forms.days import in_words
from partyctl.terms import (
    AdmissionStep,
    DisclosureForm,
    DisclosureKind,
    DisclosureScope,
    MeetingKind,
    OpinionChannel,
    OpinionClass,
    PlanKind,
    ReferredTo,
    Role,
    Term,
    VisitKind,
    stored_term,
)

Object = dict[str, Any]

NUMERALS = "一二三四五六七八九十"


def quarter_in_words(quarter: Period) -> str:
    """Write a quarter as documents do: 2026年第一季度."""
    year, place = quarter.first.year, (quarter.first.month - 1) // 3
    return say(f"{year}年第{NUMERALS[place]}季度", f"quarter {place + 1} of {year}")


def sections(recorded: Mapping[str, Any]) -> list[Object]:
    """Return the numbered parts of a briefing; parts without records are left out."""
    parts = [(title, list(lines)) for title, lines in _parts(recorded)]
    told = [(title, lines) for title, lines in parts if lines]
    return [
        {"标题": say(f"{NUMERALS[place]}、{title}", f"{place + 1}. {title}"), "内容": lines}
        for place, (title, lines) in enumerate(told)
    ]


def _parts(recorded: Mapping[str, Any]) -> Iterator[tuple[str, Iterable[str]]]:
    held = _counted(say("召开", "Held: "), MeetingKind, recorded["meetings"], "次")
    yield say("组织生活", "Life of the organisation"), held
    yield say("工作计划和任务落实", "Plans and tasks"), _work(recorded)
    steps = _counted(say("", "People by step: "), AdmissionStep, recorded["admission"], "人")
    yield say("发展党员", "Admission"), steps
    yield say("党费收缴", "Dues"), _dues(recorded)
    yield say("联系群众", "Contact with the masses"), _contacts(recorded)
    yield say("问题整改", "Rectification"), _rectified(recorded)
    yield say("公开事项", "What was published"), _published(recorded["published"])
    yield say("意见建议办理", "Opinions and proposals"), _opinions(recorded["opinions"])


def _counted(verb: str, words: type[Term], counts: dict[str, int], unit: str) -> Iterator[str]:
    told = [
        say(f"{word.label}{counts[word]}{unit}", f"{word.label} {counts[word]}")
        for word in words
        if word in counts
    ]
    if told:
        yield f"{verb}{comma_list(told)}{say('。', '.')}"


def _work(recorded: Mapping[str, Any]) -> Iterator[str]:
    plans = [stored_term(PlanKind, kind).label for kind in recorded["plans"]]
    if plans:
        named = comma_list(plans)
        yield say(f"制定{named}。", f"Plans drawn up: {named}.")
    if recorded["targets_due"] or recorded["targets_done"]:
        due, done = recorded["targets_due"], recorded["targets_done"]
        yield say(f"到期任务{due}项，完成任务{done}项。", f"Tasks due: {due}; done: {done}.")
    if recorded["roles"]:
        names = {each["role"]: each["name"] for each in recorded["roles"]}
        named = comma_list(
            say(f"{role.label}{names[role]}", f"{role.label} {names[role]}")
            for role in Role
            if role in names
        )
        yield say(f"明确责任分工：{named}。", f"Responsibilities assigned: {named}.")


def _dues(recorded: Mapping[str, Any]) -> Iterator[str]:
    if recorded["dues"]:
        amount = print_yuan(recorded["dues"])
        yield say(f"收缴党费{amount}元。", f"Dues collected: {amount} yuan.")


def _contacts(recorded: Mapping[str, Any]) -> Iterator[str]:
    if recorded["talks"]:
        yield say(f"开展谈心谈话{recorded['talks']}次。", f"Talks held: {recorded['talks']}.")
    yield from _counted(
        say("联系点工作：", "At contact points: "), VisitKind, recorded["visits"], "次"
    )


def _rectified(recorded: Mapping[str, Any]) -> Iterator[str]:
    if recorded["rectifications_set"] or recorded["rectifications_closed"]:
        new, closed = recorded["rectifications_set"], recorded["rectifications_closed"]
        yield say(
            f"新列整改事项{new}项，整改完成{closed}项。", f"New measures: {new}; closed: {closed}."
        )


def _published(published: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for each in published:
        kind = stored_term(DisclosureKind, each["kind"]).label
        form = stored_term(DisclosureForm, each["form"]).label
        scope = stored_term(DisclosureScope, each["scope"]).label
        day, title = in_words(each["published_on"]), each["title"]
        yield say(
            f"{day}，以{form}形式{scope}公开《{title}》（{kind}）。",
            f"{day}: “{title}” ({kind}) published by {form}, scope {scope}.",
        )


def _opinions(counts: dict[str, int]) -> Iterator[str]:
    if counts["received"]:
        yield say(
            f"收到意见建议{counts['received']}件，办结{counts['settled']}件，"
            f"告知本人{counts['told']}件，公布结果{counts['published']}件，"
            f"延期办理{counts['delayed']}件。",
            f"Received: {counts['received']}; settled: {counts['settled']}; submitter told: "
            f"{counts['told']}; published: {counts['published']}; delayed: {counts['delayed']}.",
        )


def briefing_values(recorded: Mapping[str, Any], organ: str, on: date) -> Object:
    """Return the fields of a quarterly briefing."""
    quarter = period_named(recorded["quarter"])
    return {
        "党组": organ,
        "文号": None,
        "季度": quarter_in_words(quarter),
        "起始日期": in_words(recorded["first"]),
        "截止日期": in_words(recorded["known_on"]),
        "各部分": sections(recorded),
        "发出日期": in_words(on),
    }


def register_values(
    rows: Sequence[Mapping[str, Any]], organ: str, quarter: Period | None, on: date
) -> Object:
    """Return the fields of the register of opinions, without submitters."""
    return {
        "党组": organ,
        "期间": quarter_in_words(quarter)
        if quarter
        else say(f"截至{in_words(on)}", f"as of {in_words(on)}"),
        "填表日期": in_words(on),
        "各意见": [_opinion(number, row) for number, row in enumerate(rows, start=1)],
    }


def _opinion(number: int, row: Mapping[str, Any]) -> Object:
    told, out = row["told_on"], row["published_on"]
    back = filter(
        None,
        (
            told and say("告知本人", "submitter told"),
            out and say("公开栏公布", "published on the board"),
        ),
    )
    return {
        "序号": str(number),
        "收到日期": in_words(row["received_on"]),
        "渠道": stored_term(OpinionChannel, row["channel"]).label if row["channel"] else "",
        "类别": stored_term(OpinionClass, row["class"]).label,
        "内容": row["text"],
        "承办": comma_list(stored_term(ReferredTo, to).label for to in row["referred_to"]),
        "办结日期": in_words(row["settled_on"]) or "",
        "办理结果": row["settlement"] or "",
        "反馈": comma_list(back),
    }
