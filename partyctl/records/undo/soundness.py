"""What must hold of a record that stands, whichever command put it there: each noun's own checks.

A command that enters or corrects a record makes them; whoever brings an earlier state back, as
`undo` does, makes them here.
"""

from collections.abc import Callable, Iterable
from typing import Any

from sqlmodel import Session

from partyctl.errors import PartyctlError
from partyctl.ledger.tables.admission import Applicant
from partyctl.ledger.tables.base import Record
from partyctl.ledger.tables.democratic_life import Rectification
from partyctl.ledger.tables.disclosures import Disclosure
from partyctl.ledger.tables.dues import DuesEntry, Remittance
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.tables.opinions import Opinion
from partyctl.ledger.tables.people import Branch, Cell, Member
from partyctl.ledger.tables.plans import Plan, PlanItem
from partyctl.ledger.tables.reviews import Review
from partyctl.ledger.tables.talks import Contact, Talk
from partyctl.ledger.tables.waivers import Waiver
from partyctl.ledger.tables.warnings import WarningCase
from partyctl.records.admission import steps as admission_steps
from partyctl.records.dues import entries, payments, remittances
from partyctl.records.life import contacts, talks
from partyctl.records.meetings import life_steps, meetings
from partyctl.records.members import away, members, organisation, posts
from partyctl.records.openness import disclosures, opinions
from partyctl.records.plans import plans, rectifications, targets
from partyctl.records.prevention import cases as warnings
from partyctl.records.reviews import ratings, reviews
from partyctl.records.rules import waivers
from partyctl.terms import Noun

Check = Callable[[Session, Any], None]

CHECKS: dict[str, tuple[type[Record], tuple[Check, ...]]] = {
    Noun.BRANCH: (Branch, (organisation.require_sense,)),
    Noun.CELL: (Cell, (organisation.require_new_cell,)),
    Noun.MEMBER: (Member, (members.require_sense, posts.require_sense, away.require_sense)),
    Noun.MEETING: (Meeting, (meetings.require_sense, life_steps.require_sense)),
    Noun.DUES: (DuesEntry, (payments.require_sense, entries.require_sense)),
    Noun.REMITTANCE: (Remittance, (remittances.require_sense,)),
    Noun.PLAN: (Plan, (plans.require_sense,)),
    Noun.PLAN_ITEM: (PlanItem, (targets.require_sense,)),
    Noun.RECTIFY: (Rectification, (rectifications.require_sense,)),
    Noun.REVIEW: (Review, (reviews.require_sense, ratings.require_fitting_outcomes)),
    Noun.TALK: (Talk, (talks.require_sense,)),
    Noun.CONTACT: (Contact, (contacts.require_sense,)),
    Noun.DISCLOSURE: (Disclosure, (disclosures.require_sense,)),
    Noun.APPLICANT: (Applicant, (admission_steps.require_sense,)),
    Noun.OPINION: (Opinion, (opinions.require_sense,)),
    Noun.WARNING: (WarningCase, (warnings.require_sense,)),
    Noun.WAIVER: (Waiver, (waivers.require_first,)),
}
"""By noun. What the file itself refuses (two plans of a year, two branches of a name) needs none."""


def unsound(session: Session, records: Iterable[str]) -> dict[str, PartyctlError]:
    """Those of some records (meeting#7) that stand and cannot be as they are, and why not."""
    session.expire_all()
    found = {}
    for record in records:
        noun, _, number = record.partition("#")
        if noun not in CHECKS:
            continue
        table, checks = CHECKS[noun]
        standing = session.get(table, int(number))
        if standing is None or standing.voided_at is not None:
            continue
        try:
            with session.no_autoflush:
                for check in checks:
                    check(session, standing)
        except PartyctlError as error:
            found[record] = error
        session.expire_all()
    return found
