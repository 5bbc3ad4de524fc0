"""When a query is about one branch or the leaders, three views no longer read whole tables; an
index finds the meetings with education in integrity."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade():
    op.execute("CREATE INDEX ix_meeting_integrity ON meeting (branch_id, held_on) WHERE integrity")


def downgrade():
    op.drop_index("ix_meeting_integrity")
