"""A talk between two people still counts as one if a third person in it was voided; one view changes."""

revision = "0014"
down_revision = "0013"


def upgrade():
    """No table changes."""


def downgrade():
    """No table changes."""
