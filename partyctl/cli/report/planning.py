"""List the files of an inspection folder, each with the subfolder of its chapter."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import Any

from partyctl.calendar import Period, periods_within
from partyctl.cli.output.documents import Wanted
from partyctl.cli.paper.kinds import EXCEL, KIND_OF, WORD
from partyctl.cli.paper.making import draft_of
from partyctl.cli.paper.writing import Composed, compose, filled
from partyctl.cli.report.registers import case_register, is_within, plan_register
from partyctl.cli.session.reading import Reading
from partyctl.language import comma_list, say, title_of
from partyctl.law.sources.clauses import CHAPTERS, Chapter, chapter_of
from partyctl.ledger.reading import (
    applicants,
    contacts,
    disclosures,
    meetings,
    opinions,
    rectifications,
    reviews,
    talks,
)
from partyctl.ledger.reading.bodies import Branch
from partyctl.ledger.reading.briefings import recorded
from partyctl.ledger.reading.meetings import minutes_content
from partyctl.light import NamedTuple
from partyctl.papers.forms.briefings import briefing_values, quarter_in_words, register_values
from partyctl.papers.forms.drafts import file_name
from partyctl.papers.forms.meetings import package_names
from partyctl.papers.forms.registers import Register
from partyctl.show.papers import printed_foot
from partyctl.terms import MeetingKind, PaperKind, stored_term

K, M = PaperKind, MeetingKind
Object = dict[str, Any]
AS_IT_IS = Wanted()

OF_KIND = (
    (M.DEMOCRATIC_LIFE, "支部·五"),
    (M.ORG_LIFE, "支部·三1"),
    (M.MEMBERS, "支部·二(一)1"),
    (M.COMMITTEE, "支部·二(二)1"),
    (M.LECTURE, "支部·二(三)"),
    (M.CELL, "支部·二"),
    (M.STUDY, "支部·一"),
    (M.THEME, "责任·3"),
    (M.TRAINING, "责任·6"),
    (M.THEME_DAY, "支部·二"),
)
"""Each kind of meeting with its clause. The record of a meeting with several kinds is filed under
the kind that comes first here. The record of a meeting without a kind, which earlier versions of
partyctl allowed, is filed under 支部·二."""


class Planned(NamedTuple):
    """A file of the inspection folder, with the function that makes its content."""

    chapter: Chapter
    clause: str
    title: str
    name: str
    make: Callable[[], Composed]

    @property
    def path(self) -> str:
        """The file's path in the inspection folder."""
        return f"{folder_of(self.chapter)}/{self.name}"


def folder_of(chapter: Chapter) -> str:
    """Return a chapter's folder name: two digits, a hyphen, and the title without its number."""
    title = say(chapter.title.partition("、")[2], chapter.english.partition(". ")[2])
    whole = title_of(chapter)
    return file_name(f"{CHAPTERS.index(chapter) + 1:02d}", title or whole)


def planned(reading: Reading, branch: Branch, year: Period) -> Iterator[Planned]:
    """Yield an inspection's papers and the files with minutes, in the order of the chapters."""
    found = [
        *_plans(reading, branch, year),
        *_meetings(reading, branch, year),
        *_reviews(reading, year),
        *_rectified(reading),
        *_admission(reading, branch, year),
        *_dues(reading, year),
        *_talks(reading, branch, year),
        *_visits(reading, year),
        *_openness(reading, year),
        *_cases(reading, year),
    ]
    yield from sorted(found, key=lambda each: (CHAPTERS.index(each.chapter), each.name))


def _paper(
    reading: Reading, kind: PaperKind, about: str, ending: str, period: Period | None = None
) -> Planned:
    clause = KIND_OF[kind].clause.split("、")[0]
    clause = clause if clause in WITHIN else CLAUSE_OF[kind]
    draft = draft_of(reading, kind, about, period)
    make = partial(compose, reading, draft, ending, AS_IT_IS)
    return Planned(chapter_of(clause), clause, kind.label, f"{draft.name}{ending}", make)


WITHIN = frozenset(clause for chapter in CHAPTERS for clause in chapter.clauses)
CLAUSE_OF = {K.ROSTER: "支部·二"}
"""A roster is filed under 支部·二, although no clause of the regulation requires a roster."""


