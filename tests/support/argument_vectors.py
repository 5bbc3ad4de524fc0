"""Random arguments for tests: plausible arguments, hostile arguments, too many arguments and too few.

The result depends only on the given random generator, so that a failure can be repeated.
"""

import io
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import typer

from partyctl.cli.input.options import NAME
from partyctl.errors import PartyctlError
from partyctl.law.catalogue import CATALOGUE
from partyctl.terms import Term
from tests.support.command_tree import Command, Parameter, option_names, takes_a_file

PEOPLE = ("张三", "李四", "王五", "#1", "#2", "#3")
NAMES = (*PEOPLE, "周讲师", "赵六", "郑十", "第一小组", "机关支部", "东河村")
TEXTS = ("学习传达", "年度 工作", "12", "all", "members-meeting")
TERMS = tuple(
    word for kind in Term.__subclasses__() for each in kind for word in (each.value, each.chinese)
)
KNOWN = (
    "2026-01-05",
    "2026-02-10",
    "20260305",
    "2026年3月5日",
    "2026-11-01",
    "today",
    "昨天",
    "07:30",
    "25:00",
    "上周五",
    "2010-07-01",
    "1990-01-01",
    "2024-02-29",
    "2027-01-31",
    "无",
    "2026-01",
    "2026-02",
    "2026年3月",
    "2026-01..2026-06",
    "2026-Q1",
    "2026-H1",
    "2026",
    "2027",
    "bash",
    "zsh",
    "1",
    "2",
    "3",
    "#1",
    "#2",
    "1.5",
    "10",
    "76.50",
    "5100",
    "２００",
    "0",
    *TERMS,
    "members,lecture",
    "110101199001011237",
    "13800001234",
    *NAMES,
    *TEXTS,
    *(rule.id for rule in CATALOGUE),
)
"""Argument texts for all commands; a parameter gets only texts that its parser can read, or any
text if its parser can read none.
"""

SHAPED = {
    "--decision": (
        "换届=同意;3/3/2/0/1",
        "换届=",
        "年度 工作=同意",
        "=;",
        "a=b;1/1/1/0/0;9/9/9/0/0",
    ),
    "--absent": ("王五:病", "李四：出差", "王五:", ":病"),
    "--present": ("all", "2", "张三,李四", "张三、王五", ","),
    "--superior": ("general-branch=机关总支", "general-branch=二", "work-committee=市直工委", "="),
    "--cell": ("第一小组", "第二小组", "第三小组"),
    "--fill": ("文号=1号", "记录人＝张三", "文号", "="),
    "--template": ("inquiry.docx", "briefing.docx", "../x.docx", "none.docx"),
    "--by": ("relative", "亲属", "李四", "张三", "张三,李四", "board", "公开栏", "box", "监督电话"),
    "grade": ("excellent", "优秀", "qualified", "不合格", "好"),
    "--id-number": ("110101199001011237", "11010119900101123X", "-", "无"),
    "--post": ("discipline", "宣传委员", "branch-secretary", "支部书计"),
    "--of": ("member#1", "党员#2", "meeting#1", "dues#99", "nonsense#1"),
    "--reveal": ("id-number", "phone", "base", "from", "name", "facts", "nonsense"),
    "--with": ("张三,李四", "张三、王五", "张三", "#1,#2", "all", "张三,张三"),
    "--votes": ("3/3/3/0/0", "3/2/1/1/0", "3/3/3/1/0", "3/3", "a/b/c/d/e"),
    "--written": ("1/0/0", "0/0/0", "9/9/9", "1"),
    "--assign": ("secretary=张三", "person-in-charge=李四", "leader-in-charge=王五", "=", "x=张三"),
    "--subject": ("机关支部", "张三", "meeting#1", "#1", "review#1", "warning#1", "nonsense#1"),
    "--remind": ("7,2,0,+1,+7w", "none", "5,0,+1d", "2,7", "+7w,0"),
    "--every": ("month", "季度", "每半年", "year", "fortnight"),
    "--layer": ("national", "本局制度", "nonsense"),
    "--paper": ("application=柜2", "入党志愿书=柜3", "入党志愿书=无", "=", "无此材料=柜"),
    "--spoke": ("张三:话", "李四：要抓落实", "无此人:话", "没有冒号"),
    "--rule": ("members-meeting", "dues-full-amount", "dues", "nonsense"),
}
"""Values for parameters whose special syntax cannot be seen from the type of their parser."""

