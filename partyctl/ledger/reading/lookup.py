"""Find a record by name or number, for reading and for writing commands."""

import sqlite3
from collections.abc import Callable, Sequence

from partyctl.errors import BadUsage, NoSuchRecord
from partyctl.language import comma_list, say
from partyctl.ledger.reading.bodies import Branch, branches
from partyctl.ledger.reading.known.names import (
    neither_member_nor_staff,
    no_applicant,
    no_contact,
    nobody_called,
    offered,
    several_called,
    several_employees,
)
from partyctl.light import TYPE_CHECKING, NamedTuple
from partyctl.terms import Noun
from partyctl.text import is_digits, spellings

if TYPE_CHECKING:
    from partyctl.law.engine.known import Known

MOST_DIGITS = 9
YEAR_DIGITS = 4
KNOWN_NAMES = 5
"""The error for an unknown branch lists at most this many branches."""

KnownOf = Callable[[Branch], "Known"]
"""A function that returns a branch's facts. The function is called only if several applicants have
the same name."""


class Found(NamedTuple):
    """A record that matches a name or number.

    The record's day helps to distinguish records with the same name.
    """

    number: int
    name: str
    branch: Branch | None
    day: str | None


class Kind(NamedTuple):
    """How to look up the records of a noun: table, branch, day, and the error if no record is found."""

    table: str
    branch: str
    day: str
    missing: Callable[[sqlite3.Connection, str], NoSuchRecord]
    bare: bool = True
    """Whether 7 is accepted as a number; #7 is always accepted."""
    loose: bool = False
    """Whether a search for 第一党小组 also finds the record 第一小组, if no record has the exact name."""


def number_in(text: str) -> int | None:
    """The number in `7` or `#7`; None for any other text."""
    digits = text.strip().removeprefix("#")
    is_number = is_digits(digits) and len(digits) <= MOST_DIGITS
    return int(digits) if is_number else None


def find(
    ledger: sqlite3.Connection, noun: Noun, text: str, branch: Branch | None = None
) -> list[Found]:
    """The records that match a text, for a noun in KINDS. Voided records are found by number only.

    If a branch is given, a name is first looked up among the branch's own records. Other branches'
    records are searched only if the branch has no record with that name.
    """
    return _matching(ledger, KINDS[noun], text, branch)


def person(ledger: sqlite3.Connection, text: str, branch: Branch | None = None) -> tuple[Noun, int]:
    """The member that has this name or #number; if there is none, the employee with this name.

    A #number always means a member. Raises NoSuchRecord.
    """
    if number_in(text) is None and not find(ledger, Noun.MEMBER, text, branch):
        called_so = _matching(ledger, STAFF, text, None)
        if not called_so:
            raise STAFF.missing(ledger, text.strip())
        if len(called_so) > 1:
            raise several_employees(text.strip(), len(called_so))
        return Noun.STAFF, called_so[0].number
    return Noun.MEMBER, number_of(ledger, Noun.MEMBER, text, branch)


def _matching(
    ledger: sqlite3.Connection, kind: Kind, text: str, branch: Branch | None
) -> list[Found]:
    named, plain = spellings(text)
    number = number_in(named) if kind.bare or named.startswith("#") else None
    rows = ledger.execute(
        f"SELECT item.id, item.name, branch.id, branch.name, {kind.day} FROM {kind.table} AS item "
        f"LEFT JOIN branch ON branch.id = {kind.branch} "
        "WHERE item.id = :number OR (item.name IN (:name, :plain) AND item.voided_at IS NULL) "
        "ORDER BY item.name = :name DESC, item.id",
        {"number": number, "name": named, "plain": plain},
    )
    found = [
        Found(found, name, None if of is None else Branch(of, called), day)
        for found, name, of, called, day in rows
    ]
    called_so = [each for each in found if each.name == named]
    called_so = called_so or [each for each in found if each.name == plain]
    if kind.loose and not found:
        called_so = _called_alike(ledger, kind, plain)
    own = [each for each in called_so if branch is not None and each.branch == branch]
    return own or called_so or found


PARTY = "党"


def _called_alike(ledger: sqlite3.Connection, kind: Kind, name: str) -> list[Found]:
    """The valid records whose names equal `name` if spaces and 党 are ignored."""
    rows = ledger.execute(
        f"SELECT item.id, item.name, branch.id, branch.name FROM {kind.table} AS item "
        f"LEFT JOIN branch ON branch.id = {kind.branch} WHERE item.voided_at IS NULL "
        "AND replace(replace(item.name, :party, ''), ' ', '') = :bare ORDER BY item.id",
        {"party": PARTY, "bare": name.replace(PARTY, "").replace(" ", "")},
    )
    return [
        Found(found, name, None if of is None else Branch(of, called), None)
        for found, name, of, called in rows
    ]


def number_of(
    ledger: sqlite3.Connection,
    noun: Noun,
    text: str,
    branch: Branch | None = None,
    known: KnownOf | None = None,
) -> int:
    """The number of the one record that matches a text. Raises NoSuchRecord, BadUsage.

    If the noun is not in KINDS, the text must be a number, which is returned even if no record has
    it; a review can also be found by its year. If a branch is given, the number of another branch's
    record is refused.
    """
    number = _number_of(ledger, noun, text, branch, known)
    if branch is not None and number_in(text) is not None:
        from partyctl.ledger.reading.belonging import require_own  # loads every noun

        require_own(ledger, noun, number, branch.id)
    return number


