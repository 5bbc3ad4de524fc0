"""Finding the record that somebody names: one SQL look-up for the readers and the writers."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import NamedTuple

from partyctl.errors import BadUsage, NoSuchRecord
from partyctl.language import say
from partyctl.law.admission.journey import journeys, meant
from partyctl.law.engine.known import Known, address
from partyctl.ledger.reading.facts import Branch, branches
from partyctl.terms import Noun

MOST_DIGITS = 9
YEAR_DIGITS = 4
KNOWN_NAMES = 5
"""How many names an error lists."""

KnownOf = Callable[[Branch], Known]
"""What is known of a branch; needed only to tell several applications of one name apart."""


class Found(NamedTuple):
    """A record that a name or a number fits; the day tells it from a namesake."""

    number: int
    name: str
    branch: Branch | None
    day: str | None


class Kind(NamedTuple):
    """How the records of a noun are named: their table, their branch, the day, the error."""

    table: str
    branch: str
    day: str
    missing: Callable[[sqlite3.Connection, str], NoSuchRecord]
    bare: bool = True
    """Whether a bare 7 is a number too; #7 always is."""


def number_in(text: str) -> int | None:
    """The number that `7` or `#7` names; None for anything else."""
    digits = text.strip().removeprefix("#")
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS
    return int(digits) if is_number else None


def find(
    ledger: sqlite3.Connection, noun: Noun, text: str, branch: Branch | None = None
) -> list[Found]:
    """The records that a text names: by name those that stand, by number a voided one too.

    With a branch, namesakes elsewhere count only where the branch has nobody of that name.
    """
    kind, named = KINDS[noun], text.strip()
    number = number_in(named) if kind.bare or named.startswith("#") else None
    rows = ledger.execute(
        f"SELECT item.id, item.name, branch.id, branch.name, {kind.day} FROM {kind.table} AS item "
        f"LEFT JOIN branch ON branch.id = {kind.branch} "
        "WHERE item.id = :number OR (item.name = :name AND item.voided_at IS NULL) "
        "ORDER BY item.name = :name DESC, item.id",
        {"number": number, "name": named},
    )
    found = [
        Found(found, name, None if of is None else Branch(of, called), day)
        for found, name, of, called, day in rows
    ]
    called_so = [each for each in found if each.name == named]
    own = [each for each in called_so if branch is not None and each.branch == branch]
    return own or called_so or found


def number_of(
    ledger: sqlite3.Connection,
    noun: Noun,
    text: str,
    branch: Branch | None = None,
    known: KnownOf | None = None,
) -> int:
    """The number of the one record that a text names. Raises NoSuchRecord, BadUsage.

    With a branch, a #number of another branch is refused.
    """
    number = _number_of(ledger, noun, text, branch, known)
    if branch is not None and number_in(text) is not None:
        from partyctl.ledger.reading.belonging import require_own  # knows every noun

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
    if noun is Noun.CELL and branch is not None:
        named = text.strip()
        found = [each for each in found if each.branch == branch or each.name != named]
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
    """Of several applications of one name, those still on the way."""
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
    """The one branch of that name or number; all where no name is given. Raises NoSuchRecord."""
    if name is None:
        return branches(ledger)
    number = number_of(ledger, Noun.BRANCH, name)
    return [each for each in branches(ledger) if each.id == number]


def member_number(ledger: sqlite3.Connection, name: str, branch: Branch | None = None) -> int:
    """The number of the member of that name, or #number. Raises NoSuchRecord."""
    return number_of(ledger, Noun.MEMBER, name, branch)


def _review(ledger: sqlite3.Connection, text: str, branch: Branch | None) -> int:
    """The number of a review, by its year or #number; of several branches' one must be meant."""
    named = text.strip()
    if named.startswith("#") or len(named) < YEAR_DIGITS:
        return number_in(named) or 0
    rows = ledger.execute(
        "SELECT review.id, branch.id, branch.name FROM review JOIN branch ON branch.id = branch_id "
        "WHERE year = ? AND review.voided_at IS NULL ORDER BY review.id",
        (named,),
    )
    found = [(number, Branch(of, name)) for number, of, name in rows]
    found = [each for each in found if branch is None or each[1] == branch]
    if not found:
        raise NoSuchRecord(
            say(f"{named} 年的民主评议还没有开始。", f"The review of {named} was not opened."),
            f"partyctl review open {named} --on …",
        )
    if len(found) > 1:
        names = "、".join(of.name for _, of in found)
        raise BadUsage(
            say(f"有几个党支部（{names}），请用 --branch 指明。", f"Which branch: {names}?"),
            f"partyctl --branch {found[0][1].id} review status {named}",
        )
    return int(found[0][0])


