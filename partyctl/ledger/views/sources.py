"""The names of the views of facts, and the type of each view's values.

Of the program's commands, only those that build or migrate a ledger need the SQL of the views, which
is in `views.all`.
"""

from partyctl.law.engine.value import Value
from partyctl.law.engine.values import (
    AdmissionAct,
    Application,
    Assessment,
    Election,
    Exemption,
    LapseAct,
    Letter,
    LifeAct,
    LifeMeeting,
    Measure,
    Meeting,
    Opinion,
    OpinionAct,
    Outcome,
    Payment,
    Plain,
    PreventiveTalk,
    Probationer,
    Publication,
    Rating,
    StudyHours,
    Talk,
    Task,
    Vote,
    WarningAct,
)

BRANCH_SOURCES: dict[str, type[Value]] = {
    "meeting_fact": Meeting,
    "plan_fact": Plain,
    "integrity_education_fact": Plain,
    "personal_report_fact": Plain,
    "vote_fact": Vote,
    "election_fact": Election,
    "study_hours_fact": StudyHours,
    "payment_fact": Payment,
    "assessment_fact": Assessment,
    "exemption_fact": Exemption,
    "lapse_fact": LapseAct,
    "review_step_fact": Plain,
    "review_fact": Plain,
    "self_review_fact": Plain,
    "rating_fact": Rating,
    "outcome_fact": Outcome,
    "talk_fact": Talk,
    "talk_part_fact": Plain,
    "follow_up_fact": Task,
    "admission_step_fact": AdmissionAct,
    "application_fact": Application,
    "probation_fact": Probationer,
}
"""The views of a branch's facts."""

GROUP_SOURCES: dict[str, type[Value]] = {
    "group_meeting_fact": Plain,
    "life_meeting_fact": LifeMeeting,
    "life_step_fact": LifeAct,
    "pair_talk_fact": Talk,
    "group_plan_fact": Plain,
    "plan_item_fact": Task,
    "rectification_fact": Measure,
    "contact_fact": Plain,
    "disclosure_fact": Plain,
    "publication_fact": Publication,
    "opinion_fact": Opinion,
    "opinion_step_fact": OpinionAct,
    "warning_fact": Letter,
    "warning_step_fact": WarningAct,
    "preventive_talk_fact": PreventiveTalk,
}
"""The views of the leading group's facts; these facts belong to no branch."""

SOURCES = BRANCH_SOURCES | GROUP_SOURCES

NEEDS = {
    "vote_fact": "agenda_item WHERE eligible IS NOT NULL",
    "study_hours_fact": "meeting WHERE half_hours IS NOT NULL",
    "exemption_fact": "dues_exemption",
    "lapse_fact": "dues_lapse",
    "election_fact": "branch WHERE elected_on IS NOT NULL",
    "outcome_fact": "review_outcome",
    "follow_up_fact": "talk WHERE follow_up IS NOT NULL",
    "pair_talk_fact": "appointment WHERE post IN ('leading-secretary', 'leading-member')",
    "admission_step_fact": "applicant_step",
    "application_fact": "applicant",
    "probation_fact": "member WHERE probationary",
    "applicant_scope": "applicant",
    "life_meeting_fact": "meeting_kind WHERE kind = 'democratic-life'",
    "life_step_fact": "meeting_step",
    "plan_item_fact": "plan_item",
    "rectification_fact": "rectification",
    "contact_fact": "contact_visit",
    "disclosure_fact": "disclosure",
    "publication_fact": "publication",
    "opinion_fact": "opinion",
    "opinion_step_fact": "opinion_step",
    "warning_fact": "warning",
    "warning_step_fact": "warning_step",
    "preventive_talk_fact": "warning",
}
"""For each view that is empty in many ledgers: the rows that the view needs, given as a table and,
for some views, a condition. If a ledger has no such rows, the view is empty."""

BRANCH_ROLES = ("scope", "applicant_scope")
"""The views of the roles in a branch."""

ADMISSION = ("admission_step_fact", "application_fact", "probation_fact")
"""The views of admission."""

REVIEWS = ("review_step_fact", "review_fact", "self_review_fact", "rating_fact", "outcome_fact")
"""The views of the yearly review."""

DUES = ("payment_fact", "assessment_fact", "exemption_fact", "lapse_fact")
"""The views of the dues book."""

TALKS = ("talk_fact", "talk_part_fact")
"""The views of the talks in a branch."""
