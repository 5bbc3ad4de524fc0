"""New tables: members' periods away, dues remitted to the superior, the ballots of a review."""

from alembic import op

revision = "0009"
down_revision = "0008"

STATEMENTS = (
    """
    CREATE TABLE member_away (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        member_id INTEGER NOT NULL,
        from_on DATE NOT NULL,
        to_on DATE,
        reason TEXT NOT NULL,
        CONSTRAINT pk_member_away PRIMARY KEY (id),
        CONSTRAINT ck_member_away_from_on_is_date CHECK (from_on IS date(from_on, '+0 days')),
        CONSTRAINT ck_member_away_to_on_is_date CHECK (to_on IS date(to_on, '+0 days')),
        CONSTRAINT ck_member_away_from_on_before_to_on CHECK (from_on IS NULL OR to_on IS NULL OR from_on <= to_on),
        CONSTRAINT ck_member_away_reason_is_filled CHECK (trim(reason) <> ''),
        CONSTRAINT fk_member_away_member_id FOREIGN KEY(member_id) REFERENCES member (id)
    )
    """,
    """
    CREATE INDEX ix_member_away_member_id ON member_away (member_id)
    """,
    """
    CREATE TABLE dues_remittance (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        branch_id INTEGER NOT NULL,
        period TEXT NOT NULL,
        amount INTEGER NOT NULL,
        remitted_on DATE NOT NULL,
        remitted_to TEXT,
        receipt TEXT,
        CONSTRAINT pk_dues_remittance PRIMARY KEY (id),
        CONSTRAINT ck_dues_remittance_period_is_filled CHECK (trim(period) <> ''),
        CONSTRAINT ck_dues_remittance_amount_is_whole CHECK (typeof(amount) NOT IN ('text', 'real', 'blob') AND amount >= 1),
        CONSTRAINT ck_dues_remittance_remitted_on_is_date CHECK (remitted_on IS date(remitted_on, '+0 days')),
        CONSTRAINT fk_dues_remittance_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id)
    )
    """,
    """
    CREATE INDEX ix_dues_remittance_branch_id ON dues_remittance (branch_id)
    """,
    """
    CREATE TABLE review_votes (
        review_id INTEGER NOT NULL,
        member_id INTEGER NOT NULL,
        excellent INTEGER NOT NULL,
        qualified INTEGER NOT NULL,
        basic INTEGER NOT NULL,
        unqualified INTEGER NOT NULL,
        CONSTRAINT pk_review_votes PRIMARY KEY (review_id, member_id),
        CONSTRAINT ck_review_votes_excellent_is_whole CHECK (typeof(excellent) NOT IN ('text', 'real', 'blob') AND excellent >= 0),
        CONSTRAINT ck_review_votes_qualified_is_whole CHECK (typeof(qualified) NOT IN ('text', 'real', 'blob') AND qualified >= 0),
        CONSTRAINT ck_review_votes_basic_is_whole CHECK (typeof(basic) NOT IN ('text', 'real', 'blob') AND basic >= 0),
        CONSTRAINT ck_review_votes_unqualified_is_whole CHECK (typeof(unqualified) NOT IN ('text', 'real', 'blob') AND unqualified >= 0),
        CONSTRAINT fk_review_votes_review_id FOREIGN KEY(review_id) REFERENCES review (id),
        CONSTRAINT fk_review_votes_member_id FOREIGN KEY(member_id) REFERENCES member (id)
    ) WITHOUT ROWID
    """,
)
TABLES = ("review_votes", "dues_remittance", "member_away")


def upgrade():
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade():
    for table in TABLES:
        op.drop_table(table)
