"""The facts of openness and of integrity-risk cases, which are the leading group's, not a branch's."""

from partyctl.ledger.views.columns import NO_CASE

DISCLOSURE_FACT = f"""
SELECT 'disclosure:' || disclosure.kind, publication.published_on, 'organ', 1, NULL,
    'disclosure', disclosure.id, NULL, NULL, publication.makes_up, NULL, NULL, NULL, 0, 0,
    NULL, NULL, disclosure.approved_on, NULL, {NO_CASE}
FROM publication JOIN disclosure ON disclosure.id = publication.disclosure_id
WHERE publication.voided_at IS NULL AND disclosure.voided_at IS NULL
UNION ALL
SELECT 'case:publication', publication.published_on, 'disclosure', disclosure.id, NULL,
    'disclosure', disclosure.id, NULL, NULL, publication.makes_up, NULL, NULL, NULL, 0, 0,
    NULL, NULL, disclosure.approved_on, NULL,
    NULL, NULL, disclosure.id, NULL, disclosure.title, NULL, ''
FROM publication JOIN disclosure ON disclosure.id = publication.disclosure_id
WHERE publication.voided_at IS NULL AND disclosure.voided_at IS NULL
"""

# Neither what was said nor who said it is a fact of the law; the class is the step of every line.
OPINION_FACT = """
SELECT 'case:opinion', opinion.received_on, 'opinion', opinion.id, NULL, 'opinion', opinion.id,
    NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, opinion.kind,
    NULL, NULL, opinion.id, NULL, NULL, NULL, ''
FROM opinion WHERE opinion.voided_at IS NULL
UNION ALL
SELECT 'opinion:' || line.step, line.taken_on, 'opinion', opinion.id, NULL, 'opinion', opinion.id,
    NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, opinion.kind,
    line.until_on, NULL, opinion.id, line.id, NULL, NULL, ''
FROM opinion JOIN opinion_step AS line ON line.opinion_id = opinion.id
WHERE opinion.voided_at IS NULL AND line.voided_at IS NULL
"""

# The level is the step of a case and of its talks; nothing here says whose case it is.
WARNING_FACT = """
SELECT 'case:warning', warning.issued_on, 'warning', warning.id, NULL, 'warning', warning.id,
    NULL, NULL, NULL, warning.approver_id, NULL, NULL, 0, 0,
    NULL, NULL, warning.approved_on, warning.level,
    NULL, NULL, warning.id, NULL, NULL, NULL, ''
FROM warning WHERE warning.voided_at IS NULL
UNION ALL
SELECT 'warning:' || line.step, line.taken_on, 'warning', warning.id, NULL, 'warning', warning.id,
    NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, warning.level,
    NULL, NULL, warning.id, line.id, NULL, NULL,
    CASE WHEN line.promise IS NULL THEN '' ELSE 'promise ' END
        || CASE WHEN line.demand IS NULL THEN '' ELSE 'demand' END
FROM warning JOIN warning_step AS line ON line.warning_id = warning.id
WHERE warning.voided_at IS NULL AND line.voided_at IS NULL
UNION ALL
-- A talk is known on its own day, which may come before the letter; its period is its day.
SELECT 'case:preventive-talk', talk.held_on, 'warning', warning.id, NULL, 'warning', warning.id,
    CAST(talk.held_on AS TEXT), NULL, NULL, lead.member_id, NULL, talk.notified_on, 0, 0,
    (SELECT count(*) FROM warning_talker AS talker WHERE talker.talk_id = talk.id),
    NULL, NULL, warning.level,
    NULL, NULL, warning.id, talk.id, NULL, NULL,
    CASE WHEN talk.outline IS NULL THEN '' ELSE 'outline ' END
        || CASE WHEN talk.unclear THEN 'unclear ' ELSE '' END
        || CASE WHEN talk.lead_reason IS NULL THEN '' ELSE 'reason' END
FROM warning JOIN warning_talk AS talk ON talk.warning_id = warning.id
LEFT JOIN warning_talker AS lead ON lead.talk_id = talk.id AND lead.position = 1
WHERE warning.voided_at IS NULL AND talk.voided_at IS NULL
"""

OPENNESS_SOURCES = {
    "disclosure_fact": DISCLOSURE_FACT,
    "opinion_fact": OPINION_FACT,
    "warning_fact": WARNING_FACT,
}
