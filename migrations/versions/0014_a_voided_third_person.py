"""A talk of two stays one of two when a third person was entered by mistake: one view changes."""

revision = "0014"
down_revision = "0013"


def upgrade():
    """No table changes."""


def downgrade():
    """No table changes."""
