"""Judge the rows of a dues sheet: which assessments they add, which payments they add or correct."""

from datetime import date
from typing import TYPE_CHECKING, Any

from partyctl.bilingual import Told
from partyctl.cli.dues import several_months
from partyctl.cli.dues.entry_sheet import fill
from partyctl.cli.dues.payers import Payers
from partyctl.cli.member.sheet_matching import Unmatched
from partyctl.cli.sheets import judging
from partyctl.errors import PartyctlError
from partyctl.papers.sheets.forms.dues import DUES, MONTHS, month_field
from partyctl.papers.sheets.forms.months import months_of
from partyctl.papers.sheets.lines import Entry, Problem, Reading
from partyctl.papers.sheets.unread import Unread
from partyctl.terms import Category

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.people import Member


def judge(session: "Session", reading: Reading, wanted: judging.Wanted) -> judging.Judgement:
    """Judge every row: which assessments it adds, and which payments it adds or can correct."""
    judges = _Judges(session, wanted)
    judgement = judging.Judgement()
    for entry in reading.entries:
        lines, problems = judges.judge(entry)
        judgement.lines += lines
        judgement.problems += problems
    return judgement


class _Judges:
    def __init__(self, session: "Session", wanted: judging.Wanted) -> None:
        self._session = session
        self._payers = Payers(session, wanted)
        self._wanted = wanted
        self._seen: dict[object, Entry] = {}

    def judge(self, entry: Entry) -> tuple[list[judging.Judged], list[Problem]]:
        """Judge a row: return its judged assessment and payments, and its problems."""
        try:
            member = self._payers.of(entry)
        except Unmatched as unmatched:
            return [], [unmatched.problem]
        if member is None:
            return [], [judging.nobody(entry)]
        lines: list[judging.Judged] = []
        problems: list[Problem] = []
        for found in (self._assessment(entry, member), *self._payments(entry, member)):
            if isinstance(found, Problem):
                problems.append(found)
            elif found is not None:
                lines.append(found)
        if not lines and not problems:
            lines = [judging.Judged(entry, judging.State.NOTHING, None, {"name": member.name})]
        return lines, problems

    def _assessment(self, entry: Entry, member: "Member") -> judging.Judged | Problem | None:
        base = entry.values.get("base")
        if base is None:
            return None
        month = self._said("from_month", entry) or self._only_assessed_month(entry)
        if month is None:
            return self._lacking(entry, "from_month", "从哪个月起按这个基数交")
        if second := judging.twice(self._seen, entry, (member.number, "base", month)):
            return second
        recorded = _recorded_base(self._session, member, month)
        category = entry.values.get("category")
        stored = {"name": member.name, "base": base, "from_month": month}
        if recorded == base:
            return judging.Judged(entry, judging.State.SAME, None, stored)
        if category is not None:
            stored["category"] = category
        judged = judging.Judged(entry, judging.State.NEW, None, stored)
        judged.write = lambda: self._assess(entry, member, month, base, category)
        return judged

    def _only_assessed_month(self, entry: Entry) -> str | None:
        """Return the first month in which a row's base applies, if the row gives this month.

        Return None if the row gives no month. Also return None if the row has a payment, because the
        row's month is then the month of the payment.
        """
        paid = {"paid", *(month_field(number) for number in MONTHS)} & entry.values.keys()
        return None if paid else entry.values.get("month")

    def _assess(
        self, entry: Entry, member: "Member", month: str, base: int, category: Category | None
    ) -> int:
        from partyctl.errors import BadUsage
        from partyctl.language import say
        from partyctl.records.dues import assessments

        try:
            recorded, _ = assessments.record_assessment(
                self._session,
                f"#{member.number}",
                from_month=month,
                base=base,
                category=category,
                chosen=None,
                reason=self._said("reason", entry),
            )
        except assessments.MissingReason:
            raise BadUsage(
                say(
                    f"{month} 起年内改了基数，要在“调整原因”一列写明原因。",
                    f"From {month} the base changes in the middle of a year: give the reason in “调整原因”.",
                )
            ) from None
        return recorded.number

    def _payments(self, entry: Entry, member: "Member") -> list[judging.Judged | Problem | None]:
        values = entry.values
        found: list[judging.Judged | Problem | None] = []
        amount = values.get("paid")
        if amount is not None and "months" in values and "month" not in values:
            found.append(self._payment_of_several(entry, member, amount))
        elif amount is not None:
            month = self._said("month", entry)
            if month is None:
                return [self._lacking(entry, "month", "交的是哪个月的党费")]
            found.append(self._payment(entry, member, month, amount))
        year = values.get("year")
        for number in MONTHS:
            amount = values.get(month_field(number))
            if amount is None:
                continue
            if year is None:
                return [self._lacking(entry, "year", "各月是哪一年的；标题里写明，或用 --month")]
            found.append(self._payment(entry, member, f"{year}-{number:02d}", amount))
        return found

    def _payment_of_several(
        self, entry: Entry, member: "Member", amount: int
    ) -> judging.Judged | Problem | None:
        """Judge a row that gives one amount for several months."""
        months = months_of(entry.values["months"], entry.values.get("year"))
        if months is None:
            return self._lacking(entry, "year", "各月是哪一年的；标题里写明，或用 --month")
        for month in months:
            if second := judging.twice(self._seen, entry, (member.number, "paid", month)):
                return second
        try:
            judged = several_months.judged(self._session, entry, member, months, amount)
        except PartyctlError as error:
            return judging.refused(entry, error)
        if isinstance(judged, Problem) or judged.state is judging.State.SAME:
            return judged
        paid_on = self._said("paid_on", entry)
        if paid_on is None:
            return self._lacking(entry, "paid_on", "哪一天交的")
        judged.stored |= {"paid_on": paid_on}
        judged.write = lambda: self._pay(entry, member, months, amount, paid_on)
        return judged

    def _payment(
        self, entry: Entry, member: "Member", month: str, amount: int
    ) -> judging.Judged | Problem | None:
        from partyctl.records.dues import payments

        if amount == 0:
            return None
        if second := judging.twice(self._seen, entry, (member.number, "paid", month)):
            return second
        paid = payments.paid_for(self._session, member, month)
        stored: dict[str, Any] = {"name": member.name, "month": month, "paid": amount}
        if paid:
            return self._otherwise(entry, member, stored, paid)
        paid_on = self._said("paid_on", entry)
        if paid_on is None:
            return self._lacking(entry, "paid_on", "哪一天交的")
        stored |= {"paid_on": paid_on}
        judged = judging.Judged(entry, judging.State.NEW, None, stored)
        judged.write = lambda: self._pay(entry, member, (month,), amount, paid_on)
        return judged

    def _otherwise(
        self, entry: Entry, member: "Member", stored: dict[str, Any], paid: int
    ) -> judging.Judged:
        """Judge a month for which a payment is already recorded.

        If the row gives another amount, day or receipt, an import with --update corrects the payment.
        This is possible only if the member has a single payment for the month, and this payment
        covers no other month and includes no extra money (see `only_payment`).
        """
        from partyctl.records.dues import correcting

        said = {"paid": stored["paid"]} | {
            name: entry.values[name]
            for name in ("paid_on", "receipt")
            if name in entry.values and name not in self._wanted.given and "paid" in entry.values
        }
        month = stored["month"]
        payment = correcting.only_payment(self._session, member, month)
        remedy = None
        if payment is None:
            said = {"paid": stored["paid"]}
            remedy = f"partyctl dues status --member '#{member.number}' --month {month}"
        recorded = {"paid": paid} | (
            {} if payment is None else {"paid_on": payment.paid_on, "receipt": payment.receipt}
        )
        differences = [
            judging.differing(DUES.column(name), recorded[name], value, remedy)
            for name, value in said.items()
            if value != recorded[name]
        ]
        state = judging.State.DIFFERENT if differences else judging.State.SAME
        number = payment.entry_id if payment is not None and differences else None
        judged = judging.Judged(entry, state, number, stored, differences)
        if payment is not None and differences:
            judged.write = lambda: correcting.correct(self._session, member, payment, **said)
        return judged

    def _pay(
        self,
        entry: Entry,
        member: "Member",
        months: tuple[str, ...],
        amount: int,
        paid_on: date,
    ) -> int:
        from partyctl.records.dues import payments

        said = payments.Handover(
            member=f"#{member.number}",
            months=months,
            amount=amount,
            paid_on=paid_on,
            by=entry.values.get("by"),
            receipt=entry.values.get("receipt"),
        )
        recorded, _ = payments.pay(self._session, said)
        return recorded.number

    def _said(self, field: str, entry: Entry) -> Any:  # noqa: ANN401 - fields have values of any type
        """Return a row's value for a field, or the clerk's answer if there is no value, or None."""
        if field in entry.values:
            return entry.values[field]
        if text := self._wanted.answers.get(_key(field, entry)):
            try:
                return DUES.column(field).read(text).get(field)
            except Unread:
                return None
        return None

    def _lacking(self, entry: Entry, field: str, asked: str) -> Problem:
        """Return the problem for a row in which a value is missing.

        If the clerk is asked for the value, the answer applies to all rows of the sheet in which
        this value is missing.
        """
        columns = {column.field: column.name for column in DUES.columns}
        return judging.unclear(
            entry,
            columns.get(field, ""),
            str(entry.values["name"]),
            Told(f"没有写{asked}", f"does not say {columns.get(field, field)}"),
            kind=f"no-{field}",
            key=_key(field, entry) if field in columns else None,
        )


def _key(field: str, entry: Entry) -> str:
    return f"{field} of {entry.sheet}"


def _recorded_base(session: "Session", member: "Member", month: str) -> int | None:
    """Return the recorded base that applies in a month, or None if there is none."""
    from partyctl.ledger.writing.session import driver_of

    session.flush()
    row = (
        driver_of(session)
        .execute(
            "SELECT base FROM dues_assessment AS assessment JOIN dues_entry AS entry "
            "ON entry.id = assessment.entry_id WHERE assessment.member_id = ? "
            "AND entry.voided_at IS NULL AND from_month <= ? ORDER BY from_month DESC, "
            "assessment.entry_id DESC LIMIT 1",
            (member.number, month),
        )
        .fetchone()
    )
    return None if row is None or row[0] is None else int(row[0])


DUES_IMPORT = judging.Import(DUES, "entries", Told("条", "entry"), judge, fill, judging.write_each)
