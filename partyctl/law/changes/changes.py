"""Changes to rules, each with its first day, its new numbers and its reason.

In the ledger a change is an ordinary record, which can be voided.
"""

from datetime import date

from partyctl.law.engine.stated import Stated
from partyctl.light import Any, NamedTuple
from partyctl.terms import RuleAct, Strength

ROLL_FORWARD = "roll-forward"
"""The name of a setting. If it is on, a due date on a rest day moves to the next working day."""

LAYER = "layer:"
"""The prefix in the name of a change to a whole layer of rules, such as `layer:national`."""


class Numbers(Stated):
    """The values in a rule that a clerk can change: its numbers, its strength and its reminders.

    None means that the value stays as it is.
    """

    every: str | None = None
    count: int | None = None
    days: int | None = None
    months: int | None = None
    by: tuple[int, int] | None = None
    working: bool | None = None
    strength: Strength | None = None
    remind: str | None = None

    def given(self) -> dict[str, Any]:
        """The values that are not None, keyed by name."""
        return {name: value for name, value in self.__dict__.items() if value is not None}


class Change(NamedTuple):
    """A change to a rule, a layer of rules or a setting.

    `id` is the record's number, or 0 before the record is stored.
    """

    rule: str
    act: RuleAct
    from_on: date
    numbers: Numbers = Numbers()
    reason: str = ""
    id: int = 0
