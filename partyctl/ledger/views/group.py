"""The facts of the leading group, which belong to no branch: its meetings, plans and visits."""

from partyctl.ledger.views.columns import NO_CASE, ORGAN_KINDS, sql_words
from partyctl.ledger.views.openness import OPENNESS_SOURCES

GROUP_MEETING_FACT = f"""
SELECT 'meeting:' || kind.kind, meeting.held_on, 'organ', 1, NULL, 'meeting', meeting.id,
    NULL, NULL, meeting.makes_up, meeting.chair_id, NULL, meeting.notified_on,
    meeting.minutes IS NOT NULL OR meeting.minutes_sha256 IS NOT NULL, 0,
    NULL, NULL, NULL, NULL, {NO_CASE}
FROM meeting JOIN meeting_kind AS kind ON kind.meeting_id = meeting.id
WHERE meeting.voided_at IS NULL AND meeting.held_on IS NOT NULL
    AND kind.kind IN {sql_words(ORGAN_KINDS)}
"""

DEMOCRATIC_LIFE_FACT = """
-- A plan is known on every day, unless it was said when it was made; due_on is the planned day.
SELECT 'case:democratic-life', CASE WHEN meeting.planned_on IS NULL THEN meeting.held_on
        ELSE coalesce(plan.made_on, '0001-01-01') END,
    'meeting', meeting.id, NULL, 'meeting', meeting.id,
    NULL, NULL, meeting.makes_up, meeting.chair_id, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL,
    meeting.planned_on, meeting.held_on, meeting.id, NULL, meeting.theme, NULL, ''
FROM meeting JOIN meeting_kind AS kind ON kind.meeting_id = meeting.id
LEFT JOIN meeting_plan AS plan ON plan.meeting_id = meeting.id
WHERE meeting.voided_at IS NULL AND kind.kind = 'democratic-life'
UNION ALL
SELECT 'step:' || step.step, step.taken_on,
    CASE WHEN step.member_id IS NULL THEN 'organ' ELSE 'member' END,
    coalesce(step.member_id, 1), NULL, 'meeting', meeting.id,
    NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, step.half_days, NULL, NULL, step.part,
    NULL, NULL, meeting.id, NULL, NULL, NULL, ''
FROM meeting JOIN meeting_step AS step ON step.meeting_id = meeting.id
WHERE meeting.voided_at IS NULL AND step.voided_at IS NULL
UNION ALL
-- 分别谈心: a talk between the two alone; one of three or more is no talk of a pair.
SELECT 'talk:pair', talk.held_on, 'member', one.member_id, NULL, 'talk', talk.id,
    NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, two.member_id, NULL, NULL, ''
FROM talk JOIN talk_party AS one ON one.talk_id = talk.id
JOIN talk_party AS two ON two.talk_id = talk.id AND one.member_id < two.member_id
WHERE talk.voided_at IS NULL AND EXISTS (SELECT 1 FROM appointment AS post
        WHERE post.member_id = one.member_id AND post.voided_at IS NULL
        AND post.post IN ('leading-secretary', 'leading-member'))
    AND EXISTS (SELECT 1 FROM appointment AS post
        WHERE post.member_id = two.member_id AND post.voided_at IS NULL
        AND post.post IN ('leading-secretary', 'leading-member'))
    AND NOT EXISTS (SELECT 1 FROM talk_party AS third WHERE third.talk_id = talk.id
        AND third.member_id NOT IN (one.member_id, two.member_id))
    AND NOT EXISTS (SELECT 1 FROM talk_staff AS third WHERE third.talk_id = talk.id)
"""

GROUP_PLAN_FACT = f"""
SELECT 'plan:' || plan.kind, plan.adopted_on, 'organ', 1, NULL, 'plan', plan.id,
    CAST(plan.year AS TEXT), NULL, NULL, NULL, NULL, NULL, 0, 0,
    NULL, NULL, NULL, NULL, {NO_CASE}
FROM plan WHERE plan.voided_at IS NULL AND plan.kind <> 'study'
UNION ALL
SELECT 'case:plan-item', item.set_on, 'plan-item', item.id, NULL, 'plan-item', item.id,
    CAST(plan.year AS TEXT), NULL, NULL, item.owner_id, NULL, NULL, 0, 0,
    NULL, NULL, NULL, NULL,
    item.due_on, item.done_on, item.plan_id, NULL, member.name || '：' || item.target, NULL, ''
FROM plan_item AS item JOIN plan ON plan.id = item.plan_id
JOIN member ON member.id = item.owner_id
WHERE item.voided_at IS NULL AND plan.voided_at IS NULL
"""

RECTIFICATION_FACT = """
SELECT 'case:rectification', item.set_on, 'rectify', item.id, NULL, 'rectify', item.id,
    NULL, NULL, NULL, item.owner_id, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL,
    item.due_on, item.closed_on, item.meeting_id, NULL,
    member.name || '：' || item.problem, NULL, ''
FROM rectification AS item JOIN member ON member.id = item.owner_id WHERE item.voided_at IS NULL
"""

CONTACT_FACT = f"""
SELECT 'contact:' || visit.kind, visit.visited_on, 'contact', visit.contact_id, NULL,
    'contact', visit.contact_id, NULL, NULL, visit.makes_up, contact.leader_id, NULL, NULL, 0, 0,
    NULL, NULL, NULL, NULL, {NO_CASE}
FROM contact_visit AS visit JOIN contact ON contact.id = visit.contact_id
WHERE visit.voided_at IS NULL AND contact.voided_at IS NULL
"""

GROUP_SOURCES = {
    "group_meeting_fact": GROUP_MEETING_FACT,
    "democratic_life_fact": DEMOCRATIC_LIFE_FACT,
    "group_plan_fact": GROUP_PLAN_FACT,
    "rectification_fact": RECTIFICATION_FACT,
    "contact_fact": CONTACT_FACT,
    **OPENNESS_SOURCES,
}