NO_NAMES = frozenset(
    {"all", "each", "everybody", "everyone", "rest", "relative", "none", "self", "members"}
    | {"全体", "全部", "所有", "所有人", "每人", "大家", "其他", "其余", "本人", "亲属", "党员"}
)
"""What people type where a name is wanted, and nobody is called."""


def may_be_a_name(text: str) -> bool:
    """Whether somebody could be called so: no number, no list, no word for everybody."""
    typed = text.strip().lower()
    return bool(typed) and typed not in NO_NAMES and not set(typed) & set("#,，;；=:：/0123456789-")


def offered(add: str, name: str, otherwise: str) -> str:
    """The command that enters somebody, or something, of a name; another where it is no name.

    `add` has {name} in it. What was typed may be empty, a #number or a word for everybody.
    """
    if not may_be_a_name(name):
        return f"partyctl {otherwise}"
    return f"partyctl {add.format(name=in_one_piece(name))}"


def in_one_piece(text: str) -> str:
    """A name or a #number as a shell takes it."""
    return address(text.strip(), 0, frozenset())


def nobody_called(name: str) -> NoSuchRecord:
    """Nobody on the roll has that name; a word that is no name is not offered as a new member's."""
    if not may_be_a_name(name):
        return NoSuchRecord(
            say(
                f"党员名册里没有“{name}”；要写姓名或 #编号。",
                f"Nobody on the roll is called “{name}”: write a name, or #ID.",
            ),
            "partyctl member list",
        )
    return NoSuchRecord(
        say(f"党员名册里没有“{name}”。", f"Nobody on the roll is called “{name}”."),
        offered("member add {name} --joined …", name, "member list"),
    )


def several_called(name: str, each: list[str], *, people: bool = True) -> NoSuchRecord:
    """More than one has that name; `each` begins with its #number."""
    listed, unit = "、".join(each), "位" if people else "个"
    return NoSuchRecord(
        say(
            f"有 {len(each)} {unit}“{name}”：{listed}。",
            f"{len(each)} are called “{name}”: {listed}.",
        ),
        f"'{each[0].split()[0]}'",
    )


def no_branch(ledger: sqlite3.Connection, name: str) -> NoSuchRecord:
    """No branch has that name; the error lists some that there are."""
    known = "、".join(each.name for each in branches(ledger)[:KNOWN_NAMES])
    return NoSuchRecord(
        say(f"没有“{name}”这个党支部；已有：{known}。", f"No branch “{name}”; there are: {known}."),
        "partyctl branch list",
    )


def no_cell(ledger: sqlite3.Connection, name: str) -> NoSuchRecord:
    """No cell has that name; the error lists those that there are."""
    rows = ledger.execute("SELECT name FROM cell WHERE voided_at IS NULL ORDER BY id")
    known = "、".join(each for (each,) in rows) or say("没有党小组", "no cells")
    return NoSuchRecord(
        say(f"没有“{name}”这个党小组；已有：{known}。", f"No cell “{name}”; there are: {known}."),
        offered("cell add {name}", name, "cell list"),
    )


def no_contact(name: str) -> NoSuchRecord:
    """No contact point has that name."""
    return NoSuchRecord(
        say(f"没有“{name}”这个联系点。", f"There is no contact point “{name}”."),
        offered("contact add {name} --leader …", name, "contact list"),
    )


def no_applicant(name: str) -> NoSuchRecord:
    """Nobody of that name has applied."""
    return NoSuchRecord(
        say(f"没有“{name}”的入党申请。", f"No application of “{name}” is on record."),
        offered("applicant add {name} --applied …", name, "applicant list"),
    )


KINDS = {
    Noun.BRANCH: Kind("branch", "item.id", "NULL", no_branch),
    Noun.CELL: Kind("cell", "item.branch_id", "NULL", no_cell),
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
"""The nouns of which a record has a name; all others are known by their number alone."""
