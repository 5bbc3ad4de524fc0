"""Answer `partyctl check` without loading Typer (see `cli.start.shortcut`)."""

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from partyctl.calendar import Period, period_named, period_of
from partyctl.cli.check.judging import Question, found, side_by_side
from partyctl.cli.input.dates import read_month, today
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.errors import FOUND, BadUsage, Run
from partyctl.language import say
from partyctl.law.engine.owed import EVERYTHING, ONLY_OPEN, of_scoreboard
from partyctl.law.engine.rule import Obligation, Rule
from partyctl.law.questions.remedies import short_months
from partyctl.law.questions.scoreboard import Scoreboard, summary
from partyctl.law.usual import RULES
from partyctl.ledger.reading.bodies import is_without_people
from partyctl.light import NamedTuple
from partyctl.terms import Arrangement, Noun, Status, read_term

RUNNING = "running"
ENTER_PEOPLE = Run("partyctl member add … --joined …")
"""The first command to run in a ledger that has no people yet."""

SOON = timedelta(days=7)


class Asked(NamedTuple):
    """The parsed arguments of `check`, without --explain and --subject."""

    month: str | None = None
    period: Period | None = None
    as_of: date | None = None
    everything: bool = False
    strict: bool = False
    area: Noun | None = None
    rule: str | None = None
    by: Arrangement | None = None
    as_json: bool = False

    def period_on(self, on: date) -> Period | None:
        """Return the period that the user chose with --month or --period, or None.

        `--month` without a value means the month of `on`.
        """
        if self.month is None:
            return self.period
        return period_of("month", on) if self.month == RUNNING else period_named(self.month)


def read_area(text: str) -> Noun:
    """Parse the area to check, which is typed as the name of a command such as dues."""
    return read_term(Noun, text, of=say("范围", "area"))


def read_running_month(text: str) -> str:
    """Parse a month.

    If the text is the word RUNNING, which means the month of the day asked about, return it
    unchanged.
    """
    return text if text == RUNNING else read_month(text)


def read_arrangement(text: str) -> Arrangement:
    """Parse --by: whether the answer is grouped by chapter or by status."""
    return read_term(Arrangement, text, of=say("排列", "arrangement"))


def with_running_month(args: list[str]) -> list[str]:
    """Return the arguments; if --month has no value, add the word RUNNING after it."""
    filled = []
    for place, arg in enumerate(args):
        filled.append(arg)
        is_last = place + 1 == len(args)
        if arg == "--month" and (is_last or args[place + 1].startswith("-")):
            filled.append(RUNNING)
    return filled


def require_one_period(asked: Asked) -> None:
    """Raise BadUsage if both --month and --period are given."""
    if asked.month is not None and asked.period is not None:
        raise BadUsage(
            say("--month 和 --period 只能用一个。", "Use only one of --month and --period."),
            "partyctl check --period 2026-Q1",
        )


def answer(asked: Asked) -> int:
    """Print the duties and return the exit code.

    The exit code is 3 if a duty is overdue or a rule is broken. With --strict, the exit code is
    also 3 if advice was not followed. In all other cases, the exit code is 0.
    """
    require_one_period(asked)
    on = asked.as_of or today()
    period = asked.period_on(on)
    named = _rules_named(asked.rule)
    whole = period is None and (asked.everything or asked.as_json)
    since = period_of("month", period.first if period else on)
    until = period.last if period else date.max
    with current.reading(on, None if whole else since, until) as reading:
        rules = named or _rules_for(reading)
        chosen = [rule for rule in rules if asked.area in (None, rule.area)]
        if asked.as_json:
            question = Question(tuple(rule.id for rule in chosen), period, asked.strict)
            wrong = _print_json(reading, question)
        else:
            wrong = _print_table(reading, chosen, period, asked)
    return FOUND if wrong else 0


def _rules_named(name: str | None) -> list[Rule]:
    """Return a list with the named rule, or an empty list if no rule is named. Raises BadUsage."""
    if name is None:
        return []
    from partyctl.law.catalogue import rule_named  # loads all rules

    return [rule_named(name)]


def _rules_for(reading: Reading) -> Sequence[Rule]:
    """Return all rules; if there are no admissions and no warnings, leave out the rules on them."""
    if not reading.needs_every_rule:
        return RULES
    from partyctl.law.catalogue import CATALOGUE  # loads all chapters

    return CATALOGUE


