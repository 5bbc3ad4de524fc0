"""A stored answer is used only if computing it again would give the same answer."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import platformdirs
import pytest

from partyctl.cli.input import dates
from partyctl.cli.start import keeping, kept, main
from partyctl.ledger.answers import answers, program
from partyctl.ledger.file import places, untouched
from partyctl.ledger.file.comparison import compared
from partyctl.ledger.file.opening import open_for_reading
from partyctl.ledger.reading.reminding.reminder_state import STALE
from tests.cli.start.kept_questions import (
    CHANGES,
    MEETING,
    PLAIN,
    QUESTIONS,
    ask,
    by_hand,
    judged,
    quiet,
    rows,
    settle_day,
    write,
)
from tests.conftest import Run


@pytest.fixture
def ours(branch: Run, ledger: Path) -> Path:
    """A ledger that this user has written to."""
    write("staff add 周讲师")
    return ledger


@pytest.mark.sweep(10)
@pytest.mark.parametrize("language", ["", "en"])
@pytest.mark.parametrize("line", QUESTIONS)
def test_the_second_time_it_is_kept_and_says_the_same(
    line: str, language: str, ours: Path, monkeypatch
):
    monkeypatch.setenv("PARTYCTL_LANG", language)
    first, second = ask(line), ask(line)
    assert not first.was_kept
    assert second.was_kept
    assert second[:2] == first[:2]
    assert first.text


def test_each_language_each_terminal_and_each_wording_has_its_own(ours: Path, monkeypatch):
    chinese = ask("check")
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    english = ask("check")
    assert not english.was_kept
    assert english.text != chinese.text
    monkeypatch.setenv("PARTYCTL_LANG", "")
    assert ask("check").was_kept
    assert not ask("check --strict").was_kept
    monkeypatch.setattr(kept, "where_to", lambda: ["", "utf-8", *kept.screen()])
    assert not ask("check").was_kept


@pytest.mark.parametrize(
    "line",
    [
        "check --explain members-meeting",
        "check -o file.csv",
        "check --help",
        "meeting list",
        "check check",
        "check --ledger a.db --ledger b.db",
        "check --month= ",
        "--ledger check",
        "--version",
        "remind",
    ],
)
def test_anything_but_a_plain_question_is_left_to_the_law(line: str):
    assert kept.ledger_of(line.split()) is None


def test_a_write_command_overtakes_the_answer_and_answers_again(ours: Path):
    for line in PLAIN:
        ask(line)
    before = ask("check")
    write(MEETING)
    for line in PLAIN[-answers.MOST_ANSWERS :]:
        after = ask(line)
        assert after.was_kept, line
        assert after[:2] == judged(line)[:2]
    assert ask("check").text != before.text


def test_a_killed_writer_leaves_no_old_answer(ours: Path, monkeypatch):
    """The commit deletes old answers; then the writer is killed before it stores new ones."""
    before = ask("check")
    monkeypatch.setattr(keeping, "answer_again", lambda run: None)
    write(MEETING)
    assert [said for *_, said in rows(ours).values()] == [None]
    after = ask("check")
    assert not after.was_kept
    assert after.text != before.text


def test_a_broken_write_is_left_to_the_law(ours: Path):
    ask("check")
    Path(f"{ours}-journal").write_bytes(b"")
    assert not ask("check").was_kept


def test_the_next_day_is_another_answer(ours: Path, monkeypatch):
    settle_day(monkeypatch, date(2026, 3, 30))
    first = ask("check")
    assert ask("check").was_kept
    settle_day(monkeypatch, date(2026, 4, 1))
    second = ask("check")
    assert not second.was_kept
    assert second.text != first.text
    assert ask("check")[:2] == second[:2]


def test_another_program_answers_anew(ours: Path, monkeypatch):
    ask("check")
    for module in (program, keeping):
        monkeypatch.setattr(module, "digest_of_program", lambda: "another")
    assert not ask("check").was_kept
    assert ask("check").was_kept


def test_any_file_of_the_program_is_part_of_its_digest(tmp_path: Path, monkeypatch):
    package = tmp_path / "partyctl"
    (package / "law" / "__pycache__").mkdir(parents=True)
    (package / "law" / "rule.py").write_text("1")
    monkeypatch.setattr(program.partyctl, "__file__", str(package / "__init__.py"))
    before = program.digest_of_program()
    (package / "law" / "__pycache__" / "rule.pyc").write_text("compiled")
    assert program.digest_of_program() == before
    (package / "law" / "rule.py").write_text("12")
    assert program.digest_of_program() != before


def test_other_rules_are_another_answer(ours: Path):
    """A change to a rule adds an entry to the journal, so the old answer is no longer used."""
    ask("check --month 2026-03")
    before = ask("check --month 2026-03")
    write("rules set members-meeting --every quarter --from 2026-01-01 --reason 试行 --confirm")
    after = ask("check --month 2026-03")
    assert after[:2] == judged("check --month 2026-03")[:2]
    assert after.text != before.text


@pytest.mark.parametrize("change", CHANGES)
def test_a_ledger_that_was_changed_past_the_program_is_judged(
    change: Callable[[Path], None], ours: Path
):
    ask("check")
    assert ask("check").was_kept
    change(ours)
    assert kept.answer(kept.question(["check"])) is None


def test_reminders_leave_the_answer_valid(ours: Path, monkeypatch):
    """`remind` writes to the outbox every quarter of an hour, but no duty depends on that."""
    ask("check")
    with quiet():
        assert main.answered(["remind", "--scheduled"], None) == 0
    assert ask("check").was_kept
    by_hand(ours)
    with quiet():
        main.run(["remind", "--scheduled"])
    assert not ask("check").was_kept


def test_the_scheduled_run_of_a_new_day_answers_again(ours: Path, monkeypatch):
    settle_day(monkeypatch, date(2026, 3, 30))
    first = ask("check")
    settle_day(monkeypatch, date(2026, 4, 1))
    write("remind --scheduled")
    second = ask("check")
    assert second.was_kept
    assert second.text != first.text
    assert second[:2] == judged("check")[:2]


def test_it_is_the_note_that_notices(ours: Path, monkeypatch):
    """If partyctl compared only the journal's newest entry, it would print an outdated answer."""
    monkeypatch.setattr(untouched, "look", lambda _: "as ever")
    before = ask("check --json")
    by_hand(ours)
    after = ask("check --json")
    assert after.was_kept
    assert after.text == before.text != judged("check --json").text


