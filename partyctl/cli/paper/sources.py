"""Collect the values of the papers on meetings, talks, openness and people."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from partyctl.calendar import Period, period_named
from partyctl.cli.input.dates import read_period
from partyctl.cli.input.options import read_number
from partyctl.cli.openness.briefing import briefing_fields
from partyctl.cli.openness.register import register_fields
from partyctl.cli.output.answers import find, require_standing
from partyctl.cli.paper.kinds import KIND_OF
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.contract.meetings import Rectify
from partyctl.errors import BadUsage, NoSuchRecord
from partyctl.language import comma_list, say, spaced
from partyctl.ledger.reading import contacts, disclosures, lists, rectifications, talks
from partyctl.ledger.reading.attendance import members_due
from partyctl.ledger.reading.bodies import Branch
from partyctl.ledger.reading.lookup import branches_named
from partyctl.money import print_yuan
from partyctl.papers.forms import meetings, openness, people
from partyctl.papers.forms.drafts import Draft, file_name
from partyctl.papers.forms.registers import COLUMNS, Object, Register
from partyctl.papers.forms.talks import talk_values, visit_values
from partyctl.papers.labels import as_of, reading_copy
from partyctl.terms import COMMITTEE_POSTS, MeetingKind, Noun, PaperKind, Post

K = PaperKind
QUARTER = ("quarter",)


def the_branch(reading: Reading) -> Branch:
    """Return the branch that --branch names, or the ledger's only branch.

    Raises BadUsage if the ledger has several branches and none is named.
    """
    found = branches_named(reading.ledger, current.branch())
    if len(found) > 1:
        names = comma_list(each.name for each in found[:5])
        raise BadUsage(
            say(f"有几个党支部（{names}），请用 --branch 指明。", f"Which branch: {names}?"),
            f"--branch {found[0].id}",
        )
    return found[0]


def _standing(reading: Reading, noun: Noun, subject: str) -> Mapping[str, Any]:
    """Return the record with the typed number.

    Raises NoSuchRecord if the record does not exist, and Refused if the record is voided.
    """
    number = current.number_meant(reading, noun, f"#{read_number(subject)}")
    record = find(reading, noun, number)
    require_standing(noun, record)
    return record


def _meeting(reading: Reading, subject: str) -> tuple[Mapping[str, Any], date]:
    meeting = _standing(reading, Noun.MEETING, subject)
    return meeting, date.fromisoformat(meeting["held_on"] or meeting["planned_on"])


def _measures(reading: Reading, meeting: Mapping[str, Any]) -> list[Rectify]:
    items = rectifications.rectifications(reading.ledger, reading.on)
    return [each for each in items if each["meeting_id"] == meeting["id"]]


def meeting_record(reading: Reading, subject: str, kind: PaperKind) -> Draft:
    """The record of a meeting or a study session."""
    meeting, day = _meeting(reading, subject)
    values = meetings.meeting_values(meeting, _measures(reading, meeting))
    name = file_name(kind.label, day, meetings.kinds_in_words(meeting))
    return Draft(kind, name, values | {"党支部": meeting["branch"]})


def sign_in(reading: Reading, subject: str) -> Draft:
    """The sign-in sheet of a meeting that was held or planned."""
    meeting, day = _meeting(reading, subject)
    names = meeting["present_names"] + [each["name"] for each in meeting["absent"]]
    values = meetings.sign_in_values(meeting, names or _due(reading, meeting, day))
    name = file_name(K.SIGN_IN.label, day, meetings.kinds_in_words(meeting))
    return Draft(K.SIGN_IN, name, values | {"党支部": meeting["branch"]})


def _due(reading: Reading, meeting: Mapping[str, Any], day: date) -> list[str]:
    """Return the names of the members who should attend."""
    due = members_due(reading.ledger, meeting["id"], day)
    return [each["name"] for each in lists.members(reading.ledger, day) if each["id"] in due]


def _serves(member: Mapping[str, Any], posts: Collection[Post], day: date) -> bool:
    return any(post in posts for post in lists.posts_on(member, day))


def package(reading: Reading, subject: str) -> Draft:
    """Return the values that the cover list and the papers on a democratic-life meeting share."""
    meeting, day = _meeting(reading, subject)
    if MeetingKind.DEMOCRATIC_LIFE not in meeting["kinds"]:
        raise BadUsage(
            say(
                f"会议 #{meeting['id']} 不是民主生活会。",
                f"Meeting #{meeting['id']} is not a democratic-life meeting.",
            ),
            f"partyctl meeting list --kind {MeetingKind.DEMOCRATIC_LIFE}",
        )
    items = rectifications.rectifications(reading.ledger, reading.on)
    earlier = [each for each in items if each["carried_to"] == meeting["id"]]
    year = period_named(str(day.year))
    talked = [
        each
        for each in talks.talks(reading.ledger, reading.on)
        if year.first.isoformat() <= each["held_on"] <= day.isoformat()
    ]
    values = meetings.package_values(meeting, _measures(reading, meeting), earlier, len(talked))
    name = file_name(K.DL_PACKAGE.label, day)
    return Draft(K.DL_PACKAGE, name, values | {"党支部": meeting["branch"]})


def talk_record(reading: Reading, subject: str) -> Draft:
    """The record of a talk."""
    talk = _standing(reading, Noun.TALK, subject)
    day = date.fromisoformat(talk["held_on"])
    members = [lists.member(reading.ledger, number, day) for number in talk["member_ids"]]
    known = [each for each in members if each is not None]
    posts = {each["name"]: people.posts_of(each, day) for each in known}
    leads = [each["name"] for each in known if _serves(each, COMMITTEE_POSTS, day)]
    branch = known[0]["branch"] if known else None
    name = file_name(K.TALK_RECORD.label, day, comma_list(talk["with"]))
    return Draft(K.TALK_RECORD, name, talk_values(talk, posts, leads) | {"党支部": branch})


def visit_record(reading: Reading, subject: str) -> Draft:
    """The record of a visit; `subject` is the ID of the visit, not of the contact point."""
    number = read_number(subject)
    for contact in contacts.contacts(reading.ledger, reading.on):
        for visit in contact["visits"]:
            if visit["id"] == number:
                name = file_name(K.VISIT_RECORD.label, visit["visited_on"], contact["name"])
                values = visit_values(contact, visit)
                return Draft(K.VISIT_RECORD, name, values | {"党支部": ""})
    raise NoSuchRecord(
        say(f"没有走访 #{number}。", f"There is no visit #{number}."),
        "partyctl contact show …",
    )


def disclosure_approval(reading: Reading, subject: str) -> Draft:
    """The approval form of a disclosure."""
    matter = _standing(reading, Noun.DISCLOSURE, subject)
    name = file_name(K.DISCLOSURE_APPROVAL.label, matter["id"], matter["title"])
    return Draft(K.DISCLOSURE_APPROVAL, name, openness.approval_values(matter) | {"党支部": ""})


def register(
    kind: PaperKind,
    about: str,
    rows: list[Object],
    *parts: object,
    title: str = "",
    notes: tuple[str, ...] = (),
) -> Draft:
    """Return the values of a register, both for an Excel file and for a Word file."""
    name = title or kind.heading
    copy = reading_copy(kind.chinese)
    told = (*notes, copy) if copy else notes
    filled = Register(name, about, COLUMNS[kind], rows, told)
    values = {"标题": name, "说明": about, "各行": [_as_words(kind, row) for row in rows]}
    return Draft(kind, file_name(kind.label, *parts), values, filled)


def _as_words(kind: PaperKind, row: Object) -> Object:
    """Return a row for Word, with amounts in yuan."""
    money = {column.name for column in COLUMNS[kind] if column.is_money}
    return {
        name: print_yuan(value) if name in money and value is not None else value
        for name, value in row.items()
    }


def directory(reading: Reading) -> Draft:
    """The directory of disclosures."""
    rows = openness.directory_rows(disclosures.disclosures(reading.ledger, reading.on))
    about = spaced(reading.organ.name, as_of(reading.on))
    return register(K.DISCLOSURE_DIRECTORY, about, rows, reading.on)


def rectification_register(reading: Reading) -> Draft:
    """The rectification items, ordered by deadline."""
    rows = openness.rectification_rows(rectifications.rectifications(reading.ledger, reading.on))
    about = spaced(reading.organ.name, as_of(reading.on))
    return register(K.RECTIFICATION_REGISTER, about, rows, reading.on)


def roster(reading: Reading) -> Draft:
    """The members on the roll as of a day."""
    number = current.branch_number(reading)
    members = lists.members(reading.ledger, reading.on, number)
    named = {each["branch"] for each in members}
    whose = next(iter(named)) if len(named) == 1 else reading.organ.name
    about = spaced(whose, as_of(reading.on), say(f"{len(members)} 人", f"members: {len(members)}"))
    return register(K.ROSTER, about, people.roster_rows(members, reading.on), reading.on)


def briefing(reading: Reading, subject: str) -> Draft:
    """The quarterly briefing on openness."""
    quarter = read_span(subject, QUARTER, K.BRIEFING)
    values = briefing_fields(reading, quarter)
    return Draft(K.BRIEFING, file_name(K.BRIEFING.label, quarter), values)


def opinion_register(reading: Reading, subject: str) -> Draft:
    """The register of opinions for one quarter or for all quarters, without submitters."""
    quarter = read_span(subject, QUARTER, K.OPINION_REGISTER) if subject else None
    name = file_name(K.OPINION_REGISTER.label, quarter or reading.on)
    return Draft(K.OPINION_REGISTER, name, register_fields(reading, quarter))


def read_span(text: str, kinds: tuple[str, ...], paper: PaperKind) -> Period:
    """Parse the period of a paper, which must be of one of the given kinds. Raises BadUsage."""
    period, about = read_period(text), KIND_OF[paper].about
    if period.kind not in kinds:
        assert about is not None
        raise BadUsage(
            say(
                f"这份文书不能写“{text}”这样的期间。",
                f"This paper cannot be written for the period “{text}”.",
            ),
            f"partyctl paper {paper} {about.example}",
        )
    return period
