"""Format nested parts of a record, each as one line."""

from collections.abc import Callable, Mapping
from typing import Any

from partyctl.language import bracketed, say, with_colon
from partyctl.money import print_yuan
from partyctl.show.wording import label
from partyctl.terms import Grade

Object = dict[str, Any]


def _decision(item: Mapping[str, Any]) -> str:
    resolution = item["resolution"] or say("（尚无决议）", "(no resolution yet)")
    votes = item["votes"]
    tally = bracketed("/".join(str(number) for number in votes.values())) if votes else ""
    return with_colon(item["topic"], f"{resolution}{tally}")


def _outcome(line: Mapping[str, Any]) -> str:
    voted = say(f"（会议 #{line['meeting_id']}）", f" (meeting #{line['meeting_id']})")
    act = with_colon(f"{line['on']} {label('outcome', line['outcome'])}", line["said"])
    return f"{line['member']} {act}{voted if line['meeting_id'] else ''}"


def _visit(visit: Mapping[str, Any]) -> str:
    kind = f"#{visit['id']} {visit['visited_on']} {label('visits', visit['kind'])}"
    note = with_colon("", visit["note"]) if visit["note"] else ""
    return f"{kind}{note}{_made_up(visit)}"


def _publication(publication: Mapping[str, Any]) -> str:
    how = f"{publication['published_on']} {label('form', publication['form'])}"
    return f"{how}{_made_up(publication)}"


def _opinion_step(line: Mapping[str, Any]) -> str:
    to = bracketed(label("referred_to", line["referred_to"])) if line["referred_to"] else ""
    until = say(f"至 {line['until_on']}", f" until {line['until_on']}") if line["until_on"] else ""
    said = with_colon("", line["said"]) if line["said"] else ""
    return f"{line['taken_on']} {label('opinion_step.step', line['step'])}{to}{until}{said}"


def _made_up(line: Mapping[str, Any]) -> str:
    period = line["makes_up"]
    return say(f"（补 {period}）", f" (makes up for {period})") if period else ""


def _target(item: Mapping[str, Any]) -> str:
    owner = f"#{item['id']} {item['owner']} {item['set_on']}–{item['due_on']}"
    done = say(f"（{item['done_on']} 完成）", f" (done {item['done_on']})")
    return f"{owner} {item['target']}{done if item['done_on'] else ''}"


def _admission(standing: Mapping[str, Any]) -> str:
    """Describe how a person became a member, or how the admission ended."""
    steps = {
        "refused_on": say("上级未批准", "refused"),
        "extended_to": say("预备期延长至", "probation extended to"),
        "converted_on": say("转正获批", "converted"),
        "cancelled_on": say("取消预备党员资格", "cancelled"),
    }
    told = [f"{name} {standing[column]}" for column, name in steps.items() if standing[column]]
    return say("，", ", ").join(
        [say(f"申请 #{standing['applicant_id']}", f"#{standing['applicant_id']}"), *told]
    )


def ballots(line: Mapping[str, Any]) -> str:
    """Return the votes on a person in the form in which users type them: 28/3/1/0."""
    return "/".join(str(line[grade.value]) for grade in Grade)


LINES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "posts": lambda held: f"{label('post', held['post'])} {held['from']}–{held['to'] or ''}",
    "months": lambda paid: f"{paid['month']} {print_yuan(paid['amount'])}",
    "absent": lambda away: away["name"] + bracketed(away["reason"]),
    "decisions": _decision,
    "speeches": lambda line: with_colon(line["speaker"], line["said"]),
    "papers": lambda line: with_colon(label("paper", line["paper"]), line["kept_at"]),
    "categories": lambda line: f"{line['from']} {label('category', line['category'])}",
    "sanctions": lambda line: f"{line['from']}–{line['to']} {line['note']}",
    "away": lambda line: f"{line['from']}–{line['to'] or ''} {line['reason']}",
    "admission": _admission,
    "reports": lambda report: str(report["year"]) + bracketed(report["on"]),
    "summaries": lambda line: f"{line['member']} {line['on']}",
    "ratings": lambda line: f"{line['member']} {label('grade', line['grade'])}",
    "votes": lambda line: f"{line['member']} {ballots(line)}",
    "outcomes": _outcome,
    "visits": _visit,
    "items": _target,
    "roles": lambda line: f"{label('role', line['role'])} {line['member']}",
    "publications": _publication,
    "steps": _opinion_step,
    "subject": lambda subject: str(subject["name"]),
}
"""The functions that format the parts of a record, keyed by field."""
