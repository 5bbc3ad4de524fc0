"""`partyctl dues`: the dues book."""

from datetime import date
from typing import Annotated

import typer

from partyctl.calendar import months_between
from partyctl.cli.dues.options import By, Consent, OwedOrAmount, Receipt, read_step
from partyctl.cli.input.dates import read_past_day, today
from partyctl.cli.input.options import (
    DATE,
    YUAN,
    AsJson,
    FromMonth,
    Months,
    Number,
    On,
    Person,
    ToMonth,
    listed,
    read_amount,
)
from partyctl.cli.input.people import Everybody, Except, People, chosen
from partyctl.cli.input.useless import refuse_without
from partyctl.cli.member.options import read_category
from partyctl.cli.output.answers import acknowledge, acknowledge_correction
from partyctl.cli.output.record import add_show, add_void
from partyctl.cli.session import current
from partyctl.cli.session.group import add_verb, noun
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.terms import Category, LapseStep, Noun

app = noun("党费：核定、交纳、免交、欠费", "Dues: assessments, payments, exemptions, arrears")


@app.command(
    help=say("核定每月党费（按现行标准计算）", "Assess monthly dues under the tariff in force")
)
def assess(
    from_month: FromMonth,
    names: People = None,
    everybody: Everybody = False,
    excepted: Except = None,
    base: Annotated[
        int | None,
        typer.Option(
            parser=lambda text: read_amount(text, "--base 5100"),
            metavar=YUAN,
            help=say("计算基数（元）", "the base, in yuan"),
        ),
    ] = None,
    category: Annotated[
        Category | None,
        typer.Option(parser=read_category, metavar="CATEGORY", help=listed(Category)),
    ] = None,
    amount: Annotated[
        int | None,
        typer.Option(
            parser=read_amount,
            metavar=YUAN,
            help=say("农民党员的月额", "a farmer's monthly amount"),
        ),
    ] = None,
    reason: Annotated[
        str | None,
        typer.Option(help=say("年内调整的原因", "why the dues change within the year")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Assess dues for a month and later months. With --all, the recorded bases apply."""
    from partyctl.cli.dues import assessing

    entry = assessing.AssessmentEntry(from_month, base, category, amount, reason)
    whom = chosen(names, everybody=everybody, excepted=excepted)
    assessing.record(whom, entry, as_json=as_json)


@app.command(
    help=say(
        "登记交党费：一人、几人或全体，一个月或连续几个月",
        "Record dues paid by members, for one or more months",
    )
)
def pay(
    months: Months,
    names: People = None,
    everybody: Everybody = False,
    excepted: Except = None,
    amount: OwedOrAmount = None,
    on: On = None,
    by: By = None,
    consent: Consent = None,
    receipt: Receipt = None,
    extra: Annotated[
        bool,
        typer.Option(
            "--extra",
            help=say("多出的是自愿多交", "record the amount above the dues as a voluntary payment"),
        ),
    ] = False,
    unpaid: Annotated[
        bool,
        typer.Option(
            "--unpaid",
            help=say("--all 时只收一分未交的月份", "with --all: only months without any payment"),
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Record payments. If --month gives several months, the money pays the oldest of them first."""
    from partyctl.cli.dues import paying

    whom = chosen(names, everybody=everybody, excepted=excepted)
    if unpaid and whom.names is not None:
        raise BadUsage(
            say("--unpaid 只和 --all 一起用。", "--unpaid needs --all."), "--all --unpaid"
        )
    if amount is None:
        refuse_without("--amount", extra=extra)
    day = on or today()
    entry = paying.PaymentEntry(months, amount, day, by, consent, receipt, extra, unpaid)
    paying.record(whom, entry, as_json=as_json)


@app.command(help=say("登记免交党费", "Record an exemption from dues"))
def exempt(
    name: Person,
    from_month: FromMonth,
    to_month: ToMonth,
    reason: Annotated[str, typer.Option(help=say("原因", "why"))],
    approved_by: Annotated[str, typer.Option(help=say("批准的组织", "who approved it"))],
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Exempt a member from dues for consecutive months."""
    months = months_between(from_month, to_month)
    if not months:
        raise BadUsage(
            say(f"{from_month} 晚于 {to_month}。", f"{from_month} is after {to_month}."),
            f"--from {to_month} --to {from_month}",
        )
    with current.writing() as session:
        from partyctl.records.dues import entries as dues

        entry = dues.exempt(
            session,
            name,
            months=months,
            decided_on=on or today(),
            reason=reason,
            approved_by=approved_by,
        )
    span = f"{from_month}–{to_month}"
    line = say(f"已登记免交 #{entry.id} {name} {span}", f"Exemption #{entry.id} of {name}: {span}")
    acknowledge(Noun.DUES, entry.number, line, as_json=as_json)


@app.command(
    help=say(
        "登记自行脱党处置的一步", "Record a step of the procedure for a member who does not pay"
    )
)
def lapse(
    name: Person,
    step: Annotated[
        LapseStep,
        typer.Option(
            parser=read_step,
            metavar="STEP",
            help=say("education 教育、meeting 党员大会决定、superior 上级批准", "the step"),
        ),
    ],
    on: On = None,
    note: Annotated[str | None, typer.Option(help=say("说明", "note"))] = None,
    as_json: AsJson = False,
) -> None:
    """Record a step of the procedure for a member who has not paid dues for six months."""
    with current.writing() as session:
        from partyctl.records.dues import entries as dues

        entry = dues.record_lapse(session, name, step=step, taken_on=on or today(), note=note)
    line = say(f"已登记 #{entry.id} {name}：{step.chinese}", f"#{entry.id} {name}: {step}")
    acknowledge(Noun.DUES, entry.number, line, as_json=as_json)


@app.command(
    help=say(
        "更正一笔交费（金额有误请作废重登）",
        "Correct a payment; if the amount is wrong, void the payment",
    )
)
def edit(
    number: Number,
    on: Annotated[
        date | None,
        typer.Option(parser=read_past_day, metavar=DATE, help=say("交费日期", "the day")),
    ] = None,
    by: By = None,
    consent: Consent = None,
    receipt: Receipt = None,
    as_json: AsJson = False,
) -> None:
    """Correct the day, payer, consent or receipt of a payment."""
    with current.correcting() as session:
        from partyctl.records.dues import payments

        said = payments.Correction(paid_on=on, by=by, consent=consent, receipt=receipt)
        payments.edit_payment(session, number, said)
    line = say(f"已更正交费 #{number}", f"Payment #{number} corrected")
    acknowledge_correction(Noun.DUES, number, line, as_json=as_json)


add_void(app, Noun.DUES, "作废一条党费记录", "Void a record of dues")


add_show(app, Noun.DUES, "查看一条党费记录", "Show a record of dues")


add_verb(app, "list", "dues.listing.show_list", "列出党费记录", "List the records of dues")
add_verb(
    app, "remit", "dues.remitting.remit", "登记上缴党费", "Record dues remitted to the superior"
)
add_void(app, Noun.REMITTANCE, "作废一笔上缴", "Void a remittance", command="remit-void")
add_verb(
    app,
    "book",
    "dues.remitting.book",
    "逐月列出收到、上缴、结存",
    "Show the dues received, remitted and left in each month",
)


add_verb(
    app,
    "status",
    "dues.listing.show_status",
    "谁欠哪几个月、应交已交多少",
    "Show each member's dues owed and paid",
)
add_verb(
    app,
    "import",
    "dues.sheets.import_file",
    "从 Excel 导入基数和交费",
    "Import the members' dues bases and payments from Excel",
)
add_verb(
    app,
    "sheet",
    "dues.sheets.sheet",
    "写出某月党费填报表，填好后用 import 收回",
    "Write the entry sheet of a month: fill it in, then import it",
)
