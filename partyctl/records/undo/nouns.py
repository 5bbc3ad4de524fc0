"""For each noun (a kind of record), the class of its records and the checks of writing commands.

The tables, words and commands of nouns are in `ledger/reading/nouns.py`, because a command that
only reads must not load the record classes.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlmodel import Session

from partyctl.ledger.tables.admission import Applicant
from partyctl.ledger.tables.base import Record
from partyctl.ledger.tables.democratic_life import Rectification
from partyctl.ledger.tables.disclosures import Disclosure
from partyctl.ledger.tables.dues import DuesEntry
from partyctl.ledger.tables.holidays import Holiday
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.tables.opinions import Opinion
from partyctl.ledger.tables.people import Branch, Cell, Member, Staff
from partyctl.ledger.tables.plans import Plan, PlanItem
from partyctl.ledger.tables.remittances import Remittance
from partyctl.ledger.tables.reviews import Review
from partyctl.ledger.tables.rule_changes import RuleChange
from partyctl.ledger.tables.talks import Contact, Talk
from partyctl.ledger.tables.waivers import Waiver
from partyctl.ledger.tables.warnings import WarningCase
from partyctl.light import NamedTuple
from partyctl.records.admission import applicants
from partyctl.records.admission import steps as admission_steps
from partyctl.records.dues import entries, payments, remittances
from partyctl.records.life import contacts, talks
from partyctl.records.meetings import life_steps, meetings
from partyctl.records.members import away, cells, members, membership, organisation, posts
from partyctl.records.openness import disclosures, opinions
from partyctl.records.plans import plans, rectifications, targets
from partyctl.records.prevention import cases as warnings
from partyctl.records.reviews import ratings, reviews
from partyctl.records.rules import waivers
from partyctl.terms import Noun

Check = Callable[[Session, Any], None]
"""A function that raises Refused, or another PartyctlError, if a record is impossible."""


def _none(_session: Session, _record: Record) -> Sequence[Record]:
    return ()


class Written(NamedTuple):
    """The class of one noun's records and the checks that writing commands need.

    `checks` must pass for every valid record, no matter which command wrote it. The checks in
    `before_void` must pass before a record can be voided. `with_it` finds the records of other
    nouns that are voided together with a record.
    """

    table: type[Record]
    checks: tuple[Check, ...] = ()
    before_void: tuple[Check, ...] = ()
    with_it: Callable[[Session, Any], Sequence[Record]] = _none


WRITTEN: dict[Noun, Written] = {
    Noun.BRANCH: Written(Branch, (organisation.require_sense,)),
    Noun.CELL: Written(Cell, (organisation.require_new_cell,), (cells.require_unused,)),
    Noun.MEMBER: Written(
        Member,
        (members.require_sense, posts.require_sense, away.require_sense),
        (membership.require_not_admitted,),
    ),
    Noun.STAFF: Written(Staff),
    Noun.MEETING: Written(Meeting, (meetings.require_sense, life_steps.require_sense)),
    Noun.DUES: Written(DuesEntry, (payments.require_sense, entries.require_sense)),
    Noun.REMITTANCE: Written(Remittance, (remittances.require_sense,)),
    Noun.PLAN: Written(Plan, (plans.require_sense,), with_it=targets.of_plan),
    Noun.PLAN_ITEM: Written(PlanItem, (targets.require_sense,)),
    Noun.RECTIFY: Written(Rectification, (rectifications.require_sense,)),
    Noun.REVIEW: Written(Review, (reviews.require_sense, ratings.require_fitting_outcomes)),
    Noun.TALK: Written(Talk, (talks.require_sense,)),
    Noun.CONTACT: Written(Contact, (contacts.require_sense,)),
    Noun.DISCLOSURE: Written(Disclosure, (disclosures.require_sense,)),
    Noun.APPLICANT: Written(
        Applicant,
        (admission_steps.require_sense, applicants.require_sense),
        (applicants.require_not_voted,),
    ),
    Noun.OPINION: Written(Opinion, (opinions.require_sense,)),
    Noun.WARNING: Written(WarningCase, (warnings.require_sense,)),
    Noun.WAIVER: Written(Waiver, (waivers.require_first,)),
    Noun.HOLIDAY: Written(Holiday),
    Noun.RULE_CHANGE: Written(RuleChange),
}
"""The class and the checks of each noun except the leading group, which cannot be voided.

There are no checks for records that the database itself refuses (such as two plans for a year, or
two branches with the same name).
"""