def _number_of(
    ledger: sqlite3.Connection,
    noun: Noun,
    text: str,
    branch: Branch | None,
    known: KnownOf | None,
) -> int:
    if noun is Noun.REVIEW:
        return _review(ledger, text, branch)
    if noun not in KINDS:
        return _number(text)
    found = find(ledger, noun, text, branch)
    if noun is Noun.APPLICANT and len(found) > 1 and known is not None:
        found = _on_the_way(found, known)
    if noun is Noun.CELL and branch is not None and number_in(text) is None:
        found = [each for each in found if each.branch == branch]
    if not found:
        raise KINDS[noun].missing(ledger, text.strip())
    if len(found) > 1:
        raise several_called(text, [_told(each) for each in found], people=noun is not Noun.CELL)
    return found[0].number


def _number(text: str) -> int:
    number = number_in(text)
    if number is None:
        raise BadUsage(
            say(f"编号“{text}”读不出来。", f"Cannot read the number “{text}”."),
            say("编号写作 7 或 '#7'", "write a number as 7 or '#7'"),
        )
    return number


def _on_the_way(found: Sequence[Found], known: KnownOf) -> list[Found]:
    """Of the applications under one name, the open ones or, if none is open, the newest."""
    from partyctl.law.admission.journey import journeys, meant  # rarely needed

    numbers = {each.number: each for each in found}
    within = dict.fromkeys(each.branch for each in found if each.branch is not None)
    ways = [way for branch in within for way in journeys(known(branch))]
    ways = [way for way in ways if way.subject.kind == Noun.APPLICANT and way.subject.id in numbers]
    ways.sort(key=lambda way: way.subject.id)
    return [numbers[way.subject.id] for way in meant(ways)]


def _told(found: Found) -> str:
    return " ".join(
        filter(None, (f"#{found.number}", found.branch and found.branch.name, found.day))
    )


def branches_named(ledger: sqlite3.Connection, name: str | None) -> list[Branch]:
    """The branch that has this name or number; all branches if no name is given. Raises NoSuchRecord."""
    if name is None:
        return branches(ledger)
    number = number_of(ledger, Noun.BRANCH, name)
    return [each for each in branches(ledger) if each.id == number]


def member_number(ledger: sqlite3.Connection, name: str, branch: Branch | None = None) -> int:
    """The number of the member that has this name or #number. Raises NoSuchRecord."""
    return number_of(ledger, Noun.MEMBER, name, branch)


def _review(ledger: sqlite3.Connection, text: str, branch: Branch | None) -> int:
    """The number of a review, given its year or #number (which is returned unchecked).

    Raises NoSuchRecord if no review of the year was opened, and BadUsage if several branches have
    one, or if the text is neither a year nor a number.
    """
    named = text.strip()
    if named.startswith("#") or len(named) < YEAR_DIGITS:
        return _number(named)
    found = reviews_of(ledger, named, branch)
    if not found:
        raise NoSuchRecord(
            say(f"{named} 年的民主评议还没有开始。", f"The review of {named} was not opened."),
            f"partyctl review open {named} --on …",
        )
    if len(found) > 1:
        names = comma_list(of.name for _, of in found)
        raise BadUsage(
            say(f"有几个党支部（{names}），请用 --branch 指明。", f"Which branch: {names}?"),
            f"partyctl --branch {found[0][1].id} review status {named}",
        )
    return int(found[0][0])


def reviews_of(
    ledger: sqlite3.Connection, year: int | str, branch: Branch | None = None
) -> list[tuple[int, Branch]]:
    """The reviews of a year, of all branches or one branch, each as its number and its branch."""
    rows = ledger.execute(
        "SELECT review.id, branch.id, branch.name FROM review JOIN branch ON branch.id = branch_id "
        "WHERE year = :year AND review.voided_at IS NULL "
        "AND (:branch IS NULL OR branch.id = :branch) ORDER BY review.id",
        {"year": year, "branch": branch and branch.id},
    )
    return [(number, Branch(of, name)) for number, of, name in rows]


def no_branch(ledger: sqlite3.Connection, name: str) -> NoSuchRecord:
    """The error for an unknown branch; it names at most KNOWN_NAMES of the branches."""
    known = comma_list(each.name for each in branches(ledger)[:KNOWN_NAMES])
    return NoSuchRecord(
        say(
            f"没有“{name}”这个党支部；已有：{known}。",
            f"There is no branch “{name}”; the branches include: {known}.",
        ),
        "partyctl branch list",
    )


def no_cell(ledger: sqlite3.Connection, name: str) -> NoSuchRecord:
    """The error for an unknown cell; it lists the cells."""
    rows = ledger.execute("SELECT name FROM cell WHERE voided_at IS NULL ORDER BY id")
    known = comma_list(each for (each,) in rows) or say("没有党小组", "no cells")
    return NoSuchRecord(
        say(
            f"没有“{name}”这个党小组；已有：{known}。",
            f"There is no cell “{name}”; the cells are: {known}.",
        ),
        offered("cell add {name}", name, "cell list"),
    )


KINDS = {
    Noun.BRANCH: Kind("branch", "item.id", "NULL", no_branch, loose=True),
    Noun.CELL: Kind("cell", "item.branch_id", "NULL", no_cell, loose=True),
    Noun.MEMBER: Kind(
        "member",
        "item.branch_id",
        "item.joined_on",
        lambda _, name: nobody_called(name),
        bare=False,
    ),
    Noun.APPLICANT: Kind(
        "applicant", "item.branch_id", "item.applied_on", lambda _, name: no_applicant(name)
    ),
    Noun.CONTACT: Kind("contact", "NULL", "NULL", lambda _, name: no_contact(name)),
}
"""How to look up records by name, for each noun whose records are called by their names. For staff,
see STAFF. Records of all other nouns are found by number, and reviews also by year."""

STAFF = Kind("staff", "NULL", "NULL", lambda _, name: neither_member_nor_staff(name), bare=False)
"""How to look up employees, used where a name can mean a member or an employee."""
