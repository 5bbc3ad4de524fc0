"""R-11: the journal's hashes do not show some tampering; journal heads stored elsewhere show it.

A journal head is the number and hash of the entry that was the newest when the head was stored. A
forger does one of three things: he removes the last entries; he changes an entry, and hashes all
later entries again; or he makes the journal look like the journal of another ledger.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.ledger.file.connecting import connect
from partyctl.ledger.journal import heads
from partyctl.ledger.journal.commands import Event, Head
from partyctl.ledger.journal.heads import Anchor
from partyctl.ledger.writing.session import note, open_for_writing
from tests.conftest import Run
from tests.support.tampering import Told, append, chain_anew, kinds, say_of_row, tamper

UNANCHORED = "无外部锚点，不能发现尾部截断和整体重写"


def cut(ledger: sqlite3.Connection) -> None:
    """Remove the last command from the journal, as if it had never run."""
    last = "(SELECT seq FROM journal_entry WHERE run = (SELECT max(run) FROM journal_entry))"
    ledger.execute(f"DELETE FROM journal_detail WHERE seq IN {last}")
    ledger.execute(f"DELETE FROM journal_entry WHERE seq IN {last}")


def cut_with_its_row(ledger: sqlite3.Connection) -> None:
    cut(ledger)
    ledger.execute("UPDATE member SET phone = '13800001111' WHERE id = 1")


def rewrite(ledger: sqlite3.Connection) -> None:
    """Change the plan's day in its row and its entry; hash this and all later entries again."""
    row = {
        **{"id": 1, "branch_id": 1, "kind": "study", "year": 2026, "adopted_on": "2026-01-02"},
        "recorded_at": ledger.execute("SELECT recorded_at FROM plan").fetchone()[0],
    }
    ledger.execute("UPDATE plan SET adopted_on = '2026-01-02'")
    chain_anew(ledger, say_of_row(ledger, "plan", "1", row))


def rewrite_from_the_first(ledger: sqlite3.Connection) -> None:
    rewrite(ledger)
    ledger.execute("UPDATE journal_entry SET at = '2026-01-01T00:00:00.000000+00:00'")
    chain_anew(ledger)


FORGERIES = {
    "the end cut off, and its rows": cut_with_its_row,
    "a chain written anew": rewrite,
    "a chain hashed again as that of another ledger": rewrite_from_the_first,
}
PLACED = "a chain hashed again as that of another ledger"


@pytest.fixture
def told_here(told: Told, ours: Path) -> list[Anchor]:
    """The journal heads that were stored for `told`, but with the path of its copy `ours`."""
    return [each._replace(path=heads.place_of(ours)) for each in told.anchors]


def test_an_end_cut_off_without_its_rows_is_found_by_the_rows(ours: Path):
    tamper(ours, cut)
    assert kinds(ours) == ["row"]


@pytest.mark.parametrize("what", FORGERIES)
def test_a_forgery_that_fits_together_is_not_seen_from_within(what: str, ours: Path):
    tamper(ours, FORGERIES[what])
    assert kinds(ours) == []


@pytest.mark.parametrize("what", FORGERIES)
def test_the_heads_kept_elsewhere_show_it(what: str, told_here: list[Anchor], ours: Path):
    assert kinds(ours, told_here, place=ours) == []
    tamper(ours, FORGERIES[what])
    assert kinds(ours, told_here, place=ours) == ["anchor"]
    assert kinds(ours, told_here) == ([] if what == PLACED else ["anchor"])


@pytest.mark.parametrize("what", FORGERIES)
def test_one_head_on_paper_shows_it(what: str, told: Told, ours: Path):
    printed = told.anchors[-1][1:3]
    assert kinds(ours, against=printed) == []
    tamper(ours, FORGERIES[what])
    assert kinds(ours, against=printed) == ["anchor"]


def test_an_old_head_does_not_show_what_came_after_it(told: Told, ours: Path):
    tamper(ours, cut_with_its_row)
    assert kinds(ours, told.anchors[:-1]) == []
    assert kinds(ours, against=told.anchors[-2][1:3]) == []


