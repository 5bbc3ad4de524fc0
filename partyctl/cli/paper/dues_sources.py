"""Collect the values of the papers on dues and reviews."""

from pathlib import Path

from partyctl.calendar import Period
from partyctl.cli.output.documents import Written
from partyctl.cli.paper.kinds import EXCEL
from partyctl.cli.paper.sources import K, read_span, register, the_branch
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.language import say, semicolon_list, spaced
from partyctl.law.dues.book import DuesBook, books
from partyctl.law.dues.cash import by_month
from partyctl.law.questions import reviewing
from partyctl.ledger.reading import reviews
from partyctl.ledger.reading.dues import plain as plain_dues
from partyctl.ledger.reading.dues.received import voluntary
from partyctl.ledger.reading.dues.remittances import movements
from partyctl.ledger.views.sources import DUES
from partyctl.light import NamedTuple
from partyctl.money import print_yuan
from partyctl.papers.forms import dues, people
from partyctl.papers.forms.drafts import Draft, file_name
from partyctl.papers.forms.registers import Register
from partyctl.papers.labels import reading_copy
from partyctl.papers.sheets.registers import as_workbook, assessment_register, dues_register
from partyctl.show.papers import printed_foot
from partyctl.terms import Grade, Noun, PaperKind

YEAR = ("year",)
SPANS = ("month", "quarter", "half-year", "year")


def dues_year(text: str, paper: PaperKind) -> Period:
    """Parse the year of a paper that shows incomes. Raises BadUsage."""
    return read_span(text, YEAR, paper)


def branch_books(reading: Reading) -> tuple[str, list[DuesBook]]:
    """Return the branch's name, and the dues books of present and past members, in ID order."""
    branch = the_branch(reading)
    found = books(reading.known(branch, DUES))
    return branch.name, [found[number] for number in sorted(found)]


def entries_shown(reading: Reading, books: list[DuesBook]) -> list[int]:
    """Return the record number of each dues assessment of the members in `books`.

    A register can show the bases of these assessments. The caller records in the journal that the
    bases were shown.
    """
    members = {book.subject.id for book in books}
    found = plain_dues.assessments(reading.ledger)
    return [row["entry"] for row in found if row["member_id"] in members]


def assessments(reading: Reading) -> dict[int, list[dues.Assessment]]:
    """Return the assessments of each member of the ledger, by member number, with their bases."""
    found: dict[int, list[dues.Assessment]] = {}
    for row in plain_dues.assessments(reading.ledger):
        each = dues.Assessment(
            row["entry"], row["from_month"], row["category"], row["base"], row["amount"]
        )
        found.setdefault(row["member_id"], []).append(each)
    return found


def file_of(kind: PaperKind, year: Period, branch: str) -> str:
    """Return the file name of a paper that shows incomes."""
    return f"{file_name(kind.label, year, branch)}{EXCEL}"


def with_bases(reading: Reading, kind: PaperKind, year: Period, path: Path) -> Written:
    """Make a workbook in memory: the dues register or the list of assessments of a year."""
    name, found = branch_books(reading)
    copy = tuple(filter(None, (reading_copy(kind.chinese),)))
    about, foot = spaced(name, say("单位：元", "in yuan")), printed_foot(reading.ledger)
    known, gaps = assessments(reading), []
    if kind is K.DUES_REGISTER:
        lines = list(dues.year_lines(found, known, year))
        gaps = ["基数"] if any(line.assessment is None for line in lines) else []
        title, notes = _of_year(kind, year), _notes(reading, found, year)
        content = dues_register(title, about, lines, [*notes, *copy], foot, reading.on)
    else:
        filled = _assessment_list(found, known, year, about)
        gaps = ["基数"] if any(row["月应交"] is None for row in filled.rows) else []
        content = as_workbook(filled._replace(notes=copy), foot, reading.on)
    return Written(path, content, None, gaps)


def _notes(reading: Reading, found: list[DuesBook], year: Period) -> list[str]:
    """Explain how the register's totals relate to the totals of `dues status` and `dues book`."""
    notes = [
        say(
            f"应交合计算到 {reading.on} 前已结束的月份，与 partyctl dues status --year {year} "
            "一致。",
            f"Like partyctl dues status --year {year}, the total owed counts only months "
            f"that ended before {reading.on}.",
        )
    ]
    if early := dues.ahead(found, year):
        amount = print_yuan(early)
        notes.append(
            say(
                f"实交合计含尚未结束月份的 {amount} 元，dues status 列为预交。",
                f"“Paid in all” includes {amount} yuan for months that have not ended: "
                "dues status lists them as paid ahead.",
            )
        )
    notes.append(_received(dues.cash(found, year, *_money(reading, year)), year))
    return notes


