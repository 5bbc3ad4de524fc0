"""The SQL of the read side: one shape for all facts, one for who is in which role.

Views hold no data, so every migration drops and makes them anew from this text; voided records
and meetings that are only planned are no facts. The columns are those of `law.facts.Fact` and
`Spell`, in their order; a test holds them together.
"""

from partyctl.ledger.views.admission import ADMISSION_SCOPE, ADMISSION_SOURCES, STANDING
from partyctl.ledger.views.columns import FACT_COLUMNS, NO_CASE, NO_END, ORGAN_KINDS, sql_words
from partyctl.ledger.views.group import GROUP_SOURCES
from partyctl.ledger.views.life import LIFE_SOURCES
from partyctl.ledger.views.national import NATIONAL_FACT
from partyctl.terms import COMMITTEE_POSTS

MEETING_FACT = f"""
SELECT 'meeting:' || kind.kind, meeting.held_on,
    CASE kind.kind WHEN 'cell' THEN 'cell' ELSE 'branch' END,
    CASE kind.kind WHEN 'cell' THEN meeting.cell_id ELSE meeting.branch_id END,
    meeting.branch_id, 'meeting', meeting.id,
    NULL, NULL, meeting.makes_up, meeting.chair_id, meeting.lecturer_id, meeting.notified_on,
    meeting.minutes IS NOT NULL OR meeting.minutes_sha256 IS NOT NULL,
    EXISTS (SELECT 1 FROM agenda_item AS item
        WHERE item.meeting_id = meeting.id AND item.to_decide AND item.resolution IS NULL),
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, meeting.opinions_on,
    CASE WHEN meeting.criticism THEN 'criticism ' ELSE '' END
        || CASE WHEN meeting.opinions_inside IS NOT NULL THEN 'inside ' ELSE '' END
        || CASE WHEN meeting.opinions_outside IS NOT NULL THEN 'outside ' ELSE '' END
        || CASE WHEN kind.kind = 'org-life' AND NOT EXISTS (
            SELECT 1 FROM appointment AS post JOIN member ON member.id = post.member_id
            WHERE member.branch_id = meeting.branch_id AND post.post IN {sql_words(COMMITTEE_POSTS)}
            AND post.voided_at IS NULL AND member.voided_at IS NULL
            AND post.from_on <= meeting.held_on
            AND coalesce(post.to_on, {NO_END}) >= meeting.held_on
            AND coalesce(member.left_on, {NO_END}) > meeting.held_on
            AND NOT EXISTS (SELECT 1 FROM attendance WHERE attendance.meeting_id = meeting.id
                AND attendance.member_id = member.id)) THEN 'committee' ELSE '' END
FROM meeting JOIN meeting_kind AS kind ON kind.meeting_id = meeting.id
WHERE meeting.voided_at IS NULL AND meeting.held_on IS NOT NULL AND kind.kind NOT IN {sql_words(ORGAN_KINDS)}
"""

INTEGRITY_FACT = f"""
SELECT 'integrity:education', meeting.held_on, 'branch', meeting.branch_id, meeting.branch_id,
    'meeting', meeting.id, NULL, NULL, meeting.makes_up, NULL, NULL, NULL, 0, 0,
    NULL, NULL, NULL, NULL, {NO_CASE}
FROM meeting WHERE meeting.voided_at IS NULL AND meeting.held_on IS NOT NULL AND meeting.integrity
UNION ALL
SELECT 'integrity:report', report.reported_on, 'member', member.id, member.branch_id,
    'member', member.id, CAST(report.year AS TEXT), NULL, NULL, NULL, NULL, NULL, 0, 0,
    NULL, NULL, NULL, NULL, {NO_CASE}
FROM personal_report AS report JOIN member ON member.id = report.member_id
WHERE report.voided_at IS NULL
"""

PLAN_FACT = f"""
SELECT 'plan:study', plan.adopted_on, 'branch', plan.branch_id, plan.branch_id,
    'plan', plan.id, CAST(plan.year AS TEXT), NULL, NULL, NULL, NULL, NULL, 0, 0,
    NULL, NULL, NULL, NULL, {NO_CASE}
FROM plan WHERE plan.voided_at IS NULL AND plan.kind = 'study'
"""

