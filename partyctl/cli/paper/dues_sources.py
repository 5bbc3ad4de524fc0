"""Sources of the papers on dues and reviews."""

from pathlib import Path

from partyctl.calendar import Period
from partyctl.cli.output.documents import Written
from partyctl.cli.paper.kinds import EXCEL
from partyctl.cli.paper.sources import K, read_span, register, the_branch
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.law.dues.book import DuesBook, books
from partyctl.law.questions import reviewing
from partyctl.ledger.reading import reviews
from partyctl.ledger.reading.dues import plain as plain_dues
from partyctl.ledger.views.sources import DUES
from partyctl.money import print_yuan
from partyctl.papers.forms import dues, people
from partyctl.papers.forms.drafts import Draft, file_name
from partyctl.papers.forms.registers import Register
from partyctl.papers.sheets.registers import as_workbook, assessment_register, dues_register
from partyctl.show.papers import printed_foot
from partyctl.terms import Grade, Noun, PaperKind

YEAR = ("year",)
SPANS = ("month", "quarter", "half-year", "year")


def dues_year(text: str) -> Period:
    """The year of a register. Raises BadUsage."""
    return read_span(text, YEAR, "partyctl paper dues-register 2026")


def branch_books(reading: Reading) -> tuple[str, list[DuesBook]]:
    """The branch's name and the dues books of everybody ever on its roll, by number."""
    branch = the_branch(reading)
    found = books(reading.known(branch, DUES))
    return branch.name, [found[number] for number in sorted(found)]


def entries_shown(reading: Reading, books: list[DuesBook]) -> list[int]:
    """The assessments of a register with their bases; printing these adds a journal entry."""
    members = {book.subject.id for book in books}
    found = plain_dues.assessments(reading.ledger)
    return [row["entry"] for row in found if row["member_id"] in members]


def assessments(reading: Reading) -> dict[int, list[dues.Assessment]]:
    """Everybody's assessments, with bases."""
    found: dict[int, list[dues.Assessment]] = {}
    for row in plain_dues.assessments(reading.ledger):
        each = dues.Assessment(
            row["entry"], row["from_month"], row["category"], row["base"], row["amount"]
        )
        found.setdefault(row["member_id"], []).append(each)
    return found


def file_of(kind: PaperKind, year: Period, branch: str) -> str:
    """The file name of a paper that shows incomes."""
    return f"{file_name(kind.chinese, year, branch)}{EXCEL}"


def with_bases(reading: Reading, kind: PaperKind, year: Period, path: Path) -> Written:
    """The register of a year or the list of its assessments, as a workbook to write."""
    name, found = branch_books(reading)
    about, foot = f"{name}　单位：元", printed_foot(reading.ledger)
    known, gaps = assessments(reading), []
    if kind is K.DUES_REGISTER:
        lines = list(dues.year_lines(found, known, year))
        gaps = ["基数"] if any(line.assessment is None for line in lines) else []
        title, notes = f"{year}年{kind.chinese}", _notes(reading, found, year)
        content = dues_register(title, about, lines, notes, foot, reading.on)
    else:
        filled = _assessment_list(found, known, year, about)
        gaps = ["基数"] if any(row["月应交"] is None for row in filled.rows) else []
        content = as_workbook(filled, foot, reading.on)
    return Written(path, content, None, gaps)


def _notes(reading: Reading, found: list[DuesBook], year: Period) -> list[str]:
    """The relation between the register's totals and those of `dues status` and `dues book`."""
    notes = [
        f"应交合计算到 {reading.on} 前已结束的月份，与 partyctl dues status --year {year} 一致。"
    ]
    if early := dues.ahead(found, year):
        notes.append(f"实交合计含尚未结束月份的 {print_yuan(early)} 元，dues status 列为预交。")
    money = dues.cash(found, year)
    told = f"{year} 年内实收 {print_yuan(money.received)} 元，与 partyctl dues book --period {year} 一致"
    parts = []
    if money.came_outside:
        parts.append(f"实交合计中另有 {print_yuan(money.came_outside)} 元不在本年收到")
    if money.for_others:
        parts.append(f"其中 {print_yuan(money.for_others)} 元是其他年度的党费")
    notes.append("；".join([told, *parts]) + "。")
    return notes


def _assessment_list(
    found: list[DuesBook], known: dict[int, list[dues.Assessment]], year: Period, about: str
) -> Register:
    last = f"{year.first.year}-12"
    rows = [
        (book.subject.name, dues.in_force(known.get(book.subject.id, ()), last))
        for book in found
        if any(month.startswith(f"{year}-") for month in book.months)
    ]
    return assessment_register(f"{year}年{K.DUES_ASSESSMENT.chinese}", about, rows)


def dues_notice(reading: Reading, text: str) -> Draft:
    """The payments by member and month for the notice board, without bases."""
    period = read_span(text, SPANS, "partyctl paper dues-notice 2026-Q1")
    name, found = branch_books(reading)
    rows = dues.notice_rows(found, period)
    total = sum(row["实交"] for row in rows)
    about = f"{name}　{period}　合计 {print_yuan(total)} 元"
    title = f"{period} {K.DUES_NOTICE.chinese}"
    return register(K.DUES_NOTICE, about, rows, period, name, title=title)


def _review(reading: Reading, text: str) -> tuple[int, str, list[reviewing.Standing]]:
    year = read_span(text, YEAR, "partyctl paper review-tally 2026").first.year
    number = current.number_meant(reading, Noun.REVIEW, str(year))
    record = reviews.review(reading.ledger, number)
    assert record is not None
    known = reading.known(next(each for each in reading.branches if each.id == record["branch_id"]))
    case = reviewing.case_of(number, known)
    found = reviewing.standings(case, known) if case else []
    return number, record["branch"], found


def review_ballot(reading: Reading, text: str) -> Draft:
    """A ballot with everybody to be rated."""
    _, branch, found = _review(reading, text)
    names = [each.member.name for each in found if each.is_rated]
    values = people.ballot_values(int(text), names) | {"党支部": branch}
    return Draft(K.REVIEW_BALLOT, file_name(K.REVIEW_BALLOT.chinese, text, branch), values)


def review_tally(reading: Reading, text: str) -> Draft:
    """The ballots on everybody, the grade decided, and the line on one third."""
    number, branch, found = _review(reading, text)
    rated = [each for each in found if each.is_rated]
    votes = {each["member_id"]: each for each in reviews.votes(reading.ledger, number)}
    names = [(each.member.id, each.member.name) for each in rated]
    grades = {each.member.id: each.grade.value for each in rated if each.grade is not None}
    rows = people.tally_rows(names, votes, grades)
    excellent = sum(each.grade is Grade.EXCELLENT for each in rated)
    note = people.share_note(excellent, len(rated))
    about = f"{branch}　{text}年度　{note}"
    return register(K.REVIEW_TALLY, about, rows, text, branch)
