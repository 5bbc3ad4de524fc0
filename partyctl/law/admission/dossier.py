"""The papers that an admission produces, by step, and where each paper is finally kept (支部·六; 细则 36).

These papers go to the personal file of a new full member: the application, the form, the political
review, the request for full membership, and the four papers of education (PAPERS has all papers).
Both the branch and the superior keep the reports to the superior and the superior's answers. The
branch keeps the papers that go neither to the personal file nor to the superior.
"""

from collections.abc import Iterable

from partyctl.law.admission.steps import STEP_OF
from partyctl.law.sources.texts import ADMISSION_2026
from partyctl.light import NamedTuple
from partyctl.terms import AdmissionStep, Destination, DossierPaper

S, P, D = AdmissionStep, DossierPaper, Destination
OWN_FILE = ADMISSION_2026.article(36)
"""The article that says which papers are kept in the personal file."""


class Filed(NamedTuple):
    """A kind of paper, where it is kept, and the step that produces it (None for the application itself)."""

    paper: DossierPaper
    step: AdmissionStep | None
    destinations: tuple[Destination, ...]

    @property
    def clauses(self) -> str:
        """The clause of the step that produces the paper.

        For the application, which no step produces, the clause of the step `activist` is returned.
        If the paper is kept in the personal file, the result also contains `OWN_FILE`.
        """
        own = STEP_OF[self.step or S.ACTIVIST].clause
        return f"{own}、{OWN_FILE}" if D.PERSONAL in self.destinations else own


PAPERS = (
    Filed(P.APPLICATION, None, (D.PERSONAL,)),
    Filed(P.TALK_RECORD, S.TALK, (D.BRANCH,)),
    Filed(P.ACTIVIST_MINUTES, S.ACTIVIST, (D.BRANCH,)),
    Filed(P.ACTIVIST_FILING, S.FILING, (D.BRANCH, D.SUPERIOR)),
    Filed(P.ACTIVIST_NOTICE, S.PUBLICITY, (D.BRANCH,)),
    Filed(P.ACTIVIST_FORM, S.REGISTRATION_FORM, (D.PERSONAL,)),
    Filed(P.REPORTS, S.REPORT, (D.PERSONAL,)),
    Filed(P.EXAM_FORMS, S.EXAM, (D.PERSONAL,)),
    Filed(P.TARGET_NOTICE, S.TARGET_PUBLICITY, (D.BRANCH,)),
    Filed(P.TARGET_MINUTES, S.TARGET, (D.BRANCH,)),
    Filed(P.TARGET_ANSWER, S.TARGET_APPROVAL, (D.BRANCH, D.SUPERIOR)),
    Filed(P.POLITICAL_REVIEW, S.POLITICAL_REVIEW, (D.PERSONAL,)),
    Filed(P.TRAINING, S.TRAINING, (D.PERSONAL,)),
    Filed(P.PRE_REVIEW, S.FORM_APPROVAL, (D.BRANCH, D.SUPERIOR)),
    Filed(P.APPLICATION_FORM, S.APPLICATION_FORM, (D.PERSONAL,)),
    Filed(P.EXAMINATION_MINUTES, S.COMMITTEE_REVIEW, (D.BRANCH,)),
    Filed(P.VOTE_MINUTES, S.VOTE, (D.BRANCH,)),
    Filed(P.APPROVAL, S.APPROVAL, (D.BRANCH, D.SUPERIOR)),
    Filed(P.CONVERSION_REQUEST, S.CONVERSION_REQUEST, (D.PERSONAL,)),
    Filed(P.CONVERSION_NOTICE, S.CONVERSION_PUBLICITY, (D.BRANCH,)),
    Filed(P.CONVERSION_MINUTES, S.CONVERSION_VOTE, (D.BRANCH,)),
    Filed(P.CONVERSION_APPROVAL, S.CONVERSION_APPROVAL, (D.BRANCH, D.SUPERIOR)),
)
"""All kinds of papers, in the order in which an admission produces them."""


class Standing(NamedTuple):
    """A paper in an applicant's dossier, whether its step was taken, and where the paper is kept."""

    filed: Filed
    is_due: bool
    kept_at: str | None

    @property
    def is_missing(self) -> bool:
        """Whether the paper should exist by now but nobody recorded where it is."""
        return self.is_due and self.kept_at is None


def dossier(taken: Iterable[AdmissionStep], kept: dict[str, str]) -> list[Standing]:
    """The papers of an applicant's dossier.

    A paper is due once the step that produces it is taken.
    """
    done = frozenset(taken)
    return [
        Standing(filed, filed.step is None or filed.step in done, kept.get(filed.paper))
        for filed in PAPERS
    ]
