"""`check` reads few details of days outside the period in question; its answers stay the same."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partyctl.calendar import period_named, period_of
from partyctl.cli.check import judging
from partyctl.cli.check.judging import Question, part
from partyctl.cli.session import reading
from partyctl.cli.session.reading import Reading
from partyctl.cli.start.main import run as run_command
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.engine.every import Every
from partyctl.law.engine.facts import Fact, what
from partyctl.law.engine.owed import ONLY_OPEN
from partyctl.law.engine.requires import Requires
from partyctl.law.engine.rule import Rule
from partyctl.law.questions.scoreboard import placed
from partyctl.ledger.file.opening import open_for_reading
from partyctl.ledger.reading.known import activities, review_lines
from partyctl.ledger.views.sources import DUES, REVIEWS, TALKS
from partyctl.terms import MeetingKind, TalkKind, Term

YEARS = (2023, 2024, 2025)
FIRST, LAST = date(2023, 1, 1), date(2026, 3, 31)
PEOPLE = ("赵一", "钱二", "孙三", "李四", "周五")
FOUNDING = """
init --organ 局 --branch 支部 --since 2023-01-01 --cell 第一小组
member add 赵一 --joined 2010-01-01 --post branch-secretary --leader
member add 钱二 --joined 2011-01-01 --post organization
member add 孙三 --joined 2012-01-01 --post publicity
member add 李四 --joined 2013-01-01
member add 周五 --joined 2024-05-01 --probationary
"""
HANDOVER = """
member post 赵一 branch-secretary --from 2023-01-01 --to 2024-06-30
member post 李四 branch-secretary --from 2024-07-01
"""
ALWAYS = "true OR {by_secretary} OR {by_committee}"
NEWCOMER = "member add 吴六 --joined 2015-01-01"
"""A command that enters a member after the reviews were closed, so no review rates this member."""

CHANGES = (
    "rules set talk-members --every half-year --from 2024-01-01 --reason 试行 --confirm",
    "rules set members-meeting --count 2 --from 2024-01-01 --reason 试行 --confirm",
    "rules set study-session --every year --by 12-31 --from 2024-01-01 --reason 试行 --confirm",
    "rules enable roll-forward --from 2023-01-01 --reason 试行 --confirm",
    NEWCOMER,
    "waive talk-coverage --subject 李四 --period 2024-Q2 --reason 病假 --decided-on 2024-07-01",
)


def some_day(dice: Random, year: int, month: int) -> date:
    return date(year, month, dice.randrange(1, 29))


def meetings(dice: Random, year: int, month: int) -> Iterator[str]:
    """The meetings of a month.

    Most meetings are correct; some are missing or incorrect, or make up for an earlier month.
    """
    for kind in ("study", "members", "committee", "cell", "theme-day", "lecture", "org-life"):
        if dice.random() < (0.15 if kind in {"study", "members", "committee", "cell"} else 0.7):
            continue
        yield f"meeting add {kind} {' '.join(particulars(dice, kind, some_day(dice, year, month)))}"


def particulars(dice: Random, kind: str, day: date) -> Iterator[str]:
    """The options of a meeting; some of them are missing or wrong at random."""
    chair = "赵一" if day <= date(2024, 6, 30) else "李四"
    yield f"--on {day} --chair {chair if dice.random() < 0.85 else dice.choice(PEOPLE[:4])}"
    yield from ("--minutes 记录" for _ in range(dice.random() < 0.9))
    yield f"--notified {day - timedelta(dice.choice((0, 1, 2, 3, 4, 5)))}"
    yield dice.choice(("--topic 待定", "--decision 评优=同意", "", "", ""))
    yield OWN.get(kind, "").format(lecturer=dice.choice(PEOPLE), asked=day - timedelta(2))
    if dice.random() < 0.1 and kind not in {"lecture", "org-life"}:
        missed = period_named(f"{day:%Y-%m}").shifted(-dice.randrange(1, 15))
        yield f"--makes-up {missed.name}" if missed.first >= FIRST else ""


OWN = {
    "cell": "--cell 第一小组",
    "lecture": "--lecturer {lecturer}",
    "org-life": "--criticism --opinions-on {asked} --opinions-inside 2",
}
"""The additional options of some kinds of meeting."""


def talks(dice: Random, year: int, month: int) -> Iterator[str]:
    for _ in range(dice.randrange(3)):
        one, two = dice.sample(PEOPLE, 2)
        makes_up = f" --makes-up {year}-Q1" if month > 3 and dice.random() < 0.1 else ""
        yield f"talk add --on {some_day(dice, year, month)} --with {one},{two}{makes_up}"


def review(dice: Random, year: int) -> Iterator[str]:
    """The commands of a year's review. In some reviews, a person or a step is late or missing."""
    days = date(year, 11, 20), date(year, 12, 20), date(year + 1, 1, 15), date(year + 1, 2, 25)
    held = dice.choices(days, (3, 5, 1, 1))[0]
    yield f"review open {year} --on {held - timedelta(19)}"
    if dice.random() < 0.9:
        yield f"review study {year} --on {held - timedelta(15)}"
    yield f"review meeting {year} --on {held}"
    for name in PEOPLE[: 5 if year > 2023 else 4]:
        if dice.random() < 0.95:
            yield f"review self {year} {name} --on {held - timedelta(dice.randrange(15))}"
    for name in PEOPLE[:4]:
        grade = dice.choices(("qualified", "excellent", "unqualified"), (20, 2, 1))[0]
        if dice.random() < 0.97:
            yield f"review rate {year} {name} {grade}"
        if grade == "excellent" and dice.random() < 0.7:
            yield f"review outcome {year} {name} --commend 表彰 --on {held}"
    if dice.random() < 0.9:
        yield f"review close {year} --on {held + timedelta(3)}"


