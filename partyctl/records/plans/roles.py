"""Record the responsibilities of a year (责任主体), and who has each of them."""

from collections.abc import Sequence

from sqlmodel import Session, select

from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.law.sources.clauses import RESPONSIBILITY
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.plans import Plan, PlanRole
from partyctl.light import NamedTuple
from partyctl.records.common import finding
from partyctl.terms import PlanKind, Role, read_term, stored_term

CLAUSE = RESPONSIBILITY["5"]


class Assignment(NamedTuple):
    """A responsibility, and the name of the person who has it."""

    role: Role
    name: str


def read_assignment(text: str) -> Assignment:
    """Parse an assignment typed as ROLE=NAME. Raises BadUsage."""
    role, equals, name = text.replace("＝", "=").partition("=")
    if not equals or not name.strip():
        raise BadUsage(
            say(f"责任“{text}”应写成 责任=姓名。", f"Write ROLE=NAME, not “{text}”."),
            f"--assign {Role.SECRETARY.label}=…",
        )
    return Assignment(read_term(Role, role, of=say("责任", "role")), name.strip())


def require_sense(kind: PlanKind, assigned: Sequence[Assignment]) -> None:
    """Check that a plan of this kind can have these assignments.

    No role can be assigned twice.

    Raises BadUsage.
    """
    if assigned and kind is not PlanKind.ROLES:
        raise BadUsage(
            say(
                f"--assign 只用于{PlanKind.ROLES.chinese}。",
                f"--assign goes with {PlanKind.ROLES} alone.",
            ),
            "partyctl plan adopt roles … --assign …",
        )
    named = [each.role for each in assigned]
    if twice := next((role for role in Role if named.count(role) > 1), None):
        raise BadUsage(
            say(f"{twice.chinese}写了两次。", f"{twice} is given twice."),
            f"--assign {twice.label}=…",
        )


def require_all(assigned: Sequence[Assignment]) -> None:
    """Check that every responsibility is assigned. Raises BadUsage. [责任·5]."""
    missing = [role for role in Role if role not in {each.role for each in assigned}]
    if missing:
        named = "、".join(f"{role.chinese}（{role}）" for role in missing)
        raise BadUsage(
            say(f"缺少：{named}[{CLAUSE}]。", f"Missing: {', '.join(missing)} [{CLAUSE}]."),
            " ".join(f"--assign {role.label}=…" for role in missing),
        )


def put(session: Session, plan: Plan, assigned: Sequence[Assignment]) -> None:
    """Record who has the given responsibilities; leave all other responsibilities unchanged.

    Raises the errors that `member_on` raises.
    """
    for role, name in assigned:
        bearer = finding.member_on(session, name, plan.adopted_on, role.label)
        line = session.get(PlanRole, (plan.number, role)) or new(
            PlanRole, plan_id=plan.number, role=role, member_id=bearer.number
        )
        line.member_id = bearer.number
        session.add(line)


def recheck(session: Session, plan: Plan) -> None:
    """Refuse a plan if a person with a responsibility was not on the roll when the plan was adopted."""
    for line in session.exec(select(PlanRole).where(PlanRole.plan_id == plan.number)).all():
        part = stored_term(Role, line.role).label
        finding.member_on(session, finding.stored(line.member_id), plan.adopted_on, part)
