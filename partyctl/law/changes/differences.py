"""Compare the obligations before and after a rule change."""

from collections.abc import Iterable
from datetime import date

from partyctl.law.engine.rule import Obligation
from partyctl.light import NamedTuple

Key = tuple[str, object, str | None, int | None, date | None]


class Difference(NamedTuple):
    """An obligation before and after a rule change.

    `before` is None if the change adds the obligation, and `after` is None if the change removes
    the obligation.
    """

    before: Obligation | None
    after: Obligation | None

    @property
    def either(self) -> Obligation:
        """The obligation after the change or, if the change removed it, before the change."""
        found = self.after or self.before
        assert found is not None
        return found

    def is_past(self, on: date) -> bool:
        """Whether the obligation was due before a day.

        For an obligation without a due date, the opening day is compared.
        """
        return any((each.due or each.opens) < on for each in self if each is not None)


def differences(before: Iterable[Obligation], after: Iterable[Obligation]) -> list[Difference]:
    """The obligations that differ in status or due date, or exist only before or after the change."""
    was = {_key(each): each for each in before}
    found = []
    for each in after:
        old = was.pop(_key(each), None)
        if old is None or (old.status, old.due) != (each.status, each.due):
            found.append(Difference(old, each))
    return [*(Difference(old, None) for old in was.values()), *found]


def _key(owed: Obligation) -> Key:
    is_alone = owed.period is None and owed.case is None
    return (
        owed.rule.id,
        owed.subject._replace(name=""),
        owed.period,
        owed.case,
        owed.opens if is_alone else None,
    )
