"""The lines of a sheet of applicants: who is new, and which steps the ledger does not have yet."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from partyctl.cli.applicant.entry_sheet import fill, line_of
from partyctl.cli.sheets import judging
from partyctl.errors import PartyctlError
from partyctl.papers.sheets.forms.applicants import APPLICANTS, WORDS, kept_field, step_field
from partyctl.papers.sheets.lines import Entry, Problem, Reading
from partyctl.terms import AdmissionStep, DossierPaper
from partyctl.text import plain_name

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.admission import Applicant
    from partyctl.records.admission.conditions import AdmissionStepEntry
    from partyctl.records.members.people import People

VOTES = {AdmissionStep.VOTE: "votes", AdmissionStep.CONVERSION_VOTE: "conversion_votes"}
NAMES = {AdmissionStep.MENTORS: "mentors", AdmissionStep.INTRODUCERS: "introducers"}


DETAILS = ("birth_on", "mentors", "introducers", "votes", "conversion_votes")
"""What stands beside the days; an import reports where it differs, and does not write it."""


def judge(session: "Session", reading: Reading, wanted: judging.Wanted) -> judging.Judgement:
    """Say of every line whether it is somebody new, and which steps it adds."""
    from partyctl.records.members.people import people

    known = people(session, wanted.today)
    on_the_way = _on_the_way(session)
    judgement = judging.Judgement()
    seen: dict[object, Entry] = {}
    for entry in reading.entries:
        try:
            found = judging.twice(seen, entry, entry.values["name"]) or _judged(
                session, entry, on_the_way, known, wanted
            )
        except PartyctlError as error:
            found = judging.refused(entry, error)
        judgement.take(found)
    return judgement


def _on_the_way(session: "Session") -> "dict[str, list[Applicant]]":
    """Those whose application stands, by name."""
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
    values = dict(entry.values) | judging.answered(entry, APPLICANTS.column("applied_on"), wanted)
    named = on_the_way.get(values["name"], [])
    applicant = _meant(values, named)
    if isinstance(applicant, tuple):
        return judging.unclear(
            entry, entry.columns.get("name", ""), values["name"], applicant, kind="which"
        )
    if applicant is not None:
        return _compared(session, entry, applicant, values, known, wanted)
    if "applied_on" not in values:
        return judging.lacking(entry, APPLICANTS.column("applied_on"))
    judged = judging.Judged(entry, judging.State.NEW, None, values)
    judged.write = lambda: _add(session, values, known, wanted)
    return judged


def _meant(
    values: dict[str, Any], named: "list[Applicant]"
) -> "Applicant | tuple[str, str] | None":
    """The applicant of a line; None for somebody new; the sentence where that is unclear."""
    number = values.get("number")
    if number is not None:
        found = next((each for each in named if each.number == number), None)
        return found or ("台账编号与姓名对不上", "number and name do not belong to one person")
    applied = values.get("applied_on")
    alike = [each for each in named if applied in (None, each.applied_on)]
    if len(alike) == 1:
        return alike[0]
    if not named or (applied and all(each.closed_on for each in named)):
        return None
    days = "、".join(f"#{each.number} {each.applied_on}" for each in named)
    return (
        f"台账里同名的申请是 {days}，日期不同；更正请用 partyctl applicant edit",
        f"the application on record is {days}; correct it by applicant edit",
    )


def _compared(
    session: "Session",
    entry: Entry,
    applicant: "Applicant",
    values: dict[str, Any],
    known: "People",
    wanted: judging.Wanted,
) -> judging.Judged:
    from partyctl.ledger.reading import applicants as applicant_lists
    from partyctl.ledger.writing.session import driver_of

    ledger, on = driver_of(session), wanted.today
    row = applicant_lists.applicant(ledger, on, applicant.number)
    assert row is not None
    recorded = line_of(ledger, row, on)
    days = {(each["step"], each["on"]) for each in row["steps"]}
    differences: list[judging.Difference] = []
    missing: list[AdmissionStep] = []
    for step in WORDS:
        day = values.get(step_field(step))
        was = recorded.get(step_field(step))
        if day is None or (step.value, str(day)) in days:
            continue
        again = f"partyctl applicant step '#{applicant.number}' {step} --on {was} --void …"
        differences.append(
            judging.differing(APPLICANTS.column(step_field(step)), was, day, again if was else None)
        )
        if was is None:
            missing.append(step)
    again = f"partyctl applicant show '#{applicant.number}'"
    for name in DETAILS:
        was = recorded.get(name)
        if name in values and was is not None and _plain(values[name]) != _plain(was):
            differences.append(judging.differing(APPLICANTS.column(name), was, values[name], again))
    kept = {
        paper: values[kept_field(paper)]
        for paper in DossierPaper
        if values.get(kept_field(paper)) not in (None, recorded.get(kept_field(paper)))
    }
    differences += [
        judging.differing(
            APPLICANTS.column(kept_field(each)), recorded.get(kept_field(each)), where
        )
        for each, where in kept.items()
    ]
    state = judging.State.DIFFERENT if differences else judging.State.SAME
    judged = judging.Judged(entry, state, applicant.number, values, differences)
    if missing or kept:
        judged.write = lambda: _take(session, applicant, values, missing, known)
    return judged


def _plain(value: Any) -> object:  # noqa: ANN401 - any value of a field
    return frozenset(map(plain_name, value)) if isinstance(value, list) else str(value)


def _add(
    session: "Session", values: dict[str, Any], known: "People", wanted: judging.Wanted
) -> int:
    from partyctl.records.admission import applicants

    said = applicants.Application(
        name=values["name"], applied_on=values["applied_on"], birth_on=values.get("birth_on")
    )
    branch = values.get("branch") or wanted.branch
    applicant = applicants.add(session, said, known.branch(branch).name if branch else None)
    steps = [step for step in WORDS if values.get(step_field(step)) is not None]
    return _take(session, applicant, values, steps, known)


def _take(
    session: "Session",
    applicant: "Applicant",
    values: dict[str, Any],
    steps: list[AdmissionStep],
    known: "People",
) -> int:
    """Record steps in the order of their days; of one day, in the order of the way."""
    from partyctl.records.admission import dossier
    from partyctl.records.admission import steps as admission_steps

    for entry in _entries(values, steps, known):
        admission_steps.take(session, applicant, entry)
    kept = [(each, values.get(kept_field(each))) for each in DossierPaper]
    dossier.put(session, applicant, [each for each in kept if each[1] is not None])
    return applicant.number


def _entries(
    values: dict[str, Any], steps: list[AdmissionStep], known: "People"
) -> "Iterator[AdmissionStepEntry]":
    from partyctl.records.admission.conditions import AdmissionStepEntry
    from partyctl.records.meetings.agenda import read_votes

    order = list(AdmissionStep)
    for step in sorted(steps, key=lambda step: (values[step_field(step)], order.index(step))):
        votes = values.get(VOTES.get(step, ""))
        yield AdmissionStepEntry(
            step=step,
            on=values[step_field(step)],
            names=tuple(_person(name, known) for name in values.get(NAMES.get(step, ""), ())),
            votes=read_votes(votes) if votes else None,
        )


def _person(name: str, known: "People") -> str:
    found = known.named(name)
    return f"#{found[0].number}" if len(found) == 1 else name


APPLICANT_IMPORT = judging.Import(
    APPLICANTS, "applicants", ("人", "applicants"), judge, fill, judging.write_each
)