HOSTILE = (
    "",
    " ",
    "长" * 3_400,
    "a" * 10_000,
    "9" * 10_000,
    "\x00",
    "张\x00三",
    "\udc80",
    "\ud800三",
    "\u202e三张",
    "\u2066三",
    "مرحبا",
    "\u200b",
    "\ufeff",
    "🧑‍🌾",
    "𠮷",
    "\U0010ffff",
    "e\u0301",
    "[/x]",
    "[bold]三",
    "[link=file:///x]",
    "\x1b[2J",
    "\x1b]0;x\x07",
    "\x9b31m",
    "%s{0}$(id)",
    "=cmd|' /C calc'!A0",
    "+1",
    "@x",
    "../",
    "../x",
    "a/b",
    ".",
    "9999-99-99",
    "9999-12-31",
    "0000-00-00",
    "2199-12-31",
    "1900-01",
    "2026-02-30",
    "2026-13",
    "-0",
    "-1",
    "1e400",
    "NaN",
    "Infinity",
    "0x10",
    "1_000",
    "５²",
    "٣",
    "９９９９-９９",
    "1.005",
    "9223372036854775808",
    "#",
    "#0",
    "##1",
    "#99999999999999999999",
    "-",
    "--",
    "---",
    "-x",
    "--nonsense",
    "--json=1",
    ",",
    "，",
    ":",
    "=",
    ";",
    "\n",
    "\r\n",
    "赵\n六",
    "\u2028",
    "'",
    '"',
    "\\",
    "2026-06..2026-01",
)

Fill = Callable[[Path], tuple[str, ...]]


HOSTILE_FILES: dict[str, bytes] = {
    "noise.xlsx": bytes(range(256)) * 64,
    "cut.xlsx": b"PK\x03\x04" + b"\0" * 40,
    "deep.toml": b"a = " + b"[" * 5000 + b"]" * 5000,
    "number.toml": b"[channels]\na = " + b"9" * 5000,
    "nul.csv": b"\xe6\x97\xa5\xe6\x9c\x9f,\0\n2027-01-01,\0\n",
    "half.txt": "张三".encode()[:-1],
    "cut.db": b"SQLite format 3\0" + b"\0" * 84,
    "wide.csv": b"," * 100_000,
}
"""Contents of broken input files; a command that takes a file may get any of them."""


def _any_file(folder: Path) -> tuple[str, ...]:
    names = (
        "minutes.txt",
        "roster.xlsx",
        "empty",
        "gbk.txt",
        "folder",
        "new",
        "no/such",
        "copy.db",
        *HOSTILE_FILES,
    )
    return tuple(str(folder / name) for name in names)


def _as_minutes(folder: Path) -> tuple[str, ...]:
    return (*(f"@{name}" for name in _any_file(folder)), "学习传达", "@", "@\x00")


def _as_backup(folder: Path) -> tuple[str, ...]:
    kept = [str(each) for each in (folder / "kept").glob("*.db")]
    return (*kept * 10, str(folder / "kept"), *_any_file(folder))


def _as_key(folder: Path) -> tuple[str, ...]:
    return (*[str(folder / "new")] * 5, str(folder / "first.key"), *_any_file(folder))


def _as_roster(folder: Path) -> tuple[str, ...]:
    return (*[str(folder / "roster.xlsx")] * 10, *_any_file(folder))


SHEETS = {
    "dues": ("姓名 实交", "李四 10"),
    "meeting": ("会议类型 会议时间 主持人 应到 实到", "集中学习 2026-03-02 张三 3 3"),
    "talk": ("谈话时间 谈话人 谈话对象", "2026-03-02 张三 王五"),
    "applicant": ("姓名 申请时间 派人谈话时间", "钱九 2026-03-01 2026-03-10"),
    "review": ("姓名 评议结果", "王五 合格"),
    "disclosure": ("标题 种类 范围 责任人", "二季度通报 季度通报 对内 张三"),
}
"""A small sheet for every noun that has `import` and `sheet`, except `member`."""

SHEET_FILES = ("dues", "meetings", "talks", "applicants", "ratings", "disclosures")


