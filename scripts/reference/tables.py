"""The pages of rules and exit codes, from the program's own tables."""

from collections.abc import Iterator

from partyctl.cli.paper.kinds import KINDS
from partyctl.language import say, worded
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.changes.rulebook import duty_in_words
from partyctl.law.engine.rule import Rule
from partyctl.law.sources.clauses import CHAPTER_OF
from partyctl.law.sources.texts import text_of
from partyctl.typed import typed
from scripts.reference.exit_codes import EXIT_CODES
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
    rows = [(str(code), worded(meaning)) for code, meaning in EXIT_CODES.items()]
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
            "*must*: the clause commands the duty, so the duty can become overdue or a "
            "breach. *should*: the number is our choice or comes from a national text, so "
            "the duty is only advised and does not change the exit code (except with "
            "`check --strict`). `partyctl rules show ID` shows a rule as it is now; "
            "`partyctl rules set` changes its numbers. A clause is cited by its number in "
            "the Chinese text.",
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
    return f"`{rule.id}`", rule.article, strength, title, worded(duty_in_words(rule)), f"`{remedy}`"


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
    """The page of papers: every kind, and what an English paper is."""
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
    "`report inspection`、`report handover` 写出的文书随界面语言：`PARTYCTL_LANG=zh` 写正式表式，"
    "`PARTYCTL_LANG=en` 写英文阅读本，页脚（工作簿在表下）写明签字盖章的是哪一份中文文书。姓名、单位和"
    "登记的原文照录，条款写中文编号。本局改过的模板按语言分开：`templates/` 是中文的，`templates/en/` "
    "是英文的（`PARTYCTL_LANG=en partyctl paper templates` 放到那里）；只改了中文的，英文用自带的。"
    "模板里的栏目名两种语言都是中文；`--fill` 认中文名，也认英文名。",
    "The papers of `paper`, `warning letter`, `disclosure briefing`, `opinion register`, `report book`, "
    "`report inspection` and `report handover` are in the language of the interface. With "
    "`PARTYCTL_LANG=en` a paper is a reading copy in English. The national rules and the bureau's "
    "regulation prescribe Chinese forms, so the Chinese paper is the one that is signed, sealed and sent "
    "to a superior; the foot of the English paper says so (in a workbook, the line below the table). Names "
    "and recorded texts are not translated, and clauses keep their Chinese identifiers. A bureau's own "
    "templates are in one folder per language: `templates/` for Chinese papers, `templates/en/` for "
    "English ones (`PARTYCTL_LANG=en partyctl paper templates` copies them there). If a bureau has "
    "replaced only the Chinese template, the English paper uses the template that comes with partyctl. The "
    "fields of a template have Chinese names in both languages; `--fill` accepts the Chinese and the "
    "English name.",
)
"""How papers differ in the two languages."""


def _links(page: str) -> str:
    return say(
        f"[全部命令](README.md) · [English](../en/{page})",
        f"[All commands](README.md) · [中文](../zh/{page})",
    )
