"""Views: facts of a branch's meetings, plans and reports."""

from partyctl.ledger.views.columns import NO_END, ORGAN_KINDS, common, sql_words
from partyctl.terms import COMMITTEE_POSTS

# CASE is used instead of AND, because SQLite would evaluate both sides of an AND for every meeting.
MEETING = f"""
SELECT {
    common(
        what="'meeting:' || kind.kind",
        on="meeting.held_on",
        subject=(
            "CASE kind.kind WHEN 'cell' THEN 'cell' ELSE 'branch' END",
            "CASE kind.kind WHEN 'cell' THEN meeting.cell_id ELSE meeting.branch_id END",
        ),
        branch="meeting.branch_id",
        record=("'meeting'", "meeting.id"),
        makes_up="meeting.makes_up",
    )
},
    meeting.chair_id AS chair_id, meeting.lecturer_id AS lecturer_id,
    meeting.notified_on AS notified_on,
    meeting.minutes IS NOT NULL OR meeting.minutes_sha256 IS NOT NULL AS has_minutes,
    EXISTS (SELECT 1 FROM agenda_item AS item WHERE item.meeting_id = meeting.id
        AND item.to_decide AND item.resolution IS NULL) AS is_undecided,
    meeting.opinions_on AS opinions_on,
    meeting.opinions_inside IS NOT NULL AS opinions_inside,
    meeting.opinions_outside IS NOT NULL AS opinions_outside,
    meeting.criticism AS has_criticism,
    CASE WHEN kind.kind = 'org-life' THEN NOT EXISTS (
        SELECT 1 FROM appointment AS post JOIN member ON member.id = post.member_id
        WHERE member.branch_id = meeting.branch_id AND post.post IN {sql_words(COMMITTEE_POSTS)}
        AND post.voided_at IS NULL AND member.voided_at IS NULL
        AND post.from_on <= meeting.held_on AND coalesce(post.to_on, {NO_END}) >= meeting.held_on
        AND coalesce(member.left_on, {NO_END}) > meeting.held_on
        AND NOT EXISTS (SELECT 1 FROM attendance WHERE attendance.meeting_id = meeting.id
            AND attendance.member_id = member.id)) ELSE 0 END AS committee_accounted
FROM meeting JOIN meeting_kind AS kind ON kind.meeting_id = meeting.id
WHERE meeting.voided_at IS NULL AND meeting.held_on IS NOT NULL
    AND kind.kind NOT IN {sql_words(ORGAN_KINDS)}
"""

INTEGRITY_EDUCATION = f"""
SELECT {
    common(
        what="'integrity:education'",
        on="meeting.held_on",
        subject=("'branch'", "meeting.branch_id"),
        branch="meeting.branch_id",
        record=("'meeting'", "meeting.id"),
        makes_up="meeting.makes_up",
    )
}
FROM meeting WHERE meeting.voided_at IS NULL AND meeting.held_on IS NOT NULL AND meeting.integrity
"""

PERSONAL_REPORT = f"""
SELECT {
    common(
        what="'integrity:report'",
        on="report.reported_on",
        subject=("'member'", "member.id"),
        branch="member.branch_id",
        record=("'member'", "member.id"),
        period="CAST(report.year AS TEXT)",
    )
}
FROM personal_report AS report JOIN member ON member.id = report.member_id
WHERE report.voided_at IS NULL
"""

STUDY_PLAN = f"""
SELECT {
    common(
        what="'plan:study'",
        on="plan.adopted_on",
        subject=("'branch'", "plan.branch_id"),
        branch="plan.branch_id",
        record=("'plan'", "plan.id"),
        period="CAST(plan.year AS TEXT)",
    )
}
FROM plan WHERE plan.voided_at IS NULL AND plan.kind = 'study'
"""

# A row for each question on which a members' meeting voted.
VOTE = f"""
SELECT {
    common(
        what="CASE WHEN item.topic LIKE '%选举%' OR item.topic LIKE '%换届%' "
        "THEN 'vote:election' ELSE 'vote:ordinary' END",
        on="meeting.held_on",
        subject=("'branch'", "meeting.branch_id"),
        branch="meeting.branch_id",
        record=("'meeting'", "meeting.id"),
    )
},
    item.topic AS topic, item.eligible AS eligible, item.present AS present,
    item.approve AS approve, item.oppose AS oppose, item.abstain AS abstain,
    (SELECT group_concat(other.member_id) FROM meeting_excluded AS other
        WHERE other.meeting_id = meeting.id) AS excluded
FROM meeting JOIN meeting_kind AS kind ON kind.meeting_id = meeting.id AND kind.kind = 'members'
JOIN agenda_item AS item ON item.meeting_id = meeting.id AND item.eligible IS NOT NULL
WHERE meeting.voided_at IS NULL AND meeting.held_on IS NOT NULL
"""

# The term of a branch's committee begins on the day of its election.
ELECTION = f"""
SELECT {
    common(
        what="'case:term'",
        on="branch.elected_on",
        subject=("'branch'", "branch.id"),
        branch="branch.id",
        record=("'branch'", "branch.id"),
    )
}, branch.name AS branch
FROM branch WHERE branch.voided_at IS NULL AND branch.elected_on IS NOT NULL
"""

# A row for each member who was present at a meeting whose length is recorded.
STUDY_HOURS = f"""
SELECT {
    common(
        what="'study:hours'",
        on="meeting.held_on",
        subject=("'member'", "line.member_id"),
        branch="meeting.branch_id",
        record=("'meeting'", "meeting.id"),
    )
}, meeting.half_hours AS half_hours
FROM meeting JOIN attendance AS line ON line.meeting_id = meeting.id AND line.absent_because IS NULL
WHERE meeting.voided_at IS NULL AND meeting.held_on IS NOT NULL AND meeting.half_hours IS NOT NULL
"""

MEETING_VIEWS = {
    "meeting_fact": MEETING,
    "plan_fact": STUDY_PLAN,
    "integrity_education_fact": INTEGRITY_EDUCATION,
    "personal_report_fact": PERSONAL_REPORT,
    "vote_fact": VOTE,
    "election_fact": ELECTION,
    "study_hours_fact": STUDY_HOURS,
}
