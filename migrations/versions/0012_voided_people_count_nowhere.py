"""The views leave out people whose records were voided. No table changes."""

revision = "0012"
down_revision = "0011"


def upgrade():
    """No table changes."""


def downgrade():
    """No table changes."""
