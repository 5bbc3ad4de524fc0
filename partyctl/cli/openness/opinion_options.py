"""The options of `partyctl opinion`, and the functions that parse them."""

from datetime import date
from typing import Annotated

import typer

from partyctl.cli.input.options import TEXT, any_day, listed, past_day
from partyctl.cli.member.options import read_secret
from partyctl.language import say
from partyctl.terms import OpinionChannel, OpinionClass, OpinionStep, ReferredTo, read_term


def read_class(text: str) -> OpinionClass:
    """Parse a class of opinions."""
    return read_term(OpinionClass, text, of=say("意见类别", "class"))


def read_channel(text: str) -> OpinionChannel:
    """Parse the channel through which an opinion came."""
    return read_term(OpinionChannel, text, of=say("意见渠道", "channel"))


def read_body(text: str) -> ReferredTo:
    """Parse the body that decides on an opinion."""
    return read_term(ReferredTo, text, of=say("提交对象", "body"))


def read_step(text: str) -> OpinionStep:
    """Parse a step in the handling of an opinion."""
    return read_term(OpinionStep, text, of=say("办理步骤", "step"))


CLASS, CHANNEL = "|".join(OpinionClass), "|".join(OpinionChannel)
BODY, STEP = "|".join(ReferredTo), "|".join(OpinionStep)
WHO = say(
    "提出人（保密；- 从标准输入读）", "the submitter (confidential; - reads it from standard input)"
)

Words = Annotated[str, typer.Argument(metavar=TEXT, help=say("意见内容", "what was said"))]
NewWords = Annotated[
    str | None, typer.Option("--text", metavar=TEXT, help=say("意见内容", "what was said"))
]
Received = Annotated[
    date, past_day("--received", say("收到日期", "the day the opinion was received"))
]
NewReceived = Annotated[
    date | None, past_day("--received", say("收到日期", "the day the opinion was received"))
]
Class = Annotated[
    OpinionClass,
    typer.Option("--class", parser=read_class, metavar=CLASS, help=listed(OpinionClass)),
]
NewClass = Annotated[
    OpinionClass | None,
    typer.Option("--class", parser=read_class, metavar=CLASS, help=listed(OpinionClass)),
]
Channel = Annotated[
    OpinionChannel | None,
    typer.Option(
        "--by",
        parser=read_channel,
        metavar=CHANNEL,
        help=listed(OpinionChannel),
    ),
]
From = Annotated[
    str | None, typer.Option("--from", parser=read_secret, metavar=f"{TEXT}|-", help=WHO)
]
NewFrom = Annotated[
    str | None,
    typer.Option(
        "--from",
        parser=read_secret,
        metavar=f"{TEXT}|-",
        help=say(f"{WHO}；写“无”即清除", f"{WHO}; write “none” to clear it"),
    ),
]
To = Annotated[
    ReferredTo,
    typer.Option(
        "--to",
        parser=read_body,
        metavar=BODY,
        help=say(
            "提交给谁：leading 局党组、branch 党支部",
            "who decides: leading is the leading group, branch is the branch",
        ),
    ),
]
Until = Annotated[date, any_day("--until", say("延到哪一天", "the new deadline"))]
Why = Annotated[
    str, typer.Option("--reason", metavar=TEXT, help=say("延期原因", "the reason for the delay"))
]
Result = Annotated[
    str | None, typer.Option("--result", metavar=TEXT, help=say("办理结果", "the result"))
]
SubmitterTold = Annotated[
    bool,
    typer.Option("--told", help=say("当天已告知本人", "the submitter was told on the same day")),
]
Published = Annotated[
    bool,
    typer.Option(
        "--published", help=say("当天已公布结果", "the result was published on the same day")
    ),
]
NotTaken = Annotated[
    list[OpinionStep] | None,
    typer.Option(
        "--not",
        parser=read_step,
        metavar=STEP,
        help=say(
            "其实没有办这一步（去掉最近一次）",
            "void the latest record of this step: the step did not happen",
        ),
    ),
]
OfClass = Annotated[
    OpinionClass | None,
    typer.Option(
        "--class", parser=read_class, metavar=CLASS, help=say("只列这一类", "this class only")
    ),
]
