"""Which record each row belongs to: a line of an agenda to its meeting, a post to its member."""

from typing import NamedTuple


class Owner(NamedTuple):
    """The noun of the record, and the row's column that holds the record's number."""

    noun: str
    column: str


OWNERS = {
    "organ": Owner("organ", "id"),
    "superior": Owner("superior", "kind"),
    "branch": Owner("branch", "id"),
    "branch_committee": Owner("branch", "branch_id"),
    "cell": Owner("cell", "id"),
    "member": Owner("member", "id"),
    "member_category": Owner("member", "member_id"),
    "member_away": Owner("member", "member_id"),
    "appointment": Owner("member", "member_id"),
    "leadership": Owner("member", "member_id"),
    "staff": Owner("staff", "id"),
    "meeting": Owner("meeting", "id"),
    "meeting_kind": Owner("meeting", "meeting_id"),
    "agenda_item": Owner("meeting", "meeting_id"),
    "attendance": Owner("meeting", "meeting_id"),
    "meeting_excluded": Owner("meeting", "meeting_id"),
    "meeting_speech": Owner("meeting", "meeting_id"),
    "minutes_file": Owner("minutes-file", "sha256"),
    "dues_entry": Owner("dues", "id"),
    "dues_assessment": Owner("dues", "entry_id"),
    "dues_payment": Owner("dues", "entry_id"),
    "dues_payment_line": Owner("dues", "entry_id"),
    "dues_exemption": Owner("dues", "entry_id"),
    "dues_lapse": Owner("dues", "entry_id"),
    "dues_remittance": Owner("remittance", "id"),
    "plan": Owner("plan", "id"),
    "plan_item": Owner("plan-item", "id"),
    "plan_role": Owner("plan", "plan_id"),
    "meeting_plan": Owner("meeting", "meeting_id"),
    "meeting_step": Owner("meeting", "meeting_id"),
    "rectification": Owner("rectify", "id"),
    "review": Owner("review", "id"),
    "review_step": Owner("review", "review_id"),
    "review_self": Owner("review", "review_id"),
    "review_rating": Owner("review", "review_id"),
    "review_votes": Owner("review", "review_id"),
    "review_outcome": Owner("review", "review_id"),
    "talk": Owner("talk", "id"),
    "talk_party": Owner("talk", "talk_id"),
    "talk_staff": Owner("talk", "talk_id"),
    "contact": Owner("contact", "id"),
    "contact_visit": Owner("contact", "contact_id"),
    "personal_report": Owner("member", "member_id"),
    "disclosure": Owner("disclosure", "id"),
    "publication": Owner("disclosure", "disclosure_id"),
    "waiver": Owner("waive", "id"),
    "holiday": Owner("holiday", "id"),
    "announced_year": Owner("announced-year", "id"),
    "rule_change": Owner("rule-change", "id"),
    "applicant": Owner("applicant", "id"),
    "applicant_paper": Owner("applicant", "applicant_id"),
    "applicant_step": Owner("applicant", "applicant_id"),
    "applicant_step_person": Owner("applicant", "applicant_id"),
    "applicant_step_excluded": Owner("applicant", "applicant_id"),
    "admission": Owner("member", "member_id"),
    "sanction": Owner("member", "member_id"),
    "opinion": Owner("opinion", "id"),
    "opinion_step": Owner("opinion", "opinion_id"),
    "warning": Owner("warning", "id"),
    "warning_step": Owner("warning", "warning_id"),
    "warning_talk": Owner("warning", "warning_id"),
    "warning_talker": Owner("warning", "warning_id"),
}
"""By table; a test holds it against the tables that there are."""

OUTBOX = ("reminder_digest", "reminder", "reminder_run")
"""Traffic, not facts: what was sent to whom, several changes a day, none of them a person's."""

UNWATCHED = ("journal_entry", "journal_detail", "alembic_version", *OUTBOX)
"""The tables that are no facts: the journal itself, the migrations' own mark, the outbox."""
