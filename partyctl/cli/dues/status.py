"""Answer `partyctl dues status`."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date

from partyctl.calendar import Period, period_named, period_of
from partyctl.cli.input.dates import today
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.errors import BadUsage
from partyctl.language import comma_list, say
from partyctl.law.dues.book import runs
from partyctl.law.dues.status import Standing, standings
from partyctl.ledger.reading.dues.received import received
from partyctl.ledger.views.sources import DUES
from partyctl.light import TYPE_CHECKING, NamedTuple
from partyctl.money import print_yuan
from partyctl.show.papers import printed_head
from partyctl.show.tables import Line, json_text, print_table, speak_utf_8, write

if TYPE_CHECKING:
    from partyctl.contract.dues import DuesOfMember, DuesTotals


class Asked(NamedTuple):
    """The parsed arguments of `dues status`."""

    month: str | None = None
    year: int | None = None
    member: str | None = None
    only_unpaid: bool = False
    as_of: date | None = None
    as_json: bool = False


def answer(asked: Asked) -> int:
    """Print the dues, and return 0. Raises BadUsage if both a month and a year are given."""
    if asked.month and asked.year:
        raise BadUsage(
            say("--month 和 --year 只能用一个。", "Use only one of --month and --year."),
            f"partyctl dues status --month {asked.month}",
        )
    span = asked.month or (str(asked.year) if asked.year else None)
    _print(
        span,
        member=asked.member,
        only_unpaid=asked.only_unpaid,
        as_of=asked.as_of or today(),
        as_json=asked.as_json,
    )
    return 0


def _print(
    span: str | None, *, member: str | None, only_unpaid: bool, as_of: date, as_json: bool
) -> None:
    """Print the members' dues for a month, a year or the whole ledger, as of a day."""
    period = period_named(span) if span else None
    # Without a period, the months that were paid in full appear in the answer only as part of a
    # sum, so they need not be read one by one. If the user names a month or a year, all months are
    # read one by one.
    since = None if period else period_of("month", as_of)
    with current.reading(as_of, since) as reading:
        number = _number(reading, member) if member else None
        chosen = (
            each
            for each in _standings(reading, period)
            if number in (None, each.id)
            and not (only_unpaid and not each.unpaid_months and not each.underpaid_months)
        )
        if as_json:
            _print_json(chosen, as_of)
            return
        found, head = list(chosen), printed_head(reading.ledger)
    _print_lines(found)
    write(head)


def _number(reading: Reading, member: str) -> int:
    """Return the number of the member with the typed name or ID. Raises NoSuchRecord, BadUsage."""
    from partyctl.ledger.reading.lookup import member_number

    return member_number(reading.ledger, member, current.branch_meant(reading))


def _standings(reading: Reading, period: Period | None) -> Iterator[Standing]:
    """Yield each member's dues and payments, branch by branch; skip members who have neither."""
    on = reading.on
    first, last = (period.first, min(period.last, on)) if period else (date.min, on)
    money = received(reading.ledger, first, last)
    for branch in reading.branches_named(current.branch()):
        yield from standings(reading.known(branch, DUES), period, money)


class Sums:
    """The sums of several members' dues; each call of `add` adds the dues of one member."""

    def __init__(self, chosen: Iterable[Standing] = ()) -> None:
        self.members = self.unassessed = self.owed = self.paid = self.prepaid = self.received = 0
        for each in chosen:
            self.add(each)

    def add(self, each: Standing) -> None:
        """Add the dues of one member."""
        self.members += 1
        self.unassessed += each.owed is None
        self.owed += each.owed or 0
        self.paid += each.paid
        self.prepaid += each.prepaid
        self.received += each.received

    def totals(self) -> "DuesTotals":
        """Return the totals. `owed` is None if there are members, but no dues are known."""
        is_unknown = self.members > 0 and self.unassessed == self.members
        return {
            "owed": None if is_unknown else self.owed,
            "paid": self.paid,
            "prepaid": self.prepaid,
            "received": self.received,
            "unassessed": self.unassessed,
        }


def _print_json(chosen: Iterable[Standing], as_of: date) -> None:
    """Print the members as JSON, one at a time, so that they need not all be in memory at once."""
    speak_utf_8()
    sums = Sums()
    sys.stdout.write(f'{{"as_of": "{as_of}", "members": [')
    for place, each in enumerate(chosen):
        sums.add(each)
        sys.stdout.write(f"{', ' if place else ''}{json_text(_member(each))}")
    sys.stdout.write(f'], "totals": {json_text(sums.totals())}}}\n')


def _member(each: Standing) -> "DuesOfMember":
    return {
        "id": each.id,
        "name": each.name,
        "owed": each.owed,
        "paid": each.paid,
        "unpaid_months": each.unpaid_months,
        "longest_unpaid_run": each.longest_unpaid_run,
        "underpaid_months": each.underpaid_months,
        "prepaid": each.prepaid,
        "received": each.received,
    }


def _print_lines(chosen: list[Standing]) -> None:
    headings = (
        "#",
        say("姓名", "name"),
        say("应交", "owed"),
        say("已交", "paid"),
        say("预交", "ahead"),
        say("实收", "received"),
        say("欠交月份", "unpaid"),
        say("未足额", "underpaid"),
    )
    lines = [
        Line(
            (
                str(each.id),
                each.name,
                _yuan(each.owed),
                print_yuan(each.paid),
                print_yuan(each.prepaid),
                print_yuan(each.received),
                _spans(each),
                comma_list(each.underpaid_months),
            ),
            "overdue" if each.unpaid_months else None,
        )
        for each in chosen
    ]
    sums = Sums(chosen).totals()
    money = (sums["paid"], sums["prepaid"], sums["received"])
    total = (say("合计", "total"), _yuan(sums["owed"]), *map(print_yuan, money))
    print_table(headings, [*lines, Line(("", *total, "", ""))])


def _yuan(fen: int | None) -> str:
    return say("未核定", "unassessed") if fen is None else print_yuan(fen)


def _spans(each: Standing) -> str:
    """Return the unpaid months, with consecutive months written as from–to."""
    return comma_list(
        run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs(each.unpaid_months)
    )
