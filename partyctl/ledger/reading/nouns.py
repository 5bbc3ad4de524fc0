"""The nouns of the commands (member, meeting, …): each one's table, lines, readers and commands.

The code that finds, shows, undoes, voids, masks or reveals records uses these descriptions, and so
does the journal. `records/undo/nouns.py` adds the parts that only writing commands need: the class
of the records, and their checks.
"""

from partyctl.bilingual import Told
from partyctl.errors import NoSuchRecord
from partyctl.language import say, worded
from partyctl.ledger.reading import (
    applicants,
    contacts,
    disclosures,
    lists,
    meetings,
    opinions,
    plans,
    rectifications,
    reviews,
    talks,
    warnings,
)
from partyctl.ledger.reading.dues import remittances
from partyctl.ledger.reading.dues.entries import dues_entry
from partyctl.ledger.reading.kind import Kind, Lines
from partyctl.ledger.reading.privacy import fields
from partyctl.ledger.reading.rules import changes as rule_changes
from partyctl.ledger.reading.rules import holidays, waivers
from partyctl.terms import Noun, told_of

MEETING_NAME = """coalesce(held_on, planned_on) AS held_on,
    (SELECT group_concat(kind) FROM meeting_kind WHERE meeting_id = meeting.id) AS kinds"""
DUES_NAME = """(SELECT name FROM member WHERE member.id = dues_entry.member_id) AS name, act,
    coalesce((SELECT first_month FROM dues_payment WHERE entry_id = dues_entry.id),
        (SELECT from_month FROM dues_assessment WHERE entry_id = dues_entry.id),
        (SELECT from_month FROM dues_exemption WHERE entry_id = dues_entry.id)) AS month,
    (SELECT nullif(last_month, first_month) FROM dues_payment
        WHERE entry_id = dues_entry.id) AS until,
    (SELECT step FROM dues_lapse WHERE entry_id = dues_entry.id) AS step"""
TALK_NAME = """held_on, (SELECT group_concat(member.name, '、') FROM talk_party
    JOIN member ON member.id = member_id WHERE talk_id = talk.id) AS name"""

