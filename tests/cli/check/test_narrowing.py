"""Commands do not read dues that were paid in full, on time and in person.

The commands' answers must be the same as if the commands read all dues.
"""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partyctl.calendar import Period, period_named, period_of
from partyctl.cli.check import judging
from partyctl.cli.check.judging import Question, part, side_by_side
from partyctl.cli.check.pages import BETWEEN
from partyctl.cli.session.reading import Reading
from partyctl.cli.start.main import run as run_command
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.dues.status import Standing, standings
from partyctl.law.questions.scoreboard import summary
from partyctl.ledger.file.opening import open_for_reading
from partyctl.ledger.views.sources import DUES

MONTHS = tuple(f"2026-{month:02d}" for month in range(1, 7))

# A month's dues can be unpaid, paid plainly (in full, on time, by the member), paid late, paid by
# another person, paid in part, or paid up to two months ahead, in full or in part. The member can
# be exempt and can still pay; a payment can be voided. If a payment is one or four months late, or
# comes from another person, the committee can have agreed to it.
HAPPENED = (
    "nothing",
    "plain",
    "plain",
    "plain",
    "late",
    "late agreed",
    "very late agreed",
    "proxy",
    "proxy agreed",
    "short",
    "exempt",
    "exempt and paid",
    "voided",
    "ahead",
    "ahead in part",
)
STRICTER = "rules set dues-late-limit --months 1 --from 2026-01-01 --reason 从严 --confirm"
HISTORIES = st.lists(
    st.lists(st.sampled_from(HAPPENED), min_size=len(MONTHS), max_size=len(MONTHS)),
    min_size=3,
    max_size=3,
)


def ran(line: str) -> None:
    assert run_command(line.split()) == 0, line


def make(path: Path, histories: list[list[str]]) -> None:
    ran(f"--ledger {path} init --organ 局 --branch 支部 --since 2026-01-01")
    entry = 0
    for number, history in enumerate(histories):
        name = f"党员{number}"
        ran(f"--ledger {path} member add {name} --joined 2020-01-01")
        ran(f"--ledger {path} dues assess {name} --base 5100 --from 2026-01")
        ran(f"--ledger {path} dues assess {name} --base 4900 --from 2026-04 --reason 降薪")
        entry += 2
        for month, happened in zip(MONTHS, history, strict=True):
            entry += record(path, name, month, happened, entry)


def record(path: Path, name: str, month: str, happened: str, entry: int) -> int:
    """Record a month's dues as `happened` says; return how many dues records this adds."""
    if happened == "nothing":
        return 0
    amount = "--amount 76.50" if month < "2026-04" else "--amount 49.00"
    later = period_named(month).shifted(4 if happened.startswith("very") else 1).first
    plain = f"{amount} --on {month}-05"
    before = max(period_named(month).shifted(-2).first, date(2026, 1, 1))
    ways = {
        "late": f"{amount} --on {later}",
        "late agreed": f"{amount} --on {later} --consent {later}",
        "very late agreed": f"{amount} --on {later} --consent {later}",
        "proxy": f"{plain} --by relative",
        "proxy agreed": f"{plain} --by relative --consent {month}-04",
        "short": f"--amount 10 --on {month}-05",
        "ahead": f"{amount} --on {before}",
        "ahead in part": f"--amount 10 --on {before}",
    }
    if happened.startswith("exempt"):
        span = f"--from {month} --to {month} --on {month}-10"
        ran(f"--ledger {path} dues exempt {name} {span} --reason 困难 --approved-by 党委")
    if happened == "exempt and paid":
        ran(f"--ledger {path} dues pay {name} --month {month} {plain}")
        return 2
    if happened != "exempt":
        ran(f"--ledger {path} dues pay {name} --month {month} {ways.get(happened, plain)}")
    if happened == "voided":
        ran(f"--ledger {path} dues void {entry + 1} --reason 误登")
    if happened == "ahead in part":
        rest = "66.50" if month < "2026-04" else "39.00"
        ran(f"--ledger {path} dues pay {name} --month {month} --amount {rest} --on {month}-05")
        return 2
    return 1


def said(answer: judging.Part) -> tuple[object, ...]:
    return [*answer.pages.texts()], answer.heat, answer.wrong


def answers(path: Path, name: str, on: date) -> tuple[judging.Part, judging.Part]:
    """Compute a period's scoreboard twice: from the records that `check` reads, and from all records."""
    period = period_named(name)
    since = period_of("month", period.first)
    question = Question(tuple(rule.id for rule in CATALOGUE), period, strict=False)
    with open_for_reading(path) as connection:
        narrow, whole = Reading(connection, on, since, period.last), Reading(connection, on)
        return part(narrow, narrow.branches, question), part(whole, whole.branches, question)


