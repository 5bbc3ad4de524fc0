"""A roll in a workbook: which column is what, and a row as a new member."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from partyctl.cli.input.dates import read_month, read_past_day
from partyctl.cli.member.options import read_category, read_gender, read_post
from partyctl.errors import BadUsage, PartyctlError
from partyctl.language import say
from partyctl.ledger.reading.privacy import mask
from partyctl.papers.sheets.workbook import Cell, Row
from partyctl.records.members.members import NewMember


class RowError(NamedTuple):
    """What is wrong with a cell or a row; `value` as the clerk sees it in the sheet."""

    sheet: str
    row: int
    column: str
    value: str
    sentence: str


class Entry(NamedTuple):
    """A row that could be read, with the branch that it names, if it does."""

    sheet: str
    row: int
    member: NewMember
    branch: str | None


YES = {"是": True, "yes": True, "true": True, "1": True, "√": True, "预备党员": True, "预备": True}
NO = {"否": False, "no": False, "false": False, "0": False, "正式党员": False, "正式": False}


def read_yes(text: str) -> bool:
    """是 or 否. Raises BadUsage."""
    try:
        return (YES | NO)[text.lower()]
    except KeyError:
        raise BadUsage(say(f"“{text}”应写是或否。", f"Write 是 or 否, not “{text}”.")) from None


def read_posts(text: str) -> list[Any]:
    """Posts, one or several."""
    typed = text.replace("，", "、").replace(",", "、").replace("；", "、")
    return [read_post(each) for each in typed.split("、") if each.strip()]


class Column(NamedTuple):
    """A field of a member, how its cell is read, and the headers that mean it."""

    field: str
    read: Callable[[str], Any]
    headers: tuple[str, ...]


COLUMNS = (
    Column("name", str, ("姓名", "党员姓名", "name")),
    Column("joined_on", read_past_day, ("入党日期", "入党时间", "加入党组织日期", "joined")),
    Column("full_on", read_past_day, ("转正日期", "转正时间", "转为正式党员日期", "full")),
    Column("probationary", read_yes, ("预备党员", "人员类别", "党员身份", "probationary")),
    Column("on_roll_from", read_past_day, ("到支部日期", "转入日期", "转入时间", "since")),
    Column("dues_paid_to", read_month, ("党费交至", "转入时党费交至", "dues-to")),
    Column("branch", str, ("党支部", "所在党支部", "所在支部", "branch")),
    Column("cell", str, ("党小组", "所在党小组", "cell")),
    Column("posts", read_posts, ("职务", "党内职务", "post")),
    Column("leader", read_yes, ("领导干部", "党员领导干部", "leader")),
    Column("gender", read_gender, ("性别", "gender")),
    Column("birth_on", read_past_day, ("出生日期", "出生年月日", "birth")),
    Column("id_number", str, ("身份证号", "身份证号码", "公民身份号码", "id-number")),
    Column("phone", str, ("电话", "手机", "手机号", "联系电话", "phone")),
    Column("category", read_category, ("类别", "党员类别", "category")),
)
COLUMN_OF = {header: column for column in COLUMNS for header in column.headers}
IGNORED = frozenset({"序号", "编号", "备注"})
NEEDED = ("name", "joined_on")


def read_entries(rows: Iterable[Row]) -> tuple[list[Entry], list[RowError]]:
    """Every row as a new member, and every error in the file."""
    entries: list[Entry] = []
    errors: list[RowError] = []
    for row in rows:
        values, wrong = _read_row(row)
        if wrong:
            errors += wrong
        else:
            branch = values.pop("branch", None)
            entries.append(Entry(row.sheet, row.number, NewMember(**values), branch))
    return entries, errors


def _read_row(row: Row) -> tuple[dict[str, Any], list[RowError]]:
    values: dict[str, Any] = {}
    errors: list[RowError] = []
    for header, cell in row.cells.items():
        if cell is None or header in IGNORED:
            continue
        column = COLUMN_OF.get(header)
        try:
            if column is None:
                raise BadUsage(say("不认识这一列", "an unknown column"))
            values[column.field] = column.read(_text(column, cell))
        except PartyctlError as error:
            errors.append(
                RowError(row.sheet, row.number, header, _shown(column, cell), error.sentence)
            )
    wrong = {COLUMN_OF[error.column].field for error in errors if error.column in COLUMN_OF}
    for needed in NEEDED:
        if needed not in values and needed not in wrong:
            header = next(each.headers[0] for each in COLUMNS if each.field == needed)
            errors.append(RowError(row.sheet, row.number, header, "", say("没有填", "is missing")))
    return values, errors


def _text(column: Column, cell: Cell) -> str:
    """A cell as the clerk would type it. Raises BadUsage for a number that has lost digits."""
    if column.field == "id_number" and (not isinstance(cell, str) or "e+" in cell):
        raise BadUsage(
            say(
                "身份证号存成了数字，末几位已丢失；请把这一列设为文本后重新填写",
                "the identity number was typed as a number and has lost digits; use text",
            )
        )
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def _shown(column: Column | None, cell: Cell) -> str:
    text = str(cell)
    if column is not None and column.field in ("id_number", "phone"):
        return mask(text, 3, 2) or ""
    return text
