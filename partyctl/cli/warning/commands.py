"""`partyctl warning`: cases of integrity risks (廉政风险), from the letter to the archived file."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from partyctl.cli.input.dates import today
from partyctl.cli.input.option_groups import taking_options
from partyctl.cli.input.options import AsJson, AsOf, Number, On, Person
from partyctl.cli.output.answers import acknowledge, acknowledge_correction
from partyctl.cli.output.documents import (
    Wanted,
    put_beside_the_ledger,
    say_written,
)
from partyctl.cli.output.record import add_show, add_void
from partyctl.cli.output.showing import RevealReason, Shown
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.cli.session.group import add_verb, noun
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.cli.warning.letter import Kind, write_letter
from partyctl.cli.warning.options import (
    ApprovedBy,
    ApprovedOn,
    Category,
    Demand,
    Facts,
    Level,
    NewCategory,
    NewFacts,
    NewIssued,
    NewLevel,
    Note,
    NotTaken,
    Post,
    Promise,
    Revealed,
    Scope,
    Source,
    Volume,
)
from partyctl.language import say
from partyctl.terms import Noun, WarningStep

if TYPE_CHECKING:
    from partyctl.cli.session.reading import Reading
    from partyctl.records.prevention.cases import Step

app = noun("廉政风险防范案件", "Integrity-risk cases")


@app.command(
    help=say(
        "登记发出的询问函、警示诫勉或责令纠错通知书",
        "Record an inquiry, admonition or order to correct",
    )
)
def issue(
    name: Person,
    level: Level,
    category: Category,
    facts: Facts,
    on: On = None,
    scope: Scope = None,
    source: Source = None,
    post: Post = None,
    approved_by: ApprovedBy = None,
    approved_on: ApprovedOn = None,
    as_json: AsJson = False,
) -> None:
    """Record a letter to an official of the bureau, who need not be a Party member."""
    with current.writing() as session:
        from partyctl.records.prevention import cases as warnings

        entry = warnings.CaseEntry(
            name=name,
            level=level,
            category=category,
            facts=facts,
            scope=scope,
            source=source,
            post=post,
            approved_by=approved_by,
            approved_on=approved_on,
            issued_on=on or today(),
        )
        case = warnings.issue(session, entry)
    line = say(
        f"已登记案件 #{case.id}（{level.chinese}，{case.issued_on} 发出）",
        f"Case #{case.id} ({level}), issued on {case.issued_on}",
    )
    acknowledge(Noun.WARNING, case.number, line, as_json=as_json)


@app.command(
    help=say(
        "登记已送达；期限从送达起算", "Record the day of delivery, from which the deadlines count"
    )
)
def deliver(number: Number, on: On = None, note: Note = None, as_json: AsJson = False) -> None:
    """Record that the letter was delivered."""
    from partyctl.records.prevention.cases import Step

    step = Step(step=WarningStep.DELIVER, taken_on=on or today(), note=note)
    _take(number, step, as_json=as_json)


@app.command(help=say("登记书面回复或整改报告", "Record the written reply or report"))
def reply(number: Number, on: On = None, note: Note = None, as_json: AsJson = False) -> None:
    """Record the written reply, or the report on what was corrected."""
    from partyctl.records.prevention.cases import Step

    step = Step(step=WarningStep.REPLY, taken_on=on or today(), note=note)
    _take(number, step, as_json=as_json)


add_verb(app, "talk", "warning.talks.hold", "登记一次防范谈话", "Record a preventive talk")


@app.command(
    help=say(
        "登记《防范工作登记表》：承诺，或整改要求",
        "Record the filled-in registration form: a promise or a demand",
    )
)
def register(
    number: Number,
    on: On = None,
    promise: Promise = None,
    demand: Demand = None,
    note: Note = None,
    as_json: AsJson = False,
) -> None:
    """Record the registration form, with the person's promise or the leading group's demand."""
    from partyctl.records.prevention.cases import Step

    if promise is None and demand is None:
        asked = say("本人承诺，或 --demand 整改要求", "the promise, or --demand")
        raise MissingFact(Question("--promise", asked))
    step = Step(
        step=WarningStep.REGISTER, taken_on=on or today(), note=note, promise=promise, demand=demand
    )
    _take(number, step, as_json=as_json)


@app.command(
    help=say(
        "登记已结案；没有回复或缺登记表不能结案",
        "Close the case (only if the reply and talk forms are recorded)",
    )
)
def close(number: Number, on: On = None, note: Note = None, as_json: AsJson = False) -> None:
    """Record that the case was closed. Raises Refused if the reply or a talk's form is missing."""
    from partyctl.records.prevention.cases import Step

    step = Step(step=WarningStep.CLOSE, taken_on=on or today(), note=note)
    _take(number, step, as_json=as_json)


