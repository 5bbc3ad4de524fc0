"""The privacy class and the mask of each field; docs/PRIVACY.md lists these fields.

P0 is public. P1 is internal: data about the branch's own work. P2 is personal, such as a telephone
number. P3 is sensitive, such as an identity number, an income or an integrity-risk case. P2 and P3
are masked by default. To see a masked field, the clerk gives a reason, which the journal records
(个人信息保护法 6, 28–30, 47, 51).
"""

from collections.abc import Mapping
from enum import StrEnum

from partyctl.light import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from partyctl.contract.maintenance import Cell


class Sensitivity(StrEnum):
    """The privacy classes of the masked fields."""

    PERSONAL = "P2"
    SENSITIVE = "P3"


class Field(NamedTuple):
    """A masked field: its column, its class, and how many characters stay readable at each end."""

    table: str
    column: str
    sensitivity: Sensitivity
    first: int = 0
    last: int = 0


HIDDEN = "***"
"""The text that is shown instead of a value that is hidden completely."""

MASKED = (
    Field("member", "id_number", Sensitivity.SENSITIVE, 6, 4),
    Field("member", "phone", Sensitivity.PERSONAL, 3, 4),
    Field("dues_assessment", "base", Sensitivity.SENSITIVE),
    Field("dues_assessment", "working", Sensitivity.SENSITIVE),
    Field("opinion", "submitter", Sensitivity.SENSITIVE),
    Field("warning", "member_id", Sensitivity.SENSITIVE),
    Field("warning", "staff_id", Sensitivity.SENSITIVE),
    Field("warning", "facts", Sensitivity.SENSITIVE),
    Field("warning", "source", Sensitivity.SENSITIVE),
    Field("warning_step", "note", Sensitivity.SENSITIVE),
    Field("warning_step", "promise", Sensitivity.SENSITIVE),
    Field("warning_step", "demand", Sensitivity.SENSITIVE),
    Field("warning_talk", "outline", Sensitivity.SENSITIVE),
)


def fields(*names: str) -> tuple[Field, ...]:
    """The masked fields that have the given names, such as member.phone."""
    return tuple(field for field in MASKED if f"{field.table}.{field.column}" in names)


def mask(text: str | None, first: int, last: int) -> str | None:
    """A personal value, masked as 110101********1234; a short value becomes only asterisks."""
    if text is None:
        return None
    hidden = max(len(text) - first - last, 0)
    return "*" * len(text) if hidden == 0 else f"{text[:first]}{'*' * hidden}{text[-last:]}"


def masked(table: str, row: Mapping[str, Any]) -> "dict[str, Cell]":
    """A row with its personal values masked. A completely masked value becomes ***."""
    hidden = {field.column: field for field in MASKED if field.table == table}
    return {
        column: _masked(hidden[column], value) if column in hidden else value
        for column, value in row.items()
    }


def _masked(field: Field, value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if value is None:
        return None
    return mask(str(value), field.first, field.last) if field.first else HIDDEN
