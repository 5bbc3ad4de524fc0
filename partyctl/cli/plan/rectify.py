"""`partyctl rectify`: problems to rectify, with the person responsible, deadline and completion."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from partyctl.bilingual import Told
from partyctl.cli.input.dates import is_none, today
from partyctl.cli.input.option_groups import taking_options
from partyctl.cli.input.options import NUMBER, TEXT, AsJson, AsOf, Number, On, past_day, read_number
from partyctl.cli.output.answers import acknowledge, acknowledge_correction
from partyctl.cli.output.record import add_show, add_void
from partyctl.cli.output.to_file import to_file
from partyctl.cli.plan.options import Due, NewDue, NewOwner, Owner
from partyctl.cli.session import current
from partyctl.cli.session.group import noun
from partyctl.language import say
from partyctl.ledger.reading import rectifications as rectify_lists
from partyctl.light import NamedTuple
from partyctl.show.listing import ID, Column, field_column, print_list
from partyctl.show.tables import Line
from partyctl.terms import Noun, Status, told_of

if TYPE_CHECKING:
    from partyctl.records.plans.rectifications import Item

app = noun("整改事项", "Rectification of problems: measures, persons responsible, deadlines")


def read_meeting(text: str) -> int:
    """Parse the ID of a meeting; return 0 for 无 or `none`, which mean that there is no meeting."""
    return 0 if is_none(text) else read_number(text)


Measure = Annotated[str | None, typer.Option(metavar=TEXT, help=say("整改措施", "the measure"))]
Source = Annotated[
    str | None, typer.Option(metavar=TEXT, help=say("问题来源", "where the problem was found"))
]


class About(NamedTuple):
    """The measure that solves a problem, and where the problem was found."""

    measure: Measure = None
    source: Source = None

    def item(
        self,
        problem: str | None,
        owner: str | None,
        due: date | None,
        on: date | None,
        meeting: int | None,
        *,
        not_closed: bool = False,
    ) -> "Item":
        """Return the rectification item that the options describe."""
        from partyctl.records.plans.rectifications import Item

        return Item(
            problem=problem,
            owner=owner,
            due_on=due,
            measure=self.measure,
            source=self.source,
            meeting=meeting,
            set_on=on,
            not_closed=not_closed,
        )


@app.command(
    help=say(
        "登记整改事项：问题、措施、责任人、时限",
        "Record a problem with its measure, person and deadline",
    )
)
@taking_options
def add(
    *,
    text: Annotated[str, typer.Argument(metavar=TEXT, help=say("问题", "the problem"))],
    owner: Owner,
    due: Due,
    about: About,
    meeting: Annotated[
        int | None,
        typer.Option(
            parser=read_number,
            metavar=NUMBER,
            help=say("出自哪次民主生活会或组织生活会", "the meeting where the problem was found"),
        ),
    ] = None,
    on: Annotated[
        date | None,
        past_day(
            "--on",
            say(
                "提出日期（默认开会之日，否则今天）",
                "the day the measure was decided (default: the day of the meeting; "
                "without a meeting, today)",
            ),
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Record a rectification item, with the person responsible and a deadline."""
    with current.writing() as session:
        from partyctl.records.plans import rectifications

        said = about.item(text, owner, due, on, meeting)
        item = rectifications.add(session, said, today())
    line = say(
        f"已登记整改事项 #{item.id} {item.problem}（时限 {due}）",
        f"Item #{item.id}: {item.problem}, by {due}",
    )
    acknowledge(Noun.RECTIFY, item.number, line, as_json=as_json)


@app.command(help=say("登记整改已完成", "Record that a measure was carried out"))
def close(number: Number, on: On = None, as_json: AsJson = False) -> None:
    """Record that a rectification item is done."""
    with current.writing() as session:
        from partyctl.records.plans import rectifications

        item = rectifications.close(session, number, on or today())
    line = say(
        f"已登记整改事项 #{number} {item.closed_on} 完成", f"Item #{number} closed {item.closed_on}"
    )
    acknowledge(Noun.RECTIFY, number, line, as_json=as_json)


@app.command(help=say("更正整改事项", "Correct a rectification item"))
@taking_options
def edit(
    *,
    number: Number,
    text: Annotated[str | None, typer.Option(metavar=TEXT, help=say("问题", "the problem"))] = None,
    owner: NewOwner = None,
    due: NewDue = None,
    about: About,
    meeting: Annotated[
        int | None,
        typer.Option(
            parser=read_meeting,
            metavar=f"{NUMBER}|none",
            help=say(
                "出自哪次会议；写“无”即不出自会议",
                "the meeting where the problem was found (write “none” if no meeting found it)",
            ),
        ),
    ] = None,
    on: Annotated[
        date | None, past_day("--on", say("提出日期", "the day the measure was decided"))
    ] = None,
    not_closed: Annotated[
        bool,
        typer.Option(
            "--not-closed",
            help=say(
                "其实没有完成",
                "remove the day on which the measure was carried out: it was recorded by mistake",
            ),
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Correct a rectification item."""
    with current.correcting() as session:
        from partyctl.records.plans import rectifications

        said = about.item(text, owner, due, on, meeting, not_closed=not_closed)
        rectifications.edit(session, number, said)
    line = say(f"已更正整改事项 #{number}", f"Item #{number} corrected")
    acknowledge_correction(Noun.RECTIFY, number, line, as_json=as_json)


add_void(app, Noun.RECTIFY, "作废整改事项", "Void a rectification item")


add_show(app, Noun.RECTIFY, "查看整改事项", "Show a rectification item")


def _meeting(field: str) -> Callable[[dict[str, Any]], str]:
    return lambda row: "" if row[field] is None else f"#{row[field]}"


COLUMNS = (
    ID,
    field_column("problem"),
    field_column("owner"),
    Column(Told("时限", "due"), "due_on"),
    Column(Told("完成", "closed"), "closed_on"),
    Column(told_of(Noun.MEETING), _meeting("meeting_id")),
    Column(Told("转入", "carried to"), _meeting("carried_to")),
)


@app.command(
    "list",
    help=say(
        "列出整改事项，先到期的在前",
        "List the rectification items; the earliest deadline comes first",
    ),
)
@to_file("整改事项", "Problems to rectify")
def show_list(
    open_only: Annotated[
        bool, typer.Option("--open", help=say("只列未完成的", "only open ones"))
    ] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List the rectification items, ordered by deadline."""
    with current.reading(as_of or today()) as reading:
        rows = rectify_lists.rectifications(reading.ledger, reading.on, open_only=open_only)

    def line(row: Mapping[str, Any], cells: tuple[str, ...]) -> Line:
        late = row["closed_on"] is None and row["due_on"] < reading.on.isoformat()
        below = say(f"措施：{row['measure']}", f"measure: {row['measure']}")
        return Line(cells, Status.OVERDUE if late else None, below if row["measure"] else None)

    print_list(rows, COLUMNS, as_json=as_json, line=line)
