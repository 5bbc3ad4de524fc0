"""A ladder says when reminders of a duty go out. Each rung is a number of days from the due date.

Rung -7 is a week before the due date, rung 0 is the due date itself, and rung 1 is one day after
it. If several reminders were missed (for example because of a power cut), only the reminder of the
latest rung goes out. For a duty without a due date (such as the oath), the days are counted from
the day on which the duty opened.
"""

import re
from datetime import date
from functools import lru_cache

from partyctl.bilingual import Told
from partyctl.errors import BadUsage
from partyctl.law.dues.duties import FullAmount, Lapse
from partyctl.law.engine.deadlines import Before, By, InYear, OnTheDay, Until, Within
from partyctl.law.engine.every import Every
from partyctl.law.engine.requires import Requires
from partyctl.law.engine.rule import Obligation, Rule
from partyctl.light import NamedTuple
from partyctl.terms import Strength

DAILY, WEEKLY = 1, 7
LONGEST = 366
"""A rung is at most this many days before or after the due date. Repeated reminders do not end."""


class Ladder(NamedTuple):
    """The days of a duty's reminders, as numbers of days from the due date (rungs), in order.

    From the day `again_from`, the reminder is repeated. `every`: the days between two reminders.
    """

    rungs: tuple[int, ...]
    again_from: int | None = None
    every: int = WEEKLY

    def __str__(self) -> str:
        words = [f"+{rung}" if rung > 0 else str(-rung) for rung in self.rungs]
        if self.again_from is not None:
            unit = {DAILY: "d", WEEKLY: "w"}.get(self.every, f"/{self.every}")
            words.append(f"+{self.again_from}{unit}")
        return ",".join(words) or "none"

    def passed(self, days: int) -> int | None:
        """The latest reminder day that is not after `days`, or None if all are later.

        `days`: how many days have passed since the due date (negative if the due date is still to
        come).
        """
        rungs = [rung for rung in self.rungs if rung <= days]
        if self.again_from is not None and days >= self.again_from:
            rungs.append(days - (days - self.again_from) % self.every)
        return max(rungs, default=None)


RUNG = r"(?a)(\+?)(\d{1,3})(d|w|/(\d{1,3}))?"
SILENT = ("none", "无")


@lru_cache(maxsize=256)
def read_ladder(text: str) -> Ladder:
    """Parse a ladder as typed: 7,2,0,+1,+7w means 7 and 2 days before, on the day, a day after, then weekly.

    `+7w` means weekly, from the seventh day after the due date. `+1d` means daily, from the first day
    after the due date. `+28/28` means every 28 days, from the 28th day after the due date.
    `none` means no reminders. Raises BadUsage.
    """
    if text.strip().lower() in SILENT:
        return Ladder(())
    words = [word.strip() for word in text.replace("，", ",").split(",")]
    rungs: list[int] = []
    again: tuple[int, int] | None = None
    for word in words:
        match = re.fullmatch(RUNG, word)
        if match is None or again is not None:
            raise _unreadable(text)
        over, days, unit, every = match.groups()
        if unit is None:
            rungs.append(int(days) if over else -int(days))
        elif over and (every is None or int(every) > 0):
            again = int(days), int(every or {"d": DAILY, "w": WEEKLY}[unit])
        else:
            raise _unreadable(text)
    far = [*rungs, *(again or ())]
    if rungs != sorted(set(rungs)) or any(abs(days) > LONGEST for days in far):
        raise _unreadable(text)
    if again is not None and rungs and again[0] <= rungs[-1]:
        raise _unreadable(text)
    return Ladder(tuple(rungs), *(again or ()))


def _unreadable(text: str) -> BadUsage:
    return BadUsage(
        Told(f"提醒时点“{text}”读不出来。", f"Cannot read the reminders “{text}”."),
        Told(
            "写作 7,2,0,+1,+7w：提前 7 天、2 天，当天，逾期 1 天，逾期 7 天起每周（+1d 每天，none 不提醒）",
            "write 7,2,0,+1,+7w: 7 and 2 days before, on the day, 1 day after, then weekly from the 7th day",
        ),
    )


MONTHLY = read_ladder("7,2,0,+1,+7w")
QUARTERLY = read_ladder("14,7,2,0,+1,+7w")
YEARLY = read_ladder("30,14,7,2,0,+1,+7w")
REPORT = read_ladder("5,2,0,+1d")
OWN_DAY = read_ladder("7,2,0,+1,+7w")
TERM = read_ladder("180,90,30,14,7,2,0,+1,+7w")
"""A term of office: the first reminder comes about half a year before the term ends."""
BREACH = read_ladder("0,+7w")
OPEN_ENDED = read_ladder("0,+28/28")
ADVICE = read_ladder("+1,+28/28")
"""After the due date, a duty that is only advice has these reminders instead of the usual ones."""

BY_PERIOD = {"month": MONTHLY, "quarter": QUARTERLY, "half-year": YEARLY, "year": YEARLY}


def usual_ladder(rule: Rule) -> Ladder:
    """The default ladder of a rule. It depends on the class of the duty and the rule's strength."""
    ladder = _of_shape(rule)
    if rule.strength is Strength.MUST or ladder is OPEN_ENDED:
        return ladder
    before = tuple(rung for rung in ladder.rungs if rung <= 0)
    return Ladder((*before, *ADVICE.rungs), ADVICE.again_from, ADVICE.every)


def _of_shape(rule: Rule) -> Ladder:
    match rule.duty:
        case Every(period=period):
            return BY_PERIOD[period]
        case Within() | Before():
            return REPORT
        case By():
            return OWN_DAY
        case InYear():
            return YEARLY
        case Until() | Lapse():
            return OPEN_ENDED
        case Requires() | OnTheDay() | FullAmount():
            return BREACH
    return _of_rarer_shape(rule)


def _of_rarer_shape(rule: Rule) -> Ladder:
    # Imported here, because few rules have duties of these classes.
    from partyctl.law.admission.duties import ByItsDay, UntilDone
    from partyctl.law.engine.limits import Hours, TermOfOffice

    match rule.duty:
        case ByItsDay():
            return OWN_DAY
        case UntilDone():
            return OPEN_ENDED
        case Hours():
            return YEARLY
        case TermOfOffice():
            return TERM
    return BREACH


def ladder_of(rule: Rule) -> Ladder:
    """Return the ladder that a change set for a rule, or the rule's default ladder."""
    return usual_ladder(rule) if rule.remind is None else read_ladder(rule.remind)


def rung_of(owed: Obligation, on: date, ladder: Ladder) -> int | None:
    """Return the latest rung that an open obligation has reached on a day, or None before the first rung.

    The result is None for a settled obligation. For a breach, the days are counted from the day of
    the record that is in breach.
    """
    if not owed.is_open:
        return None
    return ladder.passed((on - (owed.due or owed.opens)).days)
