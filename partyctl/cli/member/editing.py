"""`partyctl member edit`: correct a member's record."""

from datetime import date
from typing import Annotated, Any

import typer

from partyctl.cli.input.dates import (
    is_none,
    read_month,
    read_month_or_day,
    read_past_day,
    read_past_day_or_none,
    today,
)
from partyctl.cli.input.options import (
    DATE,
    MONTH,
    AsJson,
    Person,
    listed,
)
from partyctl.cli.member.category import categorised
from partyctl.cli.member.options import (
    Birth,
    CellName,
    GenderOption,
    NewSince,
    Phone,
    read_category,
    read_secret,
)
from partyctl.cli.output.answers import acknowledge_correction
from partyctl.cli.session import current
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.terms import Category, Noun


def edit(
    name: Person,
    new_name: Annotated[str | None, typer.Option("--name", help=say("姓名", "name"))] = None,
    joined: Annotated[
        date | None,
        typer.Option(
            parser=read_past_day, metavar=DATE, help=say("入党日期", "the day of joining the Party")
        ),
    ] = None,
    full: Annotated[
        str | None, typer.Option(metavar=DATE, help=say("转正日期", "full member since"))
    ] = None,
    probationary: Annotated[
        bool | None,
        typer.Option(
            "--probationary/--not-probationary",
            help=say("预备党员", "a probationary member, or not"),
        ),
    ] = None,
    since: NewSince = None,
    dues_to: Annotated[
        str | None,
        typer.Option(
            metavar=MONTH,
            help=say(
                "转入时党费交至", "the last month for which dues were paid before the transfer"
            ),
        ),
    ] = None,
    cell: CellName = None,
    leader: Annotated[
        bool | None,
        typer.Option(
            "--leader/--not-leader",
            help=say("领导干部", "the member is, or is not, a leading cadre"),
        ),
    ] = None,
    from_text: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DATE|MONTH",
            help=say(
                "领导干部从哪天起；类别从哪个月起",
                "the day the member became (or stopped being) a leading cadre; or the "
                "first month of the new category",
            ),
        ),
    ] = None,
    gender: GenderOption = None,
    birth: Birth = None,
    id_number: Annotated[
        str | None,
        typer.Option(parser=read_secret, metavar="NO|-", help=say("身份证号", "identity number")),
    ] = None,
    phone: Phone = None,
    category: Annotated[
        Category | None,
        typer.Option(parser=read_category, metavar="CATEGORY", help=listed(Category)),
    ] = None,
    left: Annotated[
        str | None, typer.Option(metavar=DATE, help=say("离开日期", "the day of leaving"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Correct a member's record."""
    if from_text is not None and leader is None and category is None:
        raise BadUsage(
            say(
                "--from 说的是领导干部或类别：缺少 --leader、--not-leader 或 --category。",
                "--from needs --leader, --not-leader or --category.",
            ),
            f"--leader --from {from_text}",
        )
    given: dict[str, Any] = {
        "name": new_name,
        "joined_on": joined,
        "probationary": probationary,
        "on_roll_from": since,
        "cell": cell,
        "gender": gender,
        "birth_on": birth,
        "category": category if from_text is None else None,
    }
    changes = {column: value for column, value in given.items() if value is not None}
    changes |= _clearable(full_on=full, left_on=left)
    if cell is not None and is_none(cell):
        del changes["cell"]
        changes["cell_id"] = None
    if dues_to is not None:
        changes["dues_paid_to"] = None if is_none(dues_to) else read_month(dues_to)
    for column, text in (("id_number", id_number), ("phone", phone)):
        if text is not None:
            changes[column] = None if is_none(text) else text
    with current.correcting() as session:
        from partyctl.records.common import finding
        from partyctl.records.members import members, posts

        member = members.edit(session, name, changes)
        if leader is not None:
            from_day = read_past_day(from_text) if from_text else today()
            number = finding.stored(member.number)
            posts.lead(session, number, leader, from_day, is_day_named=from_text is not None)
        told = ""
        if category is not None and from_text is not None:
            told = categorised(session, member, category, read_month_or_day(from_text))
    line = say(f"已更正 #{member.id} {member.name}", f"#{member.id} {member.name} corrected") + told
    acknowledge_correction(Noun.MEMBER, member.number, line, as_json=as_json)


def _clearable(**days: str | None) -> dict[str, date | None]:
    """Parse the typed dates; 无 or none becomes None, which clears the recorded day."""
    return {
        column: read_past_day_or_none(text) for column, text in days.items() if text is not None
    }
