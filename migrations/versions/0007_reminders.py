"""Reminders: when a rule is spoken of, where that was set, and the outbox."""

from alembic import op

revision = "0007"
down_revision = "0006"

STATEMENTS = (
    """
    ALTER TABLE rule_change ADD COLUMN remind TEXT
    """,
    """
    CREATE TABLE reminder_digest (
        id INTEGER NOT NULL,
        channel TEXT NOT NULL,
        recipient TEXT NOT NULL,
        day DATE NOT NULL,
        planned_at TEXT NOT NULL,
        state TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        lease_until TEXT,
        next_try TEXT,
        message_id TEXT NOT NULL,
        sent_at TEXT,
        last_error TEXT,
        CONSTRAINT pk_reminder_digest PRIMARY KEY (id),
        CONSTRAINT ck_reminder_digest_state_is_known CHECK (state IN ('pending', 'sending', 'sent', 'dead', 'cancelled')),
        CONSTRAINT ck_reminder_digest_sent_has_a_moment CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
        CONSTRAINT ck_reminder_digest_lease_while_sending CHECK ((state = 'sending') = (lease_until IS NOT NULL)),
        CONSTRAINT ck_reminder_digest_day_is_date CHECK (day IS date(day, '+0 days')),
        CONSTRAINT uq_reminder_digest_message_id UNIQUE (message_id)
    )
    """,
    """
    CREATE UNIQUE INDEX ix_reminder_digest_one_a_day ON reminder_digest (day, channel, recipient)
    """,
    """
    CREATE INDEX ix_reminder_digest_state ON reminder_digest (state)
    """,
    """
    CREATE TABLE reminder (
        obligation TEXT NOT NULL,
        due_on TEXT NOT NULL,
        channel TEXT NOT NULL,
        recipient TEXT NOT NULL,
        rung INTEGER NOT NULL,
        digest_id INTEGER NOT NULL,
        dropped TEXT,
        CONSTRAINT pk_reminder PRIMARY KEY (obligation, due_on, channel, recipient, rung),
        CONSTRAINT ck_reminder_dropped_is_known CHECK (dropped IN ('settled', 'overtaken')),
        CONSTRAINT fk_reminder_digest_id FOREIGN KEY(digest_id) REFERENCES reminder_digest (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX ix_reminder_digest_id ON reminder (digest_id)
    """,
    """
    CREATE TABLE reminder_run (
        id INTEGER NOT NULL,
        at TEXT NOT NULL,
        day DATE NOT NULL,
        scheduled_at TEXT,
        CONSTRAINT pk_reminder_run PRIMARY KEY (id),
        CONSTRAINT ck_reminder_run_there_is_one CHECK (id = 1),
        CONSTRAINT ck_reminder_run_day_is_date CHECK (day IS date(day, '+0 days'))
    )
    """,
)
TABLES = ("reminder", "reminder_digest", "reminder_run")


def upgrade():
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade():
    for table in TABLES:
        op.drop_table(table)
    op.execute("ALTER TABLE rule_change DROP COLUMN remind")
