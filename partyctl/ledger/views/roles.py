"""Views: the roles of people and bodies, each with its first and its last day.

There are three views instead of one, because SQLite prepares a query faster if the view is short.
Most ledgers have no applicants, so the view with the applicants' roles is seldom read.
"""

from partyctl.ledger.views.columns import sql_words
from partyctl.terms import LEADING_POSTS

COLUMNS = """role, subject_kind, subject_id, name, branch_id, from_on, to_on,
    paid_to, leaves_to, admitted"""

APPOINTMENT = """
SELECT appointment.post, 'member', member.id, member.name, member.branch_id, appointment.from_on,
    nullif(min(coalesce(appointment.to_on, '9999-12-31'),
        coalesce(date(member.left_on, '-1 day'), '9999-12-31')), '9999-12-31'), NULL, NULL, 0
FROM appointment JOIN member ON member.id = appointment.member_id
WHERE appointment.voided_at IS NULL AND member.voided_at IS NULL
"""

SCOPE = f"""
SELECT 'branch', 'branch', id, name, id, founded_on, NULL, NULL, NULL, 0
FROM branch WHERE voided_at IS NULL
UNION ALL
SELECT 'branch-with-committee', 'branch', branch.id, branch.name, branch.id, state.from_on,
    (SELECT date(min(later.from_on), '-1 day') FROM branch_committee AS later
        WHERE later.branch_id = branch.id AND later.voided_at IS NULL
        AND later.from_on > coalesce(state.from_on, '')), NULL, NULL, 0
FROM branch JOIN (SELECT id AS branch_id, founded_on AS from_on, has_committee FROM branch
    UNION ALL SELECT branch_id, from_on, has_committee FROM branch_committee
    WHERE voided_at IS NULL) AS state ON state.branch_id = branch.id
WHERE branch.voided_at IS NULL AND state.has_committee
UNION ALL
SELECT 'cell', 'cell', cell.id, cell.name, cell.branch_id,
    nullif(max(coalesce(cell.founded_on, ''), coalesce(branch.founded_on, '')), ''),
    NULL, NULL, NULL, 0
FROM cell JOIN branch ON branch.id = cell.branch_id
WHERE cell.voided_at IS NULL AND branch.voided_at IS NULL
UNION ALL
SELECT 'member', 'member', id, name, branch_id, on_roll_from,
    date(left_on, '-1 day'), dues_paid_to, left_dues_to, probationary AND on_roll_from = joined_on
FROM member WHERE voided_at IS NULL
UNION ALL
SELECT 'leader', 'member', member.id, member.name, member.branch_id, leadership.from_on,
    nullif(min(coalesce(leadership.to_on, '9999-12-31'),
        coalesce(date(member.left_on, '-1 day'), '9999-12-31')), '9999-12-31'), NULL, NULL, 0
FROM leadership JOIN member ON member.id = leadership.member_id
WHERE leadership.voided_at IS NULL AND member.voided_at IS NULL
UNION ALL
{APPOINTMENT.strip()}
UNION ALL
SELECT 'probationary', 'member', id, name, branch_id, on_roll_from,
    date(full_on, '-1 day'), NULL, NULL, 0
FROM member WHERE voided_at IS NULL
    AND (full_on > on_roll_from OR probationary AND full_on IS NULL)
UNION ALL
SELECT 'sanctioned', 'member', member.id, member.name, member.branch_id,
    sanction.from_on, sanction.to_on, NULL, NULL, 0
FROM sanction JOIN member ON member.id = sanction.member_id
WHERE sanction.voided_at IS NULL AND member.voided_at IS NULL
"""
"""The SQL for the roles that branches, cells and members have."""

APPLICANT_SCOPE = """
SELECT 'applicant', 'applicant', id, name, branch_id, applied_on, date(closed_on, '-1 day'),
    NULL, NULL, 0
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
    NULL, NULL, 0
FROM applicant AS person WHERE person.voided_at IS NULL AND from_on IS NOT NULL
"""
"""The SQL for the roles that applicants have."""

GROUP_SCOPE = f"""
SELECT 'organ', 'organ', id, name, NULL, NULL, NULL, NULL, NULL, 0 FROM organ
UNION ALL
SELECT 'contact', 'contact', id, name, NULL, since, NULL, NULL, NULL, 0
FROM contact WHERE voided_at IS NULL
UNION ALL
{APPOINTMENT.strip()}
    AND appointment.post IN {sql_words(LEADING_POSTS)}
"""
"""The SQL for the roles that the leading group, its members and its contact points have."""

ROLE_VIEWS = {"scope": SCOPE, "applicant_scope": APPLICANT_SCOPE, "group_scope": GROUP_SCOPE}