def history(seed: int) -> list[str]:
    """The command lines that record a branch over some years."""
    dice = Random(seed)
    lines = [*FOUNDING.strip().splitlines(), *HANDOVER.strip().splitlines()]
    for year in (*YEARS, 2026):
        for month in range(1, 13 if year < 2026 else 4):
            people = PEOPLE if (year, month) > (2024, 5) else PEOPLE[:4]
            made = [*meetings(dice, year, month), *talks(dice, year, month)]
            lines += [line for line in made if people == PEOPLE or PEOPLE[4] not in line]
        lines += review(dice, year) if year in YEARS else ()
    chosen = dice.sample(CHANGES, dice.randrange(4))
    return [
        *lines,
        *chosen,
        f"meeting void {dice.randrange(1, 20)} --reason 误登",
        "talk void 2 --reason 误登",
    ]


def make(path: Path, seed: int) -> None:
    """Record a random history; lines that the program refuses have no effect."""
    for line in history(seed):
        run_command(["--ledger", str(path), *line.split()])


def said(answer: judging.Part) -> tuple[object, ...]:
    return [*answer.pages.texts()], answer.heat, answer.wrong


def scoreboards(path: Path, name: str, on: date, rules: tuple[str, ...]) -> list[judging.Part]:
    """Compute a period's scoreboard twice: from the records that `check` reads, and from all records."""
    period = period_named(name)
    month = period_of("month", period.first)
    with open_for_reading(path) as connection:
        both = Reading(connection, on, month, period.last), Reading(connection, on)
        question = Question(rules, period, strict=False)
        return [part(each, each.branches, question) for each in both]


def open_ones(path: Path, on: date) -> list[list[object]]:
    """Find a day's open duties twice: in the records that `check` reads, and in all records."""
    with open_for_reading(path) as connection:
        month = period_named(f"{on:%Y-%m}")
        return [
            list(
                placed(
                    judging.found(each, each.branches, list(CATALOGUE), None, ONLY_OPEN), "", None
                )
            )
            for each in (Reading(connection, on, month), Reading(connection, on))
        ]


