"""The directory of openness (党务公开目录).

It lists what stays public permanently, which duties are open, what waits to be published, and what
was published in the quarter.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import typer

from partyctl.calendar import Period, period_of
from partyctl.cli.output.answers import tell
from partyctl.cli.session.reading import Reading
from partyctl.contract.overviews import DisclosureOwed
from partyctl.language import say, title_of, worded
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.engine.obligations import days_left, days_overdue, obligations
from partyctl.law.engine.owed import ONLY_OPEN
from partyctl.law.engine.rule import Obligation
from partyctl.ledger.reading import disclosures as disclosure_lists
from partyctl.show.obligations import state_of
from partyctl.show.tables import Line, print_json, print_table
from partyctl.show.wording import label
from partyctl.terms import Noun, PeriodClass
from partyctl.typed import typed

Object = dict[str, Any]


def print_directory(reading: Reading, *, as_json: bool) -> None:
    """Print the directory as of the day that was asked for."""
    matters = disclosure_lists.disclosures(reading.ledger, reading.on)
    quarter = period_of("quarter", reading.on)
    standing = [each for each in matters if _stands(each)]
    waiting = [each for each in matters if not (each["publications"] or each["withdrawn_on"])]
    published = disclosure_lists.published(reading.ledger, reading.on, quarter)
    known = reading.known(reading.group)
    owed = list(obligations(RULES, known, reading.rulebook, ONLY_OPEN))
    if as_json:
        print_json(
            {
                "as_of": reading.on.isoformat(),
                "quarter": quarter.name,
                "standing": standing,
                "falling_due": [_owed(each, reading) for each in owed],
                "waiting": waiting,
                "published": published,
            }
        )
        return
    tell(f"{reading.on} · {reading.organ.name}")
    _print_matters(say("长期公开", "Standing"), standing)
    _print_owed(owed, reading)
    _print_matters(say("待公布", "Waiting to be published"), waiting)
    _print_published(published, quarter)


RULES = [rule for rule in CATALOGUE if rule.area is Noun.DISCLOSURE]


def _stands(matter: Mapping[str, Any]) -> bool:
    """Whether a disclosure was published, stays public permanently, and was not withdrawn."""
    is_out = bool(matter["publications"]) and matter["withdrawn_on"] is None
    return is_out and matter["period_class"] == PeriodClass.STANDING


def _owed(owed: Obligation, reading: Reading) -> DisclosureOwed:
    return {
        "rule": owed.rule.id,
        "article": owed.rule.article,
        "title": title_of(owed.rule),
        "subject": worded(owed.subject.name),
        "period": owed.period,
        "due": owed.due.isoformat() if owed.due else None,
        "status": owed.status,
        "days_left": days_left(owed, reading.on),
        "days_overdue": days_overdue(owed, reading.on),
        "remedy": owed.remedy,
    }


def _print_matters(heading: str, matters: Sequence[Mapping[str, Any]]) -> None:
    headings = (
        "#",
        say("种类", "kind"),
        say("标题", "title"),
        say("范围", "scope"),
        say("形式", "form"),
        say("时限", "period"),
        say("公布", "published"),
    )
    _print(heading, headings, [_matter(each) for each in matters])


def _matter(matter: Mapping[str, Any]) -> Line:
    last = matter["publications"][-1] if matter["publications"] else {}
    form = last.get("form") or matter["form"]
    return Line(
        (
            str(matter["id"]),
            label("kind", matter["kind"]),
            matter["title"],
            label("scope", matter["scope"]),
            label("form", form) if form else "",
            label("period_class", matter["period_class"]),
            last.get("published_on", ""),
        )
    )


def _print_owed(owed: list[Obligation], reading: Reading) -> None:
    headings = ("", say("期限", "due"), say("事项", "duty"), say("条款", "clause"))
    lines = [
        Line(
            (
                state_of(each, reading.on),
                str(each.due or ""),
                " ".join(
                    filter(None, (title_of(each.rule), each.period or worded(each.subject.name)))
                ),
                each.rule.article,
            ),
            each.status,
            f"→ {typed(each.remedy)}" if each.remedy else None,
        )
        for each in owed
    ]
    _print(say("将到期、已逾期", "Falling due, or overdue"), headings, lines)


def _print_published(published: Sequence[Mapping[str, Any]], quarter: Period) -> None:
    headings = ("#", say("公布", "published"), say("形式", "form"), say("标题", "title"))
    lines = [
        Line(
            (str(e["id"]), e["published_on"], label("form", e["form"]), e["title"]),
        )
        for e in published
    ]
    _print(say(f"{quarter} 已公布", f"Published in {quarter}"), headings, lines)


def _print(heading: str, headings: tuple[str, ...], lines: list[Line]) -> None:
    typer.echo()
    if lines:
        print_table(headings, lines, heading)
    else:
        typer.echo(say(f"{heading}：无", f"{heading}: none"))
