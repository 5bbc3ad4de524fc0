"""Views: facts of admission, and the periods in which people are applicants or on probation."""

from partyctl.ledger.views.columns import common

ADMISSION_STEP = f"""
SELECT {
    common(
        what="'admission:' || line.step",
        on="line.taken_on",
        subject=("'applicant'", "person.id"),
        branch="person.branch_id",
        record=("'applicant'", "person.id"),
        makes_up="line.makes_up",
    )
},
    line.id AS line_id, line.result AS result, line.until_on AS until_on,
    line.signed_on AS signed_on, line.half_hours AS half_hours,
    line.to_general_branch AS to_general_branch, line.to_organ_committee AS to_organ_committee,
    line.eligible AS eligible, coalesce(line.present, 0) AS present,
    coalesce(line.approve, 0) AS approve, coalesce(line.oppose, 0) AS oppose,
    coalesce(line.abstain, 0) AS abstain, coalesce(line.written_approve, 0) AS written_approve,
    coalesce(line.written_oppose, 0) AS written_oppose,
    coalesce(line.written_abstain, 0) AS written_abstain,
    (SELECT group_concat(party.member_id) FROM applicant_step_person AS party
        JOIN member ON member.id = party.member_id
        WHERE party.step_id = line.id AND member.voided_at IS NULL) AS people,
    (SELECT group_concat(other.member_id) FROM applicant_step_excluded AS other
        WHERE other.step_id = line.id) AS excluded
FROM applicant AS person JOIN applicant_step AS line ON line.applicant_id = person.id
WHERE person.voided_at IS NULL AND line.voided_at IS NULL
"""

# A subquery for a value of the member that an applicant became. A LEFT JOIN would be slower: SQLite
# would read all admissions of the ledger, once for each branch.
JOINED = """(SELECT {value} FROM admission AS link JOIN member ON member.id = link.member_id
        WHERE link.applicant_id = person.id AND member.voided_at IS NULL)"""

# `came_on`: the day of joining, if the member was not admitted by a vote in this ledger.
APPLICATION = f"""
SELECT {
    common(
        what="'case:applicant'",
        on="person.applied_on",
        subject=("'applicant'", "person.id"),
        branch="person.branch_id",
        record=("'applicant'", "person.id"),
    )
},
    person.name AS name, person.birth_on AS birth_on, person.closed_on AS closed_on,
    {JOINED.format(value="member.id")} AS member_id,
    {JOINED.format(value="CASE WHEN NOT link.by_vote THEN member.joined_on END")} AS came_on
FROM applicant AS person WHERE person.voided_at IS NULL
"""

# A row for each member on probation whose application is not in the ledger.
PROBATION = f"""
SELECT {
    common(
        what="'case:probation'",
        on="member.joined_on",
        subject=("'member'", "member.id"),
        branch="member.branch_id",
        record=("'member'", "member.id"),
    )
}, member.name AS name
FROM member WHERE member.voided_at IS NULL AND member.probationary AND member.full_on IS NULL
    AND NOT EXISTS (SELECT 1 FROM admission AS link
        JOIN applicant ON applicant.id = link.applicant_id
        WHERE link.member_id = member.id AND applicant.voided_at IS NULL)
"""

ADMISSION_VIEWS = {
    "admission_step_fact": ADMISSION_STEP,
    "application_fact": APPLICATION,
    "probation_fact": PROBATION,
}
