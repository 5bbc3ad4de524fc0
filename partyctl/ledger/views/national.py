"""The facts that only national rules ask for: votes on the agenda, terms of office, hours of study."""

from partyctl.ledger.views.columns import NO_CASE

NATIONAL_FACT = f"""
-- Of a members' meeting each question that was voted on; marks hold the votes.
SELECT CASE WHEN item.topic LIKE '%选举%' OR item.topic LIKE '%换届%' THEN 'vote:election'
        ELSE 'vote:ordinary' END,
    meeting.held_on, 'branch', meeting.branch_id, meeting.branch_id, 'meeting', meeting.id,
    NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, NULL, item.topic, NULL,
    printf('votes=%d/%d/%d/%d/%d', item.eligible, item.present, item.approve, item.oppose,
        item.abstain) || coalesce((SELECT ' excluded=' || group_concat(other.member_id)
        FROM meeting_excluded AS other WHERE other.meeting_id = meeting.id), '')
FROM meeting JOIN meeting_kind AS kind ON kind.meeting_id = meeting.id AND kind.kind = 'members'
JOIN agenda_item AS item ON item.meeting_id = meeting.id AND item.eligible IS NOT NULL
WHERE meeting.voided_at IS NULL AND meeting.held_on IS NOT NULL
UNION ALL
-- The committee's term, from its election on.
SELECT 'case:term', branch.elected_on, 'branch', branch.id, branch.id, 'branch', branch.id,
    NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL,
    NULL, branch.elected_on, branch.id, NULL, branch.name, NULL, ''
FROM branch WHERE branch.voided_at IS NULL AND branch.elected_on IS NOT NULL
UNION ALL
-- The half hours of a gathering, for each member who was there by name.
SELECT 'study:hours', meeting.held_on, 'member', line.member_id, meeting.branch_id,
    'meeting', meeting.id, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0,
    meeting.half_hours, NULL, NULL, NULL, {NO_CASE}
FROM meeting JOIN attendance AS line ON line.meeting_id = meeting.id AND line.absent_because IS NULL
WHERE meeting.voided_at IS NULL AND meeting.held_on IS NOT NULL AND meeting.half_hours IS NOT NULL
"""
