"""The entry sheet of `applicant`: the applications that need more steps, with the days of steps."""

from collections.abc import Mapping
from datetime import date
from sqlite3 import Connection
from typing import Any

from partyctl.cli.sheets.filling import EntrySheet
from partyctl.cli.sheets.known import known_of_each
from partyctl.language import say
from partyctl.law.admission.ahead import following
from partyctl.law.admission.journey import journeys
from partyctl.ledger.reading import applicants as applicant_lists
from partyctl.ledger.views.sources import ADMISSION
from partyctl.papers.sheets.forms.applicants import (
    APPLICANTS,
    REPEATED,
    WORDS,
    kept_field,
    step_field,
)
from partyctl.papers.sheets.forms.results import EXAM_RESULTS, JUDGED, result_field
from partyctl.terms import AdmissionStep, DossierPaper, Result, stored_term

# The limit for a sheet is 64 columns. This sheet asks for the results of three steps (political
# review, training and examinations), and does not ask for the results of other steps.
FIELDS = (
    "number",
    "name",
    "branch",
    "applied_on",
    "birth_on",
    *(step_field(step) for step in (*WORDS, *REPEATED)),
    *(result_field(step) for step in (AdmissionStep.POLITICAL_REVIEW, AdmissionStep.TRAINING)),
    EXAM_RESULTS,
    "mentors",
    "introducers",
    "votes",
    "conversion_votes",
    "extended_to",
    "extension_votes",
    "cancellation_votes",
    *(kept_field(paper) for paper in DossierPaper),
)
NAMES = {AdmissionStep.MENTORS.value: "mentors", AdmissionStep.INTRODUCERS.value: "introducers"}
VOTES = {
    AdmissionStep.VOTE.value: "votes",
    AdmissionStep.CONVERSION_VOTE.value: "conversion_votes",
    AdmissionStep.EXTENSION.value: "extension_votes",
    AdmissionStep.CANCELLATION.value: "cancellation_votes",
}
IN_ORDER = ("eligible", "present", "approve", "oppose", "abstain")


def fill(ledger: Connection, what: str, on: date, branch: int | None) -> EntrySheet:
    """Fill the sheet with the applications that need more steps, and the days of their steps.

    An admission that has ended is in the sheet as long as its papers still have to be archived. For
    reports and examinations, the sheet gives all days; for every other step, it gives only the
    latest day.
    """
    ended = {
        way.subject.id
        for known in known_of_each(ledger, branch, on, ADMISSION)
        for way in journeys(known)
        if way.is_over and following(way) is None
    }
    rows = [
        line_of(ledger, row, on)
        for row in applicant_lists.applicants(ledger, on, branch)
        if row["id"] not in ended
    ]
    note = say(
        "每一步填日期；思想汇报和考察的几个日期写在一格，用“、”隔开；"
        "指定培养联系人、确定入党介绍人要同时填姓名，接收和转正大会要填票数（应到/实到/赞成/反对/弃权）。",
        "Fill in the day of each step; for reports and examinations, write all days in one cell. "
        "For mentors and introducers, also fill in their names. For the votes on admission and on "
        "full membership, fill in the counts: due/present/for/against/abstained.",
    )
    return EntrySheet(
        APPLICANTS,
        what,
        say("发展党员填报表", "applicants"),
        FIELDS,
        rows,
        (note,),
        opens_empty=True,
    )


def line_of(ledger: Connection, row: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Return the recorded values of an application, keyed by the field of the sheet."""
    line = {name: row[name] for name in ("name", "branch", "applied_on", "birth_on")}
    line["number"] = row["id"]
    for step in applicant_lists.steps(ledger, on, row["id"]):
        kind = stored_term(AdmissionStep, step["step"])
        _add_day(line, kind, step["on"])
        _add_result(line, kind, step["result"])
        if kind is AdmissionStep.EXTENSION:
            line["extended_to"] = step["until"]
        if step["step"] in NAMES:
            line[NAMES[step["step"]]] = step["with"]
        if step["step"] in VOTES and step["votes"]:
            votes: Mapping[str, Any] = step["votes"]
            line[VOTES[step["step"]]] = "/".join(str(votes[name]) for name in IN_ORDER)
    for kept in applicant_lists.kept_papers(ledger, row["id"]):
        line[kept_field(stored_term(DossierPaper, kept["paper"]))] = kept["kept_at"]
    return line


def _add_day(line: dict[str, Any], step: AdmissionStep, day: str) -> None:
    if step in WORDS:
        line[step_field(step)] = day
    elif step in REPEATED:
        line.setdefault(step_field(step), []).append(day)


def _add_result(line: dict[str, Any], step: AdmissionStep, result: str | None) -> None:
    if result is None:
        return
    if step in JUDGED:
        line[result_field(step)] = stored_term(Result, result)
    elif step is AdmissionStep.EXAM:
        line.setdefault(EXAM_RESULTS, []).append(stored_term(Result, result))
