"""Make a PDF book from values. The same values, date and fonts always give the same bytes.

Typst typesets the book and needs no network. The template comes with partyctl, not from a user.
Texts from users are passed as JSON, so Typst cannot mistake them for markup.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partyctl.errors import WrongVersion
from partyctl.language import say
from partyctl.light import NamedTuple
from partyctl.papers.book.legible import PACKAGE, compiled

if TYPE_CHECKING:
    from typst import Fonts

TEMPLATE = Path(__file__).parent / "templates" / "yearbook.typ"

SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "NSimSun", "Songti SC", "STSong")
FACES = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", *SERIF),
    "body": ("FangSong_GB2312", "FangSong", "STFangsong", *SERIF),
    "heading": ("SimHei", "Noto Sans CJK SC", "Source Han Sans SC", "Heiti SC", "STHeiti", *SERIF),
}
"""The typefaces to try for each part of the book: first those of GB/T 9704, then common ones."""


class Bound(NamedTuple):
    """A finished book: the PDF, and the typeface of each part."""

    content: bytes
    faces: dict[str, str]


def bind(values: Mapping[str, Any], on: date) -> Bound:
    """Return the book as PDF/A-2b, dated `on`.

    Raises WrongVersion if typst is not installed, or if no typeface for a part is installed.
    """
    try:
        import typst
    except ImportError:
        raise WrongVersion(
            say("写 PDF 要用 typst，还没有安装。", "A PDF needs typst, which is not installed."),
            "pip install 'partyctl[pdf]'",
        ) from None
    fonts = typst.Fonts()
    faces = chosen(families(fonts))
    moment = datetime(on.year, on.month, on.day, tzinfo=UTC)
    compiler = typst.Compiler(
        str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts, ignore_system_fonts=True
    )
    told = dict(values) | {"faces": faces, "day": [on.year, on.month, on.day]}

    def compile_with(told: Mapping[str, Any]) -> bytes:
        content = compiler.compile(
            format="pdf",
            sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
            pdf_standards=["a-2b"],
            timestamp=moment,
        )
        assert isinstance(content, bytes)
        return content

    return Bound(compiled(compile_with, told), {part: found[0] for part, found in faces.items()})


def families(fonts: "Fonts") -> frozenset[str]:
    """The available typefaces."""
    return frozenset(fonts.families())


def chosen(there: frozenset[str]) -> dict[str, list[str]]:
    """Return the installed typefaces for each part of the book.

    Raises WrongVersion if no typeface for a part is installed.
    """
    found = {part: [face for face in faces if face in there] for part, faces in FACES.items()}
    if not all(found.values()):
        raise WrongVersion(
            say(
                "没有中文字体，不能写 PDF：方正小标宋、仿宋、黑体、Noto CJK 都没有安装。",
                "No Chinese font for a PDF: neither 方正小标宋 and 仿宋_GB2312 nor Noto CJK is "
                "installed.",
            ),
            PACKAGE,
        )
    return found
