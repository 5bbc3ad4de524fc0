"""Placeholders for values on help pages, such as `KIND`, `DATE` and `NAME,NAME`.

Chinese readers see the placeholders in Chinese.
"""

import re

from partyctl.language import speaks_english

CHINESE = {
    "ADDRESS": "地址",
    "ARGS": "参数",
    "BODY": "机构",
    "BRANCH": "支部",
    "CATEGORY": "类别",
    "CELL": "党小组",
    "CHANNEL": "渠道",
    "CLASS": "类别",
    "CODE": "代码",
    "COMMAND": "命令",
    "DATE": "日期",
    "DIR": "文件夹",
    "FIELD": "栏目",
    "FILE": "文件",
    "FILE-NAME": "文件名",
    "FOLDER": "文件夹",
    "FORM": "方式",
    "GRADE": "等次",
    "H": "小时",
    "HEAD": "链头",
    "HH:MM": "时:分",
    "ID": "编号",
    "KIND": "种类",
    "LAYER": "层级",
    "LEVEL": "形式",
    "MEETING": "会议编号",
    "MM-DD": "月-日",
    "MONTH": "月份",
    "N": "数",
    "NAME": "姓名",
    "NAMES": "姓名,姓名",
    "NO": "号码",
    "NOUN": "对象",
    "OPTIONS": "选项",
    "ORG": "组织",
    "PART": "部分",
    "PATH": "路径",
    "PERIOD": "期间",
    "POST": "职务",
    "REASON": "原因",
    "ROLE": "责任主体",
    "RULE": "规则",
    "SCOPE": "范围",
    "STEP": "步骤",
    "SUPERIOR": "上级",
    "TEXT": "文字",
    "TOPIC": "议题",
    "V": "票数",
    "VERB": "命令",
    "YEAR": "年度",
    "YUAN": "元",
}
"""The Chinese word for each English placeholder. Words that users type literally (all,
must, 2026-Q1) are not placeholders."""

PLACEHOLDER = r"(?<![A-Za-z0-9-])(HH:MM|MM-DD|[A-Z]+(?:-[A-Z]+)*)(?![A-Za-z0-9])"
ALONE = r"\{([^{}|]*)\}"
"""A pattern for braces around a single placeholder, as in `{NAME}`. Typer puts braces around a
required value. The pattern does not match a choice between several placeholders, as in `{A|B}`."""

TYPERS = {"<str>": "TEXT", "<int>": "N", "<int range>": "N", "COMMAND [ARGS]...": "COMMAND …"}
"""Placeholders that Typer prints by default, each with the placeholder that we print instead."""


def in_words(text: str) -> str:
    """Translate the placeholders in a usage line or an option."""
    text = re.sub(ALONE, r"\1", text)
    for typers, ours in TYPERS.items():
        text = text.replace(typers, ours)
    if speaks_english():
        return text
    return re.sub(PLACEHOLDER, lambda found: CHINESE.get(found[0], found[0]), text)