def _print_json(reading: Reading, question: Question) -> bool:
    from partyctl.cli.check.pages import BETWEEN
    from partyctl.show.tables import json_text, speak_utf_8

    branches = reading.judged(current.branch())
    parts = side_by_side(reading, branches, current.ledger_file(), question)
    counts = sum((summary(part.heat) for part in parts), Counter[Status]())
    wrong = any(part.wrong for part in parts)
    period = question.period
    head = {
        "as_of": reading.on.isoformat(),
        "month": period.name if period and period.kind == "month" else None,
        "period": period and period.name,
        "ok": not wrong,
        "summary": {status.value: counts[status] for status in SUMMARY},
    }
    speak_utf_8()
    sys.stdout.write(json_text(head)[:-1] + ', "obligations": [')
    for place, page in enumerate(page for part in parts for page in part.pages.texts()):
        sys.stdout.write(f"{BETWEEN}{page}" if place else page)
    sys.stdout.write("]}\n")
    return wrong


SUMMARY = (
    Status.MET,
    Status.LATE,
    Status.DUE,
    Status.OVERDUE,
    Status.BREACH,
    Status.ADVISED,
    Status.WAIVED,
)


def _print_table(reading: Reading, rules: list[Rule], period: Period | None, asked: Asked) -> bool:
    from partyctl.show.board_rows import Spoken
    from partyctl.show.scoreboard import print_board
    from partyctl.show.tables import write

    board = board_of(reading, rules, period, everything=asked.everything)
    wrong = board.is_wrong(strict=asked.strict)
    short = None if asked.rule else short_months(board.items)
    if not period and not asked.everything:
        pressing = [item for item in board.items if is_pressing(item.obligation, reading.on)]
        board = board._replace(items=pressing)
    judged = reading.judged(current.branch())
    branches = [each for each in judged if each != reading.group]
    names = branches[0].name if len(branches) == 1 else reading.organ.name
    heading = " · ".join([reading.on.isoformat(), names, *([period.name] if period else [])])
    spoken = Spoken(reading.on, len(branches) > 1, reading.shared_names, short)
    is_long = period is not None and period.kind != "month"
    if is_long and asked.by is None and not asked.everything:
        from partyctl.show.overview import print_overview

        print_overview(board, heading, spoken)
        command = f"{reading.command(*branches)} check --period {period}"
        sys.stdout.write(f"\n{_how_to_see_more(command, asked)}\n")
        _write_head(reading)
        return wrong
    usual = Arrangement.CHAPTER if period else Arrangement.STATUS
    by_chapter = (asked.by or usual) is Arrangement.CHAPTER
    print_board(board, heading, spoken, everything=asked.everything, chapters=by_chapter)
    if is_without_people(reading.ledger):
        said = say("名册上还没有人，先登记党员：", "The roll is empty. First enter the members: ")
        sys.stdout.write(f"\n{said}{ENTER_PEOPLE}\n")
    if period:
        write("")
        _write_head(reading)
    return wrong


def _write_head(reading: Reading) -> None:
    from partyctl.show.papers import printed_head
    from partyctl.show.tables import write

    write(printed_head(reading.ledger))


def _how_to_see_more(command: str, asked: Asked) -> str:
    options = {"--area": asked.area, "--rule": asked.rule, "--as-of": asked.as_of}
    command += "".join(f" {name} {value}" for name, value in options.items() if value is not None)
    command += f"{' --strict' if asked.strict else ''} --by chapter"
    return say(f"逐条、逐人：{command}", f"By rule and name: {command}")


def board_of(
    reading: Reading, rules: list[Rule], period: Period | None, *, everything: bool
) -> Scoreboard:
    """Return the duties of a period, and those carried over into it.

    If no period is given, return the open duties, or all duties if `everything` is set.
    """
    wanted = EVERYTHING if everything else ONLY_OPEN
    if period:
        wanted = of_scoreboard(period)
    items = found(reading, reading.judged(current.branch()), rules, period, wanted)
    return Scoreboard(period, list(items))


def is_pressing(obligation: Obligation, on: date) -> bool:
    """Whether a duty is overdue, in breach or advised, or is due this month or within seven days.

    An open duty without a due date also counts.
    """
    if obligation.status is not Status.DUE or obligation.due is None:
        return obligation.is_open
    return obligation.due <= max(period_of("month", on).last, on + SOON)