NOUNS: dict[Noun, Kind] = {
    Noun.ORGAN: Kind("organ", Told("党组", "leading group"), "name"),
    Noun.BRANCH: Kind(
        "branch",
        told_of(Noun.BRANCH),
        "name",
        lists.branch,
        (Lines("branch_committee", "branch_id"),),
    ),
    Noun.CELL: Kind(
        "cell",
        told_of(Noun.CELL),
        "name",
        lambda ledger, on, number: lists.cell(ledger, number),
    ),
    Noun.MEMBER: Kind(
        "member",
        told_of(Noun.MEMBER),
        "name",
        lambda ledger, on, number: lists.member(ledger, number, on),
        (
            Lines("member_category", "member_id", ("category", "from_month")),
            Lines("member_away", "member_id", ("from_on",)),
            Lines("appointment", "member_id", ("post", "from_on")),
            Lines("leadership", "member_id", ("from_on",)),
            Lines("personal_report", "member_id", ("year", "reported_on")),
            Lines("admission", "member_id"),
            Lines("sanction", "member_id", ("from_on",)),
        ),
        revealed={"id-number": fields("member.id_number"), "phone": fields("member.phone")},
    ),
    Noun.STAFF: Kind(
        "staff",
        told_of(Noun.STAFF),
        "name",
        lambda ledger, on, number: lists.staff_member(ledger, number),
    ),
    Noun.MEETING: Kind(
        "meeting",
        told_of(Noun.MEETING),
        MEETING_NAME,
        lambda ledger, on, number: meetings.meeting(ledger, number),
        (
            Lines("meeting_kind", "meeting_id"),
            Lines("agenda_item", "meeting_id"),
            Lines("attendance", "meeting_id"),
            Lines("meeting_excluded", "meeting_id"),
            Lines("meeting_speech", "meeting_id"),
            Lines("meeting_plan", "meeting_id"),
            Lines("meeting_step", "meeting_id", ("step", "part", "taken_on")),
        ),
    ),
    Noun.DUES: Kind(
        "dues_entry",
        Told("党费记录", "dues entry"),
        DUES_NAME,
        lambda ledger, on, number: dues_entry(ledger, number),
        (
            Lines("dues_assessment", "entry_id"),
            Lines("dues_payment", "entry_id"),
            Lines("dues_payment_line", "entry_id"),
            Lines("dues_exemption", "entry_id"),
            Lines("dues_lapse", "entry_id"),
        ),
        revealed={
            "base": fields("dues_assessment.base"),
            "working": fields("dues_assessment.working"),
        },
    ),
    Noun.REMITTANCE: Kind(
        "dues_remittance",
        told_of(Noun.REMITTANCE),
        "period, remitted_on",
        lambda ledger, on, number: remittances.remittance(ledger, number),
        listed="dues book",
        voided="dues remit-void",
    ),
    Noun.PLAN: Kind(
        "plan",
        told_of(Noun.PLAN),
        "kind, year",
        plans.plan,
        (Lines("plan_role", "plan_id"),),
    ),
    Noun.PLAN_ITEM: Kind(
        "plan_item",
        Told("任务", "target"),
        "target",
        plans.target,
        listed="plan list",
        voided="plan item-void",
    ),
    Noun.RECTIFY: Kind(
        "rectification",
        Told("整改事项", "item"),
        "problem",
        rectifications.rectification,
    ),
    Noun.REVIEW: Kind(
        "review",
        told_of(Noun.REVIEW),
        "year",
        lambda ledger, on, number: reviews.review(ledger, number),
        (
            Lines("review_step", "review_id", ("step", "taken_on")),
            Lines("review_self", "review_id", ("member_id", "handed_on")),
            Lines("review_rating", "review_id", ("member_id", "grade")),
            Lines("review_votes", "review_id"),
            Lines("review_outcome", "review_id", ("member_id", "act", "taken_on")),
        ),
    ),
    Noun.TALK: Kind(
        "talk",
        Told("谈话", "talk"),
        TALK_NAME,
        lambda ledger, on, number: talks.talk(ledger, number),
        (Lines("talk_party", "talk_id"), Lines("talk_staff", "talk_id")),
    ),
    Noun.CONTACT: Kind(
        "contact",
        Told("联系点", "contact point"),
        "name",
        lambda ledger, on, number: contacts.contact(ledger, number),
        (Lines("contact_visit", "contact_id", ("kind", "visited_on")),),
    ),
    Noun.DISCLOSURE: Kind(
        "disclosure",
        Told("公开事项", "disclosure"),
        "kind, title",
        disclosures.disclosure,
        (Lines("publication", "disclosure_id", ("form", "published_on")),),
    ),
    Noun.OPINION: Kind(
        "opinion",
        told_of(Noun.OPINION),
        "kind AS class, received_on",
        opinions.opinion,
        (Lines("opinion_step", "opinion_id", ("step", "taken_on")),),
        revealed={"from": fields("opinion.submitter")},
    ),
    Noun.WARNING: Kind(
        "warning",
        Told("案件", "case"),
        "level, issued_on",
        warnings.warning,
        (
            Lines("warning_step", "warning_id", ("step", "taken_on")),
            Lines("warning_talk", "warning_id", ("held_on",)),
            Lines("warning_talker", "warning_id"),
        ),
        revealed={
            "name": fields("warning.member_id", "warning.staff_id"),
            "facts": fields(
                "warning.facts",
                "warning_talk.outline",
                "warning_step.note",
                "warning_step.promise",
                "warning_step.demand",
            ),
            "source": fields("warning.source"),
        },
        opened=warnings.opened,
    ),
    Noun.APPLICANT: Kind(
        "applicant",
        Told("申请", "application"),
        "name",
        applicants.applicant,
        (
            Lines("applicant_paper", "applicant_id"),
            Lines("applicant_step", "applicant_id", ("step", "taken_on")),
            Lines("applicant_step_person", "applicant_id"),
            Lines("applicant_step_excluded", "applicant_id"),
        ),
    ),
    Noun.WAIVER: Kind(
        "waiver",
        Told("免除决定", "waiver"),
        "rule, period",
        lambda ledger, on, number: waivers.waiver(ledger, number),
    ),
    Noun.HOLIDAY: Kind(
        "holiday",
        told_of(Noun.HOLIDAY),
        "day, name",
        lambda ledger, on, number: holidays.holiday(ledger, number),
        listed="calendar holidays list",
        voided="calendar holidays void",
    ),
    Noun.RULE_CHANGE: Kind(
        "rule_change",
        Told("规则变更", "rule change"),
        "rule, from_on",
        lambda ledger, on, number: rule_changes.change(ledger, number),
        listed="rules list",
        voided="rules void",
    ),
}
"""The description of each noun. Tests compare it with the schema and the commands."""


def called(noun: Noun) -> str:
    """The word for a record of a noun, in the language of the output, such as 党费记录."""
    return worded(NOUNS[noun].one)


def no_such(noun: Noun, number: int) -> NoSuchRecord:
    """The error for an unknown record number."""
    one = called(noun)
    return NoSuchRecord(
        say(f"没有{one} #{number}。", f"There is no {one} #{number}."), list_command(noun)
    )


def split(record: str) -> tuple[Noun | None, str]:
    """Split the journal's text for a record, such as meeting#7, into the noun and the number."""
    text, _, number = record.partition("#")
    return next((noun for noun in NOUNS if noun == text), None), number


TABLES = {kind.table: noun for noun, kind in NOUNS.items()}
"""The noun for each table of records."""


def list_command(noun: Noun) -> str:
    """The command that lists the records of a noun."""
    return f"partyctl {NOUNS[noun].listed or f'{noun} list'}"


def void_command(noun: Noun, number: int | str) -> str:
    """The command that voids a record."""
    return f"partyctl {NOUNS[noun].voided or f'{noun} void'} {number} --reason …"
