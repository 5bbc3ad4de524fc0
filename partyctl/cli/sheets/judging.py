"""How an import judges a row: which record the row is about, and what would change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from partyctl.bilingual import Told
from partyctl.cli.sheets.printing import printed
from partyctl.errors import PartyctlError, Run
from partyctl.language import bracketed, worded
from partyctl.light import NamedTuple
from partyctl.papers.sheets.form import Column, Form
from partyctl.papers.sheets.lines import Entry, Problem, Reading
from partyctl.papers.sheets.unread import Unread
from partyctl.terms import Term
from partyctl.typed import typed

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.cli.sheets.filling import Fill


class State(Term):
    """How a row compares with the ledger."""

    NEW = "new", "新增"
    SAME = "same", "相同"
    DIFFERENT = "different", "不同"
    NOTHING = "nothing", "没有内容"


class Difference(NamedTuple):
    """A value in the sheet that differs from the ledger.

    If this import cannot change the value in the ledger, `remedy` is the command that can change
    it.
    """

    column: str
    recorded: str
    said: str
    remedy: str | None = None


def differing(column: Column, recorded: Any, said: Any, remedy: str | None = None) -> Difference:  # noqa: ANN401 - fields have values of any type
    """Return a difference, with both values in readable form."""
    return Difference(column.name, printed(column, recorded), printed(column, said), remedy)


@dataclass
class Judged:
    """A judged row with the values to store.

    `write` stores the values and returns the record's number.
    """

    entry: Entry
    state: State
    number: int | None = None
    stored: dict[str, Any] = field(default_factory=dict)
    """The values to store, by field."""
    differences: list[Difference] = field(default_factory=list)
    write: Callable[[], int | None] | None = None

    @property
    def is_written(self) -> bool:
        """Whether --update would change the row's record."""
        return any(each.remedy is None for each in self.differences)


@dataclass
class Judgement:
    """All judged rows of a workbook, and all problems."""

    lines: list[Judged] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    write_new: Callable[[], None] | None = None
    """A function that stores all new records at once, or None if the records are stored one by one.
    For members, storing all new records at once is faster."""
    seen: dict[object, Entry] = field(default_factory=dict)
    """For each record: the first row in the workbook that is about the record."""

    def take(self, found: Judged | Problem) -> None:
        """Add a judged row to `lines`, or a problem to `problems`."""
        if isinstance(found, Problem):
            self.problems.append(found)
        else:
            self.lines.append(found)

    def twice(self, entry: Entry, what: object) -> Problem | None:
        """Return a problem if an earlier row is about the same record; return None for the first row."""
        return twice(self.seen, entry, what)


@dataclass(frozen=True)
class Wanted:
    """The options of an import command, the clerk's answers, and today's date."""

    today: date
    update: bool = False
    dry_run: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)
    branch: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    changed_from: date | None = None
    """The day from which a changed post, leadership or category applies."""


Judge = Callable[["Session", Reading, Wanted], Judgement]


@dataclass(frozen=True)
class Import:
    """What a noun provides for importing its sheets: a form, words and functions."""

    form: Form
    rows: str
    """The key of the rows in the JSON output."""
    counted: Told
    """The word for a record after a number, such as `talk` in “1 talk”."""
    judge: Judge
    fill: "Fill"
    write: "Callable[[Session, Judgement, Wanted], list[Problem]]"


def write_each(_session: "Session", judgement: Judgement, wanted: Wanted) -> list[Problem]:
    """Write the new rows; with --update, also the rows that differ from the ledger.

    Return the problems of the rows that could not be written.
    """
    problems = []
    for line in judgement.lines:
        is_due = line.state is State.NEW or (wanted.update and line.is_written)
        if is_due and line.write is not None:
            try:
                line.number = line.write() or line.number
            except PartyctlError as error:
                problems.append(refused(line.entry, error))
    return problems


def refused(
    entry: Entry, error: PartyctlError, column: str = "", value: str | None = None
) -> Problem:
    """Return the problem for a row that could not be stored; `error` says why."""
    said = value if value is not None else entry.named
    sentence = error.sentence
    if isinstance(error.remedy, Run):
        sentence += bracketed(typed(error.remedy))
    return Problem(
        entry.sheet, entry.row, column, said, sentence, f"refused {type(error).__name__}"
    )


def unclear(
    entry: Entry,
    column: str,
    value: str,
    sentence: Told,
    *,
    kind: str,
    choices: tuple[str, ...] = (),
    key: str | None = None,
) -> Problem:
    """Return a problem with a value of a row. Only the clerk can correct this value."""
    return Problem(entry.sheet, entry.row, column, value, worded(sentence), kind, choices, key)


def answer_key(entry: Entry, what: str) -> str:
    """Return the key under which the answer to a question about a row is kept."""
    return f"{what} {entry.row} {entry.sheet}"


def answered(entry: Entry, column: Column, wanted: Wanted) -> dict[str, Any]:
    """Return the clerk's answer for a missing value, or {} if there is no readable answer."""
    if not wanted.answers:
        return {}
    text = wanted.answers.get(answer_key(entry, column.field))
    if not text:
        return {}
    try:
        return column.read(text)
    except Unread:
        return {}


def lacking(entry: Entry, column: Column) -> Problem:
    """Return the problem for a row in which a required value is missing."""
    return unclear(
        entry,
        entry.columns.get(column.field, column.name),
        "",
        Told("没有填", "is missing"),
        kind="missing",
        choices=column.choices,
        key=answer_key(entry, column.field),
    )


def nobody(entry: Entry) -> Problem:
    """Return the problem for a row with a name that is not on the roll."""
    name = entry.named
    return unclear(
        entry,
        entry.columns.get("name", ""),
        name,
        Told(f"党员名册里没有“{name}”", f"nobody on the roll is called “{name}”"),
        kind="nobody",
    )


def twice(seen: dict[object, Entry], entry: Entry, what: object) -> Problem | None:
    """Return a problem if an earlier row is about the same record.

    If no earlier row is about this record, add the row to `seen` and return None.
    """
    first = seen.setdefault(what, entry)
    if first is entry:
        return None
    return unclear(
        entry,
        entry.columns.get("name") or entry.columns.get("title", ""),
        entry.named,
        Told(
            f"与 {first.sheet} 第 {first.row} 行说的是同一件事；请只留一行",
            f"is about the same record as row {first.row} of {first.sheet}; keep one line",
        ),
        kind="twice",
    )
