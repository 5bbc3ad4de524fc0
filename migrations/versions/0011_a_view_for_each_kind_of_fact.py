"""A view for each kind of fact, with columns of its own: views alone change, and are made anew."""

revision = "0011"
down_revision = "0010"


def upgrade():
    """No table changes."""


def downgrade():
    """No table changes."""
