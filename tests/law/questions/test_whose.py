"""The owner and the period of each duty, written out by hand."""

from partyctl.law.catalogue import CATALOGUE
from partyctl.law.questions.whose import cadence, whose

OWED_BY = {
    "organ": """work-plan theme-meeting responsibility-roles activity-budget cadre-training
        posted-rules democratic-life rectification-briefing dues-publication
        progress-disclosure disclosure-briefing""",
    "branch": """study-plan study-session members-meeting committee-meeting party-lecture
        member-lecture org-life annual-review talk-committee talk-committee-member talk-members
        integrity-education branch-term branch-size theme-day""",
    "cell": "cell-meeting",
    "member": """leader-lecture review-self review-unqualified-vote dl-outline dl-talks
        dl-peer-talks dl-criticism dues-monthly dues-full-amount dues-lapse talk-coverage
        integrity-report study-hours oath conversion-request conversion-vote""",
    "applicant": """activist-decision activist-filing activist-publicity activist-mentors
        thought-report activist-exam target-one-year target-decision introducers political-review
        training application-form committee-examination admission-vote admission-resolution
        admission-approval conversion-publicity extension-bounds quorum-admission applicant-talk
        target-publicity training-hours vote-after-preexam approval-in-three-months approval-in-six-months
        oath-in-a-month conversion-approval-in-three-months activist-age""",
    "contact": "contact-visit contact-survey contact-supervision contact-model",
    "meeting": """study-record members-meeting-chair members-meeting-notice
        members-meeting-resolution committee-meeting-chair committee-minutes org-life-opinions
        org-life-committee org-life-criticism dl-prior-report dl-package dl-study dl-notice
        dl-opinions dl-previous-rectification dl-rectification dl-briefing
        quorum-ordinary quorum-election""",
    "review": "review-study review-meeting review-outcome review-excellent-share",
    "plan-item": "plan-item",
    "rectify": "rectification-item",
    "talk": "talk-follow-up",
    "disclosure": "disclosure-approval",
    "opinion": """opinion-reply opinion-publish opinion-reason opinion-delayed
        opinion-referral""",
    "warning": """warning-inquiry-reply warning-admonition-report warning-correction-report
        warning-approval warning-talk-first talk-two-people talk-outline talk-notice talk-lead
        talk-register talk-repeat warning-archive""",
    "dues": "dues-in-person dues-late-consent dues-late-limit",
}
PERIODS = {
    "month": """study-session members-meeting committee-meeting cell-meeting dues-monthly
        dues-full-amount theme-day""",
    "quarter": """party-lecture talk-committee talk-committee-member talk-members talk-coverage
        contact-visit integrity-education thought-report progress-disclosure
        disclosure-briefing""",
    "half-year": """theme-meeting org-life rectification-briefing contact-survey
        contact-supervision activist-exam""",
    "year": """work-plan responsibility-roles activity-budget cadre-training posted-rules
        study-plan leader-lecture member-lecture annual-review democratic-life contact-model
        integrity-report dues-publication study-hours""",
}


def by_rule(table: dict[str, str]) -> dict[str, str]:
    return {rule: word for word, rules in table.items() for rule in rules.split()}


def test_every_duty_is_somebodys():
    stated, wanted = {rule.id: whose(rule).value for rule in CATALOGUE}, by_rule(OWED_BY)
    differ = {rule: stated.get(rule) for rule in stated.keys() | wanted.keys()}
    differ = {rule: noun for rule, noun in differ.items() if noun != wanted.get(rule)}
    assert stated == wanted, f"OWED_BY in this file lists the owner of each duty: put in {differ}"


def test_what_comes_round_does_so_by_a_period():
    stated = {rule.id: cadence(rule) for rule in CATALOGUE}
    stated, wanted = {rule: kind for rule, kind in stated.items() if kind}, by_rule(PERIODS)
    differ = {rule: kind for rule, kind in stated.items() if kind != wanted.get(rule)}
    assert stated == wanted, (
        f"PERIODS in this file lists the period of each recurring duty: put in {differ}"
    )