PAYMENT_FACT = f"""
-- Consent given at a meeting stands and falls with that meeting, and has its day.
SELECT 'dues:payment', payment.paid_on, 'member', line.member_id, member.branch_id,
    'dues', line.entry_id, line.month, NULL, NULL, NULL, NULL, NULL, 0, 0,
    line.amount, payment.payer, CASE WHEN payment.consent_meeting_id IS NULL
        THEN payment.consent_on ELSE (SELECT consent.held_on FROM meeting AS consent
            WHERE consent.id = payment.consent_meeting_id AND consent.voided_at IS NULL
            AND consent.held_on <= payment.paid_on AND consent.branch_id = member.branch_id
            AND EXISTS (SELECT 1 FROM meeting_kind AS kind
                WHERE kind.meeting_id = consent.id AND kind.kind = 'committee')) END,
    NULL, {NO_CASE}
FROM member
JOIN dues_payment_line AS line ON line.member_id = member.id
JOIN dues_payment AS payment ON payment.entry_id = line.entry_id
JOIN dues_entry AS entry ON entry.id = line.entry_id
WHERE entry.voided_at IS NULL
"""

EXEMPTION_FACT = f"""
SELECT 'dues:exemption', exemption.decided_on, 'member', entry.member_id, member.branch_id,
    'dues', entry.id, exemption.from_month, exemption.to_month, NULL, NULL, NULL, NULL, 0, 0,
    NULL, NULL, NULL, NULL, {NO_CASE}
FROM member
JOIN dues_entry AS entry ON entry.member_id = member.id AND entry.act = 'exemption'
JOIN dues_exemption AS exemption ON exemption.entry_id = entry.id
WHERE entry.voided_at IS NULL
"""

LAPSE_FACT = f"""
SELECT 'dues:lapse', lapse.taken_on, 'member', entry.member_id, member.branch_id,
    'dues', entry.id, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0,
    NULL, NULL, NULL, lapse.step, {NO_CASE}
FROM member
JOIN dues_entry AS entry ON entry.member_id = member.id AND entry.act = 'lapse'
JOIN dues_lapse AS lapse ON lapse.entry_id = entry.id
WHERE entry.voided_at IS NULL
"""

ASSESSMENT_FACT = f"""
-- An assessment holds by its months, not by a day: it is known on every day.
SELECT 'dues:assessment', '0001-01-01', 'member', assessment.member_id, member.branch_id,
    'dues', entry.id, assessment.from_month, (
        SELECT min(later.from_month) FROM dues_assessment AS later
        WHERE later.member_id = assessment.member_id AND later.from_month > assessment.from_month),
    NULL, NULL, NULL, NULL, 0, 0,
    assessment.amount, NULL, NULL, NULL, {NO_CASE}
FROM member
JOIN dues_assessment AS assessment ON assessment.member_id = member.id
JOIN dues_entry AS entry ON entry.id = assessment.entry_id
WHERE entry.voided_at IS NULL
"""

BRANCH_SOURCES = {
    "meeting_fact": MEETING_FACT,
    "plan_fact": PLAN_FACT,
    "integrity_fact": INTEGRITY_FACT,
    "payment_fact": PAYMENT_FACT,
    "exemption_fact": EXEMPTION_FACT,
    "lapse_fact": LAPSE_FACT,
    "assessment_fact": ASSESSMENT_FACT,
    **LIFE_SOURCES,
    "national_fact": NATIONAL_FACT,
    **ADMISSION_SOURCES,
}
SOURCES = BRANCH_SOURCES | GROUP_SOURCES
"""Where facts come from: a view each, so that a question to one need not pass the others."""