def test_an_older_copy_put_in_place_of_the_ledger_is_found(told: Told, run: Run, ledger: Path):
    ledger.parent.mkdir()
    shutil.copy(told.path, ledger)
    run("staff add 王五")
    shutil.copy(told.path, ledger)
    assert "anchor" in run("journal verify", code=76).out


def test_another_ledger_put_in_its_place_is_found(told: Told, run: Run, ledger: Path):
    run("init --organ 市某局党组 --branch 机关支部 --since 2026-01-01")
    run("staff add 王五")
    run("journal verify")
    shutil.copy(told.path, ledger)
    assert "整本被换过" in run("journal verify", code=76).out
    shutil.copy(told.path, elsewhere := ledger.with_name("other.db"))
    run(f"--ledger {elsewhere} journal verify")


def test_a_head_of_another_ledger_is_none_of_this_one(told: Told, ours: Path):
    others = [each._replace(ledger="ab" * 8, hash="cd" * 8) for each in told.anchors]
    assert kinds(ours, others) == []


@pytest.mark.parametrize("what", FORGERIES)
def test_the_command_says_what_it_cannot_see(what: str, told: Told, run: Run, ledger: Path):
    ledger.parent.mkdir()
    shutil.copy(told.path, ledger)
    assert not heads.heads_file().exists()
    tamper(ledger, FORGERIES[what])

    assert UNANCHORED in run("journal verify").out
    assert run("journal verify --json").json["anchors"] == 0
    head = f"{told.anchors[-1].seq}-{told.anchors[-1].hash}"
    assert UNANCHORED not in run(f"journal verify --against {head}", code=76).out


def test_heads_from_a_file_that_is_named(told: Told, run: Run, ledger: Path, tmp_path: Path):
    ledger.parent.mkdir()
    shutil.copy(told.path, ledger)
    lines = [f"2026 {each.ledger} {each.seq} {each.hash}" for each in told.anchors]
    (tmp_path / "heads").write_text("\n".join(["no head", *lines, "", f"x y {'9' * 5000} z"]))

    said = run(f"journal verify --anchors {tmp_path / 'heads'}")
    assert UNANCHORED not in said.out
    assert f"与账外 {len(lines)} 个链头核对" in said.out
    tamper(ledger, cut_with_its_row)
    assert "核对没有通过" in run(f"journal verify --anchors {tmp_path / 'heads'}", code=76).err
    run("journal verify")
    assert "没有文件 nowhere" in run("journal verify --anchors nowhere", code=66).err


@pytest.mark.parametrize("head", ["7", "7-", "x-ab12cd34ef567890", "7-ab12", "7-xx12cd34ef567890"])
def test_a_head_that_cannot_be_read_is_wrong_usage(head: str, told: Told, run: Run, ledger: Path):
    ledger.parent.mkdir()
    shutil.copy(told.path, ledger)
    assert head in run(f"journal verify --against {head}", code=2).err


def test_there_is_no_entry_before_the_first(told: Told, ours: Path):
    """No entry has the number 0. Its list index would be -1, which in Python is the last entry."""
    assert kinds(ours, against=(0, told.anchors[-1].hash)) == ["anchor"]


@pytest.fixture
def restored(told: Told, run: Run, ledger: Path) -> tuple[int, int]:
    """Restore a ledger to the state before two commands.

    Return two entry numbers: of the last entry before the two commands, and of the last entry that
    they added.
    """
    ledger.parent.mkdir()
    shutil.copy(told.path, ledger)
    run("staff add 王五")
    run("staff add 钱七")
    [went_on] = list(heads.read(heads.heads_file()))[-1:]
    shutil.copy(told.path, ledger)
    at = told.anchors[-1].seq
    with open_for_writing(ledger, "restore") as session:
        note(session, Event("restore", "", {"restored": at, "replaced": went_on.seq}))
    [own] = list(heads.read(heads.heads_file()))[-1:]
    heads.promise(Head(own.ledger, own.seq, own.hash))
    return at, went_on.seq


