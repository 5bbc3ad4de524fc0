"""Find the record that the clerk named, by its number or name (a review: by its year)."""

from datetime import date
from sqlite3 import Connection
from typing import TYPE_CHECKING, TypeVar

from sqlmodel import Session, col, select

from partyctl.errors import NoSuchRecord, Refused
from partyctl.language import comma_list, say
from partyctl.ledger.reading import bodies, lookup
from partyctl.ledger.reading.lookup import number_in
from partyctl.ledger.reading.nouns import LINES, TABLES, no_such, voided
from partyctl.ledger.tables.base import Record
from partyctl.ledger.tables.people import Branch, Cell, Member, Staff
from partyctl.ledger.views.sources import ADMISSION
from partyctl.ledger.writing.session import driver_of
from partyctl.records.common.standing import ended_on
from partyctl.terms import Noun

if TYPE_CHECKING:
    from partyctl.law.engine.known import Known

BRANCH_MEANT = "branch meant"
"""The key in a session's `info` dictionary under which the value of --branch is stored."""

RECORDS = "records found"
"""The key in a session's `info` dictionary under which found records are stored.

A session forgets a record that no variable refers to, and reads it from the ledger again when the
record is needed. Records stored under this key are read only once.
"""

AnyRecord = TypeVar("AnyRecord", bound=Record)


def organ(session: Session) -> bodies.Organ:
    """The leading group that owns the ledger."""
    return bodies.organ(_ledger(session))


def record(
    session: Session,
    table: type[AnyRecord],
    number: int,
    of: str | None = None,
    *,
    elsewhere: bool = False,
) -> AnyRecord:
    """The record that has this number.

    Raises NoSuchRecord if the record does not exist, and Refused if it is voided. `of` is the word
    for the record in messages; it is needed only if `TABLES` does not contain the record's table.
    With `elsewhere`, the record can also belong to a branch other than the branch given with
    --branch. Callers use `elsewhere` if they checked the number, or if the clerk did not type the
    number.
    """
    found = session.get(table, number)
    if found is not None and not elsewhere:
        _require_own(session, table, number)
    if found is None or found.voided_at:
        raise _unusable(table, number, found, of)
    session.info.setdefault(RECORDS, {})[table, number] = found
    return found


def _require_own(session: Session, table: type[Record], number: int) -> None:
    """Check that a record belongs to the branch given with --branch. Raises NoSuchRecord."""
    meant = branch_meant(session)
    if meant is None:
        return
    from partyctl.ledger.reading.belonging import require_own  # rarely needed

    if (noun := TABLES.get(str(table.__tablename__))) is not None:
        require_own(_ledger(session), noun, number, meant.number)


def _unusable(
    table: type[Record], number: int, found: Record | None, of: str | None
) -> NoSuchRecord | Refused:
    """The error for a record that does not exist or is voided."""
    name = str(table.__tablename__)
    noun, owner = (TABLES[name], "id") if name in TABLES else LINES[name]
    if found is None:
        return no_such(noun, number, of)
    line = f"{of} #{number}" if of else None
    return voided(noun, getattr(found, owner), found.void_reason, line)


class Stored(str):
    """A member's #number that was read from the ledger, not typed.

    With --branch, such a #number is accepted even if the member belongs to another branch.
    """

    __slots__ = ()


def stored(number: int | None) -> Stored:
    """A member's number from the ledger, in the form #number."""
    return Stored(f"#{number}")


def branch_meant(session: Session) -> Branch | None:
    """The branch given with --branch.

    Names are looked up in this branch first. Raises NoSuchRecord.
    """
    named = session.info.get(BRANCH_MEANT)
    return None if named is None else branch(session, named)


def number(session: Session, noun: Noun, text: str, of: Branch | None = None) -> int:
    """The number of the record that a text names.

    `noun`: the kind of record, such as a member or a meeting. `of`: the branch to search first; by
    default, the branch given with --branch.

    Raises NoSuchRecord for an unknown or ambiguous name, and for a year without a review. Raises
    BadUsage for a year in which several branches have a review. If the records of this kind have no
    names, raises BadUsage for a text that is not a number, and does not check that the record
    exists.
    """

    def known(branch: bodies.Branch) -> "Known":
        # Imported here, because `known_facts` loads the rules, and few names need the rules.
        from partyctl.records.common.known_facts import known_of

        return known_of(session, branch.id, *ADMISSION)

    return lookup.number_of(_ledger(session), noun, text, _within(session, of), known)


