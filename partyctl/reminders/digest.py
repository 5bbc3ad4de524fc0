"""A recipient's daily digest: each duty with its clause, due date and command."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from itertools import groupby

from partyctl.bilingual import many
from partyctl.language import comma_list, say, title_of, worded
from partyctl.law.engine.rule import Obligation
from partyctl.light import NamedTuple
from partyctl.reminders.recipients import Due
from partyctl.terms import Status
from partyctl.text import printable
from partyctl.typed import typed

MANY = 5
"""If at least this many people have the same duty, the digest has one entry for all of them.
A digest without names does so for any number of people."""

ORDER = (Status.OVERDUE, Status.BREACH, Status.DUE, Status.ADVISED)


class Letter(NamedTuple):
    """A digest that is ready to be sent. The subject line contains no names."""

    subject: str
    text: str
    html: str
    markdown: str
    message_id: str


class Entry(NamedTuple):
    """An entry of a digest: its title, and the lines below it."""

    status: Status
    title: str
    lines: tuple[str, ...]


def write(
    organ: str, day: date, dues: Sequence[Due], message_id: str, *, names: bool, several: bool
) -> Letter:
    """Write a recipient's digest.

    Without `names`, the digest names bodies and records, but no people.

    `several`: whether the ledger has several branches; if so, each entry names its branch.
    """
    subject = say(f"党务提醒 {day}：", f"Reminder {day}: ") + _counted(dues)
    dues = sorted(dues, key=lambda due: (due.obligation.due or date.max, due.obligation.key))
    entries = sorted(_entries(dues, day, names=names, several=several), key=_place)
    groups = [(status, list(each)) for status, each in groupby(entries, key=lambda e: e.status)]
    reference = message_id.strip("<>")[:12]
    same = say(f"编号 {reference}（编号相同的是同一份）", f"Reference {reference}")
    footer = [say("全部事项：partyctl check", "Everything: partyctl check")]
    footer += [same] if reference else []
    head = printable(f"{subject} · {organ}", lines=False)
    return Letter(
        subject,
        _text(head, groups, footer),
        _html(head, groups, footer),
        _markdown(head, groups, footer),
        message_id,
    )


def _place(entry: Entry) -> int:
    return ORDER.index(entry.status)


def _counted(dues: Iterable[Due]) -> str:
    counts = dict.fromkeys(ORDER, 0)
    for due in dues:
        counts[due.obligation.status] += 1
    told = [f"{status.label} {count}" for status, count in counts.items() if count]
    return say("，", ", ").join(told)


def _entries(dues: Iterable[Due], day: date, *, names: bool, several: bool) -> list[Entry]:
    entries = []
    alike: dict[tuple[str, Status, str | None, date | None, str], list[Due]] = {}
    for due in dues:
        owed = due.obligation
        if due.is_personal:
            key = (owed.rule.id, owed.status, owed.period, owed.due, due.branch)
            alike.setdefault(key, []).append(due)
        else:
            entries.append(_entry(due, day, several=several))
    for found in alike.values():
        if names and len(found) < MANY:
            entries += [_entry(due, day, several=several) for due in found]
        else:
            entries.append(_counted_entry(found, day, names=names, several=several))
    return entries


def _entry(due: Due, day: date, *, several: bool) -> Entry:
    owed = due.obligation
    whose = worded(owed.subject.name)
    if several and whose != due.branch:
        whose = f"{due.branch} {whose}"
    note = owed.note and worded(owed.note)
    what = " ".join(filter(None, (title_of(owed.rule), owed.period or note)))
    lines = [_clause(owed, day)]
    if owed.remedy:
        lines.append(say(f"办理：{typed(owed.remedy)}", f"Do: {owed.remedy}"))
    return Entry(owed.status, _plain(f"{what} · {whose}"), tuple(map(_plain, lines)))


def _counted_entry(dues: Sequence[Due], day: date, *, names: bool, several: bool) -> Entry:
    """Write one entry for all people with the same duty: how many, and (if allowed) their names."""
    owed = dues[0].obligation
    what = " ".join(filter(None, (title_of(owed.rule), owed.period)))
    whose = f" · {dues[0].branch}" if several else ""
    count = say(f"：{len(dues)} 项", f": {len(dues)}")
    people = comma_list(worded(due.obligation.subject.name) for due in dues) if names else ""
    command = f"partyctl check --rule {owed.rule.id}"
    lines = (_clause(owed, day), people, say(f"查看：{command}", f"See: {command}"))
    told = tuple(_plain(line) for line in lines if line)
    return Entry(owed.status, _plain(f"{what}{whose}{count}"), told)


def _clause(owed: Obligation, day: date) -> str:
    by = say("依据", "clause")
    return f"{by} {owed.rule.article}{say('；', '; ')}{when(owed, day)}"


def when(owed: Obligation, day: date) -> str:
    """Say when a duty is due, and how many days are left or have passed since.

    If a record exists but does not meet a condition, say the record's day instead.
    """
    if owed.due is None:
        return say(f"{owed.opens} 起，办完为止", f"since {owed.opens}, until it is done")
    days = (owed.due - day).days
    if not owed.is_missed and owed.status is not Status.DUE:
        return say(f"{owed.due} 的记录", f"a record of {owed.due}")
    if days > 0:
        return say(f"期限 {owed.due}，还有 {days} 天", f"due {owed.due}, in {many(days, 'day')}")
    if days == 0:
        return say(f"期限 {owed.due}，就是今天", f"due {owed.due}, today")
    return say(f"期限 {owed.due}，已过 {-days} 天", f"due {owed.due}, {many(-days, 'day')} ago")


def _plain(text: str) -> str:
    return printable(text, lines=False)


Groups = Sequence[tuple[Status, Sequence[Entry]]]


def _text(head: str, groups: Groups, footer: Sequence[str]) -> str:
    lines = [head]
    for status, entries in groups:
        lines += ["", say(f"【{status.label}】", f"[{status.label}]")]
        for number, entry in enumerate(entries, start=1):
            lines += [f"{number}. {entry.title}", *(f"   {line}" for line in entry.lines)]
    return "\n".join([*lines, "", *footer, ""])


def _markdown(head: str, groups: Groups, footer: Sequence[str]) -> str:
    lines = [f"# {_marked(head)}"]
    for status, entries in groups:
        lines += ["", f"## {status.label}", ""]
        for entry in entries:
            lines += [f"- **{_marked(entry.title)}**", *(f"  - {_marked(x)}" for x in entry.lines)]
    return "\n".join([*lines, "", *(f"{line}  " for line in footer), ""])


MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#"})


def _marked(text: str) -> str:
    """Return the text, escaped for Markdown."""
    return text.translate(MARKS)


PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{head}</title></head>
<body><h1>{head}</h1>
{body}
<p>{footer}</p></body></html>
"""


def _html(head: str, groups: Groups, footer: Sequence[str]) -> str:
    body = []
    for status, entries in groups:
        body.append(f"<h2>{escape(status.label)}</h2><ol>")
        for entry in entries:
            lines = "<br>".join(map(escape, entry.lines))
            body.append(f"<li><strong>{escape(entry.title)}</strong><br>{lines}</li>")
        body.append("</ol>")
    return PAGE.format(
        language=say("zh", "en"),
        head=escape(head),
        body="\n".join(body),
        footer="<br>".join(map(escape, footer)),
    )
