"""The options of `partyctl warning`, and the functions that parse them."""

from datetime import date
from typing import Annotated

import typer

from partyctl.cli.input.options import NAME, TEXT, listed, past_day, read_number
from partyctl.errors import BadUsage
from partyctl.language import say, semicolon_list, worded
from partyctl.terms import WARNING_CATEGORIES, WarningLevel, WarningStep, read_term
from partyctl.text import half_width


def read_level(text: str) -> WarningLevel:
    """Parse the level of a letter."""
    return read_term(WarningLevel, text, of=say("防范方式", "letter"))


def read_step(text: str) -> WarningStep:
    """Parse a step of a case."""
    return read_term(WarningStep, text, of=say("防范步骤", "step"))


def read_category(text: str) -> int:
    """Parse the category of a case: the number, 1 to 9, of a matter in 防范·三. Raises BadUsage."""
    number = read_number(half_width(text))
    if number not in WARNING_CATEGORIES:
        last = max(WARNING_CATEGORIES)
        raise BadUsage(
            say(
                f"防范内容“{text}”不在 1 到 {last} 之间[防范·三]。",
                f"The category “{text}” is not one of 1 to {last} [防范·三].",
            ),
            semicolon_list(f"{n} {worded(content)}" for n, content in WARNING_CATEGORIES.items()),
        )
    return number


LEVEL, STEP = "|".join(WarningLevel), "|".join(WarningStep)
NAMES = say("姓名,姓名", "NAME,NAME")
LEVEL_HELP = listed(WarningLevel)
CATEGORY_HELP = say("防范内容的编号（防范·三）", "the category under 防范·三, a number from 1 to 9")
FACTS, SCOPE = say("事实", "the facts"), say("防范范围（防范·二）", "the scope (防范·二)")
SOURCE = say("来源", "where the information came from")
BY_HELP = say(
    "谈话人，第一个为主谈人", "the people who held the talk; write first the person who led it"
)

Level = Annotated[
    WarningLevel, typer.Option("--level", parser=read_level, metavar=LEVEL, help=LEVEL_HELP)
]
NewLevel = Annotated[
    WarningLevel | None, typer.Option("--level", parser=read_level, metavar=LEVEL, help=LEVEL_HELP)
]
Category = Annotated[
    int, typer.Option("--category", parser=read_category, metavar="1..9", help=CATEGORY_HELP)
]
NewCategory = Annotated[
    int | None, typer.Option("--category", parser=read_category, metavar="1..9", help=CATEGORY_HELP)
]
Facts = Annotated[str, typer.Option("--facts", metavar=TEXT, help=FACTS)]
NewFacts = Annotated[str | None, typer.Option("--facts", metavar=TEXT, help=FACTS)]
Scope = Annotated[str | None, typer.Option("--scope", metavar=TEXT, help=SCOPE)]
Source = Annotated[str | None, typer.Option("--source", metavar=TEXT, help=SOURCE)]
Post = Annotated[
    str | None,
    typer.Option(
        "--post",
        metavar=TEXT,
        help=say("当时的单位职务", "the person's unit and post on the day of issue"),
    ),
]
ApprovedBy = Annotated[
    str | None,
    typer.Option(
        "--approved-by",
        metavar=NAME,
        help=say("批准人（主要领导）", "the principal leader who approved the letter"),
    ),
]
ApprovedOn = Annotated[
    date | None, past_day("--approved-on", say("批准日期", "the day of approval"))
]
NewIssued = Annotated[date | None, past_day("--on", say("发出日期", "the day of issue"))]
By = Annotated[str, typer.Option("--by", metavar=NAMES, help=BY_HELP)]
NewBy = Annotated[str | None, typer.Option("--by", metavar=NAMES, help=BY_HELP)]
Notified = Annotated[
    date | None,
    past_day("--notified", say("书面通知本人的日期", "the day the person was notified in writing")),
]
Outline = Annotated[
    str | None,
    typer.Option("--outline", metavar=TEXT, help=say("谈话提纲", "the outline of the talk")),
]
Place = Annotated[
    str | None, typer.Option("--place", metavar=TEXT, help=say("谈话地点", "the place of the talk"))
]
LeadReason = Annotated[
    str | None,
    typer.Option(
        "--lead-reason",
        metavar=TEXT,
        help=say(
            "不由党组书记主谈的原因", "why the secretary of the leading group did not lead the talk"
        ),
    ),
]
Unclear = Annotated[
    bool,
    typer.Option(
        "--unclear",
        help=say("问题没有说清，需复谈", "the matter is still unclear, so another talk is due"),
    ),
]
NewUnclear = Annotated[
    bool | None,
    typer.Option(
        "--unclear/--clear",
        help=say("问题没有说清，或已说清", "whether the matter is still unclear, or is clear now"),
    ),
]
Promise = Annotated[
    str | None,
    typer.Option(
        "--promise", metavar=TEXT, help=say("本人承诺（询问函）", "what was promised (inquiry)")
    ),
]
Demand = Annotated[
    str | None,
    typer.Option(
        "--demand",
        metavar=TEXT,
        help=say(
            "整改要求（警示诫勉、责令纠错）",
            "what the person must do (admonition, order to correct)",
        ),
    ),
]
Note = Annotated[str | None, typer.Option("--note", metavar=TEXT, help=say("说明", "a note"))]
Volume = Annotated[
    str,
    typer.Option(
        "--volume",
        metavar="NO",
        help=say("卷号；一人一卷", "the number of the person's file (each person has one file)"),
    ),
]
TalkOn = Annotated[date, past_day("--on", say("哪一天的谈话", "the talk's day"))]
NotTaken = Annotated[
    list[WarningStep] | None,
    typer.Option(
        "--not",
        parser=read_step,
        metavar=STEP,
        help=say("其实没有这一步", "void this step, which did not happen"),
    ),
]
Revealed = Annotated[
    list[str] | None,
    typer.Option(
        "--reveal",
        metavar="name",
        help=say(
            "显示姓名（记入日志）", "show the names; the journal records that they were shown"
        ),
    ),
]
