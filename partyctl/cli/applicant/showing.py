"""Show one admission, the list of applicants, or the next steps of all applicants."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from partyctl.bilingual import many
from partyctl.cli.input.dates import today, zone
from partyctl.cli.output.answers import find, tell, tell_corrections
from partyctl.cli.output.showing import Shown
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.language import bracketed, say, semicolon_list, worded
from partyctl.law.admission.ahead import Agenda, agendas
from partyctl.law.chapters import admission, probation
from partyctl.law.chapters.national import admission as national_admission
from partyctl.law.engine.obligations import days_left, days_overdue
from partyctl.law.engine.owed import WRONG
from partyctl.ledger.reading import applicants as applicant_lists
from partyctl.ledger.reading.bodies import Branch
from partyctl.ledger.views.sources import ADMISSION
from partyctl.show import applicants as screen
from partyctl.show.listing import print_list
from partyctl.show.obligations import state_of
from partyctl.show.scoreboard import WORST_FIRST
from partyctl.show.tables import print_json
from partyctl.terms import AdmissionStep, Noun, Result, Status
from partyctl.typed import typed

if TYPE_CHECKING:
    from partyctl.ledger.tables.admission import Applicant, ApplicantStep

Object = dict[str, Any]

RULES = (*admission.RULES, *probation.RULES, *national_admission.RULES)
"""The rules that apply to an admission."""


def acknowledge_applicant(number: int, sentence: str, *, as_json: bool) -> None:
    """Confirm a change to an applicant: print a sentence, or the record as JSON."""
    if not as_json:
        tell(sentence)
        return
    with current.reading(today()) as reading:
        print_json(_whole(reading, _record(reading, number)))


def acknowledge_corrected(number: int, sentence: str, *, as_json: bool) -> None:
    """Confirm a correction: print each field that changed, or the record as JSON."""
    acknowledge_applicant(number, sentence, as_json=as_json)
    tell_corrections(as_json=as_json)


def acknowledge_applicants(written: Sequence[tuple[int, str]], *, as_json: bool) -> None:
    """Confirm changes to applicants; print one line of text, or one JSON record, for each applicant."""
    if len(written) == 1:
        acknowledge_applicant(*written[0], as_json=as_json)
        return
    if not as_json:
        for _, sentence in written:
            tell(sentence)
        return
    with current.reading(today()) as reading:
        print_json([_whole(reading, _record(reading, number)) for number, _ in written])


def answer_whole(_noun: Noun, number: int, sentence: str, *, as_json: bool) -> None:
    """Confirm a change to an applicant.

    The command `void` calls this function. The code of `void` is the same for all nouns and passes
    the noun as the first argument, which this function does not need.
    """
    acknowledge_applicant(number, sentence, as_json=as_json)


def whole_way(reading: Reading, record: Mapping[str, Any]) -> Shown:
    """Return an applicant's whole admission and what is still missing, for `show` to print."""
    agenda, command = _agenda(reading, record), _command(reading, record)
    whole = _whole(reading, _dated(record))

    def below() -> None:
        screen.print_timeline(whole["steps"])
        if agenda is not None:
            screen.print_missing(agenda, command)

    return Shown(whole, below=below)


def _record(reading: Reading, number: int) -> Object:
    """Return the applicant with this number. Raises NoSuchRecord."""
    return _dated(find(reading, Noun.APPLICANT, number))


def _dated(record: Mapping[str, Any]) -> Object:
    """Return an applicant's record, with `back_filled_days` added to each step.

    `back_filled_days`: the number of days between the day of the step and the day on which the step
    was entered in the ledger; 0 if the number is BACK_FILLED or less.
    """
    steps = []
    for step in record["steps"]:
        typed_in = datetime.fromisoformat(step["recorded_at"]).astimezone(zone()).date()
        days = (typed_in - date.fromisoformat(step["on"])).days
        steps.append({**step, "back_filled_days": days if days > screen.BACK_FILLED else 0})
    return {**record, "steps": steps}


def _whole(reading: Reading, record: Mapping[str, Any]) -> Object:
    agenda = _agenda(reading, record)
    return {**record, **screen.whole_way(agenda, _command(reading, record))}


def _command(reading: Reading, record: Mapping[str, Any]) -> str:
    return reading.command(Branch(record["branch_id"], record["branch"]))


def _agenda(reading: Reading, record: Mapping[str, Any]) -> Agenda | None:
    """Return an applicant's progress on the day for which the ledger was opened (`reading.on`).

    Return None if the ledger had no such applicant on that day.
    """
    known = reading.known(Branch(record["branch_id"], record["branch"]), ADMISSION)
    every = agendas(known, RULES, reading.rulebook)
    return next((each for each in every if each.way.subject.id == record["id"]), None)


