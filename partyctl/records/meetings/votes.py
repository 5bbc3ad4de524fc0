"""Read the numbers of votes that the clerk typed: votes at a meeting, and written votes."""

import re

from partyctl.bilingual import many
from partyctl.errors import BadUsage, Refused
from partyctl.language import say
from partyctl.law.engine.votes import Votes, Written
from partyctl.text import half_width

VOTES = r"([0-9]{1,6})/([0-9]{1,6})/([0-9]{1,6})/([0-9]{1,6})/([0-9]{1,6})"
WRITTEN = r"([0-9]{1,6})/([0-9]{1,6})/([0-9]{1,6})"


def read_votes(text: str) -> Votes:
    """Parse votes typed as 12/10/9/0/1.

    Raises BadUsage for any other text, and Refused if the votes do not add up.
    """
    match = re.fullmatch(VOTES, half_width(text))
    if match is None:
        raise BadUsage(
            say(f"票数“{text}”读不出来。", f"Cannot read the votes “{text}”."),
            say("写作 应到/实到/赞成/反对/弃权，如 12/10/9/0/1", "write them as 12/10/9/0/1"),
        )
    eligible, present, *cast = (int(number) for number in match.groups())
    votes = Votes(eligible, present, cast[0], cast[1], cast[2])
    if not votes.adds_up:
        raise Refused(
            say(
                f"票数对不上：应到 {votes.eligible}，实到 {votes.present}，"
                f"赞成、反对、弃权合计 {sum(cast)}。",
                f"The votes do not add up: {votes.present} of {votes.eligible} were "
                f"present, but {sum(cast)} voted.",
            ),
            say(
                "实到须等于赞成、反对、弃权之和", "the number present must be the sum of the votes"
            ),
        )
    return votes


def read_written(votes: Votes, text: str) -> Votes:
    """Return a meeting's votes together with the written votes.

    Written votes are typed as 1/0/0 (赞成/反对/弃权). Raises the errors that `read_votes` raises.
    """
    match = re.fullmatch(WRITTEN, half_width(text))
    if match is None:
        raise BadUsage(
            say(f"书面意见“{text}”读不出来。", f"Cannot read the written opinions “{text}”."),
            say("写作 赞成/反对/弃权，如 1/0/0", "write them as 1/0/0"),
        )
    approve, oppose, abstain = (int(number) for number in match.groups())
    return with_written(votes, Written(approve, oppose, abstain))


def with_written(votes: Votes, written: Written) -> Votes:
    """Return a meeting's votes together with written votes. Raises Refused if they do not add up."""
    whole = votes._replace(written=written)
    if not whole.adds_up:
        raise Refused(
            say(
                f"票数对不上：应到 {votes.eligible}，实到 {votes.present}，"
                f"书面意见 {sum(whole.written)}。",
                f"The votes do not add up: {votes.present} present and "
                f"{many(sum(whole.written), 'written vote')}, but only {votes.eligible} were due.",
            ),
            say(
                "实到加书面意见不超过应到",
                "the number present plus the written votes must not be more than the number due",
            ),
        )
    return whole
