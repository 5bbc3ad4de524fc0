"""The nouns of the commands (member, meeting, …), each with its tables, words and commands.

The code that finds, shows, undoes, voids, masks or reveals records uses these descriptions, and so
does the journal. The module `reading.records` adds the function that reads a record. The module
`partyctl/records/undo/nouns.py` adds the parts that only writing commands need: the class of the
records, and their checks.
"""

from collections.abc import Mapping
from types import MappingProxyType

from partyctl.bilingual import Told
from partyctl.errors import NoSuchRecord, Refused
from partyctl.language import say, worded
from partyctl.ledger.reading.privacy import Field, fields
from partyctl.light import NamedTuple
from partyctl.terms import Noun, reason_of_void, told_of

NOTHING: Mapping[str, tuple[Field, ...]] = MappingProxyType({})


class Lines(NamedTuple):
    """A table with lines of a record (such as steps), and the column with the record's number.

    `told`: the columns that describe a line when a command shows the journal; empty if the journal
    does not describe the lines.
    """

    table: str
    owner: str
    told: tuple[str, ...] = ()


class Kind(NamedTuple):
    """The description of one noun: its tables, words and commands.

    `one`: the word for a record, in both languages. `named`: the SQL for a record's description.
    `listed` and `voided`: the commands that list and void records, if they are not `NOUN list` and
    `NOUN void`. `is_shown`: whether there is a command `NOUN show`. `revealed`: the fields that
    `--reveal` shows.
    """

    table: str
    one: Told
    named: str
    lines: tuple[Lines, ...] = ()
    listed: str | None = None
    voided: str | None = None
    is_shown: bool = True
    revealed: Mapping[str, tuple[Field, ...]] = NOTHING


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
    Noun.ORGAN: Kind("organ", Told("党组", "leading group"), "name", is_shown=False),
    Noun.BRANCH: Kind(
        "branch",
        told_of(Noun.BRANCH),
        "name",
        (Lines("branch_committee", "branch_id"),),
        is_shown=False,
    ),
    Noun.CELL: Kind("cell", told_of(Noun.CELL), "name", is_shown=False),
    Noun.MEMBER: Kind(
        "member",
        told_of(Noun.MEMBER),
        "name",
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
    Noun.STAFF: Kind("staff", told_of(Noun.STAFF), "name", is_shown=False),
    Noun.MEETING: Kind(
        "meeting",
        told_of(Noun.MEETING),
        MEETING_NAME,
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
        listed="dues book",
        voided="dues remit-void",
        is_shown=False,
    ),
    Noun.PLAN: Kind(
        "plan",
        told_of(Noun.PLAN),
        "kind, year",
        (Lines("plan_role", "plan_id"),),
    ),
    Noun.PLAN_ITEM: Kind(
        "plan_item",
        Told("任务", "target"),
        "target",
        listed="plan list",
        voided="plan item-void",
        is_shown=False,
    ),
    Noun.RECTIFY: Kind("rectification", Told("整改事项", "item"), "problem"),
    Noun.REVIEW: Kind(
        "review",
        told_of(Noun.REVIEW),
        "year",
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
        (Lines("talk_party", "talk_id"), Lines("talk_staff", "talk_id")),
    ),
    Noun.CONTACT: Kind(
        "contact",
        Told("联系点", "contact point"),
        "name",
        (Lines("contact_visit", "contact_id", ("kind", "visited_on")),),
    ),
    Noun.DISCLOSURE: Kind(
        "disclosure",
        Told("公开事项", "disclosure"),
        "kind, title",
        (Lines("publication", "disclosure_id", ("form", "published_on")),),
    ),
    Noun.OPINION: Kind(
        "opinion",
        told_of(Noun.OPINION),
        "kind AS class, received_on",
        (Lines("opinion_step", "opinion_id", ("step", "taken_on")),),
        revealed={"from": fields("opinion.submitter")},
    ),
    Noun.WARNING: Kind(
        "warning",
        Told("案件", "case"),
        "level, issued_on",
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
    ),
    Noun.APPLICANT: Kind(
        "applicant",
        Told("申请", "application"),
        "name",
        (
            Lines("applicant_paper", "applicant_id"),
            Lines("applicant_step", "applicant_id", ("step", "taken_on")),
            Lines("applicant_step_person", "applicant_id"),
            Lines("applicant_step_excluded", "applicant_id"),
        ),
    ),
    Noun.WAIVER: Kind("waiver", Told("免除决定", "waiver"), "rule, period"),
    Noun.HOLIDAY: Kind(
        "holiday",
        told_of(Noun.HOLIDAY),
        "day, name",
        listed="calendar holidays list",
        voided="calendar holidays void",
        is_shown=False,
    ),
    Noun.RULE_CHANGE: Kind(
        "rule_change",
        Told("规则变更", "rule change"),
        "rule, from_on",
        listed="rules list",
        voided="rules void",
        is_shown=False,
    ),
}
"""The description of each noun. Tests compare these descriptions with the schema and the
commands."""


def called(noun: Noun) -> str:
    """The word for a record of a noun, in the language of the output, such as 党费记录."""
    return worded(NOUNS[noun].one)


def no_such(noun: Noun, number: int, one: str | None = None) -> NoSuchRecord:
    """The error for an unknown record number. `one`: the word for the record or line."""
    one = one or called(noun)
    return NoSuchRecord(
        say(f"没有{one} #{number}。", f"There is no {one} #{number}."), list_command(noun)
    )


def voided(noun: Noun, number: int, why: str | None, line: str | None = None) -> Refused:
    """The error for a voided record. If only a line is voided, `line` is its word and number."""
    one, reason = line or f"{called(noun)} #{number}", reason_of_void(why or "")
    return Refused(
        say(f"{one} 已作废（{reason}）。", f"{one} was voided ({reason})."),
        history_command(noun, number),
    )


def split(record: str) -> tuple[Noun | None, str]:
    """Split the journal's text for a record, such as meeting#7, into the noun and the number."""
    text, _, number = record.partition("#")
    return next((noun for noun in NOUNS if noun == text), None), number


TABLES = {kind.table: noun for noun, kind in NOUNS.items()}
"""The noun for each table of records."""

LINES = {lines.table: (noun, lines.owner) for noun, kind in NOUNS.items() for lines in kind.lines}
"""For each table with lines of records: the noun, and the column with the record's number."""


def list_command(noun: Noun) -> str:
    """The command that lists the records of a noun."""
    return f"partyctl {NOUNS[noun].listed or f'{noun} list'}"


def void_command(noun: Noun, number: int | str) -> str:
    """The command that voids a record."""
    # A member's number is typed with #, because a number without # is read as a name.
    typed = f"'#{number}'" if noun is Noun.MEMBER else number
    return f"partyctl {NOUNS[noun].voided or f'{noun} void'} {typed} --reason …"


def history_command(noun: Noun, number: int | str) -> str:
    """The command that shows what was done to a record, even if the record is voided."""
    if NOUNS[noun].is_shown:
        return f"partyctl {noun} show '#{number}' --history"
    return f"partyctl journal list --of {noun}#{number}"
