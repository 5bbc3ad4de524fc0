"""`partyctl talk`: heart-to-heart talks and their follow-ups."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from partyctl.bilingual import Told
from partyctl.cli.input.dates import is_none, read_past_day, read_period, today
from partyctl.cli.input.options import DATE, AsJson, AsOf, MakesUp, Number, On
from partyctl.cli.input.people import Except, Names
from partyctl.cli.output.answers import acknowledge, acknowledge_correction, acknowledge_each
from partyctl.cli.output.record import add_show, add_void
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.cli.session.group import add_verb, noun
from partyctl.cli.talk.options import (
    EVERYBODY,
    Due,
    Each,
    FollowUp,
    NewDone,
    NewFollowUp,
    NewMakesUp,
    NewNote,
    NewPlace,
    NewTheme,
    NewWith,
    Note,
    Place,
    Quarter,
    Someone,
    Theme,
    With,
    Year,
)
from partyctl.errors import BadUsage
from partyctl.language import comma_list, say
from partyctl.ledger.reading import talks as talk_lists
from partyctl.ledger.reading.lookup import member_number
from partyctl.show.listing import ID, Column, print_list
from partyctl.show.wording import label
from partyctl.terms import Noun

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.talks import Talk
    from partyctl.records.life.talks import TalkEntry

app = noun("谈心谈话", "Heart-to-heart talks")


@app.command(
    help=say(
        "登记一次谈心谈话；算哪一类按双方当天的职务",
        "Record a talk (the posts of its people decide which kind it is)",
    )
)
def add(
    parties: With,
    on: On = None,
    place: Place = None,
    theme: Theme = None,
    note: Note = None,
    follow_up: FollowUp = None,
    due: Due = None,
    makes_up: MakesUp = None,
    each: Each = None,
    excepted: Except = None,
    as_json: AsJson = False,
) -> None:
    """Record one talk among several people, or with --each a separate talk with each person."""
    with current.writing() as session:
        from partyctl.records.life import talks

        entry = talks.TalkEntry(
            held_on=on or today(),
            parties=parties,
            place=place,
            theme=theme,
            note=note,
            follow_up=follow_up,
            due=due,
            makes_up=makes_up,
        )
        added = _add(session, entry, each, excepted)
        lines = [
            (talk.number, _told(talk, talks.parties_of(session, talk).names)) for talk in added
        ]
    if each is None:
        acknowledge(Noun.TALK, *lines[0], as_json=as_json)
    else:
        acknowledge_each(Noun.TALK, lines, as_json=as_json)


def _add(
    session: "Session", entry: "TalkEntry", each: Names | None, excepted: Names | None
) -> "list[Talk]":
    """Record one talk, or a separate talk with each person in `each`; return the talks."""
    from partyctl.records.life import talks, talks_with_each

    if excepted and each not in EVERYBODY:
        raise BadUsage(
            say("--except 只和 --each all 一起用。", "--except needs --each all."),
            f"--each all --except {','.join(excepted)}",
        )
    if each is None:
        return [talks.add(session, entry)]
    others: Sequence[str] = each
    if each in EVERYBODY:
        branch = current.branch()
        others = talks_with_each.everybody_else(session, entry, branch, excepted or ())
    return talks_with_each.add_with_each(session, entry, others)


def _told(talk: "Talk", names: str) -> str:
    return say(
        f"已登记谈话 #{talk.id} {talk.held_on} {names}", f"Talk #{talk.id} {talk.held_on}: {names}"
    )


@app.command(help=say("登记后续事项已办结", "Record that the follow-up is done"))
def done(number: Number, on: On = None, as_json: AsJson = False) -> None:
    """Record that the follow-up agreed in a talk is done."""
    with current.writing() as session:
        from partyctl.records.life import talks

        talk = talks.finish(session, number, on or today())
    line = say(
        f"已登记谈话 #{number} 的后续事项办结（{talk.follow_up_done}）",
        f"Talk #{number}: the follow-up was done on {talk.follow_up_done}",
    )
    acknowledge(Noun.TALK, number, line, as_json=as_json)


@app.command(help=say("更正谈话；没写的不变", "Correct values of a talk"))
def edit(
    number: Number,
    on: Annotated[
        date | None, typer.Option(parser=read_past_day, metavar=DATE, help=say("日期", "the day"))
    ] = None,
    parties: NewWith = None,
    place: NewPlace = None,
    theme: NewTheme = None,
    note: NewNote = None,
    follow_up: NewFollowUp = None,
    due: Due = None,
    done: NewDone = None,
    makes_up: NewMakesUp = None,
    as_json: AsJson = False,
) -> None:
    """Correct a talk."""
    texts = {
        "place": place,
        "theme": theme,
        "note": note,
        "follow_up": follow_up,
        "done": done,
        "makes_up": makes_up,
    }
    with current.correcting() as session:
        from partyctl.records.life import talks

        talks.edit(session, number, _said(on, parties, due, texts))
    line = say(f"已更正谈话 #{number}", f"Talk #{number} corrected")
    acknowledge_correction(Noun.TALK, number, line, as_json=as_json)


CLEARED = {
    "place": ("place",),
    "theme": ("theme",),
    "note": ("note",),
    "follow_up": ("follow_up", "follow_up_due", "follow_up_done"),
    "done": ("follow_up_done",),
    "makes_up": ("makes_up",),
}
"""For each option of `edit`, the columns that are cleared if the option's value is 无."""


