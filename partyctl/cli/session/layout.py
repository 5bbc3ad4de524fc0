"""The layout of help pages: headings and columns that stay aligned with Chinese text."""

import re
from collections.abc import Iterable

from partyctl.cli.session.placeholders import in_words
from partyctl.language import say, speaks_english
from partyctl.text import folded, padded, width

INDENT, SPACING = 2, 2
WIDEST_NAME = 30
"""If an option's name is wider than WIDEST_NAME columns, the description starts on the next
line."""

HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}
PHRASES = {
    "Show this message and exit.": "显示帮助",
    "[required]": "（必填）",
    "[default: ": "[默认 ",
}


OFF = r"  \[(default:|默认) no[^\]]*\]"
"""A pattern for the default “no” of an on/off option. Help pages leave this default out."""


def _in_words(text: str) -> str:
    """Translate Typer's phrases in a line of help."""
    text = re.sub(OFF, "", text)
    if not speaks_english():
        for english, chinese in PHRASES.items():
            text = text.replace(english, chinese)
    return text


def _lines(text: str, room: int) -> list[str]:
    """Wrap a help text. A list of items with 、 between them is broken after a 、 if possible."""
    lines = [""]
    for piece in re.findall("[^、]+、?", text):
        if lines[-1] and width(lines[-1] + piece) > room:
            lines.append("")
        lines[-1] += piece
    return [part for line in lines for part in folded(line, room)]


def usage() -> str:
    """Return the word that begins a usage line."""
    return say("用法：", "Usage: ")


def section(name: str) -> str:
    """Translate the name of one of Typer's sections."""
    return name if speaks_english() else HEADINGS.get(name, name)


def heading(name: str, indent: int = 0) -> str:
    """Return the heading above options or commands."""
    return f"{'':>{indent}}{name}{say('：', ':')}\n"


def definitions(
    rows: Iterable[tuple[str, str]],
    indent: int,
    page: int,
    widest: int = WIDEST_NAME,
    spacing: int = SPACING,
) -> str:
    """Lay out options or commands and their descriptions in two columns."""
    rows = [(in_words(first), _in_words(second)) for first, second in rows]
    columns = min(max(width(first) for first, _ in rows), widest)
    room = page - indent - columns - spacing
    gap = "\n" + " " * (indent + columns + spacing)
    text = ""
    for first, second in rows:
        text += f"{'':>{indent}}{padded(first, columns)}"
        if width(first) > columns:
            text += f"\n{'':>{indent + columns}}"
        text += " " * spacing + gap.join(_lines(second, room)) + "\n"
    return text
