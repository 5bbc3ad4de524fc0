"""Views: facts of the dues book (payments, assessments, exemptions, the lapse procedure)."""

from partyctl.ledger.views.columns import common

# If the committee gave its consent at a meeting, the day of the consent is the day of the meeting.
# There is no consent if the meeting was voided, was moved to a day after the payment, or is no
# longer a committee meeting of the member's branch.
PAYMENT = f"""
SELECT {
    common(
        what="'dues:payment'",
        on="payment.paid_on",
        subject=("'member'", "line.member_id"),
        branch="member.branch_id",
        record=("'dues'", "line.entry_id"),
        period="line.month",
    )
},
    line.amount AS amount, payment.payer AS payer,
    CASE WHEN payment.consent_meeting_id IS NULL
        THEN payment.consent_on ELSE (SELECT consent.held_on FROM meeting AS consent
            WHERE consent.id = payment.consent_meeting_id AND consent.voided_at IS NULL
            AND consent.held_on <= payment.paid_on AND consent.branch_id = member.branch_id
            AND EXISTS (SELECT 1 FROM meeting_kind AS kind
                WHERE kind.meeting_id = consent.id AND kind.kind = 'committee')) END AS consent_on
FROM member
JOIN dues_payment_line AS line ON line.member_id = member.id
JOIN dues_payment AS payment ON payment.entry_id = line.entry_id
JOIN dues_entry AS entry ON entry.id = line.entry_id
WHERE entry.voided_at IS NULL
"""

# An assessment is entered with a month instead of a day. The view gives every assessment the
# earliest possible day, so that the assessment counts as known on every day.
ASSESSMENT = f"""
SELECT {
    common(
        what="'dues:assessment'",
        on="'0001-01-01'",
        subject=("'member'", "assessment.member_id"),
        branch="member.branch_id",
        record=("'dues'", "entry.id"),
        period="assessment.from_month",
    )
},
    assessment.amount AS amount, (SELECT min(later.from_month) FROM dues_assessment AS later
        WHERE later.member_id = assessment.member_id
        AND later.from_month > assessment.from_month) AS next_month
FROM member
JOIN dues_assessment AS assessment ON assessment.member_id = member.id
JOIN dues_entry AS entry ON entry.id = assessment.entry_id
WHERE entry.voided_at IS NULL
"""

EXEMPTION = f"""
SELECT {
    common(
        what="'dues:exemption'",
        on="exemption.decided_on",
        subject=("'member'", "entry.member_id"),
        branch="member.branch_id",
        record=("'dues'", "entry.id"),
        period="exemption.from_month",
    )
}, exemption.to_month AS to_month
FROM member
JOIN dues_entry AS entry ON entry.member_id = member.id AND entry.act = 'exemption'
JOIN dues_exemption AS exemption ON exemption.entry_id = entry.id
WHERE entry.voided_at IS NULL
"""

LAPSE = f"""
SELECT {
    common(
        what="'dues:lapse'",
        on="lapse.taken_on",
        subject=("'member'", "entry.member_id"),
        branch="member.branch_id",
        record=("'dues'", "entry.id"),
    )
}, lapse.step AS step
FROM member
JOIN dues_entry AS entry ON entry.member_id = member.id AND entry.act = 'lapse'
JOIN dues_lapse AS lapse ON lapse.entry_id = entry.id
WHERE entry.voided_at IS NULL
"""

DUES_VIEWS = {
    "payment_fact": PAYMENT,
    "assessment_fact": ASSESSMENT,
    "exemption_fact": EXEMPTION,
    "lapse_fact": LAPSE,
}
