"""The papers that the dossier must contain after a step, and which of these are missing."""

from partyctl.law.admission.dossier import PAPERS, dossier
from partyctl.law.admission.steps import STEP_OF
from partyctl.terms import AdmissionStep, Destination, DossierPaper


def test_a_paper_is_missing_where_its_step_was_taken_and_nobody_said_where_it_is():
    kept = {DossierPaper.APPLICATION: "柜 1", DossierPaper.VOTE_MINUTES: "柜 2"}
    found = {each.filed.paper: each for each in dossier([AdmissionStep.TALK], kept)}

    assert len(found) == len(PAPERS)
    application = found[DossierPaper.APPLICATION]
    assert (application.is_due, application.kept_at, application.is_missing) == (
        True,
        "柜 1",
        False,
    )
    talk = found[DossierPaper.TALK_RECORD]
    assert (talk.is_due, talk.kept_at, talk.is_missing) == (True, None, True)
    early = found[DossierPaper.VOTE_MINUTES]
    assert (early.is_due, early.kept_at, early.is_missing) == (False, "柜 2", False)
    later = found[DossierPaper.TRAINING]
    assert (later.is_due, later.kept_at, later.is_missing) == (False, None, False)


def test_the_application_is_due_from_the_beginning():
    assert [each.filed.paper for each in dossier([], {}) if each.is_due] == [
        DossierPaper.APPLICATION
    ]


def test_what_goes_to_the_personal_file_cites_the_text_that_says_so():
    cited = {each.paper: each.clauses for each in PAPERS}
    own = STEP_OF[AdmissionStep.ACTIVIST].clause
    assert cited[DossierPaper.APPLICATION] == f"{own}、发展党员细则·36"
    assert cited[DossierPaper.TALK_RECORD] == STEP_OF[AdmissionStep.TALK].clause
    personal = {each.paper for each in PAPERS if Destination.PERSONAL in each.destinations}
    assert {paper for paper, clauses in cited.items() if "细则" in clauses} == personal
