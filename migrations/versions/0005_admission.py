"""Admission: applicants, the steps on their way, who became a member by it; members on sanction."""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    """
    CREATE TABLE applicant (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        branch_id INTEGER NOT NULL,
        name TEXT NOT NULL,
        applied_on DATE NOT NULL,
        birth_on DATE,
        closed_on DATE,
        close_reason TEXT,
        CONSTRAINT pk_applicant PRIMARY KEY (id),
        CONSTRAINT ck_applicant_name_is_filled CHECK (trim(name) <> ''),
        CONSTRAINT ck_applicant_applied_on_is_date CHECK (applied_on IS date(applied_on, '+0 days')),
        CONSTRAINT ck_applicant_birth_on_is_date CHECK (birth_on IS date(birth_on, '+0 days')),
        CONSTRAINT ck_applicant_closed_on_is_date CHECK (closed_on IS date(closed_on, '+0 days')),
        CONSTRAINT ck_applicant_birth_on_before_applied_on CHECK (birth_on IS NULL OR applied_on IS NULL OR birth_on <= applied_on),
        CONSTRAINT ck_applicant_applied_on_before_closed_on CHECK (applied_on IS NULL OR closed_on IS NULL OR applied_on <= closed_on),
        CONSTRAINT ck_applicant_closed_for_a_reason CHECK ((closed_on IS NULL) = (close_reason IS NULL)),
        CONSTRAINT fk_applicant_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id)
    )
    """,
    """
    CREATE INDEX ix_applicant_branch_id ON applicant (branch_id)
    """,
    """
    CREATE INDEX ix_applicant_name ON applicant (name)
    """,
    """
    CREATE TABLE applicant_step (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        applicant_id INTEGER NOT NULL,
        step TEXT NOT NULL,
        taken_on DATE NOT NULL,
        result TEXT NOT NULL,
        meeting_id INTEGER,
        eligible INTEGER,
        present INTEGER,
        approve INTEGER,
        oppose INTEGER,
        abstain INTEGER,
        written_approve INTEGER,
        written_oppose INTEGER,
        written_abstain INTEGER,
        until_on DATE,
        to_general_branch BOOLEAN NOT NULL,
        to_organ_committee BOOLEAN NOT NULL,
        signed_on DATE,
        half_hours INTEGER,
        makes_up TEXT,
        note TEXT,
        override_reason TEXT,
        CONSTRAINT pk_applicant_step PRIMARY KEY (id),
        CONSTRAINT ck_applicant_step_step_is_known CHECK (step IN ('talk', 'activist', 'filing', 'publicity', 'registration-form', 'mentors', 'report', 'exam', 'target-publicity', 'target', 'target-approval', 'introducers', 'political-review', 'training', 'form-approval', 'application-form', 'committee-review', 'vote', 'approval', 'oath', 'conversion-request', 'conversion-publicity', 'conversion-vote', 'conversion-approval', 'extension', 'cancellation', 'archive')),
        CONSTRAINT ck_applicant_step_result_is_known CHECK (result IN ('pass', 'fail')),
        CONSTRAINT ck_applicant_step_taken_on_is_date CHECK (taken_on IS date(taken_on, '+0 days')),
        CONSTRAINT ck_applicant_step_until_on_is_date CHECK (until_on IS date(until_on, '+0 days')),
        CONSTRAINT ck_applicant_step_signed_on_is_date CHECK (signed_on IS date(signed_on, '+0 days')),
        CONSTRAINT ck_applicant_step_taken_on_before_until_on CHECK (taken_on IS NULL OR until_on IS NULL OR taken_on <= until_on),
        CONSTRAINT ck_applicant_step_taken_on_before_signed_on CHECK (taken_on IS NULL OR signed_on IS NULL OR taken_on <= signed_on),
        CONSTRAINT ck_applicant_step_eligible_is_whole CHECK (typeof(eligible) NOT IN ('text', 'real', 'blob') AND eligible >= 0),
        CONSTRAINT ck_applicant_step_present_is_whole CHECK (typeof(present) NOT IN ('text', 'real', 'blob') AND present >= 0),
        CONSTRAINT ck_applicant_step_approve_is_whole CHECK (typeof(approve) NOT IN ('text', 'real', 'blob') AND approve >= 0),
        CONSTRAINT ck_applicant_step_oppose_is_whole CHECK (typeof(oppose) NOT IN ('text', 'real', 'blob') AND oppose >= 0),
        CONSTRAINT ck_applicant_step_abstain_is_whole CHECK (typeof(abstain) NOT IN ('text', 'real', 'blob') AND abstain >= 0),
        CONSTRAINT ck_applicant_step_written_approve_is_whole CHECK (typeof(written_approve) NOT IN ('text', 'real', 'blob') AND written_approve >= 0),
        CONSTRAINT ck_applicant_step_written_oppose_is_whole CHECK (typeof(written_oppose) NOT IN ('text', 'real', 'blob') AND written_oppose >= 0),
        CONSTRAINT ck_applicant_step_written_abstain_is_whole CHECK (typeof(written_abstain) NOT IN ('text', 'real', 'blob') AND written_abstain >= 0),
        CONSTRAINT ck_applicant_step_half_hours_is_whole CHECK (typeof(half_hours) NOT IN ('text', 'real', 'blob') AND half_hours >= 1),
        CONSTRAINT ck_applicant_step_votes_add_up CHECK ((eligible IS NULL AND present IS NULL AND approve IS NULL AND oppose IS NULL AND abstain IS NULL) OR coalesce(present = approve + oppose + abstain AND present + coalesce(written_approve, 0) + coalesce(written_oppose, 0) + coalesce(written_abstain, 0) <= eligible, 0)),
        CONSTRAINT fk_applicant_step_applicant_id FOREIGN KEY(applicant_id) REFERENCES applicant (id),
        CONSTRAINT fk_applicant_step_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
    )
    """,
    """
    CREATE INDEX ix_applicant_step_applicant_id_step ON applicant_step (applicant_id, step)
    """,
    """
    CREATE TABLE applicant_step_person (
        step_id INTEGER NOT NULL,
        member_id INTEGER NOT NULL,
        applicant_id INTEGER NOT NULL,
        CONSTRAINT pk_applicant_step_person PRIMARY KEY (step_id, member_id),
        CONSTRAINT fk_applicant_step_person_step_id FOREIGN KEY(step_id) REFERENCES applicant_step (id),
        CONSTRAINT fk_applicant_step_person_member_id FOREIGN KEY(member_id) REFERENCES member (id),
        CONSTRAINT fk_applicant_step_person_applicant_id FOREIGN KEY(applicant_id) REFERENCES applicant (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX ix_applicant_step_person_member_id ON applicant_step_person (member_id)
    """,
    """
    CREATE TABLE admission (
        member_id INTEGER NOT NULL,
        applicant_id INTEGER NOT NULL,
        by_vote BOOLEAN NOT NULL,
        CONSTRAINT pk_admission PRIMARY KEY (member_id),
        CONSTRAINT fk_admission_member_id FOREIGN KEY(member_id) REFERENCES member (id),
        CONSTRAINT fk_admission_applicant_id FOREIGN KEY(applicant_id) REFERENCES applicant (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX ix_admission_applicant_id ON admission (applicant_id)
    """,
    """
    CREATE TABLE sanction (
        id INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        voided_at TEXT,
        void_reason TEXT,
        member_id INTEGER NOT NULL,
        from_on DATE NOT NULL,
        to_on DATE NOT NULL,
        note TEXT NOT NULL,
        CONSTRAINT pk_sanction PRIMARY KEY (id),
        CONSTRAINT ck_sanction_from_on_is_date CHECK (from_on IS date(from_on, '+0 days')),
        CONSTRAINT ck_sanction_to_on_is_date CHECK (to_on IS date(to_on, '+0 days')),
        CONSTRAINT ck_sanction_from_on_before_to_on CHECK (from_on IS NULL OR to_on IS NULL OR from_on <= to_on),
        CONSTRAINT ck_sanction_note_is_filled CHECK (trim(note) <> ''),
        CONSTRAINT fk_sanction_member_id FOREIGN KEY(member_id) REFERENCES member (id)
    )
    """,
    """
    CREATE INDEX ix_sanction_member_id ON sanction (member_id)
    """,
)

TABLES = ("applicant", "applicant_step", "applicant_step_person", "admission", "sanction")


def upgrade():
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade():
    for table in reversed(TABLES):
        op.drop_table(table)
