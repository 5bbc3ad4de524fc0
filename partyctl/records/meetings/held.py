"""Refuse a decision of a meeting that is only planned and has not been held yet."""

from datetime import date

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.tables.meetings import Meeting


def held_on(meeting: Meeting, cannot: str) -> date:
    """The day on which a meeting was held. Raises Refused if the meeting is only planned.

    `cannot`: what a planned meeting cannot do, in this run's language, for the error message. The
    English text begins with the verb.
    """
    if meeting.held_on is not None:
        return meeting.held_on
    raise Refused(
        say(
            f"会议 #{meeting.number} 还没有开，不能{cannot}。",
            f"Meeting #{meeting.number} has not been held yet, so it cannot {cannot}.",
        ),
        f"partyctl meeting hold {meeting.number} --on …",
    )
