"""Three views read only what belongs to a branch or to a leader; an index finds the meetings with
education in integrity."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade():
    op.execute("CREATE INDEX ix_meeting_integrity ON meeting (branch_id, held_on) WHERE integrity")


def downgrade():
    op.drop_index("ix_meeting_integrity")
