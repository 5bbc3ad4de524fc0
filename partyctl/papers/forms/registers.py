"""The columns of registers. A register is a paper that consists of one table, in Excel or Word."""

from collections.abc import Mapping, Sequence
from typing import Any

from partyctl.light import NamedTuple
from partyctl.papers.labels import headed
from partyctl.terms import PaperKind

Object = dict[str, Any]


class Column(NamedTuple):
    """A column: its name, its width in ASCII characters, and whether it holds amounts in 分."""

    name: str
    width: int
    is_money: bool = False
    is_summed: bool = True
    """Whether the amounts in the column are added up. The bases of dues are not added up."""

    @property
    def title(self) -> str:
        """The heading of this column in the user's language."""
        return headed(self.name)


NUMBER = Column("序号", 7)
NAME = Column("姓名", 11)

COLUMNS: dict[PaperKind, tuple[Column, ...]] = {
    PaperKind.DUES_NOTICE: (NUMBER, NAME, Column("月份", 40), Column("实交", 12, is_money=True)),
    PaperKind.DOSSIER_INDEX: (
        NUMBER,
        Column("材料", 30),
        Column("步骤", 18),
        Column("去向", 18),
        Column("是否在卷", 12),
        Column("存放", 16),
        Column("依据", 26),
    ),
    PaperKind.REVIEW_TALLY: (
        NUMBER,
        NAME,
        Column("优秀", 8),
        Column("合格", 8),
        Column("基本合格", 10),
        Column("不合格", 8),
        Column("票数", 8),
        Column("评定等次", 12),
    ),
    PaperKind.DISCLOSURE_DIRECTORY: (
        NUMBER,
        Column("公开事项", 30),
        Column("种类", 12),
        Column("范围", 8),
        Column("形式", 10),
        Column("时限", 10),
        Column("责任人", 12),
        Column("保密审查", 13),
        Column("审定", 13),
        Column("公开日期", 13),
    ),
    PaperKind.RECTIFICATION_REGISTER: (
        NUMBER,
        Column("问题", 30),
        Column("整改措施", 30),
        Column("责任人", 11),
        Column("提出", 13),
        Column("完成时限", 13),
        Column("销号日期", 13),
    ),
    PaperKind.ROSTER: (
        NUMBER,
        NAME,
        Column("性别", 6),
        Column("出生", 13),
        Column("入党", 13),
        Column("转正", 13),
        Column("党小组", 12),
        Column("职务", 18),
        Column("电话", 14),
    ),
    PaperKind.HANDOVER_LIST: (
        NUMBER,
        Column("类别", 14),
        Column("事项", 36),
        Column("对象", 18),
        Column("期限", 13),
        Column("状态", 14),
        Column("依据或存放", 34),
    ),
}
"""The columns of each register that can be written both as a Word and as an Excel file."""


class Register(NamedTuple):
    """A filled register: title, subtitle, columns, rows (each keyed by column name), and notes at the end.

    A value is a text, an amount in 分 (in a column of amounts), or None if it is missing.
    """

    title: str
    about: str
    columns: tuple[Column, ...]
    rows: Sequence[Object]
    notes: tuple[str, ...] = ()


def numbered(rows: Sequence[Mapping[str, Any]]) -> list[Object]:
    """Return the rows with a new first column, 序号, that contains the number of each row."""
    return [{"序号": str(place), **row} for place, row in enumerate(rows, start=1)]
