"""Views: facts of the yearly review of a branch's members, and of the talks among them."""

from partyctl.ledger.views.columns import NO_END, common, sql_words
from partyctl.terms import COMMITTEE_POSTS


def of_review(what: str, on: str, subject: tuple[str, str]) -> str:
    """The SQL for the common columns of a view of facts about reviews."""
    return common(
        what=what,
        on=on,
        subject=subject,
        branch="review.branch_id",
        record=("'review'", "review.id"),
        period="CAST(review.year AS TEXT)",
    )


BRANCH, MEMBER = ("'branch'", "review.branch_id"), ("'member'", "line.member_id")

REVIEW_STEP = f"""
SELECT {of_review("'review:' || line.step", "line.taken_on", BRANCH)}
FROM review JOIN review_step AS line ON line.review_id = review.id WHERE review.voided_at IS NULL
"""

REVIEW = f"""
SELECT {of_review("'case:review'", "line.taken_on", BRANCH)}
FROM review JOIN review_step AS line ON line.review_id = review.id AND line.step = 'open'
WHERE review.voided_at IS NULL
"""

SELF_REVIEW = f"""
SELECT {of_review("'review:self'", "line.handed_on", MEMBER)}
FROM review JOIN review_self AS line ON line.review_id = review.id WHERE review.voided_at IS NULL
"""

# A rating has the day of the meeting at which it was made.
RATING = f"""
SELECT {of_review("'review:rating'", "step.taken_on", MEMBER)}, line.grade AS grade
FROM review JOIN review_rating AS line ON line.review_id = review.id
JOIN review_step AS step ON step.review_id = review.id AND step.step = 'meeting'
WHERE review.voided_at IS NULL
"""

# An outcome is a fact on the day recorded for it. If a members' meeting voted on the outcome, the
# vote is a second fact. Its day is the day of the outcome or of the meeting, whichever is later.
OUTCOME = f"""
SELECT {of_review("'review:outcome'", "line.taken_on", MEMBER)},
    line.act AS act, NULL AS meeting_id
FROM review JOIN review_outcome AS line ON line.review_id = review.id
WHERE review.voided_at IS NULL
UNION ALL
SELECT {of_review("'review:outcome'", "max(line.taken_on, meeting.held_on)", MEMBER)},
    line.act AS act, meeting.id AS meeting_id
FROM review JOIN review_outcome AS line ON line.review_id = review.id
JOIN meeting ON meeting.id = line.meeting_id
JOIN meeting_kind AS kind ON kind.meeting_id = meeting.id AND kind.kind = 'members'
WHERE review.voided_at IS NULL AND meeting.voided_at IS NULL AND meeting.held_on IS NOT NULL
"""

ON_COMMITTEE = f"""EXISTS (SELECT 1 FROM appointment AS post WHERE post.member_id = {{who}}.member_id
    AND post.post IN {sql_words(COMMITTEE_POSTS)} AND post.voided_at IS NULL
    AND post.from_on <= talk.held_on AND coalesce(post.to_on, {NO_END}) >= talk.held_on)"""

# A row for each pair of members in a talk, for each branch to which one of the two belongs. A talk
# between people of two branches counts for both branches. A pair does not count if the record of
# one of the two members was voided.
TALK = f"""
SELECT {
    common(
        what=f"CASE {ON_COMMITTEE.format(who='own')} + {ON_COMMITTEE.format(who='other')} "
        "WHEN 2 THEN 'talk:committee' WHEN 1 THEN 'talk:committee-member' ELSE 'talk:members' END",
        on="talk.held_on",
        subject=("'branch'", "member.branch_id"),
        branch="member.branch_id",
        record=("'talk'", "talk.id"),
        makes_up="talk.makes_up",
    )
}, min(own.member_id, other.member_id) AS one_id, max(own.member_id, other.member_id) AS two_id
FROM member JOIN talk_party AS own ON own.member_id = member.id
JOIN talk ON talk.id = own.talk_id
JOIN talk_party AS other ON other.talk_id = talk.id
JOIN member AS partner ON partner.id = other.member_id
WHERE own.member_id <> other.member_id
    AND talk.voided_at IS NULL AND member.voided_at IS NULL AND partner.voided_at IS NULL
    AND (own.member_id < other.member_id OR partner.branch_id <> member.branch_id)
"""

# A row for each member who talked with another member. A talk in which a member talked only with
# staff does not count under 支部·八.
TALK_PART = f"""
SELECT {
    common(
        what="'talk:part'",
        on="talk.held_on",
        subject=("'member'", "member.id"),
        branch="member.branch_id",
        record=("'talk'", "talk.id"),
        makes_up="talk.makes_up",
    )
}
FROM member JOIN talk_party AS own ON own.member_id = member.id
JOIN talk ON talk.id = own.talk_id WHERE talk.voided_at IS NULL
    AND EXISTS (SELECT 1 FROM talk_party AS other JOIN member AS party ON party.id = other.member_id
        WHERE other.talk_id = talk.id AND other.member_id <> member.id
        AND party.voided_at IS NULL)
"""

FOLLOW_UP = f"""
SELECT {
    common(
        what="'case:follow-up'",
        on="talk.held_on",
        subject=("'talk'", "talk.id"),
        branch="member.branch_id",
        record=("'talk'", "talk.id"),
    )
}, talk.follow_up AS name, talk.follow_up_due AS due_on, talk.follow_up_done AS done_on
FROM member JOIN talk_party AS own ON own.member_id = member.id
JOIN talk ON talk.id = own.talk_id
WHERE talk.voided_at IS NULL AND talk.follow_up IS NOT NULL
    AND own.member_id = (SELECT min(member_id) FROM talk_party WHERE talk_id = talk.id)
"""

LIFE_VIEWS = {
    "review_step_fact": REVIEW_STEP,
    "review_fact": REVIEW,
    "self_review_fact": SELF_REVIEW,
    "rating_fact": RATING,
    "outcome_fact": OUTCOME,
    "talk_fact": TALK,
    "talk_part_fact": TALK_PART,
    "follow_up_fact": FOLLOW_UP,
}