def test_a_foreign_ledger_brings_no_answers(ours: Path, tmp_path: Path, monkeypatch):
    """Answers stored in somebody else's ledger are not used, and that ledger is not written to."""
    ask("check")
    foreign = Path(shutil.copy(ours, tmp_path / "foreign.db"))
    monkeypatch.setenv("PARTYCTL_LEDGER", str(foreign))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another"))
    before = foreign.read_bytes()
    assert not ask("check").was_kept
    assert not ask("check").was_kept
    assert foreign.read_bytes() == before


def test_a_planted_answer_is_not_believed_because_another_is_kept(ours: Path):
    """A false answer that somebody adds is not used, even if partyctl has stored another answer."""
    ask("check")
    asked = kept.question(["check", "--strict"])
    assert asked is not None
    with closing(sqlite3.connect(ours)) as opened, opened:
        opened.execute(
            "INSERT INTO answer SELECT ?, asked_on, day, program, head, 0, said FROM answer",
            (asked.text,),
        )
    assert not ask("check").was_kept
    assert ask("check").was_kept
    assert not ask("check --strict").was_kept


def test_a_backup_stays_as_it_was_made(ours: Path, tmp_path: Path):
    ask("check")
    write(f"backup make {tmp_path / 'kept'}")
    (backup,) = (tmp_path / "kept").glob("*.db")
    before = backup.read_bytes()
    ask(f"--ledger {backup} check")
    assert not ask(f"--ledger {backup} check").was_kept
    assert backup.read_bytes() == before
    assert main.run(["backup", "verify", str(backup)]) == 0


def test_a_restored_ledger_is_judged(ours: Path, tmp_path: Path):
    ask("check")
    write(f"backup make {tmp_path / 'kept'}")
    (backup,) = (tmp_path / "kept").glob("*.db")
    write(MEETING)
    meanwhile = ask("check")
    write(f"restore {backup}")
    after = ask("check")
    assert not after.was_kept
    assert after[:2] == judged("check")[:2]
    assert after.text != meanwhile.text


def test_nothing_is_written_where_locks_are_optional(ours: Path, monkeypatch):
    monkeypatch.setenv(compared.OPTIONAL_LOCKS, "0")
    before = ours.read_bytes()
    assert not ask("check").was_kept
    assert not ask("check").was_kept
    assert ours.read_bytes() == before
    write(MEETING)
    assert rows(ours) == {}
    monkeypatch.setenv(compared.OPTIONAL_LOCKS, "1")
    ask("check")
    monkeypatch.setenv(compared.OPTIONAL_LOCKS, "0")
    assert ask("check").was_kept


