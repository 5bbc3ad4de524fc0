"""Parse words, amounts and numbers as people write them in sheets: √, 76.50元, 退休, 支部书记兼组织委员."""

import re
import unicodedata
from typing import TypeVar

from partyctl.bilingual import Told
from partyctl.papers.sheets.contents import Lost
from partyctl.papers.sheets.grid import EXACT_BELOW, Cell, as_text
from partyctl.papers.sheets.unread import Unread
from partyctl.terms import Term, nearest_words
from partyctl.text import half_width, is_digits

INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
NOTHING = frozenset(
    (
        "",
        "-",
        "--",
        "---",
        "—",
        "——",
        "－",
        "–",
        "―",
        "/",
        "\\",
        "无",
        "暂无",
        "没有",
        "空",
        "n/a",
        "none",
        "nil",
    )
)
YES = frozenset(("是", "有", "对", "√", "✓", "✔", "☑", "yes", "y", "true", "1", "v", "on"))
NO = frozenset(
    ("否", "无", "没有", "不是", "×", "✗", "✘", "☒", "x", "no", "n", "false", "0", "╳", "❌")
)
MONEY = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?")
LONGEST_COUNT = 6
ROUNDED = re.compile(r"\d[eE]\+")
"""Matches a number that Excel shortened because it is long, such as 1.10101E+17."""
BETWEEN_DIGITS = re.compile(r"[\s\-]")

AnyTerm = TypeVar("AnyTerm", bound=Term)


def require_told(cell: Cell) -> None:
    """Check that a cell's value was not lost.

    Raises Unread for an error value such as #N/A, and for a formula that was never calculated.
    """
    if not isinstance(cell, Lost):
        return
    if cell is Lost.UNCALCULATED:
        raise Unread(
            "uncalculated",
            "公式没有算过，没有值；请在 Excel 或 WPS 中打开、保存后再导入",
            "the formula was never calculated; open and save the workbook in Excel first",
        )
    raise Unread("error", "公式出错（如 #N/A）", "the formula results in an error (such as #N/A)")


def tidy(text: str) -> str:
    """Replace full-width characters, and remove invisible characters and a leading apostrophe."""
    if text.isascii():
        return text.strip().removeprefix("'").strip()
    folded = half_width(INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    return folded.strip().removeprefix("'").removeprefix("‘").strip()


def is_nothing(text: str) -> bool:
    """Whether a text, such as — or 无, means the same as an empty cell."""
    return text.strip().lower() in NOTHING


def text_of(cell: Cell) -> str | None:
    """Return the text of a cell, or None if the cell is empty. Raises Unread."""
    require_told(cell)
    text = tidy(as_text(cell))
    return None if is_nothing(text) else text


def prose_of(cell: Cell) -> str | None:
    """Return the text of a cell with its full-width characters, or None if the cell is empty.

    Raises Unread.
    """
    require_told(cell)
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", as_text(cell))).strip().removeprefix("'")
    return None if is_nothing(tidy(text)) else text.strip()


def read_yes(cell: Cell) -> bool | None:
    """Parse yes or no; return None if the cell is empty. Raises Unread."""
    require_told(cell)
    if cell is None or isinstance(cell, bool):
        return cell
    word = tidy(as_text(cell)).lower()
    if word in YES or word in NO:
        return word in YES
    if word in NOTHING:
        return None
    raise Unread(
        "yes",
        f"“{as_text(cell)}”应写是或否",
        f"write yes or no, not “{as_text(cell)}”",
        choices=("是", "否"),
    )


def read_term(
    terms: type[AnyTerm], cell: Cell, synonyms: dict[str, AnyTerm], of: Told
) -> AnyTerm | None:
    """Parse a word from a fixed list or a synonym; return None for an empty cell. Raises Unread."""
    text = text_of(cell)
    if text is None:
        return None
    word = re.sub(r"\s+", "", text).lower()
    for term in terms:
        if word in (term.value, term.chinese):
            return term
    if word in synonyms:
        return synonyms[word]
    raise unknown_word(terms, text, synonyms, of)


def unknown_word(terms: type[AnyTerm], text: str, synonyms: dict[str, AnyTerm], of: Told) -> Unread:
    """Return the problem to report for an unknown word.

    The problem names the nearest known word, or all known words.
    """
    chinese = [term.chinese for term in terms]
    nearest = nearest_words(text, [*chinese, *synonyms])
    hint = f"，是不是“{nearest[0]}”？" if nearest else f"；可写：{'、'.join(chinese)}"
    return Unread(
        f"word-{terms.__name__}",
        f"没有“{text}”这种{of.chinese}{hint}",
        f"there is no {of.english} “{text}”; one of: {', '.join(term.value for term in terms)}",
        choices=tuple(chinese),
    )


def read_money(cell: Cell) -> int | None:
    """Parse an amount in 元; return 分, or None if the cell is empty.

    Raises Unread for an amount that would have to be rounded.
    """
    require_told(cell)
    if cell is None:
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        text = repr(cell).removesuffix(".0")
    else:
        text = tidy(as_text(cell))
        if is_nothing(text):
            return None
        text = re.sub(r"^[¥￥]|元整?$|(?<=\d),(?=\d{3})|\s", "", text)
    match = MONEY.fullmatch(text)
    if match is None:
        raise Unread(
            "money",
            # The message does not quote the cell, because the cell can contain a person's income.
            "金额读不出来：写元，整数最多九位、小数最多两位，如 76.50",
            "cannot read the amount: write yuan with at most nine digits and two decimals, "
            "such as 76.50",
        )
    yuan, decimals = match.groups(default="")
    return int(yuan) * 100 + int(decimals.ljust(2, "0"))


def read_count(cell: Cell) -> int | None:
    """Parse a count; return None if the cell is empty. Raises Unread."""
    require_told(cell)
    if cell is None:
        return None
    text = re.sub(r"[人名个次]$", "", tidy(as_text(cell)).replace(" ", ""))
    if is_nothing(text):
        return None
    if isinstance(cell, bool) or not is_digits(text) or len(text) > LONGEST_COUNT:
        raise Unread(
            "count",
            f"人数“{as_text(cell)}”读不出来：写整数",
            f"cannot read “{as_text(cell)}” as a number of people",
        )
    return int(text)


def read_identity(cell: Cell) -> str | None:
    """Return an identity number, or None if the cell is empty.

    Raises Unread if the cell contains a number instead of a text, because Excel drops the last
    digits of long numbers.
    """
    if type(cell) is str and cell.isascii() and cell.isalnum():
        return None if is_nothing(cell) else cell.upper()
    require_told(cell)
    if cell is None:
        return None
    if not isinstance(cell, str) or ROUNDED.search(cell):
        raise Unread(
            "identity",
            "身份证号存成了数字，末几位已丢失；请把这一列设为文本后重新填写",
            "the identity number was typed as a number and has lost digits; format the column "
            "as text",
        )
    text = BETWEEN_DIGITS.sub("", tidy(cell)).upper()
    return None if is_nothing(text) else text


def read_telephone(cell: Cell) -> str | None:
    """Return a telephone number as text, or None if the cell is empty. Raises Unread."""
    if type(cell) is str and is_digits(cell):
        return cell
    text = text_of(cell)
    if text is None:
        return None
    if isinstance(cell, float) and not (cell.is_integer() and abs(cell) < EXACT_BELOW):
        raise Unread(
            "telephone",
            "电话存成了小数；请设为文本",
            "the telephone number has decimals; format the column as text",
        )
    return text if text.isalnum() else re.sub(r"(?<=\d)\s+(?=\d)", "", text)
