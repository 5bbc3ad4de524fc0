"""The rotation deletes only the backups that it need not keep, and no other file."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partyctl.errors import CannotRead
from partyctl.ledger.maintenance import backup, retention
from tests.support import ledger_contents as contents

START = datetime(2023, 1, 1, 8, tzinfo=UTC)
MINUTES = st.integers(0, 4 * 365 * 24 * 60)
MOMENTS = st.lists(MINUTES.map(lambda n: START + timedelta(minutes=n)), min_size=1, max_size=60)


def spans_of(moment: datetime) -> dict[str, str]:
    year, week, _ = moment.isocalendar()
    return {
        "day": f"{moment:%Y-%m-%d}",
        "week": f"{year}-{week:02}",
        "month": f"{moment:%Y-%m}",
        "year": f"{moment:%Y}",
    }


LIMITS = {"day": 7, "week": 5, "month": 12, "year": 10_000}


def is_worth_keeping(moment: datetime, moments: list[datetime]) -> bool:
    """Whether the rotation must keep a backup, computed without the tested code.

    The rotation keeps all backups of the newest day. The rotation also keeps the newest backup of
    each of the latest days, weeks, months and years that have a backup.
    """
    newest = max(moments)
    if moment.date() == newest.date():
        return True
    for span, limit in LIMITS.items():
        mine = spans_of(moment)[span]
        later = {spans_of(each)[span] for each in moments if spans_of(each)[span] > mine}
        is_newest = not any(each > moment and spans_of(each)[span] == mine for each in moments)
        if is_newest and len(later) < limit:
            return True
    return False


@given(MOMENTS, st.data())
def test_a_week_of_days_five_weeks_a_year_of_months_and_every_year_stay(moments, data):
    moments = sorted(set(moments))
    good = data.draw(st.integers(0, len(moments) - 1))

    stay = retention.kept(moments, good)

    expected = {place for place, each in enumerate(moments) if is_worth_keeping(each, moments)}
    assert stay == expected | {good}


@given(MOMENTS, st.data())
def test_the_good_one_and_the_newest_stay_whatever_the_order(moments, data):
    good = data.draw(st.integers(0, len(moments) - 1))
    stay = retention.kept(moments, good)
    assert good in stay
    assert max(moments) in {moments[place] for place in stay}
    assert {moment.year for moment in moments} == {moments[place].year for place in stay}

    shuffled = list(range(len(moments)))
    random.Random(0).shuffle(shuffled)
    again = retention.kept([moments[place] for place in shuffled], shuffled.index(good))
    assert {moments[shuffled[place]] for place in again} == {moments[place] for place in stay}


@given(MOMENTS)
@settings(max_examples=40)
def test_clearing_away_after_each_backup_leaves_what_clearing_once_leaves(moments):
    moments = sorted(set(moments))
    left: list[datetime] = []
    for moment in moments:
        left.append(moment)
        stay = retention.kept(left, len(left) - 1)
        left = [each for place, each in enumerate(left) if place in stay]
    assert left == [moments[place] for place in sorted(retention.kept(moments, len(moments) - 1))]


def test_three_years_of_daily_backups_come_to_a_few_dozen():
    moments = [START + timedelta(days=day) for day in range(3 * 365)]
    stay = retention.kept(moments, len(moments) - 1)
    assert len(stay) <= 7 + 5 + 12 + 3
    assert {moments[place].date() for place in stay} >= {
        (moments[-1] - timedelta(days=day)).date() for day in range(7)
    }


LEDGER, OTHER = "0123456789abcdef", "fedcba9876543210"


def put(folder: Path, moment: datetime, *, ledger: str | None = LEDGER) -> backup.Backup:
    """Write a file that the rotation accepts as a backup.

    The file need not be a ledger: the rotation checks only bytes, names and manifests.
    """
    folder.mkdir(exist_ok=True)
    path = folder / f"ledger-{moment:%Y%m%dT%H%M%SZ}-u2-00000000.db"
    path.write_text(f"{moment} {ledger}")
    manifest = {
        "made_at": moment.isoformat(),
        "schema": 2,
        "size": path.stat().st_size,
        "sha256": backup.digest_of(path),
        "ledger": ledger,
        "head": "1-0123456789abcdef",
    }
    backup.manifest_of(path).write_text(json.dumps(manifest))
    return next(each for each in backup.listing(folder) if each.path == path)


@given(MOMENTS)
@settings(max_examples=25)
def test_what_is_deleted_is_what_was_foreseen(tmp_path_factory: pytest.TempPathFactory, moments):
    folder = tmp_path_factory.mktemp("backups")
    moments = sorted(set(moments))
    for moment in moments:
        made = put(folder, moment)
    stay = retention.kept(moments, len(moments) - 1)

    gone = retention.rotate(made)

    left = {each.made_at for each in backup.listing(folder)}
    assert left == {moments[place] for place in stay}
    assert len(gone) == len(moments) - len(stay)
    assert len(contents.tree(folder)) == 2 * len(stay)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The daily backups of a month, except the newest backup."""
    for day in range(30):
        put(tmp_path / "backups", START + timedelta(days=day))
    return tmp_path / "backups"


