"""Restore a ledger: a verified backup replaces it, and the replaced file is kept.

A copy of the backup is prepared next to the ledger. A new entry in the copy's journal records the
restore, and which entries the restore replaced. This entry makes the restore visible. A journal's
head (the number and hash of its newest entry) is also kept outside the ledger. If such a head is no
longer in the journal because of the restore, `journal verify` finds the reason in the new entry. If
the ledger is encrypted, the copy is encrypted with the ledger's key. Then the copy replaces the
ledger (`replacing`).
"""

import os
from bisect import bisect_left
from contextlib import closing, nullcontext
from pathlib import Path

from partyctl.errors import PartyctlError, Refused, Tampered
from partyctl.language import say
from partyctl.ledger.file.connecting import WRITING, Connection, connect
from partyctl.ledger.file.failures import is_damage, reading_errors, sqlite_errors
from partyctl.ledger.file.files import create_file, default_folder, discard, draft_of
from partyctl.ledger.file.locking import locked
from partyctl.ledger.file.opening import OLDEST, SCHEMA, require_current
from partyctl.ledger.journal import heads
from partyctl.ledger.journal.acts import Act
from partyctl.ledger.journal.chain import extend, head_of
from partyctl.ledger.journal.commands import Event, Head, new_command
from partyctl.ledger.maintenance import backup, conversion
from partyctl.ledger.maintenance.occasions import Occasion
from partyctl.ledger.maintenance.replacing import is_wreck, require_replaceable, taking_the_place
from partyctl.light import NamedTuple

REDACTIONS = "SELECT hash, record FROM journal_entry WHERE act = 'redact'"


class Found(NamedTuple):
    """What a ledger file contains: its schema and the head of its journal.

    `redactions`: for each erasure, the hash of its journal entry, and the record whose values were
    erased.
    """

    schema: int
    head: Head | None
    redactions: frozenset[tuple[str, str]] = frozenset()


RESTORES = """
SELECT json_extract(said, '$.restored'), json_extract(said, '$.replaced') FROM (
    SELECT CASE WHEN json_valid(detail.detail) THEN detail.detail END AS said
    FROM journal_entry AS entry JOIN journal_detail AS detail ON detail.seq = entry.seq
    WHERE entry.act = 'restore' AND entry.seq > ?)
"""


class Replaced(NamedTuple):
    """The journal entries that a restore replaces: those with numbers above `after`, up to `last`."""

    after: int
    last: int
    head: str


class Restored(NamedTuple):
    """The result or preview of a restore: data about the backup, and about the file that it replaces.

    `restored`, `replaced` and `head`: journal heads, written as on printed papers. `after`: by how
    many entries the replaced journal is longer than the backup's journal. `redact_again`: records
    such as member#2 whose values were erased after the backup and are now back.
    """

    file: Path
    ledger: Path
    schema: int
    restored: str | None
    replaced: str | None
    after: int | None
    head: str | None = None
    backup: Path | None = None
    aside: Path | None = None
    redact_again: tuple[str, ...] = ()


def restore(
    file: Path, ledger: Path, *, dry_run: bool = False, other_ledger: bool = False
) -> Restored:
    """Restore a backup.

    The current ledger is backed up first, if it exists and passes verification.

    `dry_run`: whether to check only, and write nothing. Raises the errors that `backup.check`
    raises, and Refused for a backup of another ledger (unless `other_ledger` is set).
    """
    with nullcontext() if dry_run else locked(ledger):
        backup.check(file)
        coming, standing = _found(file), _standing(ledger)
        if standing is not None and not other_ledger:
            _require_same(file, ledger, coming, standing)
        plan = _plan(file, ledger, coming, standing)
        if dry_run:
            return plan
        made = _saved(ledger) if standing else None
        draft = draft_of(ledger)
        create_file(draft)
        try:
            backup.copy(file, draft)
            conversion.put_like(draft, ledger)
            with taking_the_place(draft, ledger) as place:
                head = coming.head
                if head is not None:
                    head = _entered(draft, _happened(file, draft, head, place.standing))
                backup.verified(draft, say(f"备份 {file}", f"The backup {file}"))
                if head is not None:
                    heads.promise(head)
        finally:
            discard(draft)
    if head is not None:
        heads.keep(head, ledger)
    return plan._replace(backup=made, aside=place.aside, head=head and head.short)


def _found(file: Path) -> Found:
    """What a ledger file contains.

    If the schema is unknown, only the schema's number is returned. Raises SQLite's errors.
    """
    with closing(connect(file, "ro")) as ledger:
        ledger.execute("BEGIN")
        schema = ledger.execute("PRAGMA user_version").fetchone()[0]
        if not OLDEST <= schema <= SCHEMA:
            return Found(schema, None)
        redactions = ledger.execute(REDACTIONS).fetchall()
        return Found(schema, head_of(ledger), frozenset((each[0], each[1]) for each in redactions))


def _standing(ledger: Path) -> Found | None:
    """What the current file contains, or None if there is no file or it cannot be read.

    Raises BadInput if the path is not a regular file or is another program's database, WrongVersion
    if its schema is unknown, and NotPermitted if it cannot be opened.
    """
    if not os.path.lexists(ledger):
        return None
    require_replaceable(ledger)
    if is_wreck(ledger):
        return None
    try:
        found = _found(ledger)
    except reading_errors() as error:
        if not is_damage(error):
            raise
        return None
    if not OLDEST <= found.schema <= SCHEMA:
        require_current(ledger)
    return found


