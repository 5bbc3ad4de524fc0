"""`partyctl applicant`: admission from application to full membership, step by step."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from partyctl.cli.applicant.options import (
    Applicants,
    Applied,
    Hours,
    MeetingNumber,
    NewApplied,
    NewBirth,
    NewClosed,
    NewSignedOn,
    Note,
    Override,
    Papers,
    ResultOption,
    SignedOn,
    StepArgument,
    To,
    UntilDay,
    VoidStep,
    VotesText,
    With,
    Written,
    excluded_from,
    read_kept,
    require_facts,
    require_use,
)
from partyctl.cli.applicant.showing import (
    acknowledge_applicant,
    acknowledge_applicants,
    acknowledge_corrected,
    answer_whole,
    step_told,
    whole_way,
)
from partyctl.cli.input.dates import read_past_day_or_none, today
from partyctl.cli.input.options import TEXT, AsJson, MakesUp, On, Person
from partyctl.cli.input.useless import refuse_beside
from partyctl.cli.meeting.step_options import ExcludedNames
from partyctl.cli.member.newcomers import tell_of_applicant
from partyctl.cli.member.options import Birth
from partyctl.cli.output.record import add_show, add_void, by_name
from partyctl.cli.session import current
from partyctl.cli.session.group import add_verb, noun
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.terms import AdmissionStep, Noun

if TYPE_CHECKING:
    from partyctl.law.engine.votes import Votes

app = noun("发展党员：申请、培养、接收、转正", "Admission: from application to full membership")


@app.command(help=say("登记入党申请：一人或几人", "Record applications of one or more people"))
def add(names: Applicants, applied: Applied, birth: Birth = None, as_json: AsJson = False) -> None:
    """Record the applications of people who applied on the same day."""
    if birth is not None and len(names) > 1:
        raise BadUsage(
            say("--birth 是一个人的出生日期。", "--birth needs a single person."),
            f"partyctl applicant add {names[0]} --applied {applied} --birth {birth}",
        )
    with current.writing() as session:
        from partyctl.records.admission import applicants
        from partyctl.records.common.several import for_each

        added = for_each(
            names,
            lambda name: applicants.add(
                session,
                applicants.Application(name=name, applied_on=applied, birth_on=birth),
                current.branch(),
            ),
        )
    lines = [
        (
            each.number,
            say(
                f"已登记申请人 #{each.id} {each.name}（{each.applied_on}）",
                f"Applicant #{each.id} {each.name}, {each.applied_on}",
            ),
        )
        for each in added
    ]
    acknowledge_applicants(lines, as_json=as_json)


@app.command(help=say("登记一步；--void 作废一步", "Record a step (--void TEXT voids it)"))
def step(
    people: Applicants,
    step: StepArgument,
    on: On = None,
    names: With = None,
    meeting: MeetingNumber = None,
    votes: VotesText = None,
    written: Written = None,
    excluded: ExcludedNames = None,
    until: UntilDay = None,
    result: ResultOption = None,
    to: To = None,
    signed_on: SignedOn = None,
    hours: Hours = None,
    makes_up: MakesUp = None,
    note: Note = None,
    override: Override = None,
    void: VoidStep = None,
    as_json: AsJson = False,
) -> None:
    """Record a step for one or more applicants, or void a recorded step."""
    if void is None:
        require_facts(step, names, until)
    else:
        refuse_beside(
            "--void",
            with_=names,
            meeting=meeting,
            votes=votes,
            written=written,
            excluded=excluded,
            until=until,
            result=result,
            to=to,
            signed_on=signed_on,
            hours=hours,
            makes_up=makes_up,
            note=note,
            override=override,
        )
    if votes is not None and len(people) > 1:
        raise BadUsage(
            say(
                "讨论几个人时逐个表决，--votes 一次只登记一个人的。",
                "Each person is voted on separately: with --votes, name one person only.",
            ),
            f"partyctl applicant step {people[0]} {step} --on … --votes {votes}",
        )
    with current.writing() as session:
        from partyctl.records.admission import applicants
        from partyctl.records.admission import steps as admission_steps
        from partyctl.records.admission.conditions import AdmissionStepEntry
        from partyctl.records.common.several import for_each

        entry = AdmissionStepEntry(
            step=step,
            on=on or today(),
            names=names or (),
            meeting=meeting,
            votes=_votes(votes, written),
            excluded=excluded_from(excluded, votes),
            until=until,
            result=result,
            to=to or (),
            signed_on=signed_on,
            half_hours=hours,
            makes_up=makes_up.name if makes_up else None,
            note=note,
            override=override,
        )

        overridden: list[str | None] = []

        def take(name: str) -> tuple[int, str]:
            applicant = applicants.found(session, name)
            if void is not None:
                taken = admission_steps.take_back(session, applicant, step, on, void)
            else:
                taken = admission_steps.take(session, applicant, entry)
            overridden.append(taken.override_reason)
            return applicant.number, step_told(applicant, taken, step, is_void=void is not None)

        lines = for_each(people, take)
        require_use(override, overridden)
    acknowledge_applicants(lines, as_json=as_json)
    for number, _ in lines if step is AdmissionStep.VOTE and void is None else ():
        tell_of_applicant(number)


def _votes(text: str | None, written: str | None) -> "Votes | None":
    from partyctl.records.meetings.votes import read_votes, read_written

    if text is None:
        if written is not None:
            raise MissingFact(Question("--votes", say("应到/实到/赞成/反对/弃权", "the votes")))
        return None
    votes = read_votes(text)
    return votes if written is None else read_written(votes, written)


@app.command(help=say("更正申请；没写的不变", "Correct values of an application"))
def edit(
    name: Person,
    new_name: Annotated[str | None, typer.Option("--name", help=say("姓名", "name"))] = None,
    applied: NewApplied = None,
    birth: NewBirth = None,
    signed_on: NewSignedOn = None,
    closed: NewClosed = None,
    paper: Papers = None,
    as_json: AsJson = False,
) -> None:
    """Correct an applicant's record."""
    given: dict[str, Any] = {"name": new_name, "applied_on": applied}
    changes = {column: value for column, value in given.items() if value is not None}
    days = {"birth_on": birth, "signed_on": signed_on, "closed_on": closed}
    changes |= {
        column: read_past_day_or_none(text) for column, text in days.items() if text is not None
    }
    kept = [read_kept(each) for each in paper or ()]
    with current.correcting() as session:
        from partyctl.records.admission import applicants, dossier

        applicant = applicants.found(session, name)
        applicants.edit(session, applicant, changes)
        dossier.put(session, applicant, kept)
    line = say(
        f"已更正 #{applicant.id} {applicant.name}", f"#{applicant.id} {applicant.name} corrected"
    )
    acknowledge_corrected(applicant.number, line, as_json=as_json)


