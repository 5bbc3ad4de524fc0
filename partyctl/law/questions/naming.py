"""Permanent names of obligations, even if a case has the same duty several times."""

from collections import defaultdict
from collections.abc import Sequence

from partyctl.law.questions.scoreboard import Item


def permanent_names(items: Sequence[Item]) -> list[str]:
    """Return a name for each item that no other item has, in the order of the items.

    A case can have the same duty several times, for example a request for conversion at the end of
    probation and another at the end of an extension. The obligation that opened first has its key
    as its name, and the others also have their place in the order in which they opened. So a later
    obligation does not change the names of the earlier ones. `items` must contain all obligations
    of a case, whatever their status.
    """
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, item in enumerate(items):
        places[item.branch, item.obligation.key].append(place)
    names = [item.obligation.key for item in items]
    for same in places.values():
        in_order = sorted(same, key=lambda place: items[place].obligation.opens)
        for count, place in enumerate(in_order[1:], start=2):
            names[place] += f"|{count}"
    return names