def _as_sheet(folder: Path) -> tuple[str, ...]:
    return (*[str(folder / f"{name}.xlsx") for name in SHEET_FILES] * 2, *_any_file(folder))


def _as_settings(folder: Path) -> tuple[str, ...]:
    return (*[str(folder / "reminders.toml")] * 10, *_any_file(folder))


def _as_holidays(folder: Path) -> tuple[str, ...]:
    return (*[str(folder / "holidays.csv")] * 10, *_any_file(folder))


def _as_rules(folder: Path) -> tuple[str, ...]:
    return (*[str(folder / "rules.toml")] * 10, *_any_file(folder))


def _as_template(folder: Path) -> tuple[str, ...]:
    return ("inquiry.docx", "../minutes.txt", "none.docx", *_any_file(folder))


def _as_paper(folder: Path) -> tuple[str, ...]:
    names = ("new.docx", "new.xlsx", "there.docx", "folder")
    return tuple(str(folder / name) for name in names)


def _as_page(folder: Path) -> tuple[str, ...]:
    return tuple(str(folder / name) for name in ("new.html", "there.html", "folder", "new.docx"))


def _as_book(folder: Path) -> tuple[str, ...]:
    return tuple(str(folder / name) for name in ("new.pdf", "there.pdf", "folder", "new.docx"))


def _as_batch(folder: Path) -> tuple[str, ...]:
    return (str(folder / "batch.txt"), str(folder / "stops.txt"), "-", *_any_file(folder))


HUB_VERBS = ("enrol", "collect", "missing", "verify", "show", "report", "pass-up")

FILES: dict[tuple[str, str], Fill] = {
    ("partyctl", "ledger"): _any_file,
    ("meeting add", "minutes"): _as_minutes,
    ("meeting edit", "minutes"): _as_minutes,
    ("meeting hold", "minutes"): _as_minutes,
    ("meeting show", "minutes_to"): _any_file,
    ("warning letter", "output"): _any_file,
    ("paper list", "output"): _any_file,
    ("warning letter", "template"): _as_template,
    ("disclosure briefing", "output"): _any_file,
    ("disclosure briefing", "template"): _as_template,
    ("opinion register", "output"): _any_file,
    ("opinion register", "template"): _as_template,
    ("paper KIND", "output"): _as_paper,
    ("paper KIND", "template"): _as_template,
    ("report book", "output"): _as_book,
    ("report handover", "output"): _any_file,
    ("report inspection", "output"): _any_file,
    ("report month", "output"): _as_page,
    ("rollup report", "output"): _as_page,
    ("rollup extract", "output"): _any_file,
    ("rollup pass-up", "output"): _any_file,
    ("rollup init", "folder"): _any_file,
    ("rollup collect", "places"): _any_file,
    ("rollup compute", "ledgers"): _any_file,
    ("rollup compute", "output"): _any_file,
    **{(f"rollup {verb}", "hub"): _any_file for verb in HUB_VERBS},
    ("report year", "output"): _as_page,
    ("schedule print", "config"): _as_settings,
    ("schedule install", "config"): _as_settings,
    ("member import", "file"): _as_roster,
    **{(f"{noun} import", "file"): _as_sheet for noun in SHEETS},
    **{(f"{noun} sheet", "output"): _any_file for noun in SHEETS},
    ("member sheet", "output"): _any_file,
    ("calendar holidays import", "file"): _as_holidays,
    ("rules import", "file"): _as_rules,
    ("remind send", "config"): _as_settings,
    ("remind test", "config"): _as_settings,
    ("remind status", "config"): _as_settings,
    ("remind secret", "config"): _as_settings,
    ("remind secret", "file"): _any_file,
    ("batch", "file"): _as_batch,
    ("backup make", "folder"): _any_file,
    ("backup list", "folder"): _as_backup,
    ("backup verify", "place"): _as_backup,
    ("restore", "file"): _as_backup,
    ("init", "key_file"): _as_key,
    ("encrypt", "key_file"): _as_key,
    ("rekey", "key_file"): _as_key,
    ("journal verify", "anchors"): _any_file,
}
"""Arguments for every parameter that takes a file; all paths are in the test's own folder."""

