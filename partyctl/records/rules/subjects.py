"""Find the subject of a waiver: a body, person or contact point by name, or a record by number."""

from sqlmodel import Session

from partyctl.errors import BadUsage, NoSuchRecord, Refused
from partyctl.language import say
from partyctl.law.engine.facts import TWO
from partyctl.law.engine.known import as_word
from partyctl.law.engine.rule import Rule
from partyctl.law.questions.whose import whose
from partyctl.ledger.reading.lookup import number_in
from partyctl.ledger.tables.admission import Applicant
from partyctl.ledger.tables.base import Record
from partyctl.ledger.tables.democratic_life import Rectification
from partyctl.ledger.tables.disclosures import Disclosure
from partyctl.ledger.tables.dues import DuesEntry
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.tables.opinions import Opinion
from partyctl.ledger.tables.people import Branch, Cell, Member
from partyctl.ledger.tables.plans import PlanItem
from partyctl.ledger.tables.reviews import Review
from partyctl.ledger.tables.talks import Contact, Talk
from partyctl.ledger.tables.warnings import WarningCase
from partyctl.records.common import finding
from partyctl.terms import Noun, read_term

TABLES: dict[Noun, type[Record]] = {
    Noun.BRANCH: Branch,
    Noun.CELL: Cell,
    Noun.MEMBER: Member,
    Noun.MEETING: Meeting,
    Noun.PLAN_ITEM: PlanItem,
    Noun.RECTIFY: Rectification,
    Noun.REVIEW: Review,
    Noun.TALK: Talk,
    Noun.CONTACT: Contact,
    Noun.DISCLOSURE: Disclosure,
    Noun.OPINION: Opinion,
    Noun.WARNING: WarningCase,
    Noun.DUES: DuesEntry,
    Noun.APPLICANT: Applicant,
}
"""The table of each kind of subject that a waiver can name by number.

The leading group is left out, because a ledger has only one leading group.
"""

ORGAN = 1
"""The number of the leading group, which is the only row of its table."""


def subject_of(session: Session, rule: Rule, text: str) -> int:
    """The number of a waiver's subject, which must be of the kind that owes the rule's duty.

    Raises NoSuchRecord, Refused.

    If two people owe a duty together, the text names both with 、 between the names, and the
    number of the second person is returned.
    """
    owes = whose(rule)
    noun, mark, digits = text.replace("＃", "#").rpartition("#")
    number = number_in(digits) if mark else None
    if number is None:
        return _named(session, owes, text.strip())
    if noun.strip():
        _require_owing(rule, owes, read_term(Noun, noun, of=say("记录", "record")))
    return _numbered(session, owes, number)


def _require_owing(rule: Rule, owes: Noun, noun: Noun) -> None:
    """Refuse a waiver for a kind of subject that does not owe the rule's duty."""
    if noun is not owes:
        raise Refused(
            say(
                f"“{rule.title}”[{rule.article}] 要看{owes.chinese}，不看{noun.chinese}。",
                f"“{rule.english}” [{rule.article}] is about a {owes}, not a {noun}.",
            ),
            f"--subject {owes}#…",
        )


def _numbered(session: Session, noun: Noun, number: int) -> int:
    if noun is Noun.ORGAN:
        if number == ORGAN:
            return number
        raise NoSuchRecord(
            say(f"没有{noun.chinese} #{number}。", f"There is no {noun} #{number}."),
            f"--subject {finding.organ(session).name}",
        )
    return finding.record(session, TABLES[noun], number).number


def _named(session: Session, noun: Noun, name: str) -> int:
    match noun:
        case Noun.ORGAN:
            return _organ(session, name)
        case Noun.BRANCH:
            return finding.branch_to_change(session, name).number
        case Noun.CELL:
            return finding.cell(session, name, finding.branch_meant(session)).number
        case Noun.CONTACT | Noun.APPLICANT:
            number = finding.number(session, noun, name)
            return finding.record(session, TABLES[noun], number, elsewhere=True).number
        case Noun.MEMBER:
            return finding.member(session, name.rpartition(TWO)[2]).number
    raise BadUsage(
        say(f"{noun.chinese}没有名称，要写编号。", f"A {noun} has no name, so write its number."),
        f"--subject {noun}#…",
    )


def _organ(session: Session, name: str) -> int:
    organ = finding.organ(session)
    if name in (organ.name, Noun.ORGAN.value, Noun.ORGAN.chinese):
        return ORGAN
    raise NoSuchRecord(
        say(f"没有“{name}”这个党组。", f"There is no leading group “{name}”."),
        f"--subject {as_word(organ.name)}",
    )