def _plans(reading: Reading, branch: Branch, year: Period) -> Iterator[Planned]:
    register = plan_register(reading, branch, year)
    if register.rows:
        yield _register(reading, "责任·1", register)


def _register(reading: Reading, clause: str, register: Register) -> Planned:
    from partyctl.papers.sheets.registers import as_workbook

    foot = printed_foot(reading.ledger)
    return Planned(
        chapter_of(clause),
        clause,
        register.title,
        f"{file_name(register.title)}{EXCEL}",
        lambda: Composed(as_workbook(register, foot, reading.on), None, []),
    )


def _meetings(reading: Reading, branch: Branch, year: Period) -> Iterator[Planned]:
    for each in meetings.meetings(reading.ledger, reading.on, branch.id):
        if not is_within(year, each["held_on"]):
            continue
        clause = next((c for kind, c in OF_KIND if kind in each["kinds"]), "支部·二")
        if M.DEMOCRATIC_LIFE in each["kinds"]:
            yield from _package(reading, each, clause)
        else:
            is_study = each["kinds"] == [M.STUDY]
            kind = K.STUDY_RECORD if is_study else K.MEETING_RECORD
            yield _of_meeting(reading, kind, each, clause)
        yield _of_meeting(reading, K.SIGN_IN, each, clause)
        if each["minutes_sha256"]:
            yield _minutes(reading, each, clause)


def _of_meeting(
    reading: Reading, kind: PaperKind, meeting: Mapping[str, Any], clause: str
) -> Planned:
    made = _paper(reading, kind, str(meeting["id"]), WORD)
    name = file_name(meeting["held_on"], _numbered(meeting), kind.label) + WORD
    return made._replace(
        chapter=chapter_of(clause), clause=clause, title=_titled(kind.label, meeting), name=name
    )


def _numbered(meeting: Mapping[str, Any]) -> str:
    return say(f"会议{meeting['id']}", f"meeting {meeting['id']}")


def _titled(paper: str, meeting: Mapping[str, Any]) -> str:
    kinds = comma_list(stored_term(M, kind).label for kind in meeting["kinds"])
    return f"{paper} · {kinds} {meeting['held_on']}"


def _minutes(reading: Reading, meeting: Mapping[str, Any], clause: str) -> Planned:
    told = PurePath(meeting["minutes_file"] or "")
    ending = told.suffix if told.suffix[1:].isalnum() and len(told.suffix) <= SUFFIX else ""
    original = say("原件", "original")
    name = file_name(meeting["held_on"], _numbered(meeting), original, told.stem) + ending
    content = partial(minutes_content, reading.ledger, meeting["minutes_sha256"])
    return Planned(
        chapter_of(clause),
        clause,
        _titled(say("会议记录原件", "original minutes"), meeting),
        name,
        lambda: Composed(content(), None, []),
    )


SUFFIX = 8
"""The maximum number of characters in the suffix of a file with minutes, including the dot. If a
file has a longer suffix, its copy in the inspection folder gets a name without a suffix."""


def _package(reading: Reading, meeting: Mapping[str, Any], clause: str) -> Iterator[Planned]:
    draft = draft_of(reading, K.DL_PACKAGE, str(meeting["id"]), None)
    for name, template in package_names().items():
        make = partial(filled, reading, draft.values, f"{template}{WORD}", AS_IT_IS)
        path = f"{draft.name}/{name}{WORD}"
        yield Planned(chapter_of(clause), clause, _titled(name, meeting), path, make)


def _reviews(reading: Reading, year: Period) -> Iterator[Planned]:
    if any(each["year"] == year.first.year for each in reviews.reviews(reading.ledger, reading.on)):
        yield _paper(reading, K.REVIEW_BALLOT, year.name, WORD)
        yield _paper(reading, K.REVIEW_TALLY, year.name, EXCEL)


def _rectified(reading: Reading) -> Iterator[Planned]:
    if rectifications.rectifications(reading.ledger, reading.on):
        yield _paper(reading, K.RECTIFICATION_REGISTER, "", EXCEL)