def statuses(
    path: Path, on: date, span: Period | None = None
) -> tuple[list[Standing], list[Standing]]:
    """List the members' dues twice: from the records that commands read, and from all records."""
    since = period_of("month", span.first if span else on)
    with open_for_reading(path) as connection:
        narrow, whole = Reading(connection, on, since), Reading(connection, on)
        return tuple(
            list(standings(each.known(each.branches[0], DUES), span, {}))
            for each in (narrow, whole)
        )


@pytest.mark.long
@settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(histories=HISTORIES, data=st.data())
def test_what_is_not_read_again_changes_no_answer(
    histories: list[list[str]], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
):
    path = tmp_path_factory.mktemp("narrow") / "ledger.db"
    make(path, histories)
    require_same_answers(path, data)
    ran(f"--ledger {path} {STRICTER}")
    require_same_answers(path, data)


def require_same_answers(path: Path, data: st.DataObject) -> None:
    for name in (*MONTHS[2:], "2026-Q2", "2026-H1", "2026"):
        period = period_named(name)
        days = st.dates(date(2026, 2, 1), date(2027, 3, 1)) | st.dates(period.first, period.last)
        on = data.draw(days, label=name)
        narrow, whole = answers(path, name, on)
        assert said(narrow) == said(whole)
        for span in (None, period):
            narrow, whole = statuses(path, on, span)
            assert narrow == whole


def test_members_who_are_paid_up_are_indeed_not_read(tmp_path: Path):
    path = tmp_path / "ledger.db"
    make(path, [["plain"] * 6, ["plain", "nothing", "plain", "plain", "plain", "plain"]])
    with open_for_reading(path) as connection:
        reading = Reading(connection, date(2026, 7, 5), period_named("2026-06"))
        known = reading.known(reading.branches[0])
    assert [(who, each.complete) for who, each in known.settled.items()] == [(1, True), (2, False)]
    months = {1: set(), 2: set()}
    for fact in known.facts["dues:payment"]:
        months[fact.subject_id].add(fact.period)
    assert months == {1: {"2026-06"}, 2: {"2026-06"}}


@pytest.mark.parametrize("paid", [(), ("2024-03",), ("2024-04", "2024-05"), ("2025-01",)])
def test_a_year_has_the_lapse_that_opened_in_it(paid: tuple[str, ...], tmp_path: Path):
    """Six months without payment open a procedure in 2024, even if some are paid for in 2025."""
    path = tmp_path / "ledger.db"
    ran(f"--ledger {path} init --organ 局 --branch 支部 --since 2024-01-01")
    ran(f"--ledger {path} member add 党员 --joined 2020-01-01")
    ran(f"--ledger {path} dues assess 党员 --base 5100 --from 2024-01")
    early = "2024-01", "2024-02"
    for month in (*early, *paid):
        day = f"{month}-05" if month in early else "2025-02-10 --consent 2025-02-10"
        ran(f"--ledger {path} dues pay 党员 --month {month} --amount 76.50 --on {day}")
    narrow, whole = answers(path, "2024", date(2025, 6, 1))
    assert said(narrow) == said(whole)
    [line] = [line for line in "".join(whole.pages.texts()).split('"rule": ') if "lapse" in line]
    assert '"opens": "2024-09-01"' in line


def test_later_dues_are_read_only_of_members_who_had_paid_ahead(tmp_path: Path):
    path = tmp_path / "ledger.db"
    ahead = [*["plain"] * 4, "ahead", "ahead in part"]
    make(path, [["plain"] * 6, ahead, ["nothing", *["plain"] * 5]])
    months: dict[int, set[str]] = {1: set(), 2: set(), 3: set()}
    with open_for_reading(path) as connection:
        month = period_named("2026-03")
        reading = Reading(connection, date(2026, 7, 5), month, month.last)
        for fact in reading.known(reading.branches[0]).facts["dues:payment"]:
            months[fact.subject_id].add(str(fact.period))
    later = {*MONTHS[2:]}
    assert months == {1: {"2026-03"}, 2: later, 3: later}


def test_the_dues_of_a_month_do_not_include_earlier_months(tmp_path: Path):
    path = tmp_path / "ledger.db"
    make(path, [["plain"] * 6])
    narrow, whole = statuses(path, date(2026, 7, 5), period_named("2026-06"))
    assert narrow == whole
    assert [each.paid for each in narrow] == [4900]


def test_a_period_whose_payments_were_not_read_is_refused(tmp_path: Path):
    path = tmp_path / "ledger.db"
    make(path, [["plain"] * 6])
    with open_for_reading(path) as connection:
        reading = Reading(connection, date(2026, 7, 5), period_named("2026-06"))
        known = reading.known(reading.branches[0], DUES)
        with pytest.raises(ValueError, match="were not read"):
            list(standings(known, period_named("2026-05"), {}))


