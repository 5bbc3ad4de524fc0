"""Convert the votes on a step to the columns in which they are stored, and back."""

from partyctl.law.engine.votes import Votes, Written
from partyctl.ledger.tables.admission import CAST, WRITTEN, ApplicantStep

COUNTED = ("eligible", "present", *CAST)


def columns_of(votes: Votes | None) -> dict[str, int]:
    """Convert votes to the columns of a step.

    If nobody voted in writing, the columns of written votes stay empty.
    """
    if votes is None:
        return {}
    columns = dict(zip(COUNTED, votes[:5], strict=True))
    if any(votes.written):
        columns |= dict(zip(WRITTEN, votes.written, strict=True))
    return columns


def votes_of(taken: ApplicantStep) -> Votes | None:
    """The votes of a recorded step, or None if there was no vote."""
    if taken.eligible is None:
        return None
    counted = [getattr(taken, name) for name in COUNTED]
    in_writing = [getattr(taken, name) or 0 for name in WRITTEN]
    return Votes(*counted)._replace(written=Written(*in_writing))
