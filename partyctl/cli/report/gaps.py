"""The gaps of a year: overdue duties (also those of earlier years), breaches, and unmet advice."""

from partyctl.calendar import Period
from partyctl.cli.check.answering import board_of
from partyctl.cli.session.reading import Reading
from partyctl.language import say, spaced, title_of, worded
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.questions.scoreboard import Item, Scoreboard, place_of_chapter
from partyctl.law.sources.clauses import chapter_of
from partyctl.papers.forms.registers import Column, Object, Register, numbered
from partyctl.papers.labels import as_of
from partyctl.show.obligations import noted, state_of
from partyctl.show.scoreboard import worst_first
from partyctl.terms import Status
from partyctl.typed import typed

GAPS = (Status.BREACH, Status.OVERDUE, Status.ADVISED)
COLUMNS = (
    Column("序号", 6),
    Column("章", 22),
    Column("条款", 20),
    Column("缺什么", 40),
    Column("对象", 22),
    Column("期间", 11),
    Column("自何日起", 13),
    Column("状态", 16),
    Column("办法", 60),
)


def gaps_of(reading: Reading, year: Period) -> tuple[Scoreboard, list[Item]]:
    """Return the scoreboard of a year, and its gaps in the order of the chapters."""
    board = board_of(reading, list(CATALOGUE), year, everything=False)
    wrong = [each for each in board.items if each.obligation.status in GAPS]
    ordered = sorted(
        worst_first(wrong), key=lambda each: place_of_chapter(each.obligation.rule.article)
    )
    return board, ordered


def gap_register(reading: Reading, year: Period, gaps: list[Item]) -> Register:
    """Return a table of the gaps for an Excel file: each gap with its clause, state and remedy."""
    must = sum(each.obligation.status is not Status.ADVISED for each in gaps)
    advised = len(gaps) - must
    about = spaced(
        reading.organ.name,
        say(f"{year}年", str(year)),
        as_of(reading.on),
        say(f"缺口 {must} 项，提示 {advised} 项", f"gaps: {must}, advised: {advised}"),
    )
    rows = numbered([_row(reading, each) for each in gaps])
    return Register(say(f"{year}年缺口", f"Gaps of {year}"), about, COLUMNS, rows)


def _row(reading: Reading, item: Item) -> Object:
    owed = item.obligation
    chapter = chapter_of(owed.rule.article)
    return {
        "章": title_of(chapter),
        "条款": owed.rule.article,
        "缺什么": " ".join(filter(None, (title_of(owed.rule), noted(owed)))),
        "对象": worded(owed.subject.name),
        "期间": owed.period or "",
        "自何日起": str(owed.due or owed.opens),
        "状态": state_of(owed, reading.on),
        "办法": typed(owed.remedy) if owed.remedy else "",
    }
