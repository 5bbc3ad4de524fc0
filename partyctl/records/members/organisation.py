"""Create a ledger, add and correct branches, and add cells and staff who are not members."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlmodel import Session, col, select

from partyctl.errors import BadUsage, Refused
from partyctl.language import say
from partyctl.ledger.file import markers
from partyctl.ledger.file.files import create_file, discard, draft_of
from partyctl.ledger.file.keys import Key
from partyctl.ledger.journal.commands import new_command
from partyctl.ledger.maintenance.migrating import build
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.organisation import BranchCommittee, Organ, SuperiorBody
from partyctl.ledger.tables.people import Branch, Cell, Staff
from partyctl.ledger.writing.session import open_for_writing
from partyctl.records.common import finding
from partyctl.records.common.voiding import void
from partyctl.records.common.words import clean_name
from partyctl.terms import Correction, Superior, read_term


def start_ledger(
    path: Path,
    *,
    organ: str,
    branch: str,
    since: date,
    has_committee: bool,
    cells: list[str],
    superiors: list[str],
    make_key: Callable[[], Key] | None = None,
) -> None:
    """Create a ledger with its leading group, superiors, first branch and cells.

    `make_key`: a function that makes the key of an encrypted ledger; it is called only after the
    names and the path were checked. Raises Refused if the path exists, and BadUsage for names that
    cannot be stored.
    """
    bodies = _superiors(superiors)
    organ_row = new(Organ, name=clean_name(organ, _the_name(), separators=True), since=since)
    branch_name = clean_name(branch, _the_name(), separators=True)
    cell_names = [clean_name(each, _the_name(), separators=True) for each in cells]
    if os.path.lexists(path):
        raise ledger_exists(path)
    draft = draft_of(path)
    create_file(draft)
    try:
        if make_key is not None:
            markers.add(draft, make_key().mark)
        build(draft, new_command("init"))
        with open_for_writing(draft, "init") as session:
            session.add(organ_row)
            session.add_all(bodies)
            first = add_branch(session, branch_name, has_committee=has_committee)
            for name in cell_names:
                add_cell(session, name, first)
        markers.publish(draft, path)
    except FileExistsError:
        raise ledger_exists(path) from None
    finally:
        discard(draft)


def ledger_exists(path: Path) -> Refused:
    """The error for a new ledger whose path is already taken."""
    return Refused(
        say(f"{path} 已经存在，没有改动。", f"{path} exists already and was not changed."),
        f"partyctl --ledger {path} status",
    )


def _superiors(typed: list[str]) -> list[SuperiorBody]:
    """The superior organisations that the clerk typed, at most one of each kind.

    Raises BadUsage.
    """
    bodies = [_superior(each) for each in typed]
    kinds = [body.kind for body in bodies]
    for kind in kinds:
        if kinds.count(kind) > 1:
            raise BadUsage(
                say(
                    f"上级党组织“{kind.label}”写了不止一个。",
                    f"There is more than one superior “{kind}”.",
                ),
                f"--superior {kind}=…",
            )
    return bodies


def _superior(text: str) -> SuperiorBody:
    kind, equals, name = text.partition("=")
    if not equals:
        raise BadUsage(
            say(
                f"上级组织“{text}”应写成 种类=名称。",
                f"Write a superior as KIND=NAME, not “{text}”.",
            ),
            "--superior organ-committee=…",
        )
    return new(
        SuperiorBody,
        kind=read_term(Superior, kind, of=say("上级党组织", "superior")),
        name=clean_name(name, _the_name(), separators=True),
    )


def _the_name() -> str:
    return say("名称", "The name")


def add_branch(
    session: Session,
    name: str,
    *,
    founded_on: date | None = None,
    has_committee: bool = True,
    elected_on: date | None = None,
) -> Branch:
    """Add a branch. Raises Refused if the name exists already."""
    name = clean_name(name, _the_name(), separators=True)
    _require_new_branch(session, name)
    branch = new(
        Branch,
        name=name,
        founded_on=founded_on,
        has_committee=has_committee,
        elected_on=elected_on,
    )
    session.add(branch)
    session.flush()
    return branch


def _require_new_branch(session: Session, name: str) -> None:
    query = select(Branch).where(Branch.name == name, col(Branch.voided_at).is_(None))
    if session.exec(query).first():
        raise Refused(
            say(f"已有党支部“{name}”。", f"There is already a branch “{name}”."),
            "partyctl branch list",
        )


def edit_branch(
    session: Session,
    text: str | None,
    *,
    name: str | None = None,
    founded_on: date | None = None,
    has_committee: bool | None = None,
    committee_from: date | None = None,
    elected_on: date | None = None,
) -> Branch:
    """Correct a branch. None leaves a value unchanged.

    `committee_from`: the day from which `has_committee` applies. Without this day, `has_committee`
    applies from the founding of the branch.
    """
    branch = finding.branch_to_change(session, text)
    if (
        name is not None
        and (cleaned := clean_name(name, _the_name(), separators=True)) != branch.name
    ):
        _require_new_branch(session, cleaned)
        branch.name = cleaned
    branch.founded_on = founded_on or branch.founded_on
    branch.elected_on = elected_on or branch.elected_on
    if has_committee is not None and committee_from is not None:
        _set_committee(session, branch, has_committee, committee_from)
    elif has_committee is not None:
        branch.has_committee = has_committee
    _require_committee_after_founding(session, branch)
    session.add(branch)
    return branch


def _set_committee(session: Session, branch: Branch, has_committee: bool, from_on: date) -> None:
    """Record that a branch has, or does not have, a committee from a certain day.

    An earlier entry for the same day is replaced.
    """
    for each in _committees(session, branch):
        if each.from_on == from_on:
            void(session, each, Correction.COMMITTEE)
    session.flush()
    session.add(
        new(
            BranchCommittee,
            branch_id=branch.number,
            from_on=from_on,
            has_committee=has_committee,
        )
    )
    session.flush()


def _require_committee_after_founding(session: Session, branch: Branch) -> None:
    """Refuse an entry about the committee that is dated on or before the founding of the branch."""
    for each in _committees(session, branch):
        if branch.founded_on is not None and each.from_on <= branch.founded_on:
            option = "--committee" if each.has_committee else "--no-committee"
            raise Refused(
                say(
                    f"{branch.name} {branch.founded_on} 成立，{each.from_on} 还没有变化；"
                    "自成立起就是这样的，不写 --from。",
                    f"{branch.name} was founded on {branch.founded_on}, so its committee "
                    f"cannot change on {each.from_on}. If nothing has changed since the "
                    "founding, leave out --from.",
                ),
                f"partyctl branch edit '#{branch.number}' {option}",
            )


def _committees(session: Session, branch: Branch) -> list[BranchCommittee]:
    query = (
        select(BranchCommittee)
        .where(BranchCommittee.branch_id == branch.number, col(BranchCommittee.voided_at).is_(None))
        .order_by(col(BranchCommittee.from_on))
    )
    return list(session.exec(query).all())


def has_committee_on(session: Session, branch: Branch, day: date) -> bool:
    """Whether a branch has a committee on a day."""
    set_by_then = [each for each in _committees(session, branch) if each.from_on <= day]
    return set_by_then[-1].has_committee if set_by_then else branch.has_committee


def require_sense(session: Session, branch: Branch) -> None:
    """Refuse a branch if an entry about its committee is not dated after the branch's founding."""
    _require_committee_after_founding(session, branch)


