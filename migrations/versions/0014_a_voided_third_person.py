"""A talk of three counts as a talk between two if one person's record is void. One view changes."""

revision = "0014"
down_revision = "0013"


def upgrade():
    """No table changes."""


def downgrade():
    """No table changes."""
