"""A new table for stored answers, so that a repeated question need not be computed again."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade():
    op.execute("""
    CREATE TABLE answer (
        question TEXT NOT NULL,
        asked_on DATE NOT NULL,
        day DATE NOT NULL,
        program TEXT NOT NULL,
        head TEXT NOT NULL,
        code INTEGER,
        said BLOB,
        CONSTRAINT pk_answer PRIMARY KEY (question),
        CONSTRAINT ck_answer_code_with_what_was_said CHECK ((code IS NULL) = (said IS NULL)),
        CONSTRAINT ck_answer_asked_on_is_date CHECK (asked_on IS date(asked_on, '+0 days')),
        CONSTRAINT ck_answer_day_is_date CHECK (day IS date(day, '+0 days'))
    )
    """)


def downgrade():
    op.drop_table("answer")
