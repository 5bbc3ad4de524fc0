"""Committees and categories get dates; excluded voters, staff in talks and voluntary dues can be stored."""

from alembic import op

revision = "0008"
down_revision = "0007"

STATEMENTS = (
    """
    CREATE TABLE branch_committee (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        branch_id INTEGER NOT NULL,
        from_on DATE NOT NULL,
        has_committee BOOLEAN NOT NULL,
        CONSTRAINT pk_branch_committee PRIMARY KEY (id),
        CONSTRAINT ck_branch_committee_from_on_is_date CHECK (from_on IS date(from_on, '+0 days')),
        CONSTRAINT fk_branch_committee_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id)
    )
    """,
    """
    CREATE UNIQUE INDEX ix_branch_committee_one_a_day ON branch_committee (branch_id, from_on) WHERE voided_at IS NULL
    """,
    """
    CREATE TABLE member_category (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        member_id INTEGER NOT NULL,
        from_month TEXT NOT NULL,
        category TEXT NOT NULL,
        CONSTRAINT pk_member_category PRIMARY KEY (id),
        CONSTRAINT ck_member_category_from_month_is_month CHECK (from_month IS strftime('%Y-%m', from_month || '-01')),
        CONSTRAINT ck_member_category_category_is_known CHECK (category IN ('employed', 'retired', 'student', 'farmer', 'unemployed')),
        CONSTRAINT fk_member_category_member_id FOREIGN KEY(member_id) REFERENCES member (id)
    )
    """,
    """
    CREATE UNIQUE INDEX ix_member_category_one_a_month ON member_category (member_id, from_month) WHERE voided_at IS NULL
    """,
    """
    ALTER TABLE dues_payment ADD COLUMN extra INTEGER CONSTRAINT ck_dues_payment_extra_is_whole CHECK (typeof(extra) NOT IN ('text', 'real', 'blob') AND extra >= 1)
    """,
    """
    CREATE TABLE talk_staff (
        talk_id INTEGER NOT NULL,
        staff_id INTEGER NOT NULL,
        CONSTRAINT pk_talk_staff PRIMARY KEY (talk_id, staff_id),
        CONSTRAINT fk_talk_staff_talk_id FOREIGN KEY(talk_id) REFERENCES talk (id),
        CONSTRAINT fk_talk_staff_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE applicant_step_excluded (
        step_id INTEGER NOT NULL,
        member_id INTEGER NOT NULL,
        applicant_id INTEGER NOT NULL,
        CONSTRAINT pk_applicant_step_excluded PRIMARY KEY (step_id, member_id),
        CONSTRAINT fk_applicant_step_excluded_step_id FOREIGN KEY(step_id) REFERENCES applicant_step (id),
        CONSTRAINT fk_applicant_step_excluded_member_id FOREIGN KEY(member_id) REFERENCES member (id),
        CONSTRAINT fk_applicant_step_excluded_applicant_id FOREIGN KEY(applicant_id) REFERENCES applicant (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE meeting_excluded (
        meeting_id INTEGER NOT NULL,
        member_id INTEGER NOT NULL,
        CONSTRAINT pk_meeting_excluded PRIMARY KEY (meeting_id, member_id),
        CONSTRAINT fk_meeting_excluded_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
        CONSTRAINT fk_meeting_excluded_member_id FOREIGN KEY(member_id) REFERENCES member (id)
    ) WITHOUT ROWID
    """,
)
TABLES = (
    "meeting_excluded",
    "applicant_step_excluded",
    "talk_staff",
    "member_category",
    "branch_committee",
)


def upgrade():
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade():
    for table in TABLES:
        op.drop_table(table)
    op.execute("ALTER TABLE dues_payment DROP COLUMN extra")