def _money(reading: Reading, year: Period) -> tuple[int, int]:
    """Return the money that the branch received in a year, and how much of it was voluntary.

    The first amount is the total that `dues book` shows as received.
    """
    branch = the_branch(reading).id
    moved = movements(reading.ledger, branch, reading.organ.since, reading.on)
    received = sum(each.received for each in by_month(moved, year, reading.on))
    last = min(year.last, reading.on)
    return received, voluntary(reading.ledger, branch, year.first, last)


def _received(money: dues.Cash, year: Period) -> str:
    """Explain how the money received in a year differs from the money paid for that year."""
    amount = print_yuan(money.received)
    parts = [
        say(
            f"{year} 年内实收 {amount} 元，与 partyctl dues book --period {year} 一致",
            f"Received within {year}: {amount} yuan, as in partyctl dues book --period {year}",
        )
    ]
    if money.came_outside:
        amount = print_yuan(money.came_outside)
        parts.append(
            say(
                f"实交合计中另有 {amount} 元不在本年收到",
                f"“paid in all” includes {amount} yuan received in other years",
            )
        )
    if money.for_others:
        amount = print_yuan(money.for_others)
        parts.append(
            say(
                f"本年实收中 {amount} 元是其他年度的党费",
                f"{amount} yuan of the amount received are dues of other years",
            )
        )
    if money.voluntary:
        amount = print_yuan(money.voluntary)
        parts.append(
            say(
                f"本年实收中 {amount} 元是自愿多交，不计入实交合计",
                f"{amount} yuan of the amount received were paid voluntarily above the dues, "
                "and are not in “paid in all”",
            )
        )
    return semicolon_list(parts) + say("。", ".")


def _of_year(kind: PaperKind, year: Period) -> str:
    return say(f"{year}年{kind.chinese}", f"{kind.heading} {year}")


def _assessment_list(
    found: list[DuesBook], known: dict[int, list[dues.Assessment]], year: Period, about: str
) -> Register:
    last = f"{year.first.year}-12"
    rows = [
        (book.subject.proper_name, dues.in_force(known.get(book.subject.id, ()), last))
        for book in found
        if any(month.startswith(f"{year}-") for month in book.months)
    ]
    return assessment_register(_of_year(K.DUES_ASSESSMENT, year), about, rows)


def dues_notice(reading: Reading, text: str) -> Draft:
    """For the notice board: the months and the sum that each member paid, without the bases."""
    period = read_span(text, SPANS, K.DUES_NOTICE)
    name, found = branch_books(reading)
    rows = dues.notice_rows(found, period)
    total = sum(row["实交"] for row in rows)
    amount = print_yuan(total)
    about = spaced(name, period, say(f"合计 {amount} 元", f"total {amount} yuan"))
    title = say(f"{period} {K.DUES_NOTICE.chinese}", f"{K.DUES_NOTICE.heading} {period}")
    return register(K.DUES_NOTICE, about, rows, period, name, title=title)


class _Reviewed(NamedTuple):
    year: Period
    number: int
    branch: str
    standings: list[reviewing.Standing]


def _review(reading: Reading, text: str, paper: PaperKind) -> _Reviewed:
    year = read_span(text, YEAR, paper)
    number = current.number_meant(reading, Noun.REVIEW, year.name)
    record = reviews.review(reading.ledger, number)
    assert record is not None
    known = reading.known(next(each for each in reading.branches if each.id == record["branch_id"]))
    case = reviewing.case_of(number, known)
    found = reviewing.standings(case, known) if case else []
    return _Reviewed(year, number, record["branch"], found)


def review_ballot(reading: Reading, text: str) -> Draft:
    """A ballot that lists everybody to be rated."""
    year, _, branch, found = _review(reading, text, K.REVIEW_BALLOT)
    names = [each.member.proper_name for each in found if each.is_rated]
    values = people.ballot_values(year.first.year, names) | {"党支部": branch}
    return Draft(K.REVIEW_BALLOT, file_name(K.REVIEW_BALLOT.label, year, branch), values)


def review_tally(reading: Reading, text: str) -> Draft:
    """The votes and the grade of each rated member, and whether at most a third are excellent."""
    year, number, branch, found = _review(reading, text, K.REVIEW_TALLY)
    rated = [each for each in found if each.is_rated]
    votes = {each["member_id"]: each for each in reviews.votes(reading.ledger, number, reading.on)}
    names = [(each.member.id, each.member.proper_name) for each in rated]
    grades = {each.member.id: each.grade.value for each in rated if each.grade is not None}
    rows = people.tally_rows(names, votes, grades)
    excellent = sum(each.grade is Grade.EXCELLENT for each in rated)
    note = people.share_note(excellent, len(rated))
    about = spaced(branch, say(f"{year}年度", year.name), note)
    return register(K.REVIEW_TALLY, about, rows, year, branch)
