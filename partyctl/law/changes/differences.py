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
    """The obligations that differ in status or due date, or exist only before or after the change.

    If several obligations have the same key (such as two talks of one case), those that opened on
    the same day are paired and compared. Then each unpaired obligation in `after` is compared with
    the first unpaired one in `before`.
    """
    was: dict[Key, list[Obligation]] = {}
    for each in before:
        was.setdefault(_key(each), []).append(each)
    now = list(after)
    pairs = {place: _taken(was, each, each.opens) for place, each in enumerate(now)}
    found = []
    for place, each in enumerate(now):
        old = pairs[place] or _taken(was, each, None)
        if old is None or (old.status, old.due) != (each.status, each.due):
            found.append(Difference(old, each))
    gone = (each for several in was.values() for each in several)
    return [*(Difference(old, None) for old in gone), *found]


def _taken(
    was: dict[Key, list[Obligation]], owed: Obligation, opens: date | None
) -> Obligation | None:
    """Remove from `was` the first obligation that has the same key as `owed`, and return it.

    `was`: the obligations before the change. If `opens` is given, the opening day must be `opens`.
    """
    several = was.get(_key(owed), [])
    for place, each in enumerate(several):
        if opens in (None, each.opens):
            return several.pop(place)
    return None


def _key(owed: Obligation) -> Key:
    is_alone = owed.period is None and owed.case is None
    return (
        owed.rule.id,
        owed.subject._replace(name=""),
        owed.period,
        owed.case,
        owed.opens if is_alone else None,
    )
