"""All views: one for each kind of fact, and one for the roles of people and bodies.

Views contain no data, so every migration drops them and creates them again from this text. Voided
records and planned meetings are not facts. A view of facts has the nine columns of
`law.engine.facts.Fact`, and then one column for each field of the fact's value (see
`law.engine.values`), with the field's name. The view `scope` has the fields of `Spell` as columns,
except the last field, because `law.admission.outcomes` decides its value. A test compares the
columns with the fields.
"""

from partyctl.ledger.views.admission import ADMISSION_SCOPE, ADMISSION_VIEWS
from partyctl.ledger.views.dues import DUES_VIEWS
from partyctl.ledger.views.group import GROUP_VIEWS
from partyctl.ledger.views.life import LIFE_VIEWS
from partyctl.ledger.views.meetings import MEETING_VIEWS

FACTS = MEETING_VIEWS | DUES_VIEWS | LIFE_VIEWS | ADMISSION_VIEWS | GROUP_VIEWS

SCOPE = f"""
CREATE VIEW scope (role, subject_kind, subject_id, name, branch_id, from_on, to_on,
    paid_to, leaves_to, admitted) AS
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
SELECT appointment.post, 'member', member.id, member.name, member.branch_id, appointment.from_on,
    nullif(min(coalesce(appointment.to_on, '9999-12-31'),
        coalesce(date(member.left_on, '-1 day'), '9999-12-31')), '9999-12-31'), NULL, NULL, 0
FROM appointment JOIN member ON member.id = appointment.member_id
WHERE appointment.voided_at IS NULL AND member.voided_at IS NULL
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
UNION ALL
SELECT 'organ', 'organ', id, name, NULL, NULL, NULL, NULL, NULL, 0 FROM organ
UNION ALL
SELECT 'contact', 'contact', id, name, NULL, since, NULL, NULL, NULL, 0
FROM contact WHERE voided_at IS NULL
UNION ALL
{ADMISSION_SCOPE.strip()}
"""

VIEWS = {
    **{name: f"CREATE VIEW {name} AS{select.rstrip()}" for name, select in FACTS.items()},
    "scope": SCOPE.strip(),
}