def add_cell(
    session: Session, name: str, branch: Branch, *, founded_on: date | None = None
) -> Cell:
    """Add a cell. Raises Refused if the branch already has a cell with this name."""
    name = clean_name(name, _the_name(), separators=True)
    cell = new(Cell, name=name, branch_id=branch.number, founded_on=founded_on)
    require_new_cell(session, cell)
    session.add(cell)
    session.flush()
    return cell


def require_new_cell(session: Session, cell: Cell) -> None:
    """Refuse a cell with a name that another cell of the branch has."""
    query = select(Cell).where(
        Cell.name == cell.name,
        Cell.branch_id == cell.branch_id,
        Cell.id != cell.id,
        col(Cell.voided_at).is_(None),
    )
    if other := session.exec(query).first():
        branch = session.get_one(Branch, cell.branch_id)
        raise Refused(
            say(
                f"{branch.name}已有党小组“{cell.name}”（#{other.number}）。",
                f"{branch.name} has a cell “{cell.name}” already (#{other.number}).",
            ),
            "partyctl cell list",
        )


def add_staff(session: Session, name: str, title: str | None) -> Staff:
    """Add an employee who is not a Party member."""
    staff = new(Staff, name=clean_name(name, say("姓名", "A name")), title=title)
    session.add(staff)
    session.flush()
    return staff
