"""What a record says of a person counts only while the person stands: views alone change."""

revision = "0012"
down_revision = "0011"


def upgrade():
    """No table changes."""


def downgrade():
    """No table changes."""
