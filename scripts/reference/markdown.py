"""A noun's page in Markdown, and the page that lists all of them."""

from collections.abc import Iterable, Iterator, Sequence

from partyctl.language import say, worded
from scripts.reference.exit_codes import EXIT_CODES
from scripts.reference.raised import AT_ANY_TIME
from scripts.reference.tree import Command, Noun, Parameter

BEFORE = 3
"""With this many commands or more, a noun's page begins with a list of them."""


def noun_page(noun: Noun) -> str:
    """A noun's page: its commands with their arguments, options and examples, and its exit codes."""
    alone = len(noun.commands) == 1 and noun.commands[0].typed.count(" ") < 2
    lines = [*_head(noun), noun.told.rstrip("。.") + say("。", "."), ""]
    if noun.name == "rules":
        lines += [
            say(
                "每条规则：[规则一览](rule-list.md)。",
                "All rules are in [the list of rules](rule-list.md).",
            ),
            "",
        ]
    if len(noun.commands) >= BEFORE:
        lines += table(
            (say("命令", "command"), say("做什么", "what it does")),
            [(f"[`{each.typed}`](#{_anchor(each.typed)})", each.told) for each in noun.commands],
        )
    for command in noun.commands:
        lines += [] if alone else [f"## {command.typed}", "", command.told, ""]
        lines += _command(command)
    if noun.name == "partyctl":
        lines += _environment()
    lines += _codes(noun)
    return "\n".join(lines).rstrip() + "\n"


def _head(noun: Noun) -> Iterator[str]:
    name = noun.name if noun.name == "partyctl" else f"partyctl {noun.name}"
    other = say(f"[English](../en/{noun.name}.md)", f"[中文](../zh/{noun.name}.md)")
    yield from (f"# {name}", "", f"[{say('全部命令', 'All commands')}](README.md) · {other}", "")


def _anchor(heading: str) -> str:
    return heading.lower().replace(" ", "-")


def _command(command: Command) -> Iterator[str]:
    yield from ("```", command.usage, "```", "")
    headings = (say("参数", "argument"), say("是什么", "what it is"))
    if command.arguments:
        yield from table(headings, map(_row, command.arguments))
    headings = (say("选项", "option"), say("是什么", "what it is"))
    if command.options:
        yield from table(headings, map(_row, command.options))
    for parameter in (*command.arguments, *command.options):
        if parameter.words:
            yield f"{_name(parameter)}{say('：', ': ')}{listed(parameter)}"
            yield ""
    yield from (say("例：", "Example:"), "", "```sh", *command.example, "```", "")


def _row(parameter: Parameter) -> tuple[str, str]:
    return f"`{parameter.shown}`", told(parameter)


def told(parameter: Parameter) -> str:
    """A parameter's help, followed in brackets by: required, may be repeated, default."""
    notes = []
    if parameter.is_required:
        notes.append(say("必填", "required"))
    if parameter.is_repeated and say("可重复", "repeat") not in parameter.told:
        notes.append(say("可重复", "may be repeated"))
    if parameter.default:
        notes.append(say(f"默认 {parameter.default}", f"default: {parameter.default}"))
    if not notes:
        return parameter.told
    return parameter.told + say(f"（{'，'.join(notes)}）", f" ({', '.join(notes)})")


def _name(parameter: Parameter) -> str:
    option = parameter.shown.split(" ")[0].rstrip(",")
    return f"`{option}`"


def listed(parameter: Parameter) -> str:
    """The words of a vocabulary in both languages; either may be typed."""
    return say("、", ", ").join(f"`{word}` {other}" for word, other in parameter.words)


def _environment() -> Iterator[str]:
    yield from (say("## 环境变量", "## Environment"), "")
    rows = [(f"`{name}`", say(*told)) for name, told in ENVIRONMENT.items()]
    yield from table((say("变量", "variable"), say("是什么", "what it is")), rows)