LISTS = """
    applicant list, applicant next, backup list, branch list, calendar coming,
    calendar holidays list, cell list, check, contact list, disclosure directory,
    disclosure list, dues book, dues list, dues status, journal list, meeting attendance, meeting list,
    member list, opinion list, plan list, rectify list, remind log, remind status,
    review list, review status, rollup missing, rollup show, rollup verify,
    rules compare, rules coverage, rules history, rules list,
    staff list, status, talk list, talk matrix, waive list, warning list
"""
"""The lists that can be written to a file with -o FILE."""

FILES |= {(name.strip(), "output"): _any_file for name in LISTS.split(",")}


SETTINGS = """
[channels.notes]
kind = "file"
folder = "notes"

[channels.mail]
kind = "mail"
server = "127.0.0.1"
port = 9
from = "partyctl@example.cn"
user = "partyctl@example.cn"
secret_file = "mail.secret"

[recipients.office]
notes = true
"""
"""Reminder settings: a channel that always works, and a mail channel whose server does not exist."""

BEFORE = {
    "decrypt": "encrypt --key-file {folder}/first.key",
    "rekey": "encrypt --key-file {folder}/first.key",
}
"""For each command that needs an encrypted ledger, the command that encrypts the ledger first."""


CRONTAB = """#!/bin/sh
umask 077
spool="${0%/*}/spool"
case "$1" in
-l) cat "$spool" 2>&- || { echo "no crontab for $(id -un)" >&2; exit 1; } ;;
-) cat >"$spool.new" && mv "$spool.new" "$spool" ;;
*) exit 2 ;;
esac
"""
"""A `crontab` program that uses a file next to it as the spool."""


def put_crontab(folder: Path) -> Path:
    """Put a `crontab` program for tests into a folder; return the file that the program writes."""
    folder.mkdir(mode=0o700)
    (folder / "crontab").write_text(CRONTAB)
    (folder / "crontab").chmod(0o700)
    return folder / "spool"


def furnish(folder: Path, ledger: Path) -> None:
    """Create the files that FILES names, and a working directory two levels deep, so that ../ stays
    in the folder.
    """
    shutil.copytree(ledger.parent / "kept", folder / "kept")
    (folder / "minutes.txt").write_text("记录", encoding="utf-8")
    (folder / "gbk.txt").write_bytes("会议记录".encode("gb18030"))
    (folder / "empty").touch()
    (folder / "rules.toml").write_text('[rules.members-meeting]\nevery = "quarter"\n')
    for name, text in (("reminders.toml", SETTINGS), ("secret", "s3cret\n")):
        (folder / name).write_text(text)
        (folder / name).chmod(0o600)
    (folder / "holidays.csv").write_text("日期,安排\n2027-01-01,放假\n2027-02-14,上班\n")
    (folder / "batch.txt").write_text("member list\n# 注释\ncheck --month 2026-03\n")
    (folder / "stops.txt").write_text("member list\nmember add '\x00'\n")
    for name, content in workbooks().items():
        (folder / f"{name}.xlsx").write_bytes(content)
    for name, content in HOSTILE_FILES.items():
        (folder / name).write_bytes(content)
    (folder / "copy.db").write_bytes(ledger.read_bytes())
    (folder / "folder" / "here").mkdir(parents=True)
    put_crontab(folder / "bin")


@cache
def workbooks() -> dict[str, bytes]:
    """A roster and a small sheet of each kind, as Excel files, written only once."""
    roster = ("姓名 入党日期 电话", "钱一 2019-07-01 13800001234", "钱二 2020-07-01")
    found = {}
    for name, lines in zip(("roster", *SHEET_FILES), (roster, *SHEETS.values()), strict=True):
        book, content = openpyxl.Workbook(), io.BytesIO()
        assert book.active is not None
        for row in lines:
            book.active.append(row.split())
        book.save(content)
        found[name] = content.getvalue()
    return found


