"""Draw a page as one HTML file.

The file contains all styles and pictures, has no script, and loads nothing.
"""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from partyctl.bilingual import many
from partyctl.calendar import period_named
from partyctl.language import comma_list, say, speaks_english
from partyctl.law.questions.talking import Person, YearOfTalks
from partyctl.ledger.reading.attendance import Attendance, Came
from partyctl.light import NamedTuple
from partyctl.money import print_yuan
from partyctl.papers.pages.heatmap import DONE, mark_of
from partyctl.papers.pages.values import DuesMonth, OfBranch, Page
from partyctl.terms import Status

TEMPLATES = Path(__file__).parent / "templates"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def shelf() -> Environment:
    """Return the Jinja environment of page templates; values are escaped."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def draw(page: Page) -> bytes:
    """Return the page as a file."""
    pictures = {
        "mark_of": mark_of,
        "statuses": tuple(Status),
        "style": (TEMPLATES / "page.css").read_text(encoding="utf-8"),
        "ring": ring,
        "dues_chart": dues_chart,
        "by_month": by_month,
        "first_of": first_of,
        "rows_of": rows_of,
        "longest": longest,
        "quarters": quarters,
        "yuan": print_yuan,
        "owed": owed,
        "share": share,
    }
    return drawn("page.html", page=page, **pictures)


def owed(dues: DuesMonth) -> str:
    """Return the dues owed for a month in yuan, and how many members are not assessed."""
    if dues.owed is None:
        return say("未核定", "unassessed")
    amount, count = print_yuan(dues.owed), dues.unassessed
    return amount + say(f"，另 {count} 人未核定", f", {count} unassessed") if count else amount


def drawn(template: str, **values: object) -> bytes:
    """Render one of our templates in the user's language; values are escaped."""
    language = "en" if speaks_english() else "zh-CN"
    words = {"say": say, "many": many, "language": language, "policy": POLICY}
    return shelf().get_template(template).render(words | values).encode()


def share(done: int, total: int) -> int:
    """Return what percentage of `total` is done, rounded down; 100 if the total is zero."""
    return done * 100 // total if total else 100


RADIUS = 42


class Ring(NamedTuple):
    """A progress ring: its circumference, the length of the coloured arc, and the numbers shown."""

    length: float
    drawn: float
    percent: int
    done: int
    total: int


def ring(page: Page) -> Ring:
    """Return a ring that shows the share of the period's duties that is done."""
    done = sum(page.counts[status] for status in DONE)
    total = sum(page.counts.values())
    length = round(2 * 3.14159265 * RADIUS, 2)
    return Ring(
        length, round(length * (done / total if total else 1), 2), share(done, total), done, total
    )


HIGH, STEP = 120, 52


class Bars(NamedTuple):
    """One month in the dues chart: its position, and the heights of its bars (owed and paid)."""

    month: DuesMonth
    label: str
    x: int
    owed: float
    paid: float


class Chart(NamedTuple):
    """A chart of the dues owed and paid in each month."""

    width: int
    bars: tuple[Bars, ...]


def dues_chart(months: tuple[DuesMonth, ...]) -> Chart:
    """Return a chart with the amounts owed and paid side by side; the highest amount sets the scale."""
    top = max((max(each.owed or 0, each.paid) for each in months), default=0) or 1
    bars = tuple(
        Bars(
            each,
            str(int(each.month[5:])),
            place * STEP + 10,
            round((each.owed or 0) / top * HIGH, 1),
            round(each.paid / top * HIGH, 1),
        )
        for place, each in enumerate(months)
    )
    return Chart(max(len(months), 3) * STEP + 10, bars)


class MonthAttended(NamedTuple):
    """The attendance of a month's meetings: how many people came, and how many should have come."""

    month: str
    present: int
    due: int


def by_month(of: OfBranch) -> list[MonthAttended]:
    """Add up attendance by month. The result contains no names."""
    found: dict[str, MonthAttended] = {}
    for person in of.attended.people:
        for came in person.came:
            month = came.meeting.on[:7]
            before = found.get(month, MonthAttended(month, 0, 0))
            found[month] = MonthAttended(
                month, before.present + (came.because is None), before.due + 1
            )
    return [found[month] for month in sorted(found)]


def first_of(came: Came) -> str:
    """Return the first character of the reason for an absence, or 缺 if no reason is recorded."""
    return (came.because or "").strip()[:1] or "缺"


class TalkRow(NamedTuple):
    """A person's row in the table of talks.

    The row shows in which quarters the person talked with each committee member, and in which
    quarters the person talked with other people.

    `missed` lists past quarters for which the person still owes a talk.
    """

    person: Person
    cells: tuple[tuple[bool, ...] | None, ...]
    others: tuple[bool, ...]
    partners: str
    missed: str


def rows_of(talks: YearOfTalks, as_of: str) -> list[TalkRow]:
    """Return a row for each person.

    In each row, `cells` has one value per committee member. The value for the row's own person is
    None.
    """
    committee = talks.committee
    rows = []
    for person in talks.people:
        number = person.subject.id
        cells = tuple(
            None if other is person else _asked(talks, number, other.subject.id)
            for other in committee
        )
        rest = [each for each in talks.partners(number) if not each.in_committee]
        others = tuple(
            any(talks.between(number, each.subject.id).get(quarter) for each in rest)
            for quarter in talks.quarters
        )
        partners = comma_list(each.subject.proper_name for each in rest)
        over = (each for each in person.without if period_named(each).last.isoformat() < as_of)
        rows.append(TalkRow(person, cells, others, partners, comma_list(over)))
    return rows


def _asked(talks: YearOfTalks, one: int, two: int) -> tuple[bool, ...]:
    found = talks.between(one, two)
    return tuple(bool(found.get(quarter)) for quarter in talks.quarters)


def quarters(four: tuple[bool, ...]) -> str:
    """Return the name of the picture for four quarters.

    The name q0101 means that there were talks in quarters 2 and 4.
    """
    return "q" + "".join("1" if each else "0" for each in four)


def longest(people: tuple[Attendance, ...]) -> int:
    """Return the largest number of meetings that one person should have attended.

    In the picture of attendance, each person's line has space for this number of dots.
    """
    return max((each.due for each in people), default=1)
