"""The facts of admission, and what it makes of a member: from when probationary, full, or no more."""

from partyctl.ledger.views.columns import sql_words
from partyctl.terms import AdmissionStep

OUTCOMES = (AdmissionStep.CONVERSION_VOTE, AdmissionStep.EXTENSION, AdmissionStep.CANCELLATION)
"""What a members' meeting can make of a probation at its end; it holds once it is approved."""

# What has been typed in holds no formula of the law but one: a year after the vote, or the day
# after an extension's last, somebody who is converted is full. 02-29 and twelve months is 03-01.
STANDING = f"""
CREATE VIEW standing (member_id, applicant_id, by_vote, refused_on, converted_on, full_on,
    cancelled_on, extended_to, extended_on) AS
WITH approved AS (
    SELECT approval.applicant_id, approval.taken_on, approval.id, (
        SELECT outcome.step || coalesce(outcome.until_on, '') FROM applicant_step AS outcome
        WHERE outcome.applicant_id = approval.applicant_id
            AND outcome.step IN {sql_words(OUTCOMES)} AND outcome.result = 'pass'
            AND outcome.voided_at IS NULL AND outcome.taken_on <= approval.taken_on
        ORDER BY outcome.taken_on DESC, outcome.id DESC LIMIT 1) AS outcome
    FROM applicant_step AS approval
    WHERE approval.step = 'conversion-approval' AND approval.result = 'pass'
        AND approval.voided_at IS NULL)
SELECT link.member_id, link.applicant_id, link.by_vote,
    (SELECT min(taken_on) FROM applicant_step AS refusal
        WHERE refusal.applicant_id = link.applicant_id AND refusal.step = 'approval'
        AND refusal.result = 'fail' AND refusal.voided_at IS NULL),
    (SELECT min(taken_on) FROM approved WHERE approved.applicant_id = link.applicant_id
        AND outcome = 'conversion-vote'),
    coalesce((SELECT date(max(substr(outcome, 10)), '+1 day') FROM approved
        WHERE approved.applicant_id = link.applicant_id AND outcome LIKE 'extension%'),
        date(member.joined_on, '+12 months')),
    (SELECT min(taken_on) FROM approved WHERE approved.applicant_id = link.applicant_id
        AND outcome = 'cancellation'),
    (SELECT max(substr(outcome, 10)) FROM approved
        WHERE approved.applicant_id = link.applicant_id AND outcome LIKE 'extension%'),
    (SELECT min(taken_on) FROM approved
        WHERE approved.applicant_id = link.applicant_id AND outcome LIKE 'extension%')
FROM admission AS link JOIN member ON member.id = link.member_id
JOIN applicant ON applicant.id = link.applicant_id
WHERE member.voided_at IS NULL AND applicant.voided_at IS NULL
"""

ADMISSION_FACT = """
-- A step: due_on is the last day of what lasts, done_on the signature's, case_id its own number.
SELECT 'admission:' || line.step, line.taken_on, 'applicant', person.id, person.branch_id,
    'applicant', person.id, NULL, NULL, line.makes_up, NULL, NULL, NULL, 0, 0,
    line.half_hours, NULL, NULL, line.result, line.until_on, line.signed_on, line.id,
    line.meeting_id, person.name, NULL,
    CASE WHEN line.eligible IS NULL THEN '' ELSE printf('votes=%d/%d/%d/%d/%d+%d/%d/%d ',
        line.eligible, line.present, line.approve, line.oppose, line.abstain,
        coalesce(line.written_approve, 0), coalesce(line.written_oppose, 0),
        coalesce(line.written_abstain, 0)) END
    || coalesce((SELECT 'excluded=' || group_concat(other.member_id) || ' '
        FROM applicant_step_excluded AS other WHERE other.step_id = line.id), '')
    || CASE WHEN line.to_general_branch THEN 'general-branch ' ELSE '' END
    || CASE WHEN line.to_organ_committee THEN 'organ-committee ' ELSE '' END
    || coalesce((SELECT 'people=' || group_concat(party.member_id) FROM applicant_step_person AS party
        WHERE party.step_id = line.id), '')
FROM applicant AS person JOIN applicant_step AS line ON line.applicant_id = person.id
WHERE person.voided_at IS NULL AND line.voided_at IS NULL
UNION ALL
-- The application: due_on is the day of birth, done_on the day on which it came to nothing.
SELECT 'case:applicant', person.applied_on, 'applicant', person.id, person.branch_id,
    'applicant', person.id, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL,
    person.birth_on, person.closed_on, person.id,
    (SELECT link.member_id FROM admission AS link JOIN member ON member.id = link.member_id
        WHERE link.applicant_id = person.id AND member.voided_at IS NULL), person.name, NULL,
    coalesce((SELECT CASE WHEN link.by_vote THEN '' ELSE 'joined=' || member.joined_on END
        FROM admission AS link JOIN member ON member.id = link.member_id
        WHERE link.applicant_id = person.id AND member.voided_at IS NULL), '')
FROM applicant AS person WHERE person.voided_at IS NULL
UNION ALL
-- Somebody who came on the roll as a probationary member, and of whom no application is known.
SELECT 'case:probation', member.joined_on, 'member', member.id, member.branch_id,
    'member', member.id, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL,
    NULL, member.left_on, NULL, NULL, member.name, NULL, ''
FROM member WHERE member.voided_at IS NULL AND member.probationary AND member.full_on IS NULL
    AND NOT EXISTS (SELECT 1 FROM standing WHERE standing.member_id = member.id)
"""

ADMISSION_SOURCES = {"admission_fact": ADMISSION_FACT}

ADMISSION_SCOPE = """
SELECT 'applicant', 'applicant', id, name, branch_id, applied_on, date(closed_on, '-1 day'),
    NULL, NULL, 0, NULL
FROM applicant WHERE voided_at IS NULL
UNION ALL
-- From the committee's decision until the one that makes somebody a target (发展对象), or a member.
SELECT 'activist', 'applicant', person.id, person.name, person.branch_id,
    (SELECT min(taken_on) FROM applicant_step AS line WHERE line.applicant_id = person.id
        AND line.step = 'activist' AND line.result = 'pass' AND line.voided_at IS NULL) AS from_on,
    date(min(coalesce(person.closed_on, '9999-12-31'), coalesce((
        SELECT min(taken_on) FROM applicant_step AS line WHERE line.applicant_id = person.id
            AND line.step IN ('target', 'vote') AND line.result = 'pass'
            AND line.voided_at IS NULL), '9999-12-31')), '-1 day'),
    NULL, NULL, 0, NULL
FROM applicant AS person WHERE person.voided_at IS NULL AND from_on IS NOT NULL
"""
