"""A talk of three people counts as a talk between two people if the third person's record is void.
One view changes."""

revision = "0014"
down_revision = "0013"


def upgrade():
    """No table changes."""


def downgrade():
    """No table changes."""