def test_nothing_is_written_in_a_read_only_place(ours: Path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    before = ours.read_bytes()
    ask("check")
    assert not ask("check").was_kept
    assert ours.read_bytes() == before


def test_a_note_that_others_can_write_is_no_note(ours: Path):
    ask("check")
    Path(untouched.note_of(str(ours))).chmod(0o666)
    assert not ask("check").was_kept


def test_whoever_writes_meanwhile_is_not_waited_for(ours: Path):
    with closing(sqlite3.connect(ours, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        first = ask("check")
        assert first.code == 3
        other.execute("ROLLBACK")
    assert not ask("check").was_kept
    assert ask("check").was_kept


def test_an_answer_that_was_overtaken_while_it_was_printed_is_not_kept(ours: Path, monkeypatch):
    """If the ledger changes while a process computes an answer, the answer is not stored."""
    run = main.run

    def slowly(args):
        code = run(args)
        if args == ["check"]:
            by_hand(ours)
        return code

    monkeypatch.setattr(main, "run", slowly)
    ask("check")
    monkeypatch.setattr(main, "run", run)
    assert rows(ours) == {}


def test_a_notice_below_the_answer_is_not_forgotten(ours: Path, monkeypatch):
    ask("check")
    asked = kept.question(["check"])
    monkeypatch.setattr(kept, "_row", lambda _: (0, b"", 1, None))
    assert kept.answer(asked) is None
    monkeypatch.setattr(kept, "_row", lambda _: (0, b"", 0, "2026-01-01T08:00:00+00:00"))
    assert kept.answer(asked) is None
    assert timedelta(seconds=kept.STALE_SECONDS) == STALE


def test_a_long_answer_is_given_up(ours: Path, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_BYTES", 10)
    ask("check")
    assert rows(ours) == {}


def test_few_questions_are_kept_and_old_ones_are_forgotten(ours: Path, monkeypatch):
    settle_day(monkeypatch, date(2026, 3, 10))
    for line in QUESTIONS:
        ask(line)
    assert len(rows(ours)) == answers.MOST_ANSWERS
    settle_day(monkeypatch, date(2026, 3, 10) + timedelta(days=answers.FORGOTTEN_DAYS + 1))
    write(MEETING)
    assert {said for *_, said in rows(ours).values()} == {None}


def test_a_question_that_somebody_planted_is_not_asked(ours: Path, monkeypatch):
    ask("check")
    with closing(sqlite3.connect(ours)) as opened, opened:
        opened.execute("UPDATE answer SET question = replace(question, 'check', 'undo')")
    ran: list[list[str]] = []
    keeping.answer_again(lambda args: ran.append(args) or 0)
    answers.CHANGED.add(ours)
    keeping.answer_again(lambda args: ran.append(args) or 0)
    assert ran == []


def test_a_person_who_is_erased_is_erased_from_the_answers(ours: Path, monkeypatch):
    ask("check --json")
    monkeypatch.setattr(keeping, "answer_again", lambda run: None)
    write("journal redact 王五 --reason 本人要求")
    with closing(sqlite3.connect(ours)) as opened:
        assert opened.execute("SELECT count(*) FROM answer WHERE said NOT NULL").fetchone() == (0,)


def test_answers_are_neither_journalled_nor_undone(ours: Path):
    entries = "SELECT count(*) FROM journal_entry"
    with open_for_reading(ours) as opened:
        before = opened.execute(entries).fetchone()
    ask("check")
    with open_for_reading(ours) as opened:
        assert opened.execute(entries).fetchone() == before
    assert main.run(["journal", "verify"]) == 0
    write(MEETING)
    write("undo")
    assert ask("check")[:2] == judged("check")[:2]


@pytest.mark.hard  # this process uses the real clock, so the test cannot run on a simulated day
def test_the_day_and_the_places_are_those_of_the_other_roads(monkeypatch, tmp_path: Path):

    assert kept.today() == dates.today().isoformat()
    monkeypatch.setenv("PARTYCTL_TZ", "Pacific/Kiritimati")
    assert kept.today() == dates.today().isoformat()
    monkeypatch.setenv("HOME", str(tmp_path))
    for data in ("", str(tmp_path / "data"), "relative"):
        monkeypatch.setenv("XDG_DATA_HOME", data)
        folder = platformdirs.user_data_path("partyctl", appauthor=False)
        assert places.default_ledger() == str(folder / "ledger.db")
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    assert places.state() == platformdirs.user_state_dir("partyctl", appauthor=False)


def test_an_unknown_time_zone_is_left_to_the_law(ours: Path, monkeypatch):
    monkeypatch.setenv("PARTYCTL_TZ", "Nowhere/City")
    assert kept.question(["check"]) is None


def test_the_age_of_the_newest_backup_is_part_of_the_question(ours: Path):
    ask("status")
    folder = ours.parent / "backups"
    folder.mkdir()
    (folder / "ledger-20260101T120000Z-u13-01234567.db").write_bytes(b"")
    said = ask("status")
    assert not said.was_kept
    assert b"backup" in said.text
    assert ask("status").was_kept