def _said(
    on: date | None, parties: str | None, due: date | None, texts: dict[str, str | None]
) -> "TalkEntry":
    """Return the changes that the options of `edit` describe; 无 clears a text."""
    from partyctl.records.life.talks import TalkEntry

    given = {name: text for name, text in texts.items() if text is not None}
    typed = {name: text for name, text in given.items() if not is_none(text)}
    done, makes_up = typed.get("done"), typed.get("makes_up")
    return TalkEntry(
        held_on=on,
        parties=parties,
        place=typed.get("place"),
        theme=typed.get("theme"),
        note=typed.get("note"),
        follow_up=typed.get("follow_up"),
        due=due,
        done=None if done is None else read_past_day(done),
        makes_up=None if makes_up is None else read_period(makes_up),
        cleared=[column for name in given.keys() - typed.keys() for column in CLEARED[name]],
    )


add_void(app, Noun.TALK, "作废谈话", "Void a talk")


add_show(app, Noun.TALK, "查看谈话", "Show a talk")


COLUMNS = (
    ID,
    Column(Told("日期", "date"), "held_on"),
    Column(Told("谈话人", "with"), lambda row: comma_list(row["with"])),
    Column(
        Told("种类", "between"),
        lambda row: comma_list(label("between", each) for each in row["between"]),
    ),
    Column(Told("后续事项", "to follow"), "follow_up"),
    Column(Told("期限", "by"), "follow_up_due"),
    Column(Told("办结", "done"), "follow_up_done"),
)


@app.command("list", help=say("列出谈话", "List the talks"))
@to_file("谈心谈话", "Talks")
def show_list(
    someone: Someone = None,
    quarter: Quarter = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List the talks, optionally only those of one person or for one quarter."""
    with current.reading(as_of or today()) as reading:
        person = (
            member_number(reading.ledger, someone, current.branch_meant(reading))
            if someone
            else None
        )
        branch = current.branch_number(reading)
        rows = talk_lists.talks(reading.ledger, reading.on, branch, person=person, quarter=quarter)
    print_list(rows, COLUMNS, as_json=as_json)


@app.command(
    help=say(
        "一个季度、一年里谁和谁谈过、谁还没谈",
        "Show who talked with whom in a quarter or year, and who did not",
    )
)
@to_file("谈心谈话对照表", "Matrix of talks")
def matrix(
    quarter: Quarter = None, year: Year = None, as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """Show which people talked in a quarter or a year, who did not talk, and which talks are due."""
    from partyctl.cli.talk.matrix import print_matrix
    from partyctl.cli.talk.year_matrix import print_year

    if quarter is not None and year is not None:
        raise BadUsage(
            say("--quarter 和 --year 只能用一个。", "Use only one of --quarter and --year."),
            f"partyctl talk matrix --year {year}",
        )
    with current.reading(as_of or today()) as reading:
        if year is not None:
            print_year(reading, year, as_json=as_json)
        else:
            print_matrix(reading, quarter, as_json=as_json)


add_verb(
    app, "import", "talk.sheets.import_file", "从 Excel 导入谈心谈话", "Import talks from Excel"
)
add_verb(
    app,
    "sheet",
    "talk.sheets.sheet",
    "写出谈话填报表，填好后用 import 收回",
    "Write an entry sheet of talks: fill it in, then import it",
)
