"""The fast path parses plain read commands as Typer does, and leaves all other lines to Typer."""

from datetime import date
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from partyctl.calendar import period_named
from partyctl.cli.check import commands as check
from partyctl.cli.check.answering import RUNNING, Asked
from partyctl.cli.dues import status as dues
from partyctl.cli.session import current
from partyctl.cli.start import program, shortcut
from partyctl.terms import Arrangement, Noun


class Reached(NamedTuple):
    ledger: Path | None
    branch: str | None
    asked: Asked | dues.Asked


def by_typer(args: list[str]) -> Reached | None:
    """The arguments with which Typer calls `answer`; None if Typer does not call `answer`."""
    reached: list[Reached] = []

    def answer(asked: Asked | dues.Asked) -> int:
        reached.append(Reached(current.HERE.ledger, current.HERE.branch, asked))
        return 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "answer", answer)
        patch.setattr(dues, "answer", answer)
        program.run(args)
    return reached[0] if reached else None


def by_the_short_road(args: list[str]) -> Reached | None:
    errand = shortcut.errand(args)
    if errand is None:
        return None
    return Reached(errand.ledger and Path(errand.ledger), errand.branch, errand.asked)


def option(name: str, values: list[str]) -> st.SearchStrategy[list[str]]:
    """An option and its value, as one word or two."""
    value = st.sampled_from(values)
    return value.map(lambda text: [name, text]) | value.map(lambda text: [f"{name}={text}"])


GLOBAL = option("--ledger", ["a.db", "台账.db", "/tmp/x y.db"]) | option(
    "--branch", ["机关支部", "2", "#1", "check", "--all"]
)
OWN = st.one_of(
    st.sampled_from([["--all"], ["--strict"], ["--json"], ["--month"]]),
    option("--month", ["2026-03", "2026年3月", "２０２６-03"]),
    option("--as-of", ["2026-03-05", "20260305", "2026年3月5日"]),
    option("--area", ["dues", "会议", "branch"]),
    option("--rule", ["members-meeting", "no-such-rule", ""]),
    option("--period", ["2026", "2026-H1", "2026年一季度"]),
    option("--by", ["chapter", "状态"]),
)
VALUED = ("--ledger", "--branch", "--rule", "--member")
PLAIN = st.builds(
    lambda before, after: [*chain(*before), "check", *chain(*after)],
    st.lists(GLOBAL, max_size=2),
    st.lists(OWN | GLOBAL, max_size=5),
)
OWN_OF_DUES = st.one_of(
    st.sampled_from([["--unpaid"], ["--json"]]),
    option("--month", ["2026-03", "2026年3月", "２０２６-03"]),
    option("--year", ["2026", "２０２６"]),
    option("--member", ["张三", "#1", "dues", "status", ""]),
    option("--as-of", ["2026-03-05", "20260305", "2026年3月5日"]),
)
PLAIN_DUES = st.builds(
    lambda before, after: [*chain(*before), "dues", "status", *chain(*after)],
    st.lists(GLOBAL, max_size=2),
    st.lists(OWN_OF_DUES | GLOBAL, max_size=5),
)
LINE_OF_DUES = (
    "dues status --unpaid --json --month --month=2026-03 --month= 2026-03 --year 2026 --year=x"
    " --member --member= 张三 --as-of 2026-03-05 --as-of=2026-02-30 --branch 2 --ledger a.db"
    " --help -- - --un --json=1 --nonsense -o a.csv check list pay"
)
WORDS_OF_DUES = st.sampled_from(["", *LINE_OF_DUES.split()])
LINE = (
    "check --all --json --strict --month --month=2026-03 --month= 2026-03 --as-of 2026-03-05"
    " --as-of=2026-02-30 --area dues --period 2026-Q1 --by chapter --rule --branch 2"
    " --ledger a.db --ledger= --branch= --help --version -- - --al --all=1 --no-all --nonsense"
    " member list batch status"
)
WORDS = st.sampled_from(["", *LINE.split()])


