"""Views: facts of the leading group (such as its meetings, plans and visits), not of a branch."""

from partyctl.ledger.views.columns import ORGAN_KINDS, common, sql_words
from partyctl.ledger.views.openness import OPENNESS_VIEWS

GROUP_MEETING = f"""
SELECT {
    common(
        what="'meeting:' || kind.kind",
        on="meeting.held_on",
        subject=("'organ'", "1"),
        record=("'meeting'", "meeting.id"),
        makes_up="meeting.makes_up",
    )
}
FROM meeting JOIN meeting_kind AS kind ON kind.meeting_id = meeting.id
WHERE meeting.voided_at IS NULL AND meeting.held_on IS NOT NULL
    AND kind.kind IN {sql_words(ORGAN_KINDS)}
"""

# If the ledger does not record when the plan for a meeting was made, the plan counts as known on
# every day.
LIFE_MEETING = f"""
SELECT {
    common(
        what="'case:democratic-life'",
        on="CASE WHEN meeting.planned_on IS NULL THEN meeting.held_on "
        "ELSE coalesce(plan.made_on, '0001-01-01') END",
        subject=("'meeting'", "meeting.id"),
        record=("'meeting'", "meeting.id"),
        makes_up="meeting.makes_up",
    )
}, meeting.planned_on AS planned_on, meeting.held_on AS held_on
FROM meeting JOIN meeting_kind AS kind ON kind.meeting_id = meeting.id
LEFT JOIN meeting_plan AS plan ON plan.meeting_id = meeting.id
WHERE meeting.voided_at IS NULL AND kind.kind = 'democratic-life'
"""

LIFE_STEP = f"""
SELECT {
    common(
        what="'step:' || step.step",
        on="step.taken_on",
        subject=(
            "CASE WHEN step.member_id IS NULL THEN 'organ' ELSE 'member' END",
            "coalesce(step.member_id, 1)",
        ),
        record=("'meeting'", "meeting.id"),
    )
}, step.half_days AS half_days, step.part AS part
FROM meeting JOIN meeting_step AS step ON step.meeting_id = meeting.id
WHERE meeting.voided_at IS NULL AND step.voided_at IS NULL
"""

# 分别谈心: a talk counts for a pair of people only if nobody else took part in it. A third person whose
# record was voided does not count.
PAIR_TALK = f"""
SELECT {
    common(
        what="'talk:pair'",
        on="talk.held_on",
        subject=("'member'", "one.member_id"),
        record=("'talk'", "talk.id"),
    )
}, one.member_id AS one_id, two.member_id AS two_id
FROM (SELECT DISTINCT post.member_id FROM appointment AS post
    WHERE post.voided_at IS NULL AND post.post IN ('leading-secretary', 'leading-member')) AS leader
CROSS JOIN talk_party AS one ON one.member_id = leader.member_id
JOIN talk ON talk.id = one.talk_id
JOIN talk_party AS two ON two.talk_id = talk.id AND one.member_id < two.member_id
WHERE talk.voided_at IS NULL AND EXISTS (SELECT 1 FROM appointment AS post
        WHERE post.member_id = two.member_id AND post.voided_at IS NULL
        AND post.post IN ('leading-secretary', 'leading-member'))
    AND NOT EXISTS (SELECT 1 FROM talk_party AS third
        JOIN member AS person ON person.id = third.member_id
        WHERE third.talk_id = talk.id AND person.voided_at IS NULL
        AND third.member_id NOT IN (one.member_id, two.member_id))
    AND NOT EXISTS (SELECT 1 FROM talk_staff AS third
        JOIN staff AS person ON person.id = third.staff_id
        WHERE third.talk_id = talk.id AND person.voided_at IS NULL)
"""

# If a plan names a member whose record was voided, the plan does not count, because nobody then has
# the responsibility that the plan gives to that member.
GROUP_PLAN = f"""
SELECT {
    common(
        what="'plan:' || plan.kind",
        on="plan.adopted_on",
        subject=("'organ'", "1"),
        record=("'plan'", "plan.id"),
        period="CAST(plan.year AS TEXT)",
    )
}
FROM plan WHERE plan.voided_at IS NULL AND plan.kind <> 'study'
    AND NOT EXISTS (SELECT 1 FROM plan_role AS role JOIN member ON member.id = role.member_id
        WHERE role.plan_id = plan.id AND member.voided_at IS NOT NULL)
"""

PLAN_ITEM = f"""
SELECT {
    common(
        what="'case:plan-item'",
        on="item.set_on",
        subject=("'plan-item'", "item.id"),
        record=("'plan-item'", "item.id"),
        period="CAST(plan.year AS TEXT)",
    )
}, member.name || '：' || item.target AS name, item.due_on AS due_on, item.done_on AS done_on
FROM plan_item AS item JOIN plan ON plan.id = item.plan_id
JOIN member ON member.id = item.owner_id
WHERE item.voided_at IS NULL AND plan.voided_at IS NULL
"""

RECTIFICATION = f"""
SELECT {
    common(
        what="'case:rectification'",
        on="item.set_on",
        subject=("'rectify'", "item.id"),
        record=("'rectify'", "item.id"),
    )
},
    member.name || '：' || item.problem AS name, item.due_on AS due_on,
    item.closed_on AS done_on, item.meeting_id AS meeting_id
FROM rectification AS item JOIN member ON member.id = item.owner_id WHERE item.voided_at IS NULL
"""

CONTACT = f"""
SELECT {
    common(
        what="'contact:' || visit.kind",
        on="visit.visited_on",
        subject=("'contact'", "visit.contact_id"),
        record=("'contact'", "visit.contact_id"),
        makes_up="visit.makes_up",
    )
}
FROM contact_visit AS visit JOIN contact ON contact.id = visit.contact_id
WHERE visit.voided_at IS NULL AND contact.voided_at IS NULL
"""

GROUP_VIEWS = {
    "group_meeting_fact": GROUP_MEETING,
    "life_meeting_fact": LIFE_MEETING,
    "life_step_fact": LIFE_STEP,
    "pair_talk_fact": PAIR_TALK,
    "group_plan_fact": GROUP_PLAN,
    "plan_item_fact": PLAN_ITEM,
    "rectification_fact": RECTIFICATION,
    "contact_fact": CONTACT,
    **OPENNESS_VIEWS,
}
