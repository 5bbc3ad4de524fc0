"""Hand-written SQL: open items under 支部·一 and 二.

Each row is one open item: it starts with the number of its subject (a branch, cell, person or meeting), and
ends with the due day.
"""

PERIODS = (
    """
    CREATE TEMP TABLE month AS
    WITH RECURSIVE each (first) AS (
        SELECT :since UNION ALL SELECT date(first, '+1 month') FROM each
        WHERE substr(first, 1, 7) < :month)
    SELECT substr(first, 1, 7) AS name, first, date(first, '+1 month', '-1 day') AS last FROM each
    """,
    """
    CREATE TEMP TABLE quarter AS
    SELECT substr(name, 1, 4) || '-Q' || (substr(name, 6) / 3) AS name,
        date(first, '-2 months') AS first, last
    FROM month WHERE substr(name, 6) % 3 = 0
    """,
    """
    CREATE TEMP TABLE year AS
    SELECT substr(name, 1, 4) AS name, substr(name, 1, 4) || '-01-01' AS first, last
    FROM month WHERE substr(name, 6) = '12'
    """,
)

MISSING = """
SELECT body.id, body.name, period.name, period.last
FROM {body} AS body CROSS JOIN {period} AS period
WHERE body.voided_at IS NULL AND coalesce(body.founded_on, '') <= period.last
AND NOT EXISTS (
    SELECT 1 FROM meeting JOIN meeting_kind AS kind ON kind.meeting_id = meeting.id
    WHERE meeting.branch_id = {branch} AND {who} AND kind.kind = '{kind}'
    AND meeting.held_on BETWEEN period.first AND period.last
    AND meeting.makes_up IS NULL AND meeting.voided_at IS NULL)
AND NOT EXISTS (
    SELECT 1 FROM meeting JOIN meeting_kind AS kind ON kind.meeting_id = meeting.id
    WHERE meeting.branch_id = {branch} AND {who} AND kind.kind = '{kind}'
    AND meeting.held_on <= :on AND meeting.makes_up = period.name AND meeting.voided_at IS NULL)
"""

FLAWED = """
SELECT meeting.id, meeting.branch_id, meeting.held_on
FROM meeting JOIN meeting_kind AS kind ON kind.meeting_id = meeting.id
WHERE kind.kind = '{kind}' AND meeting.held_on BETWEEN :since AND :last
AND meeting.voided_at IS NULL AND ({flaw})
"""

NO_MINUTES = "meeting.minutes IS NULL AND meeting.minutes_sha256 IS NULL"
UNDECIDED = """EXISTS (
    SELECT 1 FROM agenda_item AS item
    WHERE item.meeting_id = meeting.id AND item.to_decide AND item.resolution IS NULL)"""
NOT_IN_POST = """NOT EXISTS (
    SELECT 1 FROM appointment AS held
    WHERE held.member_id = meeting.chair_id AND held.post IN ({posts}) AND held.voided_at IS NULL
    AND meeting.held_on BETWEEN held.from_on AND coalesce(held.to_on, '9999-12-31'))"""
SECRETARY = "'branch-secretary'"
COMMITTEE = "'branch-secretary', 'organization', 'publicity', 'discipline', 'committee'"

STUDY_PLAN = """
SELECT branch.id, branch.name, year.name, year.name || '-01-31' AS due
FROM branch CROSS JOIN (SELECT DISTINCT substr(name, 1, 4) AS name FROM month) AS year
WHERE branch.voided_at IS NULL AND due BETWEEN :since AND :last AND NOT EXISTS (
    SELECT 1 FROM plan WHERE plan.branch_id = branch.id AND plan.kind = 'study'
    AND plan.year = CAST(year.name AS INTEGER) AND plan.voided_at IS NULL
    AND plan.adopted_on <= :on)
"""

LEADER_LECTURE = """
SELECT member.id, member.name, year.name, year.last
FROM leadership JOIN member ON member.id = leadership.member_id CROSS JOIN year
WHERE leadership.from_on <= year.name || '-07-02' AND leadership.to_on IS NULL
AND NOT EXISTS (
    SELECT 1 FROM meeting JOIN meeting_kind AS kind ON kind.meeting_id = meeting.id
    WHERE meeting.branch_id = member.branch_id AND kind.kind = 'lecture'
    AND meeting.held_on BETWEEN year.first AND year.last
    AND meeting.lecturer_id = member.id AND meeting.voided_at IS NULL)
"""

MEMBER_LECTURE = """
SELECT branch.id, branch.name, year.name, year.last
FROM branch CROSS JOIN year
WHERE NOT EXISTS (
    SELECT 1 FROM meeting JOIN meeting_kind AS kind ON kind.meeting_id = meeting.id
    JOIN member ON member.id = meeting.lecturer_id
    WHERE meeting.branch_id = branch.id AND kind.kind = 'lecture'
    AND meeting.held_on BETWEEN year.first AND year.last AND meeting.voided_at IS NULL
    AND meeting.held_on >= member.on_roll_from
    AND meeting.held_on < coalesce(member.left_on, '9999-12-31')
    AND NOT EXISTS (
        SELECT 1 FROM leadership WHERE leadership.member_id = member.id
        AND meeting.held_on BETWEEN leadership.from_on AND coalesce(leadership.to_on, '9999-12-31')))
"""


def _missing(kind: str, period: str = "month") -> str:
    return MISSING.format(body="branch", period=period, branch="body.id", who="1", kind=kind)


def _flawed(kind: str, flaw: str) -> str:
    return FLAWED.format(kind=kind, flaw=flaw)


MEETINGS = {
    "study-plan": STUDY_PLAN,
    "study-session": _missing("study"),
    "study-record": _flawed("study", NO_MINUTES),
    "members-meeting": _missing("members"),
    "members-meeting-chair": _flawed("members", NOT_IN_POST.format(posts=SECRETARY)),
    "members-meeting-notice": _flawed(
        "members", "meeting.notified_on IS NULL OR meeting.notified_on >= meeting.held_on"
    ),
    "members-meeting-resolution": _flawed("members", UNDECIDED),
    "committee-meeting": _missing("committee"),
    "committee-meeting-chair": _flawed("committee", NOT_IN_POST.format(posts=COMMITTEE)),
    "committee-minutes": _flawed("committee", f"{NO_MINUTES} OR {UNDECIDED}"),
    "cell-meeting": MISSING.format(
        body="cell",
        period="month",
        branch="body.branch_id",
        who="meeting.cell_id = body.id",
        kind="cell",
    ),
    "party-lecture": _missing("lecture", "quarter"),
    "leader-lecture": LEADER_LECTURE,
    "member-lecture": MEMBER_LECTURE,
}
"""For each rule, the open items up to the month's end."""