@app.command(
    help=say("终止发展（撤回申请、调走）", "End an admission (the person withdrew or moved away)")
)
def close(
    name: Person,
    reason: Annotated[str, typer.Option(metavar=TEXT, help=say("终止原因", "why"))],
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Close an application that did not lead to membership."""
    day = on or today()
    with current.writing() as session:
        from partyctl.records.admission import applicants

        applicant = applicants.found(session, name)
        applicants.close(session, applicant, day, reason)
    line = say(
        f"已登记 #{applicant.id} {applicant.name} {day} 终止发展",
        f"#{applicant.id} {applicant.name}: ended on {day}",
    )
    acknowledge_applicant(applicant.number, line, as_json=as_json)


add_void(
    app,
    Noun.APPLICANT,
    "作废误登的申请",
    "Void an application entered by mistake",
    named=by_name(),
    answer=answer_whole,
)


add_show(
    app,
    Noun.APPLICANT,
    "查看全程：走过的步骤、缺什么、下一步",
    "Show the steps so far, what is missing, and the next step",
    named=by_name(),
    more=whole_way,
)


add_verb(
    app,
    "list",
    "applicant.listing.show_list",
    "列出发展中的人员：阶段、下一步",
    "List open applications with their stage",
)
add_verb(
    app,
    "next",
    "applicant.listing.show_next",
    "今后 90 天所有人要办的事",
    "List steps and deadlines of the next 90 days",
)
add_verb(
    app,
    "import",
    "applicant.sheets.import_file",
    "从 Excel 导入申请和各步日期",
    "Import applications and steps from Excel",
)
add_verb(
    app,
    "sheet",
    "applicant.sheets.sheet",
    "写出填报表，填好后用 import 收回",
    "Write an entry sheet: fill it in, then import it",
)