def require_same(path: Path, dice: Random, times: int) -> None:
    everything = tuple(rule.id for rule in CATALOGUE)
    for _ in range(times):
        on = FIRST + timedelta(dice.randrange((LAST - FIRST).days + 60))
        kind = dice.choice(("month", "month", "quarter", "half-year", "year"))
        months = dice.choice((dice.randrange(16), dice.randrange(16), dice.randrange(36)))
        day = period_named(f"{on:%Y-%m}").shifted(-months).first
        period = period_of(kind, max(day, FIRST)).name
        rules = (dice.choice(everything),) if dice.random() < 0.2 else everything
        narrow, whole = scoreboards(path, period, on, rules)
        assert said(narrow) == said(whole), (period, on)
        ours, theirs = open_ones(path, on)
        assert ours == theirs, on


@pytest.mark.long
@settings(max_examples=1)
@given(seed=st.integers(0, 10**6))
def test_no_answer_changes(seed: int, tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("past") / "ledger.db"
    make(path, seed)
    require_same(path, Random(seed), 12)


@pytest.mark.hard
@settings(max_examples=4)
@given(seed=st.integers(0, 10**9))
def test_no_answer_changes_in_several_histories(
    seed: int, tmp_path_factory: pytest.TempPathFactory
):
    require_same_answers(seed, tmp_path_factory)


@pytest.mark.slow  # fifteen seconds each
@settings(max_examples=40)
@given(seed=st.integers(0, 10**9))
def test_no_answer_changes_in_many_histories(seed: int, tmp_path_factory: pytest.TempPathFactory):
    require_same_answers(seed, tmp_path_factory)


def require_same_answers(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("past") / "ledger.db"
    make(path, seed)
    require_same(path, Random(seed), 40)


@pytest.fixture(scope="module")
def branch_of_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("past") / "ledger.db"
    make(path, 66)  # with this seed, two reviews are complete and in time, and no rule is changed
    return path


def facts_about(path: Path, name: str) -> list[dict[str, list[Fact]]]:
    """The facts for a question about a month: those that `check` reads, and all facts."""
    on, month = LAST, period_named(name)
    with open_for_reading(path) as connection:
        both = Reading(connection, on, month, month.last), Reading(connection, on)
        return [each.known(each.branches[0]).facts for each in both]


@pytest.mark.long
def test_few_facts_of_earlier_years_are_read(branch_of_years: Path):
    narrow, whole = facts_about(branch_of_years, "2026-03")
    for kind in ("meeting:study", "talk:part", "review:self"):
        assert len(narrow[kind]) < len(whole[kind]) / 2, kind
    assert whole["review:close"] == narrow["review:close"]


@pytest.mark.long
def test_few_facts_of_later_years_are_read(branch_of_years: Path):
    """For an old month, no later records are read except those that make up for an earlier period."""
    narrow, whole = facts_about(branch_of_years, "2023-03")
    for kind in ("meeting:study", "talk:part", "review:self"):
        late = [fact for fact in narrow[kind] if fact.on > date(2023, 3, 31)]
        assert all(fact.makes_up for fact in late), kind
        assert len(narrow[kind]) < len(whole[kind]) / 4, kind
    assert len(narrow["meeting:lecture"]) < len(whole["meeting:lecture"]) / 4


@pytest.mark.long
@pytest.mark.parametrize(
    ("module", "name", "wrong"),
    [
        (activities, "PLAIN", dict.fromkeys(activities.PLAIN, ALWAYS)),
        (activities, "KEPT", "(CASE what {plain} END) IS NOT TRUE"),
        (activities, "KEPT", "makes_up IS NOT NULL"),
        (activities, "PAIRS", activities.PAIRS.replace("makes_up", "NULL")),
        (activities, "PAIRS", activities.PAIRS.replace("OR makes_up IS NOT NULL", "")),
        (activities, "MEETINGS", activities.MEETINGS.replace("OR makes_up IS NOT NULL", "")),
        (reading, "is_plain", lambda review, known: True),
    ],
)
def test_a_wrong_variant_is_noticed(
    module: object,
    name: str,
    wrong: object,
    branch_of_years: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    path = tmp_path / "ledger.db"
    path.write_bytes(branch_of_years.read_bytes())
    path.chmod(0o600)
    run_command(["--ledger", str(path), *NEWCOMER.split()])
    require_same(path, Random(7), 5)
    monkeypatch.setattr(module, name, wrong)
    with pytest.raises(AssertionError):
        require_same(path, Random(7), 60)


@pytest.mark.parametrize(
    ("opened", "held", "month", "condition"),
    [
        # The review of 2024 took place before the end of 2024.
        ("2024-11-10", "2024-11-20", "2024-11", "<= :day"),
        # The review of 2024 was opened after the end of 2024.
        ("2025-02-01", None, "2025-01", "-12-31' > :day"),
    ],
)
def test_a_review_is_read_if_it_is_due_or_has_begun(
    opened: str,
    held: str | None,
    month: str,
    condition: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    path = tmp_path / "ledger.db"
    lines = [*FOUNDING.strip().splitlines()[:2], f"review open 2024 --on {opened}"]
    if held:
        lines += [f"review meeting 2024 --on {held}", "review rate 2024 赵一 excellent"]
    for line in lines:
        assert run_command(["--ledger", str(path), *line.split()]) == 0, line
    asked = path, month, date(2025, 6, 1), tuple(rule.id for rule in CATALOGUE)
    narrow, whole = scoreboards(*asked)
    assert said(narrow) == said(whole)
    wrong = review_lines.LATER.replace(condition, f"{condition.split(':')[0]}''")
    monkeypatch.setattr(review_lines, "LATER", wrong)
    narrow, whole = scoreboards(*asked)
    assert said(narrow) != said(whole)


@pytest.mark.long
@pytest.mark.parametrize("views", [TALKS, REVIEWS, DUES, ("meeting_fact",)])
def test_some_kinds_of_facts_can_be_read_alone(views: tuple[str, ...], branch_of_years: Path):
    with open_for_reading(branch_of_years) as connection:
        reading = Reading(connection, date(2026, 3, 31), period_named("2026-01"))
        branch = reading.branches[0]
        some, everything = reading.known(branch, views).facts, reading.known(branch).facts
    assert any(some.values()) or views == DUES  # no dues are recorded
    assert all(some[kind] == everything[kind] for kind, found in some.items() if found)
    assert set(map(what, MeetingKind)).isdisjoint(some) or "meeting_fact" in views


def test_each_rule_about_such_facts_was_considered():
    """`PLAIN` says which meetings before the period in question `check` need not read as facts.

    `RULES` must list every rule about a kind of meeting in `PLAIN`, and every rule about talks.
    Only rules about talks between leading-group members (`TalkKind.PAIR`) are not listed. Before
    you add a rule to `RULES`, make sure that `PLAIN` does not select a meeting that breaks it.
    """
    kinds = {*activities.PLAIN, *(what(kind) for kind in TalkKind if kind is not TalkKind.PAIR)}

    def is_about_them(rule: Rule) -> bool:
        found = {what(term) for term in (rule.owed_by, rule.met_by) if isinstance(term, Term)}
        return not found.isdisjoint(kinds)

    considered = {rule.id for rule in CATALOGUE if is_about_them(rule)}
    assert considered == activities.RULES
    periodic = [rule.duty for rule in CATALOGUE if rule.met_by and what(rule.met_by) in kinds]
    for duty in periodic:
        assert isinstance(duty, Every)
        assert duty.period in {"month", "quarter"}
        assert duty.count == 1


def test_no_later_meeting_or_talk_matters_to_a_period():
    """`check` does not read meetings and talks after the period in question.

    Such a record can satisfy only a duty that is due after the period, because each duty is due at
    the end of its own period. The only exception is a record that makes up for an earlier period:
    such a record can satisfy the duty of that period.
    """
    for rule in CATALOGUE:
        if isinstance(rule.owed_by, (MeetingKind, TalkKind)):
            assert isinstance(rule.duty, Requires), rule.id
        if isinstance(rule.met_by, (MeetingKind, TalkKind)):
            assert isinstance(rule.duty, Every), rule.id
            assert rule.duty.by is None, rule.id
