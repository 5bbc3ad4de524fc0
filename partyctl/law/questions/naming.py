"""Give each obligation its own permanent name, even if a case has the same duty several times."""

from collections import defaultdict
from collections.abc import Sequence

from partyctl.law.questions.scoreboard import Item


def permanent_names(items: Sequence[Item]) -> list[str]:
    """Return a unique name for each item, in the order of the items.

    A case can have the same duty several times, for example a request for conversion at the end of
    probation and another at the end of an extension. The name of the obligation that opened first
    is its key. The names of the others are the key with |2, |3 and so on, in the order in which
    they opened. So a later obligation does not change the names of the earlier ones. `items` must
    contain all obligations of a case, whatever their status.
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
