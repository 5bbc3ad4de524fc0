"""A talk of three people, one of them voided, counts as a talk between two; one view changes."""

revision = "0014"
down_revision = "0013"


def upgrade():
    """No table changes."""


def downgrade():
    """No table changes."""