@pytest.mark.parametrize(
    "change", ["meeting void 1 --reason 误登", "meeting edit 1 --on 2026-02-09"]
)
def test_consent_is_lost_if_its_meeting_is_void_or_later(change: str, tmp_path: Path):
    path = tmp_path / "ledger.db"
    make(path, [["nothing"] * 6])
    ran(f"--ledger {path} meeting add committee --on 2026-02-01 --chair 党员0 --minutes 记")
    pay = "dues pay 党员0 --month {month} --amount {amount} --on {on}"
    late = pay.format(month="2026-01", amount="76.50", on="2026-02-05")
    ran(f"--ledger {path} {late} --consent #1")
    for month in MONTHS[1:]:
        amount = "76.50" if month < "2026-04" else "49.00"
        ran(f"--ledger {path} {pay.format(month=month, amount=amount, on=f'{month}-05')}")
    ran(f"--ledger {path} {change}")
    narrow, whole = answers(path, "2026-06", date(2026, 7, 5))
    assert said(narrow) == said(whole)
    assert '"rule": "dues-late-consent"' in "".join(narrow.pages.texts())


def test_a_later_day_of_leaving_changes_nothing_before_it(tmp_path: Path):
    path = tmp_path / "ledger.db"
    make(path, [[*["plain"] * 2, *["nothing"] * 4]])
    ran(f"--ledger {path} member leave 党员0 --on 2026-06-20 --to 外省某支部 --dues-to 2026-02")
    on = date(2026, 5, 31)
    narrow, whole = answers(path, "2026-05", on)
    assert said(narrow) == said(whole)
    narrow_standing, whole_standing = statuses(path, on)
    assert narrow_standing == whole_standing


@pytest.mark.parametrize("on", [date(2026, 3, 31), date(2026, 4, 1), date(2026, 7, 5)])
def test_dues_paid_ahead_are_full_on_the_day_they_were_paid(on: date, tmp_path: Path):
    """Dues for May that were paid in March are in the answer about March."""
    path = tmp_path / "ledger.db"
    make(path, [[*["plain"] * 4, "ahead", "plain"]])
    narrow, whole = answers(path, "2026-03", on)
    assert said(narrow) == said(whole)
    assert "".join(whole.pages.texts()).count('"rule": "dues-full-amount"') == 2


def test_members_are_paid_up_if_the_committee_agreed_unless_a_rule_was_changed(tmp_path: Path):
    path = tmp_path / "ledger.db"
    plain = ["plain"] * 4
    late = ["late agreed", "proxy agreed", *plain]
    make(path, [late, ["very late agreed", "plain", *plain], ["late", "plain", *plain]])

    def paid_up() -> set[int]:
        with open_for_reading(path) as connection:
            reading = Reading(connection, date(2026, 7, 5), period_named("2026-06"))
            settled = reading.known(reading.branches[0]).settled
            return {who for who, each in settled.items() if each.complete}

    assert paid_up() == {1}
    ran(f"--ledger {path} {STRICTER}")
    assert paid_up() == set()


def test_a_late_payment_that_was_made_in_the_month_in_question_is_read(tmp_path: Path):
    path = tmp_path / "ledger.db"
    make(path, [[*["plain"] * 4, "late agreed", "plain"]])
    narrow, whole = answers(path, "2026-06", date(2026, 7, 5))
    assert said(narrow) == said(whole)


def test_many_branches_are_answered_by_processes_side_by_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "ledger.db"
    make(path, [["plain"] * 6])
    for number in range(2, 6):
        ran(f"--ledger {path} branch add 支部{number} --founded 2020-01-01")
    month = period_named("2026-03")
    question = Question(("members-meeting", "dues-monthly"), month, strict=False)
    with open_for_reading(path) as connection:
        reading = Reading(connection, date(2026, 7, 5), month)
        alone = side_by_side(reading, reading.branches, path, question)
        monkeypatch.setattr(judging, "MANY", 2)
        monkeypatch.setattr(judging.os, "cpu_count", lambda: 2)
        together = side_by_side(reading, reading.branches, path, question)
    assert len(alone) == 1
    assert len(together) == 2
    pages = [page for part in together for page in part.pages.texts()]
    assert [BETWEEN.join(pages)] == [*alone[0].pages.texts()]
    both, one = (
        sum((summary(each.heat) for each in parts), Counter()) for parts in (together, alone)
    )
    assert both == one
    assert one
    assert together[0].wrong or together[1].wrong
