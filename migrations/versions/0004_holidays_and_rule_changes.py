"""A bureau's own holidays and the years announced since; how a clerk changed the rules."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    """
    CREATE TABLE holiday (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        day DATE NOT NULL,
        works BOOLEAN NOT NULL,
        name TEXT,
        CONSTRAINT pk_holiday PRIMARY KEY (id),
        CONSTRAINT ck_holiday_day_is_date CHECK (day IS date(day, '+0 days')),
        CONSTRAINT ck_holiday_name_is_filled CHECK (trim(name) <> '')
    )
    """,
    """
    CREATE UNIQUE INDEX ix_holiday_day ON holiday (day) WHERE voided_at IS NULL
    """,
    """
    CREATE TABLE announced_year (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        year INTEGER NOT NULL,
        source TEXT NOT NULL,
        CONSTRAINT pk_announced_year PRIMARY KEY (id),
        CONSTRAINT ck_announced_year_year_is_whole CHECK (typeof(year) NOT IN ('text', 'real', 'blob') AND year >= 1900),
        CONSTRAINT ck_announced_year_source_is_filled CHECK (trim(source) <> '')
    )
    """,
    """
    CREATE UNIQUE INDEX ix_announced_year_year ON announced_year (year) WHERE voided_at IS NULL
    """,
    """
    CREATE TABLE rule_change (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        rule TEXT NOT NULL,
        act TEXT NOT NULL,
        from_on DATE NOT NULL,
        reason TEXT NOT NULL,
        every TEXT,
        count INTEGER,
        days INTEGER,
        months INTEGER,
        by_day TEXT,
        working BOOLEAN,
        strength TEXT,
        CONSTRAINT pk_rule_change PRIMARY KEY (id),
        CONSTRAINT ck_rule_change_rule_is_filled CHECK (trim(rule) <> ''),
        CONSTRAINT ck_rule_change_act_is_known CHECK (act IN ('set', 'enable', 'disable')),
        CONSTRAINT ck_rule_change_from_on_is_date CHECK (from_on IS date(from_on, '+0 days')),
        CONSTRAINT ck_rule_change_reason_is_filled CHECK (trim(reason) <> ''),
        CONSTRAINT ck_rule_change_strength_is_known CHECK (strength IN ('must', 'should')),
        CONSTRAINT ck_rule_change_every_is_a_period CHECK (every IN ('month', 'quarter', 'half-year', 'year')),
        CONSTRAINT ck_rule_change_count_is_whole CHECK (typeof(count) NOT IN ('text', 'real', 'blob') AND count >= 1),
        CONSTRAINT ck_rule_change_days_is_whole CHECK (typeof(days) NOT IN ('text', 'real', 'blob') AND days >= 0),
        CONSTRAINT ck_rule_change_months_is_whole CHECK (typeof(months) NOT IN ('text', 'real', 'blob') AND months >= 0),
        CONSTRAINT ck_rule_change_by_day_is_a_day CHECK (by_day IS strftime('%m-%d', '2001-' || by_day, '+0 days'))
    )
    """,
)
TABLES = ("holiday", "announced_year", "rule_change")


def upgrade():
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade():
    for table in reversed(TABLES):
        op.drop_table(table)
