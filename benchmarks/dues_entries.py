"""A branch's dues book, month by month: yearly assessments, payments and other events."""

from functools import lru_cache

from roster import MONTHS, Branch, Member
from rows import Rows, Value, at

from partyctl.calendar import period_named
from partyctl.law.dues.tariff import Assessed, assess
from partyctl.terms import Category, DuesAct, LapseStep, Payer

FIRST_TARIFF = "2008-04"
"""The first month whose tariff the program knows. The same tariff is used for earlier months."""

assessed = lru_cache(maxsize=65536)(assess)


def begin(rows: Rows, branch: Branch, month: str) -> None:
    """Add the assessments that start with a month: each January, and in a member's first month."""
    for member in branch.members:
        before = period_named(month).shifted(-1).name
        first = member.owes(month) and (before < MONTHS[0] or not member.owes(before))
        if first or (member.owes(month) and month.endswith("-01")):
            base, (amount, working) = base_of(member, month), dues_of(member, month)
            entry = _entry(rows, member, DuesAct.ASSESSMENT, f"{month}-02")
            of = (member.id, month, entry, member.category)
            rows.add("dues_assessment", *of, base, amount, working.chinese)


def base_of(member: Member, month: str) -> int | None:
    """A member's income base in the year of a month, in 分; farmers have no base.

    Each year, incomes grow by 3 % of the base of 2021.
    """
    if member.category is Category.FARMER:
        return None
    return member.base * (100 + 3 * (int(month[:4]) - 2021)) // 10000 * 100


def dues_of(member: Member, month: str) -> Assessed:
    """A member's dues for a month, by the tariff."""
    return assessed(member.category, base_of(member, month), max(month, FIRST_TARIFF))


def collect(rows: Rows, branch: Branch, month: str) -> None:
    """Add a month's payments, exemptions, and steps against members who have not paid."""
    for place, member in enumerate(branch.members):
        if not member.owes(month):
            continue
        day = f"{month}-{branch.random.randrange(5, 26):02d}"
        habit = member.habit
        if habit.exempt and habit.exempt[0] == month:
            _exempt(rows, member, month)
        if month in habit.made_up:
            _pay_late(rows, member, day, *habit.made_up[month])
        if habit.lapse_steps and month == max(habit.skipped):
            _lapse(rows, member, month)
        if month in habit.skipped:
            continue
        if month in habit.voided:
            _void_payment(rows, member, day, month)
        _pay_month(rows, branch, place, day, month)


def _pay_month(rows: Rows, branch: Branch, place: int, day: str, month: str) -> None:
    member = branch.members[place]
    amount = dues_of(member, month).amount
    if month in member.habit.underpaid and amount > 1:
        amount = amount * 2 // 3
    proxy = member.habit.proxies.get(month)
    payer, payer_id, consent = Payer.SELF, None, None
    if proxy:
        payer = proxy.payer
        payer_id = branch.members[place - 1].id if payer is Payer.MEMBER else None
        consent = f"{month}-03" if proxy.agreed else None
    entry = _entry(rows, member, DuesAct.PAYMENT, day)
    _payment(rows, entry, day, amount, month, month, payer, payer_id, consent)
    rows.add("dues_payment_line", member.id, month, entry, amount)


def _pay_late(rows: Rows, member: Member, day: str, first: str, last: str) -> None:
    period = period_named(first)
    months = [period]
    while months[-1].name != last:
        months.append(months[-1].shifted(1))
    owed = [(each.name, dues_of(member, each.name).amount) for each in months]
    if not all(member.owes(month) for month, _ in owed):
        return
    entry = _entry(rows, member, DuesAct.PAYMENT, day)
    total = sum(amount for _, amount in owed)
    consent = f"{day[:7]}-03"
    _payment(rows, entry, day, total, first, last, Payer.SELF, None, consent)
    for month, amount in owed:
        rows.add("dues_payment_line", member.id, month, entry, amount)


def _void_payment(rows: Rows, member: Member, day: str, month: str) -> None:
    amount = dues_of(member, month).amount * 10
    entry = _entry(rows, member, DuesAct.PAYMENT, day, voided=True)
    _payment(rows, entry, day, amount, month, month, Payer.SELF, None, None)
    rows.add("dues_payment_line", member.id, month, entry, amount)


def _exempt(rows: Rows, member: Member, month: str) -> None:
    assert member.habit.exempt is not None
    entry = _entry(rows, member, DuesAct.EXEMPTION, f"{month}-02")
    rows.add("dues_exemption", entry, *member.habit.exempt, f"{month}-02", "重病", "机关党委")


def _lapse(rows: Rows, member: Member, month: str) -> None:
    """Add one to three steps after seven months without dues; the third step ends the procedure."""
    days = ("10", "18", "27")
    for step, day in list(zip(LapseStep, days, strict=True))[: member.habit.lapse_steps]:
        entry = _entry(rows, member, DuesAct.LAPSE, f"{month}-{day}")
        rows.add("dues_lapse", entry, step, f"{month}-{day}")


def _entry(rows: Rows, member: Member, act: DuesAct, day: str, *, voided: bool = False) -> int:
    number = rows.next_number("dues_entry")
    void = (at(day), "金额录错") if voided else (None, None)
    rows.add("dues_entry", number, at(day), *void, member.id, act)
    return number


def _payment(rows: Rows, entry: int, day: str, amount: int, *rest: Value) -> None:
    rows.add("dues_payment", entry, day, amount, *rest, f"S{entry:08d}")