@app.command(
    help=say("登记已归档，一人一卷", "Record that the case was archived in the person's file")
)
def archive(number: Number, volume: Volume, on: On = None, as_json: AsJson = False) -> None:
    """Record that the file of the case was archived. Raises Refused while the case is open."""
    from partyctl.records.prevention.cases import Step

    step = Step(step=WarningStep.ARCHIVE, taken_on=on or today(), volume=volume)
    _take(number, step, as_json=as_json)


def _take(number: int, step: "Step", *, as_json: bool) -> None:
    with current.writing() as session:
        from partyctl.records.prevention import cases as warnings

        warnings.take(session, number, step)
    done = f"{step.step.label} {step.taken_on}"
    line = say(f"已登记案件 #{number}：{done}", f"Case #{number}: {done}")
    acknowledge(Noun.WARNING, number, line, as_json=as_json)


add_verb(
    app,
    "talk-edit",
    "warning.talks.edit",
    "更正某一天的防范谈话",
    "Correct the talk of a given day",
)
add_verb(
    app,
    "talk-void",
    "warning.talks.void",
    "作废某一天的防范谈话",
    "Void the talk of a given day",
)


@app.command(
    help=say("更正案件；谈话用 talk-edit", "Correct a case (for its talks, use talk-edit)")
)
def edit(
    number: Number,
    level: NewLevel = None,
    category: NewCategory = None,
    facts: NewFacts = None,
    on: NewIssued = None,
    scope: Scope = None,
    source: Source = None,
    post: Post = None,
    approved_by: ApprovedBy = None,
    approved_on: ApprovedOn = None,
    not_taken: NotTaken = None,
    as_json: AsJson = False,
) -> None:
    """Correct a case."""
    with current.correcting() as session:
        from partyctl.records.prevention import cases as warnings

        entry = warnings.CaseEntry(
            level=level,
            category=category,
            facts=facts,
            issued_on=on,
            scope=scope,
            source=source,
            post=post,
            approved_by=approved_by,
            approved_on=approved_on,
            taken_back=not_taken or (),
        )
        warnings.edit(session, number, entry)
    line = say(f"已更正案件 #{number}", f"Case #{number} corrected")
    acknowledge_correction(Noun.WARNING, number, line, as_json=as_json)


add_void(app, Noun.WARNING, "作废案件", "Void a case")


def _with_deadlines(reading: "Reading", case: Mapping[str, Any]) -> Shown:
    from partyctl.cli.warning.showing import with_deadlines  # this imports partyctl.law

    return with_deadlines(reading, case)


add_show(
    app,
    Noun.WARNING,
    "查看案件：经过和时限（姓名、事实遮盖）",
    "Show a case with deadlines; name and facts are masked",
    more=_with_deadlines,
)


@app.command("list", help=say("列出案件（姓名遮盖）", "List the cases; names are masked"))
@to_file("廉政风险防范案件", "Integrity-risk cases")
def show_list(
    reveal: Revealed = None,
    reason: RevealReason = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List the cases. --reveal shows names and needs a reason."""
    from partyctl.cli.warning.showing import show_cases

    show_cases(as_of, as_json=as_json, reveal=reveal or [], reason=reason)


@app.command(
    help=say(
        "写出 Word 文书：通知书、谈话通知、登记表",
        "Write a letter, a talk notice or the registration form in Word",
    )
)
@taking_options
def letter(
    *,
    number: Number,
    kind: Kind = None,
    wanted: Wanted,
    as_json: AsJson = False,
) -> None:
    """Write a letter, a notice or the registration form of a case as a Word document."""
    say_written([write_letter(number, kind, wanted, today())], as_json=as_json)


@app.command(
    help=say(
        "把自带模板放到台账旁，供修改",
        "Copy the templates to a folder beside the ledger, for editing",
    )
)
def templates() -> None:
    """Copy the shipped templates of letters and briefings into the folder beside the ledger.

    The clerk can edit the copies in Word.
    """
    from partyctl.papers.forms.templates_at_hand import shipped

    put_beside_the_ledger(shipped())
