"""The journal: entries, and beside them the values that an erasure may take away."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    """
    CREATE TABLE journal_entry (
        seq INTEGER NOT NULL,
        version INTEGER NOT NULL,
        run INTEGER NOT NULL,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        host TEXT NOT NULL,
        command TEXT NOT NULL,
        act TEXT NOT NULL,
        record TEXT NOT NULL,
        row_table TEXT NOT NULL,
        row_key TEXT NOT NULL,
        row_digest TEXT,
        detail_digest TEXT NOT NULL,
        hash TEXT NOT NULL,
        CONSTRAINT pk_journal_entry PRIMARY KEY (seq),
        CONSTRAINT ck_journal_entry_hash_is_whole CHECK (length(hash) = 64)
    )
    """,
    """
    CREATE INDEX ix_journal_entry_record ON journal_entry (record)
    """,
    """
    CREATE INDEX ix_journal_entry_run ON journal_entry (run)
    """,
    """
    CREATE TABLE journal_detail (
        seq INTEGER NOT NULL,
        salt TEXT NOT NULL,
        detail TEXT NOT NULL,
        CONSTRAINT pk_journal_detail PRIMARY KEY (seq),
        CONSTRAINT fk_journal_detail_seq FOREIGN KEY(seq) REFERENCES journal_entry (seq)
    )
    """,
)


def upgrade():
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade():
    op.execute("DROP TABLE journal_detail")
    op.execute("DROP TABLE journal_entry")
