"""If nothing has changed, `remind` uses its stored plan; the output is as without this plan."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partyctl.cli.remind import sending
from partyctl.cli.start.main import run as run_command
from partyctl.ledger.answers import answers
from partyctl.reminders.kept_plan import KeptPlan
from tests.cli.start.kept_questions import quiet, settle_day, write
from tests.conftest import Run

DAY = "2026-02-26"


class Asked(AssertionError):
    """`remind` computed the duties, although the stored plan should be enough."""


@pytest.fixture
def no_law(reminded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def look_on(day: date) -> None:
        raise Asked(day)

    monkeypatch.setattr(sending, "look_on", look_on)


@pytest.fixture
def reminded(branch: Run) -> Run:
    """A ledger that this user has changed, and whose reminders were all sent after the change."""
    branch("staff add 周讲师")
    assert branch(f"remind --as-of {DAY}").out
    return branch


def test_the_second_run_does_not_ask_the_law(reminded: Run, no_law: None):
    for _ in range(2):
        assert reminded(f"remind --as-of {DAY}").out == ""


@pytest.mark.usefixtures("no_law")
@pytest.mark.parametrize(
    "change", ["staff add 钱干部", "rules disable --layer national --from 2099-01-01 --reason 试行"]
)
def test_after_a_write_it_does(change: str, reminded: Run):
    reminded(change)
    with pytest.raises(Asked):
        raise_through(reminded)


@pytest.mark.usefixtures("no_law")
def test_on_another_day_it_does(reminded: Run):
    with pytest.raises(Asked):
        raise_through(reminded, "2026-02-27")


@pytest.mark.usefixtures("no_law")
def test_of_a_ledger_changed_past_the_program_it_does(reminded: Run, ledger: Path):
    with closing(sqlite3.connect(ledger)) as opened, opened:
        opened.execute("UPDATE member SET name = '赵甲' WHERE id = 1")
    with pytest.raises(Asked):
        raise_through(reminded)


@pytest.mark.usefixtures("no_law")
def test_with_other_settings_it_does(reminded: Run, tmp_path: Path, monkeypatch):
    place = tmp_path / "reminders.toml"
    place.write_text('[channels.notes]\nkind = "file"\nfolder = "notes"\n', encoding="utf-8")
    place.chmod(0o600)
    monkeypatch.setenv("PARTYCTL_REMINDERS", str(place))
    with pytest.raises(Asked):
        raise_through(reminded)


def raise_through(reminded: Run, day: str = DAY) -> None:
    """Run `remind`, and let the exception `Asked` reach the test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("partyctl.cli.session.usage.explain", _again)
        patch.setattr("partyctl.cli.session.failures.explain", _again)
        reminded(f"remind --as-of {day}")


def _again(error: BaseException) -> None:
    raise error


WRITES = (
    "meeting add members --on 2026-02-20 --chair 张三",
    "meeting add committee --on 2026-02-21 --chair 张三",
    "dues pay 王五 --month 2026-01 --amount 10 --on 2026-02-20",
    "undo",
)
STEPS = st.lists(
    st.sampled_from(WRITES) | st.sampled_from([date(2026, 2, day) for day in (22, 25, 26, 28)]),
    min_size=3,
    max_size=9,
)


@pytest.mark.long
@given(steps=STEPS)
@settings(max_examples=6)
def test_what_is_sent_is_what_would_be_sent_without_it(
    steps: list[str | date], branch_ledger: Path, tmp_path_factory
):
    folder = tmp_path_factory.mktemp("plans")
    with pytest.MonkeyPatch.context() as patch:
        with_plan = history(folder / "kept", branch_ledger, steps, patch)
        patch.setattr(KeptPlan, "read", lambda *_: None)
        assert history(folder / "judged", branch_ledger, steps, patch) == with_plan


def history(
    folder: Path, ledger: Path, steps: list[str | date], patch: pytest.MonkeyPatch
) -> list[bytes]:
    """Perform the steps, and return what `remind` prints.

    A text in `steps` is a command that writes; a date means: run `remind` twice for that day.
    """
    folder.mkdir()
    path = Path(shutil.copy(ledger, folder / "ledger.db"))
    patch.setenv("PARTYCTL_LEDGER", str(path))
    patch.setenv("XDG_STATE_HOME", str(folder / "state"))
    patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    settle_day(patch, date(2026, 3, 1))
    write("staff add 周讲师")
    said = []
    for step in steps:
        if isinstance(step, str):
            write(step, may_be_refused=True)
            continue
        for _ in range(2):
            with quiet() as out:
                run_command(["remind", "--trust-clock", "--as-of", step.isoformat()])
            said.append(out.getvalue())
    return said


def test_the_plan_is_one_of_the_kept_answers(reminded: Run, ledger: Path):
    with closing(sqlite3.connect(ledger)) as opened:
        ((question, said),) = opened.execute("SELECT question, said FROM answer").fetchall()
    assert question.startswith("remind ")
    assert len(said) < answers.MOST_BYTES
