"""Delete old backups.

One backup is kept for each of the latest seven days, five weeks and twelve months, and for every
year.

Days, weeks and months without a backup are not counted. The kept backup is the newest one of its
day, week, month or year. All backups of the latest day are kept, too: if a clerk runs a wrong
import several times on a day, only the backup from before the first import helps.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from partyctl.errors import CannotRead
from partyctl.language import say
from partyctl.ledger.file.files import discard
from partyctl.ledger.maintenance.backup import Backup, is_intact, listing, manifest_of

EVERY = None

SPANS: tuple[tuple[int | None, Callable[[datetime], object]], ...] = (
    (7, lambda moment: moment.date()),
    (5, lambda moment: moment.isocalendar()[:2]),
    (12, lambda moment: (moment.year, moment.month)),
    (EVERY, lambda moment: moment.year),
)
"""One row each for days, weeks, months and years. The number says for how many of the newest days
(weeks, …) a backup is kept; EVERY means all of them. The function returns the day (week, …) of a
moment."""


def kept(moments: Sequence[datetime], good: int) -> set[int]:
    """The indexes of the backups to keep. The backup with the index `good` is always kept."""
    stay = {good}
    newest_first = sorted(range(len(moments)), key=lambda place: moments[place], reverse=True)
    for how_many, span_of in SPANS:
        newest: dict[object, int] = {}
        for place in newest_first:
            newest.setdefault(span_of(moments[place]), place)
        stay.update(list(newest.values())[:how_many])
    last_day = max(moments).date()
    return stay | {place for place in newest_first if moments[place].date() == last_day}


def rotate(made: Backup) -> list[Path]:
    """Delete the backups that need not be kept.

    `made`: the backup that has just been made. Returns the deleted files.

    Only files that have the name of a backup and a manifest of the same ledger are deleted. Before
    anything is deleted, these backups are checked: the newest backup before `made`, and each backup
    that takes the place of a deleted one (`_heirs`). If one of the checked backups is damaged,
    CannotRead is raised and nothing is deleted.
    """
    if made.ledger is None:  # the journal is empty, so nothing identifies the ledger
        return []
    backups = [
        each for each in listing(made.path.parent) if each.sha256 and each.ledger == made.ledger
    ]
    paths = [each.path for each in backups]
    if made.path not in paths:
        return []
    places = kept([each.made_at for each in backups], paths.index(made.path))
    leaving = [each for place, each in enumerate(backups) if place not in places]
    stay = [each for place, each in enumerate(backups) if place in places]
    before = [each for each in backups if each.path != made.path][:1]
    for heir in (*before, *_heirs(leaving, stay)):
        if not is_intact(heir):
            raise _gone_bad(heir, made)
    for each in leaving:
        discard(each.path)
        manifest_of(each.path).unlink(missing_ok=True)
    return [each.path for each in leaving]


def _heirs(leaving: list[Backup], stay: list[Backup]) -> list[Backup]:
    """For each backup to be deleted, its replacement: the oldest kept backup that is newer."""
    oldest_first = sorted(stay, key=lambda each: each.made_at)
    heirs = {
        heir.path: heir
        for gone in leaving
        for heir in [next(each for each in oldest_first if each.made_at >= gone.made_at)]
    }
    return list(heirs.values())


def _gone_bad(heir: Backup, made: Backup) -> CannotRead:
    return CannotRead(
        say(
            f"新备份 {made.path.name} 已完成；但较早的备份 {heir.path.name} 已损坏，"
            "所以旧备份一份也没有清理。",
            f"The new backup {made.path.name} was made, but the older backup "
            f"{heir.path.name} is damaged, so no old backup was deleted.",
        ),
        f"partyctl backup verify {heir.path}",
    )
