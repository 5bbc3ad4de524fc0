"""After commands, a change of day or a change by another program, stored answers are still right."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partyctl.ledger.file import untouched
from partyctl.ledger.file.comparison import compared
from tests.cli.start.kept_questions import (
    CHANGES,
    MEETING,
    QUESTIONS,
    a_second_name,
    ask,
    by_hand,
    in_wal,
    judged,
    settle_day,
    write,
)

WRITES = (
    MEETING,
    "meeting add committee --on 2026-04-02 --chair 张三",
    "meeting void 1 --reason 误登",
    "dues assess 王五 --base 2000 --from 2026-01",
    "dues pay 王五 --month 2026-02 --amount 10 --on 2026-02-20",
    "member add 赵六 --joined 2024-02-01",
    "staff add 钱干部",
    "plan adopt work 2026 --on 2026-01-06",
    "waive cell-meeting --subject 第一小组 --period 2026-01 --reason 防汛 --decided-on 2026-02-02",
    "rules set members-meeting --every quarter --from 2026-01-01 --reason 试行 --confirm",
    "undo",
)
PAST_THE_PROGRAM = tuple(each for each in CHANGES if each not in (a_second_name, in_wal))
"""Changes made without partyctl, except two changes after which partyctl stores no answers.
"""
STEP = st.one_of(
    st.sampled_from(QUESTIONS),
    st.sampled_from(QUESTIONS),
    st.sampled_from(WRITES).map(lambda line: ("write", line)),
    st.sampled_from(PAST_THE_PROGRAM).map(lambda change: ("past", change)),
    st.dates(date(2026, 3, 1), date(2026, 7, 31)).map(lambda day: ("day", day)),
    st.sampled_from(["", "en"]).map(lambda language: ("language", language)),
    st.sampled_from(["0", "1"]).map(lambda locks: ("locks", locks)),
)


def require_right(ledger: bytes, steps: list[object], folder: Path) -> int:
    """Check that every answer equals the computed one; return how many were stored answers."""
    path = folder / "ledger.db"
    path.write_bytes(ledger)
    path.chmod(0o600)
    served = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARTYCTL_LEDGER", str(path))
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        settle_day(patch, date(2026, 3, 31))
        write("staff add 周讲师")
        for step in steps:
            match step:
                case str(line):
                    said = ask(line)
                    assert said[:2] == judged(line)[:2], line
                    served += said.was_kept
                case ("write", line):
                    write(line, may_be_refused=True)
                case ("past", change):
                    change(path)
                case ("day", day):
                    settle_day(patch, day)
                case ("language", language):
                    patch.setenv("PARTYCTL_LANG", language)
                case ("locks", locks):
                    patch.setenv(compared.OPTIONAL_LOCKS, locks)
    return served


@pytest.mark.long
@given(steps=st.lists(STEP, min_size=6, max_size=14))
@settings(max_examples=8)
def test_whatever_happens_the_kept_answer_is_the_laws(
    steps: list[object], branch_ledger: Path, tmp_path_factory
):
    require_right(branch_ledger.read_bytes(), steps, tmp_path_factory.mktemp("history"))


@pytest.mark.hard
@given(steps=st.lists(STEP, min_size=10, max_size=30))
@settings(max_examples=60)
def test_whatever_happens_for_long(steps: list[object], branch_ledger: Path, tmp_path_factory):
    require_right(branch_ledger.read_bytes(), steps, tmp_path_factory.mktemp("history"))


def test_most_of_these_answers_are_kept_ones(branch_ledger: Path, tmp_path: Path):
    """The tests above would prove little if few answers came from the store."""
    steps: list[object] = ["check", "check", ("write", MEETING), "check", "status", "status"]
    assert require_right(branch_ledger.read_bytes(), steps, tmp_path) == 3


def test_the_wrong_variant_is_noticed(branch_ledger: Path, tmp_path: Path, monkeypatch):
    """If partyctl could not see that the file has changed, it would print outdated answers.

    In that case, the tests above would fail.
    """
    monkeypatch.setattr(untouched, "look", lambda _: "as ever")
    steps: list[object] = ["check --json", ("past", by_hand), "check --json"]
    with pytest.raises(AssertionError, match="check --json"):
        require_right(branch_ledger.read_bytes(), steps, tmp_path)
