"""The views leave out what records say about a voided person; no table changes."""

revision = "0012"
down_revision = "0011"


def upgrade():
    """No table changes."""


def downgrade():
    """No table changes."""
