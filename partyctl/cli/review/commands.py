"""`partyctl review`: the yearly review of members, step by step."""

from typing import TYPE_CHECKING, Annotated

import typer

from partyctl.cli.input.dates import today
from partyctl.cli.input.options import NUMBER, TEXT, AsJson, AsOf, On, Person, read_number
from partyctl.cli.input.people import Everybody, Except, People, chosen
from partyctl.cli.input.useless import refuse_beside
from partyctl.cli.output.answers import acknowledge, tell_corrections
from partyctl.cli.output.record import add_show, add_void
from partyctl.cli.output.to_file import to_file
from partyctl.cli.review import rating
from partyctl.cli.review.options import (
    ONE_REVIEW,
    Grading,
    OneReview,
    OnOrNone,
    OpenedOn,
    Rest,
    Votes,
    Year,
    day_taken,
)
from partyctl.cli.session import current
from partyctl.cli.session.group import add_verb, noun
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.ledger.reading import reviews as review_lists
from partyctl.show.listing import BRANCH, ID, Column, field_column, print_list
from partyctl.terms import Noun, OutcomeAct, ReviewStep, told_of

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.people import Member
    from partyctl.ledger.tables.reviews import Review

app = noun("民主评议党员", "The yearly review of the members")


@app.command("open", help=say("开始某年的民主评议", "Begin a year's review"))
def begin(year: Year, on: On = None, as_json: AsJson = False) -> None:
    """Open a branch's review of a year."""
    day = on or today()
    with current.writing() as session:
        from partyctl.records.common import finding
        from partyctl.records.reviews import reviews

        branch = finding.branch(session, current.branch())
        review = reviews.open_review(session, branch, year, day)
    _say(review, f"{ReviewStep.OPEN.label} {day}", as_json=as_json)


@app.command(help=say("登记学习教育", "Record the study before the review"))
def study(year: Year, on: OnOrNone = None, as_json: AsJson = False) -> None:
    """Record the study session of a review, or remove the record."""
    _take(year, ReviewStep.STUDY, on, as_json=as_json)


@app.command(help=say("登记民主评议会", "Record the review's meeting"))
def meeting(year: Year, on: OnOrNone = None, as_json: AsJson = False) -> None:
    """Record the meeting of a review, or remove the record."""
    _take(year, ReviewStep.MEETING, on, as_json=as_json)


@app.command(help=say("结束评议；缺一步就不能结束", "End the review (only if no step is missing)"))
def close(year: Year, on: OnOrNone = None, as_json: AsJson = False) -> None:
    """Close a review, or reopen it. Raises Refused if anything that the review needs is missing."""
    _take(year, ReviewStep.CLOSE, on, as_json=as_json)


def _take(year: int, step: ReviewStep, on: str | None, *, as_json: bool) -> None:
    day = day_taken(on)
    with current.writing() as session:
        from partyctl.records.common import finding
        from partyctl.records.reviews import reviews

        review = reviews.of_year(session, finding.branch(session, current.branch()), year)
        reviews.take_step(session, review, step, day)
    _say(review, f"{step.label} {day or say('已取消', 'taken back')}", as_json=as_json)


def _say(review: "Review", done: str, *, as_json: bool) -> None:
    line = say(
        f"民主评议 #{review.number}（{review.year} 年）：{done}",
        f"Review #{review.number} of {review.year}: {done}",
    )
    acknowledge(Noun.REVIEW, review.number, line, as_json=as_json)


def _of_person(session: "Session", year: int, name: str) -> tuple["Review", "Member"]:
    """Return a pair: the review of the year in the member's branch, and the named member."""
    from partyctl.records.common import finding
    from partyctl.records.reviews import reviews

    member = finding.member(session, name)
    return reviews.of_person(session, member, current.branch(), year), member


@app.command(
    "self",
    help=say("登记自我总结：一人、几人或全体", "Record summaries by one, several or all members"),
)
def sum_up(
    year: Year,
    names: People = None,
    everybody: Everybody = False,
    excepted: Except = None,
    on: OnOrNone = None,
    as_json: AsJson = False,
) -> None:
    """Record members' self-summaries of the year, or remove them."""
    whom = chosen(names, everybody=everybody, excepted=excepted)
    rating.sum_up(year, whom, day_taken(on), as_json=as_json)


@app.command(
    help=say(
        "评定等次：一人、几人，或用 --rest 评定其余的人",
        "Rate one or several members, or with --rest all unrated members",
    )
)
def rate(
    year: Year,
    names: People = None,
    grade: Grading = None,
    rest: Rest = None,
    votes: Votes = None,
    as_json: AsJson = False,
) -> None:
    """Record members' ratings at the review's meeting, or remove them."""
    rating.rate(year, names, grade, rating.Also(rest, votes), as_json=as_json)


