"""The facts of a branch's life: the yearly review of its members, and the talks among them."""

from partyctl.ledger.views.columns import NO_CASE, NO_END, sql_words
from partyctl.terms import COMMITTEE_POSTS

REVIEW_FACT = """
SELECT 'review:' || line.step, line.taken_on, 'branch', review.branch_id, review.branch_id,
    'review', review.id, CAST(review.year AS TEXT), NULL, NULL, NULL, NULL, NULL, 0, 0,
    NULL, NULL, NULL, NULL, NULL, NULL, review.id, NULL, NULL, NULL, ''
FROM review JOIN review_step AS line ON line.review_id = review.id WHERE review.voided_at IS NULL
UNION ALL
SELECT 'case:review', line.taken_on, 'branch', review.branch_id, review.branch_id,
    'review', review.id, CAST(review.year AS TEXT), NULL, NULL, NULL, NULL, NULL, 0, 0,
    NULL, NULL, NULL, NULL, NULL, NULL, review.id, NULL, NULL, NULL, ''
FROM review JOIN review_step AS line ON line.review_id = review.id AND line.step = 'open'
WHERE review.voided_at IS NULL
UNION ALL
SELECT 'review:self', line.handed_on, 'member', line.member_id, review.branch_id,
    'review', review.id, CAST(review.year AS TEXT), NULL, NULL, NULL, NULL, NULL, 0, 0,
    NULL, NULL, NULL, NULL, NULL, NULL, review.id, NULL, NULL, NULL, ''
FROM review JOIN review_self AS line ON line.review_id = review.id WHERE review.voided_at IS NULL
UNION ALL
-- A rating has the day of the meeting at which it was made.
SELECT 'review:rating', step.taken_on, 'member', line.member_id, review.branch_id,
    'review', review.id, CAST(review.year AS TEXT), NULL, NULL, NULL, NULL, NULL, 0, 0,
    NULL, NULL, NULL, line.grade, NULL, NULL, review.id, NULL, NULL, NULL, ''
FROM review JOIN review_rating AS line ON line.review_id = review.id
JOIN review_step AS step ON step.review_id = review.id AND step.step = 'meeting'
WHERE review.voided_at IS NULL
UNION ALL
SELECT 'review:outcome', line.taken_on, 'member', line.member_id, review.branch_id,
    'review', review.id, CAST(review.year AS TEXT), NULL, NULL, NULL, NULL, NULL, 0, 0,
    NULL, NULL, NULL, line.act, NULL, NULL, review.id, NULL, NULL, NULL, ''
FROM review JOIN review_outcome AS line ON line.review_id = review.id
WHERE review.voided_at IS NULL
UNION ALL
-- The vote on it is another fact, known from the members' meeting on.
SELECT 'review:outcome', max(line.taken_on, meeting.held_on), 'member', line.member_id,
    review.branch_id, 'review', review.id, CAST(review.year AS TEXT),
    NULL, NULL, NULL, NULL, NULL, 0, 0,
    NULL, NULL, NULL, line.act, NULL, NULL, review.id, meeting.id, NULL, NULL, ''
FROM review JOIN review_outcome AS line ON line.review_id = review.id
JOIN meeting ON meeting.id = line.meeting_id
JOIN meeting_kind AS kind ON kind.meeting_id = meeting.id AND kind.kind = 'members'
WHERE review.voided_at IS NULL AND meeting.voided_at IS NULL AND meeting.held_on IS NOT NULL
"""

ON_COMMITTEE = f"""EXISTS (SELECT 1 FROM appointment AS post WHERE post.member_id = {{who}}.member_id
    AND post.post IN {sql_words(COMMITTEE_POSTS)} AND post.voided_at IS NULL
    AND post.from_on <= talk.held_on AND coalesce(post.to_on, {NO_END}) >= talk.held_on)"""

# Of every pair in a talk, once for each branch of the two: a talk across branches counts for both.
TALK_FACT = f"""
SELECT CASE {ON_COMMITTEE.format(who="one")} + {ON_COMMITTEE.format(who="two")}
        WHEN 2 THEN 'talk:committee' WHEN 1 THEN 'talk:committee-member'
        ELSE 'talk:members' END,
    talk.held_on, 'branch', member.branch_id, member.branch_id, 'talk', talk.id,
    NULL, NULL, talk.makes_up, one.member_id, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, two.member_id, NULL, NULL, ''
FROM member JOIN talk_party AS own ON own.member_id = member.id
JOIN talk ON talk.id = own.talk_id
JOIN talk_party AS one ON one.talk_id = talk.id
JOIN talk_party AS two ON two.talk_id = talk.id AND one.member_id < two.member_id
WHERE talk.voided_at IS NULL AND (one.member_id = member.id OR (two.member_id = member.id
    AND (SELECT first.branch_id FROM member AS first WHERE first.id = one.member_id)
        <> member.branch_id))
UNION ALL
-- A member takes part in a talk among members; a talk with staff alone is none of those of 支部·八.
SELECT 'talk:part', talk.held_on, 'member', member.id, member.branch_id, 'talk', talk.id,
    NULL, NULL, talk.makes_up, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, {NO_CASE}
FROM member JOIN talk_party AS own ON own.member_id = member.id
JOIN talk ON talk.id = own.talk_id WHERE talk.voided_at IS NULL
    AND EXISTS (SELECT 1 FROM talk_party AS other
        WHERE other.talk_id = talk.id AND other.member_id <> member.id)
UNION ALL
SELECT 'case:follow-up', talk.held_on, 'talk', talk.id, member.branch_id, 'talk', talk.id,
    NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL,
    talk.follow_up_due, talk.follow_up_done, talk.id, NULL, talk.follow_up, NULL, ''
FROM member JOIN talk_party AS own ON own.member_id = member.id
JOIN talk ON talk.id = own.talk_id
WHERE talk.voided_at IS NULL AND talk.follow_up IS NOT NULL
    AND own.member_id = (SELECT min(member_id) FROM talk_party WHERE talk_id = talk.id)
"""

LIFE_SOURCES = {"review_fact": REVIEW_FACT, "talk_fact": TALK_FACT}
