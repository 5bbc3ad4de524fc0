"""How the rules were changed: from which day on, what, and why. A change is a record like others."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple

from partyctl.terms import Layer, RuleAct, Strength

ROLL_FORWARD = "roll-forward"
"""The setting by which a due date that is a rest day moves on to the next working day."""

LAYER = "layer:"
"""What stands before a layer's name where it is changed as a whole."""


@dataclass(frozen=True)
class Numbers:
    """What of a rule can be set; None: stays as it was."""

    every: str | None = None
    count: int | None = None
    days: int | None = None
    months: int | None = None
    by: tuple[int, int] | None = None
    working: bool | None = None
    strength: Strength | None = None
    remind: str | None = None

    def given(self) -> dict[str, Any]:
        """What is set, by name."""
        return {name: value for name, value in asdict(self).items() if value is not None}


class Change(NamedTuple):
    """A change of a rule, a layer or a setting; `id` is the record's number, 0 before it has one."""

    rule: str
    act: RuleAct
    from_on: date
    numbers: Numbers = Numbers()
    reason: str = ""
    id: int = 0


def layer_of(name: str) -> Layer | None:
    """The layer that a change is about; None where it is about a rule or a setting."""
    if not name.startswith(LAYER):
        return None
    return next((each for each in Layer if each == name.removeprefix(LAYER)), None)
