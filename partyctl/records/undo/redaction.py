"""Erase a person's private values from the ledger and from its journal.

个人信息保护法 47. A member's name, days of membership and dues paid are not erased, because the branch
must keep them. The hash chain of the journal can still be verified, and the journal shows how many
details were erased.
"""

from dataclasses import dataclass, field

from sqlmodel import Session

from partyctl.language import say
from partyctl.ledger.journal.acts import Act
from partyctl.ledger.journal.commands import Event
from partyctl.ledger.reading.belonging import require_own
from partyctl.ledger.reading.lookup import number_in
from partyctl.ledger.reading.nouns import NOUNS, no_such
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.writing.session import driver_of, note, restate
from partyctl.light import NamedTuple
from partyctl.records.common import finding
from partyctl.records.common.words import clean_text
from partyctl.records.meetings.gathering import number_of_speaker
from partyctl.records.undo.speakers import GUEST, speakers
from partyctl.terms import Noun


class Erased(NamedTuple):
    """The result of an erasure.

    `values`: the number of erased values. `entries`: the journal entries whose details were erased.
    `member`: the member's number, if a member's values were erased. `record`: the record whose
    values were erased, such as opinion#3. `unclear`: the meetings whose speeches were not erased,
    because several people of the speaker's name can have spoken there.
    """

    member: int | None
    record: str
    values: int
    entries: list[int]
    unclear: list[int]


@dataclass
class Gone:
    """The number of values erased so far, and the journal entries that contained them.

    `unclear`: the meetings whose speeches were left, because it is not certain who spoke.
    """

    values: int = 0
    entries: list[int] = field(default_factory=list)
    unclear: list[int] = field(default_factory=list)


DETAILS = """
SELECT seq FROM journal_detail JOIN journal_entry USING (seq)
WHERE (row_table = 'member' AND row_key = CAST(:number AS TEXT)) OR (row_table = 'dues_assessment'
    AND record IN (SELECT 'dues#' || id FROM dues_entry WHERE member_id = :number))
ORDER BY seq
"""
"""A query for the journal entries about rows that can contain a member's private values."""

OPINION_DETAILS = """
SELECT seq FROM journal_detail JOIN journal_entry USING (seq)
WHERE row_table = 'opinion' AND row_key = CAST(:number AS TEXT) ORDER BY seq
"""

VALUES = (
    ("member", "id_number", "id", None),
    ("member", "phone", "id", None),
    ("dues_assessment", "base", "member_id", None),
    ("dues_assessment", "working", "member_id", "—"),
)
"""A member's private values.

Each entry has the table, the column of the value, the column of the member's number, and the text
that replaces the value (None to clear it).
"""

OPINION_VALUES = (("opinion", "submitter", "id", None),)
"""The private values of an opinion. The submitter of an opinion need not be on the roll."""

KEPT = ("warning", "warning_step", "warning_talk")
"""The tables of integrity-risk cases that contain private values.

The values in these tables are not erased, because the dossiers must be kept (防范·六).
"""

SAID = "—"
"""The text that replaces the words of a speech or the name of a guest."""

IN_JOURNAL = """
SELECT CAST(substr(record, 9) AS INTEGER), json_extract(detail, '$.{side}.speaker')
FROM journal_entry JOIN journal_detail USING (seq)
WHERE row_table = 'meeting_speech' AND record LIKE 'meeting#%'
"""
SPOKE = " UNION ".join(
    (
        "SELECT meeting_id, speaker FROM meeting_speech",
        IN_JOURNAL.format(side="old"),
        IN_JOURNAL.format(side="new"),
    )
)
"""A query for meetings and who spoke there, according to the present records or the journal."""

EARLIER_NAMES = """
SELECT json_extract(detail, '$.old.name') FROM journal_entry JOIN journal_detail USING (seq)
WHERE row_table = 'member' AND row_key = CAST(? AS TEXT)
"""

SPEECH_DETAILS = """
SELECT seq FROM journal_detail JOIN journal_entry USING (seq)
WHERE row_table = 'meeting_speech' AND record = 'meeting#' || :number ORDER BY seq
"""
GUEST_DETAILS = """
SELECT seq FROM journal_detail JOIN journal_entry USING (seq)
WHERE row_table = 'meeting' AND row_key = CAST(:number AS TEXT) ORDER BY seq
"""
Values = tuple[tuple[str, str, str, str | None], ...]


def redact(session: Session, whom: str, reason: str) -> Erased:
    """Erase a member's private values and speeches, an opinion's submitter, or a meeting's guests.

    `whom`: a member, or a record such as opinion#3.
    """
    why = clean_text(reason, say("原因", "the reason"))
    noun, number = _record_meant(session, whom)
    if noun is Noun.OPINION:
        return _erase(session, noun, number, OPINION_VALUES, OPINION_DETAILS, why)
    if noun is Noun.MEETING:
        return _erase_guests(session, number, why)
    spoken = _erase_speeches(session, number)
    return _erase(session, noun, number, VALUES, DETAILS, why, spoken)


