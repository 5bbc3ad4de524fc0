"""Each kind of fact gets its own view; only views change, and every migration recreates them."""

revision = "0011"
down_revision = "0010"


def upgrade():
    """No table changes."""


def downgrade():
    """No table changes."""