def _require_same(file: Path, ledger: Path, coming: Found, standing: Found) -> None:
    """Check that a backup was made from the ledger that it will replace. Raises Refused."""
    if file.samefile(ledger):
        raise Refused(
            say("这就是台账本身。", "The file to restore is the ledger itself."),
            "partyctl backup list",
        )
    ours = [found.head and found.head.ledger for found in (coming, standing)]
    if None in ours or ours[0] != ours[1]:
        raise Refused(
            say(f"{file} 是另一本台账的备份。", f"{file} is a backup of another ledger."),
            f"partyctl restore {file} --other-ledger",
        )


def _plan(file: Path, ledger: Path, coming: Found, standing: Found | None) -> Restored:
    restored, replaced = coming.head, standing.head if standing else None
    after = None
    if restored and replaced and restored.ledger == replaced.ledger:
        after = max(replaced.seq - restored.seq, 0)
    short = [head.short if head else None for head in (restored, replaced)]
    brought_back = standing.redactions - coming.redactions if standing else ()
    again = tuple(sorted({record for _, record in brought_back}))
    return Restored(file, ledger, coming.schema, short[0], short[1], after, redact_again=again)


def _saved(ledger: Path) -> Path | None:
    """Back up the current ledger before it is replaced. Returns None if the ledger is damaged."""
    try:
        return backup.make(ledger, default_folder(ledger), Occasion.RESTORE).path
    except Tampered:
        return None
    except reading_errors() as error:
        if not is_damage(error):
            raise
        return None


def _happened(file: Path, draft: Path, restored: Head, standing: Connection | None) -> Event:
    """The journal event that records a restore."""
    gone = _replaced(draft, restored, standing)
    detail = {"restored": gone.after, "replaced": gone.last, "replaced_head": gone.head}
    return Event(Act.RESTORE, "", detail | {"from": file.name})


def _replaced(draft: Path, restored: Head, standing: Connection | None) -> Replaced:
    """The journal entries that the restore replaces.

    The current journal and the backup's journal begin with the same entries. The restore replaces
    all later entries of the current journal. If one of these later entries records an earlier
    restore, the entries that the earlier restore replaced are included. `journal verify` does not
    report a replaced entry as missing.

    If the backup's journal has entries that the current journal does not have, and the backup's
    head is not among the heads kept outside the ledger, only the entries with numbers above the
    backup's last entry are included. Otherwise a forged backup could hide that entries are missing.
    """
    head = _head_of(standing)
    kept = _kept_of(restored.ledger)
    if (
        standing is None or head is None
    ):  # no current journal: use the last head kept outside the ledger
        seq, short = max(kept, default=(0, ""))
        return Replaced(restored.seq, seq, short)
    if head.ledger != restored.ledger:
        return Replaced(restored.seq, 0, head.short)
    known = (restored.seq, restored.short) in kept
    try:
        return _parted(draft, restored, standing, head, known=known)
    except sqlite_errors():  # the file is damaged in a part that was not read before
        return Replaced(restored.seq, head.seq, head.short)


def _parted(
    draft: Path, restored: Head, standing: Connection, head: Head, *, known: bool
) -> Replaced:
    """The entries that the restore replaces, including those that earlier restores replaced."""
    with closing(connect(draft, "ro")) as coming:
        shared = _last_shared(coming, standing, min(restored.seq, head.seq))
    if shared < restored.seq and not known:
        return Replaced(restored.seq, head.seq, head.short)
    earlier = standing.execute(RESTORES, (shared,)).fetchall()
    after = [shared, *(first for first, _ in earlier if isinstance(first, int))]
    last = [head.seq, *(last for _, last in earlier if isinstance(last, int))]
    return Replaced(min(after), max(last), head.short)


def _head_of(standing: Connection | None) -> Head | None:
    """The head of the current journal, or None if it cannot be read or is empty."""
    if standing is None:
        return None
    try:
        return head_of(standing)
    except sqlite_errors():
        return None


def _last_shared(one: Connection, other: Connection, last: int) -> int:
    """The number of the newest entry that two journals share.

    Comparing hashes is enough, because the hash of an entry covers all earlier entries.
    """

    def differs(seq: int) -> bool:
        return _hash_at(one, seq) != _hash_at(other, seq)

    return bisect_left(range(1, last + 1), True, key=differs)


def _hash_at(ledger: Connection, seq: int) -> str | None:
    found = ledger.execute("SELECT hash FROM journal_entry WHERE seq = ?", (seq,)).fetchone()
    return found and str(found[0])


def _kept_of(ledger: str) -> list[tuple[int, str]]:
    """The heads kept outside a ledger: the number of each head's entry, and the head as printed."""
    try:
        anchors = list(heads.read(heads.heads_file()))
    except PartyctlError:
        return []
    own = (each for each in anchors if each.ledger == ledger and not each.is_promise)
    return [(each.seq, f"{each.seq}-{each.hash}") for each in own]


def _entered(draft: Path, happened: Event) -> Head | None:
    """Append the restore to the draft's journal, and return the new head."""
    command = new_command("restore")
    command.events.append(happened)
    with closing(connect(draft, "rw", WRITING)) as ledger:
        ledger.execute("BEGIN IMMEDIATE")
        extend(ledger, command, ())
        ledger.execute("COMMIT")
    return command.head