def _record_meant(session: Session, whom: str) -> tuple[Noun, int]:
    """The noun and number of the record that a text (such as `opinion#3`, `会议#7` or a name) means."""
    named, _, digits = whom.strip().partition("#")
    noun, number = _noun_called(named.strip()), number_in(digits)
    if noun is None or number is None:
        # This look-up also finds former members, and voided members if their #number is given.
        return Noun.MEMBER, finding.number(session, Noun.MEMBER, whom)
    ledger, branch = driver_of(session), finding.branch_meant(session)
    sql = f"SELECT 1 FROM {NOUNS[noun].table} WHERE id = ?"
    if not ledger.execute(sql, (number,)).fetchone():
        raise no_such(noun, number)
    require_own(ledger, noun, number, branch.number if branch else None)
    return noun, number


ERASED = (Noun.OPINION, Noun.MEETING)
"""The nouns other than `member` whose private values can be erased."""


def _noun_called(text: str) -> Noun | None:
    return next((each for each in ERASED if text in (each.value, *NOUNS[each].one)), None)


def _erase_speeches(session: Session, member: int) -> Gone:
    """Erase the words of a member's speeches (发言要点), which are recorded under the member's name.

    The ledger still shows who spoke. A speech that a namesake made, or can have made, is not
    erased. Speeches under a name that the member had before a correction are included.
    """
    ledger = driver_of(session)
    (name,) = ledger.execute("SELECT name FROM member WHERE id = ?", (member,)).fetchone()
    earlier = {old for (old,) in ledger.execute(EARLIER_NAMES, (member,))} - {None, name}
    gone, this = Gone(), f"{Noun.MEMBER}#{member}"
    for number, speaker in sorted(filter(all, ledger.execute(SPOKE).fetchall())):
        if number_of_speaker(speaker) != member:
            if speaker not in (name, *earlier):
                continue
            found = speakers(session, session.get_one(Meeting, number), speaker, member)
            if not found or speaker in earlier:
                found = {*found, this}
            if len(found) > 1 and this in found and number not in gone.unclear:
                gone.unclear.append(number)
            if found != {this}:
                continue
        gone.values += ledger.execute(
            "UPDATE meeting_speech SET said = :left "
            "WHERE meeting_id = :number AND speaker = :name AND said IS NOT :left",
            {"left": SAID, "number": number, "name": speaker},
        ).rowcount
        gone.entries += [seq for (seq,) in ledger.execute(SPEECH_DETAILS, {"number": number})]
        restate(session, "meeting_speech", f"meeting_id = {number}")
    return gone


def _erase_guests(session: Session, number: int, why: str) -> Erased:
    """Erase the names of a meeting's guests, and their speeches.

    A guest's name and speeches are not erased if a member or an employee of the same name can have
    spoken instead.
    """
    ledger = driver_of(session)
    row = ledger.execute("SELECT guests FROM meeting WHERE id = ?", (number,)).fetchone()
    gone, left = Gone(), []
    for name in (row[0] or "").split("、"):
        if _is_unclear(session, number, name):
            gone.unclear = [number]
            left.append(name)
            continue
        gone.values += ledger.execute(
            "UPDATE meeting_speech SET speaker = :left, said = :left "
            "WHERE meeting_id = :number AND speaker = :name AND said IS NOT :left",
            {"left": SAID, "number": number, "name": name},
        ).rowcount
    gone.entries += [seq for (seq,) in ledger.execute(SPEECH_DETAILS, {"number": number})]
    restate(session, "meeting_speech", f"meeting_id = {number}")
    values = (
        ("meeting", "guests", "id", "、".join([SAID, *left]) if row[0] else None),
    )  # the replacement shows that there were guests
    return _erase(session, Noun.MEETING, number, values, GUEST_DETAILS, why, gone)


def _is_unclear(session: Session, meeting: int, guest: str) -> bool:
    """Whether a member or employee can have made a speech that is recorded under a guest's name."""
    ledger = driver_of(session)
    spoke = (meeting, guest) in ledger.execute(SPOKE).fetchall()
    return spoke and speakers(session, session.get_one(Meeting, meeting), guest) > {GUEST}


def _erase(
    session: Session,
    noun: Noun,
    number: int,
    values: Values,
    details: str,
    why: str,
    also: Gone | None = None,
) -> Erased:
    ledger, gone = driver_of(session), also or Gone()
    found = [seq for (seq,) in ledger.execute(details, {"number": number})]
    entries = sorted({*found, *gone.entries})
    changed = gone.values + sum(
        ledger.execute(
            f"UPDATE {table} SET {column} = :left WHERE {whose} = :number AND {column} IS NOT :left",
            {"left": left, "number": number},
        ).rowcount
        for table, column, whose, left in values
    )
    for table, whose in {table: whose for table, _, whose, _ in values}.items():
        restate(session, table, f"{whose} = {number}")
    ledger.executemany("DELETE FROM journal_detail WHERE seq = ?", [(seq,) for seq in entries])
    record = f"{noun}#{number}"
    note(session, Event(Act.REDACT, record, {"entries": entries, "reason": why}))
    member = number if noun is Noun.MEMBER else None
    return Erased(member, record, changed, entries, gone.unclear)