@settings(max_examples=200)
@given(PLAIN)
def test_a_plain_check_is_read_alike_on_both_roads(args: list[str]):
    short = by_the_short_road(args)

    # The fast path leaves a line to Typer if a word could be a second command, or a value is
    # missing.
    puzzling = args.count("check") > 1 or any(
        arg in VALUED and following.startswith("-") for arg, following in pairwise(args)
    )
    assert short is not None or puzzling
    if short is not None:
        assert short == by_typer(args)


@settings(max_examples=200)
@given(PLAIN_DUES)
def test_a_plain_dues_status_is_read_alike_on_both_roads(args: list[str]):
    short = by_the_short_road(args)

    puzzling = args.count("dues") > 1 or any(
        arg in VALUED and following.startswith("-") for arg, following in pairwise(args)
    )
    assert short is not None or puzzling
    if short is not None:
        assert short == by_typer(args)


@settings(max_examples=300)
@given(st.lists(WORDS_OF_DUES, max_size=5))
@example(["--json"])
@example(["--member", "status", "--json"])
@example(["--month", "--unpaid"])
def test_whatever_dues_status_takes_typer_would_have_read_alike(more: list[str]):
    args = ["dues", "status", *more]
    if (short := by_the_short_road(args)) is not None:
        assert short == by_typer(args)


@settings(max_examples=300)
@given(st.lists(WORDS, max_size=6))
@example(["--json", "check"])
@example(["--branch", "check", "--all"])
@example(["--rule", "check", "--json"])
@example(["check", "--month", "--branch", "2", "2026-03"])
@example(["check", "--branch", "--month"])
@example(["check", "--as-of", "--json"])
def test_whatever_the_short_road_takes_typer_would_have_read_alike(args: list[str]):
    if (short := by_the_short_road(args)) is not None:
        assert short == by_typer(args)


def test_every_option_reaches_the_question():
    args = ["--ledger", "a.db", "check", "--month", "--as-of=2026-03-05", "--all", "--strict"]
    args += ["--area", "党费", "--rule", "dues-monthly", "--json", "--branch", "2"]
    args += ["--by", "章节", "--period", "2026-Q1"]

    asked = Asked(
        month=RUNNING,
        period=period_named("2026-Q1"),
        as_of=date(2026, 3, 5),
        everything=True,
        strict=True,
        area=Noun.DUES,
        rule="dues-monthly",
        by=Arrangement.CHAPTER,
        as_json=True,
    )
    assert by_the_short_road(args) == Reached(Path("a.db"), "2", asked)
    assert by_typer(args) == Reached(Path("a.db"), "2", asked)


@pytest.mark.parametrize("setting", ["", "/tmp/from the environment.db"])
def test_the_ledger_of_the_environment_is_taken_alike(
    monkeypatch: pytest.MonkeyPatch, setting: str
):
    monkeypatch.setenv("PARTYCTL_LEDGER", setting)

    assert by_the_short_road(["check"]) == by_typer(["check"])
    assert by_the_short_road(["check", "--ledger", "a.db"]) == by_typer(["--ledger=a.db", "check"])


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["--version"],
        ["status"],
        ["check", "--help"],
        ["check", "--"],
        ["check", "check"],
        ["check", "extra"],
        ["check", "--nonsense"],
        ["check", "--all=yes"],
        ["check", "--month", "2026-13"],
        ["check", "--as-of", "2026-02-30"],
        ["check", "--as-of"],
        ["check", "--area", "nonsense"],
        ["batch", "check"],
        ["member", "show", "check"],
        ["dues"],
        ["dues", "list"],
        ["dues", "--unpaid", "status"],
        ["dues", "status", "--help"],
        ["dues", "status", "-o", "dues.csv"],
        ["dues", "status", "--month", "2026-13"],
    ],
)
def test_what_is_not_plain_is_left_to_typer(args: list[str]):
    assert shortcut.errand(args) is None