def review_number(session: Session, branch: Branch, year: int) -> int | None:
    """The number of a branch's review for a year, or None if the branch has no such review."""
    found = lookup.reviews_of(_ledger(session), year, _within(session, branch))
    return found[0][0] if found else None


def _within(session: Session, of: Branch | None = None) -> bodies.Branch | None:
    """The branch in which a name is looked up first.

    This branch is `of`, if it is given; otherwise it is the branch given with --branch.
    """
    meant = of or branch_meant(session)
    return bodies.Branch(meant.number, meant.name) if meant else None


def _ledger(session: Session) -> Connection:
    """The connection to the ledger. Pending changes in the session are flushed first."""
    if session.autoflush:
        session.flush()
    return driver_of(session)


def member(session: Session, text: str) -> Member:
    """The member that has this name or #number.

    Raises NoSuchRecord if no member or several members match.

    With --branch, a name is searched in other branches only if no member of this branch has it, and
    the #number of a member of another branch is refused.
    """
    if isinstance(text, Stored):
        known = number_in(text)
        assert known is not None
    else:
        known = number(session, Noun.MEMBER, text)
    return record(session, Member, known, elsewhere=True)


def member_on(session: Session, text: str, day: date, part: str) -> Member:
    """The member with this name.

    Raises NoSuchRecord if no member or several members have this name, and Refused if the member is
    not on the roll on the day. `part`: the member's role (such as chair) in this run's language,
    for the error message.
    """
    found = member(session, text)
    ended = ended_on(session, found)
    if day < found.on_roll_from or (ended is not None and day >= ended):
        since = f"{found.on_roll_from}–{ended or ''}"
        raise Refused(
            say(
                f"{found.name} {day} 不在名册上（{since}），不能作为{part}。",
                f"{found.name} was not on the roll on {day} ({since}) and cannot be {part}.",
            ),
            f"partyctl member show '#{found.number}'",
        )
    return found


def member_or_staff(session: Session, text: str, day: date, part: str) -> Member | Staff:
    """The member (who must be on the roll on the day) or the employee that has this name."""
    found = person(session, text)
    return found if isinstance(found, Staff) else member_on(session, text, day, part)


def person(session: Session, text: str) -> Member | Staff:
    """The member with this name or #number; if no member matches, the employee with this name.

    Raises NoSuchRecord.
    """
    if isinstance(text, Stored):
        return member(session, text)
    noun, known = lookup.person(_ledger(session), text, _within(session))
    if noun is Noun.STAFF:
        return record(session, Staff, known, elsewhere=True)
    return record(session, Member, known, elsewhere=True)


def is_member(session: Session, name: str) -> bool:
    """Whether a text is the name of a member."""
    found = lookup.find(_ledger(session), Noun.MEMBER, name)
    return bool(found) and number_in(name) is None


def branch(session: Session, text: str | None) -> Branch:
    """The branch that has this name or number, or the only branch if `text` is None.

    Raises NoSuchRecord.
    """
    if text is not None:
        number = lookup.number_of(_ledger(session), Noun.BRANCH, text)
        return record(session, Branch, number, elsewhere=True)
    every = session.exec(
        select(Branch).where(col(Branch.voided_at).is_(None)).order_by(col(Branch.id))
    ).all()
    if len(every) == 1:
        return every[0]
    raise SeveralBranches([each.name for each in every])


def branch_to_change(session: Session, text: str | None) -> Branch:
    """As `branch`, but a branch other than the one given with --branch is refused."""
    found = branch(session, text)
    _require_own(session, Branch, found.number)
    return found


class SeveralBranches(NoSuchRecord):
    """Raised if a command names no branch although the ledger has several branches."""

    exit_code = 2

    def __init__(self, names: list[str]) -> None:
        named = comma_list(names)
        super().__init__(
            say(f"有几个党支部（{named}），请用 --branch 指明。", f"Which branch: {named}?"),
            f"partyctl --branch {names[0]} …" if names else "partyctl branch add …",
        )


def cell(session: Session, text: str, within: Branch | None) -> Cell:
    """The Party cell that has this name or number. Raises NoSuchRecord.

    If `within` is given, a cell of another branch is not accepted.
    """
    branch = bodies.Branch(within.number, within.name) if within else None
    number = lookup.number_of(_ledger(session), Noun.CELL, text, branch)
    return record(session, Cell, number, elsewhere=True)
