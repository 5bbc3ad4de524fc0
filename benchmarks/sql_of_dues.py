"""Hand-written SQL: open items under 支部·七, and each member's standing in dues.

Each row that a query of DUES returns is an open item, and ends with the item's due day or with
None.
"""

PAID_UP_TO = (
    # Payments that do not count on the day `:on`, because they were voided or made later. The
    # queries below exclude these few payments, because it would take longer to join every row of
    # dues_payment_line with its payment.
    """
    CREATE TEMP TABLE discounted AS
    SELECT id FROM dues_entry WHERE voided_at IS NOT NULL
    UNION SELECT entry_id FROM dues_payment WHERE paid_on > :on
    """,
    """
    CREATE TEMP TABLE excused AS
    SELECT entry.member_id, exemption.from_month, exemption.to_month
    FROM dues_exemption AS exemption JOIN dues_entry AS entry ON entry.id = exemption.entry_id
    WHERE entry.voided_at IS NULL AND exemption.decided_on <= :on
    """,
    """
    CREATE TEMP TABLE roll AS
    SELECT id, name, branch_id,
        max(substr(:since, 1, 7), coalesce(
            strftime('%Y-%m', dues_paid_to || '-01', '+1 month'),
            strftime('%Y-%m', on_roll_from, '-1 day', 'start of month', '+1 month'))) AS first,
        min(:month, coalesce(left_dues_to, substr(left_on, 1, 7), :month)) AS last
    FROM member WHERE voided_at IS NULL AND on_roll_from <= :on
    """,
    # Only members with fewer months paid than owed are examined month by month.
    """
    CREATE TEMP TABLE unpaid AS
    SELECT roll.id AS member_id, roll.name, month.name AS month, month.last AS due
    FROM roll JOIN month ON month.name BETWEEN roll.first AND roll.last
    WHERE 12 * (substr(roll.last, 1, 4) - substr(roll.first, 1, 4))
        + substr(roll.last, 6) - substr(roll.first, 6) + 1 > (
        SELECT count(DISTINCT line.month) FROM dues_payment_line AS line
        WHERE line.member_id = roll.id AND line.month BETWEEN roll.first AND roll.last
        AND line.entry_id NOT IN discounted)
    AND NOT EXISTS (
        SELECT 1 FROM dues_payment_line AS line
        WHERE line.member_id = roll.id AND line.month = month.name
        AND line.entry_id NOT IN discounted)
    AND NOT EXISTS (
        SELECT 1 FROM excused WHERE excused.member_id = roll.id
        AND month.name BETWEEN excused.from_month AND excused.to_month)
    """,
    """
    CREATE TEMP TABLE span AS
    SELECT roll.id AS member_id, assessment.amount,
        max(assessment.from_month, roll.first) AS first,
        lead(assessment.from_month, 1, '9999-12') OVER (
            PARTITION BY roll.id ORDER BY assessment.from_month, assessment.entry_id) AS until,
        roll.last
    FROM roll CROSS JOIN dues_assessment AS assessment ON assessment.member_id = roll.id
    CROSS JOIN dues_entry AS entry ON entry.id = assessment.entry_id AND entry.voided_at IS NULL
    """,
    # Few payments are below the assessment, so payments are added up only for months that have such
    # a payment.
    """
    CREATE TEMP TABLE underpaid AS
    SELECT DISTINCT span.member_id, short.month, (
        SELECT min(payment.paid_on) FROM dues_payment_line AS line
        JOIN dues_payment AS payment ON payment.entry_id = line.entry_id
        WHERE line.member_id = span.member_id AND line.month = short.month
        AND line.entry_id NOT IN discounted) AS due
    FROM span CROSS JOIN dues_payment_line AS short ON short.member_id = span.member_id
        AND short.month BETWEEN span.first AND span.last AND short.month < span.until
        AND short.amount < span.amount
    WHERE short.entry_id NOT IN discounted AND span.amount > (
        SELECT sum(line.amount) FROM dues_payment_line AS line
        WHERE line.member_id = span.member_id AND line.month = short.month
        AND line.entry_id NOT IN discounted)
    AND NOT EXISTS (
        SELECT 1 FROM excused WHERE excused.member_id = span.member_id
        AND short.month BETWEEN excused.from_month AND excused.to_month)
    """,
)