def _admission(reading: Reading, branch: Branch, year: Period) -> Iterator[Planned]:
    for each in applicants.applicants(reading.ledger, reading.on, branch.id):
        closed = each["closed_on"]
        if each["applied_on"] > year.last.isoformat() or (
            closed is not None and closed < year.first.isoformat()
        ):
            continue
        about = f"#{each['id']}"
        for kind in (K.ACTIVIST_FORM, K.ADMISSION_RECORD, K.DOSSIER_INDEX):
            yield _for(_paper(reading, kind, about, WORD), each)
        for half in periods_within("half-year", year.first, min(year.last, _day(reading, year))):
            yield _for(_paper(reading, K.EXAM_FORM, about, WORD, half), each)


def _for(paper: Planned, applicant: Mapping[str, Any]) -> Planned:
    """Return an applicant's paper with a path in the subfolder for this applicant."""
    return paper._replace(
        title=f"{paper.title} · {applicant['name']}",
        name=f"{file_name(applicant['name'], applicant['id'])}/{paper.name}",
    )


def _day(reading: Reading, year: Period) -> date:
    return max(reading.on, year.first)


def _dues(reading: Reading, year: Period) -> Iterator[Planned]:
    yield _paper(reading, K.DUES_NOTICE, year.name, EXCEL)
    for quarter in periods_within("quarter", year.first, min(year.last, _day(reading, year))):
        yield _paper(reading, K.DUES_NOTICE, quarter.name, EXCEL)
    yield _paper(reading, K.ROSTER, "", EXCEL)


def _talks(reading: Reading, branch: Branch, year: Period) -> Iterator[Planned]:
    for each in talks.talks(reading.ledger, reading.on, branch.id):
        if is_within(year, each["held_on"]):
            made = _paper(reading, K.TALK_RECORD, str(each["id"]), WORD)
            number = say(f"谈话{each['id']}", f"talk {each['id']}")
            name = file_name(each["held_on"], number, comma_list(each["with"])) + WORD
            yield made._replace(name=name, title=f"{made.title} · {each['held_on']}")


def _visits(reading: Reading, year: Period) -> Iterator[Planned]:
    for contact in contacts.contacts(reading.ledger, reading.on):
        for visit in contact["visits"]:
            if is_within(year, visit["visited_on"]):
                made = _paper(reading, K.VISIT_RECORD, str(visit["id"]), WORD)
                number = say(f"走访{visit['id']}", f"visit {visit['id']}")
                name = file_name(visit["visited_on"], number, contact["name"]) + WORD
                yield made._replace(name=name, title=f"{made.title} · {visit['visited_on']}")


def _openness(reading: Reading, year: Period) -> Iterator[Planned]:
    yield _paper(reading, K.DISCLOSURE_DIRECTORY, "", EXCEL)
    for each in disclosures.disclosures(reading.ledger, reading.on):
        days = [each["approved_on"], *(line["published_on"] for line in each["publications"])]
        if any(is_within(year, day) for day in days):
            yield _paper(reading, K.DISCLOSURE_APPROVAL, str(each["id"]), WORD)
    for quarter in periods_within("quarter", year.first, min(year.last, _day(reading, year))):
        yield _briefing(reading, quarter)
    rows = [
        each
        for each in opinions.opinions(reading.ledger, reading.on)
        if is_within(year, each["received_on"])
    ]
    if rows:
        values = register_values(rows, reading.organ.name, None, reading.on)
        title = say("意见收集办理登记册", "register of opinions")
        yield _filled(reading, "公开·10", title, values, "opinions.docx")


def _briefing(reading: Reading, quarter: Period) -> Planned:
    values = briefing_values(
        recorded(reading.ledger, reading.on, quarter), reading.organ.name, reading.on
    )
    title = say(
        f"党务公开情况通报-{quarter_in_words(quarter)}",
        f"briefing on openness, {quarter_in_words(quarter)}",
    )
    return _filled(reading, "公开·7", title, values, "briefing.docx")


def _filled(
    reading: Reading, clause: str, title: str, values: Mapping[str, Any], template: str
) -> Planned:
    make = partial(filled, reading, values, template, AS_IT_IS)
    return Planned(chapter_of(clause), clause, title, f"{file_name(title)}{WORD}", make)


def _cases(reading: Reading, year: Period) -> Iterator[Planned]:
    register = case_register(reading, year)
    if register.rows:
        yield _register(reading, "防范·四1", register)