def newest(folder: Path) -> backup.Backup:
    return put(folder, START + timedelta(days=30))


def test_only_our_own_backups_of_the_same_ledger_are_deleted(folder: Path):
    strangers = [
        put(folder, START + timedelta(hours=1), ledger=OTHER).path,
        put(folder, START + timedelta(hours=2), ledger=None).path,
    ]
    bare = put(folder, START + timedelta(hours=3)).path
    backup.manifest_of(bare).unlink()
    for name in ("ledger.db", "notes.txt", "ledger-20230101T090000Z-u2-00000000.db.old"):
        (folder / name).write_text("mine")
        strangers.append(folder / name)

    gone = retention.rotate(newest(folder))

    assert gone
    assert all(each.exists() for each in (*strangers, bare))
    assert not any(each.exists() for each in gone)


def test_backups_from_before_the_journal_are_never_deleted(tmp_path: Path):
    for day in range(30):
        made = put(tmp_path / "backups", START + timedelta(days=day), ledger=None)
    assert retention.rotate(made) == []
    assert len(backup.listing(tmp_path / "backups")) == 30


def test_a_backup_with_an_earlier_clock_is_not_deleted_as_soon_as_it_is_made(folder: Path):
    made = put(folder, START + timedelta(hours=1))
    retention.rotate(made)
    assert made.path.exists()


def test_a_newest_backup_gone_bad_stops_all_deleting(folder: Path):
    """R-23: if the newest backup is damaged, no older backup is deleted."""
    backup.listing(folder)[0].path.write_text("bad")
    before = contents.tree(folder)

    with pytest.raises(CannotRead, match="已损坏，所以旧备份一份也没有清理") as refused:
        retention.rotate(newest(folder))

    assert refused.value.exit_code == 74
    assert contents.tree(folder).items() >= before.items()
    assert len(backup.listing(folder)) == 31


def test_no_backup_gives_way_to_one_gone_bad(folder: Path):
    """Of two backups in a week, the older is deleted only if the newer is good."""
    stay = retention.kept([START + timedelta(days=day) for day in range(31)], 30)
    heir = backup.listing(folder)[29 - min(place for place in stay if place > 1)]
    heir.path.write_text("bad")
    before = contents.tree(folder)

    with pytest.raises(CannotRead, match=heir.path.name):
        retention.rotate(newest(folder))

    assert contents.tree(folder).items() >= before.items()


def test_a_bad_one_that_nothing_gives_way_to_stops_nothing(folder: Path):
    backup.listing(folder)[3].path.write_text("bad")
    assert retention.rotate(newest(folder))