PAYMENT = """
SELECT payment.entry_id, payment.first_month, payment.paid_on
FROM dues_payment AS payment
WHERE payment.paid_on BETWEEN :since AND :last AND payment.entry_id NOT IN discounted AND {flaw}
"""

ISLANDS = """
SELECT member_id, min(month) AS first, max(month) AS last, count(*) AS length FROM (
    SELECT member_id, month, 12 * substr(month, 1, 4) + substr(month, 6)
        - row_number() OVER (PARTITION BY member_id ORDER BY month) AS island FROM unpaid)
GROUP BY member_id, island
"""

DUES = {
    "dues-monthly": "SELECT member_id, name, month, due FROM unpaid",
    "dues-full-amount": "SELECT member_id, month, due FROM underpaid WHERE due <= :last",
    "dues-in-person": PAYMENT.format(flaw="payment.payer <> 'self' AND payment.consent_on IS NULL"),
    "dues-late-consent": PAYMENT.format(
        flaw="substr(payment.paid_on, 1, 7) > payment.first_month AND payment.consent_on IS NULL"
    ),
    "dues-late-limit": PAYMENT.format(
        flaw="payment.paid_on >= date(payment.first_month || '-01', '+4 months')"
    ),
    "dues-lapse": f"""
        SELECT run.member_id, run.first, run.last, NULL FROM ({ISLANDS}) AS run
        WHERE run.length >= 6 AND NOT EXISTS (
            SELECT 1 FROM dues_entry AS entry JOIN dues_lapse AS lapse ON lapse.entry_id = entry.id
            WHERE entry.member_id = run.member_id AND entry.act = 'lapse'
            AND entry.voided_at IS NULL AND lapse.step = 'superior'
            AND lapse.taken_on BETWEEN date(run.first || '-01', '+6 months') AND :on)
    """,
}
"""For each rule, the open items up to the month's end."""

STATUS_TABLES = (
    """
    CREATE TEMP TABLE paid AS
    SELECT line.member_id, sum(line.amount) AS amount
    FROM roll CROSS JOIN dues_payment_line AS line ON line.member_id = roll.id
        AND line.month BETWEEN roll.first AND roll.last
    WHERE line.entry_id NOT IN discounted GROUP BY line.member_id
    """,
    """
    CREATE TEMP TABLE owed AS
    SELECT span.member_id, sum(span.amount) AS amount
    FROM span JOIN month
        ON month.name BETWEEN span.first AND span.last AND month.name < span.until
    WHERE NOT EXISTS (
        SELECT 1 FROM excused WHERE excused.member_id = span.member_id
        AND month.name BETWEEN excused.from_month AND excused.to_month)
    GROUP BY span.member_id
    """,
)

DUES_STATUS = {
    "sums": """
        SELECT roll.id, roll.name, owed.amount, coalesce(paid.amount, 0)
        FROM roll JOIN owed ON owed.member_id = roll.id LEFT JOIN paid ON paid.member_id = roll.id
        ORDER BY roll.branch_id, roll.id
    """,
    "unpaid": "SELECT member_id, month FROM unpaid ORDER BY member_id, month",
    "runs": f"SELECT member_id, max(length) FROM ({ISLANDS}) GROUP BY member_id",
    "underpaid": "SELECT member_id, month FROM underpaid ORDER BY member_id, month",
}
"""The queries for members' standing: the sums owed and paid, the unpaid months, the most unpaid
months in a row, and the underpaid months."""
