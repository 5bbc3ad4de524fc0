"""`partyctl member`: the roll."""

from typing import Annotated

import typer

from partyctl.cli.input.dates import (
    today,
)
from partyctl.cli.input.options import (
    AsJson,
    FromDay,
    On,
    Person,
    ToDay,
    listed,
)
from partyctl.cli.input.useless import refuse_beside
from partyctl.cli.member.last_days import tell_of_kept_day
from partyctl.cli.member.newcomers import tell_of_member
from partyctl.cli.member.options import (
    Birth,
    CategoryOption,
    CellName,
    DuesTo,
    Full,
    GenderOption,
    IdNumber,
    Joined,
    Phone,
    PostArgument,
    Posts,
    Probationary,
    Since,
    read_leave_reason,
    read_post,
)
from partyctl.cli.output.answers import acknowledge, tell
from partyctl.cli.output.record import add_show, add_void, by_name
from partyctl.cli.session import current
from partyctl.cli.session.group import add_verb, noun
from partyctl.language import say
from partyctl.terms import Category, LeaveReason, Noun

app = noun("党员名册、职务、转入转出", "The roll, posts, transfers")


@app.command(help=say("登记党员", "Enter a member"))
def add(
    name: Person,
    joined: Joined,
    full: Full = None,
    probationary: Probationary = False,
    since: Since = None,
    dues_to: DuesTo = None,
    cell: CellName = None,
    post: Posts = None,
    leader: Annotated[bool, typer.Option(help=say("党员领导干部", "a leading cadre"))] = False,
    gender: GenderOption = None,
    birth: Birth = None,
    id_number: IdNumber = None,
    phone: Phone = None,
    category: CategoryOption = Category.EMPLOYED,
    as_json: AsJson = False,
) -> None:
    """Enter a member on the roll."""
    with current.writing() as session:
        from partyctl.records.members import members

        entry = members.NewMember(
            name=name,
            joined_on=joined,
            full_on=full,
            probationary=probationary,
            on_roll_from=since,
            dues_paid_to=dues_to,
            cell=cell,
            posts=[read_post(each) for each in post or []],
            leader=leader,
            gender=gender,
            birth_on=birth,
            id_number=id_number,
            phone=phone,
            category=category,
        )
        member = members.add(session, entry, current.branch())
    line = say(
        f"已登记党员 #{member.id} {member.name}（{member.on_roll_from} 起在册）",
        f"Member #{member.id} {member.name}, on the roll from {member.on_roll_from}",
    )
    acknowledge(Noun.MEMBER, member.number, line, as_json=as_json)
    if probationary:
        tell_of_member(member.number)


@app.command(
    help=say(
        "登记任职；再写一次并加 --to 即登记或更正离任",
        "Record a term in a post; repeat it with --to to set its end",
    )
)
def post(
    name: Person,
    post: PostArgument,
    from_day: FromDay,
    to_day: ToDay = None,
    void: Annotated[
        str | None,
        typer.Option(help=say("作废这一条，写明原因", "void this record; give the reason")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Record a member's term in a post, correct the last day of a recorded term, or void a term."""
    if void is not None:
        refuse_beside("--void", to=to_day)
    with current.writing() as session:
        from partyctl.records.members import posts

        if void is not None:
            member, held = posts.void_post(session, name, post, from_day, void)
            others = []
        else:
            member, held = posts.appoint(session, name, post, from_day, to_day)
            others = posts.others_in_post(session, member, held)
    ended = f"–{held.to_on}" if held.to_on else ""
    verb = say("已作废", "Voided") if void else say("已登记", "Recorded")
    line = f"{verb} #{member.id} {member.name} {post.label} {from_day}{ended}"
    acknowledge(Noun.MEMBER, member.number, line, as_json=as_json)
    if void is None:
        tell_of_kept_day(member.name, to_day, held.to_on)
    for other in others:
        hint = say(
            f"注意：{other.name}同一时间也任{post.label}。",
            f"Note: {other.name} is {post} at the same time.",
        )
        tell(hint, err=True)


add_verb(
    app,
    "away",
    "member.away.away",
    "登记外出（请假、借调）；会议写 --present all 时记为缺席",
    "Record leave or secondment; --present all counts it as absence",
)
add_verb(
    app,
    "sanction",
    "member.sanction.sanction",
    "登记党员受处分的期间",
    "Record a period of sanction",
)


add_verb(
    app,
    "report",
    "member.report.report",
    "登记领导干部已报告个人有关事项（不记内容）",
    "Record a leading cadre's report on personal matters",
)


@app.command(help=say("登记党员离开", "Record that a member left"))
def leave(
    name: Person,
    on: On = None,
    reason: Annotated[
        LeaveReason,
        typer.Option(
            parser=read_leave_reason,
            metavar="REASON",
            help=listed(LeaveReason),
        ),
    ] = LeaveReason.TRANSFER,
    to: Annotated[str | None, typer.Option(help=say("去向", "where the member went"))] = None,
    dues_to: DuesTo = None,
    as_json: AsJson = False,
) -> None:
    """Record that a member left the roll."""
    with current.writing() as session:
        from partyctl.records.members import members

        member = members.leave(session, name, on or today(), reason=reason, to=to, dues_to=dues_to)
    line = say(
        f"已登记 #{member.id} {member.name} {member.left_on} {reason.chinese}",
        f"#{member.id} {member.name} left on {member.left_on} ({reason})",
    )
    acknowledge(Noun.MEMBER, member.number, line, as_json=as_json)


add_verb(
    app,
    "edit",
    "member.editing.edit",
    "更正党员信息（日期、党小组、身份证号、电话写“无”即清除）",
    "Correct a member; “none” clears dates, cell, ID number, phone",
)


add_void(app, Noun.MEMBER, "作废误登的党员", "Void a member entered by mistake", named=by_name())


add_show(
    app,
    Noun.MEMBER,
    "查看党员（身份证号、电话遮盖）",
    "Show a member; identity number and telephone are masked",
    named=by_name(),
)


add_verb(app, "list", "member.listing.show_list", "列出在册党员", "List the members on the roll")


add_verb(
    app, "import", "member.sheets.import_file", "从 Excel 导入名册", "Import a roster from Excel"
)
add_verb(
    app,
    "sheet",
    "member.sheets.sheet",
    "写出名册填报表，填好后用 import 收回",
    "Write an entry sheet of the roll: fill it in, then import it",
)