@app.command(
    help=say(
        "登记对优秀的表彰、对不合格的处理",
        "Record a commendation, or how an unqualified member is dealt with",
    )
)
def outcome(
    year: Year,
    name: Person,
    commend: Annotated[
        str | None, typer.Option(metavar=TEXT, help=say("表彰", "the commendation"))
    ] = None,
    handle: Annotated[
        str | None,
        typer.Option(
            metavar=TEXT, help=say("处理意见", "how the unqualified member should be dealt with")
        ),
    ] = None,
    meeting: Annotated[
        int | None,
        typer.Option(
            parser=read_number,
            metavar=NUMBER,
            help=say("表决的党员大会", "the members' meeting that voted on the handling"),
        ),
    ] = None,
    on: OnOrNone = None,
    as_json: AsJson = False,
) -> None:
    """Record the outcome of a rating (a commendation or a proposed handling), or remove it."""
    day = day_taken(on)
    if day is None:
        refuse_beside(f"--on {on}", commend=commend, handle=handle, meeting=meeting)
    act = _act(commend, handle, on)
    with current.writing() as session:
        from partyctl.records.reviews import ratings

        review, member = _of_person(session, year, name)
        if act is None:
            ratings.drop_outcome(session, review, member)
        else:
            said = ratings.Outcome(*act, meeting, day if on else None)
            day = ratings.settle(session, review, member, said, today()).taken_on
    done = act[0].label if act else ReviewStep.OUTCOME.label
    _say(review, f"{member.name} {done} {day or say('已取消', 'taken back')}", as_json=as_json)


def _act(commend: str | None, handle: str | None, on: str | None) -> tuple[OutcomeAct, str] | None:
    """Return the typed outcome, or None to remove the recorded outcome. Raises BadUsage."""
    if commend is not None and handle is not None:
        raise BadUsage(
            say(
                "--commend 和 --handle 只能写一个。", "Give either --commend or --handle, not both."
            ),
            "--commend …",
        )
    if commend is not None:
        return OutcomeAct.COMMEND, commend
    if handle is not None:
        return OutcomeAct.HANDLE, handle
    if on is not None and day_taken(on) is None:
        return None
    raise BadUsage(
        say("缺少：--commend 或 --handle", "Missing: --commend or --handle"), "--commend …"
    )


@app.command(help=say("更正开始评议的日期", "Correct the day the review was opened"))
def edit(review: OneReview, on: OpenedOn, as_json: AsJson = False) -> None:
    """Correct the day on which a review was opened; to correct another step, record it again."""
    with current.correcting() as session:
        from partyctl.records.reviews import reviews

        found = _found(session, review)
        reviews.take_step(session, found, ReviewStep.OPEN, on)
    _say(found, f"{ReviewStep.OPEN.label} {on}", as_json=as_json)
    tell_corrections(as_json=as_json)


add_void(app, Noun.REVIEW, "作废一年的评议", "Void a review", named=ONE_REVIEW)


def _found(session: "Session", named: str) -> "Review":
    from partyctl.records.common import finding
    from partyctl.records.reviews import reviews

    return reviews.numbered(session, finding.number(session, Noun.REVIEW, named))


@app.command(
    help=say(
        "某年评议的党员表：缺什么，各等次几人",
        "Show a year's review: members, grades, what is missing",
    )
)
@to_file("民主评议情况", "Review")
def status(review: OneReview, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Show each member's progress, what is missing, and the number of members in each grade."""
    from partyctl.cli.review.status import print_status

    with current.reading(as_of or today()) as reading:
        print_status(reading, review, as_json=as_json)


add_show(app, Noun.REVIEW, "查看一年的评议；--history 连同改动", "Show a review", named=ONE_REVIEW)


COLUMNS = (
    ID,
    field_column("year"),
    BRANCH,
    Column(told_of(ReviewStep.OPEN), "opened_on"),
    Column(told_of(ReviewStep.STUDY), "study_on"),
    Column(told_of(ReviewStep.MEETING), "meeting_on"),
    Column(told_of(ReviewStep.CLOSE), "closed_on"),
)


@app.command("list", help=say("列出各年的评议", "List the reviews"))
@to_file("民主评议", "Reviews")
def show_list(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """List the reviews, with the days of their steps."""
    with current.reading(as_of or today()) as reading:
        branch = current.branch_number(reading)
        rows = review_lists.reviews(reading.ledger, reading.on, branch)
    print_list(rows, COLUMNS, as_json=as_json)


add_verb(
    app,
    "import",
    "review.sheets.import_file",
    "从 Excel 导入自我总结和等次",
    "Import summaries and grades from Excel",
)
add_verb(
    app,
    "sheet",
    "review.sheets.sheet",
    "写出某年评议填报表，填好后用 import 收回",
    "Write a year's entry sheet: fill it in, then import it",
)
