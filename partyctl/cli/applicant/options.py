"""The options of `partyctl applicant`, and the functions that parse them."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from partyctl.cli.input.dates import is_none
from partyctl.cli.input.options import DATE, NUMBER, TEXT, any_day, listed, past_day, read_number
from partyctl.cli.input.people import NAMES, read_people
from partyctl.cli.input.people import Names as People
from partyctl.cli.meeting.options import read_half_hours
from partyctl.cli.meeting.step_options import Names, read_names
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.law.chapters.admission import FILED_WITH
from partyctl.terms import AdmissionStep, DossierPaper, Result, Superior, read_term


def read_step(text: str) -> AdmissionStep:
    """Parse a step of an admission."""
    return read_term(AdmissionStep, text, of=say("步骤", "step"))


def read_result(text: str) -> Result:
    """Parse the result of a step."""
    return read_term(Result, text, of=say("结果", "result"))


def require_facts(step: AdmissionStep, names: object, until: object) -> None:
    """Raise MissingFact if mentors or introducers lack names, or an extension has no last day."""
    if step in (AdmissionStep.MENTORS, AdmissionStep.INTRODUCERS) and not names:
        raise MissingFact(Question("--with", say("是谁（姓名,姓名）", "who (NAME,NAME)")))
    if step is AdmissionStep.EXTENSION and until is None:
        raise MissingFact(Question("--until", say("延长到哪一天", "the last day of the extension")))


def excluded_from(names: Names | None, votes: str | None) -> Names:
    """Return the people excluded from a vote.

    Raises MissingFact if people are excluded, but the result of the vote is not given.
    """
    if names is not None and votes is None:
        raise MissingFact(Question("--votes", say("应到/实到/赞成/反对/弃权", "the votes")))
    return names or Names()


def require_use(override: str | None, overridden: Sequence[str | None]) -> None:
    """Raise BadUsage if a reason to override conditions is given, but no step needed it.

    `overridden`: the reason recorded with each step, or None if the step met its conditions.
    """
    if override is not None and not any(overridden):
        raise BadUsage(
            say(
                "前置条件都齐了，--override 不起作用。",
                "All preconditions are met, so --override would be ignored.",
            ),
            say("去掉 --override", "leave out --override"),
        )


class Superiors(tuple[Superior, ...]):
    """The superiors who received a report.

    This is a separate class, because Typer would read a plain tuple as several arguments.
    """

    __slots__ = ()


def read_superiors(text: str) -> Superiors:
    """Parse the superiors who received a report, such as general-branch,organ-committee.

    Raises BadUsage.
    """
    typed = text.replace("，", ",").replace("、", ",").split(",")
    found = Superiors(
        read_term(Superior, each, of=say("上级党组织", "superior"))
        for each in typed
        if each.strip()
    )
    if not found or any(each not in FILED_WITH for each in found):
        raise BadUsage(
            say(
                f"“{text}”不是报备的对象：报{listed(FILED_WITH)}。",
                f"Reports do not go to “{text}”; they go to {listed(FILED_WITH)}.",
            ),
            f"--to {','.join(FILED_WITH)}",
        )
    return found


def read_kept(text: str) -> tuple[DossierPaper, str | None]:
    """Parse PAPER=WHERE: a paper, and the place where it is kept.

    The place is None if WHERE is 无 or none; this clears the recorded place. Raises BadUsage.
    """
    name, equals, where = text.replace("＝", "=").partition("=")
    if not (equals and where.strip()):
        raise BadUsage(
            say(f"“{text}”应写成 材料=存放地点。", f"Write PAPER=WHERE, not “{text}”."),
            "--paper application=…",
        )
    paper = read_term(DossierPaper, name, of=say("入党材料", "paper"))
    return paper, None if is_none(where) else where


Papers = Annotated[
    list[str] | None,
    typer.Option(
        "--paper",
        metavar=say("材料=存放地点", "PAPER=WHERE"),
        help=say(
            "入党材料存在哪里；写“无”即清除",
            "where a paper of the dossier is kept (write “none” to clear it)",
        ),
    ),
]
Applicants = Annotated[
    People,
    typer.Argument(
        parser=read_people,
        metavar=NAMES,
        help=say("姓名，或 #编号；几个人用逗号隔开", "names or #IDs, separated by commas"),
    ),
]
StepArgument = Annotated[
    AdmissionStep,
    typer.Argument(
        parser=read_step,
        metavar="STEP",
        help=listed(AdmissionStep),
    ),
]
Applied = Annotated[date, past_day("--applied", say("申请日期", "the day of the application"))]
NewApplied = Annotated[
    date | None, past_day("--applied", say("申请日期", "the day of the application"))
]
With = Annotated[
    Names | None,
    typer.Option(
        "--with",
        parser=read_names,
        metavar=say("姓名,姓名", "NAME,NAME"),
        help=say(
            "培养联系人、介绍人、谈话人",
            "the mentors, the introducers, or the people who held the talk",
        ),
    ),
]
MeetingNumber = Annotated[
    int | None,
    typer.Option(
        "--meeting",
        parser=read_number,
        metavar=NUMBER,
        help=say("哪次会议的编号", "the ID of the meeting"),
    ),
]
VotesText = Annotated[
    str | None,
    typer.Option(
        "--votes",
        metavar="12/10/9/0/1",
        help=say("应到/实到/赞成/反对/弃权", "due/present/for/against/abstained"),
    ),
]
Written = Annotated[
    str | None,
    typer.Option(
        "--written",
        metavar="1/0/0",
        help=say("书面意见：赞成/反对/弃权", "written opinions: for/against/abstained"),
    ),
]
UntilDay = Annotated[
    date | None,
    any_day(
        "--until",
        say(
            "最后一天：延长、公示、培训",
            "the last day of an extension, a publicity period or a training course",
        ),
    ),
]
ResultOption = Annotated[
    Result | None,
    typer.Option(
        "--result",
        parser=read_result,
        metavar="pass|fail",
        help=say("结果（默认 pass 通过）", "the result (default: pass)"),
    ),
]
To = Annotated[
    Superiors | None,
    typer.Option(
        "--to",
        parser=read_superiors,
        metavar="SUPERIOR,…",
        help=say(
            "报给谁（默认党总支和机关党委）",
            "the superiors who received the report (default: general branch, organ committee)",
        ),
    ),
]
SignedOn = Annotated[
    date | None,
    past_day(
        "--signed-on",
        say(
            "决议填入志愿书并签名的日期",
            "the day the resolution was written into the form and signed",
        ),
    ),
]
Hours = Annotated[
    int | None,
    typer.Option(
        "--hours", parser=read_half_hours, metavar="H", help=say("培训学时", "hours of training")
    ),
]
Note = Annotated[str | None, typer.Option("--note", metavar=TEXT, help=say("说明", "a note"))]
Override = Annotated[
    str | None,
    typer.Option(
        "--override",
        metavar=TEXT,
        help=say(
            "缺前置条件仍要登记的原因（留下不合规）",
            "why the step is recorded although a precondition is missing (the step is "
            "then a breach)",
        ),
    ),
]
VoidStep = Annotated[
    str | None,
    typer.Option(
        "--void", metavar=TEXT, help=say("作废这一步，写明原因", "void this step; give the reason")
    ),
]
NewBirth = Annotated[
    str | None,
    typer.Option(
        "--birth",
        metavar=DATE,
        help=say("出生日期；写“无”即清除", "date of birth (write “none” to clear it)"),
    ),
]
NewSignedOn = Annotated[
    str | None,
    typer.Option(
        "--signed-on",
        metavar=DATE,
        help=say(
            "决议签名日期；写“无”即清除",
            "the day the resolution was signed (write “none” to clear it)",
        ),
    ),
]
NewClosed = Annotated[
    str | None,
    typer.Option(
        "--closed",
        metavar=DATE,
        help=say(
            "终止日期；写“无”即恢复发展", "the day the admission ended (write “none” to reopen it)"
        ),
    ),
]