SCOPE = f"""
CREATE VIEW scope (role, subject_kind, subject_id, name, branch_id, from_on, to_on,
    paid_to, leaves_to, admitted, annulled_on) AS
SELECT 'branch', 'branch', id, name, id, founded_on, NULL, NULL, NULL, 0, NULL
FROM branch WHERE voided_at IS NULL
UNION ALL
SELECT 'branch-with-committee', 'branch', branch.id, branch.name, branch.id, state.from_on,
    (SELECT date(min(later.from_on), '-1 day') FROM branch_committee AS later
        WHERE later.branch_id = branch.id AND later.voided_at IS NULL
        AND later.from_on > coalesce(state.from_on, '')), NULL, NULL, 0, NULL
FROM branch JOIN (SELECT id AS branch_id, founded_on AS from_on, has_committee FROM branch
    UNION ALL SELECT branch_id, from_on, has_committee FROM branch_committee
    WHERE voided_at IS NULL) AS state ON state.branch_id = branch.id
WHERE branch.voided_at IS NULL AND state.has_committee
UNION ALL
SELECT 'cell', 'cell', cell.id, cell.name, cell.branch_id,
    nullif(max(coalesce(cell.founded_on, ''), coalesce(branch.founded_on, '')), ''),
    NULL, NULL, NULL, 0, NULL
FROM cell JOIN branch ON branch.id = cell.branch_id
WHERE cell.voided_at IS NULL AND branch.voided_at IS NULL
UNION ALL
SELECT 'member', 'member', id, name, branch_id, on_roll_from,
    date(min(coalesce(left_on, cancelled_on), coalesce(cancelled_on, left_on)), '-1 day'),
    dues_paid_to, left_dues_to, probationary AND on_roll_from = joined_on, refused_on
FROM member LEFT JOIN standing ON standing.member_id = member.id WHERE voided_at IS NULL
UNION ALL
SELECT 'leader', 'member', member.id, member.name, member.branch_id, leadership.from_on,
    nullif(min(coalesce(leadership.to_on, '9999-12-31'),
        coalesce(date(member.left_on, '-1 day'), '9999-12-31')), '9999-12-31'), NULL, NULL, 0, NULL
FROM leadership JOIN member ON member.id = leadership.member_id
WHERE leadership.voided_at IS NULL AND member.voided_at IS NULL
UNION ALL
SELECT appointment.post, 'member', member.id, member.name, member.branch_id, appointment.from_on,
    nullif(min(coalesce(appointment.to_on, '9999-12-31'),
        coalesce(date(member.left_on, '-1 day'), '9999-12-31')), '9999-12-31'), NULL, NULL, 0, NULL
FROM appointment JOIN member ON member.id = appointment.member_id
WHERE appointment.voided_at IS NULL AND member.voided_at IS NULL
UNION ALL
-- Somebody admitted here is full from the approval on, whatever the day that seniority counts from.
SELECT 'probationary', 'member', id, name, branch_id, on_roll_from,
    date(coalesce(member.full_on, converted_on), '-1 day'), NULL, NULL, 0, refused_on
FROM member LEFT JOIN standing ON standing.member_id = member.id WHERE voided_at IS NULL
    AND (member.full_on > on_roll_from OR probationary AND member.full_on IS NULL)
UNION ALL
SELECT 'sanctioned', 'member', member.id, member.name, member.branch_id,
    sanction.from_on, sanction.to_on, NULL, NULL, 0, NULL
FROM sanction JOIN member ON member.id = sanction.member_id
WHERE sanction.voided_at IS NULL AND member.voided_at IS NULL
UNION ALL
SELECT 'organ', 'organ', id, name, NULL, NULL, NULL, NULL, NULL, 0, NULL FROM organ
UNION ALL
SELECT 'contact', 'contact', id, name, NULL, since, NULL, NULL, NULL, 0, NULL
FROM contact WHERE voided_at IS NULL
UNION ALL
{ADMISSION_SCOPE.strip()}
"""

VIEWS = {
    "standing": STANDING.strip(),
    **{
        name: f"CREATE VIEW {name} ({FACT_COLUMNS}) AS\n{select.strip()}"
        for name, select in SOURCES.items()
    },
    "fact": "CREATE VIEW fact AS\n" + "\nUNION ALL\n".join(f"SELECT * FROM {n}" for n in SOURCES),
    "scope": SCOPE.strip(),
}
