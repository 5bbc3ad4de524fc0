"""The pages of rules and exit codes, from the program's own tables."""

from collections.abc import Iterator

from partyctl.cli.paper.kinds import KINDS
from partyctl.errors import EXIT_CODES
from partyctl.language import say
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.changes.rulebook import duty_in_words
from partyctl.law.engine.rule import Rule
from partyctl.law.sources.clauses import CHAPTER_OF
from partyctl.law.sources.texts import text_of
from partyctl.typed import typed
from scripts.reference.markdown import table


def exit_codes_page() -> str:
    """Every exit code with its meaning."""
    lines = [say("# 退出码", "# Exit codes"), ""]
    lines += [
        say(
            "[全部命令](README.md) · [English](../en/exit-codes.md)",
            "[All commands](README.md) · [中文](../zh/exit-codes.md)",
        ),
        "",
    ]
    rows = [(str(code), say(*meaning)) for code, meaning in EXIT_CODES.items()]
    lines += table((say("退出码", "code"), say("含义", "meaning")), rows)
    return "\n".join(lines)


def rules_page() -> str:
    """Every rule in the order of the regulation, by chapter."""
    lines = [say("# 规则", "# Rules"), ""]
    lines += [
        say(
            "[全部命令](README.md) · [English](../en/rule-list.md)",
            "[All commands](README.md) · [中文](../zh/rule-list.md)",
        ),
        "",
    ]
    lines += [
        say(
            "“应当”：条款有明确要求，可以逾期或不合规。“建议”：数字是惯例或全国规定，只作提示，不影响退出码"
            "（`check --strict` 除外）。"
            "一条规则现在怎样：`partyctl rules show 编号`；改数字：`partyctl rules set`。",
            "*must*: the clause commands it, so it can become overdue or a breach. *should*: the number is "
            "ours, or a national text's; it is only advised and does not change the exit code (unless "
            "`check --strict`). A rule as it stands: `partyctl rules show ID`; other numbers: `partyctl "
            "rules set`. A clause is cited by its number in the Chinese text.",
        ),
        "",
    ]
    for heading, rules in _by_chapter():
        lines += [f"## {heading}", ""]
        lines += table(
            (
                say("规则", "rule"),
                say("条款", "clause"),
                say("力度", "strength"),
                say("要求", "what it asks"),
                say("何时", "when"),
                say("登记命令", "recorded with"),
            ),
            map(_row, rules),
        )
    return "\n".join(lines)


def _row(rule: Rule) -> tuple[str, ...]:
    strength = rule.strength.label
    remedy = typed(f"partyctl {rule.remedy}").removeprefix("partyctl ")
    for field in ("{name}", "{id}", "{period}"):
        remedy = remedy.replace(field, "…")
    title = say(rule.title, rule.english)
    return f"`{rule.id}`", rule.article, strength, title, duty_in_words(rule), f"`{remedy}`"


def _by_chapter() -> Iterator[tuple[str, list[Rule]]]:
    """The chapters of the bureau's regulation, then the national texts, each with its rules."""
    found: dict[str, list[Rule]] = {}
    for rule in CATALOGUE:
        chapter = CHAPTER_OF.get(rule.article.split("、")[0])
        text = text_of(rule.article)
        if chapter is not None:
            heading = say(chapter.title, chapter.english)
        else:
            assert text is not None
            heading = text.title
        found.setdefault(heading, []).append(rule)
    yield from found.items()


def papers_page() -> str:
    """Every paper, and the documents that are always in Chinese."""
    lines = [say("# 文书", "# Papers"), ""]
    lines += [_links("papers.md"), ""]
    lines += [say(*LANGUAGES), ""]
    heads = (
        say("文书", "paper"),
        say("名称", "Chinese title"),
        say("条款", "clause"),
        say("文件", "files"),
    )
    rows = [
        (f"`{each.kind.value}`", each.kind.chinese, each.clause, say("、", ", ").join(each.endings))
        for each in KINDS
    ]
    return "\n".join([*lines, *table(heads, rows)])


LANGUAGES = (
    "`paper`、`warning letter`、`disclosure briefing`、`opinion register`、`report book`、"
    "`report inspection` 写出的是党内正式文书和登记表，用 `PARTYCTL_LANG=en` 也写中文："
    "条例、细则和本局制度规定的表式是中文的，要盖章、签字、上报。年、月的一页和汇总的一页"
    "（`report year`、`report month`、`rollup report`）、迎检材料的目录、屏幕上的列表和写成文件的"
    "列表随界面语言。",
    "What `paper`, `warning letter`, `disclosure briefing`, `opinion register`, `report book` and the "
    "papers of `report inspection` and `report handover` write is Chinese, with `PARTYCTL_LANG=en` too. "
    "They are official documents of a Party organisation: the national rules and the bureau's "
    "regulation prescribe their forms in Chinese, and they are signed, sealed and sent to a superior. "
    "All else is English: the pages of a month, a year and a hub (`report month`, `report year`, "
    "`rollup report`), the index of an inspection folder, lists on the screen and lists written to a "
    "file. Clauses are cited by their Chinese identifiers, and papers by their Chinese titles.",
)
"""Why some documents are always in Chinese."""


def _links(page: str) -> str:
    return say(
        f"[全部命令](README.md) · [English](../en/{page})",
        f"[All commands](README.md) · [中文](../zh/{page})",
    )
