"""Record where the papers of an admission are kept."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete

from partyctl.language import say
from partyctl.ledger.tables.admission import Applicant, ApplicantPaper
from partyctl.ledger.tables.base import new
from partyctl.records.common.words import clean_text
from partyctl.terms import DossierPaper


def put(
    session: Session, applicant: Applicant, kept: Sequence[tuple[DossierPaper, str | None]]
) -> None:
    """Record where papers are kept. If a place is None, the recorded place is removed."""
    for paper, where in kept:
        session.exec(
            delete(ApplicantPaper).where(
                col(ApplicantPaper.applicant_id) == applicant.number,
                col(ApplicantPaper.paper) == paper.value,
            )
        )
        if where is not None:
            kept_at = clean_text(where, say("存放地点", "where it is kept"))
            session.add(
                new(
                    ApplicantPaper,
                    applicant_id=applicant.number,
                    paper=paper.value,
                    kept_at=kept_at,
                )
            )
        session.flush()
