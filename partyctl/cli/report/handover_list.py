"""交接清单 (the handover list): open duties, cases and opinions, places of papers, the schedule."""

from collections.abc import Mapping
from typing import Any

from partyctl.bilingual import Told
from partyctl.cli.check.judging import found
from partyctl.cli.paper.admission_sources import kept_papers, open_duty
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.errors import PartyctlError
from partyctl.language import say, spaced, worded
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.engine.known import as_word
from partyctl.law.engine.owed import ONLY_OPEN
from partyctl.ledger.reading import opinions, warnings
from partyctl.papers.forms.registers import Column, Object, Register, numbered
from partyctl.papers.labels import as_of
from partyctl.reminders import schedule, settings, settings_file
from partyctl.reminders.settings import SCREEN
from partyctl.terms import OpinionClass, WarningLevel, stored_term

NUMBER = Column("序号", 6)
OPEN = (
    NUMBER,
    Column("期限", 13),
    Column("事项", 40),
    Column("对象", 24),
    Column("状态", 16),
    Column("依据", 26),
)
CASES = (
    NUMBER,
    Column("案件", 10),
    Column("防范方式", 14),
    Column("发出", 13),
    Column("到哪一步", 24),
)
OPINIONS = (
    NUMBER,
    Column("意见", 10),
    Column("类别", 10),
    Column("收到", 13),
    Column("内容", 50),
    Column("到哪一步", 24),
)
KEPT = (NUMBER, Column("类别", 14), Column("材料", 34), Column("对象", 14), Column("存放", 60))
RUNNING = (NUMBER, Column("项目", 20), Column("现在", 60), Column("接手后", 60))


def handover_registers(reading: Reading) -> list[Register]:
    """Return the sheets of the handover list."""
    about = spaced(reading.organ.name, as_of(reading.on))
    only_numbers = spaced(about, say("只列编号", "by number only"))
    nobody_named = spaced(about, say("不列提出人", "without who gave them"))
    return [
        Register(say("未了事项", "Open duties"), about, OPEN, numbered(_open(reading))),
        Register(say("防范案件", "Warning cases"), only_numbers, CASES, numbered(_cases(reading))),
        Register(say("意见建议", "Opinions"), nobody_named, OPINIONS, numbered(_opinions(reading))),
        Register(say("材料存放", "Where papers are kept"), about, KEPT, numbered(_kept(reading))),
        Register(
            say("提醒和计划任务", "Reminders and schedule"), about, RUNNING, numbered(running())
        ),
    ]


def _open(reading: Reading) -> list[Object]:
    judged = reading.judged(current.branch())
    owed = [item.obligation for item in found(reading, judged, list(CATALOGUE), None, ONLY_OPEN)]
    rows = [open_duty(each, reading) for each in owed]
    rows = [
        {name: row[name] for name in ("期限", "事项", "对象", "状态")} | {"依据": row["依据或存放"]}
        for row in rows
    ]
    return sorted(rows, key=lambda row: (row["期限"], row["依据"], row["事项"]))


def _cases(reading: Reading) -> list[Object]:
    """Return the cases that are not archived yet, identified by number only."""
    return [
        {
            "案件": f"#{each['id']}",
            "防范方式": stored_term(WarningLevel, each["level"]).label,
            "发出": each["issued_on"],
            "到哪一步": _reached(each, CASE_STEPS) or say("已发出", "issued"),
        }
        for each in warnings.warnings(reading.ledger, reading.on)
        if each["archived_on"] is None
    ]


CASE_STEPS = (
    ("closed_on", Told("已结案", "closed")),
    ("replied_on", Told("已回复", "replied")),
    ("delivered_on", Told("已送达", "delivered")),
)
OPINION_STEPS = (
    ("settled_on", Told("已办结", "settled")),
    ("delayed_until", Told("延期至", "delayed until")),
    ("referred_on", Told("已提交研究", "referred")),
)


def _reached(record: Mapping[str, Any], steps: tuple[tuple[str, Told], ...]) -> str:
    """Return the latest step of a record, with its date, or "" if the record has no step.

    In `steps`, the latest step comes first.
    """
    return next((f"{worded(step)} {record[day]}" for day, step in steps if record[day]), "")


def _opinions(reading: Reading) -> list[Object]:
    """Return the open opinions, without submitters."""
    return [
        {
            "意见": f"#{each['id']}",
            "类别": stored_term(OpinionClass, each["class"]).label,
            "收到": each["received_on"],
            "内容": each["text"],
            "到哪一步": _reached(each, OPINION_STEPS) or say("已收到", "received"),
        }
        for each in opinions.opinions(reading.ledger, reading.on, open_only=True)
    ]


def _kept(reading: Reading) -> list[Object]:
    return [
        {"类别": row["类别"], "材料": row["事项"], "对象": row["对象"], "存放": row["依据或存放"]}
        for row in kept_papers(reading)
    ]


def running() -> list[Object]:
    """Return this user's reminder channels and schedule, for the successor to set up again."""
    place = settings.default_place()
    rows = [
        {
            "项目": say(f"提醒渠道 {name}", f"channel {name}"),
            "现在": kind,
            "接手后": say(
                f"写进自己的 {place.name}；密码另存：partyctl remind secret {as_word(name)}",
                f"write the channel into your own {place.name}; store its password "
                f"separately: partyctl remind secret {as_word(name)}",
            ),
        }
        for name, kind in _channels()
    ]
    rows.append(
        {
            "项目": say("计划任务", "schedule"),
            "现在": _schedule(),
            "接手后": "partyctl schedule install",
        }
    )
    return rows


def _channels() -> list[tuple[str, str]]:
    try:
        told = settings_file.read(settings.default_place())
    except PartyctlError as error:
        return [(say("（设置读不出来）", "(settings cannot be read)"), error.sentence)]
    return [(name, str(channel.kind)) for name, channel in told.channels.items() if name != SCREEN]


def _schedule() -> str:
    from partyctl.reminders import crontab

    try:
        lines = schedule.block_of(crontab.read(), current.ledger_path())
    except PartyctlError as error:
        return error.sentence
    return lines[0] if lines else say("没有装", "none")