class Vectors:
    """Command lines of one command, without the program's name.

    Every second line has exactly one hostile value, until every hostile value was tried for every
    parameter that takes a value. The other lines are random. A broken file does not count as a
    hostile value.
    """

    def __init__(self, command: Command, folder: Path) -> None:
        valued = [each for each in command.parameters if not getattr(each, "is_flag", False)]
        self.command = command
        self.folder = folder
        self.turns = [(parameter, value) for value in HOSTILE for parameter in valued]

    def number(self, rng: random.Random, number: int) -> list[str]:
        """The nth command line, for a given n; it depends only on n and the generator's state."""
        turn, is_random = divmod(number, 2)
        if is_random or turn >= len(self.turns):
            return self._line(rng, hostility=rng.choice((0, 0.1, 0.5)))
        return self._line(rng, hostility=0, planted=self.turns[turn])

    def harmless(self, rng: random.Random) -> list[str]:
        """A command line without a value from HOSTILE; the command can still refuse it."""
        return self._line(rng, hostility=0)

    def _line(
        self,
        rng: random.Random,
        hostility: float,
        planted: tuple[Parameter, str] | None = None,
    ) -> list[str]:
        arguments: list[list[str]] = []
        options: list[list[str]] = []
        for parameter in self.command.parameters:
            if planted and parameter is planted[0]:
                values = [planted[1]]
            else:
                times = _times(rng, parameter, hostility, 0.05 if planted else 0.2)
                values = [self._value(rng, parameter, hostility) for _ in range(times)]
            where = options if option_names(parameter) else arguments
            where += [_typed(rng, parameter, value) for value in values]
        rng.shuffle(options)
        if rng.random() < hostility / 4:
            options.append([rng.choice(HOSTILE + KNOWN)])
        if options and rng.random() < hostility / 4:
            options[-1] = options[-1][:1]  # the line ends with an option that lacks its value
        before = rng.randint(0, len(options))
        ordered = [*options[:before], *arguments, *options[before:]]
        is_to_start = str(self.command) == "init" and rng.random() < 0.3
        elsewhere = ["--ledger", str(self.folder / "new.db")] if is_to_start else []
        return [*elsewhere, *self.command.typed, *(word for part in ordered for word in part)]

    def _value(self, rng: random.Random, parameter: Parameter, hostility: float) -> str:
        if takes_a_file(parameter):
            fill = FILES.get((str(self.command), parameter.name or ""), _any_file)
            return rng.choice(fill(self.folder))
        if rng.random() < hostility:
            return rng.choice(HOSTILE)
        return rng.choice(plausible(parameter) or KNOWN)


def _times(rng: random.Random, parameter: Parameter, hostility: float, if_optional: float) -> int:
    """The number of times that a parameter is typed."""
    if parameter.required:
        return 0 if rng.random() < hostility / 8 else 1
    often = 2 if getattr(parameter, "multiple", False) or rng.random() < hostility / 8 else 1
    return often if rng.random() < if_optional else 0


def _typed(rng: random.Random, parameter: Parameter, value: str) -> list[str]:
    names = option_names(parameter)
    if not names:
        return [value]
    name = rng.choice(names)
    if getattr(parameter, "is_flag", False):
        return [name]
    return [f"{name}={value}"] if rng.random() < 0.3 else [name, value]


def plausible(parameter: Parameter) -> tuple[str, ...]:
    """The texts to try for a parameter: from SHAPED, or known texts that its parser accepts."""
    for name in (*option_names(parameter), parameter.name):
        if name in SHAPED:
            return SHAPED[name]
    if parameter.type.name != "str":
        return _readable(Reading(parameter.type))
    return (*PEOPLE, *NAMES) if parameter.metavar == NAME else (*NAMES, *TEXTS)


class Reading:
    """A key for a parameter's type; two types have the same key if the same function parses their values."""

    def __init__(self, kind: Any) -> None:
        self.kind = kind
        self.function = getattr(kind, "func", kind)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reading) and self.function == other.function

    def __hash__(self) -> int:
        return hash(self.function)


@cache
def _readable(reading: Reading) -> tuple[str, ...]:
    found = []
    for text in KNOWN:
        with suppress(PartyctlError, typer.BadParameter):
            reading.kind.convert(text, None, None)
            found.append(text)
    return tuple(found)


def bent(line: list[str], rng: random.Random) -> list[str]:
    """A command line in which one word is changed, left out or repeated."""
    if not line:
        return [rng.choice(HOSTILE)]
    place = rng.randrange(len(line))
    instead = rng.choice(([rng.choice(HOSTILE)], [rng.choice(KNOWN)], [], [line[place]] * 2))
    return [*line[:place], *instead, *line[place + 1 :]]
