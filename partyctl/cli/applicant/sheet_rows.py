"""Judge the rows of a sheet of applicants: which applicants and steps are new."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from partyctl.bilingual import Told, many
from partyctl.cli.applicant.entry_sheet import fill
from partyctl.cli.applicant.on_record import compared
from partyctl.cli.applicant.taking import ALL_EXAMS, STEP_OF_DETAIL, take, without_their_day
from partyctl.cli.sheets import judging
from partyctl.errors import PartyctlError
from partyctl.language import comma_list, say
from partyctl.papers.sheets.forms.applicants import (
    APPLICANTS,
    REPEATED,
    WORDS,
    step_field,
)
from partyctl.papers.sheets.forms.results import EXAM_RESULTS
from partyctl.papers.sheets.lines import Entry, Problem, Reading
from partyctl.terms import AdmissionStep
from partyctl.text import plain_name

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.admission import Applicant
    from partyctl.records.members.people import People


def judge(session: "Session", reading: Reading, wanted: judging.Wanted) -> judging.Judgement:
    """Judge every row: whether it adds an applicant, and what it adds or changes."""
    from partyctl.records.members.people import people

    known = people(session, wanted.today)
    on_the_way = _on_the_way(session)
    judgement = judging.Judgement(remarks=_dayless(reading))
    for entry in reading.entries:
        try:
            found = judgement.twice(entry, entry.values["name"]) or _judged(
                session, entry, on_the_way, known, wanted
            )
        except PartyctlError as error:
            found = judging.refused(entry, error)
        judgement.take(found)
    return judgement


def _dayless(reading: Reading) -> list[str]:
    """Return a remark for each column that gives details of a step without the day of the step.

    A detail without a day is stored only if the ledger already has the step.
    """
    found = Counter(
        name
        for entry in reading.entries
        if entry.values.get("number") is None
        for name in without_their_day(entry.values, {})
    )
    return [
        say(
            f"“{APPLICANTS.column(name).name}”有 {count} "
            f"处没有写“{STEP_OF_DETAIL[name].chinese}”的日期；"
            "台账里也没有这一步的，没有登记。",
            f"“{APPLICANTS.column(name).name}”: {many(count, 'value')} without a day of the step "
            f"{STEP_OF_DETAIL[name].value}. Such a value is stored only if the ledger already has "
            "this step.",
        )
        for name, count in found.items()
    ]


def _on_the_way(session: "Session") -> "dict[str, list[Applicant]]":
    """Return the applications of each name; leave out voided applications."""
    from sqlmodel import col, select

    from partyctl.ledger.tables.admission import Applicant

    found: dict[str, list[Applicant]] = {}
    query = select(Applicant).where(col(Applicant.voided_at).is_(None))
    for each in session.exec(query.order_by(col(Applicant.id))).all():
        found.setdefault(plain_name(each.name), []).append(each)
    return found


def _judged(
    session: "Session",
    entry: Entry,
    on_the_way: "dict[str, list[Applicant]]",
    known: "People",
    wanted: judging.Wanted,
) -> judging.Judged | Problem:
    values = dict(entry.values)
    if problem := _results_do_not_fit(entry):
        return problem
    if EXAM_RESULTS in values:
        values[ALL_EXAMS] = values.get(step_field(AdmissionStep.EXAM), [])
    values |= judging.answered(entry, APPLICANTS.column("applied_on"), wanted)
    named = on_the_way.get(values["name"], [])
    applicant = _meant(values, named)
    if isinstance(applicant, tuple):
        return judging.unclear(
            entry, entry.columns.get("name", ""), values["name"], applicant, kind="which"
        )
    if applicant is not None:
        return compared(session, entry, applicant, values, known, wanted)
    if "applied_on" not in values:
        return judging.lacking(entry, APPLICANTS.column("applied_on"))
    judged = judging.Judged(entry, judging.State.NEW, None, values)
    judged.write = lambda: _add(session, values, known, wanted)
    return judged


def _results_do_not_fit(entry: Entry) -> Problem | None:
    """Return a problem if a row has examination results, but not one for each examination day.

    The first result belongs to the first examination day, and so on.
    """
    days = entry.values.get(step_field(AdmissionStep.EXAM)) or []
    results = entry.values.get(EXAM_RESULTS) or []
    if not results or len(days) == len(results):
        return None
    return judging.unclear(
        entry,
        entry.columns.get(EXAM_RESULTS, ""),
        comma_list(each.label for each in results if each),
        Told(
            f"考察有 {len(days)} 个日期，结果有 {len(results)} 个；请按日期的次序一一写明",
            f"the row gives {many(len(days), 'examination day')}, but "
            f"{many(len(results), 'result')}; write one result for each day",
        ),
        kind="results",
    )


def _meant(values: dict[str, Any], named: "list[Applicant]") -> "Applicant | Told | None":
    """Return the applicant that a row is about, or None if the applicant is new.

    If the row does not say clearly which applicant it is about, return a description of the
    problem.
    """
    number = values.get("number")
    if number is not None:
        found = next((each for each in named if each.number == number), None)
        return found or Told("台账编号与姓名对不上", "the ID and the name do not match")
    applied = values.get("applied_on")
    alike = [each for each in named if applied in (None, each.applied_on)]
    if len(alike) == 1:
        return alike[0]
    if not named or (applied and all(each.closed_on for each in named)):
        return None
    days = "、".join(f"#{each.number} {each.applied_on}" for each in named)
    return Told(
        f"台账里同名的申请是 {days}，日期不同；更正请用 partyctl applicant edit",
        f"the recorded application is dated {days}; correct the date with applicant edit",
    )


def _add(
    session: "Session", values: dict[str, Any], known: "People", wanted: judging.Wanted
) -> int:
    from partyctl.records.admission import applicants

    said = applicants.Application(
        name=values["name"], applied_on=values["applied_on"], birth_on=values.get("birth_on")
    )
    branch = values.get("branch") or wanted.branch
    applicant = applicants.add(session, said, known.branch(branch).name if branch else None)
    steps = [step for step in (*WORDS, *REPEATED) if values.get(step_field(step)) is not None]
    return take(session, applicant, values, steps, known)


APPLICANT_IMPORT = judging.Import(
    APPLICANTS, "applicants", Told("人", "applicant"), judge, fill, judging.write_each
)
