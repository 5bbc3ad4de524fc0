"""Record one person's separate talks with several people.

If one talk is refused, none is recorded.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.tables.talks import Talk
from partyctl.records.common import finding
from partyctl.records.common.known_facts import known_of
from partyctl.records.common.several import for_each, members_named
from partyctl.records.life import talks
from partyctl.records.life.talks import BETWEEN_NAMES, CLAUSE, TalkEntry


def add_with_each(session: Session, entry: TalkEntry, others: Sequence[str]) -> list[Talk]:
    """Record a separate talk with each of the `others`.

    If one talk cannot be recorded, its error is raised. If several talks cannot be recorded, their
    errors are raised as one `Together`.
    """
    one = _one(entry)
    return for_each(
        others, lambda other: talks.add(session, replace(entry, parties=f"{one},{other}"))
    )


def everybody_else(
    session: Session, entry: TalkEntry, branch_name: str | None, excepted: Sequence[str]
) -> list[str]:
    """The #numbers of the people with whom one person has separate talks.

    Everybody who is on the branch's roll on the day of the talks is included, except the one person
    and the people whom the clerk excluded.
    """
    assert entry.held_on is not None
    one = _one(entry)
    out = {member.number for member in members_named(session, [one, *excepted])}
    if branch_name is not None:
        branch = finding.branch(session, branch_name).number
    else:
        branch = finding.member(session, one).branch_id
    known = known_of(session, branch, on=entry.held_on)
    serving = known.serving("member", entry.held_on)
    return [finding.stored(each.id) for each in serving if each.id not in out]


def _one(entry: TalkEntry) -> str:
    """The person who has a separate talk with each of the other people.

    Raises Refused unless exactly one person is named.
    """
    names = [name for name in BETWEEN_NAMES.split(entry.parties or "") if name.strip()]
    if len(names) != 1:
        raise Refused(
            say(
                f"和每个人分别谈的只能是一个人，--with 里写了 {len(names)} 个[{CLAUSE}]。",
                f"Only one person talks with each of the others, but --with names {len(names)} [{CLAUSE}].",
            ),
            say("--with 姓名 --each 姓名,姓名", "--with NAME --each NAME,NAME"),
        )
    return names[0].strip()
