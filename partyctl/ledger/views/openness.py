"""Views: the leading group's facts about disclosures, opinions and integrity-risk cases."""

from partyctl.ledger.views.columns import common

DISCLOSURE = f"""
SELECT {
    common(
        what="'disclosure:' || disclosure.kind",
        on="publication.published_on",
        subject=("'organ'", "1"),
        record=("'disclosure'", "disclosure.id"),
        makes_up="publication.makes_up",
    )
}
FROM publication JOIN disclosure ON disclosure.id = publication.disclosure_id
WHERE publication.voided_at IS NULL AND disclosure.voided_at IS NULL
"""

PUBLICATION = f"""
SELECT {
    common(
        what="'case:publication'",
        on="publication.published_on",
        subject=("'disclosure'", "disclosure.id"),
        record=("'disclosure'", "disclosure.id"),
        makes_up="publication.makes_up",
    )
}, disclosure.title AS title, disclosure.approved_on AS approved_on
FROM publication JOIN disclosure ON disclosure.id = publication.disclosure_id
WHERE publication.voided_at IS NULL AND disclosure.voided_at IS NULL
"""

# The rules need neither the content of an opinion nor its submitter.
OPINION = f"""
SELECT {
    common(
        what="'case:opinion'",
        on="opinion.received_on",
        subject=("'opinion'", "opinion.id"),
        record=("'opinion'", "opinion.id"),
    )
}, opinion.kind AS kind
FROM opinion WHERE opinion.voided_at IS NULL
"""

OPINION_STEP = f"""
SELECT {
    common(
        what="'opinion:' || line.step",
        on="line.taken_on",
        subject=("'opinion'", "opinion.id"),
        record=("'opinion'", "opinion.id"),
    )
}, opinion.kind AS kind, line.id AS line_id, line.until_on AS until_on
FROM opinion JOIN opinion_step AS line ON line.opinion_id = opinion.id
WHERE opinion.voided_at IS NULL AND line.voided_at IS NULL
"""

# None of these columns reveals whom a case is about.
WARNING = f"""
SELECT {
    common(
        what="'case:warning'",
        on="warning.issued_on",
        subject=("'warning'", "warning.id"),
        record=("'warning'", "warning.id"),
    )
},
    warning.level AS level, warning.approver_id AS approver_id,
    warning.approved_on AS approved_on
FROM warning WHERE warning.voided_at IS NULL
"""

WARNING_STEP = f"""
SELECT {
    common(
        what="'warning:' || line.step",
        on="line.taken_on",
        subject=("'warning'", "warning.id"),
        record=("'warning'", "warning.id"),
    )
},
    line.promise IS NOT NULL AS has_promise, line.demand IS NOT NULL AS has_demand
FROM warning JOIN warning_step AS line ON line.warning_id = warning.id
WHERE warning.voided_at IS NULL AND line.voided_at IS NULL
"""

# A talk about a case counts as known from the day of the talk, even if the warning letter is later.
# The column `period` has the same day, because a suggested command names the talk by its day.
PREVENTIVE_TALK = f"""
SELECT {
    common(
        what="'case:preventive-talk'",
        on="talk.held_on",
        subject=("'warning'", "warning.id"),
        record=("'warning'", "warning.id"),
        period="CAST(talk.held_on AS TEXT)",
    )
},
    warning.level AS level, lead.member_id AS lead_id, talk.notified_on AS notified_on,
    (SELECT count(*) FROM warning_talker AS talker
        LEFT JOIN member ON member.id = talker.member_id
        WHERE talker.talk_id = talk.id AND member.voided_at IS NULL) AS talkers,
    talk.outline IS NOT NULL AS has_outline, talk.unclear AS is_unclear,
    talk.lead_reason IS NOT NULL AS has_lead_reason
FROM warning JOIN warning_talk AS talk ON talk.warning_id = warning.id
LEFT JOIN warning_talker AS lead ON lead.talk_id = talk.id AND lead.position = 1
WHERE warning.voided_at IS NULL AND talk.voided_at IS NULL
"""

OPENNESS_VIEWS = {
    "disclosure_fact": DISCLOSURE,
    "publication_fact": PUBLICATION,
    "opinion_fact": OPINION,
    "opinion_step_fact": OPINION_STEP,
    "warning_fact": WARNING,
    "warning_step_fact": WARNING_STEP,
    "preventive_talk_fact": PREVENTIVE_TALK,
}