def test_a_history_that_a_restore_replaced_is_no_finding(
    restored: tuple[int, int], run: Run, ledger: Path
):
    answer = run("journal verify --json").json
    assert (answer["ok"], answer["replaced"], answer["anchors"]) == (True, 2, 3)
    assert "其中 2 个属于被恢复替换的历史" in run("journal verify").out


def test_a_restore_excuses_only_what_it_replaced(
    restored: tuple[int, int], told: Told, ledger: Path
):
    at, replaced = restored
    base = told.anchors[-1]
    own, promise = list(heads.read(heads.heads_file()))[-2:]  # the restore stored both heads
    assert (own.seq, own.is_promise, promise.seq, promise.is_promise) == (
        at + 1,
        False,
        at + 1,
        True,
    )
    for seq, found in ((at, ["anchor"]), (at + 2, []), (replaced, []), (replaced + 1, ["anchor"])):
        other = base._replace(seq=seq, hash="ab" * 8)
        assert kinds(ledger, [base, other, own, promise]) == found, seq


def test_a_restore_of_which_nothing_is_known_elsewhere_excuses_nothing(
    told: Told, run: Run, ledger: Path
):
    """A forger cuts off the last entries and adds an entry that looks like a restore.

    The forged entry does not explain the missing entries, because a real restore would also have
    stored a head outside the ledger.
    """
    ledger.parent.mkdir()
    shutil.copy(told.path, ledger)
    run("staff add 王五")
    [went_on] = list(heads.read(heads.heads_file()))[-1:]
    shutil.copy(told.path, ledger)
    forged = f'{{"restored":{told.anchors[-1].seq},"replaced":{went_on.seq}}}'
    tamper(ledger, lambda shell: append(shell, "restore", forged))

    assert "账外没有那次恢复的记录" in run("journal verify", code=76).out
    assert kinds(ledger) == []


def test_a_promise_is_for_one_restore_only(restored: tuple[int, int], run: Run, ledger: Path):
    """A head that was stored for a real restore does not confirm a forged restore in its place."""
    at, _ = restored
    run("staff add 孙八")
    forged = f'{{"restored":{at},"replaced":{at + 9}}}'
    tamper(ledger, lambda shell: (cut_last_two(shell), append(shell, "restore", forged)))
    assert "anchor" in run("journal verify", code=76).out


def cut_last_two(ledger: sqlite3.Connection) -> None:
    """Remove the last two commands from the journal, and the row that the last command added."""
    cut(ledger)
    cut(ledger)
    ledger.execute("DELETE FROM staff WHERE name = '孙八'")


def test_heads_that_somebody_else_keeps_go_with_the_promises_kept_here(
    restored: tuple[int, int], run: Run, tmp_path: Path
):
    """The superior's list has no head of the restore; the list on this machine has such a head."""
    lines = heads.heads_file().read_text(encoding="utf-8").splitlines()
    theirs = tmp_path / "theirs"
    theirs.write_text("\n".join(each for each in lines if "promise" not in each))
    assert "其中 2 个属于被恢复替换的历史" in run(f"journal verify --anchors {theirs}").out
    heads.heads_file().unlink()
    assert "核对没有通过" in run(f"journal verify --anchors {theirs}", code=76).err


def test_a_real_head_is_printed_whole_enough_to_be_compared(told: Told, run: Run, ledger: Path):
    ledger.parent.mkdir()
    shutil.copy(told.path, ledger)
    head = run("journal verify --json").json["head"]
    with closing(connect(ledger, "ro")) as connection:
        whole = connection.execute("SELECT hash FROM journal_entry ORDER BY seq DESC").fetchone()[0]
    assert head == f"{told.anchors[-1].seq}-{whole[:16]}"
    for typed in (head, f"#{head}", head.upper(), f"{head.partition('-')[0]}-{whole}"):
        assert run_command(["journal", "verify", "--against", typed]) == 0
    assert (
        "核对没有通过"
        in run(
            f"journal verify --against {head[:-1]}{'0' if head[-1] != '0' else '1'}", code=76
        ).err
    )
