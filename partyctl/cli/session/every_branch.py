"""Refuse --branch for commands that are not about one branch, because it would have no effect."""

from partyctl.cli.session import current
from partyctl.errors import BadUsage
from partyctl.language import say

COMMANDS = frozenset(
    {
        "disclosure",
        "opinion",
        "rules",
        "staff",
        "calendar holidays",
        "remind",
        "schedule",
        "backup",
        "restore",
        "doctor",
        "encrypt",
        "decrypt",
        "rekey",
        "migrate",
        "undo",
        "journal list",
        "journal show",
        "journal verify",
        "completion",
        "branch add",
        "branch list",
        "contact list",
        "rectify list",
        "warning list",
        "warning letter",
        "warning templates",
        "paper list",
        "paper templates",
        "rollup init",
        "rollup collect",
        "rollup missing",
        "rollup verify",
        "rollup show",
        "rollup report",
        "rollup pass-up",
        "rollup compute",
    }
)
"""The commands about the whole bureau, its ledger or a hub.

A noun alone stands for all its verbs. Commands that find a person, a Party cell or a record of a
branch are not listed, because --branch tells them in which branch to search.
"""


def refuse_branch() -> None:
    """Raise BadUsage if --branch is given and has no effect on the running command.

    The --branch of a batch is never refused: the commands of the batch use it where it has an
    effect, and ignore it elsewhere.
    """
    if current.HERE.branch in (None, current.HERE.branch_of_batch):
        return
    words = current.command().split()
    if any(" ".join(words[:length]) in COMMANDS for length in range(1, len(words) + 1)):
        command = " ".join(words)
        raise BadUsage(
            say(
                f"{command} 不分党支部，--branch 不起作用。",
                f"{command} is not about one branch, so --branch would be ignored.",
            ),
            say("去掉 --branch", "leave out --branch"),
        )