ENVIRONMENT = {
    "PARTYCTL_LEDGER": (
        "台账文件，没有写 --ledger 时",
        "The file of the ledger, if --ledger is not given",
    ),
    "PARTYCTL_LANG": (
        "en：用英文回答；默认中文",
        "`en` answers in English; the default is Chinese",
    ),
    "PARTYCTL_TZ": (
        "时区，决定“今天”是哪一天；默认 Asia/Shanghai",
        "The time zone that decides which day it is; the default is Asia/Shanghai",
    ),
    "PARTYCTL_OPTIONAL_LOCKS": (
        "0：查询不往台账里存答案，也不记下台账核对过",
        "`0`: a command that only reads writes nothing to the ledger, neither its answers "
        "nor a note that the rows were checked",
    ),
    "PARTYCTL_REMINDERS": ("提醒设置文件", "The file with the settings of the reminders"),
    "PARTYCTL_HUB": ("汇总处文件夹，没有写 --hub 时", "The hub's folder, if --hub is not given"),
    "PARTYCTL_CLERK": (
        "操作人姓名，和登录名一起记在日志里",
        "The clerk's name, which the journal records together with the login name",
    ),
}


def _codes(noun: Noun) -> Iterator[str]:
    """The part of a noun's page about exit codes."""
    always = say("、", ", ").join(map(str, sorted(AT_ANY_TIME)))
    yield from (say("## 退出码", "## Exit codes"), "")
    yield say(
        f"任何命令都可能：{always}（见[退出码](exit-codes.md)）。此外：",
        f"Every command can exit with {always} (see [exit codes](exit-codes.md)). The "
        "commands on this page can also exit with:",
    )
    yield ""
    heads = (say("退出码", "code"), say("含义", "meaning"), say("哪些命令", "which commands"))
    several = len(noun.commands) > 1
    rows = [(str(code), worded(EXIT_CODES[code]), whose) for code, whose in codes(noun)]
    shown = len(heads) if several else len(heads) - 1
    yield from table(heads[:shown], [row[:shown] for row in rows])


def codes(noun: Noun) -> list[tuple[int, str]]:
    """The exit codes of a noun's commands, each with the commands that can exit with it.

    Codes that any command can have are left out.
    """
    found = sorted({code for command in noun.commands for code in command.codes})
    return [(code, _whose(noun, code)) for code in found]


def _whose(noun: Noun, code: int) -> str:
    """The commands that can exit with a code: all, all except a few, or a list."""
    between = say("、", ", ")
    theirs = [f"`{each.typed}`" for each in noun.commands if code in each.codes]
    others = [f"`{each.typed}`" for each in noun.commands if code not in each.codes]
    if not others:
        return say("全部", "all")
    if len(others) < len(theirs):
        return say(f"除 {between.join(others)} 外全部", f"all but {between.join(others)}")
    return between.join(theirs)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table in Markdown, with a blank line after it."""
    yield f"| {' | '.join(headings)} |"
    yield "|---" * len(headings) + "|"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""


def index(nouns: Sequence[Noun]) -> str:
    """The introduction of the reference."""
    lines = [say("# 参考手册", "# Reference"), ""]
    lines += [say("[English](../en/README.md)", "[中文](../zh/README.md)"), ""]
    lines += [
        say(
            "本文件夹由 `make reference` 从程序自己的命令、规则和退出码写出；测试核对它与程序一致。",
            "`make reference` writes this folder from the program's own commands, rules "
            "and exit codes; a test checks that the folder agrees with the program.",
        ),
        "",
        say("## 命令", "## Commands"),
        "",
    ]
    rows = [(f"[`{each.name}`]({each.name}.md)", each.told) for each in nouns]
    lines += table((say("命令", "command"), say("做什么", "what it does")), rows)
    lines += [say("## 其他", "## More"), ""]
    lines += [f"- [{say(*title)}]({place})" for place, title in PAGES.items()]
    return "\n".join(lines) + "\n"


PAGES = {
    "rule-list.md": ("规则：编号、条款、要求", "Rules: identifier, clause, requirement"),
    "papers.md": (
        "文书：有哪些，两种语言各是什么样",
        "Papers: their kinds, and their form in each language",
    ),
    "exit-codes.md": ("退出码", "Exit codes"),
    "../../JSON.md": ("`--json` 的每个字段（英文）", "JSON: every field of `--json`"),
    "../../PRIVACY.md": (
        "个人信息：存什么、谁看得到（英文）",
        "Privacy: which data are stored, and who can see them",
    ),
    "../../coverage.md": (
        "逐条对照：97 条各落在哪里",
        "Coverage: how each of the 97 clauses is covered (Chinese)",
    ),
    "../../admission.md": ("发展党员：每一步的条件", "Admission: what each step needs (Chinese)"),
}
"""The other pages, by their paths."""
