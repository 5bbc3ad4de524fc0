"""Make a paper: parse its name and subject, read the records, write the file."""

from collections.abc import Callable
from datetime import date

from partyctl.calendar import Period
from partyctl.cli.input.options import read_number
from partyctl.cli.output.documents import Wanted, Written, say_written
from partyctl.cli.output.saving import REPLACE, prepared
from partyctl.cli.paper import admission_sources, dues_sources, sources
from partyctl.cli.paper.kinds import KIND_OF, Kind
from partyctl.cli.paper.package import write_package
from partyctl.cli.paper.writing import ending_of, require_word, write
from partyctl.cli.session import current
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.cli.session.reading import Reading
from partyctl.cli.warning.letter import write_letter
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.papers.forms.drafts import Draft
from partyctl.terms import Noun, Paper, PaperKind

K = PaperKind
HALF_YEAR = "half-year"

OF_SUBJECT: dict[PaperKind, Callable[[Reading, str], Draft]] = {
    K.MEETING_RECORD: lambda reading, about: sources.meeting_record(
        reading, about, K.MEETING_RECORD
    ),
    K.STUDY_RECORD: lambda reading, about: sources.meeting_record(reading, about, K.STUDY_RECORD),
    K.SIGN_IN: sources.sign_in,
    K.TALK_RECORD: sources.talk_record,
    K.VISIT_RECORD: sources.visit_record,
    K.DUES_NOTICE: dues_sources.dues_notice,
    K.ACTIVIST_FORM: admission_sources.activist_form,
    K.ADMISSION_RECORD: admission_sources.admission_record,
    K.DOSSIER_INDEX: admission_sources.dossier_index,
    K.REVIEW_BALLOT: dues_sources.review_ballot,
    K.REVIEW_TALLY: dues_sources.review_tally,
    K.DISCLOSURE_APPROVAL: sources.disclosure_approval,
    K.DL_PACKAGE: sources.package,
    K.BRIEFING: sources.briefing,
    K.OPINION_REGISTER: sources.opinion_register,
}
OF_ALL: dict[PaperKind, Callable[[Reading], Draft]] = {
    K.DISCLOSURE_DIRECTORY: sources.directory,
    K.RECTIFICATION_REGISTER: sources.rectification_register,
    K.ROSTER: sources.roster,
    K.HANDOVER_LIST: admission_sources.handover_list,
}
OF_CASES = {
    K.INQUIRY: Paper.INQUIRY,
    K.ADMONITION: Paper.ADMONITION,
    K.CORRECTION: Paper.CORRECTION,
    K.TALK_NOTICE: Paper.TALK_NOTICE,
    K.WARNING_REGISTER: Paper.REGISTER,
}
"""Papers that name the person whom an integrity-risk case is about. Writing such a paper is
recorded in the journal."""

WITH_BASES = (K.DUES_REGISTER, K.DUES_ASSESSMENT)
"""Papers that show incomes. Writing such a paper is recorded in the journal."""


def make(
    kind: PaperKind,
    subject: str | None,
    period: Period | None,
    wanted: Wanted,
    on: date,
    *,
    as_json: bool,
) -> None:
    """Write a paper and print the names of its files. Raises BadUsage, NoSuchRecord, Refused."""
    known = KIND_OF[kind]
    about = _about(known, subject, period)
    ending = ending_of(known, wanted) if kind is not K.DL_PACKAGE else ""
    require_word(ending, wanted)
    if kind in OF_CASES:
        written = [write_letter(read_number(about), OF_CASES[kind], wanted, on)]
    elif kind in WITH_BASES:
        written = [_with_bases(kind, about, wanted, on)]
    else:
        with current.reading(on) as reading:
            draft = draft_of(reading, kind, about, period)
            if kind is K.DL_PACKAGE:
                written = write_package(reading, draft, wanted)
            else:
                written = [write(reading, draft, ending, wanted)]
    say_written(written, kind.value, as_json=as_json)


def _about(kind: Kind, subject: str | None, period: Period | None) -> str:
    """Return the typed subject of a paper, or an empty text if none was typed.

    Raises MissingFact if a required subject or period is missing, and BadUsage if the paper does
    not take an argument that was typed, or if the period is not a half-year.
    """
    if kind.about is not None and subject is None and not kind.about.is_optional:
        raise MissingFact(Question("", kind.about.label))
    if kind.about is None and subject is not None:
        raise BadUsage(
            say(
                f"{kind.kind.chinese}后面不写“{subject}”。",
                f"The paper {kind.kind} takes no subject: “{subject}” is too much.",
            ),
            f"partyctl paper {kind.kind}",
        )
    if (kind.kind is K.EXAM_FORM) != (period is not None):
        if period is None:
            raise MissingFact(Question("--period", say("哪个半年（2026-H1）", "which half-year")))
        raise BadUsage(
            say("--period 只用于考察表。", "Only the paper exam-form takes --period."),
            say("去掉 --period", "run the command again without --period"),
        )
    if period is not None and period.kind != HALF_YEAR:
        raise BadUsage(
            say(f"“{period}”不是半年。", f"“{period}” is not a half-year."), "--period 2026-H1"
        )
    return subject or ""


def draft_of(reading: Reading, kind: PaperKind, about: str, period: Period | None) -> Draft:
    """Collect the values of a paper that is neither in OF_CASES nor in WITH_BASES.

    Raises BadUsage, NoSuchRecord, Refused.
    """
    if kind is K.EXAM_FORM:
        assert period is not None
        return admission_sources.exam_form(reading, about, period)
    if kind in OF_ALL:
        return OF_ALL[kind](reading)
    return OF_SUBJECT[kind](reading, about)


def _with_bases(kind: PaperKind, about: str, wanted: Wanted, on: date) -> Written:
    """Write a paper that shows incomes, and record this in the journal."""
    year = dues_sources.dues_year(about, kind)
    with current.reading(on) as reading:
        name, books = dues_sources.branch_books(reading)
        entries = dues_sources.entries_shown(reading, books)
        path = wanted.target(dues_sources.file_of(kind, year, name))
        written = dues_sources.with_bases(reading, kind, year, path)
    with (
        prepared(path, written.content, REPLACE, replace=wanted.replace),
        current.writing() as session,
    ):
        from partyctl.records.undo import revealing

        revealing.allow(session, Noun.DUES, entries, ["base"], f"{kind.chinese} {year}")
    return written