def _everybody(
    reading: Reading, until: date | None = None, branch: str | None = None
) -> Iterator[tuple[Branch, Agenda]]:
    for each in reading.judged(branch):
        if each != reading.group:
            for agenda in agendas(reading.known(each, ADMISSION), RULES, reading.rulebook, until):
                yield each, agenda


def print_applicants(on: date, *, everyone: bool, as_json: bool) -> None:
    """Print the applications that are open on a day, with their stages.

    With `everyone`, also print the applications that have ended.
    """
    with current.reading(on) as reading:
        found = {a.way.subject.id: a for _, a in _everybody(reading, branch=current.branch())}
        records = applicant_lists.applicants(reading.ledger, on, current.branch_number(reading))
    rows = [
        {**record, **screen.standing(found.get(record["id"]))}
        for record in records
        if everyone or not found[record["id"]].way.is_over
    ]
    print_list(rows, screen.COLUMNS, as_json=as_json, line=screen.toned)


def print_coming(on: date, days: int, *, as_json: bool) -> None:
    """Print each applicant's open duties and next step, if they come within `days` days.

    For an admission that has ended, duties that are overdue or in breach are only counted.
    """
    from partyctl.calendar import days_after

    until = days_after(on, days)
    with current.reading(on) as reading:
        found = list(_everybody(reading, until, current.branch()))
        items = [
            item
            for branch, agenda in found
            for item in _coming(agenda, reading.command(branch), on, until)
        ]
        begins = reading.command(*{branch for branch, _ in found})
    items.sort(key=lambda item: (item["on"] or "9999", WORST_FIRST[item["status"]], item["title"]))
    if as_json:
        print_json([{k: v for k, v in item.items() if k != "state"} for item in items])
    else:
        screen.print_coming(items)
        ended = [agenda for _, agenda in found if agenda.way.is_over]
        _tell_of_ended(ended, f"{begins} check --area applicant --as-of {on}")


def _tell_of_ended(ended: Sequence[Agenda], command: str) -> None:
    """Say how many duties of ended admissions are overdue or in breach, and how to list them."""
    if count := sum(len(agenda.wrong) for agenda in ended):
        command = typed(command)
        hint = say(
            f"已结束的发展另有 {count} 项逾期或不合规，这里不列：{command}",
            f"Ended admissions have {many(count, 'more duty')} overdue or in breach: {command}",
        )
        tell(hint, err=True)


def _coming(agenda: Agenda, command: str, on: date, until: date) -> Iterator[Object]:
    """Yield an admission's open duties and its next step.

    Leave out duties whose due day (or first day, if they have no due day) is after the day `until`.
    If the admission has ended, also leave out duties that are overdue, in breach or only advised.
    Leave out the next step if it cannot be taken on or before the day `until`.
    """
    who = agenda.way.subject
    about = {
        "applicant": {"id": who.id, "name": who.name},
        "stage": agenda.way.reached.stage,
    }
    for owed in agenda.owed:
        if agenda.way.is_over and owed.status in (*WRONG, Status.ADVISED):
            continue
        day = owed.due or (owed.opens if owed.opens > on else None)
        if day is None or day <= until:
            yield (
                about
                | screen.owed_object(owed, on)
                | {
                    "step": None,
                    "on": day and str(day),
                    "days_left": days_left(owed, on),
                    "days_overdue": days_overdue(owed, on),
                    "state": state_of(owed, on),
                }
            )
    following = agenda.following
    if following is not None and following.from_on <= until:
        step, article = following.row.step, following.row.clause
        yield about | {
            "rule": None,
            "article": article,
            "title": step.label,
            "period": None,
            "due": None,
            "status": Status.DUE,
            "days_overdue": None,
            "days_left": None,
            "note": semicolon_list(worded(lack.told) for lack in following.lacks) or None,
            "remedy": screen.remedy(agenda, step, command),
            "step": step,
            "on": str(following.from_on),
            "state": say("下一步", "next"),
        }


def step_told(
    applicant: "Applicant", taken: "ApplicantStep", step: AdmissionStep, *, is_void: bool
) -> str:
    """Describe in one line a step that was recorded or voided."""
    verb = say("已作废", "Voided:") if is_void else say("已登记", "Recorded:")
    failed = bracketed(Result.FAIL.label) if taken.result == Result.FAIL else ""
    breach = say("，缺前置条件，留下不合规", ", in breach") if taken.override_reason else ""
    return f"{verb} #{applicant.id} {applicant.name} {step.label} {taken.taken_on}{failed}{breach}"
